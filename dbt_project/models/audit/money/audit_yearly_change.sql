-- R16 增减额 = 本年 − 上年, in magnitude (the direction is R18). R22 where the year before stands in a
-- table and the change in a sentence.
select
    {{ jixiao.audit_finding(
        rule='R16', figure='compared', mention='compared.place_id', related_figure='previous',
        rule_sql="case when compared.previous_in_table and not compared.change_in_table then 'R22' else 'R16' end",
        subject="compared.item_name || '增减额'",
        stated='compared.change_number', expected='compared.number - compared.previous_number', unit="'cny'",
        message="compared.place_name || compared.item_name || compared.printed || '，上年' || compared.previous_printed
            || '，增减额印为' || compared.change_printed || '，应为' || "
            ~ jixiao.audit_wan('compared.number - compared.previous_number') ~ " || '。'"
    ) }}
from {{ ref('audit_change') }} as compared
inner join {{ ref('audit_figure') }} as previous on compared.previous_id = previous.mention_id
where compared.change_number is not null
    and not compared.is_doubtful
    and not compared.is_unit_misprint
    and abs(abs(compared.number - compared.previous_number) - abs(compared.change_number))
    > greatest(
        compared.slack + compared.previous_slack,
        2 * compared.change_slack,
        case when compared.previous_in_table and not compared.change_in_table then 500 else 0 end
    )
