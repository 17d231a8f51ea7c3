"""Rows of tabbed tables that have not as many cells as the heads over them.

A dump that leaves out the places that merged cells cover, or whose columns change from page to
page, prints rows whose cells stand under other heads than on paper. Which ones is anybody's guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"\s*[-+−]?[\d,]+(?:\.\d+)?\s*[%％]?\s*$")
_FEW = 3
_BLANKS = ("", "—", "——", "-", "--", "/")


def misplaced_rows(rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """The rows whose cells cannot be told to stand under their heads, and why.

    Where lines keep their blank cells at the end, a row under a head has as many cells as it. Where
    they do not, a short row may lack its last cells or its first: it stands where the full rows
    tell, figures under figures.
    """
    kept = any(row and not row[-1].strip() for row in rows)
    head = -1
    found: dict[int, str] = {}
    for number, row in enumerate(rows):
        if _is_head(row):
            head = number
            continue
        wanted = len(rows[head]) if head >= 0 else len(row)
        figures = sum(bool(_NUMBER.match(text)) for text in row)
        if len(row) == wanted or not figures:
            continue
        if len(row) < wanted and not kept and not _lacks_first(row, rows, wanted):
            continue
        found[number] = (
            f"此行有 {len(row)} 格，表头有 {wanted} 格，各格属于哪一列无法确定 / "
            f"a row of {len(row)} cells under a head of {wanted}"
        )
    return found


def _is_head(row: Sequence[str]) -> bool:
    filled = [text for text in row if text.strip() and text.strip() not in _BLANKS]
    return len(filled) >= _FEW and not any(_NUMBER.match(text) for text in filled)


def _lacks_first(row: Sequence[str], rows: Sequence[Sequence[str]], wanted: int) -> bool:
    """Whether a short row's figures fall in line with the last cells of full rows."""
    if any(other and not other[0].strip() for other in rows):
        return False  # blank cells below merged labels are printed
    full = [other for other in rows if len(other) == wanted and not _is_head(other)]
    if not full:
        return False
    left = sum(_agree(row, other[: len(row)]) for other in full)
    right = sum(_agree(row, other[len(other) - len(row) :]) for other in full)
    return right >= left


def _agree(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(
        bool(_NUMBER.match(a)) == bool(_NUMBER.match(b)) for a, b in zip(one, other, strict=True)
    )
