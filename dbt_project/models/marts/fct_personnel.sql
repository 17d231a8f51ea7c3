{{ config(**jixiao.by_report()) }}

with pivoted as (
    select
        fact_key,
        {{ jixiao.as_count(measured('headcount')) }} as headcount,
        {{ jixiao.as_ratio(measured('control_rate')) }} as control_rate_stated
    from {{ jixiao.due(ref('int_figure')) }}
    where family = 'personnel'
    group by fact_key
)

select
    {{ fact_head('fact_row', project=false) }}
    fact_row.item as staff_category,
    pivoted.headcount,
    pivoted.control_rate_stated,
    fact_row.amount_year as as_of_year,
    {{ fact_source('fact_row') }}
from {{ ref('int_fact_row') }} as fact_row
inner join pivoted on fact_row.fact_key = pivoted.fact_key
where fact_row.scope = 'department'
order by fact_row.fact_key
