-- R23 分期占比, R25 政府采购明细, R60 列举的次数 and R61 money: enumerations with a total that the text
-- itself prints (statements of kind `sum`).
select
    {{ jixiao.audit_finding(
        rule='R60', at='statement',
        rule_sql="case
            when statement.value_unit = 'ratio' then 'R23'
            when statement.value_unit = 'cny' and coalesce(statement.subject, '') like '%采购%' then 'R25'
            when statement.value_unit = 'cny' then 'R61'
            else 'R60'
        end",
        subject="coalesce(statement.subject, '列举合计')",
        stated='statement.stated_value', expected='statement.computed_value',
        unit="statement.value_unit",
        severity="case when statement.value_unit = 'cny' and coalesce(statement.subject, '') not like '%采购%' then 'warning' end",
        message="coalesce(statement.quoted_subject, '') || '列举（' || coalesce(statement.detail, '') || '）相加为'
            || statement.computed_words || '，印为' || statement.stated_words || '。'"
    ) }}
from {{ ref('audit_statement') }} as statement
where statement.kind = 'sum'
    and statement.stated_value is not null
    and statement.computed_value is not null
    and abs(statement.stated_value - statement.computed_value)
    > case when statement.value_unit in ('cny', 'ratio') then 2 * statement.slack else 0 end
