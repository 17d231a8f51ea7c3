{#- Tests with `where: __fiscal_years__` look at the years of this run only: JIXIAO_YEARS, such as
    2023 or 2023,2024; all years where it is not set. One bad year does not hold up the next. -#}
{% macro fiscal_years_predicate() -%}
    {%- set years = [] -%}
    {%- for year in env_var('JIXIAO_YEARS', '').split(',') if year.strip() -%}
        {%- do years.append(year.strip() | int) -%}
    {%- endfor -%}
    {{ 'fiscal_year in (' ~ years | join(', ') ~ ')' if years else '1 = 1' }}
{%- endmacro %}

{% macro get_where_subquery(relation) -%}
    {%- set where = config.get('where', '') -%}
    {%- if where -%}
        (
            select *
            from {{ relation }}
            where {{ where | replace('__fiscal_years__', jixiao.fiscal_years_predicate()) }}
        ) as scoped
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}
