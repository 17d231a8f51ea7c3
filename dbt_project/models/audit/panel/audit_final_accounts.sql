-- P03 自评数 = 部门决算数: the same item and year in the two publications of one unit.
select
    {{ jixiao.audit_finding(
        rule='P03', figure='own', related_figure='account',
        subject="own.item_name",
        stated='own.number', expected='account.number', unit="'cny'",
        message="'自评报告' || own.item_name || own.printed || '，部门决算为' || account.printed || '，相差' || "
            ~ jixiao.audit_wan('abs(own.number - account.number)') ~ " || '。'"
    ) }}
from {{ ref('audit_figure') }} as own
inner join {{ ref('audit_neighbour') }} as neighbour
    on own.report_id = neighbour.report_id and neighbour.relation = 'final_accounts'
inner join {{ ref('audit_figure') }} as account
    on neighbour.other_id = account.report_id
        and {{ jixiao.audit_same_figure('own', 'account') }}
        and own.amount_year = account.amount_year
        and account.is_chosen
where own.is_chosen
    and own.measure = 'amount'
    and own.family in ('expense', 'revenue')
    and own.amount_year = own.fiscal_year
    and not (own.is_doubtful or account.is_doubtful)
    and abs(own.number - account.number) > greatest(2 * own.slack, 2 * account.slack)
