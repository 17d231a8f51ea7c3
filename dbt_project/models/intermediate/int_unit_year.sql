-- What is known of a unit's year from the reports of that year alone. A build makes the years anew of which
-- a report came, changed or went (int_unit_year_due) and keeps the others; each row says by its mark what it
-- was made from. A run of some of the tables that it needs marks nothing: the next one makes those rows again.
{{ config(
    materialized='table' if target.type == 'spark' else 'incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    meta={'by_unit_year': true},
    pre_hook="{{ jixiao.delete_due_years(this) }}",
) }}

with report as (
    select
        report.report_id,
        report.unit_id,
        report.fiscal_year,
        report.is_current
    from {{ ref('int_report') }} as report
    inner join {{ ref('int_unit_year_due') }} as due
        on report.unit_id = due.unit_id and report.fiscal_year = due.fiscal_year
    where due.is_due
),

figures as (
    select
        unit_id,
        fiscal_year,
        {{ jixiao.as_cny(current_figure('budget', 'total', 'initial_budget')) }} as initial_budget_cny,
        {{ jixiao.as_cny(current_figure('budget', 'total', 'annual_budget')) }} as annual_budget_cny,
        {{ jixiao.as_cny(current_figure('budget', 'total', 'executed')) }} as executed_cny,
        {{ jixiao.as_cny(current_figure('revenue', 'total', 'amount')) }} as revenue_cny,
        {{ jixiao.as_cny(current_figure('expense', 'total', 'amount', 'actual')) }} as expense_cny,
        {{ jixiao.as_cny(current_figure('expense', 'basic', 'amount', 'actual')) }} as basic_cny,
        {{ jixiao.as_cny(current_figure('expense', 'project', 'amount', 'actual')) }} as project_cny,
        {{ jixiao.as_cny(current_figure('expense', 'personnel', 'amount', 'actual')) }} as personnel_cny,
        {{ jixiao.as_cny(current_figure('expense', 'public', 'amount', 'actual')) }} as public_cny,
        {{ jixiao.as_cny(current_figure('expense', 'three_public', 'amount', 'actual')) }} as three_public_cny,
        {{ jixiao.as_cny(current_figure('expense', 'three_public', 'amount', 'actual', -1)) }} as stated_prior_cny,
        {{ jixiao.as_count(current_figure('personnel', 'establishment', 'headcount')) }} as establishment,
        {{ jixiao.as_count(current_figure('personnel', 'on_duty', 'headcount')) }} as on_duty
    from {{ ref('int_figure_current') }}
    where scope = 'department'
    group by unit_id, fiscal_year
),

reports as (
    select
        unit_id,
        fiscal_year,
        cast(count(*) as integer) as report_count
    from report
    where is_current
    group by unit_id, fiscal_year
),

projects as (
    select
        report.unit_id,
        report.fiscal_year,
        cast(count(distinct project.project_id) as integer) as project_count
    from {{ ref('int_project_of_report') }} as project
    inner join report on project.report_id = report.report_id
    where report.is_current
    group by report.unit_id, report.fiscal_year
),

indicators as (
    select
        report.unit_id,
        report.fiscal_year,
        cast(count(*) as integer) as indicator_count,
        {{ count_where('indicator.weight > 0 and indicator.score is not null') }} as scored_count,
        {{ count_where('indicator.weight > 0 and indicator.score >= indicator.weight') }} as full_mark_count
    from {{ ref('fct_indicator_score') }} as indicator
    inner join report on indicator.report_id = report.report_id
    where report.is_current
    group by report.unit_id, report.fiscal_year
)

select
    due.unit_id,
    due.fiscal_year,
    {% if jixiao.makes_all('by_report') and jixiao.makes_all('by_unit_year') -%}
    due.mark,
    {% else -%}
    cast(null as {{ dbt.type_string() }}) as mark,
    {% endif -%}
    reports.report_count,
    coalesce(projects.project_count, 0) as project_count,
    figures.initial_budget_cny,
    figures.annual_budget_cny,
    figures.executed_cny,
    figures.revenue_cny,
    figures.expense_cny,
    figures.basic_cny,
    figures.project_cny,
    figures.personnel_cny,
    figures.public_cny,
    figures.three_public_cny,
    figures.stated_prior_cny,
    figures.establishment,
    figures.on_duty,
    evaluation.total_score_stated,
    evaluation.total_score,
    evaluation.grade_stated,
    evaluation.grade,
    indicators.indicator_count,
    indicators.scored_count,
    indicators.full_mark_count
from {{ ref('int_unit_year_due') }} as due
inner join reports
    on due.unit_id = reports.unit_id and due.fiscal_year = reports.fiscal_year
left join figures
    on due.unit_id = figures.unit_id and due.fiscal_year = figures.fiscal_year
left join projects
    on due.unit_id = projects.unit_id and due.fiscal_year = projects.fiscal_year
left join indicators
    on due.unit_id = indicators.unit_id and due.fiscal_year = indicators.fiscal_year
left join {{ ref('int_evaluation_current') }} as evaluation
    on due.unit_id = evaluation.unit_id and due.fiscal_year = evaluation.fiscal_year
where due.is_due
