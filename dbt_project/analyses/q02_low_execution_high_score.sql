-- Question 2: Projects with an execution rate below 80% and a self-score of 95 or more; is any reason given?
-- 执行率低于80%而自评95分以上的项目，有无偏差原因
with budget as (
    select
        report_id,
        unit_id,
        fiscal_year,
        project_name,
        min(execution_rate) as execution_rate
    from {{ ref('fct_budget') }}
    where scope = 'project' and funding_source = 'total'
    group by report_id, unit_id, fiscal_year, project_name
),

reason as (
    select
        report_id,
        project_name,
        count(deviation_reason) as reasons
    from {{ ref('fct_indicator_score') }}
    where scope = 'project'
    group by report_id, project_name
)

select
    unit.unit_name,
    budget.fiscal_year,
    budget.project_name,
    budget.execution_rate,
    coalesce(evaluation.total_score_stated, evaluation.total_score) as score,
    coalesce(reason.reasons, 0) as reasons
from budget
inner join {{ ref('dim_report') }} as report on budget.report_id = report.report_id
inner join {{ ref('dim_unit') }} as unit on budget.unit_id = unit.unit_id
inner join {{ ref('fct_evaluation') }} as evaluation
    on budget.report_id = evaluation.report_id and budget.project_name = evaluation.project_name
left join reason
    on budget.report_id = reason.report_id and budget.project_name = reason.project_name
where report.is_current
    and budget.execution_rate < 0.8
    and coalesce(evaluation.total_score_stated, evaluation.total_score) >= 95
order by budget.execution_rate, budget.report_id, budget.project_name
