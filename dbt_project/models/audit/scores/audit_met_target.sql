-- R41 a met target earns full marks, or the deduction has a reason.
select
    {{ jixiao.audit_finding(
        rule='R41', at='indicator',
        subject='indicator.indicator_name',
        severity="case when indicator.report_kind = 'evaluation_report' then 'info' end",
        stated='indicator.score', expected='indicator.weight', unit="'points'",
        message="indicator.quoted_name || '目标' || " ~ jixiao.audit_words('indicator.target_text')
            ~ " || '、实际' || " ~ jixiao.audit_words('indicator.actual_text') ~ " || '，已达标，分值' || "
            ~ jixiao.audit_points('indicator.weight') ~ " || '却只得' || " ~ jixiao.audit_points('indicator.score')
            ~ " || '，未写偏差原因。'"
    ) }}
from {{ ref('audit_indicator') }} as indicator
where indicator.score < indicator.weight
    and indicator.is_met
    and not indicator.has_reason
    and not indicator.is_doubtful
