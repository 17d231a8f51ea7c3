"""Rows of tabbed tables that have not as many cells as the heads over them.

A dump that leaves out the places that merged cells cover, or whose columns change from page to
page, prints rows whose cells stand under other heads than on paper. Which ones is anybody's guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"\s*[-+−]?[\d,]+(?:\.\d+)?\s*[%％]?\s*$")
_HEAD_END = re.compile(
    r"(?:[数额率值分级款]|名称|指标|情况|内容|预算|决算|编码|单位|备注|说明|措施|原因|类别|项目|权重)"
    r"(?:[(（][^()（）]*[)）])?$"
)
_YEAR = re.compile(r"20\d\d")
_REMARK = re.compile(r"备注|说明|原因|措施|附件")
_FEW = 3
_BLANKS = ("", "—", "——", "-", "--", "/")


def misplaced_rows(rows: Sequence[Sequence[str]], *, collapsed: bool = False) -> dict[int, str]:
    """The rows whose cells cannot be told to stand under their heads, and why.

    Where lines keep their blank cells at the end, a row under a head has as many cells as it. Where
    they do not, a short row may lack its last cells or its first: it stands where the full rows
    tell, figures under figures. ``collapsed``: places under merged cells are left out for certain,
    so that no row of other length stands under its head.
    """
    kept = any(row and not row[-1].strip() for row in rows)
    heads = _heads(rows)
    lines = [row for number, row in enumerate(rows) if heads[number] not in (None, number)]
    found: dict[int, str] = {}
    for number, row in enumerate(rows):
        head = heads[number]
        if head is None or head == number or not _says_something(row):
            continue
        wanted = len(rows[head])
        if len(row) == wanted:
            continue
        short = len(row) < wanted and not kept and not collapsed
        if short and not _lacks_first(row, lines, rows[head]):
            continue
        found[number] = (
            f"此行有 {len(row)} 格，表头有 {wanted} 格，各格属于哪一列无法确定 / "
            f"a row of {len(row)} cells under a head of {wanted}"
        )
    return found


def _heads(rows: Sequence[Sequence[str]]) -> list[int | None]:
    """The row of heads that each row stands under; a row of heads stands under itself."""
    found: list[int | None] = []
    current: int | None = None
    for number, row in enumerate(rows):
        shorter = current is not None and len(row) < len(rows[current])
        if _is_head(row) and not (shorter and not names_columns(row)):
            current = number
        found.append(current)
    return found


def _filled(row: Sequence[str]) -> list[str]:
    return [text for text in row if text.strip() and text.strip() not in _BLANKS]


def _is_head(row: Sequence[str]) -> bool:
    filled = _filled(row)
    return len(filled) >= _FEW and not any(_NUMBER.match(text) for text in filled)


def names_columns(row: Sequence[str]) -> bool:
    """Whether most texts end as heads do, without a figure: a row in words is none."""
    filled = [text.strip() for text in _filled(row)]
    if len(filled) < _FEW:
        return False
    named = sum(bool(_HEAD_END.search(text)) for text in filled)
    figures = any(re.search(r"\d", _YEAR.sub("", text)) for text in filled)
    return not figures and 3 * named > 2 * len(filled)


def is_figure(text: str) -> bool:
    """Whether a cell holds a plain figure, no per cent."""
    return _NUMBER.match(text) is not None and not re.search(r"[%％]", text)


def _says_something(row: Sequence[str]) -> bool:
    filled = _filled(row)
    return len(filled) >= _FEW or any(re.search(r"\d", text) for text in filled)


def _lacks_first(row: Sequence[str], lines: Sequence[Sequence[str]], head: Sequence[str]) -> bool:
    """Whether a short row may lack its first cells rather than its last ones."""
    if any(other and not other[0].strip() for other in lines):
        return False  # blank cells below merged labels are printed
    full = [other for other in lines if len(other) == len(head)]
    if not full:
        # A column of remarks may be blank in all rows; no other can be told from a merged label.
        lengths = {len(other) for other in lines if any(map(_NUMBER.match, other))}
        return lengths != {len(head) - 1} or _REMARK.search(head[-1]) is None
    left = sum(_agree(row, other[: len(row)]) for other in full)
    right = sum(_agree(row, other[len(other) - len(row) :]) for other in full)
    return right >= left


def _agree(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(
        bool(_NUMBER.match(a)) == bool(_NUMBER.match(b)) for a, b in zip(one, other, strict=True)
    )
