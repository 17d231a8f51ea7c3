-- P16 “三公”经费预算不升: this year's budget above the year before, in one report or across two.
with budget as (
    select *
    from {{ ref('audit_figure') }}
    where is_chosen
        and family = 'expense'
        and item = 'three_public'
        and basis in ('budget', 'budget_initial')
        and measure = 'amount'
        and scope = 'department'
        and number is not null
        and not is_doubtful
),

pair as (
    select
        budget.mention_id,
        before.mention_id as before_id
    from budget
    inner join budget as before
        on budget.report_id = before.report_id and before.amount_year = budget.amount_year - 1
    where budget.amount_year = budget.fiscal_year

    union

    select
        budget.mention_id,
        before.mention_id as before_id
    from budget
    inner join {{ ref('audit_neighbour') }} as neighbour
        on budget.report_id = neighbour.report_id and neighbour.relation = 'year_before'
    inner join budget as before
        on neighbour.other_id = before.report_id and neighbour.other_year = before.amount_year
    where budget.amount_year = budget.fiscal_year
)

select
    {{ jixiao.audit_finding(
        rule='P16', figure='own', related_figure='before',
        subject="'“三公”经费预算'",
        stated='own.number', expected='before.number', unit="'cny'",
        message="'“三公”经费预算' || own.printed || '，高于上年的' || before.printed || '。'"
    ) }}
from pair
inner join budget as own on pair.mention_id = own.mention_id
inner join budget as before on pair.before_id = before.mention_id
where own.number > before.number
