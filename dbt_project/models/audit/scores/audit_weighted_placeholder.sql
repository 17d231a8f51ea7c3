-- R51 “无”指标不占分值: a line that names no indicator (无, 不涉及) and carries points all the same.
select
    {{ jixiao.audit_finding(
        rule='R51', at='indicator',
        subject="coalesce(indicator.level2, indicator.level1, '指标')",
        stated='indicator.weight', expected='0', unit="'points'",
        message="coalesce(indicator.level2, indicator.level1, '指标') || '的三级指标为' || "
            ~ jixiao.audit_quoted('trim(indicator.cell_text)') ~ " || '，却占分值' || "
            ~ jixiao.audit_points('indicator.weight') ~ " || '。'"
    ) }}
from {{ ref('audit_indicator') }} as indicator
where indicator.level3 is null
    and indicator.weight > 0
    and not indicator.is_doubtful
    and regexp_matches(trim(indicator.cell_text), '^[(（]?(无|无此项|不涉及|不适用)[)）]?$')
