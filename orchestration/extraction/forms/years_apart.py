"""Values of several years side by side: those of the form's own year, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.header_tree import Column
from orchestration.extraction.forms.view import GridView, label_of
from orchestration.extraction.values import parse_amount
from orchestration.reading.document import Cell

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年|$)")
_ABOVE = 8  # rows over an amount in which its head is looked for


def own_years_targets(columns: Sequence[Column], year: int | None) -> list[Column]:
    """Of targets under heads of several years the one of the form's own year; else none of them."""
    targets = [c for c in columns if c.field == "target"]
    years = {c: int(m[1]) for c in targets if (m := _YEAR.search(c.header))}
    if len(set(years.values())) < 2:
        return list(columns)
    return [
        replace(c, field="target_previous") if c in years and years[c] != year else c
        for c in columns
    ]


def own_years_amount(context: FormContext, value: Cell, row: int) -> Cell | None:
    """The amount beside a label; of several under heads of years the own year's, else None.

    ``资金总额 | 300 | 90 | 120`` below ``总额 | 2024年 | 2025年``: 300 is that of all years.
    """
    view = context.view
    beside = [value]
    cell = view.right_of(value, row)
    while cell is not None and cell.row == row and parse_amount(cell.text) is not None:
        beside.append(cell)
        cell = view.right_of(cell, row)
    if len(beside) < 2:
        return value
    heads = {c: _head_over(view, c) for c in beside}
    years = {c: int(m[1]) for c, head in heads.items() if (m := _YEAR.search(head))}
    if not years:
        return value
    own = [c for c, year in years.items() if year == context.subject.year]
    return own[0] if len(own) == 1 else None


def _head_over(view: GridView, cell: Cell) -> str:
    """The nearest words above a cell."""
    for row in range(cell.row - 1, max(cell.row - _ABOVE, 0) - 1, -1):
        above = view.cell(row, cell.col)
        if above is not None and above.text.strip() and parse_amount(above.text) is None:
            return label_of(above)
    return ""
