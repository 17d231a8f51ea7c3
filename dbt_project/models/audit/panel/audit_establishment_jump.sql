-- P10 编制数较上年变动超过20%: a reorganisation or an error.
select
    {{ jixiao.audit_finding(
        rule='P10', figure='own', related_figure='before',
        subject="'编制数'",
        stated='own.number', expected='before.number', unit="'persons'",
        message="'编制数' || own.printed || '人，' || neighbour.other_year || '年报告为' || before.printed || '人，变动超过20%。'"
    ) }}
{{ jixiao.audit_with_year_before('personnel', 'establishment') }}
    and before.measure = 'headcount'
where own.family = 'personnel'
    and own.item = 'establishment'
    and own.measure = 'headcount'
    and own.is_chosen
    and before.number > 0
    and not (own.is_doubtful or before.is_doubtful)
    and abs(own.number - before.number) > 0.2 * before.number
