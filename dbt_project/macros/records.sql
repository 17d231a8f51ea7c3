{#- The records of a type. The store writes at least an empty file of each; where there is none all the
    same, the type has no rows and the build goes on. -#}
{% macro from_records(record_type) -%}
    {%- set relation = source('records', record_type) -%}
    {%- if jixiao.record_files(record_type) -%}
        {{ relation }}
    {%- else -%}
        (
            select
                {% for name, type in jixiao.record_columns(record_type).items() -%}
                cast(null as {{ type }}) as {{ name }}{% if not loop.last %},{% endif %}
                {% endfor %}
            where false
        )
    {%- endif -%}
{%- endmacro %}

{#- How many files the store has of a type; 1 while dbt only parses. -#}
{% macro record_files(record_type) -%}
    {{ return(adapter.dispatch('record_files', 'jixiao')(record_type)) }}
{%- endmacro %}

{% macro default__record_files(record_type) -%}
    {{ return(1) }}
{%- endmacro %}

{% macro duckdb__record_files(record_type) -%}
    {%- if not execute -%}{{ return(1) }}{%- endif -%}
    {%- set folder = env_var('JIXIAO_RECORDS', '../warehouse/records') | replace("'", "''") -%}
    {%- set counted = run_query("select count(*) from glob('" ~ folder ~ '/' ~ record_type ~ "/**/*.parquet')") -%}
    {{ return(counted.columns[0].values()[0]) }}
{%- endmacro %}
