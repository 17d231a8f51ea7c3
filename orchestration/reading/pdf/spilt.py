"""Text that a spreadsheet lets run on over empty neighbours: its first cell's."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orchestration.reading.lines import Line
    from orchestration.reading.pdf.page import CellRead

_INDENT = 0.5  # type sizes between the edge of a cell and text set to the left in it
_SEAM = 0.06  # the same between two glyphs of one word
_OVER = 0.08  # the same by which a glyph at least stands over the border
_CENTRED = 0.5  # the same by which the middles of a text and of a cell differ where it is centred


def take_spilt(cells: list[CellRead]) -> None:
    """Give text that crosses borders into empty cells back to the first cell, in place.

    Only single lines set to the left; of text set in the middle of a cell, which spills to both
    sides, it would be unknown whose it is (it stays parted, and doubted).
    """
    rows: dict[int, list[CellRead]] = {}
    for cell in cells:
        rows.setdefault(cell.box.row, []).append(cell)
    for row in rows.values():
        row.sort(key=lambda cell: cell.box.col)
        start = 0
        while start < len(row):
            run = _run(row[start:])
            if len(run) > 1 and _begins(run):
                _give(run)
            start += len(run)


def _run(row: list[CellRead]) -> list[CellRead]:
    """The first cell and those after it into which its line runs on."""
    run = row[:1]
    for one, two in pairwise(row):
        if not (_single(one) and _single(two) and _crosses(one, two)):
            break
        run.append(two)
    return run


def _single(cell: CellRead) -> bool:
    return len(cell.lines) == 1 and not cell.vertical and not cell.lines[0].turn


def _crosses(one: CellRead, two: CellRead) -> bool:
    before, after = one.lines[0], two.lines[0]
    size = before.size
    level = abs(before.base - after.base) < 0.02 * size and abs(size - after.size) < 0.02 * size
    joined = abs(after.x0 - before.x1) < _SEAM * size
    border = two.box.x0
    over = max(before.x1 - border, border - after.x0) > _OVER * size
    figures = before.text[-1:].isascii() or after.text[:1].isascii()
    return level and joined and over and not figures and len(before.segments) < 2


def _begins(run: list[CellRead]) -> bool:
    """Whether the text is set to the left in the first cell rather than in the middle of one."""
    first, last = run[0].lines[0], run[-1].lines[0]
    middle = (first.x0 + last.x1) / 2
    spilt = any(
        abs(middle - (cell.box.x0 + cell.box.x1) / 2) < _CENTRED * first.size for cell in run[1:]
    )
    return not spilt and 0 <= first.x0 - run[0].box.x0 < _INDENT * first.size


def _give(run: list[CellRead]) -> None:
    line: Line = run[0].lines[0]
    for cell in run[1:]:
        after = cell.lines.pop()
        line.text += after.text
        line.x1 = after.x1
        line.top, line.bottom = min(line.top, after.top), max(line.bottom, after.bottom)
