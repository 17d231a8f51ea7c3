-- Question 9: Units whose economic items do not add up to the stated basic expense; the sum may be another parent's.
-- 经济分类合计与基本支出不符的单位
with item as (
    select
        report_id,
        unit_id,
        fiscal_year,
        sum(case
            when expense_item in (
                'wages_benefits', 'goods_services', 'individual_family', 'capital', 'enterprise_subsidy',
                'other_expense'
            ) then amount_cny
        end) as items_cny,
        max(case when expense_item = 'basic' then amount_cny end) as basic_cny,
        max(case when expense_item = 'total' then amount_cny end) as total_cny
    from {{ ref('fct_expense') }}
    where scope = 'department' and basis = 'actual' and amount_year = fiscal_year
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
