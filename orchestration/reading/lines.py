"""Lines of text from glyphs: upright, turned, and stacked one glyph per line.

Works on any :class:`~orchestration.reading.geometry.Ink`, whoever read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from operator import itemgetter

from orchestration.reading.document import BBox, Doubt
from orchestration.reading.geometry import Glyph

#: Glyphs whose baselines differ by less than this share of the larger glyph share a line
#: (superscripts are raised by a third of the type size, lines follow at one type size or more).
_SAME_LINE = 0.45
_WORD_GAP = 0.35  # a gap that parts Latin words and figures, as a share of the glyph height
_SPACE_GAP = 0.1  # the same where a blank is printed
_WIDE_GAP = 0.9  # a gap that parts anything
#: Share of a glyph's box that the text before it covers where text lies over text: more than a
#: half, or, of many glyphs, about a half (two lines of one pitch, shifted by half of it).
_HIDDEN, _COVERED = 0.5, 0.45


@dataclass(slots=True)
class Line:
    """One printed line: text, place, type size (height of the em box), glyphs by index.

    ``overprinted`` is set where glyphs lie upon each other so that their order means nothing.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    turn: int = 0
    overprinted: bool = False
    doubts: tuple[Doubt, ...] = ()
    #: parts with wide gaps between: x0, x1, text (along the line where the text is upright)
    segments: list[tuple[float, float, str]] = field(default_factory=list)

    @property
    def bbox(self) -> BBox:
        """The rectangle of the line."""
        return BBox(self.x0, self.top, self.x1, self.bottom)


def read_lines(glyphs: Sequence[Glyph]) -> tuple[list[Line], bool]:
    """The lines of some glyphs in reading order, and whether the text is set vertically.

    ``glyphs`` come in drawing order, which tells vertical setting from rows.
    """
    if not glyphs:
        return [], False
    if not any(map(_TURN, glyphs)):
        return _upright(glyphs)
    turns = {glyph[7] for glyph in glyphs}
    if turns == {0, 3} and len(glyphs) <= 400 and _is_column(glyphs):
        # Vertical setting: Chinese upright, figures turned.
        return _turned([_by_middle(glyph) for glyph in glyphs], 3), True
    by_turn = sorted(turns, key=lambda turn: -sum(glyph[7] == turn for glyph in glyphs))
    lines: list[Line] = []
    for turn in by_turn:
        part = [glyph for glyph in glyphs if glyph[7] == turn]
        lines += _turned(part, turn) if turn else _upright(part)[0]
    return lines, by_turn[0] % 2 == 1


def _is_column(glyphs: Sequence[Glyph]) -> bool:
    """Whether the glyphs stand in one or two narrow columns rather than in rows."""
    wide = max(g[3] for g in glyphs) - min(g[1] for g in glyphs)
    high = max(g[4] for g in glyphs) - min(g[2] for g in glyphs)
    return high > wide


def _by_middle(glyph: Glyph) -> Glyph:
    """The glyph with the middle of its column as its baseline."""
    return ((glyph[1] + glyph[3]) / 2, *glyph[1:])


def _upright(glyphs: Sequence[Glyph]) -> tuple[list[Line], bool]:
    bases = list(map(_BASE, glyphs))
    if min(bases) == max(bases):
        # One baseline is one line: most cells of a table, which need not be searched for more.
        size = max([glyph[4] - glyph[2] for glyph in glyphs])
        return [_line(list(glyphs), bases[0], size, 0)], False
    if len(glyphs) > 3 and _is_stacked(glyphs):
        return _turned([_by_middle(glyph) for glyph in glyphs], 3), True
    lines = _cluster(sorted(glyphs, key=_BASE), 0)
    single = 1 < len(lines) == len(glyphs) and all(len(line.text) == 1 for line in lines)
    return lines, single and not any(line.text.isascii() for line in lines)


_BASE, _LEFT, _TOP, _BOTTOM, _TURN = map(itemgetter, (0, 1, 2, 4, 7))


def _is_stacked(glyphs: Sequence[Glyph]) -> bool:
    """Upright glyphs drawn one below the other in several columns (vertical setting).

    Two glyphs beside each other on one baseline are a row: a narrow cell's text, not a column.
    """
    stacked, apart = 0, False
    for one, two in pairwise(glyphs):
        high = two[4] - two[2]
        aside = abs((one[1] + one[3]) - (two[1] + two[3])) / 2
        down = two[0] - one[0]
        if aside < 0.3 * high and 0.5 * high < down < 3 * high:
            stacked += 1
        elif abs(down) < 0.1 * high and -0.1 * high < two[1] - one[3] < 0.5 * high:
            return False
        elif aside > 0.6 * high:
            apart = True
    return apart and stacked >= 0.6 * (len(glyphs) - 1)


def _turned(glyphs: Sequence[Glyph], turn: int) -> list[Line]:
    """Lines of turned text: seen upright, clustered, and given their page rectangles."""
    seen: list[Glyph] = []
    for base, x0, top, x1, bottom, text, spaced, _ in glyphs:
        if turn == 1:
            seen.append((base, -bottom, x0, -top, x1, text, spaced, turn))
        elif turn == 3:
            seen.append((-base, top, -x1, bottom, -x0, text, spaced, turn))
        else:
            seen.append((-base, -x1, -bottom, -x0, -top, text, spaced, turn))
    seen.sort(key=_BASE)
    lines = _cluster(seen, turn)
    for line in lines:
        x0, top, x1, bottom = line.x0, line.top, line.x1, line.bottom
        if turn == 1:
            line.x0, line.top, line.x1, line.bottom = top, -x1, bottom, -x0
        elif turn == 3:
            line.x0, line.top, line.x1, line.bottom = -bottom, x0, -top, x1
        else:
            line.x0, line.top, line.x1, line.bottom = -x1, -bottom, -x0, -top
    return lines


def _cluster(glyphs: Sequence[Glyph], turn: int) -> list[Line]:
    """Lines of glyphs that are sorted by baseline."""
    lines: list[Line] = []
    current: list[Glyph] = []
    anchor = size = 0.0
    for glyph in glyphs:
        base, high = glyph[0], glyph[4] - glyph[2]
        if current and (
            base == anchor or abs(base - anchor) <= _SAME_LINE * (high if high > size else size)
        ):
            current.append(glyph)
            if high > size:
                anchor, size = base, high
            continue
        if current:
            lines.append(_line(current, anchor, size, turn))
        current, anchor, size = [glyph], base, high
    if current:
        lines.append(_line(current, anchor, size, turn))
    return lines


def _line(glyphs: list[Glyph], anchor: float, size: float, turn: int) -> Line:
    glyphs.sort(key=_LEFT)
    first = glyphs[0]
    parts = [first[5]]
    right, start, last = first[3], first[1], first[5]
    segments: list[tuple[float, float, str]] = []
    begin = covered = halved = 0
    least, wide = _SPACE_GAP * size, _WIDE_GAP * size
    for _, x0, _, x1, _, ch, spaced, _ in islice(glyphs, 1, None):
        gap = x0 - right
        if gap > least:
            if gap > wide:
                segments.append((start, right, "".join(parts[begin:])))
                parts.append(" ")
                begin, start = len(parts), x0
            elif (spaced or gap > _WORD_GAP * size) and last.isascii() and ch.isascii():
                parts.append(" ")
        elif gap < 0 and -gap > _COVERED * (x1 - x0) and x1 > x0:
            if -gap > _HIDDEN * (x1 - x0):
                covered += 1
            elif last.isalnum():  # signs are squeezed where Chinese lines are set tight
                halved += 1
        parts.append(ch)
        last = ch
        right = max(right, x1)
    text = "".join(parts)
    segments.append((start, right, "".join(parts[begin:]) if begin else text))
    return Line(
        text,
        first[1],
        min(map(_TOP, glyphs)),
        right,
        max(map(_BOTTOM, glyphs)),
        anchor,
        size,
        turn,
        overprinted=covered * 8 >= len(glyphs) or (covered + halved) * 3 >= len(glyphs),
        segments=segments,
    )
