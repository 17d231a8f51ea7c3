-- Places of a report that extraction could not fully read: a doubt of ours is never a finding about
-- the report. A figure that was not read, or read in two ways, puts its whole table in doubt; a word
-- or a number that found no field puts the rows around it in doubt, where it may be a missing part.
select distinct
    issue.report_id,
    issue.source_table,
    case when issue.source_table is null then issue.source_text end as source_text,
    case
        when issue.source_row is not null and issue.kind in ('unknown_word', 'unclaimed_figure')
            then issue.source_row - 1
        else 0
    end as first_row,
    case
        when issue.source_row is not null and issue.kind in ('unknown_word', 'unclaimed_figure')
            then issue.source_row + 1
        else 2147483647
    end as last_row
from {{ ref('stg_issue') }} as issue
inner join {{ ref('audit_report') }} as report on issue.report_id = report.report_id
where (issue.source_table is not null or issue.source_text is not null)
    and issue.kind in ('unread_figure', 'disagreement', 'arithmetic', 'unknown_word', 'unclaimed_figure')
