-- R57 得分与评分标准的界限相符: a rate beyond the limit of its own rule, and full marks all the same.
-- stated_value is the limit, computed_value the rate; a percentage adjustment that the text leaves out
-- comes from the budget figures.
with full_marks as (
    select
        report_id,
        level3,
        max(weight) as weight,
        max(score) as score
    from {{ ref('audit_indicator') }}
    where scope = 'department' and weight > 0 and score = weight
    group by report_id, level3
),

adjustment as (
    select
        initial.report_id,
        {{ jixiao.ratio('abs(change.number)', 'initial.number') }} as rate
    from {{ ref('audit_figure') }} as initial
    inner join {{ ref('audit_figure') }} as change
        on initial.report_id = change.report_id
            and change.family = 'budget' and change.measure = 'adjustment' and change.is_chosen
            and change.scope = 'department' and change.item = 'total'
    where initial.family = 'budget' and initial.measure = 'initial_budget' and initial.is_chosen
        and initial.scope = 'department' and initial.item = 'total' and initial.number > 0
),

-- What the join asks of one side is a column of that side: as a condition it would make a loop.
limited as (
    select
        *,
        case when subject like '%预算调整率%' then report_id end as adjusted_report
    from {{ ref('audit_statement') }}
    where kind = 'threshold' and value_unit = 'ratio'
)

select
    {{ jixiao.audit_finding(
        rule='R57', at='statement',
        subject='statement.subject',
        stated='coalesce(statement.computed_value, adjustment.rate)', expected='statement.stated_value', unit='statement.value_unit',
        message="statement.quoted_subject || '为' || " ~ jixiao.audit_percent('coalesce(statement.computed_value, adjustment.rate)')
            ~ " || '，超过界限' || statement.stated_words || '，仍得满分' || " ~ jixiao.audit_points('full_marks.score') ~ " || '。'"
    ) }}
from limited as statement
inner join full_marks
    on statement.report_id = full_marks.report_id
        and statement.subject = full_marks.level3
left join adjustment on statement.adjusted_report = adjustment.report_id
where coalesce(statement.computed_value, adjustment.rate) > statement.stated_value
