"""Which label says what a row of a funding block is."""

from __future__ import annotations

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.funding_rows import SUM_HEADS, column_cell, nature_of, source_of
from orchestration.extraction.forms.header_tree import Header
from orchestration.extraction.forms.view import label_of
from orchestration.extraction.values import parse_amount, parse_percent
from orchestration.reading.document import Cell


def row_label(context: FormContext, row: int, before: int) -> Cell | None:
    """The label of a row: the last words left of the first money column.

    Amounts there are of a column that is no stage of this year's budget (上年结转).
    """
    cells = [
        c
        for c in context.view.covering(row)
        if c.col < before and c.text.strip() and parse_amount(c.text) is None
        if parse_percent(c.text) is None
    ]
    own = [c for c in cells if c.row == row]
    return own[-1] if own else None


def labelled_source(
    context: FormContext, header: Header, row: int, before: int
) -> tuple[Cell | None, str | None]:
    """The label that says what a row is, and its source: of 基本支出 | 合计 it is 基本支出.

    ``其他`` below 基本支出 or 财政拨款 is a part of these and no source of its own.
    """
    label = row_label(context, row, before)
    source = source_of(context, label.text) if label is not None else None
    group = _group_of(context, header, row, label)
    if label is None or group is None:
        return label, source
    if label_of(label) in SUM_HEADS:
        return group, source_of(context, group.text)
    around = source_of(context, group.text) or nature_of(context, group.text)
    if source in ("other", "total") and around not in (None, "total", source):
        return label, None
    return label, source


def _group_of(context: FormContext, header: Header, row: int, label: Cell | None) -> Cell | None:
    """The label that a row's own label is a part of: ``基本支出`` left of 合计 and 人员经费.

    What stands left of the header's rows too is the band of the whole block.
    """
    if label is None:
        return None
    left = [c for c in context.view.covering(row) if c.col < label.col and c.text.strip()]
    left = [c for c in left if c.row > header.bottom and parse_amount(c.text) is None]
    return left[-1] if left else None


def income_rows(context: FormContext, header: Header, end: int, before: int) -> set[int]:
    """Rows from 收入合计 to 支出合计: what came in is neither a budget to spend nor spent.

    Only where the two sums of what was received and spent differ: else the rows between them say
    from which source the spending was. They are left alone with a reason.
    """
    words = context.vocabulary
    labels = {row: row_label(context, row, before) for row in range(header.bottom + 1, end)}
    said = {row: label_of(label) for row, label in labels.items() if label is not None}
    income = [
        row
        for row, text in said.items()
        if words.revenue_item.find(text) == "total" and source_of(context, text) is None
    ]
    spending = [row for row, text in said.items() if words.expense_item.find(text) == "total"]
    if not income or not spending or income[0] > spending[0]:
        return set()
    sums = [column_cell(context, header.column("executed"), r) for r in (income[0], spending[0])]
    amounts = [parse_amount(c.text) for c in sums if c is not None]
    if len(amounts) < 2 or None in amounts or len({a.value for a in amounts if a}) < 2:
        return set()
    label = labels[income[0]]
    if label is not None:
        _leave(context, label)
    return set(range(income[0], spending[0]))


def _leave(context: FormContext, label: Cell) -> None:
    context.builder.issue(
        context.spot(label),
        kind="unclaimed_figure",
        message=f"{context.where(label)}“{label_of(label)[:20]}”起的各行为收入，不是预算资金的安排"
        "与支出，未采用 | income among the rows of a budget: not used",
    )


def without_rest(
    context: FormContext, found: list[tuple[int, str, Cell | None]]
) -> list[tuple[int, str, Cell | None]]:
    """Rows without a bare ``其他`` that is the rest of kinds that are no sources (运转类 …)."""
    if any(source not in ("total", "other") for _, source, _ in found):
        return found
    kept = []
    for row, source, label in found:
        if source == "other" and label is not None and label_of(label) in _BARE_REST:
            context.unknown(label, "资金来源")
        else:
            kept.append((row, source, label))
    return kept


_BARE_REST = frozenset({"其他", "其它", "其中:其他"})
