-- R33 分值 of the lines under a level 1 add up to the weight printed with it.
with part_weight as (
    select
        report_id,
        scope,
        project_key,
        item,
        max(number) as number
    from {{ ref('audit_figure') }}
    where is_chosen and family = 'evaluation_part' and measure = 'weight' and not is_doubtful
    group by report_id, scope, project_key, item
),

level as (
    select
        report_id,
        scope,
        project_key,
        min(project_name) as project_name,
        indicator_table,
        level1_std,
        min(level1) as level1,
        max(level1_weight) as printed_weight,
        count(distinct level1_weight) as printed_weights,
        sum(weight) as weight,
        sum(case when weight is null then 1 else 0 end) as unweighted,
        max(case when is_doubtful then 1 else 0 end) as doubts,
        min(source_page) as source_page,
        min(source_table) as source_table,
        min(source_row) as source_row,
        min(source_bbox) as source_bbox,
        min(source_path) as source_path,
        min(source_text) as source_text
    from {{ ref('audit_indicator') }}
    where level1_std is not null
    group by report_id, scope, project_key, indicator_table, level1_std, level1
),

declared as (
    select
        level.*,
        coalesce(level.printed_weight, part_weight.number) as declared_weight
    from level
    left join part_weight
        on level.report_id = part_weight.report_id
            and level.scope = part_weight.scope
            and level.project_key = part_weight.project_key
            and level.level1_std = part_weight.item
),

wrong as (
    select *
    from declared
    where doubts = 0
        and unweighted = 0
        and printed_weights <= 1
        and weight <> declared_weight
),

-- How the weights are printed is put together for the few that do not add up.
words as (
    select
        line.report_id,
        line.scope,
        line.project_key,
        line.indicator_table,
        line.level1_std,
        line.level1,
        {{ jixiao.audit_join(jixiao.audit_number('line.weight', 4), '＋', 'line.indicator_seq') }} as printed
    from {{ ref('audit_indicator') }} as line
    where line.level1_std is not null and line.report_id in (select wrong.report_id from wrong)
    group by line.report_id, line.scope, line.project_key, line.indicator_table, line.level1_std, line.level1
)

select
    {{ jixiao.audit_finding(
        rule='R33', at='wrong',
        subject="wrong.level1 || '分值'",
        stated='wrong.declared_weight', expected='wrong.weight', unit="'points'",
        message="'“' || wrong.level1 || '”印为' || " ~ jixiao.audit_points('wrong.declared_weight')
            ~ " || '，所属各项分值（' || words.printed || '）合计' || "
            ~ jixiao.audit_points('wrong.weight') ~ " || '。'"
    ) }}
from wrong
inner join words
    on wrong.report_id = words.report_id
        and wrong.scope = words.scope
        and wrong.project_key = words.project_key
        and wrong.indicator_table = words.indicator_table
        and wrong.level1_std = words.level1_std
        and coalesce(wrong.level1, '') = coalesce(words.level1, '')
