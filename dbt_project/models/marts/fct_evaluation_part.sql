{{ config(**jixiao.by_report()) }}

select
    -- As int_mention makes it, so that the mentions of a part point at its row.
    {{ jixiao.hash_key([
        'part.report_id', "'evaluation_part'", 'part.scope', 'part.project_name', 'part.level1_std', 'null', 'null'
    ]) }} as fact_key,
    part.report_id,
    report.unit_id,
    report.fiscal_year,
    part.scope,
    project.project_id,
    part.project_name,
    project.project_code,
    part.level1_std,
    {{ jixiao.as_points('part.weight_stated') }} as weight_stated,
    {{ jixiao.as_points('part.score_stated') }} as score_stated,
    case when part.may_lack_a_line = 0 then {{ jixiao.as_points('part.weight') }} end as weight,
    case when part.may_lack_a_line = 0 then {{ jixiao.as_points('part.score') }} end as score,
    {{ fact_source('source') }}
from {{ jixiao.due(ref('int_evaluation_part')) }} as part
inner join {{ ref('int_report') }} as report on part.report_id = report.report_id
inner join {{ ref('int_part_source') }} as source
    on part.report_id = source.report_id
        and part.scope = source.scope
        and {{ jixiao.same('part.project_name', 'source.project_name') }}
        and part.level1_std = source.level1_std
left join {{ ref('int_project_of_report') }} as project
    on part.report_id = project.report_id and part.project_name = project.project_name
where part.may_lack_a_line = 0
    or part.weight_stated is not null
    or part.score_stated is not null
order by fact_key
