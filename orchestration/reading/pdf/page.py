"""A page as read once: tables with the lines of their cells, and the lines between them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from orchestration.reading.aligned import find_aligned
from orchestration.reading.document import Doubt, DoubtKind, GridKind
from orchestration.reading.geometry import Floats, Glyph, Ink, Ints
from orchestration.reading.grid import Lattice, aligned_lattice, find_lattices
from orchestration.reading.lines import Line, read_lines
from orchestration.reading.pdf.holes import rows_beside_labels
from orchestration.reading.pdf.legible import UNNAMED
from orchestration.reading.pdf.overhang import catch_overhang
from orchestration.reading.pdf.parts import CellRead, PageRead, TableRead
from orchestration.reading.pdf.pitch import narrow_boxes
from orchestration.reading.pdf.spilt import doubt_overflow, take_spilt, too_small_cells
from orchestration.reading.rules import join_pieces

#: Glyphs of a word follow each other this closely (share of the type size).
_WORD_JOIN = 0.06
#: A cell that holds more than this share of a word holds all of it.
_MOST = 0.505
#: Points by which two readings of one rule may differ: one of them counts in single precision.
_SAME_RULE = 0.002
#: Text in columns: lines of two parts of so many characters, so many lines in a row.
_TWO, _PROSE, _COLUMN_LINES = 2, 6, 3
_FRAGMENT = "无线表格中此行是否属于上下行无法判定 | part of the row above or below? (no rules)"
_PIECE = "单元格边框不闭合或不成矩形 | a cell that is no rectangle"
_HOLE = "行左侧的文字没有边框，归属无法判定 | text beside rows without borders: whose rows?"
_COLUMNS = "正文分栏，各栏文字未分开 | text in columns that were not told apart"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The rules of a page and the lattices that they make."""

    horizontal: Floats
    vertical: Floats
    lattices: list[Lattice]

    @classmethod
    def of(cls, ink: Ink) -> Drawn:
        """Work out the lattices of a page."""
        found = find_lattices(ink.horizontal, ink.vertical)
        return cls(ink.horizontal, ink.vertical, found)

    def is_of(self, ink: Ink) -> bool:
        """Whether another reading of the page found the same rules, in the same order."""
        return all(
            mine.shape == theirs.shape and bool((np.abs(mine - theirs) <= _SAME_RULE).all())
            for mine, theirs in ((self.horizontal, ink.horizontal), (self.vertical, ink.vertical))
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """The glyphs of a page, struck twice none, and where each stands.

    ``owner`` is the index of its lattice, ``place`` that of its cell; -1 for none.
    """

    ink: Ink
    lattices: list[Lattice]
    owner: Ints
    place: Ints


def read_ink(ink: Ink, number: int, drawn: Drawn | None = None) -> PageRead:
    """Work out tables and lines of a page.

    ``drawn``: the lattices, where they are known already.
    """
    return lay_out(put_in_cells(ink, drawn), number)


def put_in_cells(ink: Ink, drawn: Drawn | None = None) -> Placed:
    """Find the cell of every glyph; ``drawn`` as for :func:`read_ink`."""
    narrow_boxes(ink)
    drop_doubles(ink)
    lattices = (drawn or Drawn.of(ink)).lattices
    owner = np.full(len(ink.text), -1, dtype=np.int64)
    place = np.full(len(ink.text), -1, dtype=np.int64)
    if len(ink.text) and lattices:
        middle_x, middle_y = ink.middles()
        # What lies within a large one takes its glyphs after it.
        for i in _large_first(lattices):
            cells = lattices[i].cell_of(middle_x, middle_y)
            hit = cells >= 0
            owner[hit], place[hit] = i, cells[hit]
        keep_words(ink, owner, place)
    return Placed(ink, lattices, owner, place)


def _tables(lattices: list[Lattice]) -> list[int]:
    """The lattices that are tables: no boxes drawn in a cell, no frames around tables."""
    inner = {i for lattice in lattices for i in lattice.inner}
    return [
        i
        for i, lattice in enumerate(lattices)
        if len(lattice.cells) > 1 or not (i in inner or lattice.inner)
    ]


def lay_out(placed: Placed, number: int) -> PageRead:
    """The lines of the cells and those between the tables."""
    ink, lattices, owner, place = placed.ink, placed.lattices, placed.owner, placed.place
    # A frame of one cell (the outer line of double rules) makes no table a nested one.
    nested = {i for lattice in lattices if len(lattice.cells) > 1 for i in lattice.inner}
    glyphs = ink.glyphs()
    shown = _large_first(lattices)
    hiding = too_small_cells(ink, [lattices[i] for i in shown])
    tables = [
        _table(
            *(ink, glyphs, lattices[i], np.flatnonzero(owner == i), place, number, i in nested),
            {cell for table, cell in hiding if shown[table] == i},
        )
        for i in _tables(lattices)
    ]
    outside = owner == -1
    _doubt_holes(tables, [lattices[i] for i in _tables(lattices)], ink, outside)
    free = np.flatnonzero(outside).tolist()
    given = catch_overhang(tables, glyphs, free)
    lines, _ = read_lines([glyphs[i] for i in free if i not in given])
    for line in lines:
        if UNNAMED.search(line.text):
            line.doubts += (_unmapped(line.text),)
        if line.overprinted:
            line.doubts += (_overprinted(line.text),)
    lines.sort(key=lambda line: (line.base if line.turn == 0 else line.top, line.x0))
    lines, unruled = _without_rules(ink, lines, lattices, number)
    _doubt_columns(lines)
    return PageRead(
        number,
        ink.width,
        ink.height,
        ink.rotation,
        lines,
        sorted(tables + unruled, key=lambda table: table.top),
        len(ink.text),
        ink.image_share(),
        turned=ink.turned,
    )


def _doubt_holes(
    tables: list[TableRead], lattices: list[Lattice], ink: Ink, outside: NDArray[np.bool_]
) -> None:
    if not any((lattice.owner < 0).any() for lattice in lattices) or not outside.any():
        return
    x, y = (middle[outside] for middle in ink.middles())
    for table, lattice in zip(tables, lattices, strict=True):
        rows = rows_beside_labels(lattice, x, y)
        for cell in table.cells if rows else ():
            if cell.box.row in rows:
                cell.doubts.append(Doubt(DoubtKind.STRUCTURE, _HOLE, cell.text))


def _without_rules(
    ink: Ink, lines: list[Line], lattices: list[Lattice], number: int
) -> tuple[list[Line], list[TableRead]]:
    """Tables among the free lines, and the lines that are left."""
    free = ink.horizontal
    if len(free) and lattices:
        inside = np.zeros(len(free), dtype=bool)
        for lattice in lattices:
            inside |= (free[:, 0] >= lattice.top - 2) & (free[:, 0] <= lattice.bottom + 2)
        free = free[~inside]
    found = find_aligned(lines, join_pieces(free))
    if not found:
        return lines, []
    used = frozenset().union(*(table.used for table in found))
    tables = []
    for table in found:
        lattice = aligned_lattice(table.xs, table.ys)
        cells = [CellRead(box, table.cells[box.row][box.col]) for box in lattice.cells]
        for cell in cells:
            if (cell.box.row, cell.box.col) in table.unsure:
                cell.doubts.append(Doubt(DoubtKind.STRUCTURE, _FRAGMENT, cell.text))
        tables.append(TableRead(number, table.xs, table.ys, cells, GridKind.ALIGNED))
    return [line for i, line in enumerate(lines) if i not in used], tables


def _doubt_columns(lines: list[Line]) -> None:
    """Doubt running text in two columns: its lines run over the gutter into one another."""
    run: list[Line] = []
    for line in [*lines, None]:
        if line is not None and _is_parted_prose(line) and (not run or _same_gutter(run[0], line)):
            run.append(line)
            continue
        if len(run) >= _COLUMN_LINES:
            for parted in run:
                parted.doubts += (Doubt(DoubtKind.STRUCTURE, _COLUMNS, parted.text),)
        run = [line] if line is not None and _is_parted_prose(line) else []


def _is_parted_prose(line: Line) -> bool:
    if line.turn or len(line.segments) != _TWO:
        return False
    return all(len(text) >= _PROSE for _, _, text in line.segments) and ":" not in compact(
        line.text
    )


def _same_gutter(one: Line, two: Line) -> bool:
    """Whether the second parts begin at one place, an indentation aside."""
    return abs(one.segments[1][0] - two.segments[1][0]) <= 2.5 * one.size


def _large_first(lattices: list[Lattice]) -> list[int]:
    return sorted(_tables(lattices), key=lambda i: -_area(lattices[i]))


def _area(lattice: Lattice) -> float:
    return (lattice.x1 - lattice.x0) * (lattice.bottom - lattice.top)


def _table(
    ink: Ink,
    glyphs: list[Glyph],
    lattice: Lattice,
    index: Ints,
    place: Ints,
    page: int,
    nested: bool,
    too_small: set[int],
) -> TableRead:
    members: list[list[int]] = [[] for _ in lattice.cells]
    for i, cell_index in zip(index.tolist(), place[index].tolist(), strict=True):
        members[cell_index].append(i)
    read: list[CellRead] = []
    for number, (box, inside) in enumerate(zip(lattice.cells, members, strict=True)):
        lines, vertical = read_lines([glyphs[i] for i in inside])
        cell = CellRead(box, lines, vertical)
        _doubt_text(cell)
        if number in too_small or not ink.cut.isdisjoint(inside):
            cell.doubts.append(
                Doubt(DoubtKind.CUT, "文字被单元格边界截断 | text cut off by its cell", cell.text)
            )
        if box.piece:
            cell.doubts.append(Doubt(DoubtKind.STRUCTURE, _PIECE, cell.text))
        read.append(cell)
    take_spilt(read)
    doubt_overflow(read)
    return TableRead(page, lattice.xs.tolist(), lattice.ys.tolist(), read, nested=nested)


def keep_words(ink: Ink, owner: Ints, place: Ints) -> None:
    """Give words that a border crosses whole to the cell that holds most of them, in place.

    A figure or code too long for its column is drawn over the border, at both sides where it is
    centred. Its glyphs are drawn one after the other without a gap; Chinese text breaks anywhere
    and never needs to. Words that no cell holds most of stay cut (and are doubted).
    """
    where = owner * (int(place.max(initial=0)) + 2) + place
    if len(where) < 2:
        return
    crossing = np.flatnonzero(where[1:] != where[:-1])
    if not len(crossing):
        return
    box, base = ink.box, ink.base
    high = np.maximum(box[:, 3] - box[:, 1], 0.1)
    follows = (
        (np.abs(box[1:, 0] - box[:-1, 2]) < _WORD_JOIN * high[1:])
        & (np.abs(np.diff(base)) < 0.05 * high[1:])
        & (ink.turn[1:] == 0)
        & (ink.turn[:-1] == 0)
    )
    for seam in crossing.tolist():
        if follows[seam] and where[seam] != where[seam + 1]:
            _keep_word(ink, follows, seam, owner, place, where)


def _keep_word(
    ink: Ink, follows: np.ndarray, seam: int, owner: Ints, place: Ints, where: Ints
) -> None:
    def goes_on(i: int) -> bool:
        return bool(follows[i]) and (i + 1) not in ink.spaced and _narrow(ink, i, i + 1)

    if not goes_on(seam):
        return
    first, last = seam, seam + 1
    while first > 0 and goes_on(first - 1):
        first -= 1
    while last < len(follows) and goes_on(last):
        last += 1
    wide = ink.box[first : last + 1, 2] - ink.box[first : last + 1, 0]
    share: dict[int, float] = {}
    for spot, width in zip(where[first : last + 1].tolist(), wide.tolist(), strict=True):
        share[spot] = share.get(spot, 0.0) + width
    home = max(share, key=lambda spot: share[spot])
    word = slice(first, last + 1)
    outside = owner[word] == -1
    if share[home] <= _MOST * float(wide.sum()) or owner[word][where[word] == home][0] == -1:
        if outside.any():
            # What is left in the cell is no figure.
            ink.cut |= set(range(first, last + 1))
        return
    one = first + where[first : last + 1].tolist().index(home)
    owner[first : last + 1], place[first : last + 1] = owner[one], place[one]
    where[first : last + 1] = home


def _narrow(ink: Ink, *glyphs: int) -> bool:
    """Whether glyphs are of those that a word in one piece is made of: figures, Latin, signs."""
    return all(ink.text[i].isascii() for i in glyphs)


def _doubt_text(cell: CellRead) -> None:
    overprinted = unmapped = False
    for line in cell.lines:
        overprinted |= line.overprinted
        unmapped |= UNNAMED.search(line.text) is not None
    if unmapped:
        cell.doubts.append(_unmapped(cell.text))
    if overprinted:
        cell.doubts.append(_overprinted(cell.text))


def _overprinted(text: str) -> Doubt:
    return Doubt(DoubtKind.OVERPRINT, "文字相互重叠 | text printed over text", text)


def _unmapped(text: str) -> Doubt:
    return Doubt(DoubtKind.UNMAPPED, "字形没有对应的字符 | glyphs without Unicode", text)


def drop_doubles(ink: Ink) -> None:
    """Leave one of glyphs struck twice at (nearly) the same place: bold by double striking."""
    count = len(ink.text)
    if count < 2:
        return
    code = _codes(ink.text)
    x0, y0 = ink.box[:, 0], ink.box[:, 1]
    wide = np.maximum(ink.box[:, 2] - x0, 0.5)
    drop = np.zeros(count, dtype=bool)
    for shift in (0.0, 0.5):
        band = code * _BANDS + np.floor(y0 / 2.0 + shift).astype(np.int64)
        order = np.lexsort((x0, band))
        x, y = x0[order], y0[order]
        high, room = band[order], wide[order][1:]
        near = (high[1:] == high[:-1]) & (x[1:] - x[:-1] < 0.3 * room)
        if near.any():
            pairs = np.flatnonzero(near & (np.abs(y[1:] - y[:-1]) < 0.2 * room))
            drop[np.maximum(order[pairs], order[pairs + 1])] = True
    if not drop.any():
        return
    keep = ~drop
    after = np.cumsum(keep) - 1
    ink.spaced = {int(after[i]) for i in ink.spaced if keep[i]}
    ink.cut = {int(after[i]) for i in ink.cut if keep[i]}
    ink.text = [t for t, k in zip(ink.text, keep.tolist(), strict=True) if k]
    ink.box, ink.base, ink.turn = ink.box[keep], ink.base[keep], ink.turn[keep]


#: Bands of two points in which a glyph may stand: more than any page has, above and below it.
_BANDS = 1 << 24


def _codes(text: list[str]) -> Ints:
    """A number for each glyph, the same for the same text."""
    joined = "".join(text)
    if len(joined) == len(text):
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        return codes.astype(np.int64)
    return np.fromiter((hash(t) & 0xFFFFFFF for t in text), dtype=np.int64, count=len(text))


def compact(text: str) -> str:
    """NFKC without white space: the form in which two readings must agree."""
    return "".join(unicodedata.normalize("NFKC", text).split())
