-- Pairs of reports of one unit that rules across reports compare: the report itself and another one.
-- relation: year_before (same kind, current, one year earlier) | final_accounts | budget_target (same
-- year) | revision_before (what this publication replaces).
select
    report.report_id,
    report.unit_id,
    report.fiscal_year,
    report.report_kind,
    report.is_current,
    other.report_id as other_id,
    other.fiscal_year as other_year,
    other.file_name as other_file,
    'department' as scope,
    cast(null as {{ dbt.type_string() }}) as project_name,
    cast(null as integer) as source_page,
    cast(null as integer) as source_table,
    cast(null as integer) as source_row,
    cast(null as {{ dbt.type_string() }}) as source_bbox,
    cast(null as {{ dbt.type_string() }}) as source_path,
    cast(null as {{ dbt.type_string() }}) as source_text,
    case
        when other.fiscal_year = report.fiscal_year - 1 then 'year_before'
        when other.report_kind = report.report_kind then 'revision_before'
        else other.report_kind
    end as relation
from {{ ref('audit_report') }} as report
inner join {{ ref('audit_report') }} as other
    on report.unit_id = other.unit_id and report.report_id <> other.report_id
where (
    other.fiscal_year = report.fiscal_year - 1
    and other.report_kind = report.report_kind
    and other.is_current
)
or (
    other.fiscal_year = report.fiscal_year
    and other.report_kind = report.report_kind
    and other.revision = report.revision - 1
)
or (
    other.fiscal_year = report.fiscal_year
    and report.report_kind = 'self_evaluation'
    and other.report_kind in ('final_accounts', 'budget_target')
    and other.is_current
)
