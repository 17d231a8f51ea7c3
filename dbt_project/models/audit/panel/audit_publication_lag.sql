-- P18 公开时限: a self-evaluation or final account dated before its year ends or published later than
-- the end of the next year.
with dated as (
    select
        report_id,
        fiscal_year,
        coalesce(published_on, report_date) as dated_on,
        'department' as scope,
        cast(null as {{ dbt.type_string() }}) as project_name,
        cast(null as integer) as source_page,
        cast(null as integer) as source_table,
        cast(null as integer) as source_row,
        cast(null as {{ dbt.type_string() }}) as source_bbox,
        cast(null as {{ dbt.type_string() }}) as source_path,
        cast(null as {{ dbt.type_string() }}) as source_text
    from {{ ref('audit_report') }}
    where report_kind in ('self_evaluation', 'evaluation_report', 'final_accounts')
)

select
    {{ jixiao.audit_finding(
        rule='P18', at='dated',
        subject="'公开时限'",
        message="dated.fiscal_year || '年度报告的日期为' || cast(dated.dated_on as " ~ dbt.type_string() ~ ") || '，'
            || case when extract(year from dated.dated_on) <= dated.fiscal_year then '早于年度终了。' else '晚于次年年末。' end"
    ) }}
from dated
where extract(year from dated.dated_on) <= dated.fiscal_year
    or extract(year from dated.dated_on) > dated.fiscal_year + 1
