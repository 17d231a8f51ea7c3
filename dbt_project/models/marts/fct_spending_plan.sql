{{ config(**jixiao.by_report()) }}

with pivoted as (
    select
        fact_key,
        {{ jixiao.as_cny(measured('planned_cumulative')) }} as planned_cumulative_cny
    from {{ jixiao.due(ref('int_figure')) }}
    where family = 'spending_plan'
    group by fact_key
)

select
    {{ fact_head('fact_row') }}
    cast(fact_row.item as integer) as month_end,
    pivoted.planned_cumulative_cny,
    {{ fact_source('fact_row') }}
from {{ ref('int_fact_row') }} as fact_row
inner join pivoted on fact_row.fact_key = pivoted.fact_key
where fact_row.item in ('1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12')
order by fact_row.fact_key
