-- R64 项目编码: 21 characters, the region of the unit, not of a later year, one project a code.
with project as (
    select distinct
        named.report_id,
        'project' as scope,
        named.project_name,
        {{ jixiao.strip('upper(named.project_code)', '\\s') }} as code,
        report.fiscal_year,
        report.region_code,
        place.source_page,
        place.source_table,
        place.source_row,
        place.source_bbox,
        place.source_path,
        place.source_text
    from {{ ref('int_project_of_report') }} as named
    inner join {{ ref('audit_report') }} as report on named.report_id = report.report_id
    left join {{ ref('stg_project') }} as place
        on named.report_id = place.report_id and named.project_name = place.project_name
    where named.project_code is not null
),

-- A project printed twice is told apart by a number behind its name: （2）.
bearer as (
    select
        report_id,
        code,
        count(distinct regexp_replace(project_name, '[(（][0-9]+[)）]$', '')) as projects
    from project
    group by report_id, code
),

judged as (
    select
        project.*,
        regexp_matches(project.code, '^[0-9]{8}[A-Z][0-9A-Z]{12}$') as is_well_formed,
        bearer.projects
    from project
    inner join bearer on project.report_id = bearer.report_id and project.code = bearer.code
)

select
    {{ jixiao.audit_finding(
        rule='R64', at='judged',
        subject="'项目编码'",
        message="'项目编码' || judged.code || case
            when judged.projects > 1 then '在本报告中用于' || judged.projects || '个项目。'
            when not judged.is_well_formed then '共' || length(judged.code) || '位，不合21位编码规则。'
            when 2000 + cast(substr(judged.code, 7, 2) as integer) > judged.fiscal_year
                then '的年度为20' || substr(judged.code, 7, 2) || '，晚于报告年度' || judged.fiscal_year || '。'
            else '的区划为' || substr(judged.code, 1, 6) || '，与单位所在区划' || judged.region_code || '不符。'
        end"
    ) }}
from judged
where judged.projects > 1
    -- Local numbering of another length is another scheme, not an error.
    or (
        not judged.is_well_formed
        and length(judged.code) between 19 and 23
        and regexp_matches(judged.code, '^[0-9]{8}[A-Z]')
    )
    or (judged.is_well_formed and 2000 + try_cast(substr(judged.code, 7, 2) as integer) > judged.fiscal_year)
    or (
        judged.is_well_formed
        and judged.region_code is not null
        and substr(judged.code, 1, 2) <> '00'
        and substr(judged.code, 1, 2) <> substr(judged.region_code, 1, 2)
    )
