with unit_year as (
    select
        *,
        coalesce(total_score_stated, total_score) as score_that_counts
    from {{ ref('agg_unit_year') }}
),

added as (
    select
        region_code,
        fiscal_year,
        max(region_name) as region_name,
        max(province_name) as province_name,
        max(admin_level) as admin_level,
        cast(count(*) as integer) as unit_count,
        cast(sum(report_count) as integer) as report_count,
        sum(annual_budget_cny) as annual_budget,
        sum(executed_cny) as executed,
        sum(case when executed_cny is not null then annual_budget_cny end) as budget_of_both,
        sum(case when annual_budget_cny is not null then executed_cny end) as executed_of_both,
        sum(expense_cny) as expense,
        sum(three_public_cny) as three_public,
        cast(count(score_that_counts) as integer) as evaluated_unit_count,
        sum(score_that_counts) as score_sum,
        {{ count_where("grade = '优'") }} as grade_a_count,
        {{ count_where("grade = '良'") }} as grade_b_count,
        {{ count_where("grade = '中'") }} as grade_c_count,
        {{ count_where("grade = '差'") }} as grade_d_count,
        cast(sum(indicator_count) as integer) as indicator_count,
        cast(sum(full_mark_count) as integer) as full_mark_count,
        cast(sum(scored_count) as integer) as scored_count,
        cast(sum(finding_count) as integer) as finding_count,
        cast(sum(error_count) as integer) as error_count
    from unit_year
    group by region_code, fiscal_year
)

select
    region_code,
    fiscal_year,
    region_name,
    province_name,
    admin_level,
    unit_count,
    report_count,
    {{ jixiao.as_cny('annual_budget') }} as annual_budget_cny,
    {{ jixiao.as_cny('executed') }} as executed_cny,
    {{ jixiao.ratio(
        'cast(executed_of_both as decimal(24, 2))', 'cast(budget_of_both as decimal(24, 2))'
    ) }} as execution_rate,
    {{ jixiao.as_cny('expense') }} as expense_cny,
    {{ jixiao.as_cny('three_public') }} as three_public_cny,
    evaluated_unit_count,
    cast({{ jixiao.ratio(
        'cast(score_sum as decimal(20, 4))', 'cast(evaluated_unit_count as decimal(20, 4))'
    ) }} as decimal(12, 4)) as mean_score,
    grade_a_count,
    grade_b_count,
    grade_c_count,
    grade_d_count,
    indicator_count,
    full_mark_count,
    {{ jixiao.ratio(
        'cast(full_mark_count as decimal(20, 2))', 'cast(scored_count as decimal(20, 2))'
    ) }} as full_mark_share,
    finding_count,
    error_count
from added
order by region_code, fiscal_year
