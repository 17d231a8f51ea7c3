"""Funds by source beside spending by nature under heads of their own, in the same rows."""

from __future__ import annotations

from dataclasses import replace

from orchestration.extraction.forms.header_tree import MONEY_FIELDS, Header


def sides_of(header: Header) -> tuple[Header, Header | None]:
    """A funding header as its left side and, where a second one follows, that.

    ``资金来源 | 年初预算数 | 执行数 | 支出类别 | 年初预算数 | 执行数``: the same stage of money
    again, behind a column of labels. A rate or score behind the second stage is the second's.
    """
    columns = sorted(header.columns, key=lambda c: c.start)
    seen: set[str] = set()
    for column in columns:
        if column.field not in MONEY_FIELDS:
            continue
        if column.field not in seen:
            seen.add(column.field)
            continue
        before = [c for c in columns if c.start < column.start]
        labels = [c for c in header.unknown if before[-1].end <= c.col < column.start]
        if not labels:
            return header, None
        label = labels[0]
        left = replace(header, columns=[c for c in columns if c.start < label.col])
        left.unknown = [c for c in header.unknown if c not in labels and c.col < label.col]
        right = replace(header, columns=[c for c in columns if c.start > label.col])
        right.unknown = [c for c in header.unknown if c not in labels and c.col > label.col]
        named = replace(right.columns[0], field="label", start=label.col, cell=label)
        right.extra = {"label": named}
        return left, right
    return header, None
