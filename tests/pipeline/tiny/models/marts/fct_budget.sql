select r.report_id, r.unit_id, f.scope, f.project_name, f.item as funding_source,
    f.value as executed_cny, f.source_text
from {{ source('records', 'figure') }} f
join {{ ref('dim_report') }} r using (report_id)
qualify f.record_batch = max(f.record_batch) over (partition by f.report_id)
