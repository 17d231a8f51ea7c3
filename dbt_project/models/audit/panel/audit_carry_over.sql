-- P02 年初结转 = 上年年末结转结余.
select
    {{ jixiao.audit_finding(
        rule='P02', at='carried', related='closing',
        subject="'上年结转'",
        stated='carried.number', expected='closing.number', unit="'cny'",
        message="'本年上年结转' || carried.printed || '，' || neighbour.other_year || '年报告年末结转结余为' || closing.printed || '。'"
    ) }}
from {{ ref('audit_figure') }} as carried
inner join {{ ref('audit_neighbour') }} as neighbour
    on carried.report_id = neighbour.report_id and neighbour.relation = 'year_before'
inner join {{ ref('audit_figure') }} as closing
    on neighbour.other_id = closing.report_id
        and closing.family = 'balance'
        and closing.item = 'year_end'
        and closing.scope = 'department'
        and closing.is_chosen
        and neighbour.other_year = closing.amount_year
where carried.family = 'revenue'
    and carried.item = 'carry_over'
    and carried.measure = 'amount'
    and carried.scope = 'department'
    and carried.is_chosen
    and carried.amount_year = carried.fiscal_year
    and not (carried.is_doubtful or closing.is_doubtful)
    and abs(carried.number - closing.number) > greatest(2 * carried.slack, 2 * closing.slack)
