"""Painted paths of a page to rules: what is a border, what is a background.

Paths are noted as they are painted, in user space, and sorted out for a whole page at once.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from orchestration.reading.geometry import RULE_COLUMNS, Floats, Ink, PageFrame

#: The lesser side of a filled rectangle up to which it is a rule and not a background.
RULE_MAX_THICKNESS = 2.6
_LEVEL = 0.8  # points by which the ends of a stroke may differ across it; more is slanted
_EDGE = 0.1  # points by which a rule on the edge of the page may lie beside it
_FILL, _STROKE = 0.0, 1.0
_ITEM = 7  # kind, two corners or ends, thickness, whether it is white

Rectangle = tuple[float, float, float, float]
Point = tuple[float, float]


class RuleCollector:
    """Gathers painted paths of one page and sorts out which of them are rules."""

    __slots__ = ("_grounds", "_items", "frame")

    def __init__(self, frame: PageFrame) -> None:
        self.frame = frame
        self._items = array("d")
        self._grounds: list[Rectangle] = []  # coloured grounds of stroked paths, user space

    def rectangle(self, x0: float, y0: float, x1: float, y1: float, white: bool) -> None:
        """A filled rectangle (user space): a rule where it is thin, else a background."""
        self._items.extend((_FILL, x0, y0, x1, y1, 0.0, white))

    def stroke(
        self, x0: float, y0: float, x1: float, y1: float, thickness: float, white: bool
    ) -> None:
        """A stroked straight segment (user space); slanted ones are no rules."""
        if x0 != x1 or y0 != y1:
            self._items.extend((_STROKE, x0, y0, x1, y1, thickness, white))

    def path(
        self,
        subpaths: Sequence[Sequence[Point]],
        *,
        stroked: bool,
        filled: bool,
        thickness: float,
        white: bool,
        ground: bool = False,
    ) -> None:
        """A painted path: its closed or open polygons in user space.

        A stroke gives its axis-parallel segments; a thick stroke (a bar drawn as a line) still is
        one rule. A fill gives a rule where the polygon is thin, and four rules where two nested
        rectangles leave a thin frame. ``ground``: a stroked path is filled with a colour as well.
        """
        if stroked:
            if filled and ground:
                self._grounds += map(_bounds, subpaths)
            for points in subpaths:
                for (ax, ay), (bx, by) in pairwise(points):
                    self.stroke(ax, ay, bx, by, thickness, white)
            return
        if not filled:
            return
        boxes = list(map(_bounds, subpaths))
        if len(boxes) == 2 and self._ring(boxes[0], boxes[1], white):
            return
        for box in boxes:
            self.rectangle(*box, white)

    def _ring(self, one: Rectangle, two: Rectangle, white: bool) -> bool:
        outer, inner = (one, two) if one[2] - one[0] >= two[2] - two[0] else (two, one)
        sides = (
            inner[0] - outer[0],
            inner[1] - outer[1],
            outer[2] - inner[2],
            outer[3] - inner[3],
        )
        if inner[2] - inner[0] < 4 or any(not 0 <= s <= RULE_MAX_THICKNESS for s in sides):
            return False
        x0, y0, x1, y1 = outer
        for box in (
            (x0, y0, x1, inner[1]),
            (x0, inner[3], x1, y1),
            (x0, y0, inner[0], y1),
            (inner[2], y0, x1, y1),
        ):
            if box[2] > box[0] and box[3] > box[1]:
                self.rectangle(*box, white)
        return True

    def finish(self, ink: Ink) -> None:
        """Put the visible rules into the ink: a white rule shows on a coloured ground only."""
        if not self._items:
            return
        items = np.frombuffer(self._items, dtype=np.float64).reshape(-1, _ITEM)
        filled, thickness, white = items[:, 0] == _FILL, items[:, 5], items[:, 6]
        box = self.frame.corners(items[:, 1], items[:, 2], items[:, 3], items[:, 4])
        left, top, right, bottom = box.T
        wide, high = right - left, bottom - top
        middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
        flat = np.where(filled, high <= RULE_MAX_THICKNESS, (high <= _LEVEL) & (wide >= high))
        upright = np.where(filled, wide <= RULE_MAX_THICKNESS, ~flat & (wide <= _LEVEL))
        across = np.stack((middle_y, left, right, np.where(filled, high, thickness), white), axis=1)
        down = np.stack((middle_x, top, bottom, np.where(filled, wide, thickness), white), axis=1)
        shades = box[filled & (white == 0) & (np.minimum(wide, high) > RULE_MAX_THICKNESS)]
        if self._grounds:
            grounds = np.asarray(self._grounds).T
            shades = np.concatenate((shades, self.frame.corners(*grounds)))
        page = self.frame.width, self.frame.height
        ink.horizontal = _on_page(_visible(across[flat], shades, across=True), page[1], page[0])
        ink.vertical = _on_page(_visible(down[upright], shades, across=False), page[0], page[1])


def _bounds(points: Sequence[Point]) -> Rectangle:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _on_page(rules: Floats, across: float, along: float) -> Floats:
    """The rules as far as they lie on the page: some makers draw a whole table on each page of it.

    ``across`` and ``along`` are the lengths of the page's sides.
    """
    place, low, high = rules[:, 0], rules[:, 1], rules[:, 2]
    inside = (place >= -_EDGE) & (place <= across + _EDGE) & (low < along) & (high > 0)
    if not inside.all():
        rules = rules[inside]
    if len(rules) and (rules[:, 1].min() < 0 or rules[:, 2].max() > along):
        rules[:, 1:3] = rules[:, 1:3].clip(0, along)
    return rules


def _visible(rules: Floats, shades: Floats, *, across: bool) -> Floats:
    white = np.flatnonzero(rules[:, RULE_COLUMNS - 1] > 0)
    if not len(white):
        return rules
    keep = rules[:, RULE_COLUMNS - 1] == 0
    if len(shades):
        along = (rules[white, 1] + rules[white, 2]) / 2
        x, y = (along, rules[white, 0]) if across else (rules[white, 0], along)
        inside = (x[:, None] >= shades[None, :, 0] - 1) & (x[:, None] <= shades[None, :, 2] + 1)
        inside &= (y[:, None] >= shades[None, :, 1] - 1) & (y[:, None] <= shades[None, :, 3] + 1)
        keep[white] = inside.any(axis=1)
    visible: Floats = rules[keep]
    return visible
