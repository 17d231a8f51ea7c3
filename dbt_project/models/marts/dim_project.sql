-- One row per project of a unit: as its newest report has it, each attribute where it was last stated.
with project as (
    select
        project_of_report.*,
        row_number() over (
            partition by project_of_report.project_id
            order by
                project_of_report.fiscal_year desc,
                report.revision desc,
                report.report_kind desc,
                project_of_report.report_id asc
        ) as newness
    from {{ ref('int_project_of_report') }} as project_of_report
    inner join {{ ref('int_report') }} as report on project_of_report.report_id = report.report_id
),

alias as (
    select
        project_id,
        project_name,
        {{ jixiao.split_rows('aliases', '；') }} as alias
    from project
    where aliases is not null
),

aliases as (
    select
        alias.project_id,
        {{ jixiao.join_distinct('alias.alias', '；') }} as aliases
    from alias
    where alias.alias <> alias.project_name and alias.alias <> ''
    group by alias.project_id
),

attribute as (
    select
        project_id,
        min(case when project_code is not null then newness end) as code_from,
        min(case when department is not null then newness end) as department_from,
        min(case when implementing_unit is not null then newness end) as implementing_unit_from,
        min(case when purpose is not null then newness end) as purpose_from
    from project
    group by project_id
)

select
    project.project_id,
    max(project.unit_id) as unit_id,
    max(case when project.newness = 1 then project.project_name end) as project_name,
    max(case when project.newness = attribute.code_from then project.project_code end) as project_code,
    max(aliases.aliases) as aliases,
    max(case when project.newness = attribute.department_from then project.department end) as department,
    max(case when project.newness = attribute.implementing_unit_from then project.implementing_unit end)
        as implementing_unit,
    max(case when project.newness = attribute.purpose_from then project.purpose end) as purpose
from project
inner join attribute on project.project_id = attribute.project_id
left join aliases on project.project_id = aliases.project_id
group by project.project_id
order by project.project_id
