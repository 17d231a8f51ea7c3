-- R31 执行率 = 执行数 ÷ 全年预算数. Systems print 0.0% on the rows below the total, where no score hangs on
-- the rate: information.
select
    {{ jixiao.audit_finding(
        rule='R31', figure='rate',
        severity="case when execution.rate = 0 and execution.item <> 'total' then 'info' end",
        subject="'执行率'",
        stated='execution.rate', expected='execution.computed_rate', unit="'ratio'",
        message="rate.place_name || '全年执行数' || " ~ jixiao.audit_wan('execution.executed') ~ " || '，全年预算数' || "
            ~ jixiao.audit_wan('execution.annual') ~ " || '，执行率应为' || "
            ~ jixiao.audit_percent('execution.computed_rate') ~ " || '，印为' || execution.rate_printed || '。'"
    ) }}
from {{ ref('audit_execution') }} as execution
inner join {{ ref('audit_figure') }} as rate on execution.rate_id = rate.mention_id
where not execution.is_doubtful
    and execution.annual > 0
    and execution.is_rate_beside
    and abs(execution.computed_rate - execution.rate)
    > execution.rate_slack + 0.000001 + execution.computed_slack
