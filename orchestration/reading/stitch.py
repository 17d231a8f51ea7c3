"""Tables over pages: the parts of one table on several pages become one.

A part is a :class:`~orchestration.reading.parts.TablePart`. Two questions are asked at each page
break: does the table go on (:func:`goes_on`), and which cells does the break cut (``cuts``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from orchestration.reading.cut_text import FIGURE
from orchestration.reading.cuts import cut_cells, meeting
from orchestration.reading.document import Cell, Grid, Place
from orchestration.reading.parts import TablePart

#: Column edges of two parts this near are the same edge.
EDGE = 3.6
#: Outer edges may differ by this much between pages.
OUTER = 7.0
_MAX_HEADER_ROWS = 6
_MAX_HEADER_START = 10  # rows above the indicators of a target form
_OUTER_EDGES, _TELLING = 2, 3  # inner column edges that two tables share by no accident
_MANY = 5  # cells of a row that is known again though one of them differs
_LABEL = re.compile(r"^\D*[\u4e00-\u9fff]\D*$")
_TITLE = re.compile(r"表(?:[（(].{1,16}[)）])?$")


@dataclass(frozen=True, slots=True)
class Seam:
    """What is known of the page break between two parts.

    ``room`` is the free height (points) below the upper part on its page, ``titled`` whether a
    line of text stands between them that is no repeated heading.
    """

    room: float
    page_height: float
    titled: bool


def goes_on(upper: TablePart, lower: TablePart, seam: Seam) -> bool:
    """Whether ``lower`` is the continuation of ``upper`` on the next page."""
    if seam.titled or upper.nested or lower.nested or upper.kind != lower.kind:
        return False
    if lower.pages[0] != upper.pages[-1] + 1 or not _same_columns(upper, lower):
        return False
    open_end = any(c.open_bottom for c in upper.cells if c.end_row == upper.n_rows)
    open_start = any(c.open_top for c in lower.cells if c.row == 0)
    if open_end and open_start:
        return True
    header = header_rows(upper, lower)
    if _is_same_form(upper, lower, header) or (not header and _has_title(lower)):
        return False
    if header or open_end or open_start:
        return True
    # Room enough for the next row: the break was wanted, so a new table begins. Not so where
    # the columns are those of the upper part and no title or header stands at the start of the
    # page: browsers move rows under one merged cell to the next page together.
    wanted = seam.room > lower.first_row_height + 14.0
    ours, theirs = _share_of_edges(upper, lower)
    same = theirs == 1.0 and (ours == 1.0 or len(lower.xs) - _OUTER_EDGES >= _TELLING)
    no_room = ours == theirs == 1.0 and _group_height(lower) > seam.room
    return not wanted or no_room or (same and seam.room <= 0.3 * seam.page_height)


def _group_height(part: TablePart) -> float:
    """Height of the first row with all that its merged cells reach over, in points."""
    heights = [c.boxes[0][1].bottom - c.boxes[0][1].top for c in part.cells if c.row == 0]
    return max(heights, default=0.0)


def _has_title(part: TablePart) -> bool:
    """Whether the first row is one cell over the whole width that names a table."""
    first = [c for c in part.cells if c.row == 0]
    return (
        len(first) == 1
        and first[0].colspan == len(part.xs) - 1 > 1
        and bool(_TITLE.search(first[0].compact))
    )


def _same_columns(upper: TablePart, lower: TablePart) -> bool:
    wide, other = upper.xs[-1] - upper.xs[0], lower.xs[-1] - lower.xs[0]
    if header_rows(upper, lower) and len(upper.xs) == len(lower.xs) > 3:
        return 0.8 <= wide / other <= 1.25  # the same header at another print scale
    if abs(wide - other) > OUTER or abs(upper.xs[0] - lower.xs[0]) > 5 * OUTER:
        return False
    return max(_share_of_edges(upper, lower)) >= 0.7


def _share_of_edges(upper: TablePart, lower: TablePart) -> tuple[float, float]:
    """Which share of the inner column edges of each part the other has too."""
    one, two = upper.xs[1:-1], _aligned(upper, lower)[1:-1]
    if not one or not two:
        return (1.0, 1.0) if not one and not two else (0.9, 0.9)
    hits_one = sum(any(abs(x - y) <= EDGE for y in two) for x in one)
    hits_two = sum(any(abs(x - y) <= EDGE for y in one) for x in two)
    return hits_one / len(one), hits_two / len(two)


def _aligned(upper: TablePart, lower: TablePart) -> list[float]:
    """The edges of ``lower`` moved and scaled to the outer edges of ``upper``."""
    a0, a1, b0, b1 = upper.xs[0], upper.xs[-1], lower.xs[0], lower.xs[-1]
    scale = (a1 - a0) / (b1 - b0)
    return [a0 + (x - b0) * scale for x in lower.xs]


def header_rows(upper: TablePart, lower: TablePart) -> int:
    """How many rows at the start of ``lower`` repeat the header of ``upper``, 0 for none."""
    return _header(upper, lower)[1]


def _header(upper: TablePart, lower: TablePart) -> tuple[int, int]:
    """Where in ``upper`` the repeated header begins (rows above it may be a title), its rows."""
    best = (0, 0)
    for start in range(min(_MAX_HEADER_START, len(upper.head))):
        rows = _equal_rows(upper.head[start:], lower.head)
        if start and max((_filled(row) for row in lower.head[:rows]), default=0) < 3:
            continue  # only a row of column names can begin further down
        if rows > best[1]:
            best = (start, rows)
    return best


def _filled(row: list[tuple[int, str]]) -> int:
    return sum(1 for _, text in row if text)


def _equal_rows(upper: list[list[tuple[int, str]]], lower: list[list[tuple[int, str]]]) -> int:
    same = 0
    for row in range(min(_MAX_HEADER_ROWS, len(upper), len(lower))):
        one, two = upper[row], lower[row]
        if not _is_equal_row(one, two) or any(FIGURE.match(text) for _, text in two):
            break
        same = row + 1
    # Only whole rows: no cell may reach out of the header.
    while same and any(
        row + rows > same for head in (upper, lower) for row in range(same) for rows, _ in head[row]
    ):
        same -= 1
    if not any(_filled(row) for row in lower[:same]):
        return 0
    return same


def _is_equal_row(one: list[tuple[int, str]], two: list[tuple[int, str]]) -> bool:
    """The same cells with the same texts; of many, one may have text of others printed over it."""
    if one == two:
        return True
    if len(one) != len(two) or len(one) < _MANY:
        return False
    other = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    return len(other) == 1 and all(
        a[0] == b[0] and (set(a[1]) < set(b[1]) or set(b[1]) < set(a[1])) for a, b in other
    )


def _is_same_form(upper: TablePart, lower: TablePart, header: int) -> bool:
    """Whether the lower part begins like the upper: the same form for another project.

    Forms repeat their labels with other values beside them; a continued table repeats at most its
    header.
    """
    labels = total = 0
    begin = header + _header(upper, lower)[0]
    for one, two in zip(upper.head[begin:][:6], lower.head[header:][:6], strict=False):
        for (_, text), (_, other) in zip(one, two, strict=False):
            if not text and not other:
                continue
            total += 1
            labels += text == other and bool(_LABEL.match(text))
    if len(upper.head) <= begin or len(lower.head) <= header:
        return False
    one, two = upper.head[begin], lower.head[header]
    if not one or not two or not one[0][1] or not two[0][1]:
        return False  # a form does not begin with a blank
    begins = bool({t for _, t in one} & {t for _, t in two if _LABEL.match(t)})
    return begins and total >= 4 and labels >= max(3, 0.4 * total)


def join(upper: TablePart, lower: TablePart) -> TablePart:
    """The two parts as one table, a repeated header dropped, cut cells made whole."""
    header = header_rows(upper, lower)
    below = [c for c in lower.cells if c.row >= header]
    for cell in below:
        cell.row -= header
    lower_rows = lower.n_rows - header
    edges, upper_at, lower_at = _merge_edges(upper.xs, _aligned(upper, lower))
    for cells, at in ((upper.cells, upper_at), (below, lower_at)):
        for cell in cells:
            start, end = at[cell.col], at[cell.col + cell.colspan]
            cell.col, cell.colspan = start, end - start
    pairs = meeting(upper, below)
    merged = cut_cells(pairs, len(edges) - 1, upper)
    gone = {id(b) for a, b in merged}
    for cell in below:
        cell.row += upper.n_rows
    for a, b in merged:
        a.rowspan += b.rowspan
        a.boxes += b.boxes
        a.lines += b.lines
        a.doubts += b.doubts
        a.open_bottom = b.open_bottom
    joined = TablePart(
        upper.pages + lower.pages,
        edges,
        upper.n_rows + lower_rows,
        upper.cells + [c for c in below if id(c) not in gone],
        upper.top,
        lower.bottom,
        upper.first_row_height,
        upper.kind,
        upper.doubts + lower.doubts,
        head=upper.head,
    )
    return _without_idle_rows(joined)


def _merge_edges(
    upper: list[float], lower: list[float]
) -> tuple[list[float], dict[int, int], dict[int, int]]:
    """Edges of both, and where each edge of the one and of the other lies among them."""
    if len(upper) == len(lower) and all(
        abs(x - y) <= 4 * EDGE for x, y in zip(upper, lower, strict=True)
    ):
        same = {i: i for i in range(len(upper))}
        return list(upper), same, dict(same)
    edges = list(upper)
    for i, x in enumerate(lower):
        if i == 0 or i == len(lower) - 1:
            continue
        if min(abs(x - y) for y in edges) > EDGE:
            edges.append(x)
    edges.sort()

    def places(own: list[float]) -> dict[int, int]:
        result: dict[int, int] = {}
        for i, x in enumerate(own):
            if i == 0:
                result[i] = 0
            elif i == len(own) - 1:
                result[i] = len(edges) - 1
            else:
                nearest = min(range(len(edges)), key=lambda k: abs(edges[k] - x))
                result[i] = max(nearest, result[i - 1] + 1)
        return result

    return edges, places(upper), places(lower)


def _without_idle_rows(part: TablePart) -> TablePart:
    """Drop row edges at which no cell begins or ends (a row that the page break had cut)."""
    edges = sorted({edge for c in part.cells for edge in (c.row, c.end_row)})
    if len(edges) == part.n_rows + 1:
        return part
    at = {edge: i for i, edge in enumerate(edges)}
    for cell in part.cells:
        start, end = at[cell.row], at[cell.end_row]
        cell.row, cell.rowspan = start, end - start
    return replace(part, n_rows=len(edges) - 1)


def to_grid(part: TablePart, ordinal: int) -> Grid:
    """The finished table as a block of the document."""
    cells = tuple(
        Cell(
            c.row,
            c.col,
            c.rowspan,
            c.colspan,
            c.text,
            tuple(Place(page, box) for page, box in c.boxes),
            tuple(c.doubts),
            c.vertical,
        )
        for c in sorted(part.cells, key=lambda c: (c.row, c.col))
    )
    return Grid(ordinal, part.n_rows, len(part.xs) - 1, cells, part.kind, tuple(part.doubts))
