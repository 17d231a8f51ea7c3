"""Drawing borders as the programs do that published reports come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Edge:
    """A border piece; y downwards from the top of the page, ``x0 <= x1`` and ``y0 <= y1``."""

    x0: float
    y0: float
    x1: float
    y1: float


def draw(canvas: Any, edges: Iterable[Edge], style: str, page_height: float) -> None:
    """Draw the edges of a table on a ReportLab canvas."""
    _STYLES[style](canvas, list(edges), page_height)


def _word(canvas: Any, edges: list[Edge], height: float) -> None:
    """Filled rectangles of 0.48 pt along every edge, and a square at every corner."""
    w = 0.48
    canvas.setFillGray(0)
    corners = set()
    for e in edges:
        if e.y0 == e.y1:
            canvas.rect(e.x0 + w, height - e.y0 - w, e.x1 - e.x0 - w, w, stroke=0, fill=1)
        else:
            canvas.rect(e.x0, height - e.y1, w, e.y1 - e.y0 - w, stroke=0, fill=1)
        corners |= {(e.x0, e.y0), (e.x1, e.y1)}
    for x, y in sorted(corners):
        canvas.rect(x, height - y - w, w, w, stroke=0, fill=1)


def _strokes(width: float) -> Any:
    def stroke(canvas: Any, edges: list[Edge], height: float) -> None:
        canvas.setLineWidth(width)
        canvas.setStrokeGray(0)
        for e in edges:
            canvas.line(e.x0, height - e.y0, e.x1, height - e.y1)

    return stroke


def _excel(canvas: Any, edges: list[Edge], height: float) -> None:
    """A hair stroke and a rectangle of 0.96 pt on each edge."""
    _strokes(0.24)(canvas, edges, height)
    w = 0.96
    canvas.setFillGray(0)
    for e in edges:
        if e.y0 == e.y1:
            canvas.rect(e.x0, height - e.y0 - w / 2, e.x1 - e.x0, w, stroke=0, fill=1)
        else:
            canvas.rect(e.x0 - w / 2, height - e.y1, w, e.y1 - e.y0, stroke=0, fill=1)


def _double(canvas: Any, edges: list[Edge], height: float) -> None:
    """Two hair lines 1.4 pt apart on the outer box, single lines inside."""
    xs0, xs1 = min(e.x0 for e in edges), max(e.x1 for e in edges)
    ys0, ys1 = min(e.y0 for e in edges), max(e.y1 for e in edges)
    _strokes(0.5)(canvas, edges, height)
    gap = 1.4
    outer = [
        Edge(xs0 - gap, ys0 - gap, xs1 + gap, ys0 - gap),
        Edge(xs0 - gap, ys1 + gap, xs1 + gap, ys1 + gap),
        Edge(xs0 - gap, ys0 - gap, xs0 - gap, ys1 + gap),
        Edge(xs1 + gap, ys0 - gap, xs1 + gap, ys1 + gap),
    ]
    _strokes(0.5)(canvas, outer, height)


def _dashed(canvas: Any, edges: list[Edge], height: float) -> None:
    canvas.setDash(3, 1.5)
    _strokes(0.5)(canvas, edges, height)
    canvas.setDash()


def _nothing(canvas: Any, edges: list[Edge], height: float) -> None:
    """No rules at all."""


_STYLES = {
    "word": _word,
    "wps": _strokes(0.72),
    "excel": _excel,
    "office": _strokes(0.5),
    "double": _double,
    "dashed": _dashed,
    "three_line": _strokes(1.0),
    "none": _nothing,
}
