-- One row per document that was read, its file, and why it cannot be published, if so.
with file_of_report as (
    select
        *,
        row_number() over (
            partition by report_id
            order by record_batch desc, file_path asc
        ) as newness
    from {{ ref('stg_file') }}
    where status = 'read'
)

select
    document.report_id,
    document.unit_name,
    document.unit_name_short,
    document.budget_unit_code,
    document.region_code,
    document.region_evidence,
    document.fiscal_year,
    document.report_kind,
    document.title,
    document.report_date,
    document.grade_bands,
    document.form_families,
    document.confidence,
    file.file_name,
    file.file_path,
    file.file_format,
    file.is_scanned,
    file.page_count,
    file.sha256,
    file.source_url,
    file.published_on,
    file.retrieved_on,
    case
        when document.unit_name is null
            then '单位名称未能识别 | the name of the unit was not found'
        when document.fiscal_year is null
            then '年度未能识别 | the fiscal year was not found'
        when document.report_kind is null
            then '报告类型未能识别 | the kind of report was not recognised'
    end as unpublishable_reason
from {{ ref('stg_document') }} as document
inner join file_of_report as file
    on document.report_id = file.report_id and file.newness = 1
