-- R39 a quantitative indicator that missed its target is scored by the official formula. Where a
-- reason is written the deviation is explained: information. A met target without full marks is R41.
select
    {{ jixiao.audit_finding(
        rule='R39', at='indicator',
        subject='indicator.indicator_name',
        severity="case when indicator.has_reason or indicator.report_kind = 'evaluation_report' then 'info' end",
        stated='indicator.score', expected='cast(indicator.formula_score as decimal(24, 2))', unit="'points'",
        message="indicator.quoted_name || '目标' || " ~ jixiao.audit_words('indicator.target_text')
            ~ " || '、实际' || " ~ jixiao.audit_words('indicator.actual_text') ~ " || '、分值' || "
            ~ jixiao.audit_points('indicator.weight') ~ " || '，按公式应得' || "
            ~ jixiao.audit_number('indicator.formula_score', 2) ~ " || '分，印为' || "
            ~ jixiao.audit_points('indicator.score') ~ " || '。'"
    ) }}
from {{ ref('audit_indicator') }} as indicator
where indicator.is_met = false
    and indicator.is_comparable
    and not indicator.is_doubtful
    and indicator.weight > 0
    and indicator.score between 0 and indicator.weight
    and abs(indicator.score - indicator.formula_score) > indicator.score_tolerance
    -- Another province divides the target by the actual value.
    and not (
        indicator.direction = -1
        and indicator.actual_value > 0
        and abs(indicator.score - {{ jixiao.ratio('indicator.target_value', 'indicator.actual_value') }} * indicator.weight)
        <= indicator.score_tolerance
    )
