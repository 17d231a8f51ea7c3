-- Question 4: Indicators whose actual value is 1.3 times the target or more: which, whose, for how many years.
-- 实际完成值达到指标值1.3倍以上的指标
select
    indicator.level3,
    unit.unit_name,
    count(distinct indicator.fiscal_year) as years,
    max(cast(indicator.actual_value / indicator.target_value as decimal(18, 4))) as greatest_ratio
from {{ ref('fct_indicator_score') }} as indicator
inner join {{ ref('dim_report') }} as report on indicator.report_id = report.report_id
inner join {{ ref('dim_unit') }} as unit on indicator.unit_id = unit.unit_id
where report.is_current
    and indicator.target_operator in ('=', '>=', '>')
    and indicator.target_value > 0
    and (
        indicator.target_unit = indicator.actual_unit
        or indicator.target_unit is null
        or indicator.actual_unit is null
    )
    and indicator.actual_value >= indicator.target_value * 1.3
group by indicator.level3, unit.unit_id, unit.unit_name
order by years desc, greatest_ratio desc, indicator.level3, unit.unit_id
