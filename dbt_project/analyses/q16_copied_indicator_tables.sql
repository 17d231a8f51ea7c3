-- Question 16: How much of a unit's indicators is carried over from the year before with the same target.
-- 与上年相同的指标占比
with line as (
    select distinct
        indicator.unit_id,
        indicator.fiscal_year,
        coalesce(indicator.project_name, '') as project_name,
        indicator.level3,
        coalesce(indicator.target_text, '') as target_text
    from {{ ref('fct_indicator_score') }} as indicator
    inner join {{ ref('dim_report') }} as report on indicator.report_id = report.report_id
    where report.is_current and indicator.level3 is not null
),

-- Nothing can be carried over from a year that nobody published.
unit_year as (
    select distinct
        unit_id,
        fiscal_year
    from line
)

select
    unit.unit_name,
    this_year.fiscal_year,
    count(*) as indicators,
    count(last_year.level3) as same_as_last_year,
    cast(1.0 * count(last_year.level3) / count(*) as decimal(12, 4)) as copy_rate
from line as this_year
inner join {{ ref('dim_unit') }} as unit on this_year.unit_id = unit.unit_id
inner join unit_year as year_before
    on this_year.unit_id = year_before.unit_id and this_year.fiscal_year = year_before.fiscal_year + 1
left join line as last_year
    on this_year.unit_id = last_year.unit_id
        and this_year.fiscal_year = last_year.fiscal_year + 1
        and this_year.project_name = last_year.project_name
        and this_year.level3 = last_year.level3
        and this_year.target_text = last_year.target_text
group by unit.unit_id, unit.unit_name, this_year.fiscal_year
order by copy_rate desc, indicators desc, unit.unit_id, this_year.fiscal_year
