-- The mentions of figures that this run audits, with what is dear to work out: whether a mention is the
-- chosen one, in doubt, the only one; the column it stands in (same scope, project, basis, year and
-- measure); how many decimals it is printed with. What a sentence says beyond what was read of it is told
-- too: an amount that found no field may be the missing part of a sum (is_partly_read), a list may
-- belong to a whole that was not read (is_orphan), and a sentence may speak of a project without naming
-- it (is_named). Rules read audit_figure, which adds what follows from a row alone. A million indicator
-- lines have four million of these rows: words, and places that only a finding needs, stay where they
-- are, and mention_id and fact_key are numbers here.
{{ config(materialized='table') }}

with item as (
    {{ jixiao.audit_item() }}
),

-- Keys of the joins below are numbers, and columns: text of every mention carried through a join is
-- what costs most, and a condition on one side of an outer join makes it a loop.
doubtful as (
    select mention.mention_no
    from {{ ref('int_mention') }} as mention
    inner join {{ ref('audit_doubt') }} as doubt
        on mention.report_id = doubt.report_id
            and mention.source_table = doubt.source_table
            and coalesce(mention.source_row, 0) between doubt.first_row and doubt.last_row
    union
    select mention.mention_no
    from {{ ref('int_mention') }} as mention
    inner join {{ ref('audit_doubt') }} as doubt
        on mention.report_id = doubt.report_id and mention.source_text = doubt.source_text
    where mention.source_table is null and doubt.source_table is null
),

-- A sentence that prints more amounts of money than were read of it.
partly_read as (
    select {{ jixiao.int_key(['mention.report_id', 'mention.place_key']) }} as sentence_no
    from {{ ref('int_mention') }} as mention
    inner join {{ ref('audit_report') }} as report on mention.report_id = report.report_id
    where mention.source_table is null and mention.kind = 'money'
    group by {{ jixiao.int_key(['mention.report_id', 'mention.place_key']) }}
    having
        count(*) < {{ jixiao.count_matches('min(mention.source_text)', '[0-9][0-9,]*([.][0-9]+)?[余多]?[亿万千百]?元') }}
),

-- The whole that a list of a sentence begins with.
list_head as (
    select
        mention.report_id,
        mention.list_id,
        mention.item,
        mention.number,
        row_number() over (partition by mention.report_id, mention.list_id order by mention.figure_seq) as nth
    from {{ ref('int_mention') }} as mention
    where mention.list_role = 'parent' and mention.list_id is not null
),

list_parent as (
    select *
    from list_head
    where nth = 1
),

alias as (
    select
        report_id,
        project_name,
        {{ jixiao.split_rows('aliases', '；') }} as word
    from {{ ref('stg_project') }}
    where aliases is not null
),

told_of_project as (
    select
        mention_no,
        report_id,
        project_name,
        replace(source_text, ' ', '') as sentence
    from {{ ref('int_mention') }}
    where scope = 'project' and source_table is null
),

named as (
    select mention_no
    from told_of_project
    where strpos(sentence, replace(project_name, ' ', '')) > 0
    union
    select told_of_project.mention_no
    from told_of_project
    inner join alias
        on told_of_project.report_id = alias.report_id and told_of_project.project_name = alias.project_name
    where length(alias.word) > 1 and strpos(told_of_project.sentence, replace(alias.word, ' ', '')) > 0
),

-- An amount printed without decimals among amounts with two is exact: 5 beside 477.85 is 5.00.
place as (
    select
        {{ jixiao.int_key(['mention.report_id', 'mention.place_key', 'mention.factor']) }} as place_no,
        max(mention.scale) as scale
    from {{ ref('int_mention') }} as mention
    inner join {{ ref('audit_report') }} as report on mention.report_id = report.report_id
    where mention.kind = 'money'
    group by {{ jixiao.int_key(['mention.report_id', 'mention.place_key', 'mention.factor']) }}
),

mention as (
    select
        mention.*,
        case
            when mention.kind = 'money'
                then {{ jixiao.int_key(['mention.report_id', 'mention.place_key', 'mention.factor']) }}
        end as place_no,
        case
            when mention.source_table is null then {{ jixiao.int_key(['mention.report_id', 'mention.place_key']) }}
        end as sentence_no,
        case when mention.list_role = 'part' then mention.list_id end as part_list
    from {{ ref('int_mention') }} as mention
    inner join {{ ref('audit_report') }} as report on mention.report_id = report.report_id
),

choice as (
    select
        mention_no,
        is_chosen,
        choice_reason <> 'only' as is_repeated
    from {{ ref('int_mention_choice') }}
),

measured as (
    select
        mention.*,
        coalesce(choice.is_chosen, false) as is_chosen,
        coalesce(choice.is_repeated, false) as is_repeated,
        doubtful.mention_no is not null as is_doubtful,
        partly_read.sentence_no is not null as is_partly_read,
        list_parent.item as parent_item,
        list_parent.number as parent_number,
        named.mention_no is not null as names_project,
        coalesce(place.scale, mention.scale) as printed_scale
    from mention
    left join choice on mention.mention_no = choice.mention_no
    left join doubtful on mention.mention_no = doubtful.mention_no
    left join place on mention.place_no = place.place_no
    left join partly_read on mention.sentence_no = partly_read.sentence_no
    left join list_parent
        on mention.report_id = list_parent.report_id
            and mention.part_list = list_parent.list_id
    left join named on mention.mention_no = named.mention_no
)

select
    measured.mention_no as mention_id,
    measured.report_id,
    measured.fiscal_year,
    measured.figure_seq,
    measured.family,
    measured.project_name,
    measured.item,
    measured.basis,
    measured.amount_year,
    measured.measure,
    {{ jixiao.int_key(['measured.fact_key']) }} as fact_key,
    measured.number,
    measured.value_text,
    measured.printed_value,
    measured.printed_unit,
    measured.factor,
    measured.is_table,
    measured.is_approximate,
    measured.is_candidate,
    measured.is_chosen,
    measured.is_repeated,
    measured.is_doubtful,
    measured.is_partly_read,
    coalesce(measured.list_role = 'part' and measured.parent_number is null, false) as is_orphan,
    measured.parent_item,
    measured.parent_number,
    measured.scope = 'department' or measured.source_table is not null or measured.names_project as is_named,
    measured.compared_word,
    measured.list_id,
    measured.list_role,
    measured.place_key,
    measured.source_table,
    measured.source_row,
    cast({{ jixiao.audit_kind_number('measured.kind') }} as smallint) as kind_number,
    cast(measured.printed_scale as smallint) as printed_scale,
    {{ jixiao.int_key([
        'measured.report_id', 'measured.family', 'measured.scope', 'measured.project_name', 'measured.basis',
        'measured.amount_year', 'measured.measure'
    ]) }} as column_key,
    coalesce(item.name_zh, measured.item, '') as item_name
from measured
left join item on measured.family = item.family and measured.item = item.item
-- Every rule asks for few families and items: sorted, it reads these and skips the rest.
order by measured.family, measured.measure, measured.item
