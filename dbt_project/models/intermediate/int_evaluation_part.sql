-- The parts of an evaluation: weights and scores added up per first level, beside what is printed.
-- The execution rate of the funding block is a part of its own, unless the indicator list already
-- holds it. Where some lines have a first level and others lost theirs (a label torn at the end of a
-- page), each part may lack a line: their sums make up the whole, but none of them is told.
{{ config(**jixiao.by_report()) }}

with line as (
    select
        *,
        coalesce(project_name, '~') as project_key
    from {{ jixiao.due(ref('int_indicator')) }}
),

subtotal as (
    select
        report_id,
        scope,
        coalesce(project_name, '~') as project_key,
        item as part,
        max(case when measure = 'weight' then value end) as weight_stated,
        max(case when measure = 'score' then value end) as score_stated,
        min(fact_key) as fact_key
    from {{ jixiao.due(ref('int_figure')) }}
    where family = 'evaluation_part'
    group by report_id, scope, coalesce(project_name, '~'), item
),

total as (
    select
        report_id,
        scope,
        coalesce(project_name, '~') as project_key,
        max(case when measure = 'total_weight' then value end) as total_weight
    from {{ jixiao.due(ref('int_figure')) }}
    where family = 'evaluation'
    group by report_id, scope, coalesce(project_name, '~')
),

-- Weight and score of the funding block: of its total line, else of the lines that have them.
funding as (
    select
        report_id,
        scope,
        coalesce(project_name, '~') as project_key,
        coalesce(
            max(case when item = 'total' and measure = 'weight' then value end),
            sum(case when item <> 'total' and measure = 'weight' then value end)
        ) as weight,
        coalesce(
            max(case when item = 'total' and measure = 'score' then value end),
            sum(case when item <> 'total' and measure = 'score' then value end)
        ) as score,
        min(case when measure in ('weight', 'score') then fact_key end) as fact_key
    from {{ jixiao.due(ref('int_figure')) }}
    where family = 'budget' and measure in ('weight', 'score')
    group by report_id, scope, coalesce(project_name, '~')
),

-- One evaluation may be printed twice, as a table and as a list. Tables that together weigh more
-- than the whole are not added up: the first that makes up the whole stands for all.
scored_table as (
    select
        line.report_id,
        line.scope,
        line.project_key,
        line.indicator_table,
        min(line.table_kind) as table_kind,
        sum(line.weight) as weight,
        max(case when line.part = 'budget_execution' or line.level2_std = 'budget_execution' then 1 else 0 end)
            as holds_execution
    from line
    where line.weight is not null or line.score is not null
    group by line.report_id, line.scope, line.project_key, line.indicator_table
),

weighed as (
    select
        scored_table.*,
        coalesce(total.total_weight, 100) as whole,
        coalesce(funding.weight, 0) as execution_weight,
        sum(coalesce(scored_table.weight, 0)) over evaluation as weight_of_all,
        case
            when abs(coalesce(scored_table.weight, 0) + coalesce(funding.weight, 0) - coalesce(total.total_weight, 100))
                < 0.01 then 1
            when abs(coalesce(scored_table.weight, 0) - coalesce(total.total_weight, 100)) < 0.01 then 1
            else 0
        end as is_whole
    from scored_table
    left join total
        on scored_table.report_id = total.report_id
            and scored_table.scope = total.scope
            and scored_table.project_key = total.project_key
    left join funding
        on scored_table.report_id = funding.report_id
            and scored_table.scope = funding.scope
            and scored_table.project_key = funding.project_key
    window evaluation as (
        partition by scored_table.report_id, scored_table.scope, scored_table.project_key
    )
),

ordered as (
    select
        *,
        row_number() over (
            partition by report_id, scope, project_key
            order by
                is_whole desc,
                case when table_kind = 'table' then 0 else 1 end,
                indicator_table
        ) as place,
        max(is_whole) over (partition by report_id, scope, project_key) as one_is_whole
    from weighed
),

counted_table as (
    select *
    from ordered
    where place = 1 or one_is_whole = 0 or weight_of_all <= whole + 0.5
),

-- Is the execution rate of the funding block among the indicators that are counted?
execution_in_list as (
    select
        report_id,
        scope,
        project_key,
        max(holds_execution) = 1
        and sum(coalesce(weight, 0)) <= max(whole) + 0.01
        and sum(coalesce(weight, 0)) + max(execution_weight) > max(whole) + 0.01 as is_in_list
    from counted_table
    group by report_id, scope, project_key
),

counted_line as (
    select line.*
    from line
    inner join counted_table
        on line.report_id = counted_table.report_id
            and line.scope = counted_table.scope
            and line.project_key = counted_table.project_key
            and line.indicator_table = counted_table.indicator_table
),

levels as (
    select
        report_id,
        scope,
        project_key,
        case
            when max(case when level1 is null and part = 'other' then 1 else 0 end) = 1
                and max(case when level1 is not null then 1 else 0 end) = 1 then 1
            else 0
        end as are_mixed
    from counted_line
    where weight is not null or score is not null
    group by report_id, scope, project_key
),

-- The weight printed with a first level, 产出指标（50分）, counts once per cell.
level1_cell as (
    select
        report_id,
        scope,
        project_key,
        part,
        level1,
        max(level1_weight) as level1_weight
    from counted_line
    group by report_id, scope, project_key, part, level1
),

level1_weight as (
    select
        report_id,
        scope,
        project_key,
        part,
        sum(level1_weight) as weight_stated
    from level1_cell
    group by report_id, scope, project_key, part
),

added as (
    select
        counted_line.report_id,
        counted_line.scope,
        counted_line.project_key,
        counted_line.part,
        sum(counted_line.weight) as weight,
        sum(counted_line.score) as score,
        max(coalesce(levels.are_mixed, 0)) as may_lack_a_line,
        min(counted_line.indicator_table * 100000 + counted_line.indicator_seq) as first_line
    from counted_line
    left join levels
        on counted_line.report_id = levels.report_id
            and counted_line.scope = levels.scope
            and counted_line.project_key = levels.project_key
    group by counted_line.report_id, counted_line.scope, counted_line.project_key, counted_line.part
),

execution as (
    select
        funding.*,
        'budget_execution' as part
    from funding
    left join execution_in_list
        on funding.report_id = execution_in_list.report_id
            and funding.scope = execution_in_list.scope
            and funding.project_key = execution_in_list.project_key
    where not coalesce(execution_in_list.is_in_list, false)
),

part as (
    select
        report_id,
        scope,
        project_key,
        part
    from added
    union
    select
        report_id,
        scope,
        project_key,
        part
    from subtotal
    union
    select
        report_id,
        scope,
        project_key,
        part
    from execution
),

joined as (
    select
        part.report_id,
        part.scope,
        part.project_key,
        part.part,
        coalesce(
            subtotal.weight_stated,
            case when part.part = 'budget_execution' then execution.weight end,
            level1_weight.weight_stated
        ) as weight_stated,
        coalesce(
            subtotal.score_stated,
            case when part.part = 'budget_execution' then execution.score end
        ) as score_stated,
        coalesce(
            added.weight,
            case when part.part = 'budget_execution' then coalesce(execution.weight, subtotal.weight_stated) end
        ) as weight,
        coalesce(
            added.score,
            case when part.part = 'budget_execution' then coalesce(execution.score, subtotal.score_stated) end
        ) as score,
        coalesce(added.may_lack_a_line, 0) as may_lack_a_line,
        added.first_line,
        coalesce(subtotal.fact_key, execution.fact_key) as stated_fact_key
    from part
    left join added
        on part.report_id = added.report_id
            and part.scope = added.scope
            and part.project_key = added.project_key
            and part.part = added.part
    left join level1_weight
        on part.report_id = level1_weight.report_id
            and part.scope = level1_weight.scope
            and part.project_key = level1_weight.project_key
            and part.part = level1_weight.part
    left join subtotal
        on part.report_id = subtotal.report_id
            and part.scope = subtotal.scope
            and part.project_key = subtotal.project_key
            and part.part = subtotal.part
    left join execution
        on part.report_id = execution.report_id
            and part.scope = execution.scope
            and part.project_key = execution.project_key
            and part.part = execution.part
)

select
    report_id,
    scope,
    case when project_key <> '~' then project_key end as project_name,
    part as level1_std,
    weight_stated,
    score_stated,
    weight,
    score,
    may_lack_a_line,
    first_line,
    stated_fact_key
from joined
where weight_stated is not null
    or score_stated is not null
    or weight is not null
    or score is not null
