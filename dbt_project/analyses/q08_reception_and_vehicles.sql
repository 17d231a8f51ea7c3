-- Question 8: Reception or vehicle expenses that changed by 30% or more against the year before, and what is said.
-- 公务接待、公务用车同比变动30%以上及其说明
with change as (
    select
        this_year.report_id,
        this_year.fact_key,
        this_year.unit_id,
        this_year.fiscal_year,
        this_year.expense_item,
        this_year.amount_cny as this_year_cny,
        -- As printed, else what the printed change implies.
        coalesce(last_year.amount_cny, this_year.amount_cny - this_year.change_stated_cny) as last_year_cny,
        this_year.source_text
    from {{ ref('fct_expense') }} as this_year
    left join {{ ref('fct_expense') }} as last_year
        on this_year.report_id = last_year.report_id
            and this_year.expense_item = last_year.expense_item
            and this_year.amount_year = last_year.amount_year + 1
            and last_year.scope = 'department'
            and last_year.basis = 'actual'
    where this_year.scope = 'department'
        and this_year.basis = 'actual'
        and this_year.amount_year = this_year.fiscal_year
        and this_year.expense_item in ('reception', 'vehicle', 'vehicle_purchase', 'vehicle_operation')
)

select
    unit.unit_name,
    change.fiscal_year,
    item.name_zh,
    change.last_year_cny,
    change.this_year_cny,
    cast(change.this_year_cny / change.last_year_cny - 1 as decimal(18, 4)) as change_rate,
    change.source_text
from change
inner join {{ ref('dim_report') }} as report on change.report_id = report.report_id
inner join {{ ref('dim_unit') }} as unit on change.unit_id = unit.unit_id
inner join {{ ref('dim_expense_item') }} as item on change.expense_item = item.expense_item
where report.is_current
    and change.last_year_cny > 0
    and abs(change.this_year_cny - change.last_year_cny) >= change.last_year_cny * 0.3
order by abs(change.this_year_cny - change.last_year_cny) desc, change.fact_key
