select d.report_id, d.report_id as unit_id, d.unit_name, d.fiscal_year, f.file_name
from {{ source('records', 'document') }} d
join {{ source('records', 'file') }} f using (report_id, record_batch)
where f.status = 'read'
qualify row_number() over (partition by d.report_id order by d.record_batch desc) = 1
