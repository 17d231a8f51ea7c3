{#- Rules that hold a report against another one (audit_neighbour). -#}

{#- The columns of a pair that a finding on it needs, for a select list and its grouping. -#}
{% macro audit_pair_columns() -%}
    neighbour.report_id,
    neighbour.other_id,
    neighbour.other_year,
    neighbour.other_file,
    neighbour.scope,
    neighbour.project_name,
    neighbour.source_page,
    neighbour.source_table,
    neighbour.source_row,
    neighbour.source_bbox,
    neighbour.source_path,
    neighbour.source_text
{%- endmacro %}

{#- `own`, a chosen figure of a report, and `before`, one of the report of the year before. -#}
{% macro audit_with_year_before(family, item) -%}
    from {{ ref('audit_figure') }} as own
    inner join {{ ref('audit_neighbour') }} as neighbour
        on own.report_id = neighbour.report_id and neighbour.relation = 'year_before'
    inner join {{ ref('audit_figure') }} as before
        on neighbour.other_id = before.report_id
            and before.family = '{{ family }}'
            and before.item = '{{ item }}'
            and before.is_chosen
{%- endmacro %}

{#- Two figures are about the same thing, the year apart. -#}
{% macro audit_same_figure(own, other) -%}
    {{ own }}.family = {{ other }}.family
    and {{ own }}.scope = {{ other }}.scope
    and {{ own }}.project_key = {{ other }}.project_key
    and {{ own }}.item = {{ other }}.item
    and coalesce({{ own }}.basis, '') = coalesce({{ other }}.basis, '')
    and {{ own }}.measure = {{ other }}.measure
{%- endmacro %}

{#- The reports that have such a pair, either side of it. -#}
{% macro audit_paired(relation) -%}
    select neighbour.report_id
    from {{ ref('audit_neighbour') }} as neighbour
    where neighbour.relation = '{{ relation }}'
    union
    select neighbour.other_id as report_id
    from {{ ref('audit_neighbour') }} as neighbour
    where neighbour.relation = '{{ relation }}'
{%- endmacro %}
