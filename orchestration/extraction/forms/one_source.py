"""Rows or columns of one block that name the same source of funds: which of them is its figure.

The contract has one figure a source. ``财政资金小计`` over 一般公共预算 and 政府性基金, or 单位资金
beside 其他资金, are two printed amounts for one place: a sum and its part, or two kinds that the
contract does not part. Where nothing tells which is meant, none of them is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.funding_rows import column_cell
from orchestration.extraction.forms.header_tree import MONEY_FIELDS, Column, Header
from orchestration.extraction.forms.view import label_of
from orchestration.extraction.values import parse_amount
from orchestration.reading.document import Cell

#: Wordings that name a source in its own words, where broader ones mean it too.
_OWN_WORDS = {
    "general_public_budget": re.compile(r"公共预算"),
    "other": re.compile(r"^(?:其中:?)?其[他它](?:资金|来源|来源资金)?$"),
}

#: Amounts of a row by stage of the budget.
Amounts = Mapping[str, Decimal]


def chosen(source: str, rows: Sequence[tuple[str, Amounts]]) -> int | None:
    """Which of several rows of a source holds its figures; None where nothing tells.

    Args:
        source: code of the source.
        rows: label and amounts of each row that prints any, in their order.
    """
    if len(rows) == 1:
        return 0
    words = _OWN_WORDS.get(source)
    named = [i for i, (label, _) in enumerate(rows) if words is not None and words.search(label)]
    if source == "general_public_budget" and len(named) == 1:
        return named[0]
    if _is_sum(rows[0][1], [amounts for _, amounts in rows[1:]]):
        return 0
    if len(named) == 1:
        return named[0]
    same = all(amounts == rows[0][1] for _, amounts in rows)
    return 0 if same else None


def rows_aside(
    context: FormContext, header: Header, found: Sequence[tuple[int, str, Cell | None]]
) -> set[int]:
    """Rows that name the source of another row: sums over it, or that may be meant as well.

    ``found``: row, source and label of every row of the block that names a source.
    """
    aside: set[int] = set()
    for source in dict.fromkeys(s for _, s, _ in found if s != "total"):
        stated = [
            (row, label, amounts)
            for row, s, label in found
            if s == source and label is not None and (amounts := _amounts(context, header, row))
        ]
        if len(stated) < 2:
            continue
        at = chosen(source, [(label_of(label), amounts) for _, label, amounts in stated])
        for number, (row, label, _) in enumerate(stated):
            if number == at:
                continue
            aside.add(row)
            context.view.claim_row(row)
            if at is None or not _covers(context, header, found, source, row):
                report_aside(context, label, "与本表另一行属同一类资金来源")
    return aside


#: Sources that make up public money; of every other source its own rows do.
_PUBLIC = ("general_public_budget", "government_fund", "state_capital", "social_insurance")


def _covers(
    context: FormContext,
    header: Header,
    found: Sequence[tuple[int, str, Cell | None]],
    source: str,
    row: int,
) -> bool:
    """Whether a row left aside is the sum of rows that are read, or a part of one of them.

    Else an amount is missing from the parts, which must not count against the report.
    """
    kinds = _PUBLIC if source == "general_public_budget" else (source,)
    rows = {r: _amounts(context, header, r) for r, s, _ in found if s in kinds}
    mine = rows.pop(row)
    first = min(rows) < row and _is_sum(rows[min(rows)], [mine, *_others(rows)])
    return first or _is_sum(mine, rows.values())


def _others(rows: Mapping[int, Amounts]) -> list[Amounts]:
    return [amounts for row, amounts in rows.items() if row != min(rows)]


def _amounts(context: FormContext, header: Header, row: int) -> dict[str, Decimal]:
    """The amounts that a row prints, by stage."""
    found: dict[str, Decimal] = {}
    for name in MONEY_FIELDS:
        cell = column_cell(context, header.column(name), row)
        amount = parse_amount(cell.text) if cell is not None else None
        if amount is not None:
            found[name] = amount.value
    return found


def report_aside(context: FormContext, label: Cell, why: str) -> None:
    """Say that a row of money is not used; the audit then knows that a part is missing here."""
    context.builder.issue(
        context.spot(label),
        kind="unclaimed_figure",
        message=f"{context.where(label)}的“{label_of(label)[:40]}”{why}，未采用 | "
        "money of a source that has no place of its own, or shares one with another row: not used",
        first_reading=context.builder.row_text(context.grid, label.row),
    )


def _is_sum(whole: Amounts, parts: Iterable[Amounts]) -> bool:
    """Whether amounts are the sums of others, stage by stage."""
    listed = list(parts)
    return bool(whole) and all(
        sum(part.get(stage, Decimal(0)) for part in listed) == value
        for stage, value in whole.items()
    )


def without_sums(columns: Sequence[Column]) -> list[Column]:
    """Columns of a list without ``财政拨款(小计)`` where 一般公共预算 has one of its own."""
    field = "funding.general_public_budget"
    words = _OWN_WORDS["general_public_budget"]
    mine = [c for c in columns if c.field == field]
    named = [c for c in mine if words.search(c.cell.text)]
    if len(mine) < 2 or len(named) != 1:
        return list(columns)
    return [c for c in columns if c.field != field or c is named[0]]
