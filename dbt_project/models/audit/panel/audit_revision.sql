-- P11 重复公开 and P12 更正公开: the same unit, kind and year again, with the same or other figures.
with paired as (
    {{ jixiao.audit_paired('revision_before') }}
),

fact as (
    select
        report_id,
        {{ jixiao.int_key(['family', 'scope', 'project_key', 'item', 'basis', 'amount_year', 'measure']) }} as fact,
        max(number) as number
    from {{ ref('audit_figure') }}
    where is_chosen and number is not null and report_id in (select paired.report_id from paired)
    group by report_id, family, scope, project_key, item, basis, amount_year, measure

    union all

    select
        report_id,
        {{ jixiao.int_key(['scope', 'project_key', 'indicator_table', 'indicator_seq', "'score'"]) }} as fact,
        max(score) as number
    from {{ ref('audit_indicator') }}
    where score is not null and report_id in (select paired.report_id from paired)
    group by report_id, scope, project_key, indicator_table, indicator_seq
),

compared as (
    select
        {{ jixiao.audit_pair_columns() }},
        count(*) as facts,
        sum(case when fact.number = before.number then 0 else 1 end) as changed
    from fact
    inner join {{ ref('audit_neighbour') }} as neighbour
        on fact.report_id = neighbour.report_id and neighbour.relation = 'revision_before'
    left join fact as before
        on neighbour.other_id = before.report_id and fact.fact = before.fact
    group by {{ jixiao.audit_pair_columns() }}
)

select
    {{ jixiao.audit_finding(
        rule='P11', at='compared', rule_sql="case when compared.changed = 0 then 'P11' else 'P12' end",
        subject="case when compared.changed = 0 then '重复公开' else '更正公开' end",
        message="'同一单位同一年度同类报告再次公开' || coalesce('（前一份：' || compared.other_file || '）', '') || '，' || compared.facts || '个数值中'
            || case when compared.changed = 0 then '全部相同。' else compared.changed || '个不同。' end"
    ) }}
from compared
