-- P08 同一地区年度等级标准一致: printed bands that differ from those of most reports there.
with band as (
    select
        report_id,
        region_code,
        fiscal_year,
        grade_bands
    from {{ ref('int_report') }}
    where grade_bands is not null and region_code is not null and is_current
),

counted as (
    select
        region_code,
        fiscal_year,
        grade_bands,
        count(*) as reports,
        row_number() over (
            partition by region_code, fiscal_year order by count(*) desc, grade_bands
        ) as nth
    from band
    group by region_code, fiscal_year, grade_bands
)

select
    {{ jixiao.audit_finding(
        rule='P08', at='scored',
        subject="'等级标准'",
        message="'本报告等级标准为“' || scored.grade_bands || '”，同地区同年度' || counted.reports || '份报告为“'
            || counted.grade_bands || '”。'"
    ) }}
from (
    select
        *,
        row_number() over (partition by report_id order by scope, project_key) as nth
    from {{ ref('audit_scored') }}
) as scored
inner join counted
    on scored.region_code = counted.region_code
        and scored.fiscal_year = counted.fiscal_year
        and counted.nth = 1
where scored.nth = 1
    and counted.reports > 1
    and scored.grade_bands <> counted.grade_bands
