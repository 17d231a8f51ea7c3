{#- Changes whenever a rule, its macros' caller or the catalogue changes, so that an incremental run
    audits everything again with new rules. Empty while parsing. -#}
{% macro audit_rules_version() -%}
    {#- MD5 of the other audit_*.sql macros; a test keeps it up to date. -#}
    {%- set macros = '0450983b23c5f6e269a8038f454f7f79' -%}
    {%- set marks = [] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() -%}
            {%- if '/audit/' in node.original_file_path or node.name in ('rule', 'audit_word') -%}
                {%- do marks.append(node.name ~ node.checksum.checksum) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- do marks.append(macros) -%}
    {%- endif -%}
    {{- local_md5(marks | sort | join('|')) -}}
{%- endmacro %}
