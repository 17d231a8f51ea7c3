"""``调整预算``: the change of a budget, or the budget after it. The figures beside it say which."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from orchestration.extraction.forms.header_tree import Column
from orchestration.extraction.forms.view import GridView
from orchestration.extraction.text import compact
from orchestration.extraction.values import parse_amount, parse_percent
from orchestration.extraction.vocabulary import strip_decoration

#: Heads that officials use for both.
_EITHER = frozenset({"调整预算", "调整预算数", "预算调整", "预算调整数", "调整数", "调整金额"})
_ROWS = 30
_NEAR = Decimal("0.0051")  # of a ratio printed to two digits after the point of a per cent


def told_apart(view: GridView, columns: list[Column], body: int) -> list[Column]:
    """The columns with the one that may be either named by what it holds.

    Only where no other column is the budget after adjustment and an executed amount stands beside
    it: spent more than the amount, it is a change; a rate that fits one of the two decides.
    Nothing changes where the rows are of two minds.
    """
    either = [c for c in columns if strip_decoration(c.header) in _EITHER]
    fields = [c.field for c in columns]
    if len(either) != 1 or not {"executed", "part_year"} & set(fields):
        return columns
    mine = either[0]
    if any(c.field == "annual_budget" and c is not mine for c in columns):
        return columns
    said = {
        found
        for row in range(body, min(body + _ROWS, view.n_rows))
        if (found := _row_says(view, columns, mine, row)) is not None
    }
    if len(said) != 1:
        return columns
    field = said.pop()
    return [replace(c, field=field) if c is mine else c for c in columns]


def _row_says(view: GridView, columns: list[Column], mine: Column, row: int) -> str | None:
    spent = _column(columns, "executed") or _column(columns, "part_year")
    return told_by(
        _amount(view, mine, row),
        _amount(view, _column(columns, "initial_budget"), row),
        _amount(view, spent, row),
        _rate(view, _column(columns, "execution_rate"), row),
    )


def is_either(label: str) -> bool:
    """Whether a label may name a change of a budget or the budget after it."""
    return strip_decoration(label) in _EITHER


def told_by(
    amount: Decimal | None,
    initial: Decimal | None,
    executed: Decimal | None,
    rate: Decimal | None,
) -> str | None:
    """``annual_budget`` or ``adjustment`` as the figures beside an amount say; None if they do not.

    Args:
        amount: what is in question.
        initial: the budget before, in the amount's unit.
        executed: what was spent, in the amount's unit.
        rate: executed over budget, as a ratio.
    """
    if amount is None or not amount:
        return None
    if amount < 0:
        return "adjustment"
    if executed is None or not executed:
        return None
    if rate is not None and initial is not None:
        after, change = executed / amount, initial + amount
        fits_after = abs(after - rate) <= _NEAR
        fits_change = bool(change) and abs(executed / change - rate) <= _NEAR
        if fits_after != fits_change:
            return "annual_budget" if fits_after else "adjustment"
    if executed > amount:
        return "adjustment" if initial is not None and executed <= initial + amount else None
    return "annual_budget"


def _column(columns: list[Column], name: str) -> Column | None:
    return next((c for c in columns if c.field == name), None)


def _text(view: GridView, column: Column | None, row: int) -> str | None:
    cell = view.cell(row, column.start) if column is not None else None
    return compact(cell.text) if cell is not None and cell.row == row else None


def _amount(view: GridView, column: Column | None, row: int) -> Decimal | None:
    found = parse_amount(_text(view, column, row) or "")
    return found.value if found is not None else None


def _rate(view: GridView, column: Column | None, row: int) -> Decimal | None:
    text = _text(view, column, row) or ""
    percent = parse_percent(text)
    return percent / 100 if percent is not None else None
