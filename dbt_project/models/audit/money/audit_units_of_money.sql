-- R19 计量单位: a change that fits its rate only in another unit; two mentions 10⁴ apart; units that the
-- text misprints or leaves out (statements).
with amount as {{ jixiao.inlined() }} (
    select *
    from {{ ref('audit_figure') }}
    where is_repeated and is_candidate and kind = 'money' and number is not null
),

-- Few figures are stated with two values: only these are held against each other.
divided as (
    select
        fact_key,
        measure
    from amount
    group by fact_key, measure
    having min(number) <> max(number)
),

computed as (
    select
        {{ jixiao.audit_finding(
            rule='R19', figure='compared', mention='compared.place_id',
            subject="compared.item_name || '增减额'",
            stated='compared.change_number', expected='compared.change_number * 10000', unit="'cny'",
            message="compared.item_name || compared.printed || '，增减额印为' || compared.change_printed || '、增减率'
                || compared.rate_printed || '，按增减率推算，单位“' || coalesce(compared.change_unit, '') || '”应为“万元”。'"
        ) }}
    from {{ ref('audit_change') }} as compared
    where compared.is_unit_misprint and not compared.is_doubtful

    union all

    select
        {{ jixiao.audit_finding(
            rule='R19', figure='other', related_figure='chosen',
            subject="other.place_name || other.item_name",
            stated='other.number', expected='chosen.number', unit="'cny'",
            message="other.place_name || other.item_name || '一处为' || other.printed || '，一处为' || chosen.printed
                || '，正好相差一万倍，单位有误。'"
        ) }}
    from divided
    inner join amount as other on divided.fact_key = other.fact_key and divided.measure = other.measure
    inner join amount as chosen
        on divided.fact_key = chosen.fact_key and divided.measure = chosen.measure and chosen.is_chosen
    where chosen.number <> 0
        and (other.number = chosen.number * 10000 or chosen.number = other.number * 10000)
        and not (other.is_doubtful or chosen.is_doubtful)
),

stated as (
    select
        {{ jixiao.audit_finding(
            rule='R19', at='statement',
            subject="coalesce(statement.subject, '计量单位')",
            stated='statement.stated_value', expected='statement.computed_value',
            unit="statement.value_unit",
            message="case statement.kind when 'missing_unit' then '漏印计量单位：' else '计量单位有误：' end
                || coalesce(statement.subject || '，', '') || coalesce(statement.detail, statement.source_text, '') || '。'"
        ) }}
    from {{ ref('audit_statement') }} as statement
    where statement.kind in ('misprinted_unit', 'missing_unit')
),

computed_place as (
    select
        computed.report_id,
        computed.stated_value,
        mention.source_text
    from computed
    left join {{ ref('int_mention') }} as mention on computed.source_mention = mention.mention_no
)

select * from computed
union all
select stated.*
from stated
where not exists (
        select 1
        from computed_place as told
        where told.report_id = stated.report_id
            and (
                coalesce(told.source_text, '') = coalesce(stated.source_text, '~')
                or strpos(coalesce(told.source_text, ''), coalesce(stated.source_text, '~')) > 0
                or strpos(coalesce(stated.source_text, ''), coalesce(told.source_text, '~')) > 0
            )
            and (stated.stated_value is null or told.stated_value = stated.stated_value)
    )
