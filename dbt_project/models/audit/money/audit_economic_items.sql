-- R05 economic items of one list add up to the parent that the sentence names; in a table without a
-- named parent, to the total or to basic spending. Two items that fall short may be an extract.
with figure as {{ jixiao.inlined() }} (
    select
        *,
        {{ jixiao.int_key(['case when source_table is null then list_id end',
            'case when source_table is not null or list_id is null then place_key end']) }} as place
    from {{ ref('audit_figure') }}
    where family = 'expense'
        and item in (
            'basic', 'total', 'project',
            'wages_benefits', 'goods_services', 'individual_family', 'capital', 'enterprise_subsidy', 'other_expense'
        )
        and measure = 'amount'
        and is_candidate
        and number is not null
),

part as (
    select
        *,
        row_number() over (partition by column_key, place, item order by figure_seq) as nth
    from figure
    where item in (
            'wages_benefits', 'goods_services', 'individual_family', 'capital', 'enterprise_subsidy', 'other_expense'
        )
),

added as (
    select
        column_key,
        place,
        count(*) as parts,
        sum(number) as number,
        sum(slack) as slack,
        min(figure_seq) as first_part,
        max(is_table) as is_table,
        sum(case when is_doubtful then 1 else 0 end) as doubts,
        max(case when is_partly_read then 1 else 0 end) = 1 as is_partly_read
    from part
    where nth = 1
    group by column_key, place
),

-- The parent: of a list, its own; else the nearest basic or total printed before the items.
parent as (
    select
        figure.*,
        added.number as added_number,
        added.slack as added_slack,
        added.parts,
        added.is_table as in_table,
        added.is_partly_read as has_unread_part,
        row_number() over (
            partition by added.column_key, added.place
            order by
                case when figure.list_role = 'parent' then 0 else 1 end,
                case when figure.figure_seq < added.first_part then 0 else 1 end,
                abs(figure.figure_seq - added.first_part)
        ) as nth
    from added
    inner join figure
        on added.column_key = figure.column_key
            and added.place = figure.place
            and figure.item in ('basic', 'total', 'project')
    where added.parts >= 2 and added.doubts = 0
        -- 其中工资福利支出 …、商品和服务支出 …、项目支出 …: the last one is a part beside the others.
        and (added.is_table or figure.list_role is distinct from 'part' or figure.figure_seq < added.first_part)
),

-- Any other total of the same column that the items do add up to.
fitting as (
    select
        parent.column_key,
        parent.place,
        min(other.item_name || other.printed) as words
    from parent
    inner join figure as other
        on parent.column_key = other.column_key
            and other.item in ('basic', 'total', 'project')
            and parent.item <> other.item
            and abs(other.number - parent.added_number) <= greatest(parent.added_slack, 2 * other.slack)
    where parent.nth = 1
    group by parent.column_key, parent.place
),

wrong as (
    select
        parent.*,
        fitting.words as fitting_words
    from parent
    left join fitting on parent.column_key = fitting.column_key and parent.place = fitting.place
    where parent.nth = 1
        and not parent.is_doubtful
        and abs(parent.number - parent.added_number) > greatest(parent.added_slack, 2 * parent.slack)
        and not (parent.in_table and fitting.words is not null)
        -- An amount of the sentence that was not read may be the missing item.
        and not (parent.added_number < parent.number and (parent.has_unread_part or parent.is_partly_read))
),

-- How the items are printed is put together for the few that do not add up.
words as (
    select
        part.column_key,
        part.place,
        {{ jixiao.audit_join('part.printed', '＋', 'part.figure_seq') }} as printed
    from part
    inner join wrong on part.column_key = wrong.column_key and part.place = wrong.place
    where part.nth = 1
    group by part.column_key, part.place
)

select
    {{ jixiao.audit_finding(
        rule='R05', figure='wrong',
        severity="case when wrong.parts < 3 and wrong.added_number < wrong.number then 'info' end",
        subject="wrong.item_name",
        stated='wrong.number', expected='wrong.added_number', unit="'cny'",
        message="wrong.place_name || wrong.item_name || wrong.printed || '，所列“其中”' || wrong.parts || '项（'
            || words.printed || '）合计' || " ~ jixiao.audit_wan('wrong.added_number') ~ " || '，相差'
            || " ~ jixiao.audit_wan('abs(wrong.number - wrong.added_number)')
            ~ " || coalesce('，正好等于' || wrong.fitting_words, '') || '。'"
    ) }}
from wrong
inner join words on wrong.column_key = words.column_key and wrong.place = words.place
