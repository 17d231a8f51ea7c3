-- P07 地区年度评分虚高: in a region and year with at least five self-evaluations, the mean is 98 or
-- more and four fifths score 98 or more. Told to every report that scores 98 or more there.
with score as (
    select
        report.region_code,
        report.fiscal_year,
        mention.report_id,
        mention.value as score
    from {{ ref('int_figure') }} as mention
    inner join {{ ref('int_report') }} as report on mention.report_id = report.report_id
    where mention.family = 'evaluation'
        and mention.measure = 'total_score'
        and mention.scope = 'department'
        and report.report_kind = 'self_evaluation'
        and report.is_current
        and report.region_code is not null
),

region_year as (
    select
        region_code,
        fiscal_year,
        count(*) as reports,
        sum(score) / count(*) as mean_score,
        sum(case when score >= 98 then 1 else 0 end) as high_scores
    from score
    group by region_code, fiscal_year
)

select
    {{ jixiao.audit_finding(
        rule='P07', at='scored',
        subject="'地区年度评分'",
        stated='scored.total_score_stated', expected='cast(region_year.mean_score as decimal(24, 2))', unit="'points'",
        difference='null',
        message="region_year.fiscal_year || '年本地区' || region_year.reports || '份自评平均' || "
            ~ jixiao.audit_number('region_year.mean_score', 2) ~ " || '分，' || region_year.high_scores
            || '份在98分以上，本报告' || " ~ jixiao.audit_points('scored.total_score_stated') ~ " || '，评分普遍偏高。'"
    ) }}
from {{ ref('audit_scored') }} as scored
inner join region_year
    on scored.region_code = region_year.region_code and scored.fiscal_year = region_year.fiscal_year
where scored.scope = 'department'
    and scored.report_kind = 'self_evaluation'
    and scored.total_score_stated >= 98
    and region_year.reports >= 5
    and region_year.mean_score >= 98
    and region_year.high_scores >= 0.8 * region_year.reports
