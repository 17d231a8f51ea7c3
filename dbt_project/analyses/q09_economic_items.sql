-- Question 9: Units whose economic items do not add up to the stated basic expense; the sum may be another parent's.
-- 经济分类合计与基本支出不符的单位
with item as (
    select
        report_id,
        unit_id,
        fiscal_year,
        sum(amount_cny) filter (where expense_item not in ('basic', 'total')) as items_cny,
        max(amount_cny) filter (where expense_item = 'basic') as basic_cny,
        max(amount_cny) filter (where expense_item = 'total') as total_cny
    from {{ ref('fct_expense') }}
    where
        scope = 'department' and basis = 'actual' and amount_year = fiscal_year
        and expense_item in (
            'basic', 'total',
            'wages_benefits', 'goods_services', 'individual_family', 'capital', 'enterprise_subsidy', 'other_expense'
        )
    group by report_id, unit_id, fiscal_year
)

select
    unit.unit_name,
    item.fiscal_year,
    item.items_cny,
    item.basic_cny,
    item.items_cny - item.basic_cny as gap_cny,
    item.items_cny = item.total_cny as items_are_of_total
from item
inner join {{ ref('dim_report') }} as report on item.report_id = report.report_id
inner join {{ ref('dim_unit') }} as unit on item.unit_id = unit.unit_id
where report.is_current and abs(item.items_cny - item.basic_cny) > 300
order by abs(item.items_cny - item.basic_cny) desc, item.report_id
