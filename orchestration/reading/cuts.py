"""Which cells a page break cuts: open borders tell; where a maker closes the box, the text does.

Lines that end full in mid-sentence, blank partner cells. What rests on text alone carries a
``JOIN`` doubt.
"""

from __future__ import annotations

from orchestration.reading.cut_labels import continued_labels
from orchestration.reading.cut_text import (
    FIGURE,
    NUMBERED,
    UNDECIDED,
    Pair,
    is_filled,
    is_torn,
    is_unclosed,
    runs_on,
    text_height,
)
from orchestration.reading.document import Doubt, DoubtKind
from orchestration.reading.parts import PartCell, TablePart

_JOINED = "跨页单元格按文字判断合并 | joined over the page break by its text"
_LONG_CELL = 3  # lines of a cell that make a cut row likelier than two rows
_MOST = 2  # blank cells below for each filled one in what is no row
_WIDOW = 1  # lines that setting leaves free, so that none stands alone on the next page


def meeting(upper: TablePart, below: list[PartCell]) -> list[Pair]:
    """Cells that meet at the page break over the same columns, left to right."""
    last = {(c.col, c.colspan): c for c in upper.cells if c.end_row == upper.n_rows}
    return [
        (last[key], cell)
        for cell in sorted(below, key=lambda c: c.col)
        if cell.row == 0 and (key := (cell.col, cell.colspan)) in last
    ]


def cut_cells(pairs: list[Pair], n_cols: int, upper: TablePart) -> list[Pair]:
    """The pairs that are one cell cut by the page break."""
    if not pairs:
        return []
    both_open = [(a, b) for a, b in pairs if a.open_bottom and b.open_top]
    some_open = [(a, b) for a, b in pairs if a.open_bottom or b.open_top]
    if both_open and len(both_open) == len(some_open):
        return both_open
    ends_open = sum(a.open_bottom for a, _ in pairs)
    starts_open = sum(b.open_top for _, b in pairs)
    if 0 < min(ends_open, starts_open) < max(ends_open, starts_open) == len(pairs):
        return both_open  # one page tells the cells apart, the other leaves all of them open
    if some_open and len(some_open) < len(pairs):
        # Some cells end here and some are left open: the maker tells them apart.
        return some_open + [
            pair for pair in continued_labels(pairs, upper, some_open) if pair not in some_open
        ]
    whole_row = sum(a.colspan for a, _ in pairs) == n_cols and (
        (len(pairs) in (ends_open, starts_open) and _is_complement(pairs))
        or _is_tail(pairs)
        or _is_cut_row(pairs)
    )
    merged = pairs if whole_row else continued_labels(pairs, upper)
    if not whole_row and _is_row_beside(pairs, merged):
        merged = pairs
    _doubt_left_over(pairs, merged)
    for a, b in merged:
        if not (a.open_bottom or b.open_top) and (a.compact or b.compact):
            a.doubts.append(Doubt(DoubtKind.JOIN, _JOINED, a.text, b.text))
    return merged


def _doubt_left_over(pairs: list[Pair], merged: list[Pair]) -> None:
    """Doubt texts on both sides of a break below which the figures of the row are missing.

    Where the figures are one cell with what is below, or blank there and nowhere else a figure, the
    row may go on, and it cannot be told whether the texts do.
    """
    row = [(a, b) for a, b in pairs if a.rowspan == b.rowspan == 1]
    if len(merged) == len(pairs) or any(FIGURE.match(b.compact) for _, b in row):
        return
    if not any(FIGURE.match(a.compact) and not b.compact for a, b in row):
        return
    for a, b in row:
        if (a, b) not in merged and a.compact and b.compact and not NUMBERED.match(b.text):
            for cell in (a, b):
                cell.doubts.append(Doubt(DoubtKind.STRUCTURE, UNDECIDED, a.text, b.text))


def _is_cut_row(pairs: list[Pair]) -> bool:
    """Whether the break cuts a row, judged by the text on both sides of it.

    A cell goes on below only where no further line of it fitted above: all that run on fill the
    row down to its end. Where most cells seem to go on and none is long, narrow columns explain
    it as well as a cut does; then the cells are doubted and stay apart.
    """
    running = [(a, b) for a, b in pairs if a.compact and b.compact]
    blank_below = sum(1 for a, b in pairs if a.compact and not b.compact)
    blank_above = sum(1 for a, b in pairs if b.compact and not a.compact)
    fullest = max((text_height(a) for a, _ in pairs if a.rowspan == 1), default=0.0)
    gone = any(FIGURE.match(a.compact) and not b.compact for a, b in pairs)
    if not running or not all(_may_go_on(a, b, fullest, gone, _WIDOW) for a, b in running):
        return False
    sure = all(_may_go_on(a, b, fullest, gone) for a, b in running)
    if sure and any(is_unclosed(a.compact, b.compact) for a, b in running):
        return True
    if blank_below >= len(running) or (len(running) > 1 and _keeps_figures(pairs)):
        return True
    if blank_above or len(running) == 1 or not sure:
        return False
    return _are_long(running, pairs)


def _is_row_beside(pairs: list[Pair], labels: list[Pair]) -> bool:
    """Whether the break cuts the row that stands beside labels which go on over further rows.

    What tears the label apart (580.34000 | 0) says nothing of the row.
    """
    row = [(a, b) for a, b in pairs if b.rowspan == 1]
    if len(row) in (0, len(pairs)) or any(d.detail == UNDECIDED for a, _ in row for d in a.doubts):
        return False
    beside = all(pair in row or pair in labels for pair in pairs)
    return beside and (_is_tail(row) or _is_cut_row(row))


def _is_tail(row: list[Pair]) -> bool:
    """Whether below stand but ends of what stands above: no name, and no figure beside one above.

    A row has a name. Where the first cell and most of the others are blank below though filled
    above, the rest is no row, however the maker set it: as an end of a text, or pushed down.
    """
    filled = [(a, b) for a, b in row if a.compact]
    gone = sum(1 for _, b in filled if not b.compact)
    if not filled or filled[0][1].compact or gone < _MOST * sum(1 for _, b in row if b.compact):
        return False
    if not any(b.compact for _, b in row) or any(a.rowspan + b.rowspan > 2 for a, b in row):
        return False
    both = [(a, b) for a, b in filled if b.compact]
    if any(FIGURE.match(b.compact) and not is_torn(a.compact, b.compact) for a, b in both):
        return False
    figures = any(FIGURE.match(c.compact) for pair in row for c in pair)
    return figures and all(runs_on(a, b) for a, b in both)


def _is_complement(pairs: list[Pair]) -> bool:
    """Whether the figures stand above and the names below, no cell in both.

    A row cut by its height, its texts in the middle: lines that do not fit move to the next page.
    Below a repeated header the cut cells look closed.
    """
    return (
        not any(a.compact and b.compact for a, b in pairs)
        and any(FIGURE.match(a.compact) for a, _ in pairs)
        and any(b.compact for _, b in pairs)
        and not any(FIGURE.match(b.compact) for _, b in pairs)
    )


def _keeps_figures(pairs: list[Pair]) -> bool:
    """Whether the figures stand above: names with (almost) no figure are the end of that row."""
    above = sum(1 for a, b in pairs if FIGURE.match(a.compact) and not b.compact)
    below = sum(1 for _, b in pairs if FIGURE.match(b.compact))
    return above > below and not any(b.compact and not a.compact for a, b in pairs)


def _may_go_on(a: PartCell, b: PartCell, fullest: float, gone: bool, spare: int = 0) -> bool:
    """Whether both texts may be one: figures only where the break tears one apart.

    A number with no room for its last digits looks whole (2.1 | 6); it is torn only in a row of
    which other figures are ``gone`` below.
    """
    figures = FIGURE.match(a.compact) and FIGURE.match(b.compact)
    if figures and not gone and not is_torn(a.compact, b.compact):
        return False
    return runs_on(a, b) and (a.rowspan > 1 or is_filled(a, fullest, spare))


def _are_long(running: list[Pair], row: list[Pair]) -> bool:
    """Whether some cell has lines enough to be cut; else both rows are doubted, figures too."""
    if max(len(a.lines[-1]) for a, _ in running) >= _LONG_CELL:
        return True
    for a, b in row:
        for cell in (a, b):
            if (a, b) in running or FIGURE.match(cell.compact):
                cell.doubts.append(Doubt(DoubtKind.STRUCTURE, UNDECIDED, a.text, b.text))
    return False
