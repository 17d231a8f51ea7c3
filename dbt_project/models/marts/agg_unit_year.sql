with figures as (
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
    from {{ ref('int_report') }}
    where is_current
    group by unit_id, fiscal_year
),

projects as (
    select
        unit_id,
        fiscal_year,
        cast(count(distinct project_id) as integer) as project_count
    from {{ ref('int_project_of_report') }}
    where is_current
    group by unit_id, fiscal_year
),

indicators as (
    select
        indicator.unit_id,
        indicator.fiscal_year,
        cast(count(*) as integer) as indicator_count,
        {{ count_where('indicator.weight > 0 and indicator.score is not null') }} as scored_count,
        {{ count_where('indicator.weight > 0 and indicator.score >= indicator.weight') }} as full_mark_count
    from {{ ref('fct_indicator_score') }} as indicator
    inner join {{ ref('int_report') }} as report on indicator.report_id = report.report_id
    where report.is_current
    group by indicator.unit_id, indicator.fiscal_year
),

findings as (
    select
        finding.unit_id,
        finding.fiscal_year,
        cast(count(*) as integer) as finding_count,
        {{ count_where("finding.severity = 'error'") }} as error_count,
        {{ count_where("finding.severity = 'warning'") }} as warning_count
    from {{ ref('fct_finding') }} as finding
    inner join {{ ref('int_report') }} as report on finding.report_id = report.report_id
    where report.is_current
    group by finding.unit_id, finding.fiscal_year
),

with_prior as (
    select
        reports.unit_id,
        reports.fiscal_year,
        reports.report_count,
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
        -- What this year's report says of last year, else what last year's said.
        coalesce(figures.stated_prior_cny, last_year.three_public_cny) as three_public_prior_cny,
        figures.establishment,
        figures.on_duty
    from reports
    left join figures
        on reports.unit_id = figures.unit_id and reports.fiscal_year = figures.fiscal_year
    left join figures as last_year
        on reports.unit_id = last_year.unit_id and reports.fiscal_year = last_year.fiscal_year + 1
)

select
    with_prior.unit_id,
    with_prior.fiscal_year,
    unit.unit_name,
    unit.region_code,
    unit.region_name,
    unit.province_name,
    unit.admin_level,
    unit.unit_kind,
    with_prior.report_count,
    coalesce(projects.project_count, 0) as project_count,
    with_prior.initial_budget_cny,
    with_prior.annual_budget_cny,
    with_prior.executed_cny,
    {{ jixiao.ratio('with_prior.executed_cny', 'with_prior.annual_budget_cny') }} as execution_rate,
    {{ jixiao.ratio(
        '(with_prior.annual_budget_cny - with_prior.initial_budget_cny)', 'with_prior.initial_budget_cny'
    ) }} as adjustment_rate,
    with_prior.revenue_cny,
    with_prior.expense_cny,
    with_prior.basic_cny,
    with_prior.project_cny,
    with_prior.personnel_cny,
    with_prior.public_cny,
    {{ jixiao.ratio('with_prior.basic_cny', 'with_prior.expense_cny') }} as basic_share,
    {{ jixiao.ratio('with_prior.project_cny', 'with_prior.expense_cny') }} as project_share,
    {{ jixiao.ratio('with_prior.personnel_cny', 'with_prior.basic_cny') }} as personnel_share,
    {{ jixiao.ratio('with_prior.public_cny', 'with_prior.basic_cny') }} as public_share,
    with_prior.three_public_cny,
    with_prior.three_public_prior_cny,
    cast(with_prior.three_public_cny - with_prior.three_public_prior_cny as decimal(20, 2))
        as three_public_change_cny,
    {{ jixiao.ratio(
        '(with_prior.three_public_cny - with_prior.three_public_prior_cny)', 'with_prior.three_public_prior_cny'
    ) }} as three_public_change_rate,
    {{ jixiao.per_head_cny('with_prior.three_public_cny', 'with_prior.on_duty') }} as three_public_per_head_cny,
    with_prior.establishment,
    with_prior.on_duty,
    {{ jixiao.ratio(
        'cast(with_prior.on_duty as decimal(20, 2))', 'cast(with_prior.establishment as decimal(20, 2))'
    ) }} as control_rate,
    evaluation.total_score_stated,
    evaluation.total_score,
    evaluation.grade_stated,
    evaluation.grade,
    coalesce(indicators.indicator_count, 0) as indicator_count,
    coalesce(indicators.scored_count, 0) as scored_count,
    coalesce(indicators.full_mark_count, 0) as full_mark_count,
    {{ jixiao.ratio(
        'cast(indicators.full_mark_count as decimal(20, 2))', 'cast(indicators.scored_count as decimal(20, 2))'
    ) }} as full_mark_share,
    coalesce(findings.finding_count, 0) as finding_count,
    coalesce(findings.error_count, 0) as error_count,
    coalesce(findings.warning_count, 0) as warning_count
from with_prior
inner join {{ ref('dim_unit') }} as unit on with_prior.unit_id = unit.unit_id
left join projects
    on with_prior.unit_id = projects.unit_id and with_prior.fiscal_year = projects.fiscal_year
left join indicators
    on with_prior.unit_id = indicators.unit_id and with_prior.fiscal_year = indicators.fiscal_year
left join findings
    on with_prior.unit_id = findings.unit_id and with_prior.fiscal_year = findings.fiscal_year
left join {{ ref('int_evaluation_current') }} as evaluation
    on with_prior.unit_id = evaluation.unit_id and with_prior.fiscal_year = evaluation.fiscal_year
order by with_prior.unit_id, with_prior.fiscal_year
