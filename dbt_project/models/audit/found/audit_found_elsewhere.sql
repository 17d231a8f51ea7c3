-- What the rules on words, and on reports held against each other, find. One statement
-- for many rules: a build of a few reports costs what its nodes cost. A few such statements and not one: an
-- engine plans a statement on one core, and what a contract stands over twice.
{{ config(materialized='table') }}
{{ jixiao.audit_found([
    'audit_formula', 'audit_threshold', 'audit_text_evidence', 'audit_prior_year_figure',
    'audit_carry_over', 'audit_final_accounts', 'audit_target_kept', 'audit_subordinate_units',
    'audit_indicator_stability', 'audit_score_inflation', 'audit_grade_bands', 'audit_unit_renamed',
    'audit_establishment_jump', 'audit_revision', 'audit_wrong_year_copy', 'audit_cloned_text',
    'audit_unit_break', 'audit_three_public_budget', 'audit_project_lifespan', 'audit_publication_lag'
]) }}
