-- P17 项目跨年延续: one code under several names over the years.
with project as (
    select distinct
        named.report_id,
        'project' as scope,
        named.project_name,
        {{ jixiao.strip('upper(named.project_code)', '\\s') }} as code,
        named.unit_id,
        named.fiscal_year,
        cast(null as integer) as source_page,
        cast(null as integer) as source_table,
        cast(null as integer) as source_row,
        cast(null as {{ dbt.type_string() }}) as source_bbox,
        cast(null as {{ dbt.type_string() }}) as source_path,
        cast(null as {{ dbt.type_string() }}) as source_text
    from {{ ref('int_project_of_report') }} as named
    inner join {{ ref('audit_report') }} as report on named.report_id = report.report_id
    where named.project_code is not null and report.is_current
),

earlier as (
    select
        project.report_id,
        project.project_name,
        before.project_name as before_name,
        before.fiscal_year as before_year,
        row_number() over (
            partition by project.report_id, project.project_name order by before.fiscal_year desc, before.project_name
        ) as nth
    from project
    inner join project as before
        on project.unit_id = before.unit_id
            and project.code = before.code
            and project.fiscal_year > before.fiscal_year
)

select
    {{ jixiao.audit_finding(
        rule='P17', at='project',
        subject="'项目名称'",
        message="'项目编码' || project.code || '本年名称为“' || project.project_name || '”，' || earlier.before_year
            || '年为“' || earlier.before_name || '”。'"
    ) }}
from project
inner join earlier
    on project.report_id = earlier.report_id
        and project.project_name = earlier.project_name
        and earlier.nth = 1
-- The year in front of a name changes every year.
where regexp_replace(project.project_name, '^[0-9]{4}年?度?', '')
    <> regexp_replace(earlier.before_name, '^[0-9]{4}年?度?', '')
