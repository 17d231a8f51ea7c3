-- Question 5: Deductions without a reason; and whether the target was met all the same.
-- 扣分而未写偏差原因的指标，目标是否已达成
select
    unit.unit_name,
    indicator.fiscal_year,
    indicator.project_name,
    indicator.level3,
    indicator.target_text,
    indicator.actual_text,
    indicator.weight,
    indicator.score,
    case
        when indicator.target_operator in ('=', '>=', '>') then indicator.actual_value >= indicator.target_value
        when indicator.target_operator in ('<=', '<') then indicator.actual_value <= indicator.target_value
    end as target_met,
    indicator.source_page
from {{ ref('fct_indicator_score') }} as indicator
inner join {{ ref('dim_report') }} as report on indicator.report_id = report.report_id
inner join {{ ref('dim_unit') }} as unit on indicator.unit_id = unit.unit_id
where report.is_current
    and indicator.score < indicator.weight
    and indicator.deviation_reason is null
order by indicator.weight - indicator.score desc, indicator.fact_key
