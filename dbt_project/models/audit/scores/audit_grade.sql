-- R38 等级 = 总分所在档次: bands as the report prints them (优:90,良:80,…), else 90/80/60.
with graded as (
    select
        scored.*,
        coalesce(scored.total_score_stated, scored.total_score) as judged_score,
        coalesce(scored.grade_bands, '优:90,良:80,中:60,差:0') as bands,
        case
            when scored.grade_bands is null and scored.grade_stated in ('优', '优秀') then '优'
            when scored.grade_bands is null and scored.grade_stated in ('良', '良好') then '良'
            when scored.grade_bands is null and scored.grade_stated in ('中', '中等') then '中'
            when scored.grade_bands is null and scored.grade_stated = '差' then '差'
            when scored.grade_bands is not null then scored.grade_stated
        end as grade
    from {{ ref('audit_scored') }} as scored
    where scored.grade_stated is not null and not scored.is_doubtful
),

band as (
    select
        report_id,
        scope,
        project_key,
        {% for n in range(1, 6) %}
        split_part(split_part(bands, ',', {{ n }}), ':', 1) as word_{{ n }},
        try_cast(nullif(split_part(split_part(bands, ',', {{ n }}), ':', 2), '') as decimal(10, 4)) as cut_{{ n }}{{ ',' if not loop.last }}
        {% endfor %}
    from graded
),

judged as (
    select
        graded.*,
        case
            {% for n in range(1, 6) %}
            when graded.judged_score >= band.cut_{{ n }} then band.word_{{ n }}
            {% endfor %}
        end as expected_grade,
        graded.grade in (band.word_1, band.word_2, band.word_3, band.word_4, band.word_5) as is_known_word
    from graded
    inner join band
        on graded.report_id = band.report_id
            and graded.scope = band.scope
            and graded.project_key = band.project_key
)

select
    {{ jixiao.audit_finding(
        rule='R38', at='judged',
        subject="'评价等级'",
        stated='judged.judged_score', expected='null', unit="'points'", difference='null',
        message="'总分' || " ~ jixiao.audit_points('judged.judged_score') ~ " || '，按等级标准（' || judged.bands
            || '）应为“' || judged.expected_grade || '”，印为“' || judged.grade_stated || '”。'"
    ) }}
from judged
where judged.is_known_word
    and judged.judged_score between 0 and 100
    and judged.expected_grade is not null
    and judged.expected_grade <> judged.grade
