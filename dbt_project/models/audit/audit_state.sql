-- Which records of each report were audited, with which rules: written after the findings, read by
-- the next incremental run.
-- depends_on: {{ ref('fct_finding') }}
{{ config(materialized='table') }}

select
    report.report_id,
    report.unit_id,
    reading.record_batch,
    '{{ jixiao.audit_rules_version() }}' as rules
from {{ ref('int_report') }} as report
inner join {{ ref('stg_reading') }} as reading on report.report_id = reading.report_id
