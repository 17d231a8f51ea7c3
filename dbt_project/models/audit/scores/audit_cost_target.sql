-- R44 a cost target that claims to be the whole budget is one of the budget's figures.
with money as (
    select
        report_id,
        scope,
        project_key,
        max(case when measure = 'annual_budget' then number end) as annual,
        max(case when measure = 'initial_budget' then number end) as initial,
        max(case when measure = 'executed' then number end) as executed,
        max(slack) as slack,
        max(case when is_doubtful then 1 else 0 end) as doubts
    from {{ ref('audit_figure') }}
    where is_chosen and family = 'budget' and item in ('total', 'general_public_budget') and number is not null
    group by report_id, scope, project_key
),

unit as (
    select
        unit,
        max(factor) as factor
    from {{ ref('unit_word') }}
    where dimension = 'money'
    group by unit
),

target as (
    select
        indicator.*,
        cast(indicator.target_value * unit.factor as decimal(24, 6)) as target_cny
    from {{ ref('audit_indicator') }} as indicator
    inner join unit
        on unit.unit = case indicator.target_unit when '万' then '万元' else indicator.target_unit end
    where indicator.is_cost
        and indicator.target_value is not null
        and not indicator.is_doubtful
        and regexp_matches(
            indicator.indicator_name,
            '^(全年|年度|部门|项目|总|整体)*(预算|经费|成本|支出|资金|预算项目经费|预算经费)(控制|总额|总量|总数|总成本|规模|控制数|控制额|控制在预算内)?$'
        )
)

select
    {{ jixiao.audit_finding(
        rule='R44', at='target',
        subject='target.indicator_name',
        stated='target.target_cny', expected='coalesce(money.annual, money.initial)', unit="'cny'",
        message="'成本指标' || target.quoted_name || '目标' || " ~ jixiao.audit_words('target.target_text')
            ~ " || '，而全年预算数为' || " ~ jixiao.audit_wan('coalesce(money.annual, money.initial)')
            ~ " || '，相差' || " ~ jixiao.audit_wan('abs(target.target_cny - coalesce(money.annual, money.initial))')
            ~ " || '。'"
    ) }}
from target
inner join money
    on target.report_id = money.report_id
        and target.scope = money.scope
        and target.project_key = money.project_key
where money.doubts = 0
    and coalesce(money.annual, money.initial) is not null
    and abs(target.target_cny - coalesce(money.annual, -1)) > 2 * money.slack
    and abs(target.target_cny - coalesce(money.initial, -1)) > 2 * money.slack
    and abs(target.target_cny - coalesce(money.executed, -1)) > 2 * money.slack
