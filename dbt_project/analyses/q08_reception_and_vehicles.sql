-- Question 8: Reception or vehicle expenses that changed by 30% or more against the year before.
-- 公务接待、公务用车同比变动30%以上
select
    unit.unit_name,
    this_year.fiscal_year,
    item.name_zh,
    last_year.amount_cny as last_year_cny,
    this_year.amount_cny as this_year_cny,
    cast(this_year.amount_cny / last_year.amount_cny - 1 as decimal(18, 4)) as change_rate
from {{ ref('fct_expense') }} as this_year
inner join {{ ref('fct_expense') }} as last_year
    on this_year.report_id = last_year.report_id
        and this_year.expense_item = last_year.expense_item
        and this_year.amount_year = last_year.amount_year + 1
        and last_year.scope = 'department'
        and last_year.basis = 'actual'
inner join {{ ref('dim_report') }} as report on this_year.report_id = report.report_id
inner join {{ ref('dim_unit') }} as unit on this_year.unit_id = unit.unit_id
inner join {{ ref('dim_expense_item') }} as item on this_year.expense_item = item.expense_item
where report.is_current
    and this_year.scope = 'department'
    and this_year.basis = 'actual'
    and this_year.expense_item in ('reception', 'vehicle', 'vehicle_purchase', 'vehicle_operation')
    and last_year.amount_cny > 0
    and abs(this_year.amount_cny - last_year.amount_cny) >= last_year.amount_cny * 0.3
order by abs(this_year.amount_cny - last_year.amount_cny) desc, this_year.fact_key
