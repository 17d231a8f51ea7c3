-- R13 “三公”经费合计 = 公务接待 + 公务用车 + 因公出国（境）. Every printed total is asked, also one that
-- another mention outvotes. A part that is not printed counts as nothing only upwards.
with figure as {{ jixiao.inlined() }} (
    select *
    from {{ ref('audit_figure') }}
    where family = 'expense'
        and item in ('three_public', 'reception', 'vehicle', 'vehicle_operation', 'vehicle_purchase', 'abroad')
        and measure = 'amount'
        and is_candidate
        and number is not null
),

part as (
    select
        column_key,
        max(case when item = 'reception' then number end) as reception,
        coalesce(
            max(case when item = 'vehicle' then number end),
            max(case when item = 'vehicle_operation' then number end)
            + coalesce(max(case when item = 'vehicle_purchase' then number end), 0),
            max(case when item = 'vehicle_purchase' then number end)
        ) as vehicle,
        max(case when item = 'abroad' then number end) as abroad,
        3 * max(slack) as slack,
        sum(case when is_doubtful then 1 else 0 end) as doubts
    from figure
    where is_chosen and item in ('reception', 'vehicle', 'vehicle_operation', 'vehicle_purchase', 'abroad')
    group by column_key
),

added as (
    select
        *,
        coalesce(reception, 0) + coalesce(vehicle, 0) + coalesce(abroad, 0) as number,
        reception is not null and vehicle is not null and abroad is not null as is_complete
    from part
),

whole as (
    select
        mention_id,
        column_key,
        number,
        slack,
        is_chosen,
        is_table,
        is_doubtful,
        row_number() over (partition by column_key, number order by figure_seq) as nth
    from figure
    where item = 'three_public' and not is_approximate
),

wrong as (
    select
        whole.mention_id,
        added.column_key,
        added.number
    from whole
    inner join added on whole.column_key = added.column_key
    where whole.nth = 1
        and (whole.is_chosen or whole.is_table)
        and added.doubts = 0
        and not whole.is_doubtful
        and (added.is_complete or added.number > whole.number)
        and abs(whole.number - added.number) > greatest(added.slack, 2 * whole.slack)
),

-- How the parts are printed is put together for the few that do not add up.
{{ jixiao.audit_words_of_parts(
    ['reception', 'vehicle', 'vehicle_operation', 'vehicle_purchase', 'abroad'], between='、'
) }}

select
    {{ jixiao.audit_finding(
        rule='R13', figure='whole',
        subject="'“三公”经费合计'",
        stated='whole.number', expected='wrong.number', unit="'cny'",
        message="whole.place_name || '“三公”经费合计' || whole.printed || '，而' || words.printed || '，合计'
            || " ~ jixiao.audit_wan('wrong.number') ~ " || '，相差' || "
            ~ jixiao.audit_wan('abs(whole.number - wrong.number)') ~ " || '。'"
    ) }}
from figure as whole
inner join wrong on whole.mention_id = wrong.mention_id
inner join words on wrong.column_key = words.column_key
