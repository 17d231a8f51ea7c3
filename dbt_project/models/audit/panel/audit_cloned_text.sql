-- P14 跨单位雷同文字: the same account of results, sixty characters or more, in another unit's report.
-- Looked for in every run: the other report may be new.
with goal as (
    select
        goal.*,
        report.unit_id,
        md5({{ jixiao.strip('goal.completion_text', '[0-9\\s，。、；：,.;:（）()]') }}) as fingerprint
    from {{ ref('stg_goal') }} as goal
    inner join {{ ref('int_report') }} as report on goal.report_id = report.report_id
    where length(goal.completion_text) >= 60
),

shared as (
    select
        fingerprint,
        count(distinct unit_id) as units
    from goal
    group by fingerprint
)

select
    {{ jixiao.audit_finding(
        rule='P14', at='goal',
        subject="'实际完成情况'",
        message="'“实际完成情况”一段与另' || (shared.units - 1) || '个单位的报告文字雷同。'"
    ) }}
from goal
inner join shared on goal.fingerprint = shared.fingerprint
where shared.units > 1
