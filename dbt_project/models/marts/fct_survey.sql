{{ config(**jixiao.by_report()) }}

with pivoted as (
    select
        fact_key,
        {{ jixiao.as_count(measured('sent')) }} as sent,
        {{ jixiao.as_count(measured('satisfied')) }} as satisfied,
        {{ jixiao.as_ratio(measured('satisfaction_rate')) }} as satisfaction_rate,
        {{ jixiao.as_ratio(measured('weight')) }} as weight
    from {{ jixiao.due(ref('int_figure')) }}
    where family = 'survey'
    group by fact_key
)

select
    {{ fact_head('fact_row') }}
    fact_row.item as respondent_group,
    pivoted.sent,
    pivoted.satisfied,
    pivoted.satisfaction_rate,
    pivoted.weight,
    {{ fact_source('fact_row') }}
from {{ ref('int_fact_row') }} as fact_row
inner join pivoted on fact_row.fact_key = pivoted.fact_key
order by fact_row.fact_key
