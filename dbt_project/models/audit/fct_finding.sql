-- depends_on: {{ ref('audit_report') }}
-- depends_on: {{ ref('int_report') }}
-- Every finding, one row each. In an incremental run only the reports that changed, and those of the
-- same unit, are audited again. Rules that hold a report against those of other units (`panel_rules`)
-- read the chosen figures of all reports and are found anew in every run.
{% set panel_rules = "('" ~ ["P05", "P07", "P08", "P14"] | join("', '") ~ "')" %}
{% set rules = [
    'audit_budget_adjustment', 'audit_income_sources', 'audit_total_spending', 'audit_basic_spending',
    'audit_economic_items', 'audit_personnel_items', 'audit_public_items', 'audit_expense_shares',
    'audit_closing_balance', 'audit_itemised_balance', 'audit_project_sum', 'audit_three_public',
    'audit_vehicle', 'audit_mentions', 'audit_yearly_change', 'audit_change_rate',
    'audit_change_direction', 'audit_units_of_money', 'audit_public_parts', 'audit_assets',
    'audit_listed_sums', 'audit_headcount', 'audit_beneficiaries', 'audit_execution_rate',
    'audit_execution_score', 'audit_execution_warning', 'audit_level_weights', 'audit_total_weight',
    'audit_score_range', 'audit_score_totals', 'audit_stated_parts', 'audit_grade',
    'audit_quantitative_score', 'audit_unexplained_deduction', 'audit_met_target', 'audit_weighted_placeholder',
    'audit_over_achievement', 'audit_qualitative_score', 'audit_cost_target',
    'audit_duplicate_indicator', 'audit_indicator_category', 'audit_same_target',
    'audit_level_coverage', 'audit_percent_range', 'audit_target_unit', 'audit_fund_sources',
    'audit_blank_total', 'audit_composition', 'audit_satisfaction', 'audit_formula', 'audit_threshold',
    'audit_text_evidence', 'audit_spending_plan', 'audit_project_code', 'audit_project_name',
    'audit_prior_year_figure', 'audit_carry_over', 'audit_final_accounts', 'audit_target_kept',
    'audit_subordinate_units', 'audit_indicator_stability', 'audit_score_inflation',
    'audit_grade_bands', 'audit_unit_renamed', 'audit_establishment_jump', 'audit_revision',
    'audit_wrong_year_copy', 'audit_cloned_text', 'audit_unit_break', 'audit_three_public_budget',
    'audit_project_lifespan', 'audit_publication_lag'
] %}
{{ config(
    schema='marts',
    access='public',
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{% if is_incremental() %}delete from {{ this }} where rule_code in " ~ panel_rules ~ " or report_id in (select report_id from {{ ref('audit_report') }}) or report_id not in (select report_id from {{ ref('int_report') }}){% endif %}"
) }}

with found as (
    {% for name in rules %}
    select * from {{ ref(name) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- Where the figures of findings stand: looked up for these few, not carried with millions.
looked_up as (
    select found.source_mention as mention_no
    from found
    union
    select found.related_mention as mention_no
    from found
),

place as (
    select
        mention.mention_no,
        {{ fact_source('mention') }}
    from {{ ref('int_mention') }} as mention
    inner join looked_up on mention.mention_no = looked_up.mention_no
),

described as (
    select
        found.report_id,
        found.rule_code,
        found.scope,
        found.project_name,
        found.subject,
        found.stated_value,
        found.expected_value,
        found.difference,
        found.value_unit,
        found.message,
        found.related_report_id,
        {% for name in ['page', 'table', 'row', 'bbox', 'path', 'text'] -%}
        coalesce(own_place.source_{{ name }}, found.source_{{ name }}) as source_{{ name }},
        coalesce(other_place.source_{{ name }}, found.related_{{ name }}) as related_{{ name }},
        {% endfor -%}
        report.unit_id,
        report.fiscal_year,
        -- The catalogue's first word is the severity of a rule that does not choose one itself.
        coalesce(found.severity, split_part(rule.severity, ' ', 1)) as rated_severity
    from found
    inner join {{ ref('int_report') }} as report on found.report_id = report.report_id
    inner join {{ ref('rule') }} as rule on found.rule_code = rule.code
    left join place as own_place on found.source_mention = own_place.mention_no
    left join place as other_place on found.related_mention = other_place.mention_no
),

keyed as (
    select
        *,
        substr({{ jixiao.hash_key([
            'report_id', 'rule_code', 'scope', 'project_name', 'subject', 'stated_value', 'expected_value',
            'value_unit', 'message'
        ]) }}, 1, 16) as finding_id
    from described
),

once as (
    select
        *,
        row_number() over (
            partition by finding_id
            order by
                source_page, source_table, source_row, source_path, source_bbox, source_text,
                related_page, related_table, related_row, related_path, related_bbox, related_text
        ) as nth
    from keyed
)

select
    finding_id,
    report_id,
    unit_id,
    fiscal_year,
    rule_code,
    rated_severity as severity,
    scope,
    project_name,
    subject,
    stated_value,
    expected_value,
    difference,
    value_unit,
    message,
    source_page,
    source_table,
    source_row,
    source_bbox,
    source_path,
    source_text,
    related_report_id,
    related_page,
    related_table,
    related_row,
    related_bbox,
    related_path,
    related_text
from once
where nth = 1
order by report_id, rule_code, finding_id
