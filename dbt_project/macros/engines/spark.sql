{#- The target `spark`: what a cluster must know before the models can be built there, and the few
    places where dbt-spark and this project do not mean the same. Nothing here touches DuckDB. -#}

{#- Once before a build: `dbt run-operation prepare_spark --target spark`. Makes the records readable
    as tables and gives three functions the names that the models use. JIXIAO_RECORDS is an absolute
    path or an address that every worker of the cluster can read. -#}
{% macro prepare_spark() -%}
    {%- set folder = env_var('JIXIAO_RECORDS') -%}
    {%- do run_query('create database if not exists records') -%}
    {%- for name in ['file', 'document', 'project', 'figure', 'indicator', 'goal', 'statement', 'issue'] -%}
        {#- Files one by one, not a partitioned folder: its fiscal_year would hide the document's own. -#}
        {%- do run_query('create or replace view records.' ~ name ~ ' as select * from parquet.`' ~ folder ~ '/' ~ name ~ '/*/*.parquet`') -%}
    {%- endfor -%}
    {%- do run_query('create or replace function default.starts_with(text string, prefix string) returns boolean return startswith(text, prefix)') -%}
    {%- do run_query('create or replace function default.regexp_matches(text string, pattern string) returns boolean return regexp_like(text, pattern)') -%}
    {%- do run_query('create or replace function default.strpos(text string, part string) returns int return instr(text, part)') -%}
{%- endmacro %}

{#- Contracts name DuckDB's types (VARCHAR), which Spark calls otherwise; columns and types of the two
    builds are compared by the test of this target instead. -#}
{% macro spark__get_assert_columns_equivalent(sql) -%}
{%- endmacro %}

{% macro spark_type(type) -%}
    {{ return('string' if type | lower == 'varchar' else type) }}
{%- endmacro %}

{#- dbt-spark's own two macros with the types of seeds in Spark's words. -#}
{% macro spark__create_csv_table(model, agate_table) %}
    {%- set types = model['config'].get('column_types', {}) -%}
    {%- set sql -%}
    create table {{ this.render() }} (
        {%- for name in agate_table.column_names -%}
        {{ name }} {{ jixiao.spark_type(types.get(name, adapter.convert_type(agate_table, loop.index0))) }}
        {%- if not loop.last %}, {% endif -%}
        {%- endfor -%}
    ) {{ file_format_clause() }}
    {%- endset -%}
    {%- call statement('_') -%}{{ sql }}{%- endcall -%}
    {{ return(sql) }}
{% endmacro %}

{% macro spark__load_csv_rows(model, agate_table) %}
    {%- set types = model['config'].get('column_types', {}) -%}
    {%- set statements = [] -%}
    {%- for chunk in agate_table.rows | batch(get_batch_size()) -%}
        {%- set sql -%}
        insert into {{ this.render() }} values
        {% for row in chunk -%}
        (
            {%- for name in agate_table.column_names -%}
            cast({{ jixiao.spark_literal(row[loop.index0]) }} as {{ jixiao.spark_type(types.get(name, adapter.convert_type(agate_table, loop.index0))) }})
            {%- if not loop.last %}, {% endif -%}
            {%- endfor -%}
        ){% if not loop.last %}, {% endif %}
        {%- endfor %}
        {%- endset -%}
        {%- do adapter.add_query(sql, abridge_sql_log=True) -%}
        {%- if loop.index0 == 0 -%}{%- do statements.append(sql) -%}{%- endif -%}
    {%- endfor -%}
    {{ return(statements[0]) }}
{% endmacro %}

{#- A value of a seed as a literal where backslashes stand for themselves (escapedStringLiterals): the
    driver's own bindings put a backslash before each quote, which would stay in the text, and raw
    literals lose their last character under that setting. A backslash at the end is no end of a literal. -#}
{% macro spark_literal(value) -%}
    {%- if value is none -%}
        {{ return('null') }}
    {%- endif -%}
    {%- set text = value | string -%}
    {%- if text.endswith('\\') -%}
        {{ return(jixiao.spark_literal(text[:-1]) ~ ' || chr(92)') }}
    {%- elif "'" not in text -%}
        {{ return("'" ~ text ~ "'") }}
    {%- elif '"' not in text -%}
        {{ return('"' ~ text ~ '"') }}
    {%- endif -%}
    {{ exceptions.raise_compiler_error("a seed's value with both kinds of quotes cannot be loaded into Spark: " ~ text) }}
{%- endmacro %}

{#- Tables in Parquet have no constraints to set; the tests of the tables ask for the same. -#}
{% macro spark__persist_constraints(relation, model) %}
{% endmacro %}
