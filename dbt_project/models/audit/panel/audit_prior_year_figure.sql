-- P01 本年报告的上年数（印出的，或本年数减增减额）= 上年报告的本年数.
with stated_prior as (
    select
        figure.report_id,
        figure.scope,
        figure.project_name,
        figure.project_key,
        figure.family,
        figure.item,
        coalesce(figure.basis, '') as basis_key,
        figure.item_name,
        figure.number,
        figure.slack,
        figure.printed,
        figure.mention_id
    from {{ ref('audit_figure') }} as figure
    where figure.is_chosen
        and figure.measure = 'amount'
        and figure.family in ('expense', 'revenue')
        and figure.amount_year = figure.fiscal_year - 1
        and figure.number is not null
        and not figure.is_doubtful

    union all

    select
        compared.report_id,
        compared.scope,
        compared.project_name,
        coalesce(compared.project_name, '') as project_key,
        compared.family,
        compared.item,
        coalesce(figure.basis, '') as basis_key,
        compared.item_name,
        compared.number - compared.change_number as number,
        compared.slack + compared.change_slack as slack,
        {{ jixiao.audit_wan('compared.number - compared.change_number') }} as printed,
        compared.place_id as mention_id
    from {{ ref('audit_change') }} as compared
    inner join {{ ref('audit_figure') }} as figure on compared.mention_id = figure.mention_id
    where compared.previous_id is null
        and compared.change_number is not null
        and figure.amount_year = figure.fiscal_year
        and not compared.is_unit_misprint
        and not compared.is_doubtful
)

select
    {{ jixiao.audit_finding(
        rule='P01', figure='stated_prior', related_figure='last_year',
        subject="stated_prior.item_name || '上年数'",
        stated='stated_prior.number', expected='last_year.number', unit="'cny'",
        message="'本报告' || stated_prior.item_name || '上年数为' || stated_prior.printed || '，' || neighbour.other_year || '年报告为'
            || last_year.printed || '，相差' || " ~ jixiao.audit_wan('abs(stated_prior.number - last_year.number)') ~ " || '。'"
    ) }}
from stated_prior
inner join {{ ref('audit_neighbour') }} as neighbour
    on stated_prior.report_id = neighbour.report_id and neighbour.relation = 'year_before'
inner join {{ ref('audit_figure') }} as last_year
    on neighbour.other_id = last_year.report_id
        and stated_prior.family = last_year.family
        and stated_prior.scope = last_year.scope
        and stated_prior.project_key = last_year.project_key
        and stated_prior.item = last_year.item
        and stated_prior.basis_key = coalesce(last_year.basis, '')
        and last_year.measure = 'amount'
        and last_year.is_chosen
        and neighbour.other_year = last_year.amount_year
where not last_year.is_doubtful
    and abs(stated_prior.number - last_year.number) > greatest(2 * stated_prior.slack, 2 * last_year.slack)
    -- A break of the unit is P15.
    and not (
        stated_prior.number > 0 and last_year.number > 0
        and (stated_prior.number > 5000 * last_year.number or last_year.number > 5000 * stated_prior.number)
    )
