-- R43 自评预警: red where indicator scores run ahead of execution by more than 5%, yellow where more
-- than 20% of the budget is unspent.
with block as (
    select
        *,
        row_number() over (
            partition by report_id, scope, project_key
            order by case when score is not null then 0 else 1 end, case when item = 'total' then 0 else 1 end, item
        ) as nth
    from {{ ref('audit_execution') }}
    where is_one_place and annual > 0 and abs(executed) < annual * 999999 and not is_doubtful
),

execution as (
    select
        report_id,
        scope,
        project_key,
        annual,
        executed,
        coalesce(computed_rate, {{ jixiao.ratio('executed', 'annual') }}) as computed_rate
    from block
    where nth = 1
)

select
    {{ jixiao.audit_finding(
        rule='R43', at='scored',
        subject="'自评红色预警'",
        stated=jixiao.ratio('scored.indicator_score', 'scored.indicator_weight'),
        expected='least(1, execution.computed_rate)', unit="'ratio'",
        message="'绩效指标得分率' || "
            ~ jixiao.audit_percent(jixiao.ratio('scored.indicator_score', 'scored.indicator_weight'))
            ~ " || '，预算执行率仅' || " ~ jixiao.audit_percent('execution.computed_rate')
            ~ " || '，二者背离超过5%（红色预警）。'"
    ) }}
from {{ ref('audit_scored') }} as scored
inner join execution
    on scored.report_id = execution.report_id
        and scored.scope = execution.scope
        and scored.project_key = execution.project_key
where scored.indicator_weight > 0
    and scored.unscored_lines = 0
    and not scored.is_doubtful
    and (
        scored.indicator_score / scored.indicator_weight - least(1, execution.computed_rate)
    ) > 0.05 * scored.indicator_score / scored.indicator_weight

union all

select
    {{ jixiao.audit_finding(
        rule='R43', at='scored',
        subject="'自评黄色预警'",
        stated='execution.executed', expected='execution.annual', unit="'cny'",
        message="'全年预算数' || " ~ jixiao.audit_wan('execution.annual') ~ " || '，执行' || "
            ~ jixiao.audit_wan('execution.executed') ~ " || '，未执行' || "
            ~ jixiao.audit_percent('1 - execution.computed_rate') ~ " || '，超过20%（黄色预警）。'"
    ) }}
from {{ ref('audit_scored') }} as scored
inner join execution
    on scored.report_id = execution.report_id
        and scored.scope = execution.scope
        and scored.project_key = execution.project_key
where scored.indicator_score is not null
    and 1 - execution.computed_rate > 0.2
