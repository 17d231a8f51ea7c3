"""Self-evaluation forms: the national skeleton and its provincial relatives."""

from __future__ import annotations

from tests.typeset.forms import blocks
from tests.typeset.forms.plans import ORDERS, PLANS, Column, Plan
from tests.typeset.forms.variant import Variant, money
from tests.typeset.model import Evaluation, Unit
from tests.typeset.table import Block, C, Para, TableBuilder


def evaluation_form(evaluation: Evaluation, unit: Unit, year: int, variant: Variant) -> list[Block]:
    """Title, caption and table of one evaluation."""
    plan = PLANS[evaluation.family]
    columns = plan.columns or ORDERS[variant.order if variant.order in plan.orders else "a"]
    builder = TableBuilder(len(columns) + 1, blocks.widths(columns))
    _head(builder, plan, evaluation, unit, variant)
    fund_columns = _fund_columns(plan, evaluation)
    if evaluation.funds:
        blocks.funds(builder, plan, evaluation, variant, fund_columns)
    if evaluation.revenue_by_nature:
        _natures(builder, evaluation, variant)
    if plan.has_goal:
        blocks.goals(builder, plan, evaluation, variant)
    out: list[Block] = [Para(f"{year}年度{variant.word(plan.title)}", "title")]
    if plan.family == "T8":
        out.append(Para("报表编号：510000_0013zp", "note"))
    if variant.unit_place == "caption":
        out.append(Para(f"金额单位：{variant.money}", "right"))
    repeat: tuple[int, ...] = ()
    if variant.two_tables:
        out += [builder.build(), Para("绩效指标完成情况", "heading")]
        builder = TableBuilder(len(columns), blocks.widths(columns, side=False))
        repeat = (0,)
    blocks.indicators(builder, plan, evaluation, variant, columns, side=not variant.two_tables)
    blocks.total_row(builder, plan, evaluation, variant, columns)
    return [*out, builder.build(repeat=repeat)]


def _fund_columns(plan: Plan, evaluation: Evaluation) -> tuple[Column, ...]:
    columns = list(plan.fund_columns)
    if any(f.adjustment is not None for f in evaluation.funds):
        where = [key for key, _ in columns].index("annual")
        columns.insert(where, ("adjustment", ("年度预算调整", "调整预算数", "追加/调减")))
    return tuple(columns)


def _head(
    builder: TableBuilder, plan: Plan, evaluation: Evaluation, unit: Unit, variant: Variant
) -> None:
    """Who and what the form is about."""
    n = builder.n_cols
    project = evaluation.project
    if project is None:
        words = ("部门名称", "部门（单位）名称", "单位名称")
        builder.row(C(variant.word(words), colspan=2), C(unit.name, colspan=n - 2))
        return
    name = project.name
    if project.code and plan.family == "T8":
        name = f"{project.code}-{project.name}"
    builder.row(C("项目名称", colspan=2), C(name, colspan=n - 2))
    if project.code and plan.family != "T8":
        builder.row(C("项目编码", colspan=2), C(project.code, colspan=n - 2))
    left, right = blocks.halves(n - 4)
    builder.row(
        C("主管部门", colspan=2),
        C(project.department or "", colspan=left),
        C(variant.word(("实施单位", "项目实施单位", "实施单位")), colspan=2),
        C(project.implementing_unit or "", colspan=right),
    )


def _natures(builder: TableBuilder, evaluation: Evaluation, variant: Variant) -> None:
    """The block 按收入性质分 / 按支出性质分 of department forms."""
    left, right = blocks.halves(builder.n_cols - 1)
    rows = max(len(evaluation.revenue_by_nature), len(evaluation.expense_by_nature))
    builder.row(
        C("收支性质", rowspan=rows + 1),
        C("按收入性质分：", colspan=left),
        C("按支出性质分：", colspan=right),
    )
    for index in range(rows):
        cells = []
        for items, span in (
            (evaluation.revenue_by_nature, left),
            (evaluation.expense_by_nature, right),
        ):
            text = ""
            if index < len(items):
                _, label, value = items[index]
                start = "其中：" if index == 0 else ""
                text = f"{start}{label}：{money(value, variant)}"
            cells.append(C(text, colspan=span, left=True))
        builder.row(*cells)
