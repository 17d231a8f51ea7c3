{{ config(**jixiao.by_report()) }}

with pivoted as (
    select
        fact_key,
        {{ jixiao.as_cny(measured('amount')) }} as amount_cny
    from {{ jixiao.due(ref('int_figure')) }}
    where family = 'balance'
    group by fact_key
)

select
    {{ fact_head('fact_row') }}
    fact_row.item as balance_item,
    fact_row.amount_year,
    pivoted.amount_cny,
    {{ fact_source('fact_row') }}
from {{ ref('int_fact_row') }} as fact_row
inner join pivoted on fact_row.fact_key = pivoted.fact_key
order by fact_row.fact_key
