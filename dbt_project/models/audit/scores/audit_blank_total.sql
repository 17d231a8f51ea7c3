-- R48 有明细时合计栏不应空白: the fund block, and what extraction saw elsewhere.
with figure as (
    select *
    from {{ ref('audit_figure') }}
    where family = 'budget' and measure in ('initial_budget', 'annual_budget', 'executed') and is_chosen
        and source_table is not null and number is not null
),

block as (
    select
        report_id,
        scope,
        project_key,
        source_table
    from figure
    where item = 'total'
    group by report_id, scope, project_key, source_table
)

select
    {{ jixiao.audit_finding(
        rule='R48', at='child',
        subject="case child.measure when 'initial_budget' then '年初预算数' when 'annual_budget' then '全年预算数' else '全年执行数' end || '合计'",
        stated='null', expected='child.number', unit="'cny'",
        message="child.place_name || '资金合计行的'
            || case child.measure when 'initial_budget' then '年初预算数' when 'annual_budget' then '全年预算数' else '全年执行数' end
            || '空白，“' || child.item_name || '”行为' || child.printed || '。'"
    ) }}
from figure as child
inner join block
    on child.report_id = block.report_id
        and child.scope = block.scope
        and child.project_key = block.project_key
        and child.source_table = block.source_table
left join figure as whole
    on child.column_key = whole.column_key and whole.item = 'total'
where child.item <> 'total'
    and child.number <> 0
    and whole.mention_id is null
    and not child.is_doubtful

union all

select
    {{ jixiao.audit_finding(
        rule='R48', at='statement',
        subject="coalesce(statement.subject, '合计')",
        expected='statement.computed_value', unit='statement.value_unit',
        message="'合计栏空白：' || coalesce(statement.subject || '，', '') || coalesce(statement.detail, '明细已填') || '。'"
    ) }}
from {{ ref('audit_statement') }} as statement
where statement.kind = 'blank_total'
