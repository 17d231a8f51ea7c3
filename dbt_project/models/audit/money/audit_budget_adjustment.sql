-- R01 年初预算 + 调整 = 全年预算, per scope, project and funding source.
with figure as {{ jixiao.inlined() }} (
    select *
    from {{ ref('audit_figure') }}
    where is_chosen and family = 'budget' and number is not null
)

select
    {{ jixiao.audit_finding(
        rule='R01', figure='final', related_figure='adjustment',
        subject="'全年预算数'",
        stated='final.number', expected='initial.number + adjustment.number', unit="'cny'",
        message="final.place_name || '年初预算数' || initial.printed || '，调整' || adjustment.printed
            || '，全年预算数应为' || " ~ jixiao.audit_wan('initial.number + adjustment.number')
            ~ " || '，印为' || final.printed || '。'"
    ) }}
from figure as final
inner join figure as initial
    on final.report_id = initial.report_id
        and final.scope = initial.scope
        and final.project_key = initial.project_key
        and final.item = initial.item
        and initial.measure = 'initial_budget'
inner join figure as adjustment
    on final.report_id = adjustment.report_id
        and final.scope = adjustment.scope
        and final.project_key = adjustment.project_key
        and final.item = adjustment.item
        and adjustment.measure = 'adjustment'
where final.measure = 'annual_budget'
    and not (final.is_doubtful or initial.is_doubtful or adjustment.is_doubtful)
    and abs(final.number - initial.number - adjustment.number)
    > greatest(initial.slack + adjustment.slack, 2 * final.slack)
