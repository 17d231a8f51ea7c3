{{ config(**jixiao.by_report()) }}

with pivoted as (
    select
        fact_key,
        {{ jixiao.as_cny(measured('initial_budget')) }} as initial_budget_cny,
        {{ jixiao.as_cny(measured('adjustment')) }} as adjustment_cny,
        {{ jixiao.as_cny(measured('annual_budget')) }} as annual_budget_cny,
        {{ jixiao.as_cny(measured('executed')) }} as executed_cny,
        {{ jixiao.as_ratio(measured('execution_rate')) }} as execution_rate_stated,
        {{ jixiao.as_points(measured('weight')) }} as weight,
        {{ jixiao.as_points(measured('score')) }} as score
    from {{ jixiao.due(ref('int_figure')) }}
    where family = 'budget'
    group by fact_key
)

select
    {{ fact_head('fact_row') }}
    fact_row.item as funding_source,
    pivoted.initial_budget_cny,
    pivoted.adjustment_cny,
    pivoted.annual_budget_cny,
    pivoted.executed_cny,
    pivoted.execution_rate_stated,
    {{ jixiao.ratio('pivoted.executed_cny', 'pivoted.annual_budget_cny') }} as execution_rate,
    pivoted.weight,
    pivoted.score,
    {{ fact_source('fact_row') }}
from {{ ref('int_fact_row') }} as fact_row
inner join pivoted on fact_row.fact_key = pivoted.fact_key
order by fact_row.fact_key
