-- P04 自评目标与年初绩效目标一致: a target that was lowered (warning) or an indicator that was dropped
-- (information) between the target form and the self-evaluation of the same form.
with pair as (
    select *
    from {{ ref('audit_neighbour') }}
    where relation = 'budget_target'
),

own_form as (
    select
        report_id,
        scope,
        project_key,
        min(project_name) as project_name,
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
        rule='P04', at='own', related='planned', severity="'warning'",
        subject='own.level3',
        stated='own.target_value', expected='planned.target_value', unit='own.target_unit',
        message="own.quoted_name || '年初绩效目标为' || " ~ jixiao.audit_words('planned.target_text')
            ~ " || '，自评表中降为' || " ~ jixiao.audit_words('own.target_text') ~ " || '。'"
    ) }}
from {{ ref('audit_indicator') }} as own
inner join pair on own.report_id = pair.report_id
inner join {{ ref('audit_indicator') }} as planned
    on pair.other_id = planned.report_id
        and own.scope = planned.scope
        and own.project_key = planned.project_key
        and own.level3 = planned.level3
        and coalesce(own.target_unit, '') = coalesce(planned.target_unit, '')
where own.target_value is not null
    and not (own.is_doubtful or planned.is_doubtful)
    and (
        (own.direction = 1 and planned.direction = 1 and own.target_value < planned.target_value)
        or (own.direction = -1 and planned.direction = -1 and own.target_value > planned.target_value)
    )

union all

select
    {{ jixiao.audit_finding(
        rule='P04', at='own_form', related='planned', severity="'info'",
        subject='planned.level3',
        message="'年初绩效目标中的' || planned.quoted_name || '（' || " ~ jixiao.audit_words('planned.target_text')
            ~ " || '）未在自评表中出现。'"
    ) }}
from own_form
inner join pair on own_form.report_id = pair.report_id
inner join {{ ref('audit_indicator') }} as planned
    on pair.other_id = planned.report_id
        and own_form.scope = planned.scope
        and own_form.project_key = planned.project_key
left join {{ ref('audit_indicator') }} as own
    on own_form.report_id = own.report_id
        and own_form.scope = own.scope
        and own_form.project_key = own.project_key
        and planned.level3 = own.level3
where planned.level3 is not null
    and own.report_id is null
    and not planned.is_doubtful
