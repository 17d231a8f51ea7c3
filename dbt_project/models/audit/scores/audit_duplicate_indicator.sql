-- R45 同一表内三级指标不重复: same name and same target.
with repeated as (
    select
        *,
        row_number() over (
            partition by report_id, indicator_table, scope, project_key, level3, coalesce(target_text, '')
            order by indicator_seq
        ) as nth,
        count(*) over (
            partition by report_id, indicator_table, scope, project_key, level3, coalesce(target_text, '')
        ) as times
    from {{ ref('audit_indicator') }}
    where level3 is not null
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
