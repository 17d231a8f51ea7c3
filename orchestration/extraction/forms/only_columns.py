"""Columns of an indicator table of which the heads alone do not tell what they hold."""

from __future__ import annotations

import re
from dataclasses import replace

from orchestration.extraction.forms.header_tree import Column


def fourth_level(columns: list[Column]) -> list[Column]:
    """``三级指标 | 四级指标``: the contract has three levels, a fourth describes the line."""
    names = [c for c in columns if c.field == "level3"]
    fourth = [c for c in names if "四级" in c.header]
    if not 0 < len(fourth) < len(names):
        return columns
    taken = any(c.field == "description" for c in columns)
    role = "ignore" if taken else "description"
    return [replace(c, field=role) if c in fourth else c for c in columns]


#: Heads of a whole block, and of the names of its lines where no other head is theirs.
_NAMES = frozenset({"绩效指标", "指标", "考核指标", "评价指标"})


def only_names(columns: list[Column]) -> list[Column]:
    """``一级指标 | 二级指标 | 绩效指标 | 绩效指标值``: the names stand below 绩效指标 here."""
    if any(c.field == "level3" for c in columns):
        return columns
    last = max((c.start for c in columns if c.field in ("level1", "level2")), default=None)
    values = [c.start for c in columns if c.field in ("target", "actual", "weight", "score")]
    if last is None or not values:
        return columns
    names = [
        c
        for c in columns
        if c.field == "ignore" and c.header in _NAMES and last < c.start < min(values)
    ]
    return [replace(c, field="level3") if c in names[:1] else c for c in columns]


_DONE = re.compile(r"(?:完成|实现)情况$")


def only_actual(columns: list[Column]) -> list[Column]:
    """``绩效指标完成情况`` behind the targets, and no other head for it, is what was reached.

    The same words head a whole block too: one such head over all its columns is none of them.
    """
    targets = [c for c in columns if c.field == "target"]
    if not targets or any(c.field == "actual" for c in columns):
        return columns
    done = [
        c
        for c in columns
        if c.field == "ignore" and _DONE.search(c.header) and c.start > targets[0].start
    ]
    return [replace(c, field="actual") if c in done[:1] else c for c in columns]


def only_score(columns: list[Column]) -> list[Column]:
    """``评审得分`` is a second opinion beside a score, and the score where there is no other."""
    given = [c for c in columns if c.field == "reviewer_score"]
    if len(given) != 1 or any(c.field in ("score", "coefficient") for c in columns):
        return columns
    return [replace(c, field="score") if c is given[0] else c for c in columns]
