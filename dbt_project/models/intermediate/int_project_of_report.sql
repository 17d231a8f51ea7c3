-- One row per report and project, wherever the project is named.
{{ config(**jixiao.by_report()) }}

with named as (
    select
        report_id,
        project_name,
        project_code,
        1 as rank_of_place
    from {{ jixiao.due(ref('stg_project')) }}
    union all
    select
        report_id,
        project_name,
        project_code,
        2 as rank_of_place
    from {{ jixiao.due(ref('stg_figure')) }}
    union all
    select
        report_id,
        project_name,
        project_code,
        3 as rank_of_place
    from {{ jixiao.due(ref('stg_indicator')) }}
    union all
    select
        report_id,
        project_name,
        project_code,
        4 as rank_of_place
    from {{ jixiao.due(ref('stg_goal')) }}
),

coded as (
    select
        report_id,
        project_name,
        project_code,
        row_number() over (
            partition by report_id, project_name
            order by case when project_code is null then 9 else rank_of_place end, project_code
        ) as choice
    from named
    where project_name is not null
),

described as (
    select
        *,
        row_number() over (partition by report_id, project_name order by project_seq) as choice
    from {{ jixiao.due(ref('stg_project')) }}
    where project_name is not null
)

select
    report.report_id,
    report.unit_id,
    report.fiscal_year,
    report.is_current,
    coded.project_name,
    coded.project_code,
    described.aliases,
    described.department,
    described.implementing_unit,
    described.purpose,
    substr({{ jixiao.hash_key([
        'report.unit_id', jixiao.strip('coded.project_name', '\\s')
    ]) }}, 1, 16) as project_id
from coded
inner join {{ ref('int_report') }} as report on coded.report_id = report.report_id
left join described
    on coded.report_id = described.report_id
        and coded.project_name = described.project_name
        and described.choice = 1
where coded.choice = 1
