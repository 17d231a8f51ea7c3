-- Evidence that extraction found in the text itself, its values in yuan, ratios or as printed. What it
-- is about is told in Chinese: the code of an item gives way to its name.
{% set decimals -%}
length(coalesce(split_part(
                trim(trailing '0' from cast(cast(statement.stated_value as decimal(24, 6)) as {{ dbt.type_string() }})),
                '.', 2
            ), ''))
{%- endset %}

with unit as (
    select
        unit,
        max(dimension) as dimension,
        max(factor) as factor
    from {{ ref('unit_word') }}
    group by unit
),

item as (
    {{ jixiao.audit_item() }}
),

-- A code that several families have: the name among the funds says the least, 合计 and not 支出合计.
label as (
    select
        item,
        coalesce(max(case when family = 'budget' then name_zh end), min(name_zh)) as name_zh
    from item
    group by item
)

select
    statement.report_id,
    statement.statement_seq,
    statement.kind,
    statement.scope,
    statement.project_name,
    coalesce(label.name_zh, statement.subject) as subject,
    {{ jixiao.audit_quoted('coalesce(label.name_zh, statement.subject)') }} as quoted_subject,
    statement.detail,
    statement.related_text,
    statement.stated_value as printed_value,
    statement.value_unit as printed_unit,
    statement.source_page,
    statement.source_table,
    statement.source_row,
    statement.source_bbox,
    statement.source_path,
    statement.source_text,
    report.unit_id,
    report.fiscal_year,
    cast(case when unit.dimension in ('money', 'ratio') then unit.factor else 1 end as decimal(13, 4)) as factor,
    cast(
        statement.stated_value
        * cast(case when unit.dimension in ('money', 'ratio') then unit.factor else 1 end as decimal(13, 4))
        as decimal(24, 6)
    ) as stated_value,
    cast(
        statement.computed_value
        * cast(case when unit.dimension in ('money', 'ratio') then unit.factor else 1 end as decimal(13, 4))
        as decimal(24, 6)
    ) as computed_value,
    case unit.dimension
        when 'money' then 'cny'
        when 'ratio' then 'ratio'
        when 'points' then 'points'
        else statement.value_unit
    end as value_unit,
    -- Half a unit of the last printed digit.
    cast(
        case unit.dimension when 'money' then unit.factor when 'ratio' then unit.factor else 1 end
        * {{ jixiao.audit_half_digit(decimals) }}
        as decimal(24, 8)
    ) as slack,
    {{ jixiao.audit_number('statement.stated_value') }} || coalesce(statement.value_unit, '') as stated_words,
    {{ jixiao.audit_number('statement.computed_value') }} || coalesce(statement.value_unit, '') as computed_words
from {{ ref('stg_statement') }} as statement
inner join {{ ref('audit_report') }} as report on statement.report_id = report.report_id
left join unit on statement.value_unit = unit.unit
left join label on statement.subject = label.item
