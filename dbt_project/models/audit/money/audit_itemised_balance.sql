-- R12 结余明细不大于结余合计.
with figure as {{ jixiao.inlined() }} (
    select *
    from {{ ref('audit_figure') }}
    where is_chosen and family = 'balance' and item = 'unused_quota' and number is not null
),

added as (
    select
        report_id,
        amount_year,
        sum(number) as number,
        sum(slack) as slack
    from figure
    where scope = 'project'
    group by report_id, amount_year
)

select
    {{ jixiao.audit_finding(
        rule='R12', figure='whole',
        subject="'指标结余'",
        stated='whole.number', expected='added.number', unit="'cny'",
        message="'指标结余' || whole.printed || '，所列项目结余合计' || " ~ jixiao.audit_wan('added.number')
            ~ " || '，未列明' || " ~ jixiao.audit_wan('whole.number - added.number') ~ " || '。'"
    ) }}
from figure as whole
inner join added on whole.report_id = added.report_id and whole.amount_year = added.amount_year
where whole.scope = 'department'
    and not whole.is_doubtful
    and abs(whole.number - added.number) > greatest(added.slack, 2 * whole.slack)
