-- R17 增减率 = 增减额 ÷ 上年. The year before is the printed one, else current − change.
with compared as (
    select
        *,
        coalesce(previous_number, number - change_number) as base,
        case
            when previous_number is not null then number - previous_number
            else change_number
        end as delta
    from {{ ref('audit_change') }}
    where rate_number is not null and not is_doubtful and not is_unit_misprint
)

select
    {{ jixiao.audit_finding(
        rule='R17', figure='compared', mention='compared.place_id',
        subject="compared.item_name || '增减率'",
        stated='compared.rate_number',
        expected=jixiao.ratio('compared.delta', 'compared.base'), unit="'ratio'",
        message="compared.place_name || compared.item_name || compared.printed || '，上年' || "
            ~ jixiao.audit_wan('compared.base') ~ " || '，增减率印为' || compared.rate_printed || '，应为' || "
            ~ jixiao.audit_percent(jixiao.ratio('compared.delta', 'compared.base')) ~ " || '。'"
    ) }}
from compared
where compared.base > 0
    and abs(abs({{ jixiao.ratio('compared.delta', 'compared.base') }}) - abs(compared.rate_number))
    > compared.rate_slack + 0.000001
    + 2 * coalesce(compared.change_slack, compared.slack) / compared.base
    -- Where the printed change and the printed years disagree, the rate may follow the change.
    and (
        compared.change_number is null
        or abs(abs({{ jixiao.ratio('compared.change_number', 'compared.base') }}) - abs(compared.rate_number))
        > compared.rate_slack + 0.000001 + 2 * compared.change_slack / compared.base
    )
