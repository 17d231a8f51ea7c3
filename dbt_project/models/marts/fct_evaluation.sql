-- Totals: as printed, and added up from the parts. A part of which no line was read counts with its
-- printed subtotal; the execution rate alone makes no total.
{{ config(**jixiao.by_report()) }}

with stated as (
    select
        report_id,
        scope,
        project_name,
        min(fact_key) as fact_key,
        max(case when measure = 'total_weight' then value end) as total_weight_stated,
        max(case when measure = 'total_score' then value end) as total_score_stated,
        max(case when measure = 'grade' then value_text end) as grade_stated
    from {{ jixiao.due(ref('int_figure')) }}
    where family = 'evaluation'
    group by report_id, scope, project_name
),

added as (
    select
        report_id,
        scope,
        project_name,
        sum(coalesce(weight, weight_stated)) as total_weight,
        sum(coalesce(score, score_stated)) as total_score,
        sum(case when level1_std <> 'budget_execution' then coalesce(weight, weight_stated) end) as listed_weight,
        sum(case when level1_std <> 'budget_execution' then coalesce(score, score_stated) end) as listed_score,
        min(first_line) as first_line,
        min(stated_fact_key) as part_fact_key
    from {{ jixiao.due(ref('int_evaluation_part')) }}
    group by report_id, scope, project_name
),

evaluation as (
    select
        coalesce(stated.report_id, added.report_id) as report_id,
        coalesce(stated.scope, added.scope) as scope,
        coalesce(stated.project_name, added.project_name) as project_name,
        -- Where parts alone are printed, the total that they come to was read where the first of them was.
        coalesce(stated.fact_key, case when added.first_line is null then added.part_fact_key end) as stated_fact_key,
        stated.total_weight_stated,
        stated.total_score_stated,
        stated.grade_stated,
        case when added.listed_weight is not null then added.total_weight end as total_weight,
        case when added.listed_score is not null then added.total_score end as total_score,
        added.first_line
    from stated
    full outer join added
        on stated.report_id = added.report_id
            and stated.scope = added.scope
            and {{ jixiao.same('stated.project_name', 'added.project_name') }}
),

-- What the join with lines asks of one side is a column of that side: as a condition it would make a loop.
placed as (
    select
        evaluation.*,
        {{ fact_source('fact_row') }},
        case when fact_row.fact_key is null then evaluation.first_line end as line
    from evaluation
    left join {{ ref('int_fact_row') }} as fact_row on evaluation.stated_fact_key = fact_row.fact_key
),

line as (
    {{ jixiao.line_source() }}
)

select
    -- As int_mention makes it, so that the mentions of a total point at its row.
    {{ jixiao.hash_key([
        'evaluation.report_id', "'evaluation'", 'evaluation.scope', 'evaluation.project_name', 'null', 'null', 'null'
    ]) }} as fact_key,
    evaluation.report_id,
    report.unit_id,
    report.fiscal_year,
    evaluation.scope,
    project.project_id,
    evaluation.project_name,
    project.project_code,
    {{ jixiao.as_points('evaluation.total_weight_stated') }} as total_weight_stated,
    {{ jixiao.as_points('evaluation.total_score_stated') }} as total_score_stated,
    evaluation.grade_stated,
    {{ jixiao.as_points('evaluation.total_weight') }} as total_weight,
    {{ jixiao.as_points('evaluation.total_score') }} as total_score,
    case
        when evaluation.total_score >= 90 then '优'
        when evaluation.total_score >= 80 then '良'
        when evaluation.total_score >= 60 then '中'
        when evaluation.total_score is not null then '差'
    end as grade,
    coalesce(evaluation.source_page, line.source_page) as source_page,
    coalesce(evaluation.source_table, line.source_table) as source_table,
    coalesce(evaluation.source_row, line.source_row) as source_row,
    coalesce(evaluation.source_bbox, line.source_bbox) as source_bbox,
    coalesce(evaluation.source_path, line.source_path) as source_path,
    coalesce(evaluation.source_text, line.source_text) as source_text
from placed as evaluation
inner join {{ ref('int_report') }} as report on evaluation.report_id = report.report_id
left join line on evaluation.report_id = line.report_id and evaluation.line = line.line
left join {{ ref('int_project_of_report') }} as project
    on evaluation.report_id = project.report_id and evaluation.project_name = project.project_name
where coalesce(
        evaluation.total_weight_stated,
        evaluation.total_score_stated,
        evaluation.total_weight,
        evaluation.total_score
    ) is not null
    or evaluation.grade_stated is not null
order by fact_key
