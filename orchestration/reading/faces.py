"""Walls and faces of a lattice: which stretches of its edges are drawn, what they enclose.

Rules have the columns of ``geometry.RULE_COLUMNS``; lengths are PDF points, origin top left.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import numpy as np
from numpy.typing import NDArray

#: Parallel rules of one lattice this near are one edge (doubled rules, jitter of the maker).
SAME_EDGE = 3.0
_STICK_OUT = 4.0  # rules that go on this far past the last edge leave a cell open


def merge_edges(positions: list[float], same: float) -> list[float]:
    """Positions that lie close together become one edge, their middle."""
    if not positions:
        return []
    positions = sorted(positions)
    groups = [[positions[0]]]
    for position in positions[1:]:
        if position - groups[-1][-1] <= same and position - groups[-1][0] <= same + 1.0:
            groups[-1].append(position)
        else:
            groups.append([position])
    return [(group[0] + group[-1]) / 2 for group in groups]


def closing_rules(
    across: list[list[float]], down: list[list[float]], xs: list[float], ys: list[float]
) -> list[tuple[float, float, float, int]]:
    """Sides that are not drawn: where two or more rules run on past the last crossing rule.

    A cell left open at the end of a page, and tables without a left or right border. Each is
    (position, low, high, axis), axis 0 for a horizontal side.
    """
    result: list[tuple[float, float, float, int]] = []
    for axis, rules, edges in ((0, down, ys), (1, across, xs)):
        if not edges:
            continue
        for end, sign in ((1, -1.0), (2, 1.0)):
            limit = edges[0] if sign < 0 else edges[-1]
            beyond = [r for r in rules if (r[end] - limit) * sign > _STICK_OUT]
            if len(beyond) < 2:
                continue
            reach = [r[end] for r in beyond]
            far = min(reach) if sign < 0 else max(reach)
            at_far = [r for r in beyond if abs(r[end] - far) <= SAME_EDGE]
            if len(at_far) < 2:
                continue
            low, high = min(r[0] for r in at_far), max(r[0] for r in at_far)
            if high - low > _STICK_OUT:
                result.append((far, low, high, axis))
    if result and any(axis == 0 for *_, axis in result) and any(axis == 1 for *_, axis in result):
        # Sides left open at a corner: let the closing rules meet.
        vertical = [v for v in result if v[3] == 1]
        result = [
            (p, min([low, *(v[0] for v in vertical)]), max([high, *(v[0] for v in vertical)]), a)
            if a == 0
            else (p, low, high, a)
            for p, low, high, a in result
        ]
        flat = [v for v in result if v[3] == 0]
        result = [
            (p, min([low, *(v[0] for v in flat)]), max([high, *(v[0] for v in flat)]), a)
            if a == 1
            else (p, low, high, a)
            for p, low, high, a in result
        ]
    return result


def close_combs(top_wall: NDArray[np.bool_], side_wall: NDArray[np.bool_]) -> None:
    """Close the first and last edge where a cell has both its other sides drawn (in place).

    At a page break some makers close the cells that end there and leave open those that go on.
    """
    last = side_wall.shape[0] - 1
    for edge, row in ((0, 0), (top_wall.shape[0] - 1, last)):
        wall, sides = top_wall[edge], side_wall[row]
        start: int | None = None
        for col in range(len(wall) + 1):
            if sides[col]:
                if start is not None and not wall[start:col].all():
                    wall[start:col] = True
                start = col
            elif col < len(wall) and wall[col] and start is not None:
                continue


def cover(
    rules: list[list[float]], edges: list[float], stations: list[float], slack: float
) -> NDArray[np.bool_]:
    """wall[i, j]: the stretch from station j to j+1 of edge i is drawn."""
    wall = np.zeros((len(edges), len(stations) - 1), dtype=bool)
    last = len(edges) - 1
    for rule in rules:
        i = bisect_left(edges, rule[0])
        if i > last or (i and rule[0] - edges[i - 1] < edges[i] - rule[0]):
            i -= 1
        first = bisect_left(stations, rule[1] - slack)
        end = bisect_right(stations, rule[2] + slack) - 1
        if end > first:
            wall[i, first:end] = True
    return wall


def label_faces(top_wall: NDArray[np.bool_], side_wall: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Label of the face of each base cell; -1 for what is open to the outside."""
    rows, cols = top_wall.shape[0] - 1, side_wall.shape[1] - 1
    parent = list(range(rows * cols + 1))
    outside = rows * cols

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(one: int, two: int) -> None:
        parent[find(one)] = find(two)

    # A base cell is one with its neighbour where the wall between them is not drawn.
    for row, col in np.argwhere(~top_wall).tolist():
        here = row * cols + col
        join(here if row < rows else here - cols, here - cols if 0 < row < rows else outside)
    for row, col in np.argwhere(~side_wall).tolist():
        here = row * cols + col
        join(here if col < cols else here - 1, here - 1 if 0 < col < cols else outside)
    out = find(outside)
    label = np.fromiter((find(i) for i in range(rows * cols)), dtype=np.int64, count=rows * cols)
    label[label == out] = -1
    return label.reshape(rows, cols)
