-- Every mention of a figure in one shape for the rules: value in yuan, ratio, points or heads; how it
-- was printed; half a unit of its last printed digit (slack); whether it is the chosen one; the
-- column it stands in (same scope, project, basis, year and measure) and the table or sentence.
{{ config(materialized='table') }}

with item as (
    select
        'expense' as family,
        expense_item as item,
        name_zh
    from {{ ref('expense_item') }}
    union all
    select
        'budget' as family,
        funding_source as item,
        name_zh
    from {{ ref('funding_source') }}
    union all
    select
        'revenue' as family,
        revenue_item as item,
        name_zh
    from {{ ref('revenue_item') }}
    union all
    select
        'personnel' as family,
        staff_category as item,
        name_zh
    from {{ ref('staff_category') }}
    union all
    select
        'asset' as family,
        asset_item as item,
        name_zh
    from {{ ref('asset_item') }}
    union all
    select
        'balance' as family,
        balance_item as item,
        name_zh
    from {{ ref('balance_item') }}
),

doubtful as (
    select distinct mention.mention_id
    from {{ ref('int_mention') }} as mention
    inner join {{ ref('audit_doubt') }} as doubt
        on mention.report_id = doubt.report_id
            and mention.source_table = doubt.source_table
            and coalesce(mention.source_row, 0) between doubt.first_row and doubt.last_row
    union
    select distinct mention.mention_id
    from {{ ref('int_mention') }} as mention
    inner join {{ ref('audit_doubt') }} as doubt
        on mention.report_id = doubt.report_id and mention.source_text = doubt.source_text
    where mention.source_table is null and doubt.source_table is null
),

measured as (
    select
        mention.mention_id,
        mention.report_id,
        mention.unit_id,
        mention.fiscal_year,
        mention.figure_seq,
        mention.family,
        mention.scope,
        mention.project_name,
        mention.item,
        mention.basis,
        mention.amount_year,
        mention.measure,
        mention.kind,
        mention.fact_key,
        mention.value_text,
        mention.printed_value,
        mention.printed_unit,
        mention.factor,
        mention.unit_source,
        mention.is_table,
        mention.is_approximate,
        mention.is_candidate,
        mention.compared_word,
        mention.list_id,
        mention.list_role,
        mention.source_page,
        mention.source_table,
        mention.source_row,
        mention.source_bbox,
        mention.source_path,
        mention.source_text,
        mention.cell_text,
        cast(mention.value as decimal(24, 6)) as number,
        coalesce(choice.is_chosen, false) as is_chosen,
        coalesce(mention.project_name, '') as project_key,
        doubtful.mention_id is not null as is_doubtful,
        case
            when mention.source_table is not null
                then 'T' || cast(mention.source_table as {{ dbt.type_string() }})
            else 'S' || md5(coalesce(mention.source_text, mention.mention_id))
        end as place_key,
        -- Digits after the point, as printed; a trailing zero counts where the cell shows it.
        greatest(
            -- Nothing is exactly nothing.
            case when mention.printed_value = 0 then 2 else 0 end,
            length(coalesce(split_part(
                trim(trailing '0' from cast(cast(mention.printed_value as decimal(24, 6)) as {{ dbt.type_string() }})),
                '.', 2
            ), '')),
            case
                when mention.is_table
                    then length(coalesce(regexp_extract(mention.cell_text, '^[^.]*[0-9]\.([0-9]+)[^.]*$', 1), ''))
                else 0
            end
        ) as own_scale
    from {{ ref('int_mention') }} as mention
    inner join {{ ref('audit_report') }} as report on mention.report_id = report.report_id
    left join {{ ref('int_mention_choice') }} as choice on mention.mention_id = choice.mention_id
    left join doubtful on mention.mention_id = doubtful.mention_id
),

-- An amount printed without decimals among amounts with two is exact: 5 beside 477.85 is 5.00.
scaled as (
    select
        *,
        case
            when kind = 'money'
                then max(own_scale) over (partition by report_id, place_key, kind, factor)
            else own_scale
        end as scale
    from measured
)

select
    scaled.mention_id,
    scaled.report_id,
    scaled.unit_id,
    scaled.fiscal_year,
    scaled.figure_seq,
    scaled.family,
    scaled.scope,
    scaled.project_name,
    scaled.project_key,
    scaled.item,
    scaled.basis,
    scaled.amount_year,
    scaled.measure,
    scaled.kind,
    scaled.fact_key,
    scaled.number,
    scaled.value_text,
    scaled.printed_value,
    scaled.printed_unit,
    scaled.factor,
    scaled.unit_source,
    scaled.is_table,
    scaled.is_approximate,
    scaled.is_candidate,
    scaled.is_chosen,
    scaled.is_doubtful,
    scaled.compared_word,
    scaled.list_id,
    scaled.list_role,
    scaled.place_key,
    scaled.source_page,
    scaled.source_table,
    scaled.source_row,
    scaled.source_bbox,
    scaled.source_path,
    scaled.source_text,
    scaled.cell_text,
    cast(case
        when scaled.kind in ('points', 'count', 'text') then 0
        else scaled.factor * case scaled.scale
                when 0 then 0.5
                when 1 then 0.05
                when 2 then 0.005
                when 3 then 0.0005
                else 0.00005
            end
    end as decimal(24, 8)) as slack,
    {{ jixiao.hash_key([
        'scaled.report_id', 'scaled.family', 'scaled.scope', 'scaled.project_name', 'scaled.basis',
        'scaled.amount_year', 'scaled.measure'
    ]) }} as column_key,
    coalesce(item.name_zh, scaled.item, '') as item_name,
    -- Whose figure it is, for the sentence: 项目“…” 2023年
    case when scaled.project_name is not null then '项目“' || scaled.project_name || '”' else '' end
    || case
        when scaled.amount_year <> scaled.fiscal_year
            then cast(scaled.amount_year as {{ dbt.type_string() }}) || '年'
        else ''
    end
    || case scaled.basis
        when 'budget_initial' then '年初预算'
        when 'budget_adjusted' then '调整后预算'
        when 'budget' then '预算'
        else ''
    end as place_name,
    case
        when scaled.kind = 'money'
            then {{ jixiao.audit_number('scaled.printed_value') }} || coalesce(scaled.printed_unit, '')
        when scaled.kind = 'ratio' then {{ jixiao.audit_percent('scaled.number', 4) }}
        else coalesce({{ jixiao.audit_number('scaled.printed_value') }}, scaled.value_text, '')
    end as printed
from scaled
left join item on scaled.family = item.family and scaled.item = item.item
