-- R66 产出、效益、满意度指标齐全 in a complete form of the national kind.
with level as (
    select
        report_id,
        scope,
        project_key,
        min(project_name) as project_name,
        count(*) as lines,
        max(case when level1_std in ('output', 'output_efficiency') then 1 else 0 end) as has_output,
        max(case when level1_std in ('benefit', 'output_efficiency') then 1 else 0 end) as has_benefit,
        max(case
            when level1_std = 'satisfaction' or level2_std = 'service_satisfaction'
                or coalesce(level2, '') || coalesce(level3, '') like '%满意%' then 1
            else 0
        end) as has_satisfaction,
        max(case when level1_std not in ('output', 'benefit', 'satisfaction', 'cost', 'output_efficiency') or level1_std is null then 1 else 0 end) as has_other,
        max(case when is_doubtful then 1 else 0 end) as doubts,
        max(report_kind) as report_kind,
        min(source_page) as source_page,
        min(source_table) as source_table,
        cast(null as integer) as source_row,
        cast(null as {{ dbt.type_string() }}) as source_bbox,
        cast(null as {{ dbt.type_string() }}) as source_path,
        cast(null as {{ dbt.type_string() }}) as source_text
    from {{ ref('audit_indicator') }}
    group by report_id, scope, project_key
)

select
    {{ jixiao.audit_finding(
        rule='R66', at='level',
        subject="'指标设置'",
        message="'绩效指标缺少'
            || case when level.has_benefit = 0 then '效益指标' else '' end
            || case when level.has_benefit = 0 and level.has_satisfaction = 0 then '和' else '' end
            || case when level.has_satisfaction = 0 then '满意度指标' else '' end || '。'"
    ) }}
from level
where level.doubts = 0
    and level.lines >= 5
    and level.has_other = 0
    and level.has_output = 1
    and level.report_kind in ('self_evaluation', 'budget_target')
    and (level.has_benefit = 0 or level.has_satisfaction = 0)
