"""Labels that stand where a table draws no cell: rows that may belong to them are doubted."""

from __future__ import annotations

import numpy as np

from orchestration.reading.geometry import Floats
from orchestration.reading.grid import Lattice

#: Glyphs in a hole that make a label; a stray mark is none.
_LABEL = 2


def rows_beside_labels(lattice: Lattice, x: Floats, y: Floats) -> set[int]:
    """Rows with text left of them, where the table draws cells in the rows above.

    Some programs leave out the borders of merged cells that they continue on another page. Which
    rows the text there is for cannot be told, and they would go to the label above.

    Args:
        lattice: one table on one page.
        x: middles of the glyphs that stand in no cell, across the page.
        y: the same, down the page.

    Returns:
        The rows that begin behind such a hole; none where no text stands in it.
    """
    holes = lattice.owner < 0
    # Left of the first cell of a row, below a row that has cells there.
    leading = np.logical_and.accumulate(holes, axis=1) & ~holes.all(axis=1, keepdims=True)
    below = np.logical_or.accumulate(~holes, axis=0)
    leading &= below
    if not leading.any():
        return set()
    col = np.searchsorted(lattice.xs, x, side="right") - 1
    row = np.searchsorted(lattice.ys, y, side="right") - 1
    inside = (col >= 0) & (col < leading.shape[1]) & (row >= 0) & (row < leading.shape[0])
    if int(leading[row[inside], col[inside]].sum()) < _LABEL:
        return set()
    return set(np.flatnonzero(leading.any(axis=1)).tolist())
