-- P05 下属单位之和不超过部门汇总: unit codes of six digits that begin with the department's three.
with spending as (
    select
        figure.report_id,
        figure.scope,
        figure.project_name,
        figure.number,
        figure.slack,
        figure.printed,
        figure.source_page,
        figure.source_table,
        figure.source_row,
        figure.source_bbox,
        figure.source_path,
        figure.source_text,
        report.unit_id,
        report.fiscal_year,
        report.region_code,
        report.budget_unit_code
    from {{ ref('int_report') }} as report
    inner join {{ ref('int_figure') }} as chosen on report.report_id = chosen.report_id
    inner join {{ ref('audit_figure') }} as figure on chosen.mention_id = figure.mention_id
    where report.is_current
        and report.report_kind = 'self_evaluation'
        and report.budget_unit_code is not null
        and figure.family = 'expense'
        and figure.item = 'total'
        and figure.measure = 'amount'
        and figure.basis = 'actual'
        and figure.scope = 'department'
        and figure.amount_year = report.fiscal_year
),

added as (
    select
        region_code,
        fiscal_year,
        substr(budget_unit_code, 1, 3) as department_code,
        count(*) as units,
        sum(number) as number,
        sum(slack) as slack
    from spending
    where length(budget_unit_code) >= 6
    group by region_code, fiscal_year, substr(budget_unit_code, 1, 3)
)

select
    {{ jixiao.audit_finding(
        rule='P05', at='whole',
        subject="'部门支出汇总'",
        stated='whole.number', expected='added.number', unit="'cny'",
        message="'部门支出汇总' || whole.printed || '，已公开的' || added.units || '个所属单位支出合计'
            || " ~ jixiao.audit_wan('added.number') ~ " || '，超过汇总数。'"
    ) }}
from spending as whole
inner join added
    on coalesce(whole.region_code, '') = coalesce(added.region_code, '')
        and whole.fiscal_year = added.fiscal_year
        and whole.budget_unit_code = added.department_code
where added.number - whole.number > greatest(added.slack, 2 * whole.slack)
