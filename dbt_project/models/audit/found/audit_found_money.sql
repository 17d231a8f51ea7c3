-- What the rules on money and on people find. One statement
-- for many rules: a build of a few reports costs what its nodes cost. A few such statements and not one: an
-- engine plans a statement on one core, and what a contract stands over twice.
{{ config(materialized='table') }}
{{ jixiao.audit_found([
    'audit_budget_adjustment', 'audit_income_sources', 'audit_total_spending', 'audit_basic_spending',
    'audit_economic_items', 'audit_personnel_items', 'audit_public_items', 'audit_expense_shares',
    'audit_closing_balance', 'audit_itemised_balance', 'audit_project_sum', 'audit_three_public',
    'audit_vehicle', 'audit_mentions', 'audit_yearly_change', 'audit_change_rate', 'audit_change_direction',
    'audit_units_of_money', 'audit_public_parts', 'audit_assets', 'audit_listed_sums', 'audit_headcount',
    'audit_beneficiaries'
]) }}
