-- R37 所印各部分得分之和 = 所印总分: only where every scored part prints a subtotal.
with stated as (
    select
        report_id,
        scope,
        project_key,
        count(*) as parts,
        sum(number) as number,
        max(case when item = 'budget_execution' then 1 else 0 end) as holds_execution,
        max(case when is_doubtful then 1 else 0 end) as doubts,
        {{ jixiao.audit_join(jixiao.audit_number('number', 4), '＋', 'figure_seq') }} as printed
    from {{ ref('audit_figure') }}
    where is_chosen and family = 'evaluation_part' and measure = 'score' and number is not null
    group by report_id, scope, project_key
),

scored_part as (
    select
        report_id,
        scope,
        project_key,
        count(distinct level1_std) as parts
    from {{ ref('audit_indicator') }}
    where score is not null
    group by report_id, scope, project_key
)

select
    {{ jixiao.audit_finding(
        rule='R37', at='scored',
        subject="'总分'",
        stated='scored.total_score_stated', expected='stated.number', unit="'points'",
        message="'所印各部分得分' || stated.printed || '相加为' || " ~ jixiao.audit_points('stated.number')
            ~ " || '，印刷总分为' || " ~ jixiao.audit_points('scored.total_score_stated') ~ " || '。'"
    ) }}
from {{ ref('audit_scored') }} as scored
inner join stated
    on scored.report_id = stated.report_id
        and scored.scope = stated.scope
        and scored.project_key = stated.project_key
inner join scored_part
    on scored.report_id = scored_part.report_id
        and scored.scope = scored_part.scope
        and scored.project_key = scored_part.project_key
where scored.total_score_stated is not null
    and stated.doubts = 0
    and not scored.is_doubtful
    and stated.parts - stated.holds_execution = scored_part.parts
    and abs(
        scored.total_score_stated - stated.number
        - case
            when stated.holds_execution = 1 or scored.holds_execution then 0
            else coalesce(scored.execution_score, 0)
        end
    ) > 0.05
