"""A department's money in columns left of its indicators: ``单位名称 | 资金总额 | 一级指标``."""

from __future__ import annotations

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.funding_rows import nature_of, source_of
from orchestration.extraction.forms.header_tree import Column, Header, leaves
from orchestration.extraction.forms.plan import record_goal
from orchestration.extraction.forms.view import GridView, label_of, value_of
from orchestration.extraction.vocabulary import Vocabulary
from orchestration.reading.document import Cell


def unit_columns(
    view: GridView, header: Header, vocabulary: Vocabulary
) -> dict[str, Column] | None:
    """The columns left of the levels by head, where one of them names the unit; else None."""
    first = min(c.start for c in header.columns if c.field.startswith("level"))
    found: dict[str, Column] = {}
    unit = False
    for chain, start, end in leaves(view, header.top, header.bottom - header.top + 1):
        if start >= first:
            continue
        head = label_of(chain[0])
        column = Column(head, start, end, "".join(label_of(c) for c in reversed(chain)), chain[0])
        if vocabulary.header("identity", head) == "unit_name":
            found["unit"], unit = column, True
        elif vocabulary.header("list", head) == "goal" or vocabulary.header("goal", head) == "goal":
            found["goal"] = column
        else:
            found.setdefault(head, column)
    return found if unit and len(found) > 2 else None


def read_unit_money(context: FormContext, header: Header, end: int) -> None:
    """The budget of a target form by source and by nature, if its list has one unit only."""
    columns = unit_columns(context.view, header, context.vocabulary)
    if columns is None or not context.is_target or context.subject.scope != "department":
        return
    rows = {
        cell.text.strip(): row
        for row in range(end - 1, header.bottom, -1)
        if (cell := _own(context, columns["unit"], row)) is not None and cell.text.strip()
    }
    if len(rows) != 1:
        return
    row = next(iter(rows.values()))
    for name, column in columns.items():
        cell = _own(context, column, row)
        if cell is None or name == "unit":
            continue
        if name == "goal":
            if not context.is_blank(cell) and not context.text_withheld(cell, "绩效目标"):
                record_goal(context, cell, value_of(cell) or "", "")
            continue
        _money(context, cell, name, column)


def _money(context: FormContext, cell: Cell, name: str, column: Column) -> None:
    source, nature = source_of(context, name), nature_of(context, name)
    if source is not None:
        context.money(
            cell, "预算数", column.header, family="budget", measure="initial_budget", item=source
        )
    elif nature is not None:
        context.money(
            cell,
            name,
            column.header,
            family="expense",
            measure="amount",
            item=nature,
            basis="budget_initial",
            amount_year=context.subject.year,
        )


def _own(context: FormContext, column: Column, row: int) -> Cell | None:
    own = [c for c in context.view.own(row) if column.start <= c.col < column.end]
    return own[0] if own else None
