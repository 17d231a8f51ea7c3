-- R71 百分比不超过100%: rates that are bounded by nature; other targets above 100% are information.
with judged as (
    select
        *,
        regexp_matches(
            indicator_name || coalesce(level2, ''),
            '满意|合格率|覆盖率|到位率|及时率|保障率|普及率|参与率|出勤率|准确率|知晓率|回复率|办结率|达标率|利用率|公开率|兑现率'
        )
        and not regexp_matches(indicator_name, '增长|提高|提升|增幅|超') as is_bounded
    from {{ ref('audit_indicator') }}
    where not is_doubtful
)

select
    {{ jixiao.audit_finding(
        rule='R71', at='judged',
        subject='judged.indicator_name',
        severity="case when judged.is_bounded then 'warning' else 'info' end",
        stated="case when judged.target_unit = '%' and judged.target_value > 100 then judged.target_value else judged.actual_value end * 0.01",
        expected='1', unit="'ratio'",
        message="judged.quoted_name || '目标' || " ~ jixiao.audit_words('judged.target_text')
            ~ " || '、实际' || " ~ jixiao.audit_words('judged.actual_text') ~ " || '，超过100%。'"
    ) }}
from judged
where not regexp_matches(judged.indicator_name, '增长|提高|提升|增幅')
    and (
        (coalesce(judged.target_unit, '') = '%' and judged.target_value > 100)
        or (judged.is_bounded and coalesce(judged.actual_unit, '') = '%' and judged.actual_value > 100)
    )
