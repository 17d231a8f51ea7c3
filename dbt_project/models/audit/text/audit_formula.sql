-- R56 所列算式的结果正确, R61 正文算式正确 (statements of kind formula and product). A composite
-- satisfaction is R52; a formula without operands is judged by the figures it names.
with adjustment as (
    select
        initial.report_id,
        {{ jixiao.ratio('abs(change.number)', 'initial.number') }} as rate,
        initial.printed as initial_printed,
        change.printed as change_printed
    from {{ ref('audit_figure') }} as initial
    inner join {{ ref('audit_figure') }} as change
        on initial.report_id = change.report_id
            and change.family = 'budget' and change.measure = 'adjustment' and change.is_chosen
            and change.scope = 'department' and change.item = 'total'
    where initial.family = 'budget' and initial.measure = 'initial_budget' and initial.is_chosen
        and initial.scope = 'department' and initial.item = 'total' and initial.number > 0
)

select
    {{ jixiao.audit_finding(
        rule='R56', at='statement',
        rule_sql="case statement.kind when 'product' then 'R61' else 'R56' end",
        subject="coalesce(statement.subject, '算式')",
        stated='statement.stated_value', expected='statement.computed_value', unit='statement.value_unit',
        message="coalesce(statement.quoted_subject, '') || '算式' || coalesce('（' || statement.detail || '）', '')
            || '应为' || case when statement.value_unit = 'ratio' then " ~ jixiao.audit_percent('statement.computed_value')
            ~ " else statement.computed_words end || '，印为' || statement.stated_words || '。'"
    ) }}
from {{ ref('audit_statement') }} as statement
where statement.kind in ('formula', 'product')
    and statement.stated_value is not null
    and statement.computed_value is not null
    and coalesce(statement.subject, '') not like '%满意%'
    and abs(statement.stated_value - statement.computed_value)
    > case when statement.kind = 'product' then 0.01 else statement.slack end + 0.000001
    -- 630*1500=94.5万元 multiplies yuan.
    and not (
        statement.kind = 'product'
        and statement.factor > 1
        and abs(statement.stated_value * statement.factor - statement.computed_value) <= statement.slack * statement.factor
    )

union all

select
    {{ jixiao.audit_finding(
        rule='R56', at='statement',
        subject="coalesce(statement.subject, '算式')",
        stated='null', expected='coalesce(statement.computed_value, adjustment.rate)', unit="coalesce(statement.value_unit, 'ratio')",
        message="coalesce(statement.quoted_subject, '') || '算式未填数'
            || coalesce('（' || statement.detail || '）', '')
            || coalesce('，按调整' || adjustment.change_printed || '÷年初' || adjustment.initial_printed || '计为' || "
            ~ jixiao.audit_percent('adjustment.rate') ~ ", '') || '。'"
    ) }}
from {{ ref('audit_statement') }} as statement
left join adjustment
    on statement.report_id = adjustment.report_id
        and coalesce(statement.subject, '') like '%预算调整率%'
where statement.kind = 'formula'
    and statement.stated_value is null
    and coalesce(statement.computed_value, adjustment.rate) is not null
