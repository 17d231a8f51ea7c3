-- R42 实际 ÷ 目标 ≥ 1.3 (warning) or ≥ 1.2 (info) without a reason: the target was set too low.
select
    {{ jixiao.audit_finding(
        rule='R42', at='indicator',
        subject='indicator.indicator_name',
        severity="case when indicator.actual_value * 10 >= indicator.target_value * 13
            and indicator.report_kind <> 'evaluation_report' then 'warning' else 'info' end",
        stated='indicator.actual_value', expected='indicator.target_value',
        unit="coalesce(indicator.target_unit, indicator.actual_unit)",
        message="indicator.quoted_name || '目标' || " ~ jixiao.audit_words('indicator.target_text')
            ~ " || '、实际' || " ~ jixiao.audit_words('indicator.actual_text') ~ " || '，完成率' || "
            ~ jixiao.audit_percent(jixiao.ratio('indicator.actual_value', 'indicator.target_value'), 1)
            ~ " || '，目标偏低或偏差较大而未说明原因。'"
    ) }}
from {{ ref('audit_indicator') }} as indicator
where indicator.is_comparable
    and indicator.direction = 1
    and not indicator.is_cost
    and indicator.target_value > 0
    and indicator.actual_value * 10 >= indicator.target_value * 12
    and not indicator.has_reason
    and not indicator.is_doubtful
