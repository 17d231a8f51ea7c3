-- Every file ever seen and what became of it. A file that was read but lacks what a report cannot be
-- published without is quarantined here, with the reason.
with file as (
    select
        *,
        min(first_seen_at) over (partition by sha256, file_path) as seen_at
    from {{ ref('stg_file') }}
)

select
    file.report_id,
    file.file_name,
    file.file_path,
    case
        when file.status = 'duplicate' then 'duplicate'
        when file.status = 'read' and published.report_id is not null and not published.is_current
            then 'superseded'
        when file.status = 'read' and published.report_id is not null then 'published'
        else 'quarantined'
    end as status,
    case
        when file.status = 'read' and published.report_id is null
            then coalesce(
                    candidate.unpublishable_reason,
                    '没有读取记录 | no records of this file in the store'
                )
        else file.reasons
    end as reasons,
    file.reason_codes,
    cast(file.seen_at as timestamp) as first_seen_at,
    file.parser_version,
    file.file_format,
    file.page_count,
    cast(file.byte_size as bigint) as byte_size,
    file.sha256
from file
left join {{ ref('int_report_candidate') }} as candidate on file.report_id = candidate.report_id
left join {{ ref('int_report') }} as published on file.report_id = published.report_id
order by file.report_id, file.file_path
