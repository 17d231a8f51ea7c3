-- Which unit a report is of. The key is region + 预算单位编码 where any report of the same name in
-- the same region prints the code, else region + name without what is written or left out at will
-- (中共, the place's own name, 本级; RULES.md P09).
with report as (
    select
        candidate.report_id,
        candidate.unit_name,
        candidate.region_code,
        candidate.fiscal_year,
        upper(trim(candidate.budget_unit_code)) as budget_unit_code,
        region.region_name,
        region.full_name,
        region.province_name,
        region.admin_level,
        {{ jixiao.strip(
            jixiao.strip('candidate.unit_name', '[\\s·\\.,、()（）]'), '^(中国共产党|中共)'
        ) }} as bare_name
    from {{ ref('int_report_candidate') }} as candidate
    left join {{ ref('region') }} as region on candidate.region_code = region.region_code
    where candidate.unpublishable_reason is null
),

without_place as (
    select
        *,
        case
            when region_name is null or admin_level = 'national' then bare_name
            when starts_with(bare_name, full_name) then substr(bare_name, length(full_name) + 1)
            when starts_with(bare_name, province_name || region_name)
                then substr(bare_name, length(province_name || region_name) + 1)
            when starts_with(full_name, province_name)
                and starts_with(bare_name, substr(full_name, length(province_name) + 1))
                then substr(bare_name, length(full_name) - length(province_name) + 1)
            when starts_with(bare_name, region_name) then substr(bare_name, length(region_name) + 1)
            else bare_name
        end as local_name
    from report
),

named as (
    select
        *,
        case
            when region_name is null or admin_level = 'national' then local_name
            else {{ jixiao.strip(
                jixiao.strip('local_name', '(机关本级|本级)$'), '^(省|市|区|县|州|旗)'
            ) }}
        end as match_name
    from without_place
),

code_of_name as (
    select
        coalesce(region_code, '~') as region_key,
        match_name,
        min(budget_unit_code) as budget_unit_code
    from named
    where budget_unit_code is not null
    group by coalesce(region_code, '~'), match_name
    having count(distinct budget_unit_code) = 1
),

coded as (
    select
        named.*,
        coalesce(named.budget_unit_code, code_of_name.budget_unit_code) as unit_code
    from named
    left join code_of_name
        on coalesce(named.region_code, '~') = code_of_name.region_key
            and named.match_name = code_of_name.match_name
)

select
    report_id,
    unit_name,
    unit_code as budget_unit_code,
    region_code,
    region_name,
    province_name,
    -- Codes of six digits end at the county: what runs a township says so by its name.
    case
        when
            admin_level = 'county'
            and regexp_matches(unit_name, '(镇|乡|街道|苏木)(人民政府|政府|办事处|党委|党工委|人大)?$')
            then 'town'
        else admin_level
    end as admin_level,
    match_name,
    fiscal_year,
    case
        when unit_code is not null
            then substr({{ jixiao.hash_key(["'code'", 'region_code', 'unit_code']) }}, 1, 16)
        else substr({{ jixiao.hash_key(["'name'", 'region_code', 'match_name']) }}, 1, 16)
    end as unit_id
from coded
