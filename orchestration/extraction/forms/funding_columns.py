"""Funding blocks turned by a quarter: sources as column heads, stages of the budget as rows.

``资金来源 | 合计 | 一般公共预算 | 其他资金 | 执行率 | 得分`` over ``年初预算``, ``调整后预算``,
``实际执行``.
"""

from __future__ import annotations

from decimal import Decimal

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.funding_rows import source_of
from orchestration.extraction.forms.header_tree import MONEY_FIELDS
from orchestration.extraction.forms.one_source import report_aside
from orchestration.extraction.forms.view import label_of
from orchestration.extraction.text import split_weight
from orchestration.extraction.values import parse_amount
from orchestration.reading.document import Cell

_LEAST = 2  # sources, and stages, that make such a block


def read_stage_rows(context: FormContext, row: int, end: int) -> int:
    """Read a block that begins in a row; the row after it (``row`` if none begins there)."""
    heads, doubles = _heads(context, row)
    if len(heads) + doubles < _LEAST or "total" not in heads:
        return row
    first = min(cell.col for cell in heads.values())
    stages = _stages(context, row + 1, end, first)
    if len(stages) < _LEAST or not _has_money(context, heads, stages):
        return row
    band = "".join(label_of(c) for c in context.view.covering(row) if c.col < first)
    unit = context.vocabulary.money_unit(band)
    if unit is not None:
        context.unit, context.unit_source = unit, "header"
    totals = _read_money(context, heads, stages, band)
    last = max(stages.values())
    _leave_aside(context, row, stages, heads)
    _read_beside(context, row, last, max(c.col for c in heads.values()), _ratio(totals))
    for at in range(row, last + 1):
        context.view.claim_row(at)
    return last + 1


def _heads(context: FormContext, row: int) -> tuple[dict[str, Cell], int]:
    """The sources that a row names once, and how many it names again: 中央财政 | 省级财政资金.

    Of several columns of public money none is the sum of all.
    """
    named: dict[str, list[Cell]] = {}
    for cell in context.view.filled(row):
        source = source_of(context, cell.text)
        if source is None:
            continue
        if cell.row != row or cell.rowspan > 1:
            return {}, 0
        named.setdefault(source, []).append(cell)
    if len(named.get("total", [])) > 1:
        return {}, 0
    heads = {source: cells[0] for source, cells in named.items() if len(cells) == 1}
    return heads, len(named) - len(heads)


def _stages(context: FormContext, row: int, end: int, first: int) -> dict[str, int]:
    """The stages named left of the amounts, row by row, until a row names none."""
    stages: dict[str, int] = {}
    for at in range(row, end):
        labels = [c for c in context.view.own(at) if c.col < first and c.text.strip()]
        name = context.vocabulary.header("funding", labels[-1].text) if labels else None
        if name not in MONEY_FIELDS or name in stages:
            break
        stages[name] = at
    return stages


def _has_money(context: FormContext, heads: dict[str, Cell], stages: dict[str, int]) -> bool:
    cells = [context.view.cell(row, heads["total"].col) for row in stages.values()]
    return all(c is not None and parse_amount(c.text) is not None for c in cells)


def _read_money(
    context: FormContext, heads: dict[str, Cell], stages: dict[str, int], band: str
) -> dict[str, Decimal | None]:
    """Record the amounts; those of the total by stage."""
    totals: dict[str, Decimal | None] = {}
    for stage, row in stages.items():
        for source, head in heads.items():
            cell = context.view.cell(row, head.col)
            if cell is None or cell.row != row:
                continue
            label = label_of(context.view.own(row)[0])
            value = context.money(
                cell, label, band + label_of(head), family="budget", measure=stage, item=source
            )
            if source == "total":
                totals[stage] = value
    return totals


def _leave_aside(
    context: FormContext, row: int, stages: dict[str, int], heads: dict[str, Cell]
) -> None:
    """Report the amounts of heads that are no source of the contract (省级资金 among them)."""
    columns = {c.col for c in heads.values()}
    for at in stages.values():
        for cell in context.view.own(at):
            head = context.view.cell(row, cell.col)
            named = head is not None and source_of(context, head.text) is not None
            inside = min(columns) < cell.col and cell.col not in columns
            inside = inside and (cell.col < max(columns) or named)
            if inside and head is not None and parse_amount(cell.text) is not None:
                report_aside(context, cell, f"属“{label_of(head)[:20]}”，没有对应字段")
                break


def _read_beside(
    context: FormContext, row: int, last: int, right: int, expected: Decimal | None
) -> None:
    """Rate, weight and score of execution right of the sources: one cell each over the rows."""
    for head in context.view.filled(row):
        if head.col <= right:
            continue
        name, weight = split_weight(label_of(head))
        field = context.vocabulary.header("funding", name)
        below = context.view.cell(row + 1, head.col)
        if field is None or below is None or below.row + below.rowspan <= last:
            continue
        if field == "execution_rate":
            context.rate(
                below, label_of(head), expected, family="budget", measure=field, item="total"
            )
        elif field in ("weight", "score"):
            context.points(below, label_of(head), family="budget", measure=field, item="total")
        if weight is not None and field == "score":
            context.points_text(head, weight)


def _ratio(totals: dict[str, Decimal | None]) -> Decimal | None:
    budget = totals.get("annual_budget") or totals.get("initial_budget")
    executed = totals.get("executed")
    return executed / budget if budget and executed is not None else None
