-- One row per unit: as its newest report has it.
with ranked as (
    select
        unit.*,
        row_number() over (
            partition by unit.unit_id
            order by
                report.fiscal_year desc,
                report.published_on desc nulls last,
                length(unit.unit_name) desc,
                report.report_id asc
        ) as newness
    from {{ ref('int_unit_of_report') }} as unit
    inner join {{ ref('int_report') }} as report on unit.report_id = report.report_id
),

other_names as (
    select
        unit_id,
        {{ jixiao.join_distinct('unit_name', '；') }} as unit_names
    from {{ ref('int_unit_of_report') }}
    group by unit_id
),

kind as (
    select
        ranked.unit_id,
        unit_kind.unit_kind,
        row_number() over (
            partition by ranked.unit_id
            order by unit_kind.priority
        ) as choice
    from ranked
    inner join {{ ref('unit_kind') }} as unit_kind
        on position(unit_kind.wording in ranked.unit_name) > 0
    where ranked.newness = 1
)

select
    ranked.unit_id,
    ranked.unit_name,
    ranked.budget_unit_code,
    ranked.region_code,
    ranked.region_name,
    ranked.province_name,
    ranked.admin_level,
    coalesce(kind.unit_kind, 'other') as unit_kind,
    other_names.unit_names
from ranked
inner join other_names on ranked.unit_id = other_names.unit_id
left join kind on ranked.unit_id = kind.unit_id and kind.choice = 1
where ranked.newness = 1
order by ranked.unit_id
