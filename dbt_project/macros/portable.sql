{#- What differs between engines, in one place. Models call these and stay portable. -#}

{#- A stable key: MD5 (32 hexadecimal digits) over the parts; NULL and '' are told apart. -#}
{% macro hash_key(parts) -%}
    md5({% for part in parts %}coalesce(cast({{ part }} as {{ dbt.type_string() }}), '~'){% if not loop.last %} || '|' || {% endif %}{% endfor %})
{%- endmacro %}

{#- Text equality in which NULL equals NULL. -#}
{% macro same(left, right) -%}
    coalesce({{ left }}, '~') = coalesce({{ right }}, '~')
{%- endmacro %}

{#- numerator / denominator as DECIMAL(12,6), rounded half up, without passing through a float;
    NULL where either is NULL, the denominator is 0 or the result does not fit. -#}
{% macro ratio(numerator, denominator) -%}
    {{ return(adapter.dispatch('ratio', 'jixiao')(numerator, denominator)) }}
{%- endmacro %}

{% macro default__ratio(numerator, denominator) -%}
    case
        when {{ denominator }} <> 0 and abs({{ numerator }}) < abs({{ denominator }}) * 999999
            then cast(
                cast({{ numerator }} as decimal(28, 6)) / cast({{ denominator }} as decimal(28, 6))
                as decimal(12, 6)
            )
    end
{%- endmacro %}

{#- DuckDB divides decimals as doubles; whole numbers divide exactly. -#}
{% macro duckdb__ratio(numerator, denominator) -%}
    case
        when {{ denominator }} <> 0 and abs({{ numerator }}) < abs({{ denominator }}) * 999999
            then cast(
                sign({{ numerator }}) * sign({{ denominator }}) * cast(
                    (
                        cast(abs({{ numerator }}) * 10000 as hugeint) * 2000000
                        + cast(abs({{ denominator }}) * 10000 as hugeint)
                    ) // (2 * cast(abs({{ denominator }}) * 10000 as hugeint))
                    as decimal(20, 0)
                ) * cast(0.000001 as decimal(7, 6))
                as decimal(12, 6)
            )
    end
{%- endmacro %}

{#- A number that does not fit its published type is NULL there; the mention keeps it as printed. -#}
{% macro fit(value, type, limit) -%}
    case when abs({{ value }}) < {{ limit }} then cast({{ value }} as {{ type }}) end
{%- endmacro %}

{% macro as_cny(value) -%}{{ jixiao.fit(value, 'decimal(20, 2)', '100000000000000000') }}{%- endmacro %}
{% macro as_ratio(value) -%}{{ jixiao.fit(value, 'decimal(12, 6)', '900000') }}{%- endmacro %}
{% macro as_points(value) -%}{{ jixiao.fit(value, 'decimal(12, 4)', '90000000') }}{%- endmacro %}
{#- Heads and forms are whole: half a person is a misreading and gives NULL. -#}
{% macro as_count(value) -%}
    case when abs({{ value }}) < 2000000000 and {{ value }} = floor({{ value }}) then cast({{ value }} as integer) end
{%- endmacro %}

{#- Text without whatever matches a pattern. -#}
{% macro strip(text, pattern) -%}
    {{ return(adapter.dispatch('strip', 'jixiao')(text, pattern)) }}
{%- endmacro %}

{% macro default__strip(text, pattern) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '')
{%- endmacro %}

{#- DuckDB replaces the first match only unless told. -#}
{% macro duckdb__strip(text, pattern) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '', 'g')
{%- endmacro %}

{#- Distinct values of a text column in one cell, in a stable order. -#}
{% macro join_distinct(column, separator) -%}
    {{ return(adapter.dispatch('join_distinct', 'jixiao')(column, separator)) }}
{%- endmacro %}

{% macro default__join_distinct(column, separator) -%}
    array_join(sort_array(collect_set({{ column }})), '{{ separator }}')
{%- endmacro %}

{% macro duckdb__join_distinct(column, separator) -%}
    string_agg(distinct {{ column }}, '{{ separator }}' order by {{ column }})
{%- endmacro %}

{#- Every part of a text column split at a separator, one row each: `column_name` of `relation`. -#}
{% macro split_rows(column, separator) -%}
    {{ return(adapter.dispatch('split_rows', 'jixiao')(column, separator)) }}
{%- endmacro %}

{% macro default__split_rows(column, separator) -%}
    explode(split({{ column }}, '{{ separator }}'))
{%- endmacro %}

{% macro duckdb__split_rows(column, separator) -%}
    unnest(string_split({{ column }}, '{{ separator }}'))
{%- endmacro %}

{#- Yuan per head as DECIMAL(20,2), rounded half up; NULL where either is NULL or nobody is there. -#}
{% macro per_head_cny(amount, heads) -%}
    {{ return(adapter.dispatch('per_head_cny', 'jixiao')(amount, heads)) }}
{%- endmacro %}

{% macro default__per_head_cny(amount, heads) -%}
    case when {{ heads }} > 0 then cast({{ amount }} / {{ heads }} as decimal(20, 2)) end
{%- endmacro %}

{% macro duckdb__per_head_cny(amount, heads) -%}
    case
        when {{ heads }} > 0 then cast(
            cast(
                (cast({{ amount }} * 100 as hugeint) * 2 + {{ heads }} * sign({{ amount }})) // (2 * {{ heads }})
                as decimal(20, 0)
            ) * cast(0.01 as decimal(3, 2)) as decimal(20, 2)
        )
    end
{%- endmacro %}

{#- How often a pattern occurs in a text. -#}
{% macro count_matches(text, pattern) -%}
    {{ return(adapter.dispatch('count_matches', 'jixiao')(text, pattern)) }}
{%- endmacro %}

{% macro default__count_matches(text, pattern) -%}
    size(regexp_extract_all({{ text }}, '{{ pattern }}', 0))
{%- endmacro %}

{% macro duckdb__count_matches(text, pattern) -%}
    len(regexp_extract_all({{ text }}, '{{ pattern }}'))
{%- endmacro %}

{#- A whole number that stands for the parts within one build: for joins and groups over millions of
    rows, never published. NULL and '' are told apart. -#}
{% macro int_key(parts) -%}
    {{ return(adapter.dispatch('int_key', 'jixiao')(parts)) }}
{%- endmacro %}

{% macro default__int_key(parts) -%}
    xxhash64({% for part in parts %}coalesce(cast({{ part }} as {{ dbt.type_string() }}), '~'){% if not loop.last %}, '|', {% endif %}{% endfor %})
{%- endmacro %}

{% macro duckdb__int_key(parts) -%}
    cast(hash({{ parts | join(', ') }}) >> 1 as bigint)
{%- endmacro %}

{#- Of a part of a statement that is read several times with conditions of its own: read it where it is
    used, with those conditions, and do not keep all of it (`with figure as ... (`). -#}
{% macro inlined() -%}
    {{ return(adapter.dispatch('inlined', 'jixiao')()) }}
{%- endmacro %}

{% macro default__inlined() -%}
    {{ return('') }}
{%- endmacro %}

{% macro duckdb__inlined() -%}
    {{ return('not materialized') }}
{%- endmacro %}
