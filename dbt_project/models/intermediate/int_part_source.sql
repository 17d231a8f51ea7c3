-- Where a part of an evaluation was read: its printed subtotal, else its first indicator line.
{{ config(**jixiao.by_report()) }}

with line as (
    select
        report_id,
        indicator_table * 100000 + indicator_seq as line,
        {{ fact_source('indicator') }}
    from {{ ref('int_indicator') }} as indicator
)

select
    part.report_id,
    part.scope,
    part.project_name,
    part.level1_std,
    coalesce(fact_row.source_page, line.source_page) as source_page,
    coalesce(fact_row.source_table, line.source_table) as source_table,
    coalesce(fact_row.source_row, line.source_row) as source_row,
    coalesce(fact_row.source_bbox, line.source_bbox) as source_bbox,
    coalesce(fact_row.source_path, line.source_path) as source_path,
    coalesce(fact_row.source_text, line.source_text) as source_text
from {{ jixiao.due(ref('int_evaluation_part')) }} as part
left join {{ ref('int_fact_row') }} as fact_row on part.stated_fact_key = fact_row.fact_key
left join line
    on fact_row.fact_key is null
        and part.report_id = line.report_id
        and part.first_line = line.line
