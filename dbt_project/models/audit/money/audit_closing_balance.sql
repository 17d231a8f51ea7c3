-- R09 期末结余 = 收入 − 支出. A department's closing balance follows from its income (an error where
-- it does not); a project's from its budget after adjustment, where unspent authority may have been
-- taken back (a conflict that needs a reason: warning).
with figure as {{ jixiao.inlined() }} (
    select *
    from {{ ref('audit_figure') }}
    where is_chosen
        and number is not null
        and (
            (family in ('revenue', 'expense') and item in ('total', 'carry_over') and scope = 'department')
            or (family = 'budget' and scope = 'project')
            or (family = 'balance' and item = 'year_end')
        )
        and measure in ('amount', 'initial_budget', 'adjustment', 'annual_budget', 'executed')
),

department as (
    select
        report_id,
        max(case when family = 'revenue' and item = 'total' then number end) as income,
        max(case when family = 'revenue' and item = 'total' then slack end) as income_slack,
        max(case when family = 'revenue' and item = 'carry_over' then number end) as carry_over,
        max(case when family = 'expense' and item = 'total' and basis = 'actual' then number end) as spending,
        max(case
            when is_doubtful and family in ('revenue', 'expense') and item in ('total', 'carry_over') then 1
            else 0
        end) as doubts
    from figure
    where scope = 'department' and amount_year = fiscal_year
    group by report_id
),

project as (
    select
        report_id,
        project_key,
        max(case when item = 'total' and measure = 'initial_budget' then number end) as initial,
        max(case when item = 'total' and measure = 'adjustment' then number end) as adjustment,
        max(case when item = 'total' and measure = 'annual_budget' then number end) as annual,
        coalesce(
            max(case when item = 'total' and measure = 'executed' then number end),
            max(case when measure = 'executed' then number end)
        ) as executed,
        max(slack) as slack,
        max(case when is_doubtful or not is_named then 1 else 0 end) as doubts
    from figure
    where scope = 'project' and family = 'budget'
    group by report_id, project_key
),

project_balance as (
    select
        *,
        case when initial + adjustment is not null then initial + adjustment else annual end as budget
    from project
)

select
    {{ jixiao.audit_finding(
        rule='R09', figure='balance', severity="'error'",
        subject="'年末结转结余'",
        stated='balance.number', expected='department.income - department.spending', unit="'cny'",
        message="'收入合计' || " ~ jixiao.audit_wan('department.income') ~ " || '减支出合计' || "
            ~ jixiao.audit_wan('department.spending') ~ " || '应结余' || "
            ~ jixiao.audit_wan('department.income - department.spending') ~ " || '，印为结余' || balance.printed || '。'"
    ) }}
from figure as balance
inner join department on balance.report_id = department.report_id
where balance.family = 'balance'
    and balance.item = 'year_end'
    and balance.scope = 'department'
    and balance.amount_year = balance.fiscal_year
    and department.doubts = 0
    and not balance.is_doubtful
    and abs(department.income - department.spending - balance.number)
    > greatest(2 * department.income_slack, 2 * balance.slack)
    -- A balance above income less spending may hold what was carried in, where no one says how much.
    and (department.carry_over is not null or balance.number < department.income - department.spending)
    -- Income of the year alone: the balance may hold what came in from the year before.
    and abs(department.income + coalesce(department.carry_over, 0) - department.spending - balance.number)
    > greatest(2 * department.income_slack, 2 * balance.slack)
    -- 结余分配 is neither spent nor left.
    and balance.report_id not in (
        select statement.report_id
        from {{ ref('audit_statement') }} as statement
        where statement.kind = 'distribution'
    )

union all

select
    {{ jixiao.audit_finding(
        rule='R09', figure='balance', severity="'warning'",
        subject="'结转结余'",
        stated='balance.number', expected='project_balance.budget - project_balance.executed', unit="'cny'",
        message="'项目预算' || " ~ jixiao.audit_wan('project_balance.budget') ~ " || coalesce('（年初' || "
            ~ jixiao.audit_wan('project_balance.initial') ~ " || '、调整' || case when project_balance.adjustment is not null then "
            ~ jixiao.audit_wan('project_balance.adjustment') ~ " end || '）', '') || '减实际支出' || "
            ~ jixiao.audit_wan('project_balance.executed') ~ " || '应余' || "
            ~ jixiao.audit_wan('project_balance.budget - project_balance.executed')
            ~ " || '，印为结转结余' || balance.printed || '。'"
    ) }}
from figure as balance
inner join project_balance
    on balance.report_id = project_balance.report_id
        and balance.project_key = project_balance.project_key
where balance.family = 'balance'
    and balance.item = 'year_end'
    and balance.scope = 'project'
    and balance.is_named
    and project_balance.doubts = 0
    and not balance.is_doubtful
    and abs(project_balance.budget - project_balance.executed - balance.number)
    > greatest(2 * project_balance.slack, 2 * balance.slack)
    -- What is left above the budget less spending may hold what was carried in from the year before.
    and balance.number < project_balance.budget - project_balance.executed
