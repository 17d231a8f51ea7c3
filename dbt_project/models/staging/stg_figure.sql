-- Mentions of figures as printed: value and unit are not converted yet.
select
    record.report_id,
    record.figure_seq,
    record.family,
    record.scope,
    record.project_name,
    record.project_code,
    record.item,
    record.basis,
    record.amount_year,
    record.measure,
    record.value as printed_value,
    record.value_text,
    record.unit as printed_unit,
    record.unit_source,
    record.is_table,
    record.is_approximate,
    record.list_id,
    record.list_role,
    record.compared_word,
    record.correction_id,
    record.source_page,
    record.source_table,
    record.source_row,
    record.source_col,
    record.source_bbox,
    record.source_path,
    record.source_text,
    record.cell_text
from {{ from_records('figure') }} as record
inner join {{ ref('stg_reading') }} as reading
    on record.report_id = reading.report_id and record.record_batch = reading.record_batch
