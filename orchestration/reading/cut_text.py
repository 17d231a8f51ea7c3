"""What text tells at a page break: whether it runs on, is torn apart, fills its cell."""

from __future__ import annotations

import re

from orchestration.reading.lines import Line
from orchestration.reading.parts import PartCell

#: Two cells that meet at a page break, the upper first.
Pair = tuple[PartCell, PartCell]

UNDECIDED = "跨页处是否同一行无法判定 | one row or two at the page break cannot be told"
_FREE = 1.9  # type sizes below a last line in which no other line finds room, padding included
_PITCH = 1.3  # type sizes from line to line
_MARGIN = 0.7  # type widths between a border and a full line, at most
_WIDEST = 1.25  # type sizes a character may be wide, else the line is spread
_SENTENCE_END = re.compile(r"[。；;！？!?]\s*$")
FIGURE = re.compile(r"^[<>≤≥＝=±+\-−]?[\d,.，]+[%％‰]?$")
_PIECE = re.compile(r"[（(《“‘\[]*(?:[0-9A-Za-z.,%+/*=-]+|.)[，。、；：！？）》”’,.;:)\]%]*")
_NO_NUMBER = re.compile(r"^(?:0\d|[.,]\d)")  # no number begins so
NUMBERED = re.compile(
    r"^(\d{1,2}[.、．)）](?!\d)|[（(]\d{1,2}[)）]|[一二三四五六七八九十]+、|指标\d)"
)


def is_torn(above: str, under: str) -> bool:
    """Whether what stands below is no number of its own: 335.07 | 00."""
    return above[-1] in ".," or bool(_NO_NUMBER.match(under))


def is_unclosed(above: str, under: str) -> bool:
    """Whether a bracket opened above is closed below."""
    return above.count("(") > above.count(")") and under.count(")") > under.count("(")


def text_height(cell: PartCell) -> float:
    """Height of the lines on the last page of a cell, in points."""
    lines = cell.lines[-1] if cell.lines else []
    return lines[-1].bottom - lines[0].top if lines else 0.0


def is_filled(cell: PartCell, fullest: float, spare: int = 0) -> bool:
    """Whether no further line (but ``spare`` ones) would have fitted, by the fullest cell."""
    if cell.vertical:
        return True
    lines = cell.lines[-1]
    pitch = lines[-1].base - lines[-2].base if len(lines) > 1 else _PITCH * lines[-1].size
    return text_height(cell) + spare * pitch > fullest - 0.7 * lines[-1].size


def runs_on(a: PartCell, b: PartCell, roomy: int = 999) -> bool:
    """Whether the text of ``a`` may go on in ``b``.

    The sentence has not ended, its last line is full and no line finds room below it; a text of
    ``roomy`` characters may leave room.
    """
    lines = a.lines[-1] if a.lines else []
    if not lines or _SENTENCE_END.search(lines[-1].text) or NUMBERED.match(b.text):
        return False
    if not any(ch.isalnum() for ch in b.compact):
        return False  # dots or a dash for what is left out
    if a.vertical or b.vertical:
        return True
    box = a.boxes[-1][1]
    last = lines[-1]
    if len(a.compact) < roomy and box.bottom - last.bottom > _FREE * last.size:
        return False
    width, piece = _type_width(last), _unbreakable(b.compact)
    left, right = last.x0 - box.x0, box.x1 - last.x1
    return right <= (_MARGIN + piece) * width and left + right <= (2 * _MARGIN + piece) * width


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
