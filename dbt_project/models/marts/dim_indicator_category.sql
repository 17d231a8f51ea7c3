select
    level1_std,
    level2_std,
    name_zh,
    name_en,
    sort_order
from {{ ref('indicator_category') }}
where level1_std <> 'budget_execution'
order by sort_order
