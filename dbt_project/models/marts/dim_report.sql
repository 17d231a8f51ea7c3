select
    report_id,
    unit_id,
    unit_name,
    fiscal_year,
    report_kind,
    title,
    file_name,
    file_format,
    is_scanned,
    page_count,
    sha256,
    source_url,
    published_on,
    retrieved_on,
    revision,
    is_current,
    report_date,
    grade_bands,
    form_families,
    {{ jixiao.as_ratio('confidence') }} as confidence
from {{ ref('int_report') }}
order by report_id
