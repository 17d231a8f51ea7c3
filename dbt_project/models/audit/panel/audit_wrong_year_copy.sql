-- P13 错年复制: nearly all amounts equal those of the year before.
with paired as (
    {{ jixiao.audit_paired('year_before') }}
),

amount as (
    select
        report_id,
        {{ jixiao.int_key(['family', 'scope', 'project_key', 'item', 'basis', 'measure']) }} as fact,
        max(number) as number
    from {{ ref('audit_figure') }}
    where is_chosen
        and kind = 'money'
        and number <> 0
        and amount_year = fiscal_year
        and report_id in (select paired.report_id from paired)
    group by report_id, family, scope, project_key, item, basis, measure

    union all

    select
        report_id,
        {{ jixiao.int_key(['scope', 'project_key', 'level2', 'level3', "'actual'"]) }} as fact,
        max(actual_value) as number
    from {{ ref('audit_indicator') }}
    where actual_value is not null
        and coalesce(actual_unit, target_unit, '') <> '%'
        and report_id in (select paired.report_id from paired)
    group by report_id, scope, project_key, level2, level3
),

compared as (
    select
        {{ jixiao.audit_pair_columns() }},
        count(*) as facts,
        sum(case when amount.number = before.number then 1 else 0 end) as equal
    from amount
    inner join {{ ref('audit_neighbour') }} as neighbour
        on amount.report_id = neighbour.report_id and neighbour.relation = 'year_before'
    inner join amount as before
        on neighbour.other_id = before.report_id and amount.fact = before.fact
    group by {{ jixiao.audit_pair_columns() }}
)

select
    {{ jixiao.audit_finding(
        rule='P13', at='compared',
        subject="'疑为上年文本'",
        stated=jixiao.ratio('compared.equal', 'compared.facts'), expected='null', unit="'ratio'", difference='null',
        message="'与' || compared.other_year || '年报告可比的' || compared.facts || '个数值中有' || compared.equal
            || '个完全相同，疑为沿用上年文本。'"
    ) }}
from compared
where compared.facts >= 8
    and compared.equal >= 0.9 * compared.facts
