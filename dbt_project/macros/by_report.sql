{#- Tables that are made report by report. What such a row says follows from the records of its report,
    from what int_report knows of it, and from the project; so a build makes anew the rows of the
    reports that changed (int_report_change) and takes away those of reports that are no longer
    published. The first build and a changed project make all of them. Engines whose tables know no
    delete make all of them always. -#}

{#- What `config` of such a model is given: config(**jixiao.by_report()). -#}
{% macro by_report() -%}
    {{ return({
        'materialized': 'table' if target.type == 'spark' else 'incremental',
        'incremental_strategy': 'append',
        'on_schema_change': 'fail',
        'meta': {'by_report': true},
        'pre_hook': "{{ jixiao.delete_changed(this) }}",
    }) }}
{%- endmacro %}

{#- A relation with a column report_id, in a later build its rows of changed reports only. A join and
    not a condition: engines order joins by size. Unit tests have no table (`this`), and see all rows. -#}
{% macro due(relation) -%}
    {%- if this is not none and is_incremental() -%}
        (
            select due_row.*
            from {{ relation }} as due_row
            inner join {{ ref('int_report_change') }} as due_report
                on due_row.report_id = due_report.report_id and due_report.is_changed
        )
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}

{#- Before new rows come: the old ones of changed reports go, and those of reports that are gone. Asked
    for outside the condition, so that dbt knows when it parses that int_report_change comes first. -#}
{% macro delete_changed(relation) -%}
    {%- set change = ref('int_report_change') -%}
    {%- if is_incremental() -%}
        delete from {{ relation }}
        where report_id in (select change.report_id from {{ change }} as change where change.is_changed)
            or report_id not in (select change.report_id from {{ change }} as change)
    {%- endif -%}
{%- endmacro %}

{#- What the last build that ended left of each report, in a table of that name with a column
    `project`; none where there was no such build, or where another project made it. -#}
{% macro last_state(schema, identifier) -%}
    {%- if not execute or target.type == 'spark' or flags.FULL_REFRESH -%}{{ return(none) }}{%- endif -%}
    {%- set state = adapter.get_relation(database=target.database, schema=schema, identifier=identifier) -%}
    {%- if state is none -%}{{ return(none) }}{%- endif -%}
    {%- set known = run_query(
        "select count(*), count(case when project = '" ~ jixiao.project_version() ~ "' then 1 end) from " ~ state
    ) -%}
    {%- set rows = known.rows[0] -%}
    {{ return(state if rows[0] > 0 and rows[0] == rows[1] else none) }}
{%- endmacro %}

{#- From now on a state vouches only for reports that this build keeps as they are: after a build that
    does not end the next one makes the others again, whatever project and records it then finds.
    `forgotten`: SQL over the columns of the state. -#}
{% macro forget(schema, identifier, forgotten) -%}
    {%- if execute and target.type != 'spark' -%}
        {%- set state = adapter.get_relation(database=target.database, schema=schema, identifier=identifier) -%}
        {%- if state is not none -%}
            delete from {{ state }} where {{ forgotten }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{#- Can a state vouch for what this run leaves? Not where only some of the tables that it speaks of are
    selected: those by report, those by a unit's year, or those of the audit (`room`). -#}
{% macro makes_all(room) -%}
    {%- set left_out = [] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() if node.resource_type == 'model' -%}
            {%- set is_meant = node.config.meta.get(room) if room != 'audit'
                else '/audit/' in node.original_file_path and node.config.materialized in ('table', 'incremental') -%}
            {%- if is_meant and node.unique_id not in selected_resources -%}
                {%- do left_out.append(node.name) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(left_out | length == 0) }}
{%- endmacro %}

{#- dbt's own question whether to drop a table and make it from nothing; tables by report are, where
    the last build was another project's. -#}
{% macro should_full_refresh() -%}
    {%- set wanted = config.get('full_refresh') -%}
    {%- if wanted is none -%}{%- set wanted = flags.FULL_REFRESH -%}{%- endif -%}
    {%- if not wanted and config.get('meta', {}).get('by_report') -%}
        {%- set wanted = jixiao.last_state('intermediate', 'int_report_state') is none -%}
    {%- endif -%}
    {{ return(wanted) }}
{%- endmacro %}

{#- A table of `intermediate` as the last build left it, or none: a table that makes rows anew by their
    mark is asked before it is made which marks it has. -#}
{% macro last_made(identifier) -%}
    {%- if not execute or target.type == 'spark' or flags.FULL_REFRESH -%}{{ return(none) }}{%- endif -%}
    {{ return(adapter.get_relation(database=target.database, schema='intermediate', identifier=identifier)) }}
{%- endmacro %}

{#- Before new rows come: only those stay that are as they should be (int_unit_year_due). -#}
{% macro delete_due_years(relation) -%}
    {%- set due = ref('int_unit_year_due') -%}
    {%- if is_incremental() -%}
        delete from {{ relation }} as made
        where not exists (
            select 1
            from {{ due }} as kept
            where kept.unit_id = made.unit_id
                and kept.fiscal_year = made.fiscal_year
                and kept.mark = made.mark
                and not kept.is_due
        )
    {%- endif -%}
{%- endmacro %}
