{{ config(**jixiao.by_report()) }}

with pivoted as (
    select
        fact_key,
        {{ jixiao.as_cny(measured('amount')) }} as amount_cny
    from {{ jixiao.due(ref('int_figure')) }}
    where family = 'asset'
    group by fact_key
)

select
    {{ fact_head('fact_row', project=false) }}
    fact_row.item as asset_item,
    fact_row.amount_year as as_of_year,
    pivoted.amount_cny,
    {{ fact_source('fact_row') }}
from {{ ref('int_fact_row') }} as fact_row
inner join pivoted on fact_row.fact_key = pivoted.fact_key
where fact_row.scope = 'department'
order by fact_row.fact_key
