-- Question 15: How many indicators of each category are qualitative; cost indicators that are no cost.
-- 各类指标中定性指标的数量，名不副实的成本指标
select
    indicator.fiscal_year,
    indicator.level1_std,
    indicator.level2_std,
    count(*) as lines,
    count(case when indicator.target_value is null then 1 end) as qualitative,
    count(case
        when (indicator.level1_std = 'cost' or indicator.level2_std like '%cost')
            and indicator.target_unit is not null
            and indicator.target_unit not like '%元%'
            and indicator.target_unit not in ('%', '万', '亿') then 1
    end) as cost_without_money
from {{ ref('fct_indicator_score') }} as indicator
inner join {{ ref('dim_report') }} as report on indicator.report_id = report.report_id
where report.is_current
group by indicator.fiscal_year, indicator.level1_std, indicator.level2_std
order by indicator.fiscal_year, lines desc, indicator.level1_std, indicator.level2_std
