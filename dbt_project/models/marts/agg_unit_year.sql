-- What is known of a unit's year, with the year before, the unit's attributes and its findings: the sums are
-- made for the years that changed (int_unit_year), these are looked up for all.
with findings as (
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
        this_year.*,
        -- What this year's report says of last year, else what last year's said.
        coalesce(this_year.stated_prior_cny, last_year.three_public_cny) as three_public_prior_cny
    from {{ ref('int_unit_year') }} as this_year
    left join {{ ref('int_unit_year') }} as last_year
        on this_year.unit_id = last_year.unit_id and this_year.fiscal_year = last_year.fiscal_year + 1
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
    with_prior.project_count,
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
    with_prior.total_score_stated,
    with_prior.total_score,
    with_prior.grade_stated,
    with_prior.grade,
    coalesce(with_prior.indicator_count, 0) as indicator_count,
    coalesce(with_prior.scored_count, 0) as scored_count,
    coalesce(with_prior.full_mark_count, 0) as full_mark_count,
    {{ jixiao.ratio(
        'cast(with_prior.full_mark_count as decimal(20, 2))', 'cast(with_prior.scored_count as decimal(20, 2))'
    ) }} as full_mark_share,
    coalesce(findings.finding_count, 0) as finding_count,
    coalesce(findings.error_count, 0) as error_count,
    coalesce(findings.warning_count, 0) as warning_count
from with_prior
inner join {{ ref('dim_unit') }} as unit on with_prior.unit_id = unit.unit_id
left join findings
    on with_prior.unit_id = findings.unit_id and with_prior.fiscal_year = findings.fiscal_year
order by with_prior.unit_id, with_prior.fiscal_year
