-- R35 0 ≤ 得分 ≤ 分值, for indicator lines and the execution score. Bonus and penalty lines are free.
select
    {{ jixiao.audit_finding(
        rule='R35', at='indicator',
        subject='indicator.indicator_name',
        stated='indicator.score', expected='case when indicator.score < 0 then 0 else indicator.weight end', unit="'points'",
        message="indicator.quoted_name || '分值' || " ~ jixiao.audit_points('indicator.weight')
            ~ " || '，得分' || " ~ jixiao.audit_points('indicator.score') ~ " || '，超出范围。'"
    ) }}
from {{ ref('audit_indicator') }} as indicator
where not indicator.is_doubtful
    and (indicator.score > indicator.weight or (indicator.score < 0 and indicator.weight >= 0))
    and not regexp_matches(
        coalesce(indicator.level1, '') || coalesce(indicator.level2, '') || coalesce(indicator.level3, ''),
        '加分|扣分|减分|奖励分'
    )

union all

select
    {{ jixiao.audit_finding(
        rule='R35', figure='score',
        subject="'预算执行得分'",
        stated='execution.score', expected='case when execution.score < 0 then 0 else execution.weight end', unit="'points'",
        message="score.place_name || '预算执行分值' || " ~ jixiao.audit_points('execution.weight')
            ~ " || '，得分' || " ~ jixiao.audit_points('execution.score') ~ " || '，超出范围。'"
    ) }}
from {{ ref('audit_execution') }} as execution
inner join {{ ref('audit_figure') }} as score on execution.score_id = score.mention_id
where not execution.is_doubtful
    and (execution.score > execution.weight or execution.score < 0)
