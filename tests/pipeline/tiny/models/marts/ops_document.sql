select report_id, file_name, file_path, status, reasons, first_seen_at, parser_version
from {{ source('records', 'file') }}
qualify row_number() over (partition by sha256, file_path order by record_batch desc) = 1
