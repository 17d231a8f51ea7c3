"""Text that a spreadsheet lets run on over empty neighbours: its first cell's."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from orchestration.reading.document import Doubt, DoubtKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orchestration.reading.geometry import Ink
    from orchestration.reading.grid import Lattice
    from orchestration.reading.lines import Line
    from orchestration.reading.pdf.parts import CellRead

_INDENT = 0.5  # type sizes between the edge of a cell and text set to the left in it
_SEAM = 0.06  # the same between two glyphs of one word
_OVER = 0.08  # the same by which a glyph at least stands over the border
_CENTRED = 0.5  # the same by which the middles of a text and of a cell differ where it is centred
_FRAME = 3.0  # points by which a rectangle that clips a cell's text may leave the cell
#: A line that ends this near to its cell's border (share of the type size) may run over it: of a
#: glyph on the border one half lies in the next cell.
_STICK_OUT = 0.55


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


def too_small_cells(ink: Ink, lattices: Sequence[Lattice]) -> set[tuple[int, int]]:
    """Cells (lattice, cell) that are too low or narrow for their text, and hide a part of it.

    Known by a clipping rectangle that hides glyphs and lies within the cell: that of the cell, or
    of a line of which a strip is left.

    Args:
        ink: the page.
        lattices: those that are tables, large ones first: the innermost cell counts.
    """
    found: set[tuple[int, int]] = set()
    if not len(ink.windows):
        return found
    x, y = (ink.windows[:, 0] + ink.windows[:, 2]) / 2, (ink.windows[:, 1] + ink.windows[:, 3]) / 2
    where: list[tuple[int, int] | None] = [None] * len(x)
    for number, lattice in enumerate(lattices):
        for i, cell in enumerate(lattice.cell_of(x, y).tolist()):
            where[i] = (number, cell) if cell >= 0 else where[i]
    for place, window in zip(where, ink.windows.tolist(), strict=True):
        if place is None:
            continue
        box = lattices[place[0]].cells[place[1]]
        if (
            window[0] >= box.x0 - _FRAME
            and window[1] >= box.top - _FRAME
            and window[2] <= box.x1 + _FRAME
            and window[3] <= box.bottom + _FRAME
        ):
            found.add(place)
    return found


def doubt_overflow(cells: list[CellRead]) -> None:
    """Doubt cells between which a line runs on over the border: its parts belong together."""
    entries = sorted(
        ((line.base, line, cell) for cell in cells for line in cell.lines), key=itemgetter(0)
    )
    bases = [base for base, _, _ in entries]
    for cell in cells:
        for line in cell.lines:
            if line.turn or line.x1 <= cell.box.x1 - _STICK_OUT * line.size:
                continue
            level = 0.1 * line.size
            out = max(line.x1 - cell.box.x1, 0.0)
            level_with = entries[
                bisect_left(bases, line.base - level) : bisect_right(bases, line.base + level)
            ]
            hit = {
                id(other): other
                for _, after, other in level_with
                if other is not cell
                and _joins(line, after)
                and max(out, other.box.x0 - after.x0) > 0.08 * line.size
            }
            for other in hit.values():
                for part in (cell, other):
                    part.doubts.append(
                        Doubt(
                            DoubtKind.OVERFLOW,
                            "文字越过单元格边界 | text runs over the border of its cell",
                            part.text,
                        )
                    )


def _joins(line: Line, other: Line) -> bool:
    return (
        not other.turn
        and abs(other.base - line.base) < 0.1 * line.size
        and -0.1 * line.size < other.x0 - line.x1 < 0.15 * line.size
    )
