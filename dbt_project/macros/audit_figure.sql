{#- What audit_figure_row keeps as small numbers, and audit_figure tells in words. -#}

{#- Kinds of figures (seed `measure`), in the order of their numbers. -#}
{% macro audit_kinds() -%}{{ return(['money', 'ratio', 'points', 'count', 'text']) }}{%- endmacro %}

{% macro audit_kind_number(kind) -%}
    case {{ kind }}
        {%- for name in jixiao.audit_kinds() %} when '{{ name }}' then {{ loop.index }}{% endfor %}
    end
{%- endmacro %}

{% macro audit_kind(number) -%}
    case {{ number }}
        {%- for name in jixiao.audit_kinds() %} when {{ loop.index }} then '{{ name }}'{% endfor %}
    end
{%- endmacro %}

{#- Half a unit of the last printed digit: what rounding can have taken from or added to a value. Five
    digits and more count as four. -#}
{% macro audit_half_digit(scale) -%}
    case {{ scale }}
        {%- for half in ['0.5', '0.05', '0.005', '0.0005'] %} when {{ loop.index0 }} then {{ half }}{% endfor %} else 0.00005
    end
{%- endmacro %}

{#- The same of a figure in yuan or as a ratio, DECIMAL(24,8); nothing for points, heads and words, which
    are printed whole. The usual units have numbers of their own: products of decimals are dear. -#}
{% macro audit_slack(kind_number, factor, scale) -%}
    {%- set kinds = jixiao.audit_kinds() -%}
    case
        when {{ kind_number }} > {{ kinds.index('ratio') + 1 }} then cast(0 as decimal(24, 8))
        {%- for unit, halves in [
            (10000, ['5000', '500', '50', '5', '0.5']),
            (1, ['0.5', '0.05', '0.005', '0.0005', '0.00005']),
            (0.01, ['0.005', '0.0005', '0.00005', '0.000005', '0.0000005'])
        ] %}
        when {{ factor }} = {{ unit }}
            then case {{ scale }}
                {%- for half in halves %} {% if loop.last %}else{% else %}when {{ loop.index0 }} then{% endif %} cast({{ half }} as decimal(24, 8))
                {%- endfor %}
                end
        {%- endfor %}
        else cast({{ factor }} * {{ jixiao.audit_half_digit(scale) }} as decimal(24, 8))
    end
{%- endmacro %}

{#- How a figure is printed, of a row of audit_figure or audit_figure_row. -#}
{% macro audit_printed(row, kind) -%}
    case {{ kind }}
        when 'money'
            then {{ jixiao.audit_number(row ~ '.printed_value', short=true) }} || coalesce({{ row }}.printed_unit, '')
        when 'ratio' then {{ jixiao.audit_percent(row ~ '.number', 4) }}
        else coalesce({{ jixiao.audit_number(row ~ '.printed_value', short=true) }}, {{ row }}.value_text, '')
    end
{%- endmacro %}
