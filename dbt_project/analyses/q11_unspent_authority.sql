-- Question 11: Unspent budget authority and balances, with the sentence that gives the cause.
-- 指标结余与结转结余及其原因原文
select
    unit.unit_name,
    balance.fiscal_year,
    balance.scope,
    balance.project_name,
    balance.balance_item,
    balance.amount_cny,
    case
        when balance.source_text like '%去世%' then '去世'
        when balance.source_text like '%政策%' then '政策调整'
        when balance.source_text like '%延期%' or balance.source_text like '%推迟%' then '项目延期'
        when balance.source_text like '%疫情%' then '疫情'
        when balance.source_text like '%节约%' then '厉行节约'
        else '未说明'
    end as cause,
    balance.source_text
from {{ ref('fct_balance') }} as balance
inner join {{ ref('dim_report') }} as report on balance.report_id = report.report_id
inner join {{ ref('dim_unit') }} as unit on balance.unit_id = unit.unit_id
where report.is_current and balance.amount_cny <> 0
order by balance.amount_cny desc, balance.fact_key
