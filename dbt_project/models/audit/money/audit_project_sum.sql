-- R10 各项目支出之和 = 项目支出.
with spent as (
    select
        report_id,
        project_key,
        coalesce(
            min(case when family = 'expense' then number end),
            min(case when item = 'total' then number end),
            max(number)
        ) as number,
        max(slack) as slack,
        min(figure_seq) as figure_seq
    from {{ ref('audit_figure') }}
    where is_chosen
        and scope = 'project'
        and number is not null
        and (
            (
                family = 'expense'
                and item = 'total'
                and measure = 'amount'
                and basis = 'actual'
                and amount_year = fiscal_year
            )
            or (family = 'budget' and measure = 'executed')
        )
    group by report_id, project_key
),

added as (
    select
        report_id,
        count(*) as projects,
        sum(number) as number,
        sum(slack) as slack
    from spent
    group by report_id
)

select
    {{ jixiao.audit_finding(
        rule='R10', figure='whole',
        subject="'项目支出'",
        stated='whole.number', expected='added.number', unit="'cny'",
        message="'项目支出' || whole.printed || '，所列' || added.projects || '个项目支出合计' || "
            ~ jixiao.audit_wan('added.number') ~ " || '，相差' || "
            ~ jixiao.audit_wan('abs(whole.number - added.number)') ~ " || '。'"
    ) }}
from {{ ref('audit_figure') }} as whole
inner join added on whole.report_id = added.report_id
where whole.is_chosen
    and whole.family = 'expense'
    and whole.item = 'project'
    and whole.measure = 'amount'
    and whole.basis = 'actual'
    and whole.scope = 'department'
    and whole.amount_year = whole.fiscal_year
    and not whole.is_doubtful
    and added.projects > 1
    and whole.number <> added.number
