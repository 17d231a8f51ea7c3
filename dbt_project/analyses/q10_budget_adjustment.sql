-- Question 10: Budgets that were adjusted by more than 10% in the year.
-- 预算调整率超过10%
select
    unit.unit_name,
    budget.fiscal_year,
    budget.scope,
    budget.project_name,
    budget.initial_budget_cny,
    coalesce(budget.adjustment_cny, budget.annual_budget_cny - budget.initial_budget_cny) as adjustment_cny,
    cast(
        coalesce(budget.adjustment_cny, budget.annual_budget_cny - budget.initial_budget_cny)
        / budget.initial_budget_cny as decimal(18, 4)
    ) as adjustment_rate,
    budget.source_text
from {{ ref('fct_budget') }} as budget
inner join {{ ref('dim_report') }} as report on budget.report_id = report.report_id
inner join {{ ref('dim_unit') }} as unit on budget.unit_id = unit.unit_id
where report.is_current
    and budget.funding_source = 'total'
    and budget.initial_budget_cny > 0
    and abs(coalesce(budget.adjustment_cny, budget.annual_budget_cny - budget.initial_budget_cny))
    > budget.initial_budget_cny * 0.1
order by adjustment_rate desc, budget.fact_key
