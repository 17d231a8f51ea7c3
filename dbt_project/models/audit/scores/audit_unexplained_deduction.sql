-- R40 扣分须写明偏差原因; a deduction although the target is met is R41 instead.
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
