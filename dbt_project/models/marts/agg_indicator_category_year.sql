with line as (
    select
        indicator.*,
        coalesce(indicator.weight > 0 and indicator.score is not null, false) as is_scored
    from {{ ref('fct_indicator_score') }} as indicator
    inner join {{ ref('int_report') }} as report on indicator.report_id = report.report_id
    where report.is_current
),

added as (
    select
        fiscal_year,
        level1_std,
        level2_std,
        cast(count(distinct report_id) as integer) as report_count,
        cast(count(*) as integer) as indicator_count,
        {{ count_where('target_value is not null') }} as quantified_count,
        {{ count_where('is_scored') }} as scored_count,
        cast(sum(case when is_scored then weight end) as decimal(20, 4)) as weight_sum,
        cast(sum(case when is_scored then score end) as decimal(20, 4)) as score_sum,
        {{ count_where('is_scored and score >= weight') }} as full_mark_count,
        {{ count_where('deviation_reason is not null') }} as reason_count
    from line
    group by fiscal_year, level1_std, level2_std
)

select
    fiscal_year,
    level1_std,
    level2_std,
    report_count,
    indicator_count,
    quantified_count,
    scored_count,
    weight_sum,
    score_sum,
    {{ jixiao.ratio('score_sum', 'weight_sum') }} as score_rate,
    full_mark_count,
    {{ jixiao.ratio(
        'cast(full_mark_count as decimal(20, 2))', 'cast(scored_count as decimal(20, 2))'
    ) }} as full_mark_share,
    reason_count
from added
order by fiscal_year, level1_std, level2_std
