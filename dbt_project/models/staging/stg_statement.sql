-- Evidence statements of the documents that were read (for audit rules).
select
    record.report_id,
    record.statement_seq,
    record.kind,
    record.scope,
    record.project_name,
    record.subject,
    record.stated_value,
    record.computed_value,
    record.value_unit,
    record.detail,
    record.related_text,
    record.source_page,
    record.source_table,
    record.source_row,
    record.source_col,
    record.source_bbox,
    record.source_path,
    record.source_text,
    record.cell_text
from {{ from_records('statement') }} as record
inner join {{ ref('stg_reading') }} as reading
    on record.report_id = reading.report_id and record.record_batch = reading.record_batch
