-- P17 项目跨年延续: one code under several names over the years; a project of two years ago or more that
-- is still spent on (质保金, 尾款); more spent out of what was carried over than the year before left.
with known as (
    select distinct
        named.report_id,
        'project' as scope,
        named.project_name,
        {{ jixiao.strip('upper(named.project_code)', '\\s') }} as code,
        named.unit_id,
        named.fiscal_year,
        cast(null as integer) as source_page,
        cast(null as integer) as source_table,
        cast(null as integer) as source_row,
        cast(null as {{ dbt.type_string() }}) as source_bbox,
        cast(null as {{ dbt.type_string() }}) as source_path,
        cast(null as {{ dbt.type_string() }}) as source_text
    from {{ ref('int_project_of_report') }} as named
    inner join {{ ref('int_report') }} as report on named.report_id = report.report_id
    where named.project_code is not null and report.is_current
),

project as (
    select known.*
    from known
    inner join {{ ref('audit_report') }} as report on known.report_id = report.report_id
),

earlier as (
    select
        project.report_id,
        project.project_name,
        before.project_name as before_name,
        before.fiscal_year as before_year,
        row_number() over (
            partition by project.report_id, project.project_name order by before.fiscal_year desc, before.project_name
        ) as nth
    from project
    inner join known as before
        on project.unit_id = before.unit_id
            and project.code = before.code
            and project.fiscal_year > before.fiscal_year
),

-- Budget and execution of a project of a self-evaluation, and where the execution is printed.
block as (
    select
        figure.report_id,
        figure.project_key,
        max(report.unit_id) as unit_id,
        max(report.fiscal_year) as fiscal_year,
        max(case when figure.measure = 'initial_budget' then figure.number end) as initial,
        max(case when figure.measure = 'annual_budget' then figure.number end) as annual,
        max(case when figure.measure = 'executed' then figure.number end) as executed,
        max(case when figure.measure = 'executed' then figure.mention_id end) as executed_id,
        max(figure.slack) as slack
    from {{ ref('audit_figure') }} as figure
    inner join {{ ref('audit_report') }} as report on figure.report_id = report.report_id
    where figure.family = 'budget'
        and figure.scope = 'project'
        and figure.item = 'total'
        and figure.measure in ('initial_budget', 'annual_budget', 'executed')
        and figure.is_chosen
        and report.is_current
        and report.report_kind = 'self_evaluation'
    group by figure.report_id, figure.project_key
    having max(case when figure.is_doubtful then 1 else 0 end) = 0
),

-- A year in front of the name, two years or more before the report's own.
tail as (
    select
        *,
        cast(nullif(regexp_extract(project_key, '^(20[0-9][0-9])年', 1), '') as integer) as named_year
    from block
    where executed > 0
),

-- Nothing newly budgeted: only what the year before left can be spent.
carried as (
    select
        block.*,
        before.annual - before.executed as left_over,
        before.fiscal_year as before_year
    from block
    inner join block as before
        on block.unit_id = before.unit_id
            and block.project_key = before.project_key
            and before.fiscal_year = block.fiscal_year - 1
    where block.initial = 0
        and block.annual > 0
        and before.annual >= before.executed
        and block.executed > before.annual - before.executed + 2 * block.slack + 2 * before.slack
)

select
    {{ jixiao.audit_finding(
        rule='P17', at='project',
        subject="'项目名称'",
        message="'项目编码' || project.code || '本年名称为“' || project.project_name || '”，' || earlier.before_year
            || '年为“' || earlier.before_name || '”。'"
    ) }}
from project
inner join earlier
    on project.report_id = earlier.report_id
        and project.project_name = earlier.project_name
        and earlier.nth = 1
-- The year in front of a name changes every year.
where regexp_replace(project.project_name, '^[0-9]{4}年?度?', '')
    <> regexp_replace(earlier.before_name, '^[0-9]{4}年?度?', '')

union all

select
    {{ jixiao.audit_finding(
        rule='P17', figure='executed',
        subject="'跨年支出'",
        stated='tail.executed', expected='null', unit="'cny'", difference='null',
        message="'项目“' || tail.project_key || '”名称为' || tail.named_year || '年，' || tail.fiscal_year || '年度仍执行' || executed.printed
            || '，宜核对是否为质保金等跨年尾款。'"
    ) }}
from tail
inner join {{ ref('audit_figure') }} as executed on tail.executed_id = executed.mention_id
where tail.named_year <= tail.fiscal_year - 2

union all

select
    {{ jixiao.audit_finding(
        rule='P17', figure='executed',
        subject="'结转支出'",
        stated='carried.executed', expected='carried.left_over', unit="'cny'",
        message="'项目“' || carried.project_key || '”年初预算为0，' || carried.before_year || '年结余' || "
            ~ jixiao.audit_wan('carried.left_over') ~ " || '，' || carried.fiscal_year || '年却执行' || executed.printed || '。'"
    ) }}
from carried
inner join {{ ref('audit_figure') }} as executed on carried.executed_id = executed.mention_id
