-- Every published report with a mark of what its rows are made from (its records, and all that
-- int_report says of it), and whether that changed since the last build that ended. Tables by report
-- (macro by_report) make the rows of changed reports anew and keep those of the others.
{{ config(post_hook="{{ jixiao.forget(
    'intermediate', 'int_report_state',
    'report_id in (select changed.report_id from ' ~ this ~ ' as changed where changed.is_changed)'
    ~ ' or report_id not in (select published.report_id from ' ~ this ~ ' as published)'
) }}") }}
{% set state = jixiao.last_state('intermediate', 'int_report_state') %}

with report as (
    select
        report.report_id,
        {{ jixiao.hash_key([
            'reading.record_batch', 'report.unit_id', 'report.unit_name', 'report.unit_name_short',
            'report.budget_unit_code', 'report.region_code', 'report.region_evidence',
            'report.fiscal_year', 'report.report_kind', 'report.title', 'report.report_date',
            'report.grade_bands', 'report.form_families', 'report.confidence', 'report.file_name',
            'report.file_path', 'report.file_format', 'report.is_scanned', 'report.page_count',
            'report.sha256', 'report.source_url', 'report.published_on', 'report.retrieved_on',
            'report.revision', 'report.is_current'
        ]) }} as mark
    from {{ ref('int_report') }} as report
    inner join {{ ref('stg_reading') }} as reading on report.report_id = reading.report_id
)

select
    report.report_id,
    report.mark,
    {% if state %}known.report_id is null{% else %}true{% endif %} as is_changed
from report
{% if state -%}
left join {{ state }} as known on report.report_id = known.report_id and report.mark = known.mark
{%- endif %}
