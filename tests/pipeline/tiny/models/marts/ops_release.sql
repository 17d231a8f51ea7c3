select release_id, cast(published_at as timestamp) as published_at, report_count,
    quarantined_count, fact_count, finding_count, content_hash
from read_parquet('{{ env_var('JIXIAO_RELEASES', 'none') }}')
