-- What is known of a unit's year: per figure the latest stated value. Revisions of one report
-- complete each other (an amended report that prints only what changed wipes nothing out); of
-- several kinds of report the self-evaluation comes first. Of the years that int_unit_year makes anew.
{{ config(meta={'by_unit_year': true}) }}

with ranked as (
    select
        figure.unit_id,
        figure.fiscal_year,
        figure.report_id,
        figure.family,
        figure.scope,
        figure.project_name,
        figure.item,
        figure.basis,
        figure.amount_year,
        figure.measure,
        figure.value,
        figure.value_text,
        row_number() over (
            partition by
                figure.unit_id,
                figure.fiscal_year,
                figure.family,
                figure.scope,
                figure.project_name,
                figure.item,
                figure.basis,
                figure.amount_year,
                figure.measure
            order by kind.sort_order, report.revision desc, figure.report_id
        ) as newness
    from {{ ref('int_figure') }} as figure
    inner join {{ ref('int_report') }} as report on figure.report_id = report.report_id
    inner join {{ ref('report_kind') }} as kind on report.report_kind = kind.report_kind
    inner join {{ ref('int_unit_year_due') }} as due
        on report.unit_id = due.unit_id and report.fiscal_year = due.fiscal_year and due.is_due
)

select
    unit_id,
    fiscal_year,
    report_id,
    family,
    scope,
    project_name,
    item,
    basis,
    amount_year,
    measure,
    value,
    value_text
from ranked
where newness = 1
