-- R40 扣分须写明偏差原因; a deduction although the target is met is R41 instead. A form has no cell for the
-- reason of a low execution (below 90%): where no line of it tells one either, that is information.
select
    {{ jixiao.audit_finding(
        rule='R40', at='indicator',
        subject='indicator.indicator_name',
        severity="case when indicator.report_kind = 'evaluation_report' then 'info' end",
        stated='indicator.score', expected='null', unit="'points'", difference='null',
        message="indicator.quoted_name || ''
            || case when indicator.target_text is not null then '目标' || " ~ jixiao.audit_words('indicator.target_text')
            ~ " || '、实际' || " ~ jixiao.audit_words('indicator.actual_text') ~ " || '、' else '' end || '分值' || "
            ~ jixiao.audit_points('indicator.weight') ~ " || '得' || " ~ jixiao.audit_points('indicator.score')
            ~ " || '，未写偏差原因。'"
    ) }}
from {{ ref('audit_indicator') }} as indicator
where indicator.score < indicator.weight
    and not indicator.has_reason
    and not indicator.is_doubtful
    and coalesce(indicator.is_met, false) = false

union all

select
    {{ jixiao.audit_finding(
        rule='R40', figure='score', severity="'info'",
        subject="'预算执行得分'",
        stated='execution.score', expected='null', unit="'points'", difference='null',
        message="score.place_name || '预算执行率' || coalesce(execution.rate_printed, "
            ~ jixiao.audit_percent('execution.computed_rate') ~ ") || '，分值' || " ~ jixiao.audit_points('execution.weight')
            ~ " || '得' || " ~ jixiao.audit_points('execution.score') ~ " || '，低于90%而未写偏差原因。'"
    ) }}
from {{ ref('audit_execution') }} as execution
inner join {{ ref('audit_figure') }} as score on execution.score_id = score.mention_id
where not execution.is_doubtful
    and execution.score < execution.weight
    and coalesce(execution.computed_rate, execution.rate) < 0.9
    and not exists (
        select 1
        from {{ ref('audit_indicator') }} as explained
        where explained.report_id = execution.report_id
            and explained.scope = execution.scope
            and explained.project_key = execution.project_key
            and explained.has_reason
    )
