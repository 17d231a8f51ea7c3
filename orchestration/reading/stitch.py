"""Tables over pages: the parts of one table on several pages become one.

A part is a :class:`TablePart`, whoever read it (PDF or OCR). Two questions are asked at each page
break: does the table go on (:func:`goes_on`), and which cells does the break cut
(:func:`join`). Open borders answer both; where a maker closes the box at the page break, the text
does: lines that end full in mid-sentence, blank partner cells. What rests on text alone carries a
``JOIN`` doubt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from orchestration.reading.document import (
    BBox,
    Cell,
    Doubt,
    DoubtKind,
    Grid,
    GridKind,
    Place,
)
from orchestration.reading.lines import Line

#: Column edges of two parts this near are the same edge.
EDGE = 3.6
#: Outer edges may differ by this much between pages.
OUTER = 7.0
_MAX_HEADER_ROWS = 6
_HEAD_ROWS = 14
_MAX_HEADER_START = 10  # rows above the indicators of a target form
_JOINED = "跨页单元格按文字判断合并 | joined over the page break by its text"
_SENTENCE_END = re.compile(r"[。；;！？!?]\s*$")
_FIGURE = re.compile(r"^[<>≤≥＝=±+\-−]?[\d,.，]+[%％‰]?$")
_TITLE = re.compile(r"表(?:[（(].{1,16}[)）])?$")
_NUMBERED = re.compile(r"^(\d{1,2}[.、．)）](?!\d)|[（(]\d{1,2}[)）]|[一二三四五六七八九十]+、)")


@dataclass(slots=True)
class PartCell:
    """A cell of a table that may reach over pages.

    ``boxes`` are (page, rectangle) in order, ``lines`` the printed lines of each.
    """

    row: int
    col: int
    rowspan: int
    colspan: int
    boxes: list[tuple[int, BBox]]
    lines: list[list[Line]]
    doubts: list[Doubt] = field(default_factory=list)
    vertical: bool = False
    open_top: bool = False
    open_bottom: bool = False
    _seen: tuple[str, str] = ("", "")

    @property
    def text(self) -> str:
        """What is printed, lines joined by line ends."""
        return "\n".join(line.text for lines in self.lines for line in lines)

    @property
    def compact(self) -> str:
        """NFKC without white space."""
        text = self.text
        if text != self._seen[0]:
            self._seen = (text, "".join(unicodedata.normalize("NFKC", text).split()))
        return self._seen[1]

    @property
    def end_row(self) -> int:
        """The row after the last one it covers."""
        return self.row + self.rowspan


@dataclass(slots=True)
class TablePart:
    """A table on one page, or what has been joined so far.

    ``xs`` are column edges as on the first page; ``top``/``bottom`` where the first page's part
    begins and the last page's part ends.
    """

    pages: list[int]
    xs: list[float]
    n_rows: int
    cells: list[PartCell]
    top: float
    bottom: float
    first_row_height: float
    kind: GridKind = GridKind.RULED
    doubts: list[Doubt] = field(default_factory=list)
    nested: bool = False
    #: the first rows of the first part: (rows covered, text) of each cell, left to right
    head: list[list[tuple[int, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.head:
            self.head = [self.row_text(row) for row in range(min(_HEAD_ROWS, self.n_rows))]

    def row_text(self, row: int) -> list[tuple[int, str]]:
        """Rows covered and text of the cells that begin in a row, left to right."""
        cells = sorted((c for c in self.cells if c.row == row), key=lambda c: c.col)
        return [(c.rowspan, c.compact) for c in cells]


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
    # all columns are the same and no title or header stands at the start of the page.
    wanted = seam.room > lower.first_row_height + 14.0
    return not wanted or (
        _share_of_edges(upper, lower) == (1.0, 1.0) and seam.room <= 0.3 * seam.page_height
    )


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
        if one != two or any(_FIGURE.match(text) for _, text in two):
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
            labels += text == other and not any(ch.isdigit() for ch in text)
    if len(upper.head) <= begin or len(lower.head) <= header:
        return False
    begins = bool({t for _, t in upper.head[begin]} & {t for _, t in lower.head[header]} - {""})
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
    pairs = _pairs(upper, below)
    merged = _cut_cells(pairs, len(edges) - 1, upper)
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


def _pairs(upper: TablePart, below: list[PartCell]) -> list[tuple[PartCell, PartCell]]:
    """Cells that meet at the page break over the same columns, left to right."""
    last = {(c.col, c.colspan): c for c in upper.cells if c.end_row == upper.n_rows}
    return [
        (last[key], cell)
        for cell in sorted(below, key=lambda c: c.col)
        if cell.row == 0 and (key := (cell.col, cell.colspan)) in last
    ]


def _cut_cells(
    pairs: list[tuple[PartCell, PartCell]], n_cols: int, upper: TablePart
) -> list[tuple[PartCell, PartCell]]:
    """The pairs that are one cell cut by the page break."""
    if not pairs:
        return []
    both_open = [(a, b) for a, b in pairs if a.open_bottom and b.open_top]
    some_open = [(a, b) for a, b in pairs if a.open_bottom or b.open_top]
    if both_open and len(both_open) == len(some_open):
        return both_open
    if some_open and len(some_open) < len(pairs):
        # Some cells end here and some are left open: the maker tells them apart.
        return some_open + [
            pair for pair in _continued_labels(pairs, upper, some_open) if pair not in some_open
        ]
    whole_row = sum(a.colspan for a, _ in pairs) == n_cols and _is_cut_row(pairs)
    merged = pairs if whole_row else _continued_labels(pairs, upper)
    for a, b in merged:
        if not (a.open_bottom or b.open_top) and (a.compact or b.compact):
            a.doubts.append(Doubt(DoubtKind.JOIN, _JOINED, a.text, b.text))
    return merged


def _is_cut_row(pairs: list[tuple[PartCell, PartCell]]) -> bool:
    """Whether the break cuts a row, judged by the text on both sides of it."""
    running = blank_below = blank_above = 0
    for a, b in pairs:
        above, under = a.compact, b.compact
        if not above and not under:
            continue
        if not under:
            blank_below += 1
        elif not above:
            blank_above += 1
        elif _FIGURE.match(above) or _FIGURE.match(under):
            return False
        elif _runs_on(a, b):
            running += 1
        else:
            return False
    if not running:
        return False
    return blank_below > 0 or (blank_above == 0 and running == len(pairs) > 1)


def _runs_on(a: PartCell, b: PartCell) -> bool:
    """Whether the text of ``a`` may go on in ``b``: last line full, sentence not ended."""
    lines = a.lines[-1] if a.lines else []
    if not lines or _SENTENCE_END.search(lines[-1].text) or _NUMBERED.match(b.text):
        return False
    if a.vertical or b.vertical:
        return True
    box = a.boxes[-1][1]
    last = lines[-1]
    return box.x1 - last.x1 <= 1.7 * last.size


def _continued_labels(
    pairs: list[tuple[PartCell, PartCell]],
    upper: TablePart,
    known: Sequence[tuple[PartCell, PartCell]] = (),
) -> list[tuple[PartCell, PartCell]]:
    """Label cells at the left that go on below: blank there, or a word broken by the page.

    Where the label is printed on the lower page its upper part is blank. Beside a label cut by the
    page, cells as high as it are cut too, blank or not.
    """
    result: list[tuple[PartCell, PartCell]] = []
    for a, b in pairs:
        if b.col != (result[-1][1].col + result[-1][1].colspan if result else 0):
            break
        blank_below = a.compact and not b.compact
        beside = (
            bool(result)
            and (not (a.compact and b.compact) or _runs_on(a, b))
            and a.rowspan > 1
            and (a.row, b.end_row) == (result[-1][0].row, result[-1][1].end_row)
        )
        if (
            not blank_below
            and not beside
            and (a, b) not in known
            and not _is_broken_label(a, b)
            and not _is_blank_head(a, b, upper)
        ):
            break
        result.append((a, b))
    if len(result) == len(pairs):
        return []  # a blank row, not a row of continued labels
    return result


def _is_blank_head(a: PartCell, b: PartCell, upper: TablePart) -> bool:
    """A blank cell at the foot of a page that is the head of the label at the top of the next.

    A merged blank one is. A blank one over a single row may also mean "as above"; then the column
    has other such cells on the page.
    """
    if a.compact or not b.compact or _FIGURE.match(b.compact) or not upper.cells:
        return False
    if a.rowspan > 1:
        return True
    column = [c for c in upper.cells if c.col == a.col and c is not a and c.row < a.row]
    merged = any(c.rowspan > 1 and c.compact for c in column) or b.rowspan > 1
    return merged and not any(c.rowspan == 1 and not c.compact for c in column)


def _is_broken_label(a: PartCell, b: PartCell) -> bool:
    """A centred label whose characters the page break parts, such as 产出 | 指标."""
    if not a.compact or not b.compact or len(b.compact) > 4 or not a.lines or not b.lines:
        return False
    if a.rowspan == 1 and b.rowspan == 1:
        return False
    above, under = a.boxes[-1][1], b.boxes[0][1]
    upper, lower = a.lines[-1], b.lines[0]
    if not upper or not lower or any(ch.isdigit() for ch in a.compact + b.compact):
        return False
    at_end = above.bottom - upper[-1].bottom < upper[0].top - above.top - upper[0].size
    at_start = lower[0].top - under.top < under.bottom - lower[-1].bottom - lower[0].size
    return at_end and at_start


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
