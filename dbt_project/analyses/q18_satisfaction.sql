-- Question 18: Satisfaction: questionnaires, weights, rates; fewer than 30 questionnaires are few.
-- 满意度调查：问卷数、权重、满意度，问卷不足30份
select
    unit.unit_name,
    survey.fiscal_year,
    survey.scope,
    survey.project_name,
    survey.respondent_group,
    survey.sent,
    survey.satisfied,
    survey.satisfaction_rate,
    survey.weight,
    survey.satisfaction_rate >= 0.95 as at_least_95,
    survey.sent < 30 as few_questionnaires
from {{ ref('fct_survey') }} as survey
inner join {{ ref('dim_report') }} as report on survey.report_id = report.report_id
inner join {{ ref('dim_unit') }} as unit on survey.unit_id = unit.unit_id
where report.is_current
order by few_questionnaires desc nulls last, survey.satisfaction_rate desc nulls last, survey.fact_key
