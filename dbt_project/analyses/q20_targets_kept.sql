-- Question 20: How many targets set before the year reappear in the self-evaluation, and how many were lowered.
-- 年初目标在自评中保留与调低的比例
with line as (
    select
        indicator.*,
        report.report_kind
    from {{ ref('fct_indicator_score') }} as indicator
    inner join {{ ref('dim_report') }} as report on indicator.report_id = report.report_id
    where report.is_current and indicator.level3 is not null
),

set_before as (
    select distinct unit_id, fiscal_year, level3, target_operator, target_value, target_unit
    from line
    where report_kind = 'budget_target'
),

evaluated as (
    select
        unit_id,
        fiscal_year,
        level3,
        min(target_value) as target_value
    from line
    where report_kind in ('self_evaluation', 'evaluation_report')
    group by unit_id, fiscal_year, level3
)

select
    unit.unit_name,
    set_before.fiscal_year,
    count(*) as targets_set,
    count(evaluated.level3) as targets_evaluated,
    count(case
        when set_before.target_operator in ('>=', '>', '=') and evaluated.target_value < set_before.target_value
            then 1
    end) as targets_lowered
from set_before
inner join {{ ref('dim_unit') }} as unit on set_before.unit_id = unit.unit_id
left join evaluated
    on set_before.unit_id = evaluated.unit_id
        and set_before.fiscal_year = evaluated.fiscal_year
        and set_before.level3 = evaluated.level3
group by unit.unit_id, unit.unit_name, set_before.fiscal_year
order by targets_lowered desc, unit.unit_id, set_before.fiscal_year
