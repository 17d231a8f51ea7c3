-- The rule catalogue as published.
{{ config(schema='marts', access='public') }}

select
    code as rule_code,
    name_zh,
    name_en,
    formula,
    tolerance,
    -- Where a rule chooses, its usual severity comes first.
    split_part(severity, ' ', 1) as severity,
    source,
    implemented as is_implemented,
    reason_not as not_implemented_reason
from {{ ref('rule') }}
