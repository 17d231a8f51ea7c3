"""A worksheet as printed: titles and notes become paragraphs, each region of cells a grid."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from orchestration.reading.document import (
    Block,
    Cell,
    Doubt,
    Grid,
    GridKind,
    Paragraph,
    Place,
)

#: Positions of one merge or one table; real forms have thousands at most.
_MAX_AREA = 2_000_000


class AreaTooLargeError(ValueError):
    """A merge or a table spans more positions than any form does."""


def _check_area(positions: int) -> None:
    if positions > _MAX_AREA:
        raise AreaTooLargeError(f"{positions} positions")


@dataclass(slots=True)
class SheetCell:
    """One cell as shown; ``bordered`` where a border is drawn on any side."""

    text: str = ""
    bordered: bool = False
    vertical: bool = False
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class Sheet:
    """A worksheet: cells by (row, column) from 0, merges as inclusive corners, what is hidden."""

    name: str
    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    # Text of boxes drawn over the sheet, with the row they are anchored at.
    boxes: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell on the visible sheet, spans in visible rows and columns."""

    row: int
    col: int
    rowspan: int
    colspan: int
    cell: SheetCell
    ref: str


def column_name(column: int) -> str:
    """``A``, ``B`` … ``AA`` for a column counted from 0."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


def sheet_blocks(sheet: Sheet, first_ordinal: int) -> list[Block]:
    """The blocks of a sheet in reading order; its grids count on from ``first_ordinal``."""
    boxes = _visible(sheet)
    blocks: list[Block] = []
    for band in _bands(boxes):
        _band_blocks(band, sheet.name, first_ordinal, blocks)
    return [
        *blocks,
        *(
            Paragraph(text, (Place(path=f"'{sheet.name}'!{row + 1}"),))
            for row, text in sheet.boxes
            if text.strip()
        ),
    ]


def _visible(sheet: Sheet) -> list[_Box]:
    """Cells that are shown or bordered, merged, on rows and columns counted without the hidden."""
    if not sheet.cells:
        return []
    last_row = max(r for r, _ in sheet.cells)
    last_col = max(c for _, c in sheet.cells)
    rows = _renumbered(last_row, sheet.hidden_rows)
    cols = _renumbered(last_col, sheet.hidden_columns)
    boxes: list[_Box] = []
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in sorted(sheet.merges):
        shown_rows = [rows[r] for r in range(top, min(bottom, last_row) + 1) if r in rows]
        shown_cols = [cols[c] for c in range(left, min(right, last_col) + 1) if c in cols]
        _check_area((min(bottom, last_row) - top + 1) * (min(right, last_col) - left + 1))
        area = {
            (r, c)
            for r in range(top, min(bottom, last_row) + 1)
            for c in range(left, min(right, last_col) + 1)
        }
        if not shown_rows or not shown_cols or area & covered:
            continue
        covered |= area
        anchor = sheet.cells.get((top, left), SheetCell())
        bordered = anchor.bordered or any(sheet.cells[p].bordered for p in area if p in sheet.cells)
        if anchor.text.strip() or bordered:
            shown = SheetCell(anchor.text, bordered, anchor.vertical, anchor.doubts)
            box = _Box(
                shown_rows[0],
                shown_cols[0],
                len(shown_rows),
                len(shown_cols),
                shown,
                f"{column_name(left)}{top + 1}",
            )
            boxes.append(box)
    for (row, col), cell in sheet.cells.items():
        if (row, col) in covered or row not in rows or col not in cols:
            continue
        if cell.text.strip() or cell.bordered or cell.doubts:
            ref = f"{column_name(col)}{row + 1}"
            boxes.append(_Box(rows[row], cols[col], 1, 1, cell, ref))
    return sorted(boxes, key=lambda b: (b.row, b.col))


def _renumbered(last: int, hidden: set[int]) -> dict[int, int]:
    shown = [i for i in range(last + 1) if i not in hidden]
    return {original: position for position, original in enumerate(shown)}


def _bands(boxes: list[_Box]) -> list[list[_Box]]:
    """The cells between blank rows, top to bottom."""
    bands: list[list[_Box]] = []
    reach = -1
    for box in boxes:
        if not bands or box.row > reach + 1:
            bands.append([])
        bands[-1].append(box)
        reach = max(reach, box.row + box.rowspan - 1)
    return bands


def _band_blocks(boxes: list[_Box], name: str, first_ordinal: int, blocks: list[Block]) -> None:
    above, table, below = _peeled(boxes)
    blocks += _paragraphs(above, name)
    for part in _side_by_side(table):
        if not any(box.cell.text.strip() or box.cell.doubts for box in part):
            continue
        if len(part) == 1 or _single_column(part):
            blocks += _paragraphs(part, name)
            continue
        ordinal = first_ordinal + sum(isinstance(block, Grid) for block in blocks)
        blocks.append(_grid(part, name, ordinal))
    blocks += _paragraphs(below, name)


def _single_column(boxes: list[_Box]) -> bool:
    rows = {box.row for box in boxes}
    return len(rows) == len(boxes) and not any(box.cell.bordered for box in boxes)


def _peeled(boxes: list[_Box]) -> tuple[list[_Box], list[_Box], list[_Box]]:
    """Title rows above, the table, note rows below.

    Where borders are drawn the table is what they enclose. A row of one cell over the whole width
    is a title or a note in any case.
    """
    drawn = [box for box in boxes if box.cell.bordered]
    if drawn:
        first = min(box.row for box in drawn)
        last = max(box.row + box.rowspan - 1 for box in drawn)
    else:
        first, last = min(b.row for b in boxes), max(b.row + b.rowspan - 1 for b in boxes)
    left = min(b.col for b in boxes)
    right = max(b.col + b.colspan for b in boxes)

    by_row: dict[int, list[_Box]] = defaultdict(list)
    for box in boxes:
        if box.cell.text.strip():
            for row in range(box.row, box.row + box.rowspan):
                by_row[row].append(box)

    def alone(row: int) -> bool:
        inside = by_row[row]
        if len(inside) > 1:
            return False
        if not inside:
            return True
        box = inside[0]
        whole = box.col == left and box.col + box.colspan == right
        return box.rowspan == 1 and (whole or (not drawn and box.colspan >= right - left - 1))

    many = any(len(by_row[row]) > 1 for row in range(first, last + 1))
    while many and first < last and (alone(first) or (not drawn and len(by_row[first]) <= 1)):
        first += 1
    while many and last > first and alone(last):
        last -= 1
    return (
        [b for b in boxes if b.row < first],
        [b for b in boxes if first <= b.row <= last],
        [b for b in boxes if b.row > last],
    )


def _paragraphs(boxes: list[_Box], name: str) -> list[Block]:
    return [
        Paragraph(box.cell.text.strip(), (Place(path=f"'{name}'!{box.ref}"),), box.cell.doubts)
        for box in boxes
        if box.cell.text.strip()
    ]


def _side_by_side(boxes: list[_Box]) -> list[list[_Box]]:
    """The tables of a band, parted by columns blank in every row."""
    parts: list[list[_Box]] = []
    reach = -1
    for box in sorted(boxes, key=lambda b: b.col):
        if not parts or box.col > reach + 1:
            parts.append([])
        parts[-1].append(box)
        reach = max(reach, box.col + box.colspan - 1)
    return parts


def _grid(boxes: list[_Box], name: str, ordinal: int) -> Grid:
    """A grid over the rows and columns that hold text; blank positions inside are cells."""
    full = [b for b in boxes if b.cell.text.strip() or b.cell.doubts]
    top, left = min(b.row for b in boxes), min(b.col for b in boxes)
    bottom = max(b.row + b.rowspan for b in full)
    right = max(b.col + b.colspan for b in full)
    _check_area((bottom - top) * (right - left))
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for box in boxes:
        if box.row >= bottom or box.col >= right:
            continue
        height, width = min(box.rowspan, bottom - box.row), min(box.colspan, right - box.col)
        taken |= {(box.row + r, box.col + c) for r in range(height) for c in range(width)}
        cells.append(
            Cell(
                box.row - top,
                box.col - left,
                height,
                width,
                box.cell.text.strip(" \u3000\u00a0\n\r\t"),
                (Place(path=f"'{name}'!{box.ref}"),),
                box.cell.doubts,
                box.cell.vertical,
            )
        )
    cells += [
        Cell(row - top, col - left, 1, 1, "")
        for row in range(top, bottom)
        for col in range(left, right)
        if (row, col) not in taken
    ]
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return Grid(ordinal, bottom - top, right - left, tuple(cells), GridKind.MARKED, name=name)
