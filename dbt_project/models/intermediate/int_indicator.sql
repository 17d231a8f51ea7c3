-- Indicator lines of published reports, with the part of the evaluation they count in. An indicator
-- of budget execution under a first level of its own is the part budget_execution.
{{ config(**jixiao.by_report()) }}

select
    indicator.*,
    report.unit_id,
    report.fiscal_year,
    project.project_id,
    case
        when indicator.level1_std = 'budget_execution' then 'budget_execution'
        when indicator.level1_std = 'other' and indicator.level2_std = 'budget_execution'
            then 'budget_execution'
        else indicator.level1_std
    end as part
from (
    select
        report_id,
        indicator_table,
        indicator_seq,
        scope,
        case when scope = 'project' then project_name end as project_name,
        project_code,
        table_kind,
        form_family,
        level1,
        level2,
        level3,
        coalesce(level1_std, 'other') as level1_std,
        coalesce(level2_std, 'other') as level2_std,
        level1_weight,
        nature,
        is_core,
        description,
        value_basis,
        scoring_rule,
        target_text,
        target_operator,
        target_value,
        target_unit,
        actual_text,
        actual_operator,
        actual_value,
        actual_unit,
        weight,
        score,
        reviewer_score,
        deviation_reason,
        cell_boxes,
        source_page,
        source_table,
        source_row,
        source_bbox,
        source_path,
        source_text
    from {{ ref('stg_indicator') }}
) as indicator
inner join {{ jixiao.due(ref('int_report')) }} as report on indicator.report_id = report.report_id
left join {{ ref('int_project_of_report') }} as project
    on indicator.report_id = project.report_id and indicator.project_name = project.project_name
