-- The reports that this run audits: all of them, or in an incremental run those whose records are
-- newer than their last audit, and the reports of the same unit (rules across reports).
{{ config(materialized='table') }}
{% set done = adapter.get_relation(database=target.database, schema='audit', identifier='audit_state')
    if execute and not flags.FULL_REFRESH else none %}

with report as (
    select
        report.*,
        reading.record_batch
    from {{ ref('int_report') }} as report
    inner join {{ ref('stg_reading') }} as reading on report.report_id = reading.report_id
)

{% if done %}
, changed as (
    select coalesce(report.unit_id, state.unit_id) as unit_id
    from report
    full outer join {{ done }} as state
        on report.report_id = state.report_id
            and report.unit_id = state.unit_id
            and report.record_batch = state.record_batch
            and state.rules = '{{ jixiao.audit_rules_version() }}'
    where report.report_id is null or state.report_id is null
    union
    select state.unit_id
    from report
    inner join {{ done }} as state on report.report_id = state.report_id
    where report.unit_id <> state.unit_id
)

select report.*
from report
where report.unit_id in (select changed.unit_id from changed)
{% else %}
select report.*
from report
{% endif %}
