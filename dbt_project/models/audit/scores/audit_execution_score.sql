-- R32 预算执行得分 = min(分值, 分值 × 执行率), from the computed or the printed rate.
with scored as (
    select
        execution.*,
        case
            when scored.has_whole_scores and execution.score = floor(execution.score) then 0.5
            else 0.05
        end as tolerance,
        least(execution.weight, cast(execution.weight * execution.computed_rate as decimal(24, 6))) as by_computed,
        least(execution.weight, cast(execution.weight * execution.rate as decimal(24, 6))) as by_printed
    from {{ ref('audit_execution') }} as execution
    left join {{ ref('audit_scored') }} as scored
        on execution.report_id = scored.report_id
            and execution.scope = scored.scope
            and execution.project_key = scored.project_key
    where execution.score is not null and execution.weight is not null and not execution.is_doubtful
)

select
    {{ jixiao.audit_finding(
        rule='R32', figure='score',
        subject="'预算执行得分'",
        stated='scored.score',
        expected='cast(coalesce(scored.by_computed, scored.by_printed) as decimal(24, 2))', unit="'points'",
        message="score.place_name || '预算执行率' || coalesce(scored.rate_printed, "
            ~ jixiao.audit_percent('scored.computed_rate') ~ ") || '、分值' || " ~ jixiao.audit_points('scored.weight')
            ~ " || '，按“分值×执行率”应得' || "
            ~ jixiao.audit_number('coalesce(scored.by_computed, scored.by_printed)', 2)
            ~ " || '分，印为' || " ~ jixiao.audit_points('scored.score') ~ " || '。'"
    ) }}
from scored
inner join {{ ref('audit_figure') }} as score on scored.score_id = score.mention_id
where coalesce(scored.by_computed, scored.by_printed) is not null
    and abs(scored.score - coalesce(scored.by_computed, scored.by_printed)) > scored.tolerance + 0.000001
    and abs(scored.score - coalesce(scored.by_printed, scored.by_computed)) > scored.tolerance + 0.000001
    and scored.score <= scored.weight
