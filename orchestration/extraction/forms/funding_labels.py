"""Which label says what a row of a funding block is."""

from __future__ import annotations

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.funding_rows import SUM_HEADS, nature_of, source_of
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
