-- The reports that this run audits: all of them, or in an incremental run those that changed since
-- their last audit (int_report_change), and the reports of the same unit (rules across reports).
{{ config(materialized='table', post_hook="{{ jixiao.forget(
    'audit', 'audit_state',
    'report_id in (select audited.report_id from ' ~ this ~ ' as audited)'
    ~ ' or report_id not in (select published.report_id from ' ~ ref('int_report') ~ ' as published)'
) }}") }}
{% set state = jixiao.last_state('audit', 'audit_state') %}

with report as (
    select
        report.*,
        change.mark
    from {{ ref('int_report') }} as report
    inner join {{ ref('int_report_change') }} as change on report.report_id = change.report_id
)

{% if state %}
, changed as (
    select coalesce(report.unit_id, known.unit_id) as unit_id
    from report
    full outer join {{ state }} as known
        on report.report_id = known.report_id
            and report.unit_id = known.unit_id
            and report.mark = known.mark
    where report.report_id is null or known.report_id is null
)

select report.*
from report
where report.unit_id in (select changed.unit_id from changed)
{% else %}
select report.*
from report
{% endif %}
