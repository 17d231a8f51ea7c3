"""Tasks of a department (任务名称): their sum is its budget, the tasks themselves no projects."""

from __future__ import annotations

from decimal import Decimal

from orchestration.extraction.forms.context import FormContext


def read_tasks(context: FormContext, row: int, end: int) -> int:
    """``任务名称 | 主要内容 | 总额 | 财政拨款 | 其他资金``: the 金额合计 row is the department's.

    Tasks are no projects of the contract; their amounts are left alone.
    """
    view, words = context.view, context.vocabulary
    heads = [c for c in view.filled(row) if words.header("task", c.text) == "task_name"]
    if not heads:
        return row
    bottom = row + max(1, heads[0].rowspan) - 1
    columns: dict[int, str] = {}
    for at in range(row, bottom + 1):
        for cell in view.own(at):
            name = words.header("task", cell.text)
            if name in ("total", "general_public_budget", "other") and cell.colspan == 1:
                columns[cell.col] = name
    if not columns:
        return row
    unit = words.money_unit("".join(view.row_text(r) for r in range(row, bottom + 1)))
    at = bottom + 1
    while at < end:
        label = next((c for c in view.filled(at) if c.col >= heads[0].col), None)
        if label is None or words.header("goal", view.filled(at)[0].text) is not None:
            break
        if words.header("task", label.text) == "total":
            _task_total(context, at, columns, unit)
            at += 1
            break
        view.claim_row(at)
        at += 1
    for top in range(row, bottom + 1):
        view.claim_row(top)
    return at


def _task_total(
    context: FormContext, row: int, columns: dict[int, str], unit: str | None
) -> Decimal | None:
    for cell in context.view.own(row):
        if cell.col in columns:
            context.money(
                cell,
                "预算金额",
                f"({unit})" if unit else "",
                family="budget",
                measure="initial_budget",
                item=columns[cell.col],
            )
    return None
