-- R34 全部分值之和 = 100, or the printed total.
select
    {{ jixiao.audit_finding(
        rule='R34', at='scored',
        subject="'分值合计'",
        stated='coalesce(scored.total_weight_stated, 100)', expected='scored.total_weight', unit="'points'",
        message="'各项分值' || " ~ jixiao.audit_points('scored.indicator_weight')
            ~ " || case when scored.execution_weight is not null and not scored.holds_execution then '加预算执行' || "
            ~ jixiao.audit_points('scored.execution_weight') ~ " else '' end || '合计' || "
            ~ jixiao.audit_points('scored.total_weight') ~ " || '，应为' || "
            ~ jixiao.audit_points('coalesce(scored.total_weight_stated, 100)') ~ " || '。'"
    ) }}
from {{ ref('audit_scored') }} as scored
where scored.total_weight is not null
    and not scored.is_doubtful
    and not scored.lacks_execution
    and scored.unweighted_lines = 0
    and scored.total_weight <> coalesce(scored.total_weight_stated, 100)
    -- A few scored lines without a printed total are no complete form; targets alone leave the
    -- execution out; a form twice in one report adds up to twice as much.
    and (scored.total_weight_stated is not null or scored.indicator_weight between 70 and 140)
    and scored.total_weight < 1.5 * coalesce(scored.total_weight_stated, 100)
    and not (scored.report_kind = 'budget_target' and scored.indicator_weight = 90)
