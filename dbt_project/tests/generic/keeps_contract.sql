{#- Everything that a published table promises, in one test: one statement and one check a table
    instead of one for each column. A row of the result is one breach: what is broken, in which
    column, the value, and the report it belongs to where the table knows reports.

    keys        lists of columns that together tell two rows apart; NULL equals NULL
    required    columns that are never NULL
    accepted    column to the words it may hold; NULL is none of them and passes
    references  column to {to, field}: a value must be there; NULL refers to nothing
    report_id   whether rows have that column

    Each part names the columns it needs and no others, so that an engine reads those only. -#}
{% test keeps_contract(model, keys=[], required=[], accepted={}, references={}, report_id=false) %}
{%- set report = 'report_id' if report_id else 'null' -%}
{%- set parts = [] -%}
{%- for key in keys -%}
    {%- set part -%}
    select
        'unique' as broken,
        '{{ key | join(", ") }}' as column_name,
        {% for column in key -%}
        coalesce(cast(checked.{{ column }} as {{ dbt.type_string() }}), 'NULL'){% if not loop.last %} || ' | ' || {% endif %}
        {%- endfor %} as breach_value,
        cast({{ 'checked.report_id' if report_id else 'null' }} as {{ dbt.type_string() }}) as report_id
    from (select {{ (key + (['report_id'] if report_id and 'report_id' not in key else [])) | join(', ') }} from {{ model }}) as checked
    inner join (
        select {{ key | join(', ') }} from {{ model }} group by {{ key | join(', ') }} having count(*) > 1
    ) as twice
        on {% for column in key -%}
        checked.{{ column }} is not distinct from twice.{{ column }}{% if not loop.last %} and {% endif %}
        {%- endfor %}
    {%- endset -%}
    {%- do parts.append(part) -%}
{%- endfor -%}
{%- for column in required -%}
    {%- set part -%}
    select
        'not_null' as broken,
        '{{ column }}' as column_name,
        'NULL' as breach_value,
        cast({{ report }} as {{ dbt.type_string() }}) as report_id
    from {{ model }}
    where {{ column }} is null
    {%- endset -%}
    {%- do parts.append(part) -%}
{%- endfor -%}
{%- for column, words in accepted.items() -%}
    {%- set part -%}
    select
        'accepted_values' as broken,
        '{{ column }}' as column_name,
        cast({{ column }} as {{ dbt.type_string() }}) as breach_value,
        cast({{ report }} as {{ dbt.type_string() }}) as report_id
    from {{ model }}
    where {{ column }} not in ({% for word in words %}'{{ word }}'{% if not loop.last %}, {% endif %}{% endfor %})
    {%- endset -%}
    {%- do parts.append(part) -%}
{%- endfor -%}
{%- for column, target in references.items() -%}
    {%- set part -%}
    select
        'relationships' as broken,
        '{{ column }}' as column_name,
        cast(checked.{{ column }} as {{ dbt.type_string() }}) as breach_value,
        cast({{ 'checked.report_id' if report_id else 'null' }} as {{ dbt.type_string() }}) as report_id
    from (select {{ ([column] + (['report_id'] if report_id and column != 'report_id' else [])) | join(', ') }} from {{ model }}) as checked
    left join (select distinct {{ target.field }} as known from {{ target.to }}) as parent
        on checked.{{ column }} = parent.known
    where checked.{{ column }} is not null and parent.known is null
    {%- endset -%}
    {%- do parts.append(part) -%}
{%- endfor -%}
{{ parts | join('\nunion all\n') }}
{% endtest %}
