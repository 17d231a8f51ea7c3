-- P18 公开时限: a self-evaluation or final account dated before its year ends or published later than
-- the end of the next year; a budget or its targets published after the year; a date of filling in
-- behind that of publication. (The twenty days after approval need a date that reports do not print.)
with dated as (
    select
        report_id,
        fiscal_year,
        published_on,
        report_date,
        case
            when report_kind in ('self_evaluation', 'evaluation_report', 'final_accounts') then 'after'
            when report_kind in ('budget', 'budget_target') then 'before'
        end as manner,
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
),

judged as (
    select
        *,
        case
            when manner = 'after' and extract(year from dated_on) <= fiscal_year then '早于年度终了'
            when manner = 'after' and extract(year from dated_on) > fiscal_year + 1 then '晚于次年年末'
            when manner = 'before' and extract(year from published_on) > fiscal_year then '晚于预算年度终了'
        end as fault
    from dated
)

select
    {{ jixiao.audit_finding(
        rule='P18', at='judged',
        subject="'公开时限'",
        message="judged.fiscal_year || '年度报告的日期为' || cast(judged.dated_on as " ~ dbt.type_string() ~ ") || '，'
            || judged.fault || '。'"
    ) }}
from judged
where judged.fault is not null

union all

select
    {{ jixiao.audit_finding(
        rule='P18', at='judged',
        subject="'填报日期'",
        message="'填报日期' || cast(judged.report_date as " ~ dbt.type_string() ~ ") || '晚于公开日期'
            || cast(judged.published_on as " ~ dbt.type_string() ~ ") || '。'"
    ) }}
from judged
where judged.report_date > judged.published_on
