-- Question 7: “Three public” expenses per head on duty, their trend and the control rate, by kind of unit and region.
-- 人均“三公”经费、趋势与控制率
select
    province_name,
    region_name,
    unit_kind,
    unit_name,
    fiscal_year,
    three_public_cny,
    three_public_per_head_cny,
    three_public_change_rate,
    control_rate
from {{ ref('agg_unit_year') }}
where three_public_cny is not null
order by three_public_per_head_cny desc nulls last, unit_id, fiscal_year
