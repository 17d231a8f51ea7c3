-- The evaluation of the whole department that counts for a unit's year: of the last revision, of
-- several kinds of report the self-evaluation first. Of the years that int_unit_year makes anew.
{{ config(meta={'by_unit_year': true}) }}

with ranked as (
    select
        evaluation.*,
        row_number() over (
            partition by evaluation.unit_id, evaluation.fiscal_year
            order by kind.sort_order, report.revision desc, evaluation.report_id
        ) as newness
    from {{ ref('fct_evaluation') }} as evaluation
    inner join {{ ref('int_report') }} as report on evaluation.report_id = report.report_id
    inner join {{ ref('report_kind') }} as kind on report.report_kind = kind.report_kind
    inner join {{ ref('int_unit_year_due') }} as due
        on report.unit_id = due.unit_id and report.fiscal_year = due.fiscal_year and due.is_due
    where evaluation.scope = 'department' and report.is_current
)

select
    unit_id,
    fiscal_year,
    total_score_stated,
    total_score,
    grade_stated,
    grade
from ranked
where newness = 1
