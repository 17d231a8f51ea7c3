-- Every place where a figure is stated, in yuan, ratios, points or heads, with the key of the fact
-- row it belongs to. Nothing is chosen here. What the audit asks of every mention is worked out here,
-- once: mention_no (a number that stands for mention_id within one build), place_key (its table or
-- sentence), number (the value, narrow) and scale (digits after the point, as printed; a trailing zero
-- counts where the cell shows it; nothing is exactly nothing).
{{ config(**jixiao.by_report()) }}

with unit as (
    select
        unit,
        max(dimension) as dimension,
        max(factor) as factor
    from {{ ref('unit_word') }}
    group by unit
),

figure as (
    select
        figure.*,
        report.unit_id,
        report.fiscal_year,
        measure.kind,
        measure.fact_table,
        -- What a figure without a year is about: the year of the report.
        coalesce(figure.amount_year, report.fiscal_year) as figure_year,
        case
            when measure.kind = 'money'
                then case when unit.dimension = 'money' then unit.factor end
            when measure.kind = 'ratio'
                then case
                        when unit.dimension = 'ratio' then unit.factor
                        -- A rate without a sign: 96.3 can only be a percentage, 0.963 only a ratio.
                        when figure.printed_unit is null and abs(figure.printed_value) > 2 then 0.01
                        when figure.printed_unit is null then 1
                    end
            when measure.kind = 'count'
                then case
                        when starts_with(figure.printed_unit, '亿') then 100000000
                        when starts_with(figure.printed_unit, '万') then 10000
                        when starts_with(figure.printed_unit, '千') then 1000
                        else 1
                    end
            when measure.kind = 'points' then 1
        end as factor
    from {{ ref('stg_figure') }} as figure
    inner join {{ jixiao.due(ref('int_report')) }} as report on figure.report_id = report.report_id
    inner join {{ ref('measure') }} as measure
        on figure.family = measure.family and figure.measure = measure.measure
    left join unit on figure.printed_unit = unit.unit
    where figure.printed_value is not null or figure.value_text is not null
),

keyed as (
    select
        *,
        case
            -- Nothing is nothing in every unit.
            when printed_value = 0 then cast(0 as decimal(38, 10))
            else cast(printed_value * cast(factor as decimal(13, 4)) as decimal(38, 10))
        end as value,
        case when kind = 'text' then value_text end as choice_text,
        -- Sheets, rates and points are the report's own year whatever else it mentions.
        case when family in ('revenue', 'expense', 'balance') then figure_year end as key_year,
        case when scope = 'project' then project_name end as key_project,
        case when family = 'expense' then coalesce(basis, 'actual') end as key_basis
    from figure
)

select
    report_id || '-' || cast(figure_seq as {{ dbt.type_string() }}) as mention_id,
    report_id,
    unit_id,
    fiscal_year,
    figure_seq,
    fact_table,
    family,
    scope,
    key_project as project_name,
    item,
    key_basis as basis,
    figure_year as amount_year,
    measure,
    kind,
    value,
    choice_text as value_text,
    printed_value,
    printed_unit,
    cast(coalesce(factor, 1) as decimal(13, 4)) as factor,
    unit_source,
    is_table,
    is_approximate,
    compared_word,
    list_id,
    list_role,
    correction_id,
    source_page,
    source_table,
    source_row,
    source_col,
    source_bbox,
    source_path,
    source_text,
    cell_text,
    {{ jixiao.hash_key([
        'report_id', 'family', 'scope', 'key_project', 'item', 'key_basis', 'key_year'
    ]) }} as fact_key,
    {{ jixiao.int_key(['report_id', 'figure_seq']) }} as mention_no,
    case
        when source_table is not null then cast(source_table as bigint)
        else {{ jixiao.int_key([
            "coalesce(source_text, report_id || '-' || cast(figure_seq as " ~ dbt.type_string() ~ "))"
        ]) }}
    end as place_key,
    -- Division of large decimals is dear, and most amounts are in 万元.
    case
        when value is null then null
        when coalesce(factor, 1) = 1 then cast(printed_value as decimal(24, 6))
        when factor = 10000 then cast(printed_value * 10000 as decimal(24, 6))
        else cast(value as decimal(24, 6))
    end as number,
    case
        when kind not in ('money', 'ratio') then null
        else greatest(
                case
                    when printed_value = 0 then 2
                    else length(split_part({{ jixiao.audit_number('printed_value', short=true) }}, '.', 2))
                end,
                case
                    when is_table and strpos(cell_text, '.') > 0
                        then length(coalesce(regexp_extract(cell_text, '^[^.]*[0-9]\.([0-9]+)[^.]*$', 1), ''))
                    else 0
                end
            )
    end as scale,
    -- Facts that have one row whatever the year take the report's own year. Headcounts and assets
    -- take the latest one where the own year is not stated.
    case
        when family in ('revenue', 'expense', 'balance') then true
        when family in ('personnel', 'asset')
            then figure_year = max(
                    case when figure_year <= fiscal_year then figure_year end
                ) over (partition by report_id, family, scope, key_project, item, measure)
        else figure_year = fiscal_year
    end as is_candidate
from keyed
where (value is not null or choice_text is not null)
    and (scope = 'department' or key_project is not null)
