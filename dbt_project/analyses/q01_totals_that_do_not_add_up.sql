-- Question 1: List units where the scores added up differ from the printed total, by gap, year and region.
-- 各项得分之和与印刷总分不符的单位，按差额排列
select
    unit.region_name,
    unit.unit_name,
    evaluation.fiscal_year,
    evaluation.scope,
    evaluation.project_name,
    evaluation.total_score_stated,
    evaluation.total_score,
    evaluation.total_score_stated - evaluation.total_score as gap
from {{ ref('fct_evaluation') }} as evaluation
inner join {{ ref('dim_report') }} as report on evaluation.report_id = report.report_id
inner join {{ ref('dim_unit') }} as unit on evaluation.unit_id = unit.unit_id
where report.is_current and evaluation.total_score_stated <> evaluation.total_score
order by abs(evaluation.total_score_stated - evaluation.total_score) desc, evaluation.report_id
