-- R49 资金来源明细之和 = 合计 in the fund block; R63 on target forms (预算数 = 财政资金 + 其他资金).
with figure as {{ jixiao.inlined() }} (
    select *
    from {{ ref('audit_figure') }}
    where family = 'budget'
        and measure in ('initial_budget', 'annual_budget', 'executed')
        and is_chosen
        and number is not null
),

added as (
    select
        column_key,
        place_key,
        count(*) as parts,
        sum(number) as number,
        sum(slack) as slack,
        sum(case when is_doubtful then 1 else 0 end) as doubts
    from figure
    where item <> 'total'
    group by column_key, place_key
),

wrong as (
    select
        whole.mention_id,
        whole.column_key,
        whole.place_key,
        added.number
    from figure as whole
    inner join added on whole.column_key = added.column_key and whole.place_key = added.place_key
    where whole.item = 'total'
        and added.doubts = 0
        and not whole.is_doubtful
        and abs(whole.number - added.number) > greatest(added.slack, 2 * whole.slack)
        -- A sentence that names one source need not name all.
        and (whole.source_table is not null or added.parts > 1 or added.number > whole.number)
),

-- How the parts are printed is put together for the few that do not add up.
words as (
    select
        figure.column_key,
        figure.place_key,
        {{ jixiao.audit_join('figure.item_name || figure.printed', '＋', 'figure.figure_seq') }} as printed
    from figure
    inner join wrong on figure.column_key = wrong.column_key and figure.place_key = wrong.place_key
    where figure.item <> 'total'
    group by figure.column_key, figure.place_key
)

select
    {{ jixiao.audit_finding(
        rule='R49', figure='whole',
        rule_sql="case when report.report_kind = 'budget_target' then 'R63' else 'R49' end",
        subject=jixiao.audit_stage_name('whole.measure'),
        stated='whole.number', expected='wrong.number', unit="'cny'",
        message="whole.place_name || " ~ jixiao.audit_stage_name('whole.measure') ~ "
            || '合计' || whole.printed || '，其中' || words.printed || '，合计' || "
            ~ jixiao.audit_wan('wrong.number') ~ " || '，相差' || "
            ~ jixiao.audit_wan('abs(whole.number - wrong.number)') ~ " || '。'"
    ) }}
from figure as whole
inner join wrong on whole.mention_id = wrong.mention_id
inner join words on wrong.column_key = words.column_key and wrong.place_key = words.place_key
inner join {{ ref('audit_report') }} as report on whole.report_id = report.report_id
