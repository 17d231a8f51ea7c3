-- R67 同一项目名称一致: aliases that are no abbreviation of the name.
with project as (
    select
        project.*,
        'project' as scope,
        row_number() over (partition by project.report_id, project.project_name order by project.project_seq) as nth
    from {{ ref('stg_project') }} as project
    inner join {{ ref('audit_report') }} as report on project.report_id = report.report_id
    where project.aliases is not null
),

alias as (
    select
        report_id,
        project_name,
        {{ jixiao.split_rows('aliases', '；') }} as alias
    from project
    where nth = 1
),

variant as (
    select
        report_id,
        project_name,
        count(*) as variants,
        {{ jixiao.audit_join("'“' || alias || '”'", '', 'alias') }} as words
    from alias
    where length(alias) > 0
        and strpos(project_name, alias) = 0
        and strpos(alias, project_name) = 0
    group by report_id, project_name
)

select
    {{ jixiao.audit_finding(
        rule='R67', at='project',
        subject="'项目名称'",
        message="'同一项目先后写作“' || project.project_name || '”' || variant.words || '。'"
    ) }}
from project
inner join variant
    on project.report_id = variant.report_id and project.project_name = variant.project_name
where project.nth = 1
