"""Sources and natures below heads that only group them, over one row of amounts.

``资金总额 | 收入构成 (财政拨款, 其他资金) | 支出构成 (基本支出, 项目支出)`` in forms of targets:
every amount is one of the budget at the year's start.
"""

from __future__ import annotations

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.funding_rows import nature_of, source_of
from orchestration.extraction.forms.one_source import report_aside
from orchestration.extraction.forms.view import label_of
from orchestration.extraction.values import parse_amount
from orchestration.reading.document import Cell

_HEIGHT = 2  # rows of the heads


def read_source_tree(context: FormContext, row: int, end: int) -> int:
    """Read a block that begins in a row; the row after it (``row`` if none begins there)."""
    below = row + _HEIGHT
    total = _total(context, row)
    if not context.is_target or total is None or below >= end:
        return row
    leaves = [c for c in context.view.own(row + 1) if c.text.strip() and c.col > total.col]
    sources = {c: s for c in leaves if (s := source_of(context, c.text)) not in (None, "total")}
    natures = {c: n for c in leaves if (n := nature_of(context, c.text)) is not None}
    amounts = {c: _under(context, c, below) for c in (total, *leaves)}
    if not sources or amounts[total] is None or not any(amounts[c] for c in sources):
        return row
    band = "".join(label_of(c) for c in context.view.covering(row) if c.col < total.col)
    _money(context, amounts[total], band + label_of(total), family="budget", item="total")
    for cell, source in sources.items():
        value = amounts[cell]
        if list(sources.values()).count(source) == 1:
            _money(context, value, band + label_of(cell), family="budget", item=str(source))
        elif value is not None:
            report_aside(context, value, f"属“{label_of(cell)[:20]}”，与旁列同类")
    if context.subject.scope == "department":
        for cell, item in natures.items():
            _money(context, amounts[cell], band + label_of(cell), family="expense", item=item)
    for at in range(row, below):
        context.view.claim_row(at)
    context.view.claim(*(value for cell, value in amounts.items() if cell in sources))
    return below + 1


def _total(context: FormContext, row: int) -> Cell | None:
    """The head of the total, as high as the heads beside it and what they group."""
    return next(
        (
            c
            for c in context.view.filled(row)
            if c.row == row and c.rowspan == _HEIGHT and source_of(context, c.text) == "total"
        ),
        None,
    )


def _under(context: FormContext, head: Cell, below: int) -> Cell | None:
    """The cell of an amount below a head."""
    cell = context.view.cell(below, head.col)
    own = cell is not None and cell.row == below and cell.col == head.col
    return cell if own and cell is not None and parse_amount(cell.text) is not None else None


def _money(context: FormContext, cell: Cell | None, title: str, *, family: str, item: str) -> None:
    if cell is None:
        return
    if family == "budget":
        context.money(cell, "预算数", title, family=family, measure="initial_budget", item=item)
        return
    context.money(
        cell,
        "预算数",
        title,
        family=family,
        measure="amount",
        item=item,
        basis="budget_initial",
        amount_year=context.subject.year,
    )
