{{ config(**jixiao.by_report()) }}

with pivoted as (
    select
        fact_key,
        {{ jixiao.as_cny(measured('amount')) }} as amount_cny,
        {{ jixiao.as_cny(measured('change')) }} as change_stated_cny,
        {{ jixiao.as_ratio(measured('change_rate')) }} as change_rate_stated,
        {{ jixiao.as_ratio(measured('share')) }} as share_stated
    from {{ jixiao.due(ref('int_figure')) }}
    where family = 'expense'
    group by fact_key
)

select
    {{ fact_head('fact_row') }}
    fact_row.item as expense_item,
    fact_row.basis,
    fact_row.amount_year,
    pivoted.amount_cny,
    pivoted.change_stated_cny,
    pivoted.change_rate_stated,
    pivoted.share_stated,
    {{ fact_source('fact_row') }}
from {{ ref('int_fact_row') }} as fact_row
inner join pivoted on fact_row.fact_key = pivoted.fact_key
order by fact_row.fact_key
