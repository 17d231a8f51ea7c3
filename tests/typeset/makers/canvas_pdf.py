"""PDF by ReportLab's canvas: office programs imitated, page breaks under full control."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.typeset.makers import rules
from tests.typeset.makers.fonts import RADICALS, register, width
from tests.typeset.makers.style import Style
from tests.typeset.makers.wrap import wrap
from tests.typeset.table import Label, Manuscript, PageBreak, Para, Table, TCell

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_SPACED = re.compile(r"[\d.,%]{2,}")
_KINDS = {"title": (16.0, "centre"), "heading": (12.0, "left"), "note": (9.0, "left")}


@dataclass(slots=True)
class _Piece:
    """A row, or the part of a row between two page breaks, on one page."""

    row: int
    top: float
    height: float
    first_line: int = 0  # of the lines of single-row cells
    last_line: int | None = None
    repeated: bool = False


@dataclass(slots=True)
class _Set:
    """A table measured: column edges, lines and heights."""

    table: Table
    xs: list[float]
    lines: dict[int, list[str]]  # index of the cell -> wrapped lines
    heights: list[float]
    printed: dict[int, int] = field(default_factory=dict)  # merged cells: lines already printed


@dataclass(slots=True)
class _Press:
    """The running state: canvas, page, pen position."""

    style: Style
    manuscript: Manuscript
    canvas: Any
    page_w: float
    page_h: float
    y: float = 0.0
    page: int = 1
    started: bool = field(default=False)

    @property
    def top(self) -> float:
        return self.style.margin

    @property
    def bottom(self) -> float:
        return self.page_h - self.style.margin

    @property
    def lead(self) -> float:
        return self.style.size * 1.3

    def open_page(self) -> None:
        self.y = self.top
        if self.style.finish == "form":
            self.canvas.beginForm(f"page{self.page}", 0, 0, self.page_w, self.page_h)
        elif self.style.finish == "turned":
            self.canvas.setPageRotation(90)
            self.canvas.transform(0, 1, -1, 0, self.page_h, 0)
        header = self.manuscript.running_header
        if header:
            y = self.top + 6 if self.style.header_over_cell else 42.5
            self.text(self.style.margin, y, header, 8.0)

    def next_page(self) -> None:
        self.close_page()
        self.canvas.showPage()
        self.page += 1
        self.open_page()

    def close_page(self) -> None:
        if self.style.page_number and self.manuscript.page_numbers:
            text = self.style.page_number.format(n=self.page)
            w = width(self.style.font, 9.0, text)
            self.text((self.page_w - w) / 2, self.page_h - 40, text, 9.0)
        if self.style.finish == "form":
            self.canvas.endForm()
            self.canvas.doForm(f"page{self.page}")

    def text(self, x: float, top: float, text: str, size: float) -> None:
        """One line whose top is ``top``."""
        if not text:
            return
        if self.style.radicals and self.style.font == "uming":  # the other font lacks them
            text = text.translate(RADICALS)
        self.canvas.setFillGray(0)
        self.canvas.setFont(register(self.style.font), size)
        space = size * self.style.letter_space if _SPACED.fullmatch(text) else 0
        x -= space * (len(text) - 1) / 2
        self.canvas.drawString(x, self.page_h - top - size * 0.88, text, charSpace=space)


def make_pdf(manuscript: Manuscript, style: Style) -> bytes:
    """Set a manuscript; the bytes depend on nothing but the arguments."""
    page_w, page_h = (A4[1], A4[0]) if manuscript.landscape else A4
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(page_w, page_h), invariant=1, pageCompression=1)
    press = _Press(style, manuscript, canvas, page_w, page_h)
    press.open_page()
    for block in manuscript.blocks:
        if isinstance(block, PageBreak):
            press.next_page()
        elif isinstance(block, Para):
            _paragraph(press, block)
        else:
            _table(press, block)
    press.close_page()
    canvas.save()
    data = out.getvalue()
    return data.replace(b"/ToUnicode", b"/NoUnicode") if style.finish == "no_unicode" else data


def _paragraph(press: _Press, para: Para) -> None:
    size, align = _KINDS.get(para.kind, (max(press.style.size, 10.5), "indent"))
    if para.kind == "right":
        size, align = press.style.size, "right"
    room = press.page_w - 2 * press.style.margin
    text = (
        para.text.translate(_WIDE) if press.style.wide_digits and align == "indent" else para.text
    )
    indent = "　　" if align == "indent" else ""
    lead = size * 1.5
    for line in wrap(indent + text, press.style.font, size, room):
        if press.y + lead > press.bottom:
            press.next_page()
        w = width(press.style.font, size, line)
        x = press.style.margin
        if align == "centre":
            x += (room - w) / 2
        elif align == "right":
            x += room - w
        press.text(x, press.y + lead * 0.15, line, size)
        press.y += lead
    press.y += 4


def _measure(press: _Press, table: Table) -> _Set:
    style = press.style
    room = press.page_w - 2 * style.margin
    total = sum(table.widths)
    xs = [style.margin]
    for w in table.widths:
        xs.append(round(xs[-1] + room * w / total, 2))
    lines = {}
    for index, cell in enumerate(table.cells):
        inner = xs[cell.col + cell.colspan] - xs[cell.col] - 2 * style.pad
        if cell.label is Label.STACKED:
            lines[index] = [c for c in cell.text if not c.isspace()] or [""]
        elif cell.label is Label.ROTATED:
            lines[index] = [cell.text]
        else:
            lines[index] = wrap(cell.text, style.font, style.size, inner)
    return _Set(table, xs, lines, _heights(press, table, lines))


def _need(press: _Press, cell: TCell, lines: list[str]) -> float:
    if cell.label is Label.ROTATED:
        return width(press.style.font, press.style.size, cell.text) + 2 * press.style.pad
    return len(lines) * press.lead + 2 * press.style.pad


def _heights(press: _Press, table: Table, lines: dict[int, list[str]]) -> list[float]:
    heights = [press.lead + 2 * press.style.pad] * table.n_rows
    order = sorted(range(len(table.cells)), key=lambda i: table.cells[i].rowspan)
    for index in order:
        cell = table.cells[index]
        span = range(cell.row, cell.row + cell.rowspan)
        missing = _need(press, cell, lines[index]) - sum(heights[r] for r in span)
        if missing > 0.01:
            for r in span if cell.rowspan > 1 else [cell.row]:
                heights[r] += missing / cell.rowspan
    return [round(h, 2) for h in heights]


def _table(press: _Press, table: Table) -> None:
    """Place the rows, page after page."""
    measured = _measure(press, table)
    pieces: list[_Piece] = []
    for row in range(table.n_rows):
        pieces = _place_row(press, measured, row, pieces)
    _draw_page(press, measured, pieces)
    press.y += 10


def _place_row(press: _Press, measured: _Set, row: int, pieces: list[_Piece]) -> list[_Piece]:
    style = press.style
    height = measured.heights[row]
    first = 0
    n_lines = max(
        (
            len(measured.lines[i])
            for i, c in enumerate(measured.table.cells)
            if c.row == row and c.rowspan == 1
        ),
        default=1,
    )
    while press.y + height > press.bottom + 0.01:
        room = press.bottom - press.y
        fit = int((room - 2 * style.pad) / press.lead)
        page_room = press.bottom - press.top
        must = height > page_room
        remaining = n_lines - first
        if (style.split_rows or must) and 1 <= fit < remaining:
            part = fit * press.lead + 2 * style.pad
            pieces.append(_Piece(row, press.y, part, first, first + fit))
            first += fit
            height -= fit * press.lead
            press.y += part
        pieces = _turn_page(press, measured, pieces)
    pieces.append(_Piece(row, press.y, height, first, None))
    press.y += height
    return pieces


def _turn_page(press: _Press, measured: _Set, pieces: list[_Piece]) -> list[_Piece]:
    if pieces:
        _draw_page(press, measured, pieces)
    press.next_page()
    again: list[_Piece] = []
    if press.style.repeat_header and pieces:
        # As in Excel, a title row comes again on pages after its own only.
        for row in (r for r in measured.table.repeat if r <= pieces[-1].row):
            again.append(_Piece(row, press.y, measured.heights[row], repeated=True))
            press.y += measured.heights[row]
    return again


def _draw_page(press: _Press, measured: _Set, pieces: list[_Piece]) -> None:
    """Everything of a table that lies on the present page."""
    edges: set[tuple[float, float, float, float]] = set()
    table, style = measured.table, press.style
    groups = [[p for p in pieces if p.repeated], [p for p in pieces if not p.repeated]]
    for group in groups:
        for index, cell in enumerate(table.cells):
            mine = [p for p in group if cell.row <= p.row < cell.row + cell.rowspan]
            if not mine:
                continue
            y0, y1 = mine[0].top, mine[-1].top + mine[-1].height
            x0, x1 = measured.xs[cell.col], measured.xs[cell.col + cell.colspan]
            _fill(press, x0, y0, x1, y1, shaded=cell.row in table.repeat)
            _cell_text(press, measured, index, mine, (x0, y0, x1, y1))
            edges |= _edges(press, measured, cell, mine, (x0, y0, x1, y1))
    if edges:
        ordered = [rules.Edge(*e) for e in sorted(edges)]
        rules.draw(press.canvas, ordered, style.rules, press.page_h)


def _fill(press: _Press, x0: float, y0: float, x1: float, y1: float, *, shaded: bool) -> None:
    grey = 0.9 if shaded and press.style.shade_header else 1.0
    if press.style.white_fill or grey < 1:
        press.canvas.setFillGray(grey)
        press.canvas.rect(x0, press.page_h - y1, x1 - x0, y1 - y0, stroke=0, fill=1)


def _edges(
    press: _Press,
    measured: _Set,
    cell: TCell,
    mine: list[_Piece],
    box: tuple[float, float, float, float],
) -> set[tuple[float, float, float, float]]:
    x0, y0, x1, y1 = box
    table = measured.table
    edges = set()
    starts = mine[0].row == cell.row and mine[0].first_line == 0
    ends = mine[-1].row == cell.row + cell.rowspan - 1 and mine[-1].last_line is None
    if press.style.rules == "three_line":
        head = max(table.repeat, default=0)
        if starts and cell.row == 0:
            edges.add((x0, y0, x1, y0))
        if ends and cell.row + cell.rowspan in (head + 1, table.n_rows):
            edges.add((x0, y1, x1, y1))
        return edges
    edges |= {(x0, y0, x0, y1), (x1, y0, x1, y1)}
    if starts or press.style.close_at_break:
        edges.add((x0, y0, x1, y0))
    if ends or press.style.close_at_break:
        edges.add((x0, y1, x1, y1))
    return edges


def _cell_text(
    press: _Press,
    measured: _Set,
    index: int,
    mine: list[_Piece],
    box: tuple[float, float, float, float],
) -> None:
    cell, style = measured.table.cells[index], press.style
    lines = _lines_here(press, measured, index, mine, box)
    x0, y0, x1, y1 = box
    if cell.label is Label.ROTATED:
        if mine[0].row == cell.row:
            _rotated(press, cell.text, box)
        return
    block = len(lines) * press.lead
    y = y0 + style.pad
    whole = mine[0].first_line == 0 and mine[-1].last_line is None
    if style.middle and whole:
        y = max(y, y0 + (y1 - y0 - block) / 2)
    for line in lines:
        w = width(style.font, style.size, line)
        centred = style.centred and not cell.left
        x = x0 + (x1 - x0 - w) / 2 if centred else x0 + style.pad
        press.text(x, y + press.lead * 0.1, line, style.size)
        y += press.lead


def _lines_here(
    press: _Press,
    measured: _Set,
    index: int,
    mine: list[_Piece],
    box: tuple[float, float, float, float],
) -> list[str]:
    """The lines of a cell that stand on this page: the text flows on where it does not fit."""
    cell, lines = measured.table.cells[index], measured.lines[index]
    if cell.rowspan == 1:
        return lines[mine[0].first_line : mine[-1].last_line]
    start = measured.printed.get(index, 0)
    room = max(1, int((box[3] - box[1] - 2 * press.style.pad + 0.01) / press.lead))
    last = mine[-1].row == cell.row + cell.rowspan - 1 and mine[-1].last_line is None
    stop = len(lines) if last else min(len(lines), start + room)
    if not mine[0].repeated:
        measured.printed[index] = stop
    return lines[start:stop] if not mine[0].repeated else lines


def _rotated(press: _Press, text: str, box: tuple[float, float, float, float]) -> None:
    """Text turned by 90 degrees, read from below."""
    x0, y0, x1, y1 = box
    size = press.style.size
    w = width(press.style.font, size, text)
    canvas = press.canvas
    canvas.saveState()
    canvas.setFillGray(0)
    canvas.translate((x0 + x1) / 2 + size * 0.35, press.page_h - (y0 + y1) / 2 - w / 2)
    canvas.rotate(90)
    canvas.setFont(register(press.style.font), size)
    canvas.drawString(0, 0, text)
    canvas.restoreState()
