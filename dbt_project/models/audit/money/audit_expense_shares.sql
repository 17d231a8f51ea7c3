-- R08 占比 = 部分 ÷ 合计, and the shares of one list add up to 100%.
with share as (
    select
        *,
        sum(number) over (partition by column_key, place_key) as added_shares,
        sum(slack) over (partition by column_key, place_key) as added_slack,
        count(*) over (partition by column_key, place_key) as shares,
        row_number() over (partition by column_key, place_key order by figure_seq) as nth,
        max(case when is_doubtful then 1 else 0 end) over (partition by column_key, place_key) as doubts
    from {{ ref('audit_figure') }}
    where family = 'expense' and measure = 'share' and is_candidate and number is not null
),

-- The whole is what the parts with a share add up to.
amount as (
    select
        share.mention_id,
        share.column_key,
        share.place_key,
        figure.number,
        figure.slack,
        figure.printed,
        sum(figure.number) over (partition by share.column_key, share.place_key) as total,
        sum(figure.slack) over (partition by share.column_key, share.place_key) as total_slack,
        count(*) over (partition by share.column_key, share.place_key) as parts
    from share
    inner join {{ ref('audit_figure') }} as figure
        on share.fact_key = figure.fact_key and figure.measure = 'amount' and figure.is_chosen
    where share.shares > 1
)

select
    {{ jixiao.audit_finding(
        rule='R08', figure='share',
        subject="share.item_name || '占比'",
        stated='share.number', expected=jixiao.ratio('amount.number', 'amount.total'), unit="'ratio'",
        message="share.item_name || amount.printed || '，占比印为' || share.printed || '，按各项合计'
            || " ~ jixiao.audit_wan('amount.total') ~ " || '计算应为' || "
            ~ jixiao.audit_percent(jixiao.ratio('amount.number', 'amount.total')) ~ " || '。'"
    ) }}
from share
inner join amount on share.mention_id = amount.mention_id
where share.doubts = 0
    and amount.parts = share.shares
    -- Shares of a part of the whole do not add up to 100%; their base is not known then.
    and abs(share.added_shares - 1) < 0.02
    and abs(share.number - {{ jixiao.ratio('amount.number', 'amount.total') }})
    > share.slack + 0.000001 + 2 * amount.slack / nullif(amount.total, 0)

union all

-- Shares of amounts that are rounded themselves: 4.69 ＋ 40.61 ＋ 0.90 of 46.21.
select
    {{ jixiao.audit_finding(
        rule='R08', figure='share',
        subject="'占比合计'",
        stated='share.added_shares', expected='1', unit="'ratio'",
        message="'同一处所列' || share.shares || '项占比合计为' || "
            ~ jixiao.audit_percent('share.added_shares') ~ " || '，不等于100%。'"
    ) }}
from share
left join amount on share.mention_id = amount.mention_id
where share.nth = 1
    and share.doubts = 0
    and share.shares > 2
    and share.added_shares between 0.9 and 1.1
    and abs(share.added_shares - 1)
    > share.added_slack + 0.000001 + coalesce(2 * amount.total_slack / nullif(amount.total, 0), 0)
