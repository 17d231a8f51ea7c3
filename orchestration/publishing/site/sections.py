"""Which figures the report page shows, in which order, and what they are called.

A section is one fact table as a form: columns of the contract (docs: WAREHOUSE contract in
``orchestration/contract``), each with its name in Chinese and English and the kind of number it is.
``computed`` names the column that holds what the report's other figures imply; it is shown under
the stated one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a section: key in the mart, names, kind (cny, ratio, points, count, text)."""

    key: str
    zh: str
    en: str
    kind: str = "text"
    computed: str | None = None
    # The seed with the names of codes, where the column holds codes.
    codes: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One fact table as the report page shows it."""

    table: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    order: str = "source_table nulls last, source_page nulls last, source_row nulls last"
    #: The column that says which line it is, among the others of one place.
    named_by: str | None = None


SECTIONS: tuple[Section, ...] = (
    Section(
        "fct_evaluation",
        "总分与等级",
        "Total score and grade",
        (
            Column("total_weight_stated", "总分值", "Total weight", "points", "total_weight"),
            Column("total_score_stated", "总得分", "Total score", "points", "total_score"),
            Column("grade_stated", "等级", "Grade", "text", "grade"),
        ),
    ),
    Section(
        "fct_budget",
        "预算与执行（万元）",
        "Budget and execution (10k yuan)",
        (
            Column("funding_source", "资金来源", "Funding source", codes="funding_source"),
            Column("initial_budget_cny", "年初预算数", "Initial budget", "cny"),
            Column("adjustment_cny", "调整", "Adjustment", "cny"),
            Column("annual_budget_cny", "全年预算数", "Annual budget", "cny"),
            Column("executed_cny", "全年执行数", "Executed", "cny"),
            Column("execution_rate_stated", "执行率", "Execution rate", "ratio", "execution_rate"),
            Column("weight", "分值", "Weight", "points"),
            Column("score", "得分", "Score", "points"),
        ),
        named_by="funding_source",
    ),
    Section(
        "fct_evaluation_part",
        "分项得分",
        "Scores by part",
        (
            Column("level1_std", "一级指标", "Part", codes="level1"),
            Column("weight_stated", "分值", "Weight", "points", "weight"),
            Column("score_stated", "得分", "Score", "points", "score"),
        ),
        named_by="level1_std",
    ),
    Section(
        "fct_indicator_score",
        "绩效指标",
        "Performance indicators",
        (
            Column("level1", "一级指标", "Level 1"),
            Column("level2", "二级指标", "Level 2"),
            Column("level3", "三级指标", "Level 3"),
            Column("target_text", "指标值", "Target"),
            Column("actual_text", "实际完成值", "Actual"),
            Column("weight", "分值", "Weight", "points"),
            Column("score", "得分", "Score", "points"),
            Column("deviation_reason", "偏差原因", "Reason for deviation"),
        ),
        order="indicator_table, indicator_seq",
        named_by="level3",
    ),
    Section(
        "fct_goal",
        "总体目标",
        "Overall goal",
        (
            Column("goal_text", "预期目标", "Goal"),
            Column("completion_text", "实际完成情况", "Completion"),
        ),
    ),
    Section(
        "fct_revenue",
        "收入（万元）",
        "Revenue (10k yuan)",
        (
            Column("revenue_item", "收入项目", "Item", codes="revenue_item"),
            Column("amount_year", "年度", "Year", "plain"),
            Column("amount_cny", "金额", "Amount", "cny"),
            Column("change_stated_cny", "比上年增减", "Change", "cny"),
            Column("change_rate_stated", "增减率", "Change rate", "ratio"),
        ),
        named_by="revenue_item",
    ),
    Section(
        "fct_expense",
        "支出（万元）",
        "Expense (10k yuan)",
        (
            Column("expense_item", "支出项目", "Item", codes="expense_item"),
            Column("basis", "口径", "Basis", codes="basis"),
            Column("amount_year", "年度", "Year", "plain"),
            Column("amount_cny", "金额", "Amount", "cny"),
            Column("change_stated_cny", "比上年增减", "Change", "cny"),
            Column("change_rate_stated", "增减率", "Change rate", "ratio"),
        ),
        named_by="expense_item",
    ),
    Section(
        "fct_personnel",
        "人员",
        "Staff",
        (
            Column("staff_category", "人员类别", "Category", codes="staff_category"),
            Column("as_of_year", "年度", "Year", "plain"),
            Column("headcount", "人数", "Headcount", "count"),
        ),
        named_by="staff_category",
    ),
    Section(
        "fct_asset",
        "资产（万元）",
        "Assets (10k yuan)",
        (
            Column("asset_item", "资产项目", "Item", codes="asset_item"),
            Column("amount_cny", "金额", "Amount", "cny"),
        ),
        named_by="asset_item",
    ),
    Section(
        "fct_balance",
        "结转结余（万元）",
        "Balances (10k yuan)",
        (
            Column("balance_item", "结余项目", "Item", codes="balance_item"),
            Column("amount_year", "年度", "Year", "plain"),
            Column("amount_cny", "金额", "Amount", "cny"),
        ),
        named_by="balance_item",
    ),
    Section(
        "fct_survey",
        "满意度调查",
        "Satisfaction survey",
        (
            Column("respondent_group", "调查对象", "Respondents"),
            Column("sent", "发放份数", "Sent", "count"),
            Column("satisfied", "满意份数", "Satisfied", "count"),
            Column("satisfaction_rate", "满意度", "Satisfaction", "ratio"),
            Column("weight", "权重", "Weight", "ratio"),
        ),
        named_by="respondent_group",
    ),
    Section(
        "fct_spending_plan",
        "资金支出计划（万元）",
        "Spending plan (10k yuan)",
        (
            Column("month_end", "截至月底", "By end of month", "plain"),
            Column("planned_cumulative_cny", "累计计划支出", "Planned, cumulative", "cny"),
        ),
        order="project_name, month_end",
    ),
)
