"""Rows of a tabbed table that go on behind a page break with fewer columns than above it.

A tool that looks at each page by itself counts the columns of each page by itself: where a label of
the head spans two of them, the page that prints no head has one column less. The rows go on under
the columns that are not blank throughout, figures under figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.reading.ragged import is_figure, names_columns

_LEAST = 4
_BLANKS = ("", "—", "——", "-", "--", "/")


def columns_below(
    rows: Sequence[Sequence[str]], following: Sequence[Sequence[str]]
) -> list[int] | None:
    """The column of ``rows`` for each column of the rows behind the break; None where not certain.

    The head is the last row above that names columns. All rows from it on have one width, and the
    columns that any of them fills, each named by the head, are as many as the rows behind the break
    have.
    """
    named = [number for number, row in enumerate(rows) if names_columns(row)]
    if not named or named[-1] + 1 >= len(rows) or names_columns(following[0]):
        return None
    block = rows[named[-1] :]
    width = len(following[0])
    if any(len(row) != len(block[0]) for row in block) or any(len(r) != width for r in following):
        return None
    used = [col for col in range(len(block[0])) if any(row[col].strip() for row in block)]
    if len(used) != width or width < _LEAST or width >= len(block[0]):
        return None
    if not all(block[0][col].strip() for col in used):
        return None
    figures = 0
    for place, col in enumerate(used):
        above = [is_figure(row[col]) for row in block[1:] if row[col].strip() not in _BLANKS]
        below = [is_figure(row[place]) for row in following if row[place].strip() not in _BLANKS]
        if not above or not below:
            continue
        if (all(above) and not all(below)) or (all(below) and not any(above)):
            return None
        figures += all(above)
    return used if figures else None
