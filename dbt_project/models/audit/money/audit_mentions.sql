-- R11, R15, R21, R27: a figure stated in several places is the same everywhere. The place that was
-- not chosen is the stated one, the chosen figure the expected one. A ratio of exactly 10⁴ is a
-- misprinted unit (R19), an approximate mention is no mention of the exact amount.
with mention as {{ jixiao.inlined() }} (
    select
        *,
        case
            when
                family = 'expense'
                and item in (
                    'three_public', 'reception', 'vehicle', 'vehicle_purchase', 'vehicle_operation', 'abroad'
                )
                then 'R15'
            when family = 'expense' and item = 'public' and scope = 'department' then 'R21'
            when family = 'personnel' and item = 'establishment' then 'R27'
            when family in ('expense', 'budget', 'revenue', 'asset') then 'R11'
        end as rule_code,
        scope = 'project'
        and (
            (family = 'expense' and item = 'total' and basis = 'actual' and amount_year = fiscal_year)
            or (family = 'budget' and measure = 'executed' and item in ('total', 'general_public_budget'))
        ) as is_spent
    from {{ ref('audit_figure') }}
    where is_candidate
        and number is not null
        and not is_approximate
        -- A sentence that does not name the project may speak of a part of it.
        and is_named
        and measure in ('amount', 'headcount', 'initial_budget', 'annual_budget', 'executed')
),

-- A project's spending is also the executed amount of its budget block.
linked as {{ jixiao.inlined() }} (
    select
        *,
        case
            when is_spent then {{ jixiao.int_key(['report_id', 'project_key']) }}
            else {{ jixiao.int_key(['fact_key', 'measure']) }}
        end as same_figure
    from mention
    where rule_code is not null
        -- Stated once, it differs from nothing.
        and (is_repeated or is_spent)
),

-- Most figures are stated once, or the same everywhere: only the others are looked at closely.
divided as (
    select same_figure
    from linked
    group by same_figure
    having min(number) <> max(number)
),

-- What counts: an executed amount of the fund block before a sum in a sentence.
standing as (
    select
        *,
        row_number() over (
            partition by same_figure
            order by
                case when is_chosen then 0 else 1 end,
                case when is_table then 0 else 1 end,
                case when family = 'budget' then 0 else 1 end,
                case when item = 'total' then 0 else 1 end,
                figure_seq
        ) as nth,
        sum(case when is_doubtful then 1 else 0 end) over (partition by same_figure) as doubts
    from linked
    where same_figure in (select divided.same_figure from divided)
),

deviating as (
    select
        other.*,
        chosen.number as chosen_number,
        chosen.printed as chosen_printed,
        chosen.slack as chosen_slack,
        chosen.is_table as chosen_in_table,
        chosen.mention_id as chosen_id,
        row_number() over (
            partition by other.same_figure, other.number
            order by other.figure_seq
        ) as nth_of_value
    from standing as other
    inner join standing as chosen
        on other.same_figure = chosen.same_figure and chosen.nth = 1
    where other.nth > 1
        and other.doubts = 0
        and abs(other.number - chosen.number)
        > greatest(2 * least(other.slack, chosen.slack), other.slack, chosen.slack)
        -- Two sentences may speak of two establishments, two accounts of public spending.
        and not (
            other.rule_code in ('R21', 'R27') and not other.is_table and not chosen.is_table
        )
        -- A sum of funds and its fiscal part are two figures unless both claim to be the whole.
        and not (
            other.family = 'budget' and chosen.family = 'budget' and other.item <> chosen.item
        )
        and not (
            chosen.number <> 0
            and (
                other.number = chosen.number * 10000
                or chosen.number = other.number * 10000
            )
        )
)

select
    {{ jixiao.audit_finding(
        rule='R11', rule_sql='deviating.rule_code', figure='deviating', related_figure='chosen',
        subject="deviating.place_name || case when deviating.is_spent then '项目支出' else deviating.item_name end",
        stated='deviating.number', expected='deviating.chosen_number',
        unit="case when deviating.kind = 'count' then 'persons' else 'cny' end",
        message="deviating.place_name || case when deviating.is_spent then '支出' else deviating.item_name end
            || '在' || case when deviating.is_table then '表' else '正文' end || '中为' || deviating.printed
            || case when deviating.kind = 'count' then '人' else '' end
            || '，在' || case when deviating.chosen_in_table then '表' else '正文' end || '中为' || deviating.chosen_printed
            || case when deviating.kind = 'count' then '人' else '' end || '，相差'
            || case when deviating.kind = 'count' then " ~ jixiao.audit_number('abs(deviating.number - deviating.chosen_number)')
            ~ " || '人' else " ~ jixiao.audit_wan('abs(deviating.number - deviating.chosen_number)') ~ " end || '。'"
    ) }}
from deviating
inner join {{ ref('audit_figure') }} as chosen on deviating.chosen_id = chosen.mention_id
where deviating.nth_of_value = 1
    and not (
        deviating.rule_code = 'R21' and abs(deviating.number - deviating.chosen_number) <= 500
    )
