"""Cells from drawn borders: rules in, cells with spans out.

Independent of where the rules come from (PDF paths, strokes found on a scanned page). The rules
that touch each other make one lattice; its faces are the cells. Nothing is guessed from blanks: a
merged cell is a face without a rule through it.

Arrays of rules have the columns of ``geometry.RULE_COLUMNS``; lengths are PDF points, origin top
left. Tolerances follow from what office programs draw: rules 0.5-2 pt thick, doubled rules 1-2 pt
apart, rows at least 5 pt high, two tables 1-3 pt apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from orchestration.reading.faces import (
    SAME_EDGE,
    close_combs,
    closing_rules,
    cover,
    label_faces,
    merge_edges,
)
from orchestration.reading.geometry import Floats
from orchestration.reading.rules import TOUCH, beside, components, join_pieces, loose, reach

#: Cells drawn as boxes of their own, this far apart, are one table.
BOX_GAP = 4.6


class Box(NamedTuple):
    """One cell as drawn: its rectangle, its place in the lattice, which sides are not drawn.

    ``piece``: it was cut out of a face that is no rectangle, and may not be a cell at all.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    open_top: bool = False
    open_bottom: bool = False
    open_left: bool = False
    open_right: bool = False
    piece: bool = False


@dataclass(slots=True)
class Lattice:
    """One drawn table on one page.

    ``xs`` and ``ys`` are the column and row edges; ``owner[row, col]`` is the index of the cell
    that covers a position, -1 where nothing is drawn.
    """

    xs: Floats
    ys: Floats
    cells: list[Box]
    owner: NDArray[np.int64]
    #: indices of lattices drawn inside one of its cells
    inner: list[int] = field(default_factory=list)

    @property
    def x0(self) -> float:
        """Left edge."""
        return float(self.xs[0])

    @property
    def x1(self) -> float:
        """Right edge."""
        return float(self.xs[-1])

    @property
    def top(self) -> float:
        """Upper edge."""
        return float(self.ys[0])

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return float(self.ys[-1])

    @property
    def open_bottom(self) -> bool:
        """Whether the last row is not closed below."""
        return any(cell.open_bottom for cell in self.cells)

    @property
    def open_top(self) -> bool:
        """Whether the first row is not closed above."""
        return any(cell.open_top for cell in self.cells)

    def cell_of(self, x: Floats, y: Floats) -> NDArray[np.int64]:
        """Index of the cell that holds each point, -1 where none does."""
        col = np.searchsorted(self.xs, x, side="right") - 1
        row = np.searchsorted(self.ys, y, side="right") - 1
        inside = (col >= 0) & (col < len(self.xs) - 1) & (row >= 0) & (row < len(self.ys) - 1)
        result = np.full(len(x), -1, dtype=np.int64)
        result[inside] = self.owner[row[inside], col[inside]]
        return result


def find_lattices(horizontal: Floats, vertical: Floats) -> list[Lattice]:
    """All drawn tables of a page, top to bottom; a lone box is a lattice of one cell."""
    across, down = join_pieces(horizontal), join_pieces(vertical)
    if not len(across) or not len(down):
        return []
    across, down = reach(across, down)
    groups = components(across, down, TOUCH)
    lattices: list[Lattice] = []
    lone: list[tuple[Floats, Floats]] = []
    free = loose(down, groups)
    for rows, cols in groups:
        along = beside(down[cols], free)
        lattice = _build(across[rows], np.concatenate((down[cols], along)), SAME_EDGE, along)
        if lattice is None:
            continue
        if len(lattice.cells) == 1:
            lone.append((across[rows], down[cols]))
        else:
            lattices.append(lattice)
    lattices += _boxes(lone)
    lattices.sort(key=lambda item: (round(item.top), item.x0))
    _nest(lattices)
    return lattices


def _build(
    across: Floats, down: Floats, same: float, along: Floats | None = None
) -> Lattice | None:
    """The faces of one group of rules; ``along`` are those without crossing rules."""
    ys = merge_edges(across[:, 0].tolist(), same)
    xs = merge_edges(down[:, 0].tolist(), same)
    across_list, down_list = across.tolist(), down.tolist()
    virtual = closing_rules(across_list, down_list, xs, ys)
    if along is not None and len(along):
        extent = [*along[:, 0].tolist(), *(across[:, 1:3].ravel().tolist())]
        flat = [v[0] for v in virtual if v[3] == 0]  # cells may be open beyond the last rules
        ends = (min([ys[0], *flat]), max([ys[-1], *flat]))
        virtual += [(edge, min(extent), max(extent), 0) for edge in ends]
    xs = sorted({*xs, *(v[0] for v in virtual if v[3] == 1)})
    ys = sorted({*ys, *(v[0] for v in virtual if v[3] == 0)})
    if len(xs) < 2 or len(ys) < 2:
        return None
    slack = same - 0.2
    top_wall = cover(across_list, ys, xs, slack)
    side_wall = cover(down_list, xs, ys, slack).T
    real_top, real_side = top_wall.copy(), side_wall.copy()
    for position, low, high, axis in virtual:
        if axis == 0:
            top_wall |= cover([[position, low, high]], ys, xs, slack)
        else:
            side_wall |= cover([[position, low, high]], xs, ys, slack).T
    close_combs(top_wall, side_wall)
    close_combs(side_wall.T, top_wall.T)
    label = label_faces(top_wall, side_wall)
    return _cells(label, xs, ys, real_top, real_side)


def _cells(
    label: NDArray[np.int64],
    xs: list[float],
    ys: list[float],
    real_top: NDArray[np.bool_],
    real_side: NDArray[np.bool_],
) -> Lattice | None:
    found: list[tuple[int, int, int, int]] = []  # row, col, end row, end col, on base edges
    pieces: set[tuple[int, int, int, int]] = set()
    faces: dict[int, list[int]] = {}  # first row, first col, last row, last col, base cells
    for r, values in enumerate(label.tolist()):
        for c, value in enumerate(values):
            if value < 0:
                continue
            face = faces.get(value)
            if face is None:
                faces[value] = [r, c, r, c, 1]
                continue
            face[2] = r
            face[4] += 1
            if c < face[1]:
                face[1] = c
            elif c > face[3]:
                face[3] = c
    for value, (r0, c0, r1, c1, count) in faces.items():
        if count == (r1 + 1 - r0) * (c1 + 1 - c0):
            found.append((r0, c0, r1 + 1, c1 + 1))
        else:
            pieces.update(_rectangles(label == value))
    found += pieces
    if not found:
        return None
    # Edges that bound no cell (an underline that crosses, a loose rule) are no edges.
    row_edges = sorted({edge for r0, _, r1, _ in found for edge in (r0, r1)})
    col_edges = sorted({edge for _, c0, _, c1 in found for edge in (c0, c1)})
    row_at = {edge: i for i, edge in enumerate(row_edges)}
    col_at = {edge: i for i, edge in enumerate(col_edges)}
    found.sort()
    owner = np.full((len(row_edges) - 1, len(col_edges) - 1), -1, dtype=np.int64)
    cells = []
    tops, sides = real_top.tolist(), real_side.T.tolist()
    for index, (r0, c0, r1, c1) in enumerate(found):
        row, col, end_row, end_col = row_at[r0], col_at[c0], row_at[r1], col_at[c1]
        owner[row:end_row, col:end_col] = index
        cells.append(
            Box(
                xs[c0],
                ys[r0],
                xs[c1],
                ys[r1],
                row,
                col,
                end_row - row,
                end_col - col,
                open_top=not all(tops[r0][c0:c1]),
                open_bottom=not all(tops[r1][c0:c1]),
                open_left=not all(sides[c0][r0:r1]),
                open_right=not all(sides[c1][r0:r1]),
                piece=(r0, c0, r1, c1) in pieces,
            )
        )
    return Lattice(
        np.asarray([xs[e] for e in col_edges]),
        np.asarray([ys[e] for e in row_edges]),
        cells,
        owner,
    )


def _rectangles(mask: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """A face that is no rectangle, cut into bands of equal width."""
    result: list[tuple[int, int, int, int]] = []
    running: dict[tuple[int, int], int] = {}
    for row in range(mask.shape[0] + 1):
        spans: set[tuple[int, int]] = set()
        if row < mask.shape[0]:
            edges = np.flatnonzero(np.diff(np.concatenate(([0], mask[row].astype(np.int8), [0]))))
            spans = {(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)}
        ended = [span for span in running if span not in spans]
        result.extend((running.pop(span), span[0], row, span[1]) for span in ended)
        for span in spans:
            running.setdefault(span, row)
    return result


def _boxes(lone: list[tuple[Floats, Floats]]) -> list[Lattice]:
    """Lattices of one cell; several of them side by side with small gaps are one table."""
    single = [_build(across, down, SAME_EDGE) for across, down in lone]
    if len(lone) < 4:
        return [lattice for lattice in single if lattice is not None]
    across = np.concatenate([item[0] for item in lone])
    down = np.concatenate([item[1] for item in lone])
    result: list[Lattice] = []
    used = np.zeros(len(lone), dtype=bool)
    for rows, cols in components(across, down, BOX_GAP):
        lattice = _build(across[rows], down[cols], BOX_GAP)
        if lattice is None or len(lattice.cells) < 4:
            continue
        result.append(lattice)
        for i, one in enumerate(single):
            if one is not None and _within(one, lattice, BOX_GAP):
                used[i] = True
    result += [s for i, s in enumerate(single) if s is not None and not used[i]]
    return result


def _within(inner: Lattice, outer: Lattice, slack: float) -> bool:
    return (
        inner.x0 >= outer.x0 - slack
        and inner.x1 <= outer.x1 + slack
        and inner.top >= outer.top - slack
        and inner.bottom <= outer.bottom + slack
    )


def _nest(lattices: list[Lattice]) -> None:
    """Note which lattices lie inside a cell of another."""
    for i, inner in enumerate(lattices):
        for outer in lattices:
            if outer is inner or not _within(inner, outer, 0.0):
                continue
            middle = outer.cell_of(
                np.asarray([(inner.x0 + inner.x1) / 2]),
                np.asarray([(inner.top + inner.bottom) / 2]),
            )
            if middle[0] >= 0:
                outer.inner.append(i)


def aligned_lattice(xs: list[float], ys: list[float]) -> Lattice:
    """A plain lattice over given edges (tables whose columns follow from alignment)."""
    rows, cols = len(ys) - 1, len(xs) - 1
    owner = np.arange(rows * cols, dtype=np.int64).reshape(rows, cols)
    cells = [
        Box(xs[c], ys[r], xs[c + 1], ys[r + 1], r, c) for r in range(rows) for c in range(cols)
    ]
    return Lattice(np.asarray(xs), np.asarray(ys), cells, owner)
