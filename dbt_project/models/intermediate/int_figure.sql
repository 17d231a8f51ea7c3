-- The chosen figures: one row per fact row and measure.
{{ config(**jixiao.by_report()) }}

select
    mention.*,
    choice.choice_reason
from {{ jixiao.due(ref('int_mention')) }} as mention
inner join {{ ref('int_mention_choice') }} as choice
    on mention.mention_id = choice.mention_id and choice.is_chosen
