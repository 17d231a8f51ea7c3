-- Indicator lines with what the scoring rules ask of them: can target and actual be compared, is the
-- target met, what would the official formula give, is a reason written, are scores whole numbers. A
-- view: names and the formula are worked out for the lines that a rule asks for.
{{ config(materialized='view') }}

{% set name = "coalesce(line.level3, line.level2, line.level1, '未命名指标')" %}
select
    line.*,
    coalesce(line.project_name, '') as project_key,
    case
        when line.is_comparable and line.weight is not null
            then {{ jixiao.audit_formula_score(
                'line.direction', 'line.target_value', 'line.actual_value', 'line.weight'
            ) }}
    end as formula_score,
    case when line.has_whole_scores then 0.5 else 0.05 end as score_tolerance,
    {{ name }} as indicator_name,
    {{ jixiao.audit_quoted(name) }} as quoted_name
from {{ ref('audit_indicator_row') }} as line
