-- What extraction could not use of the documents that were read.
select
    record.report_id,
    record.issue_seq,
    record.kind,
    record.severity,
    record.message,
    record.first_reading,
    record.second_reading,
    record.source_page,
    record.source_table,
    record.source_row,
    record.source_col,
    record.source_bbox,
    record.source_path,
    record.source_text,
    record.cell_text
from {{ from_records('issue') }} as record
inner join {{ ref('stg_reading') }} as reading
    on record.report_id = reading.report_id and record.record_batch = reading.record_batch
