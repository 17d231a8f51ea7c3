-- R52 综合满意度 = 加权平均; R53 权重之和 = 100%; R54 满意率与份数相容; R55 正文与表一致.
with figure as {{ jixiao.inlined() }} (
    select *
    from {{ ref('audit_figure') }}
    where is_chosen and family = 'survey' and number is not null
),

respondent as (
    select
        report_id,
        item,
        max(case when measure = 'sent' then number end) as sent,
        max(case when measure = 'satisfied' then number end) as satisfied,
        max(case when measure = 'satisfaction_rate' then number end) as rate,
        max(case when measure = 'satisfaction_rate' then slack end) as rate_slack,
        max(case when measure = 'satisfaction_rate' then mention_id end) as rate_id,
        max(case when measure = 'weight' then number end) as weight,
        max(case when measure = 'weight' then mention_id end) as weight_id,
        max(case when is_doubtful then 1 else 0 end) as doubts,
        min(figure_seq) as figure_seq,
        coalesce(regexp_matches(item, '综合|总体|总满意|平均'), false) as is_composite
    from figure
    group by report_id, item
),

weighted as (
    select
        report_id,
        count(*) as respondents,
        sum(weight) as weights,
        sum(case when rate is null then 1 else 0 end) as unrated,
        cast(sum(cast(rate * weight as decimal(24, 6))) as decimal(24, 6)) as expected_rate,
        max(doubts) as doubts,
        min(weight_id) as weight_id,
        {{ jixiao.audit_join(jixiao.audit_percent('rate') ~ " || '×' || " ~ jixiao.audit_percent('weight'), '＋', 'figure_seq') }} as printed
    from respondent
    where weight is not null and not is_composite
    group by report_id
    having count(*) > 1
),

-- The composite, as a figure of its own or as the actual value of the satisfaction indicator.
composite as (
    select
        figure.report_id,
        figure.scope,
        figure.project_name,
        figure.number,
        figure.slack,
        figure.printed,
        1 as choice,
        figure.mention_id,
        cast(null as integer) as source_page,
        figure.source_table,
        figure.source_row,
        cast(null as {{ dbt.type_string() }}) as source_bbox,
        cast(null as {{ dbt.type_string() }}) as source_path,
        cast(null as {{ dbt.type_string() }}) as source_text
    from figure
    inner join respondent on figure.mention_id = respondent.rate_id and respondent.is_composite

    union all

    select
        indicator.report_id,
        indicator.scope,
        indicator.project_name,
        cast(indicator.actual_value * 0.01 as decimal(24, 6)) as number,
        cast(0.01 * case
            when indicator.actual_value = floor(indicator.actual_value) then 0.5
            when indicator.actual_value * 10 = floor(indicator.actual_value * 10) then 0.05
            else 0.005
        end as decimal(24, 8)) as slack,
        {{ jixiao.audit_number('indicator.actual_value') }} || '%' as printed,
        2 as choice,
        cast(null as bigint) as mention_id,
        indicator.source_page,
        indicator.source_table,
        indicator.source_row,
        indicator.source_bbox,
        indicator.source_path,
        indicator.source_text
    from {{ ref('audit_indicator') }} as indicator
    where indicator.scope = 'department'
        and coalesce(indicator.level2_std, '') || coalesce(indicator.level3, '') like '%满意%'
        and coalesce(indicator.actual_unit, indicator.target_unit) = '%'
        and indicator.actual_value is not null

    union all

    -- The typed result of the composite's formula, where extraction kept it as evidence only.
    select
        statement.report_id,
        statement.scope,
        statement.project_name,
        statement.stated_value as number,
        statement.slack,
        statement.stated_words as printed,
        3 as choice,
        cast(null as bigint) as mention_id,
        statement.source_page,
        statement.source_table,
        statement.source_row,
        statement.source_bbox,
        statement.source_path,
        statement.source_text
    from {{ ref('audit_statement') }} as statement
    where statement.kind = 'formula'
        and statement.value_unit = 'ratio'
        and coalesce(statement.subject, '') like '%满意%'
        and statement.stated_value is not null
),

one_composite as (
    select
        *,
        row_number() over (partition by report_id order by choice, source_table, source_row) as nth,
        count(*) over (partition by report_id, choice) as candidates
    from composite
),

satisfaction_line as (
    select
        report_id,
        count(*) as lines,
        max(actual_value) as actual_value
    from {{ ref('audit_indicator') }}
    where scope = 'department'
        and level2_std = 'service_satisfaction'
        and coalesce(actual_unit, target_unit) = '%'
        and actual_value is not null
        and not is_doubtful
    group by report_id
),

single_survey as (
    select
        report_id,
        count(*) as respondents,
        max(rate_id) as rate_id
    from respondent
    where rate is not null and weight is null
    group by report_id
)

select
    {{ jixiao.audit_finding(
        rule='R52', at='one_composite', mention='one_composite.mention_id',
        subject="'综合满意度'",
        stated='one_composite.number', expected='weighted.expected_rate', unit="'ratio'",
        message="'综合满意度＝' || weighted.printed || '＝' || " ~ jixiao.audit_percent('weighted.expected_rate')
            ~ " || '，印为' || one_composite.printed || '。'"
    ) }}
from one_composite
inner join weighted on one_composite.report_id = weighted.report_id
where one_composite.nth = 1
    and (one_composite.choice <> 2 or one_composite.candidates = 1)
    and weighted.doubts = 0
    and weighted.unrated = 0
    and weighted.weights = 1
    and abs(one_composite.number - weighted.expected_rate) > one_composite.slack + 0.000001

union all

select
    {{ jixiao.audit_finding(
        rule='R53', figure='figure',
        subject="'满意度权重合计'",
        stated='weighted.weights', expected='1', unit="'ratio'",
        message="'满意度各类对象权重合计为' || " ~ jixiao.audit_percent('weighted.weights') ~ " || '，不等于100%。'"
    ) }}
from weighted
inner join figure on weighted.weight_id = figure.mention_id
where weighted.doubts = 0
    and weighted.weights <> 1

union all

select
    {{ jixiao.audit_finding(
        rule='R54', figure='figure',
        subject="'满意度问卷'",
        stated='figure.number',
        expected="cast(round(respondent.rate * respondent.sent) / respondent.sent as decimal(24, 6))", unit="'ratio'",
        message="'问卷' || " ~ jixiao.audit_number('respondent.sent') ~ " || '份，“' || respondent.item || '”满意率印为'
            || figure.printed || '，按满意份数计得不到这一比率。'"
    ) }}
from respondent
inner join figure on respondent.rate_id = figure.mention_id
where respondent.sent > 0
    and respondent.doubts = 0
    and abs(respondent.rate * respondent.sent - round(respondent.rate * respondent.sent))
    > respondent.rate_slack * respondent.sent + 0.000001

union all

select
    {{ jixiao.audit_finding(
        rule='R55', figure='figure',
        subject="'满意度'",
        stated='figure.number', expected='cast(satisfaction_line.actual_value * 0.01 as decimal(24, 6))', unit="'ratio'",
        message="'正文满意度为' || figure.printed || '，自评表中为' || "
            ~ jixiao.audit_number('satisfaction_line.actual_value') ~ " || '%。'"
    ) }}
from single_survey
inner join figure on single_survey.rate_id = figure.mention_id
inner join satisfaction_line on single_survey.report_id = satisfaction_line.report_id
where single_survey.respondents = 1
    and satisfaction_line.lines = 1
    and figure.scope = 'department'
    and not figure.is_doubtful
    and abs(figure.number - satisfaction_line.actual_value * 0.01) > 0.000001
