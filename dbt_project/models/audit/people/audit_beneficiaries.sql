-- R30 服务离退休人数不超过离退休人员数: an indicator that counts retired people, in 人 (not 人次).
with people as (
    select
        report_id,
        sum(number) as number
    from {{ ref('audit_figure') }}
    where is_chosen and family = 'personnel' and measure = 'headcount' and scope = 'department'
        and item in ('retired', 'veteran_retired')
    group by report_id
)

select
    {{ jixiao.audit_finding(
        rule='R30', at='indicator',
        subject='indicator.indicator_name',
        stated='indicator.actual_value', expected='people.number', unit="'persons'",
        message="indicator.quoted_name || '实际' || " ~ jixiao.audit_number('indicator.actual_value')
            ~ " || '人，多于离退休人员' || " ~ jixiao.audit_number('people.number') ~ " || '人。'"
    ) }}
from {{ ref('audit_indicator') }} as indicator
inner join people on indicator.report_id = people.report_id
where indicator.scope = 'department'
    and coalesce(indicator.actual_unit, indicator.target_unit) in ('人', '名')
    and regexp_matches(indicator.indicator_name, '离退休|退休人员|老干')
    and not regexp_matches(indicator.indicator_name, '群众|学员|培训|参与')
    and indicator.actual_value > people.number
