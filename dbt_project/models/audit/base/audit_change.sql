-- Changes against the year before, one row per figure that prints one: current, previous, change and
-- rate, and the place that tells of it. Shared by the rules on yearly changes.
with stated as (
    select *
    from {{ ref('audit_figure') }}
    where is_chosen
        and family in ('expense', 'revenue')
        and number is not null
        and (measure in ('change', 'change_rate') or compared_word is not null)
),

told as (
    select distinct fact_key
    from stated
),

amount as (
    select *
    from {{ ref('audit_figure') }}
    where is_chosen and family in ('expense', 'revenue') and measure = 'amount' and number is not null
),

direction as (
    select
        wording,
        max(direction) as direction
    from {{ ref('direction_word') }}
    group by wording
)

select
    current_year.mention_id,
    current_year.report_id,
    current_year.scope,
    current_year.project_name,
    current_year.family,
    current_year.item,
    current_year.item_name,
    current_year.place_name,
    current_year.number,
    current_year.slack,
    {{ jixiao.audit_printed('current_year', 'current_year.kind') }} as printed,
    previous.mention_id as previous_id,
    previous.number as previous_number,
    previous.slack as previous_slack,
    case
        when previous.mention_id is not null then {{ jixiao.audit_printed('previous', 'previous.kind') }}
    end as previous_printed,
    previous.is_table as previous_in_table,
    change.mention_id as change_id,
    change.number as change_number,
    change.slack as change_slack,
    case
        when change.mention_id is not null then {{ jixiao.audit_printed('change', 'change.kind') }}
    end as change_printed,
    change.printed_unit as change_unit,
    change.printed_value as change_value,
    change.is_table as change_in_table,
    rate.mention_id as rate_id,
    rate.number as rate_number,
    rate.slack as rate_slack,
    case
        when rate.mention_id is not null then {{ jixiao.audit_printed('rate', 'rate.kind') }}
    end as rate_printed,
    coalesce(change.compared_word, rate.compared_word, current_year.compared_word) as compared_word,
    direction.direction,
    -- Where the change is told, else its rate, else the amount.
    coalesce(change.mention_id, rate.mention_id, current_year.mention_id) as place_id,
    -- A change of 38.27 元 that only fits its rate as 万元 is a misprinted unit, not a wrong sum.
    change.number is not null
    and rate.number is not null
    and rate.number <> 0
    and change.number <> 0
    and current_year.number <> 0
    and change.factor = 1
    and abs(
        {{ jixiao.ratio('abs(change.number) * 10000', 'abs(current_year.number - change.number * 10000)') }}
        - abs(rate.number)
    ) <= rate.slack + 0.0001 as is_unit_misprint,
    current_year.is_doubtful
    or coalesce(previous.is_doubtful, false)
    or coalesce(change.is_doubtful, false)
    or coalesce(rate.is_doubtful, false) as is_doubtful
from amount as current_year
inner join told on current_year.fact_key = told.fact_key
left join amount as previous
    on current_year.report_id = previous.report_id
        and current_year.family = previous.family
        and current_year.scope = previous.scope
        and current_year.project_key = previous.project_key
        and current_year.item = previous.item
        and coalesce(current_year.basis, '') = coalesce(previous.basis, '')
        and previous.amount_year = current_year.amount_year - 1
left join stated as change
    on current_year.fact_key = change.fact_key and change.measure = 'change'
left join stated as rate
    on current_year.fact_key = rate.fact_key and rate.measure = 'change_rate'
left join direction
    on coalesce(change.compared_word, rate.compared_word, current_year.compared_word) = direction.wording
where change.mention_id is not null
    or rate.mention_id is not null
    or current_year.compared_word is not null
