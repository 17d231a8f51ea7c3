"""Labels that go on below a page break: blank there, or a word that the page tears apart."""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.reading.cut_text import FIGURE, UNDECIDED, Pair, is_torn, is_unclosed, runs_on
from orchestration.reading.document import BBox, Doubt, DoubtKind
from orchestration.reading.lines import Line
from orchestration.reading.parts import PartCell, TablePart
from orchestration.word_lists import word_rows

_LABEL = 4  # characters of a label with an ending
_COLUMN = 6  # labels of a column, from the last, that show how they end
_SENTENCE = 8  # characters of what is no label
#: Characters that are said by themselves in a cell, and so are no rest of a word.
_WORDS = frozenset(row["wording"] for row in word_rows("lone_word"))


def continued_labels(
    pairs: list[Pair],
    upper: TablePart,
    known: Sequence[Pair] = (),
) -> list[Pair]:
    """Label cells at the left that go on below: blank there, or a word broken by the page.

    Where the label is printed on the lower page its upper part is blank. Beside a label cut by the
    page, cells as high as it are cut too, blank or not.
    """
    result: list[Pair] = []
    torn = _torn(pairs)
    for a, b in pairs:
        if b.col != (result[-1][1].col + result[-1][1].colspan if result else 0):
            break
        blank_below = a.compact and not b.compact
        beside = (
            bool(result)
            and (not (a.compact and b.compact) or (runs_on(a, b, _SENTENCE) and not _are_two(a, b)))
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


def _torn(pairs: list[Pair]) -> list[Pair]:
    """The cells at the left, equally high, that the break cuts together.

    It tears their numbers or codes apart (580.34 | 00), or their figures stand above only. One
    number that may as well be whole on both pages is doubted.
    """
    group: list[Pair] = []
    torn = running = 0
    sure = False
    for a, b in pairs:
        first = pairs[0]
        if (a.rowspan, b.rowspan) != (first[0].rowspan, first[1].rowspan):
            break
        above, under = a.compact, b.compact
        if under and not (above and runs_on(a, b)):
            break
        group.append((a, b))
        running += bool(under)
        sure |= bool(FIGURE.match(above)) and not under
        if under and _is_word(above[-1]) and _is_word(under[0]):
            torn += 1
            sure |= is_torn(above, under)
    if not running or group[0][0].rowspan == group[0][1].rowspan == 1:
        return []
    if torn > 1 or sure:
        return group
    for a, b in group if torn else []:
        if b.compact:
            for cell in (a, b):
                cell.doubts.append(Doubt(DoubtKind.STRUCTURE, UNDECIDED, a.text, b.text))
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

    It fills its part of the page above. Below, its rest is a single character that is no word of
    its own, or closes a bracket, or brings the ending that the labels of the column share, or it
    stands at the top of its cell in a column whose merged labels stand in the middle.
    """
    if a.rowspan == b.rowspan == 1 or not a.compact or not b.compact or not runs_on(a, b):
        return False
    if _are_two(a, b) or b.compact in _WORDS or any(ch.isdigit() for ch in b.compact):
        return False
    if len(b.compact) == 1 or is_unclosed(a.compact, b.compact) or _lacks_ending(a, b, upper):
        return True
    return _stands(b, b.boxes[0][1], b.lines[0]) < 0 and any(
        c.col == a.col and c is not a and c.rowspan > 1 and _is_middle(c) for c in upper.cells
    )


def _are_two(a: PartCell, b: PartCell) -> bool:
    """Whether both texts end alike and so are labels each: 社会效益指标 | 可持续影响指标."""
    return min(len(a.compact), len(b.compact)) >= _LABEL and a.compact[-2:] == b.compact[-2:]


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
