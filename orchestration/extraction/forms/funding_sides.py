"""Funds by source beside spending by nature under heads of their own, in the same rows."""

from __future__ import annotations

from dataclasses import replace

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.funding_rows import read_spending
from orchestration.extraction.forms.header_tree import MONEY_FIELDS, Header
from orchestration.extraction.forms.one_source import report_aside
from orchestration.extraction.forms.view import GridView, has_digit, label_of
from orchestration.reading.document import Cell


def sides_of(header: Header) -> tuple[Header, Header | None]:
    """A funding header as its left side and, where a second one follows, that.

    ``资金来源 | 年初预算数 | 执行数 | 支出类别 | 年初预算数 | 执行数``: the same stage of money
    again, behind a column of labels. A rate or score behind the second stage is the second's.
    """
    columns = sorted(header.columns, key=lambda c: c.start)
    money = [c for c in columns if c.field in MONEY_FIELDS]
    for label in sorted(header.unknown, key=lambda c: c.col):
        before = {c.field for c in money if c.start < label.col}
        if not before & {c.field for c in money if c.start > label.col}:
            continue
        left = replace(header, columns=[c for c in columns if c.start < label.col])
        left.unknown = [c for c in header.unknown if c.col < label.col]
        right = replace(header, columns=[c for c in columns if c.start > label.col])
        right.unknown = [c for c in header.unknown if c.col > label.col]
        named = replace(right.columns[0], field="label", start=label.col, cell=label)
        right.extra = {"label": named}
        return left, right
    return header, None


def income_head(view: GridView, header: Header) -> Cell | None:
    """``部门收入`` over a side, or 收入项目 at its head: what came in is no budget to spend."""
    first = header.columns[0].start
    heads = [c for c in view.covering(header.top) if c.col < first]
    over = view.cell(header.top - 1, first) if header.top else None
    for cell in (*heads, over):
        text = label_of(cell) if cell is not None else ""
        if "收入" in text and "支出" not in text and not has_digit(text):
            return cell
    return None


def only_spending(
    context: FormContext, left: Header, spending: Header, income: Cell, end: int
) -> None:
    """``部门收入`` beside ``部门支出``: spending by nature is read, what came in is left aside."""
    report_aside(context, income, "一侧为收入，不是预算资金的安排与支出")
    unit = context.vocabulary.money_unit("".join(c.header for c in spending.columns))
    if unit is not None:
        context.unit, context.unit_source = unit, "header"
    read_spending(context, spending, end)
    border = spending.extra["label"].start
    for row in range(left.top, end):
        head = row <= left.bottom
        context.view.claim(*(c for c in context.view.own(row) if head or c.col < border))
