{#- How the sentences of findings print their figures. Every macro gives text, never NULL: a NULL
    would swallow the whole sentence. -#}

{#- A number without needless zeros: 1490.4700 → 1490.47; NULL → 空白. `short`: for columns of millions of
    numbers, most of which fit into 18 digits, which are written twice as fast. -#}
{% macro audit_number(value, digits=6, short=false) -%}
    coalesce(
        trim(trailing '.' from trim(trailing '0' from
            {% if short -%}
            case
                when abs({{ value }}) < 100000000000 then cast(cast({{ value }} as decimal(18, {{ digits }})) as {{ dbt.type_string() }})
                else cast(cast({{ value }} as decimal(24, {{ digits }})) as {{ dbt.type_string() }})
            end
            {%- else -%}
            cast(cast({{ value }} as decimal(24, {{ digits }})) as {{ dbt.type_string() }})
            {%- endif %})),
        '空白'
    )
{%- endmacro %}

{#- Yuan as 万元, the unit in which officials read amounts; below 100 yuan as 元. -#}
{% macro audit_wan(value) -%}
    case
        when abs({{ value }}) > 0 and abs({{ value }}) < 100
            then {{ jixiao.audit_number(value, 2) }} || '元'
        when {{ value }} is null then '空白'
        else {{ jixiao.audit_number('cast(' ~ value ~ ' as decimal(24, 6)) * 0.0001') }} || '万元'
    end
{%- endmacro %}

{#- A ratio as a percentage. -#}
{% macro audit_percent(value, digits=2) -%}
    {{ jixiao.audit_number('cast(' ~ value ~ ' as decimal(20, 8)) * 100', digits) }} || '%'
{%- endmacro %}

{% macro audit_points(value) -%}{{ jixiao.audit_number(value, 4) }} || '分'{%- endmacro %}

{#- Text or 空白, for the insides of quotation marks. -#}
{% macro audit_words(value) -%}coalesce(nullif(trim({{ value }}), ''), '空白'){%- endmacro %}

{#- A name in quotation marks; marks inside it become single ones. NULL stays NULL. -#}
{% macro audit_quoted(value) -%}
    '“' || replace(replace({{ value }}, '“', '‘'), '”', '’') || '”'
{%- endmacro %}

{#- Values of a group joined in a given order: `a＋b＋c`. -#}
{% macro audit_join(value, separator, order_by) -%}
    {{ return(adapter.dispatch('audit_join', 'jixiao')(value, separator, order_by)) }}
{%- endmacro %}

{% macro default__audit_join(value, separator, order_by) -%}
    array_join(transform(array_sort(collect_list(struct({{ order_by }} as k, {{ value }} as v))), x -> x.v), '{{ separator }}')
{%- endmacro %}

{% macro duckdb__audit_join(value, separator, order_by) -%}
    string_agg({{ value }}, '{{ separator }}' order by {{ order_by }})
{%- endmacro %}
