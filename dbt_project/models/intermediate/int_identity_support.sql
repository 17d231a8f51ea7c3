{#- Which of several competing values satisfies the report's own identities (seed identity).
    Only identities with at least one contested term are looked at; every combination of the
    candidates of their terms is added up, so that two contested figures can prove each other. -#}
{{ config(**jixiao.by_report()) }}

{% set terms = 8 %}

with candidate as (
    select distinct
        report_id,
        scope,
        project_name,
        fact_key,
        family,
        item,
        basis,
        measure,
        kind,
        amount_year,
        value,
        max(factor) over (partition by fact_key, measure) as factor
    from {{ jixiao.due(ref('int_mention')) }}
    where is_candidate and value is not null
),

slot as (
    select
        fact_key,
        measure,
        count(*) as readings,
        min(report_id) as report_id,
        min(scope) as scope,
        min(project_name) as project_name,
        min(family) as family,
        min(item) as item,
        min(basis) as basis,
        min(amount_year) as amount_year
    from candidate
    group by fact_key, measure
),

-- An identity that is about the same stage of several figures is asked once per stage.
staged as (
    select
        *,
        max(case when basis = '*' then 'staged' else 'plain' end) over (partition by identity_id) as manner
    from {{ ref('identity') }}
),

term as (
    select
        staged.*,
        coalesce(stage.basis, '-') as stage,
        case staged.basis when '*' then stage.basis else nullif(staged.basis, '') end as term_basis
    from staged
    left join {{ ref('expense_basis') }} as stage on staged.manner = 'staged'
),

instance as (
    select distinct
        term.identity_id,
        term.stage,
        slot.report_id,
        slot.scope,
        slot.project_name,
        slot.amount_year - term.year_offset as base_year
    from slot
    inner join term
        on slot.family = term.family
            and slot.item = term.item
            and slot.measure = term.measure
            and {{ jixiao.same('slot.basis', 'term.term_basis') }}
    where slot.readings > 1 and term.presence <> 'absent'
),

instance_term as (
    select
        {{ jixiao.hash_key([
            'instance.identity_id', 'instance.stage', 'instance.report_id', 'instance.scope',
            'instance.project_name', 'instance.base_year'
        ]) }} as instance_id,
        term.identity_id,
        term.priority,
        term.rule_code,
        term.tolerance,
        term.term_no,
        term.coefficient,
        term.presence,
        instance.report_id,
        slot.fact_key,
        slot.measure,
        coalesce(slot.readings, 1) as readings
    from instance
    inner join term
        on instance.identity_id = term.identity_id and instance.stage = term.stage
    left join slot
        on instance.report_id = slot.report_id
            and instance.scope = slot.scope
            and {{ jixiao.same('instance.project_name', 'slot.project_name') }}
            and term.family = slot.family
            and term.item = slot.item
            and term.measure = slot.measure
            and {{ jixiao.same('term.term_basis', 'slot.basis') }}
            and instance.base_year + term.year_offset = slot.amount_year
),

-- All required terms are there, none of the excluded ones, at least one part beside the whole, and
-- not so many combinations that adding them up would cost more than it tells.
askable as (
    select
        instance_id,
        count(fact_key) as terms_present
    from instance_term
    group by instance_id
    having
        sum(case when presence = 'required' and fact_key is null then 1 else 0 end) = 0
        and sum(case when presence = 'absent' and fact_key is not null then 1 else 0 end) = 0
        and count(fact_key) >= 2
        and sum(ln(readings)) < 6
),

choice as (
    select
        instance_term.instance_id,
        instance_term.term_no,
        instance_term.fact_key,
        instance_term.measure,
        candidate.value,
        coalesce(candidate.value, 0) * instance_term.coefficient as signed_value,
        case when candidate.kind = 'money' then candidate.factor end as money_factor
    from instance_term
    inner join askable on instance_term.instance_id = askable.instance_id
    left join candidate
        on instance_term.fact_key = candidate.fact_key and instance_term.measure = candidate.measure
    where instance_term.presence <> 'absent'
),

tolerance as (
    select
        instance_term.instance_id,
        instance_term.identity_id,
        instance_term.priority,
        instance_term.rule_code,
        max(case
            when choice.money_factor is null then instance_term.tolerance
            else greatest(instance_term.tolerance, 0.005 * askable.terms_present) * choice.money_factor
        end) as tolerance
    from instance_term
    inner join askable on instance_term.instance_id = askable.instance_id
    inner join choice
        on instance_term.instance_id = choice.instance_id
            and instance_term.term_no = choice.term_no
    group by
        instance_term.instance_id,
        instance_term.identity_id,
        instance_term.priority,
        instance_term.rule_code
),

combination_1 as (
    select
        instance_id,
        signed_value as total,
        value as value_1
    from choice
    where term_no = 1
),
{% for n in range(2, terms + 1) %}
combination_{{ n }} as (
    select
        sofar.instance_id,
        sofar.total + coalesce(choice.signed_value, 0) as total,
        {% for k in range(1, n) %}sofar.value_{{ k }},
        {% endfor -%}
        choice.value as value_{{ n }}
    from combination_{{ n - 1 }} as sofar
    left join choice
        on sofar.instance_id = choice.instance_id and choice.term_no = {{ n }}
),
{% endfor %}
closed as (
    select combination.*
    from combination_{{ terms }} as combination
    inner join tolerance on combination.instance_id = tolerance.instance_id
    where abs(combination.total) <= tolerance.tolerance
),

supported as (
    {% for n in range(1, terms + 1) %}
    select
        instance_id,
        {{ n }} as term_no,
        value_{{ n }} as value
    from closed
    where value_{{ n }} is not null
    {% if not loop.last %}union{% endif %}
    {% endfor %}
)

select distinct
    term.report_id,
    term.fact_key,
    term.measure,
    supported.value,
    tolerance.identity_id,
    tolerance.rule_code,
    tolerance.priority
from supported
inner join instance_term as term
    on supported.instance_id = term.instance_id and supported.term_no = term.term_no
inner join tolerance on supported.instance_id = tolerance.instance_id
where term.readings > 1
