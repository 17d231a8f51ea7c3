-- R68 目标值与实际值单位一致, from the values and their texts: 2021年12 beside 2021年12月; what extraction saw
-- of the kind comes as statements.
select
    {{ jixiao.audit_finding(
        rule='R68', at='indicator',
        subject='indicator.indicator_name',
        stated='indicator.target_value', expected='indicator.actual_value', unit='indicator.target_unit', difference='null',
        message="indicator.quoted_name || '目标' || " ~ jixiao.audit_words('indicator.target_text')
            ~ " || '，实际' || " ~ jixiao.audit_words('indicator.actual_text') ~ " || '，单位不一致。'"
    ) }}
from {{ ref('audit_indicator') }} as indicator
where indicator.target_unit is not null
    and indicator.actual_unit is not null
    and indicator.target_unit <> indicator.actual_unit
    and not indicator.is_doubtful

union all

select
    {{ jixiao.audit_finding(
        rule='R68', at='indicator',
        subject='indicator.indicator_name',
        message="indicator.quoted_name || '的金额单位印作“万”，应为“万元”。'"
    ) }}
from {{ ref('audit_indicator') }} as indicator
where (indicator.target_unit = '万' or indicator.actual_unit = '万')
    and not indicator.is_doubtful

union all

select
    {{ jixiao.audit_finding(
        rule='R68', at='indicator',
        subject='indicator.indicator_name',
        message="indicator.quoted_name || '目标“' || " ~ jixiao.audit_words('indicator.target_text') ~ " || '”、实际“' || "
            ~ jixiao.audit_words('indicator.actual_text') ~ " || '”，日期缺“月”字。'"
    ) }}
from {{ ref('audit_indicator') }} as indicator
where not indicator.is_doubtful
    and (
        regexp_matches(replace(coalesce(indicator.target_text, ''), ' ', ''), '^[12][0-9]{3}年[0-9]{1,2}$')
        or regexp_matches(replace(coalesce(indicator.actual_text, ''), ' ', ''), '^[12][0-9]{3}年[0-9]{1,2}$')
    )

union all

select
    {{ jixiao.audit_finding(
        rule='R68', at='statement',
        subject="coalesce(statement.subject, '日期')",
        message="coalesce(statement.quoted_subject, '') || coalesce(statement.detail, statement.source_text, '') || '。'"
    ) }}
from {{ ref('audit_statement') }} as statement
where statement.kind in ('truncated_date', 'target_unit_mismatch')
    -- One finding a line: what the values tell already is not told again.
    and not exists (
        select 1
        from {{ ref('audit_indicator') }} as indicator
        where indicator.report_id = statement.report_id
            and indicator.source_table = statement.source_table
            and indicator.source_row = statement.source_row
            and indicator.target_unit is not null
            and indicator.actual_unit is not null
    )
