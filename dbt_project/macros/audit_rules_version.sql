{#- Changes whenever a rule, its macros' caller or the catalogue changes, so that an incremental run
    audits everything again with new rules. Empty while parsing. -#}
{% macro audit_rules_version() -%}
    {%- set marks = [] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() -%}
            {%- if '/audit/' in node.original_file_path or node.name in ('rule', 'audit_word') -%}
                {%- do marks.append(node.name ~ node.checksum.checksum) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- for macro in graph.macros.values() if macro.name.startswith('audit_') -%}
            {%- do marks.append(macro.name ~ local_md5(macro.macro_sql)) -%}
        {%- endfor -%}
    {%- endif -%}
    {{- local_md5(marks | sort | join('|')) -}}
{%- endmacro %}
