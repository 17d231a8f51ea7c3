select
    expense_item,
    name_zh,
    name_en,
    parent_item,
    classification_code,
    sort_order
from {{ ref('expense_item') }}
order by sort_order
