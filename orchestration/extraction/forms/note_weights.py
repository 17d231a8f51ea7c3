"""Weights of a target list that stand below 备注: ``权重15%``, ``分值：10分``."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from orchestration.extraction.forms.header_tree import Header
from orchestration.extraction.forms.view import GridView, label_of
from orchestration.extraction.text import compact

_NOTED = re.compile(r"^(?:指标)?(?:权重|分值)[:：]?[(]?(\d{1,3}(?:\.\d+)?)(?:%|分)?[)]?$")


def noted_weight(text: str) -> Decimal | None:
    """The weight that a remark states and nothing else."""
    match = _NOTED.match(compact(text))
    return Decimal(match[1]) if match else None


def with_noted_weights(view: GridView, header: Header) -> Header:
    """A header whose remarks are weights, where each of them (two and more) states one."""
    if header.column("weight") is not None:
        return header
    notes = [c for c in header.columns if c.field == "deviation_reason"]
    if len(notes) != 1:
        return header
    note = notes[0]
    texts = [
        label_of(c)
        for row in range(header.bottom + 1, view.n_rows)
        for c in view.own(row)
        if note.start <= c.col < note.end and c.col + c.colspan <= note.end and c.text.strip()
    ]
    if len(texts) < 2 or any(noted_weight(text) is None for text in texts):
        return header
    columns = [replace(c, field="weight") if c is note else c for c in header.columns]
    return replace(header, columns=columns)
