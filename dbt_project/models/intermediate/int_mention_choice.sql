-- Which mention of a figure counts, per fact row and measure (WAREHOUSE.md, Conventions): the one
-- value that satisfies the report's own identities; else a table before running text, an exact
-- figure before an approximate one, an earlier mention before a later one.
{{ config(**jixiao.by_report()) }}

with support as (
    select
        fact_key,
        measure,
        value,
        rule_code,
        priority,
        min(priority) over (partition by fact_key, measure) as first_priority
    from {{ ref('int_identity_support') }}
),

winner as (
    select
        fact_key,
        measure,
        min(value) as value,
        min(rule_code) as rule_code
    from support
    where priority = first_priority
    group by fact_key, measure
    having count(distinct value) = 1
),

ranked as (
    select
        mention.*,
        winner.rule_code as identity_rule,
        coalesce(mention.value = winner.value, false) as satisfies_identity,
        count(*) over (partition by mention.fact_key, mention.measure) as mentions,
        row_number() over (
            partition by mention.fact_key, mention.measure
            order by
                case when mention.value = winner.value then 0 else 1 end,
                case when mention.is_table then 0 else 1 end,
                case when mention.is_approximate then 1 else 0 end,
                mention.figure_seq
        ) as choice
    from {{ jixiao.due(ref('int_mention')) }} as mention
    left join winner
        on mention.fact_key = winner.fact_key and mention.measure = winner.measure
    where mention.is_candidate
)

select
    mention_id,
    mention_no,
    report_id,
    choice = 1 as is_chosen,
    case
        when mentions = 1 then 'only'
        when satisfies_identity then 'identity ' || identity_rule
        when is_table then 'table'
        else 'first'
    end as choice_reason
from ranked
