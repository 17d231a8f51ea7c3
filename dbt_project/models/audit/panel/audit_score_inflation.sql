-- P07 地区年度评分虚高: in a region and year with at least five self-evaluations, the mean is 98 or
-- more and four fifths score 98 or more. Told to every report that scores 98 or more there, in every
-- run: a new report may change what is true of an old one.
with score as (
    select
        report.region_code,
        report.fiscal_year,
        mention.report_id,
        mention.scope,
        mention.project_name,
        mention.value as score,
        mention.source_page,
        mention.source_table,
        mention.source_row,
        mention.source_bbox,
        mention.source_path,
        mention.source_text
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
        rule='P07', at='score',
        subject="'地区年度评分'",
        stated='score.score', expected='cast(region_year.mean_score as decimal(24, 2))', unit="'points'",
        difference='null',
        message="region_year.fiscal_year || '年本地区' || region_year.reports || '份自评平均' || "
            ~ jixiao.audit_number('region_year.mean_score', 2) ~ " || '分，' || region_year.high_scores
            || '份在98分以上，本报告' || " ~ jixiao.audit_points('score.score') ~ " || '，评分普遍偏高。'"
    ) }}
from score
inner join region_year
    on score.region_code = region_year.region_code and score.fiscal_year = region_year.fiscal_year
where score.score >= 98
    and region_year.reports >= 5
    and region_year.mean_score >= 98
    and region_year.high_scores >= 0.8 * region_year.reports
