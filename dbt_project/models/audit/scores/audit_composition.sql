-- R50 按收入性质分 beside the fund block claims the annual budget: its sum is the annual budget.
with revenue as (
    select
        report_id,
        source_table,
        sum(number) as number,
        sum(slack) as slack,
        sum(case when is_doubtful then 1 else 0 end) as doubts,
        {{ jixiao.audit_join('item_name || printed', '＋', 'figure_seq') }} as printed
    from {{ ref('audit_figure') }}
    where family = 'revenue'
        and measure = 'amount'
        and is_candidate
        and source_table is not null
        and item in (
            'carry_over', 'general_public_budget', 'government_fund', 'state_capital', 'social_insurance',
            'special_account', 'other'
        )
        and amount_year = fiscal_year
    group by report_id, source_table
)

select
    {{ jixiao.audit_finding(
        rule='R50', figure='annual',
        subject="'按收入性质分合计'",
        stated='revenue.number', expected='annual.number', unit="'cny'",
        message="'自评表“按收入性质分”' || revenue.printed || '，合计' || " ~ jixiao.audit_wan('revenue.number')
            ~ " || '，不等于全年预算数' || annual.printed || '，相差' || "
            ~ jixiao.audit_wan('abs(revenue.number - annual.number)') ~ " || '。'"
    ) }}
from {{ ref('audit_figure') }} as annual
inner join revenue
    on annual.report_id = revenue.report_id and annual.source_table = revenue.source_table
where annual.family = 'budget'
    and annual.measure = 'annual_budget'
    and annual.item = 'total'
    and annual.scope = 'department'
    and annual.is_chosen
    and revenue.doubts = 0
    and not annual.is_doubtful
    and abs(revenue.number - annual.number) > greatest(revenue.slack, 2 * annual.slack)
