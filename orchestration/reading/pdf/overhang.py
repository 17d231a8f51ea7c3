"""Text that a page break leaves outside the box of its cell.

Browsers and printing engines cut a row at the end of the page by height, not by lines: the lines
that no longer fit stand below the last rule of the table, under their columns, before the page
ends. Others set a merged label in the middle of what is left of its box on the next page; where
that is lower than the text, the text stands out above and below.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from orchestration.reading.document import Doubt, DoubtKind
from orchestration.reading.geometry import Glyph
from orchestration.reading.lines import Line, read_lines
from orchestration.reading.pdf.parts import CellRead, TableRead

_SAME_BASE = 0.2  # share of the type size by which baselines of one row of text may differ
_NEAR = 1.2  # type sizes between the table and the first line that hangs below it
_PITCH = 2.0  # type sizes from line to line in a cell
_TIGHT = 1.35  # the same where nothing but the pitch tells
_EVEN = 0.35  # type sizes by which pitches, or the middles of text and box, may differ
_GAP = 0.15  # type sizes between texts of two columns, at least
_CROWDED = 0.9  # type sizes between lines that are not of one text, at most
_OUTSIDE = "文字超出单元格上边 | text stands out above its cell"


def catch_overhang(
    tables: Iterable[TableRead], glyphs: Sequence[Glyph], free: Sequence[int]
) -> set[int]:
    """Give lines beyond an edge of a table to the cells they belong to; the glyphs given.

    ``free`` are the indexes of the glyphs that lie in no table.
    """
    taken: set[int] = set()
    for table in tables:
        around = [i for i in free if i not in taken and glyphs[i][7] == 0]
        below = [i for i in around if glyphs[i][0] > table.bottom]
        taken |= _below(table, glyphs, below)
        taken |= _above(table, glyphs, [i for i in around if glyphs[i][0] < table.ys[1]])
    return taken


def _below(table: TableRead, glyphs: Sequence[Glyph], free: list[int]) -> set[int]:
    """Lines below cells left open at the end of the page, down to the first that is none."""
    row = [cell for cell in table.cells if abs(cell.box.bottom - table.bottom) < 1]
    if not any(cell.box.open_bottom and cell.lines for cell in row):
        return set()
    taken: set[int] = set()
    begun: set[int] = set()  # cells of which a line hangs below
    for members in _rows(glyphs, free):
        parts = _under_columns(glyphs, members, row)
        if parts is None or not all(
            _hangs_on(cell, line, table.bottom, first=id(cell) not in begun) for cell, line in parts
        ):
            break
        for cell, line in parts:
            cell.lines.append(line)
            begun.add(id(cell))
        taken.update(members)
    return taken


def _hangs_on(cell: CellRead, line: Line, bottom: float, *, first: bool) -> bool:
    """Whether a line goes on with the text of a cell that is open below."""
    if not cell.box.open_bottom or not cell.lines or cell.vertical:
        return False
    step = line.base - cell.lines[-1].base
    if first:
        near = -0.5 * line.size < line.top - bottom < _NEAR * line.size
    else:
        pitch = cell.lines[-1].base - cell.lines[-2].base
        near = abs(step - pitch) <= _EVEN * line.size
    return near and 0 < step < _PITCH * line.size


def _above(table: TableRead, glyphs: Sequence[Glyph], free: list[int]) -> set[int]:
    """Lines around the first row that stand out of a box too low for its text.

    They stand above the table, or in the row beneath, where they crowd its own text. A caption
    close above a table does not belong to it: with it the text is not in the middle of the box.
    """
    taken: set[int] = set()
    moved: set[int] = set()
    nearest = max((glyphs[i][0] for i in free), default=-math.inf)
    for cell in (cell for cell in table.cells if abs(cell.box.top - table.top) < 1):
        if not cell.lines or (cell.vertical and not _is_stack(cell)):
            continue
        near = cell.lines[0].base - nearest < _TIGHT * cell.lines[0].size
        above = _standing_above(cell, glyphs, free) if near else []
        if above and above[0][1].bottom <= table.top:
            above = []
        spilled = _spilled(cell, table.cells, glyphs, moved)
        for over, under in ((above, spilled), (above, None), ([], spilled)):
            beneath = [under.line] if under else []
            lines = [line for _, line in reversed(over)] + cell.lines + beneath
            if len(lines) > len(cell.lines) and _is_centred(cell, lines):
                cell.lines = lines
                cell.doubts.append(Doubt(DoubtKind.JOIN, _OUTSIDE, cell.text))
                if under:
                    under.out_of.lines = under.rest
                    moved.update(under.members)
                taken.update(i for members, _ in over for i in members)
                break
    return taken


def _standing_above(
    cell: CellRead, glyphs: Sequence[Glyph], free: list[int]
) -> list[tuple[list[int], Line]]:
    """The lines over a cell, upwards, each as near to the next as lines of one text are."""
    inside = [i for i in free if cell.box.x0 <= (glyphs[i][1] + glyphs[i][3]) / 2 <= cell.box.x1]
    found: list[tuple[list[int], Line]] = []
    for members in reversed(_rows(glyphs, inside)):
        parts = _under_columns(glyphs, members, [cell])
        first = found[-1][1] if found else cell.lines[0]
        if parts is None or not 0 < first.base - parts[0][1].base < _TIGHT * first.size:
            break
        found.append((members, parts[0][1]))
    return found


@dataclass(frozen=True, slots=True)
class _Spilled:
    """A line that stands in the row beneath its cell, and what that cell keeps without it."""

    line: Line
    members: list[int]
    out_of: CellRead
    rest: list[Line]


def _spilled(
    cell: CellRead, cells: Iterable[CellRead], glyphs: Sequence[Glyph], moved: set[int]
) -> _Spilled | None:
    """The line of a cell that lies in the cell beneath.

    It goes on at the pitch of the text above it, and is too near to the other text there to be of
    one with it. ``moved`` are glyphs of such lines that were found before.
    """
    other = next((c for c in cells if _lies_under(c, cell)), None)
    if other is None or (len(other.lines) < 2 and len(other.lines[0].segments) < 2):
        return None
    there = [
        i
        for i, glyph in enumerate(glyphs)
        if glyph[7] == 0
        and i not in moved
        and other.box.x0 <= (glyph[1] + glyph[3]) / 2 <= other.box.x1
        and other.box.top <= (glyph[2] + glyph[4]) / 2 <= other.box.bottom
    ]
    below = [i for i in there if cell.box.x0 <= (glyphs[i][1] + glyphs[i][3]) / 2 <= cell.box.x1]
    rows = _rows(glyphs, below)
    parts = _under_columns(glyphs, rows[0], [cell]) if rows else None
    if parts is None:
        return None
    line, last = parts[0][1], cell.lines[-1]
    pitch = last.base - cell.lines[-2].base if len(cell.lines) > 1 else None
    step = line.base - last.base
    if not (abs(step - pitch) <= _SAME_BASE * line.size if pitch else step < _TIGHT * line.size):
        return None
    rest, _ = read_lines([glyphs[i] for i in there if i not in set(rows[0])])
    if not rest or rest[0].base - line.base >= _CROWDED * line.size:
        return None
    return _Spilled(line, rows[0], other, rest)


def _is_stack(cell: CellRead) -> bool:
    """Upright characters one below the other, as narrow columns print their labels."""
    return all(line.turn == 0 and len(line.text) == 1 for line in cell.lines)


def _lies_under(other: CellRead, cell: CellRead) -> bool:
    """Whether a cell begins where another ends, as wide as that or wider."""
    return (
        abs(other.box.top - cell.box.bottom) < 1
        and other.box.x0 <= cell.box.x0 + 0.5
        and other.box.x1 >= cell.box.x1 - 0.5
        and bool(other.lines)
        and not other.vertical
    )


def _is_centred(cell: CellRead, lines: list[Line]) -> bool:
    off = lines[0].top + lines[-1].bottom - cell.box.top - cell.box.bottom
    return abs(off) / 2 <= _EVEN * lines[0].size


def _rows(glyphs: Sequence[Glyph], indexes: Iterable[int]) -> list[list[int]]:
    """Glyphs on one baseline together, downwards."""
    rows: list[list[int]] = []
    for i in sorted(indexes, key=lambda i: glyphs[i][0]):
        size = glyphs[i][4] - glyphs[i][2]
        if rows and glyphs[i][0] - glyphs[rows[-1][0]][0] <= _SAME_BASE * size:
            rows[-1].append(i)
        else:
            rows.append([i])
    return rows


def _under_columns(
    glyphs: Sequence[Glyph], members: list[int], row: list[CellRead]
) -> list[tuple[CellRead, Line]] | None:
    """A row of text parted by the columns of cells; None where it does not keep to them."""
    at: list[tuple[Glyph, int]] = []
    for glyph in sorted((glyphs[i] for i in members), key=lambda glyph: glyph[1]):
        cell = next(
            (
                k
                for k, c in enumerate(row)
                if c.box.x0 - 0.5 <= glyph[1] and glyph[3] <= c.box.x1 + 0.5
            ),
            None,
        )
        if cell is None:
            return None
        at.append((glyph, cell))
    for (one, a), (two, b) in pairwise(at):
        if a != b and two[1] - one[3] < _GAP * (one[4] - one[2]):
            return None
    result = []
    for k in sorted({k for _, k in at}):
        lines, _ = read_lines([glyph for glyph, cell in at if cell == k])
        if len(lines) != 1:
            return None
        result.append((row[k], lines[0]))
    return result
