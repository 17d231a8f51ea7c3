-- Every year of every unit with a mark of what is known of it is made from (its reports and their marks,
-- and the project), and whether int_unit_year has it from anything else: only these are made anew.
{{ config(meta={'by_unit_year': true}) }}
{% set made = jixiao.last_made('int_unit_year') %}

with marked as (
    select
        report.unit_id,
        report.fiscal_year,
        {{ jixiao.join_distinct('change.mark', ',') }} as marks
    from (
        select
            report_id,
            report_id || ' ' || mark as mark
        from {{ ref('int_report_change') }}
    ) as change
    inner join {{ ref('int_report') }} as report on change.report_id = report.report_id
    group by report.unit_id, report.fiscal_year
),

unit_year as (
    select
        unit_id,
        fiscal_year,
        {{ jixiao.hash_key(["'" ~ jixiao.project_version() ~ "'", 'marks']) }} as mark
    from marked
)

select
    unit_year.unit_id,
    unit_year.fiscal_year,
    unit_year.mark,
    {% if made %}made.unit_id is null{% else %}true{% endif %} as is_due
from unit_year
{% if made -%}
left join {{ made }} as made
    on unit_year.unit_id = made.unit_id
        and unit_year.fiscal_year = made.fiscal_year
        and unit_year.mark = made.mark
{%- endif %}
