-- P06 指标设置的延续性: few level-3 names carried over from last year, or the same set re-weighted.
with line as (
    select
        report_id,
        scope,
        project_key,
        level3,
        max(weight) as weight
    from {{ ref('audit_indicator') }}
    where level3 is not null and scope = 'department'
    group by report_id, scope, project_key, level3
),

compared as (
    select
        {{ jixiao.audit_pair_columns() }},
        count(*) as indicators,
        sum(case when before.level3 is not null then 1 else 0 end) as kept,
        sum(case when before.weight <> line.weight then 1 else 0 end) as reweighted
    from line
    inner join {{ ref('audit_neighbour') }} as neighbour
        on line.report_id = neighbour.report_id and neighbour.relation = 'year_before'
    left join line as before
        on neighbour.other_id = before.report_id
            and line.scope = before.scope
            and line.level3 = before.level3
    where neighbour.other_id in (select known.report_id from line as known)
    group by {{ jixiao.audit_pair_columns() }}
)

select
    {{ jixiao.audit_finding(
        rule='P06', at='compared',
        subject="'绩效指标延续性'",
        stated=jixiao.ratio('compared.kept', 'compared.indicators'), expected='null', unit="'ratio'", difference='null',
        message="'本年' || compared.indicators || '项三级指标中，' || compared.kept || '项沿用' || compared.other_year || '年，'
            || compared.reweighted || '项分值有变。'"
    ) }}
from compared
where compared.indicators >= 5
    and (compared.kept < 0.3 * compared.indicators or (compared.kept = compared.indicators and compared.reweighted > 0))
