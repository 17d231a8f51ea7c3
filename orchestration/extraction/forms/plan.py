"""Goals side by side and spending plans by month: blocks of a header row and a value row."""

from __future__ import annotations

import re
from decimal import Decimal

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.header_tree import Column, Header
from orchestration.extraction.forms.view import has_digit, label_of
from orchestration.extraction.text import compact, normalise
from orchestration.extraction.values import parse_amount, parse_number
from orchestration.reading.document import Cell

_QUARTER = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}


def read_goals(context: FormContext, header: Header, end: int) -> None:
    """``预期目标 | 实际完成情况`` and the texts below (rows up to ``end``, excluded)."""
    context.view.claim_row(header.top)
    texts: dict[str, list[str]] = {"goal": [], "completion": []}
    first: Cell | None = None
    columns = _annual(header.columns)
    for row in range(header.bottom + 1, end):
        for column in columns:
            for cell in context.view.span(row, column.start, column.end):
                if cell.row != row or context.is_blank(cell):
                    continue
                context.view.claim(cell)
                if context.text_withheld(cell, "绩效目标"):
                    continue
                texts[column.field].append(normalise(cell.text))
                first = first or cell
    record_goal(context, first, "".join(texts["goal"]), "".join(texts["completion"]))


def _annual(columns: list[Column]) -> list[Column]:
    """Of goals of two terms (实施期, 年度) the annual one."""
    goals = [c for c in columns if c.field == "goal"]
    if len(goals) < 2:
        return columns
    annual = [c for c in goals if re.search(r"年度|当年|全年", c.header)]
    return [annual[0] if annual else goals[0]]


def record_goal(context: FormContext, cell: Cell | None, goal: str, completion: str) -> None:
    """Record a goal where something is printed."""
    words = context.vocabulary  # 说明相关任务目标的完成情况（100字以内）: what the form asks for
    goal = "" if words.is_unfilled(goal) else goal
    completion = "" if words.is_unfilled(completion) else completion
    if cell is None or not (goal or completion):
        return
    context.view.claim(cell)
    context.builder.goal(
        context.spot(cell),
        goal_text=goal or None,
        completion_text=completion or None,
        **context.subject.columns(),
    )


def month_of(column: Column) -> int | None:
    """The month whose end a column's header names."""
    text = compact(column.header)
    if column.field == "month":
        match = re.search(r"(\d{1,2})月", text)
        month = int(match[1]) if match else 0
        return month if 1 <= month <= 12 else None
    match = re.search(r"[一二三四1-4](?=季度)", text)
    return _QUARTER[match[0]] if match else None


def read_plan(context: FormContext, header: Header, end: int, budget: Decimal | None) -> None:
    """Cumulative amounts by month-end.

    A plan headed ``%`` whose last value is the budget holds amounts (DOMAIN.md, finding 8): the
    value follows the evidence, and the contradiction is a statement.
    """
    band = "".join(
        label_of(c) for c in context.view.covering(header.top) if c.col < header.first_col
    )
    context.view.claim_row(header.top)
    for row in range(header.bottom + 1, end):
        cells = {
            column: cell
            for column in header.columns
            if (cell := _value_cell(context, column, row)) is not None
            and not context.is_blank(cell)
        }
        if not cells or not any(has_digit(c.text) for c in cells.values()):
            continue
        _plan_row(context, cells, band, budget)
        return


def _value_cell(context: FormContext, column: Column, row: int) -> Cell | None:
    own = [c for c in context.view.own(row) if column.start <= c.col < column.end]
    return next((c for c in own if c.text.strip()), None)


def _plan_row(
    context: FormContext, cells: dict[Column, Cell], band: str, budget: Decimal | None
) -> None:
    as_percent = "%" in band or "比例" in band
    numbers = [n for c in cells.values() if (n := parse_number(c.text)) is not None]
    closing = numbers[-1] if numbers else None
    conflict = as_percent and closing is not None and budget is not None and closing == budget
    conflict = conflict and closing != Decimal(100)
    signed = any("%" in compact(c.text) for c in cells.values())
    if (as_percent and not conflict) or signed:
        context.view.claim(*cells.values())
        return  # shares of a budget are no amounts of the contract
    last = list(cells.values())[-1]
    if conflict:
        context.builder.statement(
            context.spot(last),
            kind="unit_conflict",
            scope=context.subject.scope,
            project_name=context.subject.project_name,
            subject="资金支出计划",
            stated_value=closing,
            computed_value=budget,
            value_unit=context.unit,
            detail=f"表头“{band}”为百分比，末期累计值{closing}等于预算数，实为金额",
        )
    for column, cell in cells.items():
        month = month_of(column)
        context.view.claim(cell)
        if month is None:
            continue
        amount = parse_amount(cell.text)
        if amount is None:
            context.unread(cell, "资金支出计划")
            continue
        value = None if context.withheld(cell, "资金支出计划") else amount.value
        unit, source = _unit(context, amount.unit, band)
        if conflict and amount.unit is None:
            source = "inferred"
        context.builder.figure(
            context.spot(cell),
            family="spending_plan",
            measure="planned_cumulative",
            item=str(month),
            value=value,
            unit=unit,
            unit_source=source,
            **context.subject.columns(),
        )


def _unit(context: FormContext, printed: str | None, band: str) -> tuple[str | None, str | None]:
    """The unit of an amount of the plan and where it is printed."""
    if printed is not None:
        return printed, "cell"
    in_band = context.vocabulary.money_unit(band)
    return (in_band, "header") if in_band else (context.unit, context.unit_source)
