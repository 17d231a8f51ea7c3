-- Question 19: Which unit lacks which kind of report in which year, and how late the others came.
-- 单位×报告类型×年度：未公开清单与公开时滞
with covered_year as (
    select distinct fiscal_year from {{ ref('dim_report') }}
),

covered_kind as (
    select distinct report_kind from {{ ref('dim_report') }}
),

expected as (
    select
        unit.unit_id,
        unit.unit_name,
        year.fiscal_year,
        kind.report_kind
    from {{ ref('dim_unit') }} as unit
    cross join covered_year as year
    cross join covered_kind as kind
),

published as (
    select
        unit_id,
        fiscal_year,
        report_kind,
        count(*) as revisions,
        min(coalesce(published_on, report_date)) as first_published_on
    from {{ ref('dim_report') }}
    group by unit_id, fiscal_year, report_kind
)

select
    expected.unit_name,
    expected.fiscal_year,
    expected.report_kind,
    coalesce(published.revisions, 0) as revisions,
    published.first_published_on,
    published.first_published_on - year.ends_on as days_after_year_end
from expected
inner join {{ ref('dim_fiscal_year') }} as year on expected.fiscal_year = year.fiscal_year
left join published
    on expected.unit_id = published.unit_id
        and expected.fiscal_year = published.fiscal_year
        and expected.report_kind = published.report_kind
order by revisions, days_after_year_end desc nulls last, expected.unit_id, expected.fiscal_year, expected.report_kind
