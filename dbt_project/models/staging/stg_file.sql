-- The ledger as it stands: per file the row of its newest batch.
with ranked as (
    select
        *,
        row_number() over (
            partition by sha256, coalesce(file_path, file_name)
            order by record_batch desc
        ) as newness
    from {{ from_records('file') }}
)

select
    report_id,
    file_name,
    coalesce(file_path, file_name) as file_path,
    sha256,
    status,
    reasons,
    reason_codes,
    file_format,
    is_scanned,
    page_count,
    byte_size,
    first_seen_at,
    parser_version,
    source_url,
    published_on,
    retrieved_on,
    region_code_hint,
    unit_name_hint,
    fiscal_year_hint,
    record_batch
from ranked
where newness = 1
