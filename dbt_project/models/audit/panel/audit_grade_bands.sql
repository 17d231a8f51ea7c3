-- P08 同一地区年度等级标准一致: printed bands that differ from those of most reports there. Looked for in
-- every run: a new report may change what most reports there print.
with place as (
    select
        report_id,
        source_page,
        source_table,
        source_row,
        source_bbox,
        source_path,
        source_text,
        row_number() over (
            partition by report_id order by case when scope = 'department' then 0 else 1 end, figure_seq
        ) as nth
    from {{ ref('int_figure') }}
    where family = 'evaluation' and measure = 'total_score'
),

band as (
    select
        report.report_id,
        report.region_code,
        report.fiscal_year,
        report.grade_bands,
        report.is_current,
        'department' as scope,
        cast(null as {{ dbt.type_string() }}) as project_name,
        place.source_page,
        place.source_table,
        place.source_row,
        place.source_bbox,
        place.source_path,
        place.source_text
    from {{ ref('int_report') }} as report
    left join place on report.report_id = place.report_id and place.nth = 1
    where report.grade_bands is not null and report.region_code is not null
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
    where is_current
    group by region_code, fiscal_year, grade_bands
)

select
    {{ jixiao.audit_finding(
        rule='P08', at='band',
        subject="'等级标准'",
        message="'本报告等级标准为“' || band.grade_bands || '”，同地区同年度' || counted.reports || '份报告为“'
            || counted.grade_bands || '”。'"
    ) }}
from band
inner join counted
    on band.region_code = counted.region_code
        and band.fiscal_year = counted.fiscal_year
        and counted.nth = 1
where counted.reports > 1
    and band.grade_bands <> counted.grade_bands
