-- Question 17: What this year's report says of last year against what last year's report said.
-- 上年数与上年报告不一致
with stated as (
    select expense.*
    from {{ ref('fct_expense') }} as expense
    inner join {{ ref('dim_report') }} as report on expense.report_id = report.report_id
    where report.is_current and expense.scope = 'department' and expense.basis = 'actual'
)

select
    unit.unit_name,
    this_report.fiscal_year,
    item.name_zh,
    this_report.amount_cny as said_this_year_cny,
    last_report.amount_cny as said_last_year_cny,
    this_report.amount_cny - last_report.amount_cny as difference_cny
from stated as this_report
inner join stated as last_report
    on this_report.unit_id = last_report.unit_id
        and this_report.fiscal_year = last_report.fiscal_year + 1
        and this_report.expense_item = last_report.expense_item
        and this_report.amount_year = last_report.amount_year
        and last_report.amount_year = last_report.fiscal_year
inner join {{ ref('dim_unit') }} as unit on this_report.unit_id = unit.unit_id
inner join {{ ref('dim_expense_item') }} as item on this_report.expense_item = item.expense_item
where this_report.amount_cny <> last_report.amount_cny
order by abs(this_report.amount_cny - last_report.amount_cny) desc, this_report.fact_key
