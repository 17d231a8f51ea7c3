-- Fund blocks with a budget and an execution, one row per report, scope, project and source. Shared
-- by the rules on execution.
with figure as {{ jixiao.inlined() }} (
    select *
    from {{ ref('audit_figure') }}
    where is_chosen and family = 'budget' and number is not null
),

block as (
    select
        report_id,
        scope,
        project_key,
        item,
        min(project_name) as project_name,
        max(case when measure = 'annual_budget' then number end) as annual,
        max(case when measure = 'annual_budget' then slack end) as annual_slack,
        max(case when measure = 'executed' then number end) as executed,
        max(case when measure = 'executed' then slack end) as executed_slack,
        max(case when measure = 'execution_rate' then number end) as rate,
        max(case when measure = 'execution_rate' then slack end) as rate_slack,
        max(case when measure = 'execution_rate' then mention_id end) as rate_id,
        max(case when measure = 'weight' then number end) as weight,
        max(case when measure = 'score' then number end) as score,
        max(case when measure = 'score' then mention_id end) as score_id,
        max(case when is_doubtful then 1 else 0 end) = 1 as is_doubtful,
        -- Three figures of one row or one sentence; elsewhere they may be those of another matter.
        -- The first and the last place are one; counting different ones is dear.
        coalesce(
            min(case when measure in ('annual_budget', 'executed') then place_key end)
            = max(case when measure in ('annual_budget', 'executed') then place_key end),
            false
        ) as is_one_place,
        coalesce(
            min(case when measure in ('annual_budget', 'executed', 'execution_rate') then place_key end)
            = max(case when measure in ('annual_budget', 'executed', 'execution_rate') then place_key end),
            false
        ) as is_rate_beside
    from figure
    group by report_id, scope, project_key, item
)

select
    *,
    case when rate is not null then {{ jixiao.audit_percent('rate', 4) }} end as rate_printed,
    -- Division is dear: where nothing hangs on the rate of a source, it is left to who asks for it.
    case
        when is_one_place and (rate is not null or score is not null or item = 'total')
            then {{ jixiao.ratio('executed', 'annual') }}
    end as computed_rate,
    -- What rounding of the two printed amounts can move the rate.
    (coalesce(annual_slack, 0) + coalesce(executed_slack, 0)) / nullif(annual, 0) as computed_slack
from block
