-- R72 定性指标得分在其档次内: not met earns less than 60% of the weight, met at least 80%.
select
    {{ jixiao.audit_finding(
        rule='R72', at='indicator',
        subject='indicator.indicator_name',
        stated='indicator.score',
        expected="case when indicator.is_met then indicator.weight * 0.8 else indicator.weight * 0.6 end", unit="'points'",
        message="'定性指标' || indicator.quoted_name || '实际“' || " ~ jixiao.audit_words('indicator.actual_text')
            ~ " || '”，分值' || " ~ jixiao.audit_points('indicator.weight') ~ " || '得'  || "
            ~ jixiao.audit_points('indicator.score') ~ " || '，'
            || case when indicator.is_met then '已达成应在80%以上。' else '未达成应在60%以下。' end"
    ) }}
from {{ ref('audit_indicator') }} as indicator
where indicator.target_value is null
    and indicator.weight > 0
    and indicator.score is not null
    and not indicator.is_doubtful
    and (
        (indicator.is_met and indicator.has_reason and indicator.score < 0.8 * indicator.weight)
        or (indicator.is_met = false and indicator.score >= 0.6 * indicator.weight)
    )
