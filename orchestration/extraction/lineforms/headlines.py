"""Labels above the money of a form that a narrow column wraps: 实施单 | 位 | 某县水利局."""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.extraction.lineforms.tokens import FormLine, form_line
from orchestration.extraction.text import compact

_LABELS = frozenset(
    {"项目名称", "主管部门", "实施单位", "部门名称", "单位名称", "预算单位", "预算部门"}
)
_PIECES = 3


def whole_labels(head: Sequence[FormLine]) -> list[FormLine]:
    """The lines with labels in pieces put together, the line behind them as their value."""
    found: list[FormLine] = []
    index = 0
    while index < len(head):
        count = _pieces(head[index:])
        if count and index + count < len(head):
            label = "".join(compact(line.text) for line in head[index : index + count])
            value = head[index + count]
            text = f"{label} {value.text.strip()}"
            number = value.tokens[0].line if value.tokens else 0
            found.append(form_line(head[index].block, text, value.place, number))
            index += count + 1
            continue
        found.append(head[index])
        index += 1
    return found


def _pieces(lines: Sequence[FormLine]) -> int:
    """How many lines, two at least, make up a label; 0 where they make none."""
    joined = ""
    for count, line in enumerate(lines[:_PIECES], start=1):
        joined += compact(line.text)
        if joined in _LABELS:
            return count if count > 1 else 0
    return 0
