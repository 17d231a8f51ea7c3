-- Question 3: Share of indicators at full marks per unit, region and year; 1 means every indicator.
-- 满分指标占比
select
    province_name,
    region_name,
    unit_name,
    fiscal_year,
    scored_count,
    full_mark_count,
    full_mark_share
from {{ ref('agg_unit_year') }}
where scored_count > 0
order by full_mark_share desc, scored_count desc, unit_id, fiscal_year
