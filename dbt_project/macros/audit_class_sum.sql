{#- Personnel or public spending against its economic items: only where the items are those of basic
    spending (their list names it, or there is no project spending), because items of the whole
    spending also hold projects. Optional items may or may not be counted: one fitting sum is enough. -#}
{% macro audit_class_sum(rule, whole, parts, optional) -%}
with figure as {{ jixiao.inlined() }} (
    select *
    from {{ ref('audit_figure') }}
    where is_chosen
        and family = 'expense'
        and item in (
            'basic', 'project', 'personnel', 'public',
            'wages_benefits', 'goods_services', 'individual_family', 'capital', 'enterprise_subsidy', 'other_expense'
        )
        and measure = 'amount'
        and number is not null
),

basic_only as (
    select column_key
    from figure
    group by column_key
    having
        max(case when item = 'project' then number end) = 0
        or max(case when item = 'basic' and list_role = 'parent' then 1 else 0 end) = 1
        or abs(
            max(case when item = 'basic' then number end)
            - sum(case when item in ('wages_benefits', 'goods_services', 'individual_family', 'capital', 'enterprise_subsidy', 'other_expense') then number end)
        ) < 200
),

named_parent as (
    select distinct parent.column_key
    from {{ ref('audit_figure') }} as parent
    inner join {{ ref('audit_figure') }} as part
        on parent.column_key = part.column_key
            and parent.place_key = part.place_key
            and part.item = '{{ parts[0] }}'
    where parent.family = 'expense' and parent.item = 'basic' and parent.measure = 'amount'
        and parent.source_table is null
        and parent.figure_seq < part.figure_seq
),

added as (
    select
        column_key,
        sum(case when item in ('{{ parts | join("', '") }}') then number end) as number,
        sum(case when item in ('{{ parts | join("', '") }}') then 1 else 0 end) as required_parts,
        {% for item in optional %}
        coalesce(sum(case when item = '{{ item }}' then number end), 0) as option_{{ loop.index }},
        {% endfor %}
        sum(slack) as slack,
        sum(case when is_doubtful then 1 else 0 end) as doubts,
        {{ jixiao.audit_part_evidence(whole) }}
    from figure
    where item in ('{{ (parts + optional) | join("', '") }}')
    group by column_key
),

wrong as (
    select
        whole.mention_id,
        added.*
    from figure as whole
    inner join added on whole.column_key = added.column_key
    where whole.item = '{{ whole }}'
        and added.required_parts = {{ parts | length }}
        and added.doubts = 0
        and not whole.is_doubtful
        and {{ jixiao.audit_parts_belong('added', 'whole') }}
        and (
            whole.column_key in (select basic_only.column_key from basic_only)
            or whole.column_key in (select named_parent.column_key from named_parent)
        )
        {% for mask in range(2 ** (optional | length)) %}
        and abs(
            whole.number - added.number
            {%- for item in optional %}
            {%- if (mask // (2 ** loop.index0)) % 2 == 1 %} - added.option_{{ loop.index }}{% endif %}
            {%- endfor %}
        ) > greatest(added.slack, 2 * whole.slack)
        {% endfor %}
),

{{ jixiao.audit_words_of_parts(parts + optional) }}

select
    {{ jixiao.audit_finding(
        rule=rule, figure='whole',
        subject='whole.item_name',
        stated='whole.number',
        expected='wrong.number' ~ (' + wrong.option_1' if optional | length > 0 else '') ~ (' + wrong.option_2' if optional | length > 1 else '') ~ (' + wrong.option_3' if optional | length > 2 else ''),
        unit="'cny'",
        message="whole.place_name || whole.item_name || whole.printed || '，而' || words.printed || '，不相等。'"
    ) }}
from figure as whole
inner join wrong on whole.mention_id = wrong.mention_id
inner join words on wrong.column_key = words.column_key
{%- endmacro %}
