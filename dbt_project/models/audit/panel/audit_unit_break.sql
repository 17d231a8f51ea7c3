-- P15 跨年计量单位突变: one item 10⁴ times (or thousands of times) that of the year before.
select
    {{ jixiao.audit_finding(
        rule='P15', figure='own', related_figure='before',
        subject="own.place_name || own.item_name",
        stated='own.number', expected='before.number', unit="'cny'",
        message="own.item_name || own.printed || '，' || neighbour.other_year || '年报告为' || before.printed
            || '，相差数千倍以上，计量单位可能有误。'"
    ) }}
from {{ ref('audit_figure') }} as own
inner join {{ ref('audit_neighbour') }} as neighbour
    on own.report_id = neighbour.report_id and neighbour.relation = 'year_before'
inner join {{ ref('audit_figure') }} as before
    on neighbour.other_id = before.report_id
        and {{ jixiao.audit_same_figure('own', 'before') }}
        and before.is_chosen
        and neighbour.other_year = before.amount_year
where own.is_chosen
    and own.kind = 'money'
    and own.measure in ('amount', 'initial_budget', 'annual_budget', 'executed')
    and own.amount_year = own.fiscal_year
    and own.number > 0
    and before.number > 0
    and (own.number > 5000 * before.number or before.number > 5000 * own.number)
    and not (own.is_doubtful or before.is_doubtful)
