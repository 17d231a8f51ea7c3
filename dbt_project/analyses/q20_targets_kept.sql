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
    select distinct
        unit_id,
        fiscal_year,
        level3,
        target_operator,
        target_value,
        target_unit
    from line
    where report_kind = 'budget_target'
),

evaluated as (
    select
        unit_id,
        fiscal_year,
        level3,
        target_unit,
        min(target_value) as target_value
    from line
    where report_kind in ('self_evaluation', 'evaluation_report')
    group by unit_id, fiscal_year, level3, target_unit
),

-- One line a target set before: a name counts as evaluated whatever its unit, as lowered in one unit only.
kept as (
    select
        set_before.unit_id,
        set_before.fiscal_year,
        set_before.level3,
        set_before.target_operator,
        set_before.target_value,
        max(case when evaluated.level3 is not null then 1 else 0 end) as is_evaluated,
        max(case
            when set_before.target_operator in ('>=', '>', '=')
                and coalesce(evaluated.target_unit, '') = coalesce(set_before.target_unit, '')
                and evaluated.target_value < set_before.target_value
                then 1
            else 0
        end) as is_lowered
    from set_before
    left join evaluated
        on set_before.unit_id = evaluated.unit_id
            and set_before.fiscal_year = evaluated.fiscal_year
            and set_before.level3 = evaluated.level3
    group by
        set_before.unit_id,
        set_before.fiscal_year,
        set_before.level3,
        set_before.target_operator,
        set_before.target_value
)

select
    unit.unit_name,
    kept.fiscal_year,
    count(*) as targets_set,
    sum(kept.is_evaluated) as targets_evaluated,
    sum(kept.is_lowered) as targets_lowered
from kept
inner join {{ ref('dim_unit') }} as unit on kept.unit_id = unit.unit_id
group by unit.unit_id, unit.unit_name, kept.fiscal_year
order by targets_lowered desc, unit.unit_id, kept.fiscal_year
