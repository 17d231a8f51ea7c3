-- P05 下属单位之和不超过部门汇总: unit codes of six digits that begin with the department's three. Looked
-- for in every run: a new report of one unit may change what is true of its department's.
with spending as (
    select
        figure.report_id,
        figure.scope,
        figure.project_name,
        cast(figure.value as decimal(24, 6)) as number,
        -- Half a unit of the second digit after the point.
        cast(figure.factor * 0.005 as decimal(24, 8)) as slack,
        {{ jixiao.audit_number('figure.printed_value') }} || coalesce(figure.printed_unit, '') as printed,
        figure.source_page,
        figure.source_table,
        figure.source_row,
        figure.source_bbox,
        figure.source_path,
        figure.source_text,
        report.fiscal_year,
        report.region_code,
        report.budget_unit_code
    from {{ ref('int_report') }} as report
    inner join {{ ref('int_figure') }} as figure on report.report_id = figure.report_id
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
