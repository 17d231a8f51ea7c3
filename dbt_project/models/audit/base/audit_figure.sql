-- Every mention of a figure in one shape for the rules: value in yuan, ratio, points or heads; how it
-- was printed; half a unit of its last printed digit (slack); whether it is the chosen one, and whether
-- there are others (is_repeated); the column it stands in (same scope, project, basis, year and measure)
-- and the table or sentence. A view: what follows from a row alone is worked out for the rows that a
-- rule asks for, and not written for millions. Where a figure stands is looked up for findings only
-- (fct_finding).
{{ config(materialized='view') }}

select
    figure.mention_id,
    figure.report_id,
    figure.fiscal_year,
    figure.figure_seq,
    figure.family,
    figure.project_name,
    figure.item,
    figure.basis,
    figure.amount_year,
    figure.measure,
    figure.fact_key,
    figure.number,
    figure.value_text,
    figure.printed_value,
    figure.printed_unit,
    figure.factor,
    figure.is_table,
    figure.is_approximate,
    figure.is_candidate,
    figure.is_chosen,
    figure.is_repeated,
    figure.is_doubtful,
    figure.is_partly_read,
    figure.is_orphan,
    figure.parent_item,
    figure.parent_number,
    figure.is_named,
    figure.compared_word,
    figure.list_id,
    figure.list_role,
    figure.place_key,
    figure.source_table,
    figure.source_row,
    figure.column_key,
    figure.item_name,
    case when figure.project_name is null then 'department' else 'project' end as scope,
    coalesce(figure.project_name, '') as project_key,
    {{ jixiao.audit_kind('figure.kind_number') }} as kind,
    {{ jixiao.audit_slack('figure.kind_number', 'figure.factor', 'figure.printed_scale') }} as slack,
    -- Whose figure it is, for the sentence: 项目“…” 2023年
    case when figure.project_name is not null then '项目“' || figure.project_name || '”' else '' end
    || case
        when figure.amount_year <> figure.fiscal_year
            then cast(figure.amount_year as {{ dbt.type_string() }}) || '年'
        else ''
    end
    || case figure.basis
        when 'budget_initial' then '年初预算'
        when 'budget_adjusted' then '调整后预算'
        when 'budget' then '预算'
        else ''
    end as place_name,
    {{ jixiao.audit_printed('figure', jixiao.audit_kind('figure.kind_number')) }} as printed
from {{ ref('audit_figure_row') }} as figure
