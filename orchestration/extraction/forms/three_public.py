"""Tables of “三公”经费 as published with accounts and budgets (决算公开、预算公开).

Two shapes: items by rows with columns of year and basis, or items by columns under 预算数 and
决算数, with 小计 and 合计 as parts of the head. A table counts as one only where it names the three
parts and nothing else that spending is divided into; amounts without a printed unit are left alone.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Any

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.prior import amount_and_prior
from orchestration.extraction.forms.statistics import YearColumn, basis_and_year, year_columns
from orchestration.extraction.forms.view import label_of
from orchestration.extraction.text import compact
from orchestration.extraction.values import parse_amount, parse_percent
from orchestration.reading.document import Cell

_PARTS = frozenset({"abroad", "vehicle", "reception"})
_ITEMS = _PARTS | {"three_public", "vehicle_purchase", "vehicle_operation", "meeting", "training"}
_LIST_NUMBER = re.compile(
    r"^(?:其中[:：]?)?(?:[(（]?(?:\d{1,2}|[一二三四五六])[)）.、．:]*)?(?:其中[:：]?)?"
)
_SUM = re.compile(r"^(?:[“”]?三公[“”]?经费)?(?:支出)?(?:合计|总计|总额|小计)$|^金额合计$")
_MIN_COLUMNS = 3
_HEAD_ROWS = 4


def read_three_public(context: FormContext, title: str | None) -> bool:
    """Read a grid that is a table of “三公”经费; False (nothing read) where it is none."""
    named = {
        item
        for cell in context.grid.cells
        if (item := _item(context, cell)) is not None and len(compact(cell.text)) <= 30
    }
    if not named >= _PARTS or context.unit is None:
        return False
    others = {
        item
        for cell in context.grid.cells
        if (item := context.vocabulary.expense_item.find(_short(cell))) is not None
        and item not in _ITEMS | {"total"}
    }
    if others:
        return False
    return _by_rows(context, title) or _by_columns(context, title)


def _short(cell: Cell) -> str:
    return _LIST_NUMBER.sub("", label_of(cell))


def _item(context: FormContext, cell: Cell) -> str | None:
    item = context.vocabulary.expense_item.find(_short(cell))
    return item if item in _ITEMS else None


# --- items by rows -------------------------------------------------------------------------------


def _by_rows(context: FormContext, title: str | None) -> bool:
    view = context.view
    for top in range(min(_HEAD_ROWS, view.n_rows)):
        columns = year_columns(view, top, context.subject.year) or _only_column(context, top)
        columns = columns or _counted_column(context, top, title)
        if not columns:
            continue
        first = min(c.col for c in columns)
        labels = {
            row: cells[-1]
            for row in range(top + 1, view.n_rows)
            if (cells := [c for c in view.filled(row) if c.col < first and not _LINE.match(c.text)])
        }
        if not {_item(context, c) for c in labels.values()} >= _PARTS:
            return False
        for row, label in labels.items():
            item = "three_public" if _SUM.match(_short(label)) else _item(context, label)
            if item is not None:
                _record_row(context, row, item, label, columns)
                _record_change(context, row, item, label, _change_columns(context, top), columns)
        return True
    return False


def _only_column(context: FormContext, top: int) -> list[YearColumn]:
    """The one column of amounts: ``项目 | 本年预算数 | 其中：财政拨款``."""
    named = [
        YearColumn(cell.col, cell.col + cell.colspan, found[1], found[0])
        for cell in context.view.filled(top)[1:]
        if (found := basis_and_year(label_of(cell), context.subject.year)) is not None
    ]
    return named if len(named) == 1 else []


#: 行次 beside a label.
_LINE = re.compile(r"^\s*\d{1,3}\s*$")


def _counted_column(context: FormContext, top: int, title: str | None) -> list[YearColumn]:
    """``项目 | 行次 | 统计数`` of a table of accounts (机构运行信息表): what was spent."""
    heads = [c for c in context.view.filled(top)[1:] if label_of(c) == "统计数"]
    if not heads or "决算" not in compact(title or ""):
        return []
    return [YearColumn(heads[0].col, heads[0].col + 1, context.subject.year, "actual")]


_CHANGE_AMOUNT = re.compile(
    r"(?:增、?减|增长|变动|变化)(?:\([+/、-]*\))?(?:金额|额|数|情况)?$|^差额$"
)
_CHANGE_RATE = re.compile(
    r"(?:增、?减|增长|变动|变化)(?:\([+/、-]*\))?(?:幅度|比例|比率|率|%|百分比)(?:[(]?%[)]?)?$"
)


def _change_columns(context: FormContext, top: int) -> dict[str, Cell]:
    """The columns of change against the year before: ``增减金额 | 增减幅度``."""
    found: dict[str, Cell] = {}
    for row in (top, top + 1):
        for cell in context.view.filled(row) if row < context.view.n_rows else ():
            text = label_of(cell)
            if cell.colspan == 1 and _CHANGE_RATE.search(text):
                found.setdefault("change_rate", cell)
            elif cell.colspan == 1 and _CHANGE_AMOUNT.search(text):
                found.setdefault("change", cell)
    return found


def _record_change(
    context: FormContext,
    row: int,
    item: str,
    label: Cell,
    change: dict[str, Cell],
    columns: list[YearColumn],
) -> None:
    """Change of the last year's amount against the year before, both of one basis."""
    last = max(columns, key=lambda c: (c.year or 0, c.col))
    before = [c for c in columns if c.basis == last.basis and c.year == (last.year or 0) - 1]
    if not before:
        return
    fields: dict[str, Any] = {"family": "expense", "item": item, "basis": last.basis}
    fields["amount_year"] = last.year
    for measure, head in change.items():
        cell = context.view.cell(row, head.col)
        if cell is None or cell.row != row:
            continue
        if measure == "change" and parse_amount(cell.text) is not None:
            context.money(cell, label_of(label), measure=measure, **fields)
        elif measure == "change_rate" and parse_percent(cell.text) is not None:
            context.rate(cell, label_of(head), None, measure=measure, **fields)


def _record_row(
    context: FormContext, row: int, item: str, label: Cell, columns: list[YearColumn]
) -> None:
    for column in columns:
        cell = next((c for c in context.view.own(row) if column.col <= c.col < column.end), None)
        if cell is not None and _is_amount(cell):
            _record(context, cell, item, column.basis, column.year, label_of(label))


def _is_amount(cell: Cell) -> bool:
    return parse_amount(cell.text) is not None or amount_and_prior(cell.text) is not None


def _record(
    context: FormContext, cell: Cell, item: str, basis: str, year: int | None, label: str
) -> None:
    context.money(
        cell,
        label,
        family="expense",
        measure="amount",
        item=item,
        basis=basis,
        amount_year=year,
    )


# --- items by columns ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A column of the head: its item, basis and year."""

    col: int
    item: str
    basis: str
    year: int | None


def _by_columns(context: FormContext, title: str | None) -> bool:
    view = context.view
    bottom = _head_bottom(context)
    if bottom is None:
        return False
    leaves = [leaf for col in range(view.n_cols) if (leaf := _leaf(context, col, bottom, title))]
    keys = [(leaf.item, leaf.basis, leaf.year) for leaf in leaves]
    if len(leaves) < _MIN_COLUMNS or len(set(keys)) < len(keys):
        return False
    rows = [r for r in range(bottom + 1, view.n_rows) if _is_data(context, r, leaves)]
    whole = [r for r in rows if any(_SUM.match(label_of(c)) for c in view.filled(r)[:2])]
    chosen = whole[:1] or (rows if len(rows) == 1 else [])
    for row in chosen:
        for leaf in leaves:
            cell = view.cell(row, leaf.col)
            if cell is not None and cell.row == row and parse_amount(cell.text) is not None:
                _record(context, cell, leaf.item, leaf.basis, leaf.year, leaf.item)
    return bool(chosen)


def _head_bottom(context: FormContext) -> int | None:
    """The last row of the head: the lowest row that names an item or a sum beside items."""
    rows = [
        cell.row + cell.rowspan - 1
        for cell in context.grid.cells
        if _item(context, cell) is not None
    ]
    if not rows:
        return None
    bottom = max(rows)
    while bottom + 1 < context.view.n_rows and _names_bases(context, bottom + 1):
        bottom += 1
    return bottom if bottom < context.view.n_rows - 1 else None


def _names_bases(context: FormContext, row: int) -> bool:
    """Whether a row under the items is one more of the head: 预算数 | 决算数 | 预算数 and so on."""
    cells = [cell for cell in context.view.filled(row) if cell.row == row]
    year = context.subject.year
    return len(cells) > 1 and all(basis_and_year(label_of(c), year) is not None for c in cells)


def _leaf(context: FormContext, col: int, bottom: int, title: str | None) -> _Leaf | None:
    chain = _chain(context, col, bottom)
    items = [(c, i) for c in chain if (i := _item(context, c)) is not None]
    sums = any(_SUM.match(_short(c)) for c in chain)
    item = items[0][1] if items else ("three_public" if sums else None)
    if item is None:
        return None
    year = context.subject.year
    for cell in chain:
        found = basis_and_year(label_of(cell), year)
        if found is not None:
            return _Leaf(col, item, found[0], found[1])
    text = compact(title or "")
    if "决算" in text:
        return _Leaf(col, item, "actual", year)
    return _Leaf(col, item, "budget", year) if "预算" in text else None


def _chain(context: FormContext, col: int, bottom: int) -> list[Cell]:
    """The labels over a column, from the lowest.

    Plain text merges nothing: a label there reaches over the blanks to its right, as far as the
    labels above it reach.
    """
    chain: list[Cell] = []
    first = 0  # where the label in the rows above begins
    for row in range(bottom + 1):
        cell = context.view.cell(row, col)
        if cell is not None and cell.colspan == 1 and not cell.text.strip():
            left = [c for c in context.view.filled(row) if first <= c.col < col and c.row == row]
            cell = left[-1] if left and row < bottom else cell
        if cell is not None and cell.text.strip() and cell not in chain:
            chain.insert(0, cell)
            first = max(first, cell.col)
    return chain


def _is_data(context: FormContext, row: int, leaves: list[_Leaf]) -> bool:
    """Whether a row holds amounts (not the numbers 1, 2, 3 … of the columns)."""
    cells = [context.view.cell(row, leaf.col) for leaf in leaves]
    amounts = [a.value for c in cells if c is not None and (a := parse_amount(c.text)) is not None]
    steps = {b - a for a, b in itertools.pairwise(amounts)}
    return bool(amounts) and not (len(amounts) >= _MIN_COLUMNS and steps == {1})
