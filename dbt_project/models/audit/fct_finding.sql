-- depends_on: {{ ref('audit_report') }}
-- depends_on: {{ ref('int_report') }}
-- Every finding, one row each. In an incremental run only the reports that changed, and those of the
-- same unit and of later years, are audited again (audit_report). Rules that hold a report against those of other units (`panel_rules`)
-- read the chosen figures of all reports and are found anew in every run.
{% set panel_rules = "('" ~ ["P05", "P07", "P08", "P14"] | join("', '") ~ "')" %}
{{ config(
    schema='marts',
    access='public',
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{% if is_incremental() %}delete from {{ this }} where rule_code in " ~ panel_rules ~ " or report_id in (select report_id from {{ ref('audit_report') }} where is_due) or report_id not in (select report_id from {{ ref('int_report') }}){% endif %}"
) }}

with due as (
    select report_id
    from {{ ref('audit_report') }}
    where is_due
),

found as (
    {% for part in ['audit_found_money', 'audit_found_scores', 'audit_found_elsewhere'] -%}
    select found.*
    from {{ ref(part) }} as found
    left join due on found.report_id = due.report_id
    where due.report_id is not null or found.rule_code in {{ panel_rules }}
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
