-- What the rules on indicators, scores and plans find. One statement
-- for many rules: a build of a few reports costs what its nodes cost. A few such statements and not one: an
-- engine plans a statement on one core, and what a contract stands over twice.
{{ config(materialized='table') }}
{{ jixiao.audit_found([
    'audit_execution_rate', 'audit_execution_score', 'audit_execution_warning', 'audit_level_weights',
    'audit_total_weight', 'audit_score_range', 'audit_score_totals', 'audit_stated_parts', 'audit_grade',
    'audit_quantitative_score', 'audit_unexplained_deduction', 'audit_met_target',
    'audit_weighted_placeholder', 'audit_over_achievement', 'audit_qualitative_score', 'audit_cost_target',
    'audit_duplicate_indicator', 'audit_indicator_category', 'audit_same_target', 'audit_level_coverage',
    'audit_percent_range', 'audit_target_unit', 'audit_fund_sources', 'audit_blank_total',
    'audit_composition', 'audit_satisfaction', 'audit_spending_plan', 'audit_project_code',
    'audit_project_name'
]) }}
