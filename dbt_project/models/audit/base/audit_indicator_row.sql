-- Indicator lines with what of the scoring rules is dear to work out: can target and actual be compared,
-- is the target met, is a reason written, are scores whole numbers. Rules read audit_indicator, which
-- adds what follows from a line alone.
{{ config(materialized='table') }}

with doubtful as (
    select distinct
        indicator.report_id,
        indicator.indicator_table,
        indicator.indicator_seq
    from {{ ref('stg_indicator') }} as indicator
    inner join {{ ref('audit_doubt') }} as doubt
        on indicator.report_id = doubt.report_id
            and (
                (
                    indicator.source_table = doubt.source_table
                    and coalesce(indicator.source_row, 0) between doubt.first_row and doubt.last_row
                )
                or (
                    indicator.source_table is null
                    and doubt.source_table is null
                    and indicator.source_text = doubt.source_text
                )
            )
),

-- Only what the rules ask for: a column that nobody reads is carried and written a million times.
line as (
    select
        indicator.report_id,
        indicator.indicator_table,
        indicator.indicator_seq,
        indicator.scope,
        indicator.project_name,
        indicator.level1,
        indicator.level1_std,
        indicator.level1_weight,
        indicator.level2,
        indicator.level2_std,
        indicator.level3,
        indicator.nature,
        indicator.target_text,
        indicator.target_operator,
        indicator.target_value,
        indicator.target_unit,
        indicator.actual_text,
        indicator.actual_value,
        indicator.actual_unit,
        indicator.weight,
        indicator.score,
        indicator.source_page,
        indicator.source_table,
        indicator.source_row,
        indicator.source_bbox,
        indicator.source_path,
        indicator.source_text,
        indicator.cell_text,
        report.report_kind,
        doubtful.report_id is not null as is_doubtful,
        {{ jixiao.audit_filled('indicator.deviation_reason') }} as has_reason,
        coalesce(indicator.level2_std, '') in ('cost', 'economic_cost', 'social_cost', 'ecological_cost')
        or coalesce(indicator.level1_std, '') = 'cost' as is_cost,
        indicator.target_value is not null
        and indicator.actual_value is not null
        and (
            indicator.target_unit is null
            or indicator.actual_unit is null
            or indicator.target_unit = indicator.actual_unit
            or (indicator.target_unit in ('人', '人次', '名') and indicator.actual_unit in ('人', '人次', '名'))
        )
        -- 0.98 beside 98% is the same rate written otherwise.
        and not (
            coalesce(indicator.target_unit, '') = '%'
            and indicator.actual_unit is null
            and indicator.actual_value <= 1
            and indicator.target_value > 2
        ) as is_comparable
    from {{ ref('stg_indicator') }} as indicator
    inner join {{ ref('audit_report') }} as report on indicator.report_id = report.report_id
    left join doubtful
        on indicator.report_id = doubtful.report_id
            and indicator.indicator_table = doubtful.indicator_table
            and indicator.indicator_seq = doubtful.indicator_seq
),

directed as (
    select
        *,
        case
            when target_operator in ('<=', '<') then -1
            when coalesce(nature, '') like '%反向%' then -1
            -- Spending less, or being done sooner, than an exact target is no shortfall.
            when
                target_operator = '='
                and (is_cost or coalesce(level2_std, '') = 'timeliness')
                and coalesce(target_unit, '') <> '%'
                then -1
            else 1
        end as direction
    from line
),

measured as (
    select
        *,
        case
            when is_comparable
                then case
                        when target_operator = '>' then actual_value > target_value
                        when target_operator = '<' then actual_value < target_value
                        when direction = -1 or target_value = 0 then actual_value <= target_value
                        else actual_value >= target_value
                    end
            when {{ jixiao.audit_filled('target_text') }}
                and actual_text = target_text and actual_value is null
                then true
            when {{ jixiao.audit_filled('target_text') }}
                and regexp_matches(
                    coalesce(actual_text, ''),
                    '^(已|均|均已|全部|全面|按时|按期|如期|圆满|按目标|按计划|已全部|已按时)*(完成|达成|达标|达到|实现|完成目标|完成任务|达到预期|达成预期指标|达到预期目标|达到目标)$'
                )
                then true
            when is_comparable = false and target_value is null
                and regexp_matches(coalesce(actual_text, ''), '未完成|未达|没有完成|未实现')
                then false
        end as is_met
    from directed
),

-- Read anew, so that the lines above need not be kept.
scored_table as (
    select
        indicator.report_id,
        indicator.indicator_table,
        min(case when indicator.score = floor(indicator.score) then 1 else 0 end) = 1 as has_whole_scores
    from {{ ref('stg_indicator') }} as indicator
    inner join {{ ref('audit_report') }} as report on indicator.report_id = report.report_id
    where indicator.score is not null
    group by indicator.report_id, indicator.indicator_table
)

select
    measured.report_id,
    measured.indicator_table,
    measured.indicator_seq,
    measured.scope,
    measured.project_name,
    measured.level1,
    measured.level1_std,
    measured.level1_weight,
    measured.level2,
    measured.level2_std,
    measured.level3,
    measured.target_text,
    measured.target_value,
    measured.target_unit,
    measured.actual_text,
    measured.actual_value,
    measured.actual_unit,
    measured.weight,
    measured.score,
    measured.source_page,
    measured.source_table,
    measured.source_row,
    measured.source_bbox,
    measured.source_path,
    measured.source_text,
    measured.report_kind,
    measured.is_doubtful,
    measured.has_reason,
    measured.is_cost,
    measured.is_comparable,
    measured.direction,
    measured.is_met,
    -- A name that is none (无) is told from its cell.
    case when measured.level3 is null then measured.cell_text end as cell_text,
    coalesce(scored_table.has_whole_scores, false) as has_whole_scores,
    scored_table.report_id is not null as is_scored_table
from measured
left join scored_table
    on measured.report_id = scored_table.report_id
        and measured.indicator_table = scored_table.indicator_table
