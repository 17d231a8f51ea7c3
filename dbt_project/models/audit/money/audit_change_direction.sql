-- R18 增减方向与数字一致; 持平 means within 5%.
select
    {{ jixiao.audit_finding(
        rule='R18', figure='compared', mention='compared.place_id', related_figure='previous',
        subject="compared.item_name || '增减方向'",
        stated='compared.change_number', expected='compared.number - compared.previous_number', unit="'cny'",
        message="compared.place_name || compared.item_name || compared.printed || '，上年' || compared.previous_printed
            || '，实为' || case when compared.number > compared.previous_number then '增加' else '减少' end || "
            ~ jixiao.audit_wan('abs(compared.number - compared.previous_number)')
            ~ " || '，却写作“' || compared.compared_word || '”。'"
    ) }}
from {{ ref('audit_change') }} as compared
inner join {{ ref('audit_figure') }} as previous on compared.previous_id = previous.mention_id
where not compared.is_doubtful
    and not compared.is_unit_misprint
    and (
        (compared.direction = 1 and compared.number < compared.previous_number)
        or (compared.direction = -1 and compared.number > compared.previous_number)
        or (
            compared.direction = 0
            and abs(compared.number - compared.previous_number) > 0.05 * compared.previous_number
            and abs(compared.number - compared.previous_number) > 2 * (compared.slack + compared.previous_slack)
        )
    )
