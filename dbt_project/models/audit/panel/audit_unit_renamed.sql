-- P09 同一预算单位编码名称不同: the same code under another name than the year before.
select
    {{ jixiao.audit_finding(
        rule='P09', at='neighbour',
        subject="'单位名称'",
        message="'预算单位编码' || own.budget_unit_code || '本年名称为“' || own.unit_name || '”，' || neighbour.other_year
            || '年为“' || other.unit_name || '”，系更名或合并。'"
    ) }}
from {{ ref('audit_neighbour') }} as neighbour
inner join {{ ref('int_unit_of_report') }} as own on neighbour.report_id = own.report_id
inner join {{ ref('int_unit_of_report') }} as other on neighbour.other_id = other.report_id
where neighbour.relation = 'year_before'
    and own.budget_unit_code is not null
    and own.match_name <> other.match_name
