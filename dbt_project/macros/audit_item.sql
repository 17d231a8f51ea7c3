{#- Names of items in Chinese: a query of family, item, name_zh over the seeds that name them. -#}
{% macro audit_item() -%}
    {%- set names = [
        ('expense', 'expense_item', 'expense_item'), ('budget', 'funding_source', 'funding_source'),
        ('revenue', 'revenue_item', 'revenue_item'), ('personnel', 'staff_category', 'staff_category'),
        ('asset', 'asset_item', 'asset_item'), ('balance', 'balance_item', 'balance_item')
    ] -%}
    {% for family, seed, column in names -%}
    select
        '{{ family }}' as family,
        {{ column }} as item,
        name_zh
    from {{ ref(seed) }}
    {% if not loop.last %}union all
    {% endif %}
    {%- endfor %}
{%- endmacro %}

{#- Stages of the budget in Chinese, of a column that holds one of the three. -#}
{% macro audit_stage_name(measure) -%}
    case {{ measure }} when 'initial_budget' then '年初预算数' when 'annual_budget' then '全年预算数' else '全年执行数' end
{%- endmacro %}
