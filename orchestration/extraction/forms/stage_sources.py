"""Sources of funds, or spending by nature, as columns below a stage of the budget.

``全年预算数`` over 合计 | 财政拨款 | 其他资金: the 合计 is the stage's own amount, the others are
the same stage of one source. Such a column has the role ``annual_budget.other``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.funding_rows import (
    OF_WHICH,
    SPENDING_BASES,
    SPENDING_ITEMS,
    STAGE_NAMES,
    SUM_HEADS,
    column_cell,
)
from orchestration.extraction.forms.header_tree import MONEY_FIELDS, Column, word_of
from orchestration.extraction.forms.view import GridView, label_of
from orchestration.extraction.values import parse_number
from orchestration.extraction.vocabulary import Vocabulary
from orchestration.reading.document import Cell


def under_stages(view: GridView, columns: Sequence[Column], vocabulary: Vocabulary) -> list[Column]:
    """The columns with those below a stage's head told apart by what stands over them.

    A leaf that nobody knows, beside others below one stage, gets the role ``aside``: it is a part
    of the stage and never its amount, and is reported as unread.
    """
    found: list[Column] = []
    for column in columns:
        stage = _stage_over(view, column, vocabulary)
        found.append(column if stage is None else _told(column, stage, vocabulary))
    return found


def leaves_below(view: GridView, row: int, heads: Sequence[Cell]) -> int:
    """1 where a row prints nothing but words below wide heads: 合计 | 财政拨款; else 0."""
    wide = {c for c in heads if c.colspan > 1}
    cells = view.filled(row) if row < view.n_rows else []
    inside = [c for c in cells if any(h.col <= c.col < h.col + h.colspan for h in wide)]
    sums = [c for c in inside if label_of(c) in SUM_HEADS]
    words = all(parse_number(c.text) is None for c in inside)
    return int(len(wide) > 1 and len(inside) == len(cells) and len(sums) == len(wide) and words)


def _stage_over(view: GridView, column: Column, vocabulary: Vocabulary) -> str | None:
    """The stage that a wide head over a leaf names; None where the leaf is a stage itself."""
    leaf = column.cell
    parent = view.cell(leaf.row - 1, column.start) if leaf.row else None
    if parent is None or parent.row >= leaf.row or parent.colspan <= leaf.colspan:
        return None
    if word_of("funding", leaf.text, vocabulary) not in (None, "money_total"):
        return None
    stage = word_of("funding", parent.text, vocabulary)
    return stage if stage in MONEY_FIELDS else None


def _told(column: Column, stage: str, vocabulary: Vocabulary) -> Column:
    leaf = OF_WHICH.sub("", label_of(column.cell))
    if leaf in SUM_HEADS:
        return replace(column, field=stage)
    nature = vocabulary.expense_item.find(leaf)
    item = vocabulary.funding_source.find(leaf)
    item = item or (nature if nature in SPENDING_ITEMS else None)
    return replace(column, field=f"{stage}.{item}" if item not in (None, "total") else "aside")


def read_below_stages(context: FormContext, columns: Sequence[Column], row: int, band: str) -> None:
    """Record the amounts of a total row, or of a project, by source and by nature."""
    for column in columns:
        stage, _, item = column.field.partition(".")
        if stage not in MONEY_FIELDS or not item:
            continue
        cell = column_cell(context, column, row)
        head = column.header if context.vocabulary.money_unit(column.header) else band
        if item not in SPENDING_ITEMS:
            ahead = context.is_target and stage == "annual_budget"
            context.money(
                cell,
                STAGE_NAMES[stage],
                head,
                family="budget",
                measure="initial_budget" if ahead else stage,
                item=item,
            )
        elif context.subject.scope == "department" and stage in SPENDING_BASES:
            context.money(
                cell,
                STAGE_NAMES[stage],
                head,
                family="expense",
                measure="amount",
                item=item,
                basis=SPENDING_BASES[stage],
                amount_year=context.subject.year,
            )
