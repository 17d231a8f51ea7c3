{{ config(**jixiao.by_report()) }}

select
    {{ jixiao.hash_key([
        "'indicator'", 'indicator.report_id', 'indicator.indicator_table', 'indicator.indicator_seq'
    ]) }} as fact_key,
    indicator.report_id,
    indicator.unit_id,
    indicator.fiscal_year,
    indicator.scope,
    indicator.project_id,
    indicator.project_name,
    indicator.project_code,
    indicator.indicator_table,
    indicator.indicator_seq,
    indicator.table_kind,
    indicator.form_family,
    indicator.level1,
    indicator.level2,
    indicator.level3,
    -- The execution rate as a first level of its own is a part (fct_evaluation_part), not a category.
    case when indicator.level1_std = 'budget_execution' then 'other' else indicator.level1_std end
        as level1_std,
    indicator.level2_std,
    indicator.nature,
    indicator.is_core,
    indicator.description,
    indicator.value_basis,
    indicator.scoring_rule,
    indicator.target_text,
    indicator.target_operator,
    {{ jixiao.fit('indicator.target_value', 'decimal(24, 6)', '100000000000000000') }} as target_value,
    indicator.target_unit,
    indicator.actual_text,
    indicator.actual_operator,
    {{ jixiao.fit('indicator.actual_value', 'decimal(24, 6)', '100000000000000000') }} as actual_value,
    indicator.actual_unit,
    {{ jixiao.as_points('indicator.weight') }} as weight,
    {{ jixiao.as_points('indicator.score') }} as score,
    {{ jixiao.as_points('indicator.reviewer_score') }} as reviewer_score,
    indicator.deviation_reason,
    indicator.cell_boxes,
    {{ fact_source('indicator') }}
from {{ jixiao.due(ref('int_indicator')) }} as indicator
order by indicator.report_id, indicator.indicator_table, indicator.indicator_seq
