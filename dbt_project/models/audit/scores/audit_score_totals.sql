-- R36 得分之和 = 所印（小计）总分: the total of a form, and each printed subtotal of a level 1.
with part as (
    select
        report_id,
        scope,
        project_key,
        level1_std,
        min(level1) as level1,
        sum(score) as score,
        sum(case when score is null and coalesce(weight, 1) > 0 then 1 else 0 end) as unscored,
        max(case when is_doubtful then 1 else 0 end) as doubts,
        count(distinct indicator_table) as tables
    from {{ ref('audit_indicator') }}
    where score is not null or weight is not null
    group by report_id, scope, project_key, level1_std
),

wrong as (
    select
        part.*,
        stated.mention_id
    from {{ ref('audit_figure') }} as stated
    inner join part
        on stated.report_id = part.report_id
            and stated.scope = part.scope
            and stated.project_key = part.project_key
            and stated.item = part.level1_std
    where stated.is_chosen
        and stated.family = 'evaluation_part'
        and stated.measure = 'score'
        and not stated.is_doubtful
        and part.doubts = 0
        and part.unscored = 0
        and part.tables = 1
        and abs(stated.number - part.score) > 0.05
),

-- How the scores are printed is put together for the few that do not add up.
words as (
    select
        line.report_id,
        line.scope,
        line.project_key,
        line.level1_std,
        {{ jixiao.audit_join(jixiao.audit_number('line.score', 4), '＋', 'line.indicator_seq') }} as printed
    from {{ ref('audit_indicator') }} as line
    where (line.score is not null or line.weight is not null)
        and line.report_id in (select wrong.report_id from wrong)
    group by line.report_id, line.scope, line.project_key, line.level1_std
)

select
    {{ jixiao.audit_finding(
        rule='R36', at='scored',
        subject="'总分'",
        stated='scored.total_score_stated', expected='scored.total_score', unit="'points'",
        message="'印刷总分' || " ~ jixiao.audit_points('scored.total_score_stated') ~ " || '，各项得分相加（指标'
            || " ~ jixiao.audit_points('scored.indicator_score')
            ~ " || case when scored.execution_score is not null and not scored.holds_execution then '＋预算执行' || "
            ~ jixiao.audit_points('scored.execution_score') ~ " else '' end || '）为' || "
            ~ jixiao.audit_points('scored.total_score') ~ " || '，相差' || "
            ~ jixiao.audit_points('abs(scored.total_score_stated - scored.total_score)') ~ " || '。'"
    ) }}
from {{ ref('audit_scored') }} as scored
where scored.total_score_stated is not null
    and not scored.is_doubtful
    and not scored.lacks_execution
    and scored.unscored_lines = 0
    and not (scored.execution_weight is not null and scored.execution_score is null and not scored.holds_execution)
    -- The lines read make a whole form.
    and (scored.total_weight >= 90 or scored.total_weight = scored.total_weight_stated)
    and scored.total_weight < 150
    and abs(scored.total_score_stated - scored.total_score) > 0.05

union all

select
    {{ jixiao.audit_finding(
        rule='R36', figure='stated',
        subject="wrong.level1 || '得分'",
        stated='stated.number', expected='wrong.score', unit="'points'",
        message="'“' || wrong.level1 || '”各项得分相加（' || words.printed || '）为' || "
            ~ jixiao.audit_points('wrong.score') ~ " || '，印为' || " ~ jixiao.audit_points('stated.number') ~ " || '。'"
    ) }}
from wrong
inner join {{ ref('audit_figure') }} as stated on wrong.mention_id = stated.mention_id
inner join words
    on wrong.report_id = words.report_id
        and wrong.scope = words.scope
        and wrong.project_key = words.project_key
        and wrong.level1_std = words.level1_std
