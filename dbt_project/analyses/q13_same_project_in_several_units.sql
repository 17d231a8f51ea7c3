-- Question 13: Projects of the same name in several units or years, with what each unit of output costs.
-- 多个单位或年度的同名项目与单位成本
with project as (
    select
        budget.report_id,
        budget.unit_id,
        budget.fiscal_year,
        regexp_replace(budget.project_name, '[0-9]{4} *年度?', '') as common_name,
        budget.executed_cny
    from {{ ref('fct_budget') }} as budget
    inner join {{ ref('dim_report') }} as report on budget.report_id = report.report_id
    where report.is_current and budget.scope = 'project' and budget.funding_source = 'total'
),

repeated as (
    select
        common_name,
        count(distinct unit_id) as units,
        count(distinct fiscal_year) as years
    from project
    group by common_name
    having count(distinct unit_id) > 1 or count(distinct fiscal_year) > 1
),

output as (
    select
        report_id,
        regexp_replace(project_name, '[0-9]{4} *年度?', '') as common_name,
        level3,
        actual_value,
        actual_unit
    from {{ ref('fct_indicator_score') }}
    where scope = 'project' and level2_std = 'quantity' and actual_value > 0
)

select
    project.common_name,
    unit.unit_name,
    project.fiscal_year,
    project.executed_cny,
    output.level3,
    output.actual_value,
    output.actual_unit,
    cast(project.executed_cny / output.actual_value as decimal(20, 2)) as cost_per_output_cny,
    repeated.units,
    repeated.years
from project
inner join repeated on project.common_name = repeated.common_name
inner join {{ ref('dim_unit') }} as unit on project.unit_id = unit.unit_id
left join output
    on project.report_id = output.report_id and project.common_name = output.common_name
order by repeated.units desc, repeated.years desc, project.common_name, project.report_id, output.level3
