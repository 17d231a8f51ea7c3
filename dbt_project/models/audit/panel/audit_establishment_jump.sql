-- P10 编制数较上年变动超过20%: a reorganisation or an error.
select
    {{ jixiao.audit_finding(
        rule='P10', at='own', related='before',
        subject="'编制数'",
        stated='own.number', expected='before.number', unit="'persons'",
        message="'编制数' || own.printed || '人，' || neighbour.other_year || '年报告为' || before.printed || '人，变动超过20%。'"
    ) }}
from {{ ref('audit_figure') }} as own
inner join {{ ref('audit_neighbour') }} as neighbour
    on own.report_id = neighbour.report_id and neighbour.relation = 'year_before'
inner join {{ ref('audit_figure') }} as before
    on neighbour.other_id = before.report_id
        and before.family = 'personnel'
        and before.item = 'establishment'
        and before.measure = 'headcount'
        and before.is_chosen
where own.family = 'personnel'
    and own.item = 'establishment'
    and own.measure = 'headcount'
    and own.is_chosen
    and before.number > 0
    and not (own.is_doubtful or before.is_doubtful)
    and abs(own.number - before.number) > 0.2 * before.number
