-- R48 有明细时合计栏不应空白: one finding a blank cell, from the fund block or from what extraction saw
-- elsewhere.
with figure as {{ jixiao.inlined() }} (
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
),

-- Every part of a blank total, the first of them in front.
child as (
    select
        figure.*,
        {{ jixiao.audit_stage_name('figure.measure') }} as measure_name,
        row_number() over (partition by figure.column_key, figure.source_table order by figure.figure_seq) as nth,
        count(*) over (partition by figure.column_key, figure.source_table) as parts,
        max(case when figure.is_doubtful then 1 else 0 end) over (partition by figure.column_key, figure.source_table)
        as doubts
    from figure
    inner join block
        on figure.report_id = block.report_id
            and figure.scope = block.scope
            and figure.project_key = block.project_key
            and figure.source_table = block.source_table
    left join figure as whole
        on figure.column_key = whole.column_key and whole.item = 'total'
    where figure.item <> 'total'
        and figure.number <> 0
        and whole.mention_id is null
),

computed as (
    select
        {{ jixiao.audit_finding(
            rule='R48', figure='child',
            subject="child.measure_name || '合计'",
            stated='null', expected='case when child.parts = 1 then child.number end', unit="'cny'",
            message="child.place_name || '资金合计行的' || child.measure_name || '空白，“' || child.item_name || '”行'
                || case when child.parts > 1 then '等' || child.parts || '行已填，首行' else '' end || '为' || child.printed || '。'"
        ) }}
    from child
    where child.nth = 1 and child.doubts = 0
),

stated as (
    select
        {{ jixiao.audit_finding(
            rule='R48', at='statement',
            subject="coalesce(statement.subject, '合计')",
            expected='statement.computed_value', unit='statement.value_unit',
            message="'合计栏空白：' || coalesce(statement.subject || '，', '') || coalesce(statement.detail, '明细已填') || '。'"
        ) }}
    from {{ ref('audit_statement') }} as statement
    where statement.kind = 'blank_total'
)

select * from computed
union all
select stated.*
from stated
where not exists (
        select 1
        from child
        where child.nth = 1
            and child.doubts = 0
            and child.report_id = stated.report_id
            and child.source_table = stated.source_table
            and child.project_key = coalesce(stated.project_name, '')
            and strpos(child.measure_name || '合计', stated.subject) > 0
    )
