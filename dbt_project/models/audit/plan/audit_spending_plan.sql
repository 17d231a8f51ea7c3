-- R62 资金支出计划: the header's unit is that of the values; cumulative values rise; the plan ends at
-- the budget.
with plan as (
    select
        *,
        cast(item as integer) as month_end
    from {{ ref('audit_figure') }}
    where is_chosen and family = 'spending_plan' and number is not null
),

ordered as (
    select
        *,
        lag(number) over (partition by report_id, scope, project_key order by month_end) as before,
        row_number() over (partition by report_id, scope, project_key order by month_end desc) as from_end,
        max(case when is_doubtful then 1 else 0 end) over (partition by report_id, scope, project_key) as doubts
    from plan
),

budget as (
    select
        report_id,
        scope,
        project_key,
        max(number) as number,
        max(slack) as slack,
        max(mention_id) as mention_id
    from {{ ref('audit_figure') }}
    where is_chosen and family = 'budget' and item = 'total' and measure in ('initial_budget', 'annual_budget')
        and number is not null
    group by report_id, scope, project_key
),

conflict as (
    select
        statement.*,
        -- 5.00 under a header of % is 5%; the plan of a year ends at 100%.
        case
            when statement.value_unit = 'ratio' then statement.stated_value
            else cast(statement.printed_value * 0.01 as decimal(24, 6))
        end as stated_rate
    from {{ ref('audit_statement') }} as statement
    where statement.kind = 'unit_conflict'
)

select
    {{ jixiao.audit_finding(
        rule='R62', at='conflict', severity="'warning'",
        subject="coalesce(conflict.subject, '资金支出计划')",
        stated='conflict.stated_rate', expected='1', unit="'ratio'",
        message="'资金支出计划表头单位为“%”，所填累计数到期末为' || "
            ~ jixiao.audit_number('conflict.printed_value') ~ " || '，等于预算数，实为金额累计数，若为百分比应到100。'"
    ) }}
from conflict
where conflict.stated_rate is not null

union all

select
    {{ jixiao.audit_finding(
        rule='R62', figure='ordered', severity="'warning'",
        subject="ordered.month_end || '月底资金支出计划'",
        stated='ordered.number', expected='ordered.before', unit="'cny'",
        message="'资金支出计划为累计数，' || ordered.month_end || '月底' || ordered.printed || '小于前一期' || "
            ~ jixiao.audit_wan('ordered.before') ~ " || '。'"
    ) }}
from ordered
where ordered.number < ordered.before
    and ordered.doubts = 0

union all

select
    {{ jixiao.audit_finding(
        rule='R62', figure='ordered', related_figure='total',
        severity="'warning'",
        subject="'资金支出计划'",
        stated='ordered.number', expected='budget.number', unit="'cny'",
        message="'资金支出计划到' || ordered.month_end || '月底累计' || " ~ jixiao.audit_wan('ordered.number')
            ~ " || '，不等于预算数' || " ~ jixiao.audit_wan('budget.number') ~ " || '。'"
    ) }}
from ordered
inner join budget
    on ordered.report_id = budget.report_id
        and ordered.scope = budget.scope
        and ordered.project_key = budget.project_key
inner join {{ ref('audit_figure') }} as total on budget.mention_id = total.mention_id
where ordered.from_end = 1
    and ordered.doubts = 0
    and not total.is_doubtful
    and abs(ordered.number - budget.number) > greatest(2 * budget.slack, 2 * ordered.slack)

union all

select
    {{ jixiao.audit_finding(
        rule='R62', figure='ordered',
        severity="'info'",
        subject="'12月底资金支出计划'",
        stated='null', expected='budget.number', unit="'cny'",
        message="'资金支出计划只填到' || ordered.month_end || '月底（' || " ~ jixiao.audit_wan('ordered.number')
            ~ " || '），其后空白，累计数12月底应为预算数' || " ~ jixiao.audit_wan('budget.number') ~ " || '。'"
    ) }}
from ordered
inner join budget
    on ordered.report_id = budget.report_id
        and ordered.scope = budget.scope
        and ordered.project_key = budget.project_key
where ordered.from_end = 1
    and ordered.month_end < 12
    and ordered.doubts = 0
