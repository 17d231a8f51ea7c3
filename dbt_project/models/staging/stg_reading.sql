-- Which batch holds a document's records: the newest of its ledger rows that read it.
-- A document whose newest reading was quarantined has no row here, so nothing of it goes on.
with ranked as (
    select
        report_id,
        record_batch,
        status,
        row_number() over (
            partition by report_id
            order by record_batch desc, file_name asc
        ) as newness
    from {{ from_records('file') }}
    where status in ('read', 'quarantined')
)

select
    report_id,
    record_batch
from ranked
where newness = 1 and status = 'read'
