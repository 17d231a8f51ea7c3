-- R45 同一表内三级指标不重复: same name and same target.
with name as (
    select
        report_id,
        indicator_table,
        scope,
        project_key,
        level3,
        coalesce(target_text, '') as target_text,
        count(*) as times
    from {{ ref('audit_indicator') }}
    where level3 is not null and not regexp_matches(level3, '不涉及|不适用|无此项')
    group by report_id, indicator_table, scope, project_key, level3, coalesce(target_text, '')
    having count(*) > 1
),

repeated as (
    select
        indicator.*,
        name.times,
        row_number() over (
            partition by
                indicator.report_id, indicator.indicator_table, indicator.scope, indicator.project_key,
                indicator.level3, coalesce(indicator.target_text, '')
            order by indicator.indicator_seq
        ) as nth
    from {{ ref('audit_indicator') }} as indicator
    inner join name
        on indicator.report_id = name.report_id
            and indicator.indicator_table = name.indicator_table
            and indicator.scope = name.scope
            and indicator.project_key = name.project_key
            and indicator.level3 = name.level3
            and coalesce(indicator.target_text, '') = name.target_text
)

select
    {{ jixiao.audit_finding(
        rule='R45', at='repeated',
        subject='repeated.level3',
        message="'三级指标' || repeated.quoted_name || '（目标' || " ~ jixiao.audit_words('repeated.target_text')
            ~ " || '）在同一表中出现' || repeated.times || '次。'"
    ) }}
from repeated
where repeated.nth = 2
