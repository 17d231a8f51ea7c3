"""Paths of a content stream: what is painted becomes rules, what clips narrows the state.

PDF 32000-1, 8.5.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from orchestration.reading.pdf.content import Handler, Operand
from orchestration.reading.pdf.matrix import IDENTITY, Matrix, apply
from orchestration.reading.pdf.miner_state import Graphics
from orchestration.reading.pdf.miner_text import NO_CLIP, Clip, ShownText
from orchestration.reading.pdf.painted import RuleCollector

_Point = tuple[float, float]


class Paths:
    """The path being built, and the operators that build and paint it."""

    def __init__(self, graphics: Graphics, rules: RuleCollector, text: ShownText) -> None:
        self._graphics = graphics
        self._rules = rules
        self._text = text
        self._subpaths: list[list[_Point]] = []
        #: the corners of a rectangle that is the whole path so far, and its sides
        self._lone: tuple[_Point, _Point, _Point, _Point] | None = None
        self._sides: Clip = NO_CLIP
        self._clips = False
        #: what a clipping rectangle (by number) becomes with a further one
        self._narrowed: dict[tuple[int, Clip], tuple[Clip, int]] = {}
        self._thickness: tuple[float, Matrix, float] = (0.0, IDENTITY, 0.0)

    def handlers(self) -> dict[bytes, Handler]:
        """The operators of paths."""
        return {
            b"m": self._move,
            b"l": self._line,
            b"c": self._move,  # a curve counts as a jump: it leaves no straight segment
            b"v": self._move,
            b"y": self._move,
            b"re": self._rectangle,
            b"h": self._close,
            b"n": self._end,
            b"W": self._clip,
            b"W*": self._clip,
            b"S": self._stroke,
            b"s": self._close_stroke,
            b"f": self._fill,
            b"F": self._fill,
            b"f*": self._fill,
            b"B": self._both,
            b"B*": self._both,
            b"b": self._close_both,
            b"b*": self._close_both,
        }

    def _built(self) -> list[list[_Point]]:
        """The polygons so far."""
        if self._lone is not None:
            self._subpaths.append([*self._lone, self._lone[0]])
            self._lone = None
        return self._subpaths

    def _move(self, args: list[Operand]) -> None:
        x, y = float(args[-2]), float(args[-1])
        a, b, c, d, e, f = self._graphics.state.matrix
        if self._lone is not None:
            self._built()
        self._subpaths.append([(a * x + c * y + e, b * x + d * y + f)])

    def _line(self, args: list[Operand]) -> None:
        x, y = float(args[-2]), float(args[-1])
        a, b, c, d, e, f = self._graphics.state.matrix
        if self._lone is not None:
            self._built()
        self._subpaths[-1].append((a * x + c * y + e, b * x + d * y + f))

    def _rectangle(self, args: list[Operand]) -> None:
        x, y, wide, high = map(float, args[-4:])
        a, b, c, d, e, f = self._graphics.state.matrix
        if b or c:
            matrix = self._graphics.state.matrix
            corners = (
                apply(matrix, x, y),
                apply(matrix, x + wide, y),
                apply(matrix, x + wide, y + high),
                apply(matrix, x, y + high),
            )
        else:
            x0, y0, x1, y1 = a * x + e, d * y + f, a * (x + wide) + e, d * (y + high) + f
            corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
            self._sides = _sides(x0, y0, x1, y1)
        if self._subpaths or self._lone is not None:
            self._built().append([*corners, corners[0]])
        else:
            self._lone = corners
            if b or c:
                self._sides = _bounds(corners)

    def _close(self, _: list[Operand]) -> None:
        subpaths = self._built()
        if subpaths:
            subpaths[-1].append(subpaths[-1][0])

    def _clip(self, _: list[Operand]) -> None:
        self._clips = True

    def _end(self, _: list[Operand]) -> None:
        if self._clips:
            self._clips = False
            self._narrow()
        self._lone = None
        if self._subpaths:
            self._subpaths = []

    def _narrow(self) -> None:
        """Take the path into the clipping rectangle."""
        box = self._bounds()
        if box is None:
            return
        state = self._graphics.state
        key = (state.clip_number, box)
        known = self._narrowed.get(key)
        if known is None:
            now = state.clip
            clip = (
                max(now[0], box[0]),
                max(now[1], box[1]),
                min(now[2], box[2]),
                min(now[3], box[3]),
            )
            number = state.clip_number if clip == now else self._text.clip(clip)
            known = self._narrowed[key] = (clip, number)
        state.clip, state.clip_number = known

    def _bounds(self) -> Clip | None:
        if self._lone is not None:
            return self._sides
        points = [point for subpath in self._subpaths for point in subpath]
        return _bounds(points) if points else None

    def _paint(self, *, stroked: bool, filled: bool) -> None:
        state = self._graphics.state
        lone = self._lone
        if lone is not None and not stroked:
            box = self._bounds()
            if box is not None:
                self._rules.rectangle(*box, state.fill_white)
        elif lone is not None or self._subpaths:
            self._rules.path(
                [points for points in self._built() if len(points) > 1],
                stroked=stroked,
                filled=filled,
                thickness=self._stroke_width(),
                white=state.stroke_white if stroked else state.fill_white,
                ground=not state.fill_white,
            )
        self._end([])

    def _stroke_width(self) -> float:
        """The width of a line in user space."""
        state = self._graphics.state
        width, matrix, known = self._thickness
        if width != state.line_width or matrix is not state.matrix:
            m = state.matrix
            known = state.line_width * math.sqrt(abs(m[0] * m[3] - m[1] * m[2]))
            self._thickness = state.line_width, m, known
        return known

    def _stroke(self, _: list[Operand]) -> None:
        subpaths = self._subpaths
        if len(subpaths) == 1 and len(subpaths[0]) == 2 and not self._clips:
            (ax, ay), (bx, by) = subpaths[0]
            white = self._graphics.state.stroke_white
            self._rules.stroke(ax, ay, bx, by, self._stroke_width(), white)
            self._subpaths = []
            return
        self._paint(stroked=True, filled=False)

    def _close_stroke(self, args: list[Operand]) -> None:
        self._close(args)
        self._paint(stroked=True, filled=False)

    def _fill(self, _: list[Operand]) -> None:
        if self._lone is not None and not self._subpaths and not self._clips:
            self._rules.rectangle(*self._sides, self._graphics.state.fill_white)
            self._lone = None
            return
        self._paint(stroked=False, filled=True)

    def _both(self, _: list[Operand]) -> None:
        self._paint(stroked=True, filled=True)

    def _close_both(self, args: list[Operand]) -> None:
        self._close(args)
        self._paint(stroked=True, filled=True)


def _sides(x0: float, y0: float, x1: float, y1: float) -> Clip:
    """A rectangle with its corners in order."""
    if x0 > x1:
        x0, x1 = x1, x0
    return (x0, y0, x1, y1) if y0 <= y1 else (x0, y1, x1, y0)


def _bounds(points: Sequence[_Point]) -> Clip:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)
