-- Every year that a report is about or that a figure of a report is of.
with year as (
    select fiscal_year
    from {{ ref('int_report') }}
    union
    select amount_year as fiscal_year
    from {{ ref('int_fact_row') }}
),

reports as (
    select
        fiscal_year,
        cast(count(*) as integer) as report_count
    from {{ ref('int_report') }}
    group by fiscal_year
)

select
    year.fiscal_year,
    cast(cast(year.fiscal_year as {{ dbt.type_string() }}) || '年度' as {{ dbt.type_string() }}) as name_zh,
    cast(cast(year.fiscal_year as {{ dbt.type_string() }}) || '-01-01' as date) as starts_on,
    cast(cast(year.fiscal_year as {{ dbt.type_string() }}) || '-12-31' as date) as ends_on,
    coalesce(reports.report_count, 0) as report_count
from year
left join reports on year.fiscal_year = reports.fiscal_year
where year.fiscal_year between 1900 and 2999
order by year.fiscal_year
