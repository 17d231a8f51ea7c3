-- One row per fact row that figures make, with the place that stands for it: the amount itself, a
-- table before running text, the earlier before the later.
{{ config(**jixiao.by_report()) }}

with ranked as (
    select
        figure.*,
        project.project_id,
        project.project_code,
        row_number() over (
            partition by figure.fact_key
            order by
                case when figure.measure = 'amount' then 0 else 1 end,
                case when figure.is_table then 0 else 1 end,
                figure.figure_seq
        ) as choice
    from {{ jixiao.due(ref('int_figure')) }} as figure
    left join {{ ref('int_project_of_report') }} as project
        on figure.report_id = project.report_id and figure.project_name = project.project_name
)

select
    fact_key,
    report_id,
    unit_id,
    fiscal_year,
    fact_table,
    family,
    scope,
    project_name,
    project_id,
    project_code,
    item,
    basis,
    amount_year,
    source_page,
    source_table,
    source_row,
    source_bbox,
    source_path,
    source_text
from ranked
where choice = 1
