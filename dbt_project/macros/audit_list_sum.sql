{#- "A total equals the parts listed with it", place by place: the parts must stand in the same table
    or the same list of a sentence as the total, as printed there. One part alone may be an extract
    (其中), so it only must not exceed the total; two or more must add up, except where `open` says
    that the list need not be complete, and then their shortfall is information.

    rule, family, whole, parts  as in audit_sum
    measures                    figures of one measure are added up
    when                        SQL over `whole` and `added` -#}
{% macro audit_list_sum(rule, family, whole, parts, measures=['amount'], open=false, severity=none, when='true', tolerance='0') -%}
with figure as {{ jixiao.inlined() }} (
    select
        *,
        {{ jixiao.int_key(['column_key', 'case when source_table is null then list_id end',
            'case when source_table is not null or list_id is null then place_key end']) }} as place
    from {{ ref('audit_figure') }}
    where family = '{{ family }}'
        and item in ('{{ ([whole] + parts) | join("', '") }}')
        and measure in ('{{ measures | join("', '") }}')
        and is_candidate
        and number is not null
),

-- One mention of an item a place: the first.
first_mention as (
    select
        mention_id,
        column_key,
        place_key,
        place,
        item,
        figure_seq,
        number,
        slack,
        is_doubtful,
        is_partly_read,
        row_number() over (partition by place, item order by figure_seq) as nth
    from figure
),

added as (
    select
        place,
        count(*) as parts,
        sum(number) as number,
        sum(slack) as slack,
        sum(case when is_doubtful then 1 else 0 end) as doubts,
        max(case when is_partly_read then 1 else 0 end) = 1 as is_partly_read
    from first_mention
    where nth = 1 and item in ('{{ parts | join("', '") }}')
    group by place
),

-- Parts of the same sentence that stand behind its list: “…；上年结转2万元”.
behind as (
    select
        column_key,
        place_key,
        sum(number) as number
    from figure
    where source_table is null
        and list_id is null
        and item in ('{{ parts | join("', '") }}')
    group by column_key, place_key
),

wrong as (
    select
        whole.mention_id,
        whole.place,
        added.number
    from first_mention as whole
    inner join added on whole.place = added.place
    left join behind on whole.column_key = behind.column_key and whole.place_key = behind.place_key
    where whole.nth = 1
        and whole.item = '{{ whole }}'
        and added.doubts = 0
        and not whole.is_doubtful
        and abs(whole.number - added.number) > greatest(added.slack, 2 * whole.slack, {{ tolerance }})
        and (added.parts > 1 or added.number > whole.number)
        and abs(whole.number - added.number - coalesce(behind.number, 0))
        > greatest(added.slack, 2 * whole.slack, {{ tolerance }})
        -- An amount of the sentence that was not read may be the missing part.
        and not (added.number < whole.number and (added.is_partly_read or whole.is_partly_read))
        and {{ when }}
),

-- How the parts are printed is put together for the few that do not add up.
words as (
    select
        first_mention.place,
        {{ jixiao.audit_join("figure.item_name || figure.printed", '＋', 'figure.figure_seq') }} as printed
    from first_mention
    inner join figure on first_mention.mention_id = figure.mention_id
    where first_mention.nth = 1
        and first_mention.item in ('{{ parts | join("', '") }}')
        and first_mention.place in (select wrong.place from wrong)
    group by first_mention.place
)

select
    {{ jixiao.audit_finding(
        rule=rule, figure='whole',
        severity=("case when wrong.number < whole.number then 'info' end" if open else severity),
        subject="whole.item_name",
        stated='whole.number', expected='wrong.number', unit="'cny'",
        message="whole.place_name || whole.item_name || whole.printed || '，其中' || words.printed || '，合计'
            || " ~ jixiao.audit_wan('wrong.number') ~ " || '，相差' || "
            ~ jixiao.audit_wan('abs(whole.number - wrong.number)') ~ " || '。'"
    ) }}
from figure as whole
inner join wrong on whole.mention_id = wrong.mention_id
inner join words on wrong.place = words.place
{%- endmacro %}
