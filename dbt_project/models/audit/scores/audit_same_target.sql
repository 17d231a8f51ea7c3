-- R47 同一指标在部门表与项目表中目标一致: same name, or one name begins with the other (six
-- characters or more), counted in the same unit. Rates, satisfaction and cost may differ by level.
with counted as (
    select
        *,
        case
            when regexp_extract(target_text, '([0-9]+(\.[0-9]+)?)', 1) <> '' then target_value
        end as number
    from {{ ref('audit_indicator') }}
    where target_value is not null
        and target_unit is not null
        and target_unit not in ('%', '元', '万元', '万', '亿元', '年', '月', '日', '天')
        and not is_cost
        and coalesce(level1_std, '') <> 'satisfaction'
        and length(level3) >= 4
        and not is_doubtful
)

select
    {{ jixiao.audit_finding(
        rule='R47', at='in_project', related='in_department',
        subject='in_project.level3',
        stated='in_project.number', expected='in_department.number', unit='in_project.target_unit',
        message="'同一指标“' || in_department.level3 || '”在部门自评表中目标为' || "
            ~ jixiao.audit_words('in_department.target_text') ~ " || '，在项目“' || in_project.project_name
            || '”自评表中为' || " ~ jixiao.audit_words('in_project.target_text') ~ " || '。'"
    ) }}
from counted as in_project
inner join counted as in_department
    on in_project.report_id = in_department.report_id
        and in_department.scope = 'department'
        and in_project.target_unit = in_department.target_unit
        -- Lines of one table are lines of one list of projects.
        and in_project.source_table is distinct from in_department.source_table
        and (
            in_project.level3 = in_department.level3
            or (length(in_department.level3) >= 6 and starts_with(in_project.level3, in_department.level3))
            or (length(in_project.level3) >= 6 and starts_with(in_department.level3, in_project.level3))
        )
where in_project.scope = 'project'
    and in_project.number <> in_department.number
    -- Another line of that name has the department's target.
    and not exists (
        select 1
        from counted as other
        where other.report_id = in_department.report_id
            and other.scope = 'project'
            and other.target_unit = in_department.target_unit
            and other.number = in_department.number
            and (
                starts_with(other.level3, in_department.level3)
                or starts_with(in_department.level3, other.level3)
            )
    )
