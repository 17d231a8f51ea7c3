-- A document counts if the newest row of the ledger read it, as in the project's own staging.
with newest as (
    select report_id, record_batch, status, file_name
    from {{ source('records', 'file') }}
    where status in ('read', 'quarantined')
    qualify row_number() over (partition by report_id order by record_batch desc, file_name) = 1
)
select d.report_id, d.report_id as unit_id, d.unit_name, d.fiscal_year, newest.file_name
from {{ source('records', 'document') }} d
join newest using (report_id, record_batch)
where newest.status = 'read'
