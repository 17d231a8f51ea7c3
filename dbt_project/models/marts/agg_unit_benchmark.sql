{% set measures = [
    'execution_rate', 'adjustment_rate', 'basic_share', 'personnel_share', 'three_public_per_head_cny',
    'control_rate', 'total_score', 'full_mark_share'
] %}

with unit_value as (
    {% for measure in measures %}
    select
        unit_id,
        fiscal_year,
        '{{ measure }}' as measure,
        coalesce(province_name, '–') || '|' || coalesce(admin_level, '–') || '|' || unit_kind as peer_group,
        cast({{ measure }} as decimal(24, 6)) as unit_value
    from {{ ref('agg_unit_year') }}
    where {{ measure }} is not null
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

placed as (
    select
        *,
        row_number() over (
            partition by fiscal_year, measure, peer_group
            order by unit_value, unit_id
        ) as place,
        rank() over (
            partition by fiscal_year, measure, peer_group
            order by unit_value desc
        ) as rank_in_group,
        count(*) over (partition by fiscal_year, measure, peer_group) as peers
    from unit_value
),

-- The one in the middle, or half of the sum of the two: halves of decimals stay decimals.
middle as (
    select
        fiscal_year,
        measure,
        peer_group,
        cast((min(unit_value) + max(unit_value)) * cast(0.5 as decimal(2, 1)) as decimal(24, 6)) as median_value
    from placed
    where place * 2 between peers and peers + 2
    group by fiscal_year, measure, peer_group
)

select
    placed.unit_id,
    placed.fiscal_year,
    placed.measure,
    placed.peer_group,
    cast(placed.peers as integer) as peer_count,
    placed.unit_value,
    middle.median_value,
    cast(placed.unit_value - middle.median_value as decimal(24, 6)) as difference_from_median,
    cast(placed.rank_in_group as integer) as rank_in_group
from placed
inner join middle
    on placed.fiscal_year = middle.fiscal_year
        and placed.measure = middle.measure
        and placed.peer_group = middle.peer_group
order by placed.unit_id, placed.fiscal_year, placed.measure
