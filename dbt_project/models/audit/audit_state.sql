-- What the findings of each report were last made from and by which project: written after the
-- findings, read by the next incremental run (audit_report). A run of some of the audit's tables vouches
-- for nothing.
-- depends_on: {{ ref('fct_finding') }}
{{ config(materialized='table') }}

select
    report.report_id,
    report.unit_id,
    report.fiscal_year,
    change.mark,
    '{{ jixiao.project_version() }}' as project
from {{ ref('int_report') }} as report
inner join {{ ref('int_report_change') }} as change on report.report_id = change.report_id
{% if not jixiao.makes_all('audit') -%}
where false
{%- endif %}
