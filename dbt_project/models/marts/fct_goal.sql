-- One row per project or department: the longest text of each wins, a table's place stands for it.
{{ config(**jixiao.by_report()) }}

with ranked as (
    select
        *,
        row_number() over (
            partition by report_id, scope, coalesce(project_name, '~')
            order by
                case when source_table is null then 1 else 0 end,
                source_page,
                source_table,
                source_row,
                goal_text
        ) as place_choice,
        first_value(goal_text) over (
            partition by report_id, scope, coalesce(project_name, '~')
            order by
                case when goal_text is null then 1 else 0 end,
                case when source_table is null then 1 else 0 end,
                source_page,
                source_table,
                source_row,
                goal_text
        ) as chosen_goal,
        first_value(completion_text) over (
            partition by report_id, scope, coalesce(project_name, '~')
            order by
                case when completion_text is null then 1 else 0 end,
                case when source_table is null then 1 else 0 end,
                source_page,
                source_table,
                source_row,
                completion_text
        ) as chosen_completion
    from {{ jixiao.due(ref('stg_goal')) }}
    where coalesce(goal_text, completion_text) is not null
        and (scope = 'department' or project_name is not null)
)

select
    {{ jixiao.hash_key(["'goal'", 'goal.report_id', 'goal.scope', 'goal.project_name']) }} as fact_key,
    goal.report_id,
    report.unit_id,
    report.fiscal_year,
    goal.scope,
    project.project_id,
    goal.project_name,
    project.project_code,
    goal.chosen_goal as goal_text,
    goal.chosen_completion as completion_text,
    {{ fact_source('goal') }}
from ranked as goal
inner join {{ ref('int_report') }} as report on goal.report_id = report.report_id
left join {{ ref('int_project_of_report') }} as project
    on goal.report_id = project.report_id and goal.project_name = project.project_name
where goal.place_choice = 1
order by fact_key
