{#- Changes whenever a rule, what it reads (staging, intermediate, seeds) or an audit macro changes, so that
    an incremental run audits everything again. Empty while parsing. -#}
{% macro audit_rules_version() -%}
    {#- MD5 of the other audit_*.sql macros; a test keeps it up to date. -#}
    {%- set macros = '09954cf38cfed2d8d832550c4b7a4e57' -%}
    {%- set marks = [] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() -%}
            {%- set path = node.original_file_path -%}
            {%- if node.resource_type == 'seed' or '/audit/' in path or '/intermediate/' in path or '/staging/' in path -%}
                {%- do marks.append(node.name ~ node.checksum.checksum) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- do marks.append(macros) -%}
    {%- endif -%}
    {{- local_md5(marks | sort | join('|')) -}}
{%- endmacro %}
