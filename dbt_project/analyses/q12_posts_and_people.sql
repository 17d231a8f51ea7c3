-- Question 12: Established posts against persons on duty over time; control rates above 1; retired per person on duty.
-- 编制与实有人数、控制率、离退休与在职之比
with headcount as (
    select
        report_id,
        unit_id,
        fiscal_year,
        max(case when staff_category = 'establishment' then headcount end) as establishment,
        max(case when staff_category = 'on_duty' then headcount end) as on_duty,
        max(case when staff_category = 'veteran_retired' then headcount end) as veteran_retired,
        max(case when staff_category = 'retired' then headcount end) as retired
    from {{ ref('fct_personnel') }}
    group by report_id, unit_id, fiscal_year
)

select
    unit.unit_name,
    headcount.fiscal_year,
    headcount.establishment,
    headcount.on_duty,
    cast(1.0 * headcount.on_duty / nullif(headcount.establishment, 0) as decimal(12, 4)) as control_rate,
    cast(
        1.0 * (coalesce(headcount.veteran_retired, 0) + headcount.retired) / nullif(headcount.on_duty, 0)
        as decimal(12, 2)
    ) as retired_per_person_on_duty
from headcount
inner join {{ ref('dim_report') }} as report on headcount.report_id = report.report_id
inner join {{ ref('dim_unit') }} as unit on headcount.unit_id = unit.unit_id
where report.is_current
order by control_rate desc nulls last, headcount.report_id
