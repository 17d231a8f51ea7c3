"""Two forms side by side in one grid: ``项目名称 | A | 项目名称 | B`` with a block below each."""

from __future__ import annotations

from dataclasses import replace

from orchestration.extraction.forms.identity_rows import Pair, identity_pairs
from orchestration.extraction.forms.view import GridView, label_of
from orchestration.extraction.segment import GridSegment
from orchestration.extraction.text import compact
from orchestration.extraction.vocabulary import Vocabulary

_HEAD_ROWS = 8


def abreast(segment: GridSegment, vocabulary: Vocabulary) -> list[GridSegment] | None:
    """The forms of a grid, left to right: itself where it holds one form abreast.

    Cells keep their rows and columns. None where two forms stand abreast and a cell with others
    beside it reaches over the border: then it cannot be told whose it is.
    """
    view = GridView(segment.grid)
    found = _second(view, vocabulary)
    if found is None:
        return [segment]
    row, border = found
    cells = segment.grid.cells
    across = [c for c in cells if c.col < border < c.col + c.colspan]
    if any(c.row >= row and c.text.strip() and len(view.filled(c.row)) > 1 for c in across):
        return None
    over = tuple(c for c in across if c.row < row)
    left = tuple(c for c in cells if c.col + c.colspan <= border)
    right = tuple(c for c in cells if c.col >= border)
    grids = (
        replace(segment.grid, cells=over + left, n_cols=border),
        replace(segment.grid, cells=over + right),
    )
    return [replace(segment, grid=grid) for grid in grids]


def _second(view: GridView, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """Row and column where a second project is named by the same label; None where none is."""
    for row in range(min(_HEAD_ROWS, view.n_rows)):
        pairs = [p for p in identity_pairs(view, row, vocabulary) if _names(p)]
        if len(pairs) != 2 or label_of(pairs[0].label) != label_of(pairs[1].label):
            continue
        if compact(pairs[0].text or "") != compact(pairs[1].text or ""):
            return row, pairs[1].label.col
    return None


def _names(pair: Pair) -> bool:
    return pair.field == "project_name" and pair.text is not None and pair.value is not pair.label
