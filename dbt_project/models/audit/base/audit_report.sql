-- The reports that this run audits: all of them, or in an incremental run those of units of which
-- something changed since their last audit (int_report_change), from the first year that changed on
-- (is_due): rules across reports look at the same year and back, never ahead. The year before that is read
-- with them, and keeps the findings that it has.
{{ config(materialized='table', post_hook="{{ jixiao.forget(
    'audit', 'audit_state',
    'report_id in (select audited.report_id from ' ~ this ~ ' as audited where audited.is_due)'
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
-- A report of another unit or year than before counts in both: as it is, and as it was.
, changed as (
    select
        coalesce(report.unit_id, known.unit_id) as unit_id,
        min(coalesce(report.fiscal_year, known.fiscal_year, 0)) as first_year
    from report
    full outer join {{ state }} as known
        on report.report_id = known.report_id
            and report.unit_id = known.unit_id
            and report.mark = known.mark
    where report.report_id is null or known.report_id is null
    group by coalesce(report.unit_id, known.unit_id)
)

select
    report.*,
    coalesce(report.fiscal_year >= changed.first_year, true) as is_due
from report
inner join changed on report.unit_id = changed.unit_id
where coalesce(report.fiscal_year >= changed.first_year - 1, true)
{% else %}
select
    report.*,
    true as is_due
from report
{% endif %}
