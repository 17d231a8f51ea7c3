"""Which cells a page break cuts: open borders tell; where a maker closes the box, the text does.

Lines that end full in mid-sentence, blank partner cells. What rests on text alone carries a
``JOIN`` doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from orchestration.reading.document import BBox, Doubt, DoubtKind
from orchestration.reading.lines import Line
from orchestration.reading.parts import PartCell, TablePart

_JOINED = "跨页单元格按文字判断合并 | joined over the page break by its text"
_UNDECIDED = "跨页处是否同一行无法判定 | one row or two at the page break cannot be told"
_LONG_CELL = 3  # lines of a cell that make a cut row likelier than two rows
_FREE = 1.9  # type sizes below a last line in which no other line finds room, padding included
_MOST = 2  # blank cells below for each filled one in what is no row
_COLUMN = 6  # labels of a column, from the last, that show how they end
_WIDEST = 1.25  # type sizes a character may be wide, else the line is spread
_SENTENCE = 8  # characters of what is no label
_SENTENCE_END = re.compile(r"[。；;！？!?]\s*$")
FIGURE = re.compile(r"^[<>≤≥＝=±+\-−]?[\d,.，]+[%％‰]?$")
_PIECE = re.compile(r"[（(《“‘\[]*(?:[0-9A-Za-z.,%+/*=-]+|.)[，。、；：！？）》”’,.;:)\]%]*")
_NO_NUMBER = re.compile(r"^(?:0\d|[.,]\d)")  # no number begins so
_NUMBERED = re.compile(
    r"^(\d{1,2}[.、．)）](?!\d)|[（(]\d{1,2}[)）]|[一二三四五六七八九十]+、|指标\d)"
)


def meeting(upper: TablePart, below: list[PartCell]) -> list[tuple[PartCell, PartCell]]:
    """Cells that meet at the page break over the same columns, left to right."""
    last = {(c.col, c.colspan): c for c in upper.cells if c.end_row == upper.n_rows}
    return [
        (last[key], cell)
        for cell in sorted(below, key=lambda c: c.col)
        if cell.row == 0 and (key := (cell.col, cell.colspan)) in last
    ]


def cut_cells(
    pairs: list[tuple[PartCell, PartCell]], n_cols: int, upper: TablePart
) -> list[tuple[PartCell, PartCell]]:
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
            pair for pair in _continued_labels(pairs, upper, some_open) if pair not in some_open
        ]
    whole_row = sum(a.colspan for a, _ in pairs) == n_cols and (
        (len(pairs) in (ends_open, starts_open) and _is_complement(pairs))
        or _is_tail(pairs)
        or _is_cut_row(pairs)
    )
    merged = pairs if whole_row else _continued_labels(pairs, upper)
    if not whole_row and _is_row_beside(pairs, merged):
        merged = pairs
    _doubt_left_over(pairs, merged)
    for a, b in merged:
        if not (a.open_bottom or b.open_top) and (a.compact or b.compact):
            a.doubts.append(Doubt(DoubtKind.JOIN, _JOINED, a.text, b.text))
    return merged


def _doubt_left_over(
    pairs: list[tuple[PartCell, PartCell]], merged: list[tuple[PartCell, PartCell]]
) -> None:
    """Doubt texts on both sides of a break across which figures of the row are one cell.

    Then the row goes on, and it cannot be told whether the texts do.
    """
    if not any(FIGURE.match(a.compact) and a.rowspan == b.rowspan == 1 for a, b in merged):
        return
    for a, b in pairs:
        if (a, b) not in merged and a.compact and b.compact:
            for cell in (a, b):
                cell.doubts.append(Doubt(DoubtKind.STRUCTURE, _UNDECIDED, a.text, b.text))


def _is_cut_row(pairs: list[tuple[PartCell, PartCell]]) -> bool:
    """Whether the break cuts a row, judged by the text on both sides of it.

    A cell goes on below only where no further line of it fitted above: all that run on fill the
    row down to its end. Where most cells seem to go on and none is long, narrow columns explain
    it as well as a cut does; then the cells are doubted and stay apart.
    """
    running = [(a, b) for a, b in pairs if a.compact and b.compact]
    blank_below = sum(1 for a, b in pairs if a.compact and not b.compact)
    blank_above = sum(1 for a, b in pairs if b.compact and not a.compact)
    fullest = max((_text_height(a) for a, _ in pairs if a.rowspan == 1), default=0.0)
    if not running or not all(_may_go_on(a, b, fullest) for a, b in running):
        return False
    if any(_is_unclosed(a.compact, b.compact) for a, b in running):
        return True
    if blank_below >= len(running) or (len(running) > 1 and _keeps_figures(pairs)):
        return True
    return not blank_above and len(running) > 1 and _are_long(running, pairs)


def _is_row_beside(
    pairs: list[tuple[PartCell, PartCell]], labels: list[tuple[PartCell, PartCell]]
) -> bool:
    """Whether the break cuts the row that stands beside labels which go on over further rows.

    What tears the label apart (580.34000 | 0) says nothing of the row.
    """
    row = [(a, b) for a, b in pairs if b.rowspan == 1]
    if len(row) in (0, len(pairs)) or any(d.detail == _UNDECIDED for a, _ in row for d in a.doubts):
        return False
    beside = all(pair in row or pair in labels for pair in pairs)
    return beside and (_is_tail(row) or _is_cut_row(row))


def _is_tail(row: list[tuple[PartCell, PartCell]]) -> bool:
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
    if any(FIGURE.match(b.compact) and not _is_torn(a.compact, b.compact) for a, b in both):
        return False
    figures = any(FIGURE.match(c.compact) for pair in row for c in pair)
    return figures and all(_runs_on(a, b) for a, b in both)


def _is_complement(pairs: list[tuple[PartCell, PartCell]]) -> bool:
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


def _keeps_figures(pairs: list[tuple[PartCell, PartCell]]) -> bool:
    """Whether the figures stand above: names with (almost) no figure are the end of that row."""
    above = sum(1 for a, b in pairs if FIGURE.match(a.compact) and not b.compact)
    below = sum(1 for _, b in pairs if FIGURE.match(b.compact))
    return above > below and not any(b.compact and not a.compact for a, b in pairs)


def _may_go_on(a: PartCell, b: PartCell, fullest: float) -> bool:
    """Whether both texts may be one: figures only where the break tears one apart."""
    if FIGURE.match(a.compact) and FIGURE.match(b.compact) and not _is_torn(a.compact, b.compact):
        return False
    return _runs_on(a, b) and (a.rowspan > 1 or _is_filled(a, fullest))


def _is_torn(above: str, under: str) -> bool:
    """Whether what stands below is no number of its own: 335.07 | 00."""
    return above[-1] in ".," or bool(_NO_NUMBER.match(under))


def _is_unclosed(above: str, under: str) -> bool:
    """Whether a bracket opened above is closed below."""
    return above.count("(") > above.count(")") and under.count(")") > under.count("(")


def _are_long(
    running: list[tuple[PartCell, PartCell]], row: list[tuple[PartCell, PartCell]]
) -> bool:
    """Whether some cell has lines enough to be cut; else both rows are doubted, figures too."""
    if max(len(a.lines[-1]) for a, _ in running) >= _LONG_CELL:
        return True
    for a, b in row:
        for cell in (a, b):
            if (a, b) in running or FIGURE.match(cell.compact):
                cell.doubts.append(Doubt(DoubtKind.STRUCTURE, _UNDECIDED, a.text, b.text))
    return False


def _text_height(cell: PartCell) -> float:
    """Height of the lines on the last page of a cell, in points."""
    lines = cell.lines[-1] if cell.lines else []
    return lines[-1].bottom - lines[0].top if lines else 0.0


def _is_filled(cell: PartCell, fullest: float) -> bool:
    """Whether no further line would have fitted, by the fullest cell of the row."""
    return cell.vertical or _text_height(cell) > fullest - 0.7 * cell.lines[-1][-1].size


def _runs_on(a: PartCell, b: PartCell, roomy: int = 999) -> bool:
    """Whether the text of ``a`` may go on in ``b``.

    The sentence has not ended, its last line is full and no line finds room below it; a text of
    ``roomy`` characters may leave room.
    """
    lines = a.lines[-1] if a.lines else []
    if not lines or _SENTENCE_END.search(lines[-1].text) or _NUMBERED.match(b.text):
        return False
    if not any(ch.isalnum() for ch in b.compact):
        return False  # dots or a dash for what is left out
    if a.vertical or b.vertical:
        return True
    box = a.boxes[-1][1]
    last = lines[-1]
    if len(a.compact) < roomy and box.bottom - last.bottom > _FREE * last.size:
        return False
    return box.x1 - last.x1 <= (0.7 + _unbreakable(b.compact)) * _type_width(last)


def _unbreakable(text: str) -> float:
    """Widths of type of what must begin a line in one piece: a number, or 类）."""
    match = _PIECE.match(text)
    return _widths(match[0]) if match else 1


def _type_width(line: Line) -> float:
    """Width of a Chinese character of a line; fonts that stand in may be wider than high."""
    units = _widths("".join(line.text.split()))
    return min(max(line.size, (line.x1 - line.x0) / units), _WIDEST * line.size)


def _widths(text: str) -> float:
    return sum(0.55 if ch.isascii() and ch not in "()" else 1.0 for ch in text)


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
    torn = _torn(pairs)
    for a, b in pairs:
        if b.col != (result[-1][1].col + result[-1][1].colspan if result else 0):
            break
        blank_below = a.compact and not b.compact
        beside = (
            bool(result)
            and (not (a.compact and b.compact) or _runs_on(a, b, _SENTENCE))
            and a.rowspan > 1
            and (a.row, b.end_row) == (result[-1][0].row, result[-1][1].end_row)
        )
        if (
            not blank_below
            and not beside
            and (a, b) not in known
            and (a, b) not in torn
            and not _is_broken_label(a, b)
            and not _is_parted_label(a, b, upper)
            and not _is_blank_head(a, b, upper)
        ):
            break
        result.append((a, b))
    if len(result) == len(pairs):
        return []  # a blank row, not a row of continued labels
    return result


def _torn(pairs: list[tuple[PartCell, PartCell]]) -> list[tuple[PartCell, PartCell]]:
    """The cells at the left, equally high, that the break cuts together.

    It tears their numbers or codes apart (580.34 | 00), or their figures stand above only. One
    number that may as well be whole on both pages is doubted.
    """
    group: list[tuple[PartCell, PartCell]] = []
    torn = running = 0
    sure = False
    for a, b in pairs:
        first = pairs[0]
        if (a.rowspan, b.rowspan) != (first[0].rowspan, first[1].rowspan):
            break
        above, under = a.compact, b.compact
        if under and not (above and _runs_on(a, b)):
            break
        group.append((a, b))
        running += bool(under)
        sure |= bool(FIGURE.match(above)) and not under
        if under and _is_word(above[-1]) and _is_word(under[0]):
            torn += 1
            sure |= _is_torn(above, under)
    if not running or group[0][0].rowspan == group[0][1].rowspan == 1:
        return []
    if torn > 1 or sure:
        return group
    for a, b in group if torn else []:
        if b.compact:
            for cell in (a, b):
                cell.doubts.append(Doubt(DoubtKind.STRUCTURE, _UNDECIDED, a.text, b.text))
    return []


def _is_word(ch: str) -> bool:
    """A character of numbers and codes."""
    return ch.isascii() and (ch.isalnum() or ch in ".,")


def _is_blank_head(a: PartCell, b: PartCell, upper: TablePart) -> bool:
    """A blank cell at the foot of a page that is the head of the label at the top of the next.

    A merged blank one is. A blank one over a single row may also mean "as above"; then the column
    has other such cells on the page.
    """
    if a.compact or not b.compact or FIGURE.match(b.compact) or not upper.cells:
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


def _is_parted_label(a: PartCell, b: PartCell, upper: TablePart) -> bool:
    """A merged label of which the last line stands on the next page: 满意度指 | 标.

    It fills its part of the page above. Below, its rest is a single character or closes a bracket,
    or brings the ending that the labels of the column share, or it stands at the top of its cell in
    a column whose merged labels stand in the middle.
    """
    if a.rowspan == b.rowspan == 1 or not a.compact or not b.compact or not _runs_on(a, b):
        return False
    if any(ch.isdigit() for ch in b.compact):
        return False
    if len(b.compact) == 1 or _is_unclosed(a.compact, b.compact):
        return True
    if _lacks_ending(a, b, upper):
        return True
    return _stands(b, b.boxes[0][1], b.lines[0]) < 0 and any(
        c.col == a.col and c is not a and c.rowspan > 1 and _is_middle(c) for c in upper.cells
    )


def _lacks_ending(a: PartCell, b: PartCell, upper: TablePart) -> bool:
    """Whether the labels of the column end alike and only both pieces together do so too."""
    ending = (a.compact + b.compact)[-2:]
    labels = [
        c.compact for c in upper.cells if c.col == a.col and c.colspan == a.colspan and c is not a
    ]
    labels = [label for label in labels[-_COLUMN:] if label]
    alike = sum(label.endswith(ending) for label in labels)
    return not a.compact.endswith(ending) and alike > 1 and alike * 4 >= len(labels) * 3


def _is_middle(cell: PartCell) -> bool:
    """Whether the text of a cell on one page stands in the middle of more room than it needs."""
    return len(cell.boxes) == 1 and _stands(cell, cell.boxes[0][1], cell.lines[0]) > 0


def _stands(cell: PartCell, box: BBox, lines: Sequence[Line]) -> int:
    """Where text stands in a box with room for a line above and below: 1 middle, -1 top, else 0."""
    if cell.vertical or not lines:
        return 0
    size = lines[0].size
    above, under = lines[0].top - box.top, box.bottom - lines[-1].bottom
    if above > size and abs(above - under) < 0.5 * size:
        return 1
    return -1 if above < 0.5 * size and under > 2 * size else 0
