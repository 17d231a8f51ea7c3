"""Statistics blocks: people, expense by year and basis, income, expense, assets by column.

Two shapes. *Rows of items*: labels on the left, columns of year and basis (the Hunan base-data
table, DOMAIN.md T3). *Columns of items*: one row a unit, items as column heads (county forms, T4);
only the row of the whole department is read, never a part of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.view import GridView, label_of
from orchestration.extraction.text import compact
from orchestration.extraction.values import find_year, parse_amount, parse_number
from orchestration.extraction.vocabulary import Vocabulary
from orchestration.reading.document import Cell

_YEAR_BASIS = re.compile(
    r"^(?P<year>(?:19|20)\d{2}年?度?|上年度?|本年度?|去年|当年|今年)?(?:年度)?"
    r"(?P<basis>年初预算数?|调整后?预算数?|预算数?|决算数?|实际(?:支出)?数?|执行数|支出数)(?:\(.{1,6}\))?$"
)
_BASIS = (
    ("年初预算", "budget_initial"),
    ("调整", "budget_adjusted"),
    ("预算", "budget"),
    ("决算", "actual"),
    ("实际", "actual"),
    ("执行", "actual"),
    ("支出", "actual"),
)


@dataclass(frozen=True, slots=True)
class YearColumn:
    """A column of one year and basis."""

    col: int
    end: int
    year: int | None
    basis: str


def year_columns(view: GridView, row: int, year: int | None) -> list[YearColumn]:
    """The columns of a header row that name a year and a basis (two or more, else none)."""
    found: list[YearColumn] = []
    for cell in view.filled(row):
        named = basis_and_year(label_of(cell), year)
        if named is not None:
            found.append(YearColumn(cell.col, cell.col + cell.colspan, named[1], named[0]))
    return found if len(found) >= 2 else []


def basis_and_year(head: str, year: int | None) -> tuple[str, int | None] | None:
    """The basis and year that a column head names; ``year`` is the form's own."""
    match = _YEAR_BASIS.match(head)
    if match is None:
        return None
    basis = next(code for word, code in _BASIS if word in match["basis"])
    return basis, _year(match["year"], year)


def _year(word: str | None, year: int | None) -> int | None:
    if word is None:
        return year
    if word[0].isdigit():
        return find_year(word if "年" in word else f"{word}年")
    if year is None:
        return None
    return year - 1 if word[0] in "上去" else year


def staff_cells(view: GridView, row: int, vocabulary: Vocabulary) -> list[tuple[str, Cell]]:
    """The cells of a row that name a category of staff."""
    return [
        (category, cell)
        for cell in view.filled(row)
        if (category := vocabulary.staff.find(cell.text)) is not None and category != "total"
    ]


def read_staff(context: FormContext, row: int) -> bool:
    """Headcounts below or beside the labels of a row."""
    view = context.view
    cells = staff_cells(view, row, context.vocabulary)
    used = False
    units = _unit_rows(context, row)
    for category, label in cells:
        value = _number_near(view, label)
        if units is not None:  # one row a unit: the whole department's, or nobody's
            whole = [r for r in units if _is_whole(view, r)] or (units if len(units) == 1 else [])
            value = view.cell(whole[0], label.col) if whole else None
        if value is None or parse_number(re.sub(r"[人名]$", "", compact(value.text))) is None:
            continue
        used = True
        view.claim(label, value)
        number = parse_number(re.sub(r"[人名]$", "", compact(value.text)))
        context.builder.figure(
            context.spot(value),
            family="personnel",
            measure="headcount",
            item=category,
            value=None if context.withheld(value, "人数") else number,
            unit="人",
            unit_source="header",
            amount_year=find_year(label.text) or context.subject.year,
        )
    if used:
        _control_rate(context, row)
    return used


def _unit_rows(context: FormContext, row: int) -> list[int] | None:
    """The rows with numbers below a head of units (``单位名称 | 编制数 | 在职人数``); else None."""
    view = context.view
    heads = view.filled(row)[:2]
    named = [context.vocabulary.header("statistics", c.text) == "unit_name" for c in heads]
    if not any(named):
        return None
    head = heads[named.index(True)]
    return [
        r
        for r in range(row + head.rowspan, view.n_rows)
        if _has_numbers(view, r) and (c := view.cell(r, head.col)) is not None and c.text.strip()
    ]


def _number_near(view: GridView, label: Cell) -> Cell | None:
    """The number below a label, else beside it."""
    below = view.cell(label.row + label.rowspan, label.col)
    right = view.right_of(label) if view.by_spans else view.next_filled(label)
    for cell in (below, right):
        if (
            cell is not None
            and parse_number(re.sub(r"[人名]$", "", compact(cell.text))) is not None
        ):
            return cell
    return None


def _control_rate(context: FormContext, row: int) -> None:
    for cell in context.view.filled(row):
        if context.vocabulary.header("statistics", cell.text) != "control_rate":
            continue
        below = context.view.cell(row + cell.rowspan, cell.col)
        context.view.claim(cell)
        context.rate(
            below,
            label_of(cell) + "%",
            None,
            family="personnel",
            measure="control_rate",
            item="on_duty",
        )


_AMOUNT = re.compile(r"^-?[\d,]+\.\d+(?:元|万元)?$|^[\d,]{5,}(?:元|万元)?$|^[\d.]+%$")


def read_item_rows(context: FormContext, top: int, end: int) -> bool:
    """Expense items by rows, year and basis by columns; True where a header row was found."""
    columns = year_columns(context.view, top, context.subject.year)
    if not columns or any(_AMOUNT.match(compact(c.text)) for c in context.view.filled(top)):
        return False  # 年初预算 | 386.20 | 实际支出 | 398.80: labels with their values
    context.view.claim_row(top)
    band = context.view.row_text(top)
    unit = context.vocabulary.money_unit(band)
    if unit:
        context.unit, context.unit_source = unit, "header"
    first = min(c.col for c in columns)
    blank_parent: tuple[Cell, str] | None = None
    for row in range(top + 1, end):
        labels = [c for c in context.view.filled(row) if c.col < first]
        if not labels:
            continue
        if context.vocabulary.header("statistics", labels[0].text) == "aside":
            context.view.claim_row(row)
            continue
        if year_columns(context.view, row, context.subject.year):
            break
        blank_parent = _item_row(context, row, labels[-1], columns, blank_parent)
    return True


def _item_row(
    context: FormContext,
    row: int,
    label: Cell,
    columns: list[YearColumn],
    parent: tuple[Cell, str] | None,
) -> tuple[Cell, str] | None:
    """Record one item; returns the last total whose cells are blank (evidence if parts follow)."""
    item = context.vocabulary.expense_item.find(re.sub(r"^其中[:：]", "", compact(label.text)))
    cells = [
        (column, cell)
        for column in columns
        for cell in context.view.own(row)
        if column.col <= cell.col < column.end
    ]
    printed = [(c, cell) for c, cell in cells if not context.is_blank(cell)]
    context.view.claim(label)
    if item is None:
        if printed:
            context.unknown(label, "支出项目")
        return parent
    if not printed:
        return (label, item) if item in ("three_public", "project", "public") else parent
    if parent is not None:
        context.builder.statement(
            context.spot(parent[0]),
            kind="blank_total",
            subject=label_of(parent[0]),
            detail=f"“{label_of(parent[0])}”为空，其分项“{label_of(label)}”已填",
        )
    for column, cell in printed:
        context.money(
            cell,
            label_of(label),
            family="expense",
            measure="amount",
            item=item,
            basis=column.basis,
            amount_year=column.year,
        )
    return None


# --- columns of items ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ItemColumn:
    """A column that holds one item of one fact table."""

    family: str
    item: str
    start: int
    end: int
    cell: Cell


def item_columns(view: GridView, row: int, vocabulary: Vocabulary) -> tuple[list[ItemColumn], int]:
    """Item columns of a header that begins in a row with 机构名称, and the header's last row."""
    filled = view.filled(row)
    if not filled or vocabulary.header("statistics", filled[0].text) != "unit_name":
        return [], row
    height = max(c.rowspan for c in filled)
    while height < _MAX_HEADER and _heads(view, row + height, vocabulary):
        height += 1
    columns: list[ItemColumn] = []
    seen: set[tuple[int, int]] = set()
    for at in range(row + height - 1, row - 1, -1):
        for cell in view.own(at):
            found = vocabulary_item(cell.text, vocabulary)
            covered = any(cell.col <= c.start < cell.col + cell.colspan for c in columns)
            known = (cell.row, cell.col) in seen or (covered and cell.colspan > 1)
            if found and not known:
                seen.add((cell.row, cell.col))
                columns.append(ItemColumn(*found, cell.col, cell.col + cell.colspan, cell))
    columns.sort(key=lambda c: c.start)
    heads_row = any(vocabulary_item(c.text, vocabulary) for c in filled[1:])
    distinct = len({(c.family, c.item) for c in columns}) == len(columns)
    return (columns if heads_row and distinct and len(columns) >= 2 else []), row + height - 1


_MAX_HEADER = 3


def _heads(view: GridView, row: int, vocabulary: Vocabulary) -> bool:
    """Whether a row goes on with a header whose spans are not known: items, no name, no numbers."""
    if row >= view.n_rows or _has_numbers(view, row):
        return False
    first = view.cell(row, 0)
    named = first is not None and first.row == row and bool(first.text.strip())
    return not named and any(vocabulary_item(c.text, vocabulary) for c in view.filled(row))


def _has_numbers(view: GridView, row: int) -> bool:
    return any(parse_amount(c.text) is not None for c in view.filled(row))


def vocabulary_item(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """The fact table and item that a column head names."""
    short = re.sub(r"^其中[:：]?", "", compact(text))
    if not short:
        return None
    for family, words in (
        ("revenue", vocabulary.revenue_item),
        ("expense", vocabulary.expense_item),
        ("balance", vocabulary.balance_item),
        ("asset", vocabulary.asset_item),
    ):
        item = words.find(short)
        if item is not None and not (family == "expense" and short in ("合计", "其他支出")):
            return family, item
    return None


def read_item_columns(context: FormContext, row: int, end: int) -> int:
    """Read a block of item columns; returns the row after it (``row`` where there is none)."""
    columns, bottom = item_columns(context.view, row, context.vocabulary)
    if not columns:
        return row
    _caption_unit(context, row)
    families = {c.family for c in columns}
    if "asset" in families:  # 其他 beside 固定资产合计 is an asset, not a source of income
        columns = [_as_asset(c, context.vocabulary) for c in columns]
    rows = []
    for at in range(bottom + 1, end):
        first = context.view.filled(at)[:1]
        if first and context.vocabulary.header("statistics", first[0].text) == "unit_name":
            break
        if any(c.colspan >= context.view.n_cols - 1 for c in context.view.own(at)):
            break
        rows.append(at)
    with_numbers = [r for r in rows if _has_numbers(context.view, r)]
    whole = [r for r in with_numbers if _is_whole(context.view, r)]
    chosen = whole[:1] or (with_numbers if len(with_numbers) == 1 else [])
    for at in range(row, bottom + 1):
        context.view.claim_row(at)
    for at in chosen:
        _record_items(context, columns, at)
        for other in with_numbers:
            if other != at:
                context.view.claim_row(other)  # parts of the whole that has been read
    return bottom + 1 + len(rows)


def _caption_unit(context: FormContext, row: int) -> None:
    """The unit of a caption row right above a block (``年度收入情况（万元）``), until the next."""
    above = context.view.filled(row - 1) if row else []
    unit = context.vocabulary.money_unit(above[0].text) if len(above) == 1 else None
    if unit:
        context.unit, context.unit_source = unit, "caption"
        context.view.claim(above[0])


def _as_asset(column: ItemColumn, vocabulary: Vocabulary) -> ItemColumn:
    item = vocabulary.asset_item.find(column.cell.text)
    if item is None:
        return column
    if label_of(column.cell).startswith("固定资产"):
        item = "fixed"
    return ItemColumn("asset", item, column.start, column.end, column.cell)


def _is_whole(view: GridView, row: int) -> bool:
    filled = view.filled(row)
    return bool(filled) and re.search(r"汇总|合计|总计", label_of(filled[0])) is not None


def _record_items(context: FormContext, columns: list[ItemColumn], row: int) -> None:
    for cell in context.view.own(row):
        column = next((c for c in columns if c.start <= cell.col < c.end), None)
        if column is None or context.is_blank(cell) or parse_amount(cell.text) is None:
            continue
        fields: dict[str, Any] = {"family": column.family, "item": column.item}
        if column.family == "expense":
            fields["basis"] = "actual"
        if column.family in ("expense", "revenue", "balance"):
            fields["amount_year"] = context.subject.year
        context.money(
            cell, label_of(column.cell), label_of(column.cell), measure="amount", **fields
        )
    context.view.claim_row(row)


# --- tasks of a department's target form ---------------------------------------------------------
