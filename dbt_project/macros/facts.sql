{#- What every fact row made of figures begins with: its key and whose it is. -#}
{% macro fact_head(row, project=true) -%}
    {{ row }}.fact_key,
    {{ row }}.report_id,
    {{ row }}.unit_id,
    {{ row }}.fiscal_year,
    {%- if project %}
    {{ row }}.scope,
    {{ row }}.project_id,
    {{ row }}.project_name,
    {{ row }}.project_code,
    {%- endif %}
{%- endmacro %}

{#- Where a row was read (WAREHOUSE.md, Conventions). -#}
{% macro fact_source(row) -%}
    {{ row }}.source_page,
    {{ row }}.source_table,
    {{ row }}.source_row,
    {{ row }}.source_bbox,
    {{ row }}.source_path,
    {{ row }}.source_text
{%- endmacro %}

{#- The chosen value of one measure of a fact row, in a grouping by fact_key. -#}
{% macro measured(measure) -%}
    max(case when measure = '{{ measure }}' then value end)
{%- endmacro %}

{#- A figure of the unit's own year, in a grouping of int_figure_current. -#}
{% macro current_figure(family, item, measure, basis=none, year_offset=0) -%}
    max(case
        when family = '{{ family }}' and item = '{{ item }}' and measure = '{{ measure }}'
            {%- if basis %} and basis = '{{ basis }}'{% endif %}
            {%- if family in ('expense', 'revenue') %} and amount_year = fiscal_year + ({{ year_offset }}){% endif %}
            then value
    end)
{%- endmacro %}

{#- How many rows meet a condition, as INTEGER. -#}
{% macro count_where(condition) -%}
    cast(count(case when {{ condition }} then 1 end) as integer)
{%- endmacro %}

{#- Where every indicator line was read, by the number that `first_line` of a part of an evaluation is. -#}
{% macro line_source() -%}
    select
        indicator.report_id,
        indicator.indicator_table * 100000 + indicator.indicator_seq as line,
        {{ jixiao.fact_source('indicator') }}
    from {{ ref('int_indicator') }} as indicator
{%- endmacro %}
