-- Of each report, what its rows were last made from and by which project: written when all tables by
-- report are done, read by the next build (int_report_change). A run of some of these tables vouches for
-- nothing new.
-- depends_on: {{ ref('int_evaluation_part') }}
-- depends_on: {{ ref('int_fact_row') }}
-- depends_on: {{ ref('int_figure') }}
-- depends_on: {{ ref('int_identity_support') }}
-- depends_on: {{ ref('int_indicator') }}
-- depends_on: {{ ref('int_mention') }}
-- depends_on: {{ ref('int_mention_choice') }}
-- depends_on: {{ ref('int_part_source') }}
-- depends_on: {{ ref('int_project_of_report') }}
-- depends_on: {{ ref('fct_asset') }}
-- depends_on: {{ ref('fct_balance') }}
-- depends_on: {{ ref('fct_budget') }}
-- depends_on: {{ ref('fct_evaluation') }}
-- depends_on: {{ ref('fct_evaluation_part') }}
-- depends_on: {{ ref('fct_expense') }}
-- depends_on: {{ ref('fct_goal') }}
-- depends_on: {{ ref('fct_indicator_score') }}
-- depends_on: {{ ref('fct_mention') }}
-- depends_on: {{ ref('fct_personnel') }}
-- depends_on: {{ ref('fct_revenue') }}
-- depends_on: {{ ref('fct_spending_plan') }}
-- depends_on: {{ ref('fct_survey') }}

select
    report_id,
    mark,
    '{{ jixiao.project_version() }}' as project
from {{ ref('int_report_change') }}
{% if not jixiao.makes_all('by_report') -%}
where false
{%- endif %}
