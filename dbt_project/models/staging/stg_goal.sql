-- Goals of the documents that were read.
select
    record.report_id,
    record.scope,
    record.project_name,
    record.project_code,
    record.goal_text,
    record.completion_text,
    record.source_page,
    record.source_table,
    record.source_row,
    record.source_col,
    record.source_bbox,
    record.source_path,
    record.source_text,
    record.cell_text
from {{ from_records('goal') }} as record
inner join {{ ref('stg_reading') }} as reading
    on record.report_id = reading.report_id and record.record_batch = reading.record_batch
