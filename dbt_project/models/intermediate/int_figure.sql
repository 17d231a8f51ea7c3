-- The chosen figures: one row per fact row and measure.
select
    mention.*,
    choice.choice_reason
from {{ ref('int_mention') }} as mention
inner join {{ ref('int_mention_choice') }} as choice
    on mention.mention_id = choice.mention_id and choice.is_chosen
