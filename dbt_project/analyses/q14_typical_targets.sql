-- Question 14: Typical targets of an indicator name: median and range.
-- 三级指标的典型目标值
select
    indicator.level3,
    indicator.target_unit,
    count(*) as lines,
    count(distinct indicator.unit_id) as units,
    min(indicator.target_value) as least,
    median(indicator.target_value) as median_target,
    max(indicator.target_value) as greatest
from {{ ref('fct_indicator_score') }} as indicator
inner join {{ ref('dim_report') }} as report on indicator.report_id = report.report_id
where report.is_current and indicator.target_value is not null and indicator.level3 is not null
group by indicator.level3, indicator.target_unit
order by lines desc, indicator.level3, indicator.target_unit
