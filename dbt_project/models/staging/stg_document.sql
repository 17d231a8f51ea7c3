-- Documents that were read and not quarantined.
select
    record.report_id,
    record.unit_name,
    record.unit_name_short,
    record.budget_unit_code,
    record.region_code,
    record.region_evidence,
    record.fiscal_year,
    record.report_kind,
    record.title,
    record.report_date,
    record.grade_bands,
    record.has_contact,
    record.form_families,
    record.confidence,
    record.confidence_reasons
from {{ from_records('document') }} as record
inner join {{ ref('stg_reading') }} as reading
    on record.report_id = reading.report_id and record.record_batch = reading.record_batch
