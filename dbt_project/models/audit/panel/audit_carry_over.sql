-- P02 年初结转 = 上年年末结转结余.
select
    {{ jixiao.audit_finding(
        rule='P02', figure='own', related_figure='before',
        subject="'上年结转'",
        stated='own.number', expected='before.number', unit="'cny'",
        message="'本年上年结转' || own.printed || '，' || neighbour.other_year || '年报告年末结转结余为' || before.printed || '。'"
    ) }}
{{ jixiao.audit_with_year_before('balance', 'year_end') }}
    and before.scope = 'department'
    and neighbour.other_year = before.amount_year
where own.family = 'revenue'
    and own.item = 'carry_over'
    and own.measure = 'amount'
    and own.scope = 'department'
    and own.is_chosen
    and own.amount_year = own.fiscal_year
    and not (own.is_doubtful or before.is_doubtful)
    and abs(own.number - before.number) > greatest(2 * own.slack, 2 * before.slack)
