"""Small PDFs for tests: tables drawn the way office programs draw them, with known cells."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
HEIGHT = 842.0
WIDTH = 595.0

STYLES = (
    "word",  # filled rectangle per cell edge and corner squares
    "wps",  # stroked lines through the table
    "excel",  # a stroke and a filled rectangle on each edge
    "pieces",  # stroked line per cell edge
    "chromium",  # thin filled rectangles round each cell
    "boxes",  # stroked rectangle per cell
    "double",  # every rule doubled
    "dashed",  # every rule in short strokes
    "gaps",  # rules end a little before they meet
)

Truth = tuple[int, int, int, int, str]  # row, col, rowspan, colspan, text


@dataclass
class Table:
    """Column edges (x) and row heights with cells by (row, col, rowspan, colspan, text)."""

    xs: list[float]
    heights: list[float]
    cells: list[Truth]
    size: float = 9.0

    def ys(self, top: float) -> list[float]:
        result = [top]
        for height in self.heights:
            result.append(result[-1] + height)
        return result


class Page:
    """Drawing with the origin at the top left."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def text(self, x: float, base: float, text: str, size: float = 9.0) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, HEIGHT - base, text)

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.72) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def fill(self, x0: float, y0: float, x1: float, y1: float, grey: float = 0.0) -> None:
        self.canvas.setFillGray(grey)
        self.canvas.rect(x0, HEIGHT - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def table(
        self,
        table: Table,
        top: float,
        style: str = "wps",
        *,
        open_top: bool = False,
        open_bottom: bool = False,
        skip_left: bool = False,
    ) -> float:
        """Draw a table and return its lower edge."""
        ys = table.ys(top)
        for row, col, rowspan, colspan, text in table.cells:
            x0, x1 = table.xs[col], table.xs[col + colspan]
            y0, y1 = ys[row], ys[row + rowspan]
            edges = []
            if not (open_top and row == 0):
                edges.append((x0, y0, x1, y0))
            if not (open_bottom and row + rowspan == len(table.heights)):
                edges.append((x0, y1, x1, y1))
            if not (skip_left and col == 0):
                edges.append((x0, y0, x0, y1))
            edges.append((x1, y0, x1, y1))
            for edge in edges:
                self._edge(*edge, style)
            for i, line in enumerate(text.split("\n")):
                if line:
                    self.text(x0 + 3, y0 + (i + 1) * table.size * 1.25, line, table.size)
        return ys[-1]

    def _edge(self, x0: float, y0: float, x1: float, y1: float, style: str) -> None:
        flat = y0 == y1
        if style == "word":
            half = 0.24
            self.fill(x0 - half, y0 - half, x1 + half, y1 + half)
            self.fill(x0 - half, y0 - half, x0 + half, y0 + half)
        elif style == "excel":
            self.line(x0, y0, x1, y1, 0.14)
            self.fill(x0 - 0.48, y0 - 0.48, x1 + 0.48, y1 + 0.48)
        elif style in ("chromium",):
            self.fill(x0, y0, x1 + (0 if flat else 0.75), y1 + (0.75 if flat else 0))
        elif style == "double":
            for shift in (-0.75, 0.75):
                if flat:
                    self.line(x0 - 0.75, y0 + shift, x1 + 0.75, y1 + shift, 0.5)
                else:
                    self.line(x0 + shift, y0 - 0.75, x1 + shift, y1 + 0.75, 0.5)
        elif style == "dashed":
            length = (x1 - x0) if flat else (y1 - y0)
            step = 0.0
            while step < length:
                end = min(step + 3, length)
                if flat:
                    self.line(x0 + step, y0, x0 + end, y0)
                else:
                    self.line(x0, y0 + step, x0, y0 + end)
                step += 5
        elif style == "gaps":
            cut = 1.4
            if flat:
                self.line(x0 + cut, y0, x1 - cut, y1)
            else:
                self.line(x0, y0 + cut, x1, y1 - cut)
        else:
            self.line(x0, y0, x1, y1)


@dataclass
class Pdf:
    """A PDF under construction."""

    buffer: BytesIO = field(default_factory=BytesIO)

    def __post_init__(self) -> None:
        self.canvas = Canvas(self.buffer, pagesize=(WIDTH, HEIGHT))
        self.page = Page(self.canvas)

    def next_page(self) -> None:
        self.canvas.showPage()

    def data(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


_WORDS = "产出数量指标完成率满意度预算资金总额社会效益质量时效成本单位项目名称得分权重说明"


def random_text(rng: random.Random, room: float, size: float) -> str:
    """A label or a figure that fits a cell."""
    count = max(int((room - 8) / size), 1)
    if rng.random() < 0.4:
        figure = f"{rng.randint(0, 99999) / 100:.2f}"
        return figure if len(figure) <= count * 2 - 1 else str(rng.randint(0, 9))
    return "".join(rng.choice(_WORDS) for _ in range(rng.randint(1, min(count, 12))))


def random_table(rng: random.Random, *, rows: int | None = None, cols: int | None = None) -> Table:
    """Random column widths, row heights and merged cells."""
    cols = cols or rng.randint(2, 7)
    rows = rows or rng.randint(2, 14)
    xs = [60.0]
    for _ in range(cols):
        xs.append(xs[-1] + rng.uniform(28, 470 / cols))
    heights = [rng.uniform(14, 34) for _ in range(rows)]
    taken: set[tuple[int, int]] = set()
    cells: list[Truth] = []
    for row in range(rows):
        for col in range(cols):
            if (row, col) in taken:
                continue
            rowspan = colspan = 1
            if rng.random() < 0.25:
                rowspan = rng.randint(1, min(4, rows - row))
                colspan = rng.randint(1, min(3, cols - col))
            while any((row, c) in taken for c in range(col, col + colspan)):
                colspan -= 1
            spots = {(r, c) for r in range(row, row + rowspan) for c in range(col, col + colspan)}
            if spots & taken:
                rowspan, spots = 1, {(row, c) for c in range(col, col + colspan)}
            taken |= spots
            room = xs[col + colspan] - xs[col]
            text = "" if rng.random() < 0.15 else random_text(rng, room, 9.0)
            cells.append((row, col, rowspan, colspan, text))
    return compacted(Table(xs, heights, cells))


def compacted(table: Table) -> Table:
    """Without edges at which no cell begins or ends: nobody could see them."""
    row_edges = sorted({e for r, _, rs, _, _ in table.cells for e in (r, r + rs)})
    col_edges = sorted({e for _, c, _, cs, _ in table.cells for e in (c, c + cs)})
    ys = table.ys(0)
    at_row = {e: i for i, e in enumerate(row_edges)}
    at_col = {e: i for i, e in enumerate(col_edges)}
    return Table(
        [table.xs[e] for e in col_edges],
        [ys[b] - ys[a] for a, b in pairwise(row_edges)],
        [
            (at_row[r], at_col[c], at_row[r + rs] - at_row[r], at_col[c + cs] - at_col[c], text)
            for r, c, rs, cs, text in table.cells
        ],
        table.size,
    )
