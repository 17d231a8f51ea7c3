{#- Tests with `where: __fiscal_years__` look at the years of this run only: JIXIAO_YEARS, such as
    2023 or 2023,2024; all years where it is not set. One bad year does not hold up the next. -#}
{% macro fiscal_years_predicate() -%}
    {%- set years = [] -%}
    {%- for year in env_var('JIXIAO_YEARS', '').split(',') if year.strip() -%}
        {%- do years.append(year.strip() | int) -%}
    {%- endfor -%}
    {{ 'fiscal_year in (' ~ years | join(', ') ~ ')' if years else '1 = 1' }}
{%- endmacro %}

{#- Which rows a test of a table by report looks at: all, or, where the build before this one was tested
    whole and nothing failed (JIXIAO_TESTED, set by the run; orchestration/warehouse/tested.py), those of reports
    made anew since. What a changed project made is anew in every report. None: all. -#}
{% macro due_to_be_tested(relation) -%}
    {%- if execute and target.type != 'spark' and env_var('JIXIAO_TESTED', '') == '1' -%}
        {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.name == relation.identifier -%}
            {%- if node.config.meta.get('by_report') -%}
                {{ return(api.Relation.create(
                    database=target.database, schema='intermediate', identifier='int_report_change'
                )) }}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}

{% macro get_where_subquery(relation) -%}
    {%- set where = config.get('where', '') -%}
    {%- set due = jixiao.due_to_be_tested(relation) -%}
    {%- set conditions = [] -%}
    {%- if where -%}
        {%- do conditions.append(where | replace('__fiscal_years__', jixiao.fiscal_years_predicate())) -%}
    {%- endif -%}
    {%- if due -%}
        {%- do conditions.append('report_id in (select report_id from ' ~ due ~ ' where is_changed)') -%}
    {%- endif -%}
    {%- if conditions -%}
        (
            select *
            from {{ relation }}
            where ({{ conditions | join(') and (') }})
        ) as scoped
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}
