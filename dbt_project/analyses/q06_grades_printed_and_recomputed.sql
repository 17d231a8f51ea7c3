-- Question 6: Grades as printed against grades recomputed under 90/80/60.
-- 印刷等级与按90/80/60重算等级的分布
select
    evaluation.fiscal_year,
    coalesce(evaluation.grade_stated, '（未印）') as grade_stated,
    coalesce(evaluation.grade, '（无法计算）') as grade_recomputed,
    count(*) as evaluations
from {{ ref('fct_evaluation') }} as evaluation
inner join {{ ref('dim_report') }} as report on evaluation.report_id = report.report_id
where report.is_current
group by evaluation.fiscal_year, evaluation.grade_stated, evaluation.grade
order by evaluation.fiscal_year, evaluations desc, grade_stated, grade_recomputed
