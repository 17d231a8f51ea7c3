-- R58, R59, R65, R69, R70: what only the text shows, found by extraction as statements. A form that
-- nobody filled in (no project, no figure, no line) lacks no field.
with filled_table as (
    select
        report_id,
        source_table
    from {{ ref('audit_figure') }}
    where source_table is not null
    union
    select
        report_id,
        source_table
    from {{ ref('audit_indicator') }}
    where source_table is not null
)

select
    {{ jixiao.audit_finding(
        rule='R58', at='statement',
        rule_sql="case statement.kind
            when 'blank_field' then 'R58'
            when 'contradiction' then 'R59'
            when 'year_mismatch' then 'R65'
            when 'repeated_block' then 'R69'
            else 'R70'
        end",
        subject="coalesce(statement.subject, substr(statement.source_text, 1, 30), '正文')",
        stated='statement.stated_value', expected='statement.computed_value', unit='statement.value_unit',
        message="case statement.kind
                when 'blank_field' then '必填栏空白：'
                when 'contradiction' then '正文与表矛盾：'
                when 'year_mismatch' then '叙述年度与报告年度不符：'
                when 'repeated_block' then '文字重复：'
                when 'foreign_token' then '夹杂无关文字：'
                else '残留占位文字：'
            end || coalesce(statement.subject || case when statement.detail is null then '' else '，' end, '')
            || coalesce(statement.detail, case when statement.subject is null then substr(statement.source_text, 1, 60) else '' end, '') || '。'"
    ) }}
from {{ ref('audit_statement') }} as statement
where statement.kind in (
    'blank_field', 'contradiction', 'year_mismatch', 'repeated_block', 'placeholder', 'foreign_token'
)
and not (
    statement.kind = 'blank_field'
    and statement.source_table is not null
    and coalesce(statement.subject, '') like '%项目名称%'
    and not exists (
        select 1
        from filled_table
        where filled_table.report_id = statement.report_id
            and filled_table.source_table = statement.source_table
    )
)
