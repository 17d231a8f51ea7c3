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
        {{ jixiao.audit_join(jixiao.audit_number('weight', 4), '＋', 'indicator_seq') }} as printed,
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
)

select
    {{ jixiao.audit_finding(
        rule='R33', at='declared',
        subject="declared.level1 || '分值'",
        stated='declared.declared_weight', expected='declared.weight', unit="'points'",
        message="'“' || declared.level1 || '”印为' || " ~ jixiao.audit_points('declared.declared_weight')
            ~ " || '，所属各项分值（' || declared.printed || '）合计' || "
            ~ jixiao.audit_points('declared.weight') ~ " || '。'"
    ) }}
from declared
where declared.doubts = 0
    and declared.unweighted = 0
    and declared.printed_weights <= 1
    and declared.weight <> declared.declared_weight
