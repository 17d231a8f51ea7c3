-- The reports that are published, with their unit and their place in the chain of revisions:
-- the same unit, year and kind again, ordered by publication, then retrieval, then file name.
with chained as (
    select
        candidate.*,
        unit.unit_id,
        row_number() over (
            partition by unit.unit_id, candidate.fiscal_year, candidate.report_kind
            order by
                candidate.published_on asc nulls first,
                candidate.retrieved_on asc nulls first,
                candidate.file_name asc,
                candidate.report_id asc
        ) as revision,
        count(*) over (
            partition by unit.unit_id, candidate.fiscal_year, candidate.report_kind
        ) as revisions
    from {{ ref('int_report_candidate') }} as candidate
    inner join {{ ref('int_unit_of_report') }} as unit on candidate.report_id = unit.report_id
)

select
    report_id,
    unit_id,
    unit_name,
    unit_name_short,
    budget_unit_code,
    region_code,
    region_evidence,
    fiscal_year,
    report_kind,
    title,
    report_date,
    grade_bands,
    form_families,
    confidence,
    file_name,
    file_path,
    file_format,
    is_scanned,
    page_count,
    sha256,
    source_url,
    published_on,
    retrieved_on,
    cast(revision as integer) as revision,
    revision = revisions as is_current
from chained
