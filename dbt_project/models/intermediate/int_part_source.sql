-- Where a part of an evaluation was read: its printed subtotal, else its first indicator line.
{{ config(**jixiao.by_report()) }}

with line as (
    {{ jixiao.line_source() }}
),

-- What the join below asks of one side is a column of that side: as a condition it would make a loop.
part as (
    select
        part.report_id,
        part.scope,
        part.project_name,
        part.level1_std,
        case when fact_row.fact_key is null then part.first_line end as line,
        {{ fact_source('fact_row') }}
    from {{ jixiao.due(ref('int_evaluation_part')) }} as part
    left join {{ ref('int_fact_row') }} as fact_row on part.stated_fact_key = fact_row.fact_key
)

select
    part.report_id,
    part.scope,
    part.project_name,
    part.level1_std,
    coalesce(part.source_page, line.source_page) as source_page,
    coalesce(part.source_table, line.source_table) as source_table,
    coalesce(part.source_row, line.source_row) as source_row,
    coalesce(part.source_bbox, line.source_bbox) as source_bbox,
    coalesce(part.source_path, line.source_path) as source_path,
    coalesce(part.source_text, line.source_text) as source_text
from part
left join line on part.report_id = line.report_id and part.line = line.line
