-- One row per scored form (report, scope, project): what its weights and scores add up to and what
-- is printed as total. The place is that of the printed total, else of the first line.
{{ config(materialized='table') }}

with line as (
    select
        report_id,
        scope,
        project_key,
        min(project_name) as project_name,
        count(*) as lines,
        -- What a deduction (扣分项, -5) may take away is no part of the full marks.
        sum(case when weight >= 0 then weight end) as indicator_weight,
        sum(score) as indicator_score,
        sum(case when weight is not null then 1 else 0 end) as weighted_lines,
        sum(case when score is not null then 1 else 0 end) as scored_lines,
        sum(case when weight > 0 and score is null then 1 else 0 end) as unscored_lines,
        sum(case when weight is null and score is not null then 1 else 0 end) as unweighted_lines,
        -- A doubt about a form without scores is none about the scores.
        sum(case when is_doubtful and is_scored_table then 1 else 0 end) as doubts,
        min(case when has_whole_scores then 1 else 0 end) = 1 as has_whole_scores,
        min(indicator_table) as indicator_table,
        min(source_page) as source_page,
        min(source_table) as source_table
    from {{ ref('audit_indicator') }}
    group by report_id, scope, project_key
),

figure as (
    select
        *,
        row_number() over (
            partition by column_key
            order by case when item = 'total' then 0 else 1 end, figure_seq
        ) as choice
    from {{ ref('audit_figure') }}
    where is_chosen
        and (family = 'evaluation' or (family = 'budget' and measure in ('weight', 'score')))
),

-- Where totals and grades stand.
place as (
    select
        mention_no,
        {{ fact_source('mention') }}
    from {{ ref('int_mention') }} as mention
    where family = 'evaluation' and measure in ('total_score', 'grade')
),

stated as (
    select
        figure.report_id,
        figure.scope,
        figure.project_key,
        min(figure.project_name) as project_name,
        max(case
            when figure.family = 'budget' and figure.measure = 'weight' then figure.number
        end) as execution_weight,
        max(case when figure.family = 'budget' and figure.measure = 'score' then figure.number end) as execution_score,
        max(case when figure.measure = 'total_weight' then figure.number end) as total_weight_stated,
        max(case when figure.measure = 'total_score' then figure.number end) as total_score_stated,
        max(case when figure.measure = 'grade' then figure.value_text end) as grade_stated,
        max(case when figure.measure in ('total_score', 'grade') then place.source_page end) as source_page,
        max(case when figure.measure in ('total_score', 'grade') then place.source_table end) as source_table,
        max(case when figure.measure = 'total_score' then place.source_row end) as source_row,
        max(case when figure.measure = 'total_score' then place.source_bbox end) as source_bbox,
        max(case when figure.measure = 'total_score' then place.source_path end) as source_path,
        max(case when figure.measure in ('total_score', 'grade') then place.source_text end) as source_text,
        max(case when figure.is_doubtful and figure.family = 'evaluation' then 1 else 0 end) as doubts
    from figure
    left join place on figure.mention_id = place.mention_no
    where figure.choice = 1
    group by figure.report_id, figure.scope, figure.project_key
),

joined as (
    select
        coalesce(line.report_id, stated.report_id) as report_id,
        coalesce(line.scope, stated.scope) as scope,
        coalesce(line.project_key, stated.project_key) as project_key,
        coalesce(line.project_name, stated.project_name) as project_name,
        coalesce(line.lines, 0) as lines,
        line.indicator_weight,
        line.indicator_score,
        coalesce(line.weighted_lines, 0) as weighted_lines,
        coalesce(line.scored_lines, 0) as scored_lines,
        coalesce(line.unscored_lines, 0) as unscored_lines,
        coalesce(line.unweighted_lines, 0) as unweighted_lines,
        coalesce(line.has_whole_scores, false) as has_whole_scores,
        coalesce(line.doubts, 0) + coalesce(stated.doubts, 0) > 0 as is_doubtful,
        line.indicator_table,
        stated.execution_weight,
        stated.execution_score,
        stated.total_weight_stated,
        stated.total_score_stated,
        stated.grade_stated,
        coalesce(stated.source_page, line.source_page) as source_page,
        coalesce(stated.source_table, line.source_table) as source_table,
        stated.source_row,
        stated.source_bbox,
        stated.source_path,
        stated.source_text,
        -- Some forms score the execution as a line of the table: it is not counted twice.
        coalesce(line.indicator_weight >= coalesce(stated.total_weight_stated, 100), false) as holds_execution
    from line
    full outer join stated
        on line.report_id = stated.report_id
            and line.scope = stated.scope
            and line.project_key = stated.project_key
)

select
    joined.*,
    report.unit_id,
    report.fiscal_year,
    report.region_code,
    report.report_kind,
    report.grade_bands,
    case when joined.holds_execution then 0 else coalesce(joined.execution_weight, 0) end
    + joined.indicator_weight as total_weight,
    case when joined.holds_execution then 0 else coalesce(joined.execution_score, 0) end
    + joined.indicator_score as total_score,
    -- Our reading may lack the execution block: nothing can be said about sums then.
    not joined.holds_execution
    and joined.execution_weight is null
    and coalesce(joined.total_weight_stated, 100) - joined.indicator_weight in (10, 20) as lacks_execution
from joined
inner join {{ ref('audit_report') }} as report on joined.report_id = report.report_id
