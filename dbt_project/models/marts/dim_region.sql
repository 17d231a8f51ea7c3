select
    region_code,
    region_name,
    full_name,
    province_name,
    parent_code,
    admin_level,
    is_current
from {{ ref('region') }}
order by region_code
