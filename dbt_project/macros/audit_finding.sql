{#- One finding, as the select list of a rule.

    rule       code of the rule catalogue (seed `rule`), which also gives the severity where none is
               passed (a rule with two severities passes one)
    at         alias of the row that holds the stated figure and its place: gives the report as well
    figure     instead of `at`: alias of a row of audit_figure, whose place is looked up (fct_finding)
    mention    SQL: the mention that `figure` stands for, where it is not its mention_id; beside `at`,
               one that may give the place that the row itself lacks
    related    alias of the row that holds what contradicts it; none where there is one place only
    related_figure  instead of `related`: alias of a row of audit_figure
    subject    SQL: what the finding is about, a few Chinese words
    stated     SQL: what the report prints, in `unit`; 'null' where it prints nothing
    expected   SQL: what its other figures imply
    unit       SQL text: 'cny' | 'points' | 'ratio' | 'persons' | … (quoted), or null
    message    SQL: one Chinese sentence with the figures in it
    difference SQL: only where stated − expected is not meant
    rule_sql   SQL for the rule code, where one model tells several rules apart -#}
{% macro audit_finding(
    rule, subject, message, at=none, figure=none, mention=none, related=none, related_figure=none, stated='null',
    expected='null', unit='null', severity=none, difference=none, scope=none, project_name=none, rule_sql=none
) -%}
    {%- set row = at or figure -%}
    {%- set other = related or related_figure -%}
    cast({{ rule_sql or "'" ~ rule ~ "'" }} as {{ dbt.type_string() }}) as rule_code,
    cast({{ severity if severity is not none else 'null' }} as {{ dbt.type_string() }}) as severity,
    {{ row }}.report_id,
    cast({{ scope or row ~ '.scope' }} as {{ dbt.type_string() }}) as scope,
    cast({{ project_name or row ~ '.project_name' }} as {{ dbt.type_string() }}) as project_name,
    cast({{ subject }} as {{ dbt.type_string() }}) as subject,
    cast({{ stated }} as decimal(28, 6)) as stated_value,
    cast({{ expected }} as decimal(28, 6)) as expected_value,
    cast({{ difference or '(' ~ stated ~ ') - (' ~ expected ~ ')' }} as decimal(28, 6)) as difference,
    cast({{ unit }} as {{ dbt.type_string() }}) as value_unit,
    cast({{ message }} as {{ dbt.type_string() }}) as message,
    {{ jixiao.audit_place('source', at) }},
    cast({{ other ~ '.report_id' if other else 'null' }} as {{ dbt.type_string() }}) as related_report_id,
    {{ jixiao.audit_place('related', related) }},
    cast({{ mention or (figure ~ '.mention_id' if figure else 'null') }} as bigint) as source_mention,
    cast({{ related_figure ~ '.mention_id' if related_figure else 'null' }} as bigint) as related_mention
{%- endmacro %}

{#- The columns of a place, each called `prefix`_…, of a row that has it; NULL without one. -#}
{% macro audit_place(prefix, row=none) -%}
    {%- for name, type in [
        ('page', 'integer'), ('table', 'integer'), ('row', 'integer'), ('bbox', dbt.type_string()),
        ('path', dbt.type_string()), ('text', dbt.type_string())
    ] %}
    {%- if row %}{{ row }}.source_{{ name }}{% else %}cast(null as {{ type }}){% endif %} as {{ prefix }}_{{ name }}{{ ',\n    ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#- "A whole equals the sum of its parts", on chosen figures of one column (same report, scope,
    project, basis and year): silent where a part is not there, or where what was read of one of the
    tables concerned is in doubt.

    parts      items that must all be there
    optional   items that count as 0 where not printed
    when       SQL over `whole` and `added`: a further condition -#}
{% macro audit_sum(rule, family, whole, parts, optional=[], measure='amount', severity=none, when='true') -%}
with figure as {{ jixiao.inlined() }} (
    select *
    from {{ ref('audit_figure') }}
    where is_chosen
        and family = '{{ family }}'
        and item in ('{{ ([whole] + parts + optional) | join("', '") }}')
        and measure = '{{ measure }}'
        and number is not null
),

added as (
    select
        column_key,
        sum(number) as number,
        sum(slack) as slack,
        sum(case when is_doubtful then 1 else 0 end) as doubts,
        sum(case when item in ('{{ parts | join("', '") }}') then 1 else 0 end) as required_parts,
        {{ jixiao.audit_part_evidence(whole) }}
    from figure
    where item in ('{{ (parts + optional) | join("', '") }}')
    group by column_key
),

wrong as (
    select
        whole.column_key,
        whole.mention_id,
        added.number
    from figure as whole
    inner join added on whole.column_key = added.column_key
    where whole.item = '{{ whole }}'
        and added.required_parts = {{ parts | length }}
        and added.doubts = 0
        and not whole.is_doubtful
        and {{ jixiao.audit_parts_belong('added', 'whole') }}
        and abs(whole.number - added.number) > greatest(added.slack, 2 * whole.slack)
        and {{ when }}
),

{{ jixiao.audit_words_of_parts(parts + optional) }}

select
    {{ jixiao.audit_finding(
        rule=rule, figure='whole', severity=severity,
        subject="whole.item_name",
        stated='whole.number', expected='wrong.number', unit="'cny'",
        message="whole.place_name || whole.item_name || whole.printed || '，其构成（' || words.printed || '）合计'
            || " ~ jixiao.audit_wan('wrong.number') ~ " || '，相差' || "
            ~ jixiao.audit_wan('abs(whole.number - wrong.number)') ~ " || '。'"
    ) }}
from figure as whole
inner join wrong on whole.column_key = wrong.column_key and whole.mention_id = wrong.mention_id
inner join words on wrong.column_key = words.column_key
{%- endmacro %}

{#- How the parts of a sum are printed, put together for the few (`wrong`) that do not add up: the
    columns `column_key` and `printed`. -#}
{% macro audit_words_of_parts(items, between='＋') -%}
words as (
    select
        figure.column_key,
        {{ jixiao.audit_join('figure.item_name || figure.printed', between, 'figure.figure_seq') }} as printed
    from figure
    where figure.is_chosen
        and figure.item in ('{{ items | join("', '") }}')
        and figure.column_key in (select wrong.column_key from wrong)
    group by figure.column_key
)
{%- endmacro %}

{#- What is known of the parts of a sum beyond their values, in a grouping of audit_figure: was the
    sentence read to its end, do they stand in a list whose whole was not read or is another one. -#}
{% macro audit_part_evidence(whole) -%}
    max(case when is_partly_read then 1 else 0 end) = 1 as is_partly_read,
        sum(case when is_orphan then 1 else 0 end) as orphans,
        min(case when parent_item = '{{ whole }}' then parent_number end) as least_parent,
        max(case when parent_item = '{{ whole }}' then parent_number end) as greatest_parent
{%- endmacro %}

{#- Can the parts be held against this whole? Not where their own list belongs to another one (basic
    spending out of fiscal funds beside all basic spending), and a shortfall is none where the sentence
    prints amounts that were not read. -#}
{% macro audit_parts_belong(added, whole) -%}
    {{ added }}.orphans = 0
    and coalesce({{ added }}.least_parent = {{ whole }}.number, true)
    and coalesce({{ added }}.greatest_parent = {{ whole }}.number, true)
    and not ({{ added }}.number < {{ whole }}.number and ({{ added }}.is_partly_read or {{ whole }}.is_partly_read))
{%- endmacro %}

{#- What some rules find, one row a finding. -#}
{% macro audit_found(rules) -%}
    {%- for name in rules %}
select * from {{ ref(name) }}
    {%- if not loop.last %}
union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
