{#- Is there something in a cell? (blank marks count as nothing) -#}
{% macro audit_filled(value) -%}
    (coalesce(trim({{ value }}), '') not in ('', '无', '/', '-', '—', '——', '--', '无偏差', '0'))
{%- endmacro %}

{#- The official score of a quantitative indicator (DOMAIN.md §1.4), unrounded:
    positive and equal: a ≥ t → w, else a ÷ t × w; reverse: a ≤ t → w, t < a < 2t →
    (1 − (a − t) ÷ t) × w, else 0; a target of 0 is met by a ≤ 0 and earns nothing otherwise. -#}
{% macro audit_formula_score(direction, target, actual, weight) -%}
    case
        when {{ direction }} = 1 and {{ actual }} >= {{ target }} and {{ target }} <> 0 then {{ weight }}
        when {{ target }} = 0 then case when {{ actual }} <= 0 then {{ weight }} else 0 end
        when {{ target }} < 0 then null
        when {{ direction }} = 1 then {{ jixiao.ratio(actual, target) }} * {{ weight }}
        when {{ actual }} <= {{ target }} then {{ weight }}
        when {{ actual }} < 2 * {{ target }} then (2 - {{ jixiao.ratio(actual, target) }}) * {{ weight }}
        else 0
    end
{%- endmacro %}
