"""Holding the two readings of a page against each other.

The rule: a cell or line with a figure in it counts as read only where both readings print the same
characters (NFKC, without white space) in the same cell. What differs gets a doubt with both texts;
neither is preferred.
"""

from __future__ import annotations

import numpy as np

from orchestration.reading.document import Doubt, DoubtKind, GridKind
from orchestration.reading.geometry import Floats
from orchestration.reading.lines import Line
from orchestration.reading.pdf.page import Placed, compact
from orchestration.reading.pdf.parts import CellRead, PageRead, TableRead

#: Shares of the type size: by which places of one glyph may differ between readings; within which
#: baselines are one line, beyond which two.
_SAME, _LEVEL, _APART = 0.02, 0.2, 0.7
_NEAR = 2.0  # points within which both readings must place an edge
_ONCE = "未能第二次读取核对 | could not be read a second time"
_DISAGREE = "两种读法不一致 | the two readings differ"
_OTHER_CELLS = "两种读法的单元格划分不同 | the two readings divide the table into other cells"


def is_same(first: Placed, second: Placed) -> bool:
    """Whether two readings of a page agree glyph by glyph, so that their texts cannot differ.

    The same characters in the same order, in the same cells of the same rules, at the same places;
    and none so near to another that the order of the text hangs on less than readings may differ
    by. Pages of which this does not hold are laid out twice and compared.
    """
    one, two = first.ink, second.ink
    if one.text != two.text or not (
        np.array_equal(first.place, second.place)
        and np.array_equal(first.owner, second.owner)
        and np.array_equal(one.turn, two.turn)
        and not one.turn.any()
    ):
        return False
    size = one.box[:, 3] - one.box[:, 1]
    off = np.abs(one.box[:, ::2] - two.box[:, ::2]).max(axis=1)
    off = np.maximum(off, np.abs(one.base - two.base))
    return bool((off <= _SAME * size).all()) and _is_plain(first, size)


def _is_plain(placed: Placed, size: Floats) -> bool:
    """Whether lines stand clearly apart, and glyphs on a line one behind the other."""
    base, left = placed.ink.base, placed.ink.box[:, 0]
    cell = placed.owner * (int(placed.place.max(initial=0)) + 2) + placed.place
    order = np.lexsort((base, cell))
    new_cell = np.diff(cell[order]) != 0
    step = np.diff(base[order])
    larger = np.maximum(size[order][1:], size[order][:-1])
    new_line = step > _APART * larger
    if not (new_cell | new_line | (step < _LEVEL * larger)).all():
        return False
    line = np.empty(len(order), dtype=np.int64)
    line[order] = np.concatenate(([0], np.cumsum(new_cell | new_line)))
    order = np.lexsort((left, line))
    behind = np.diff(left[order]) > 2 * _SAME * size[order][1:]
    return bool((behind | (np.diff(line[order]) != 0)).all())


def compare_pages(first: PageRead, second: PageRead) -> None:
    """Write into the first reading every doubt that the second raises."""
    first.read_twice = True
    free = list(second.tables)
    for table in first.tables:
        match = _match(table, free)
        if match is None:
            table.doubts.append(
                Doubt(
                    DoubtKind.STRUCTURE, "第二种读法没有此表 | the second reading has no such table"
                )
            )
            _doubt_cells(table, {})
            continue
        free.remove(match)
        _compare_tables(table, match)
    if any(compact(cell.text) for table in free for cell in table.cells if not table.is_frame):
        first.doubts.append(
            Doubt(
                DoubtKind.STRUCTURE,
                f"第{first.number}页：第二种读法多出表格 | page {first.number}: "
                "the second reading has another table",
            )
        )
    _compare_lines(first, second)


def doubt_page(page: PageRead) -> None:
    """Doubt every figure of a page that could not be read a second time."""
    for table in page.tables:
        for cell in table.cells:
            if _has_digit(compact(cell.text)):
                cell.doubts.append(Doubt(DoubtKind.DISAGREEMENT, _ONCE, cell.text))
    for line in page.lines:
        if _has_digit(compact(line.text)):
            line.doubts += (Doubt(DoubtKind.DISAGREEMENT, _ONCE, line.text),)


def _match(table: TableRead, others: list[TableRead]) -> TableRead | None:
    near = _NEAR if table.kind is GridKind.RULED else 2 * _NEAR  # text has softer edges
    for other in others:
        if other.kind is table.kind and (
            abs(table.xs[0] - other.xs[0]) <= near
            and abs(table.xs[-1] - other.xs[-1]) <= near
            and abs(table.top - other.top) <= near
            and abs(table.bottom - other.bottom) <= near
        ):
            return other
    return None


def _key(cell: CellRead) -> tuple[int, int, int, int]:
    box = cell.box
    return box.row, box.col, box.rowspan, box.colspan


def _compare_tables(first: TableRead, second: TableRead) -> None:
    others = {_key(cell): cell for cell in second.cells}
    if {_key(cell) for cell in first.cells} != set(others):
        first.doubts.append(
            Doubt(DoubtKind.STRUCTURE, _OTHER_CELLS),
        )
    _doubt_cells(first, others)


def _doubt_cells(table: TableRead, others: dict[tuple[int, int, int, int], CellRead]) -> None:
    for cell in table.cells:
        mine = compact(cell.text)
        other = others.get(_key(cell))
        theirs = compact(other.text) if other else ""
        drawn = table.kind is GridKind.RULED
        if drawn and other is None and mine and not _has_digit(mine):
            # A label over other rows than the second reading sees: whose rows are they?
            cell.doubts.append(Doubt(DoubtKind.STRUCTURE, _OTHER_CELLS, cell.text))
        elif mine != theirs and (_has_digit(mine) or _has_digit(theirs)):
            cell.doubts.append(
                Doubt(DoubtKind.DISAGREEMENT, _DISAGREE, cell.text, other.text if other else None)
            )


def _compare_lines(first: PageRead, second: PageRead) -> None:
    mine = [compact(line.text) for line in first.lines]
    theirs = [compact(line.text) for line in second.lines]
    if mine == theirs:
        return
    left = dict(enumerate(second.lines))
    for i, line in enumerate(first.lines):
        near = [k for k, other in left.items() if _same_place(line, other)]
        equal = next((k for k in near if theirs[k] == mine[i]), None)
        if equal is not None:
            del left[equal]
            continue
        other = left.pop(near[0]) if near else None
        if _has_digit(mine[i]) or (other and _has_digit(compact(other.text))):
            line.doubts += (
                Doubt(DoubtKind.DISAGREEMENT, _DISAGREE, line.text, other.text if other else None),
            )
    for other in left.values():
        if _has_digit(compact(other.text)):
            first.doubts.append(
                Doubt(
                    DoubtKind.DISAGREEMENT,
                    f"第{first.number}页：仅第二种读法有此行 | page {first.number}: "
                    "only the second reading has this line",
                    None,
                    other.text,
                )
            )


def _same_place(one: Line, two: Line) -> bool:
    return (
        abs(one.base - two.base) <= 0.4 * max(one.size, two.size)
        and one.x0 < two.x1 + _NEAR
        and two.x0 < one.x1 + _NEAR
    )


def _has_digit(text: str) -> bool:
    return any(ch.isdigit() for ch in text)
