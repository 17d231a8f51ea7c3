"""Form families as data: their columns in order, with the wordings in use (DOMAIN.md, part 2)."""

from __future__ import annotations

from dataclasses import dataclass

Words = tuple[str, ...]
Column = tuple[str, Words]

LEVELS: tuple[Column, ...] = (
    ("level1", ("一级指标", "一级绩效指标")),
    ("level2", ("二级指标", "二级绩效指标")),
    ("level3", ("三级指标", "指标名称", "三级指标名称")),
)
TARGET: Column = ("target", ("年度指标值", "指标值", "年度指标值（A）"))
ACTUAL: Column = ("actual", ("实际完成值", "全年完成值", "实际完成值（B）"))
WEIGHT: Column = ("weight", ("分值", "权重", "分值"))
SCORE: Column = ("score", ("得分", "自评得分", "得分"))
REASON: Column = ("reason", ("偏差原因分析及改进措施", "偏差原因及改进措施", "未完成原因分析"))
NATURE: Column = ("operator", ("指标性质", "计算符号", "指标性质"))
UNIT: Column = ("unit", ("度量单位", "计量单位", "度量单位"))

ORDERS: dict[str, tuple[Column, ...]] = {
    "a": (*LEVELS, TARGET, ACTUAL, WEIGHT, SCORE, REASON),
    "b": (*LEVELS, WEIGHT, TARGET, ACTUAL, SCORE, REASON),
    "c": (*LEVELS, NATURE, TARGET, UNIT, ACTUAL, WEIGHT, SCORE, REASON),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A family: what its form prints, and in which columns."""

    family: str
    title: Words
    fund_block: Words  # block title, unit left out
    fund_columns: tuple[Column, ...]
    orders: tuple[str, ...] = ("a",)
    columns: tuple[Column, ...] = ()  # overrides the order
    goal_block: Words = ("年度总体目标",)
    goal_heads: tuple[Words, Words] = (
        ("预期目标", "年初设定目标"),
        ("实际完成情况", "全年实际完成情况"),
    )
    indicator_block: Words = ("绩效指标",)
    total_words: Words = ("总分", "合计", "总分")
    total_has_score: bool = True
    level_weights: bool = True
    has_goal: bool = True
    sources: bool = True  # rows for the single sources


INITIAL: Column = ("initial", ("年初预算数", "年初预算", "年初预算数"))
ANNUAL: Column = ("annual", ("全年预算数", "全年预算数（A）", "调整后预算数"))
EXECUTED: Column = ("executed", ("全年执行数", "全年执行数（B）", "预算执行数"))
RATE: Column = ("rate", ("执行率", "执行率（B/A）", "预算执行率"))

PLANS: dict[str, Plan] = {
    plan.family: plan
    for plan in (
        Plan(
            "T1",
            ("项目支出绩效自评表", "项目绩效自评表", "预算项目绩效自评表"),
            ("项目资金", "资金情况", "项目资金"),
            (INITIAL, ANNUAL, EXECUTED, WEIGHT, RATE, SCORE),
            orders=("a", "b", "c"),
        ),
        Plan(
            "T1D",
            ("部门整体支出绩效自评表", "整体支出绩效自评表", "部门整体绩效自评表"),
            ("资金情况", "年度预算申请", "部门预算执行情况"),
            (INITIAL, ANNUAL, EXECUTED, WEIGHT, RATE, SCORE),
            orders=("a", "b"),
        ),
        Plan(
            "T8",
            ("部门预算项目支出绩效自评表",),
            ("预算执行情况",),
            (
                ("initial", ("年初预算",)),
                ("annual", ("调整后预算数",)),
                ("executed", ("预算执行数",)),
                ("rate", ("预算执行率",)),
                ("weight", ("权重",)),
                ("score", ("得分",)),
                ("reason", ("原因",)),
            ),
            columns=(
                ("level1", ("一级指标",)),
                ("level2", ("二级指标",)),
                ("level3", ("三级指标",)),
                ("operator", ("指标性质",)),
                ("target", ("指标值",)),
                ("unit", ("度量单位",)),
                ("actual", ("完成值",)),
                ("weight", ("权重",)),
                ("score", ("得分",)),
                ("reason", ("未完成原因分析",)),
            ),
            total_words=("合计",),
            level_weights=False,
        ),
        Plan(
            "T10",
            ("项目自评表", "项目支出自评表"),
            ("预算执行情况",),
            (
                ("annual", ("预算数（A）", "预算数(A)")),
                ("executed", ("执行数（B）", "执行数(B)")),
                ("rate", ("执行率（B/A）", "执行率(B/A)")),
                ("score", ("得分（20分*执行率）", "得分(20分*执行率)")),
            ),
            columns=(
                *LEVELS,
                ("target", ("年初目标值（A）", "年初目标值(A)")),
                ("actual", ("实际完成值（B）", "实际完成值(B)")),
                ("weight", ("分值",)),
                ("score", ("得分",)),
            ),
            has_goal=False,
            sources=False,
            total_words=("总分",),
        ),
        Plan(
            "T11",
            ("项目支出绩效自评表",),
            ("年度预算数",),
            (
                ("initial", ("年初预算数",)),
                ("annual", ("调整预算数（A）",)),
                ("executed", ("全年执行数（B）",)),
                ("rate", ("执行率（B/A）",)),
            ),
            columns=(
                ("level1", ("一级指标",)),
                ("level2", ("二级指标",)),
                ("level3", ("三级指标",)),
                ("weight", ("参考分值",)),
                ("target", ("指标值（A）",)),
                ("actual", ("全年实际值（B）",)),
                ("score", ("自评得分",)),
                ("reviewer_score", ("财政审核评分",)),
                ("reason", ("未完成原因分析及改进措施",)),
            ),
        ),
    )
}
