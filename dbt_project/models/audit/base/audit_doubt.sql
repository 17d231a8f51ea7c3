-- Places of a report that extraction could not fully read. Sums over such a table stay silent: a
-- doubt of ours is never a finding about the report.
select distinct
    issue.report_id,
    issue.source_table,
    case when issue.source_table is null then issue.source_text end as source_text
from {{ ref('stg_issue') }} as issue
inner join {{ ref('audit_report') }} as report on issue.report_id = report.report_id
where issue.source_table is not null or issue.source_text is not null
