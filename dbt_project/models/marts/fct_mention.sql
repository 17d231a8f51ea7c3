{{ config(**jixiao.by_report()) }}

select
    mention.mention_id,
    mention.fact_table,
    mention.fact_key,
    mention.report_id,
    mention.unit_id,
    mention.fiscal_year,
    mention.scope,
    mention.project_name,
    mention.item,
    mention.basis,
    mention.amount_year,
    mention.measure,
    case when mention.kind = 'money' then {{ jixiao.as_cny('mention.value') }} end as amount_cny,
    case
        when mention.kind <> 'money' then {{ jixiao.fit('mention.value', 'decimal(24, 6)', '100000000000000000') }}
    end as value,
    mention.value_text,
    mention.printed_value as value_printed,
    mention.printed_unit as unit_printed,
    mention.unit_source,
    mention.is_table,
    mention.is_approximate,
    coalesce(choice.is_chosen, false) as is_chosen,
    coalesce(choice.choice_reason, 'other year') as choice_reason,
    mention.correction_id,
    {{ fact_source('mention') }},
    mention.source_col,
    mention.cell_text
from {{ jixiao.due(ref('int_mention')) }} as mention
left join {{ ref('int_mention_choice') }} as choice on mention.mention_id = choice.mention_id
order by mention.report_id, mention.figure_seq
