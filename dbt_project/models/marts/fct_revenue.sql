{{ config(**jixiao.by_report()) }}

with pivoted as (
    select
        fact_key,
        {{ jixiao.as_cny(measured('amount')) }} as amount_cny,
        {{ jixiao.as_cny(measured('change')) }} as change_stated_cny,
        {{ jixiao.as_ratio(measured('change_rate')) }} as change_rate_stated
    from {{ jixiao.due(ref('int_figure')) }}
    where family = 'revenue'
    group by fact_key
)

select
    {{ fact_head('fact_row', project=false) }}
    fact_row.item as revenue_item,
    fact_row.amount_year,
    pivoted.amount_cny,
    pivoted.change_stated_cny,
    pivoted.change_rate_stated,
    {{ fact_source('fact_row') }}
from {{ ref('int_fact_row') }} as fact_row
inner join pivoted on fact_row.fact_key = pivoted.fact_key
where fact_row.scope = 'department'
order by fact_row.fact_key
