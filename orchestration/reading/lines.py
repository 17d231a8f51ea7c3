"""Lines of text from glyphs: upright, turned, and stacked one glyph per line.

Works on any :class:`~orchestration.reading.geometry.Ink`, whoever read it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestration.reading.document import BBox, Doubt
from orchestration.reading.geometry import Floats, Ink, Ints

#: Glyphs whose baselines differ by less than this share of the larger glyph share a line
#: (superscripts are raised by a third of the type size, lines follow at one type size or more).
_SAME_LINE = 0.45
_WORD_GAP = 0.35  # a gap that parts Latin words and figures, as a share of the glyph height
_SPACE_GAP = 0.1  # the same where a blank is printed
_WIDE_GAP = 0.9  # a gap that parts anything


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

    @property
    def bbox(self) -> BBox:
        """The rectangle of the line."""
        return BBox(self.x0, self.top, self.x1, self.bottom)


def read_lines(ink: Ink, index: Ints) -> tuple[list[Line], bool]:
    """The lines of some glyphs in reading order, and whether the text is set vertically."""
    if len(index) == 0:
        return [], False
    turns = ink.turn[index]
    if not turns.any():
        return _upright(ink, index)
    values, counts = np.unique(turns, return_counts=True)
    if len(values) > 1 and 3 in values and not np.isin(values, (1, 2)).any():
        # Vertical setting: Chinese upright, figures turned.
        middle = (ink.box[index, 0] + ink.box[index, 2]) / 2
        if len(index) <= 400 and _one_column(ink.box[index]):
            return _turned(ink, index, 3, middle), True
    lines: list[Line] = []
    for value in values[np.argsort(-counts)]:
        part = index[turns == value]
        if value == 0:
            lines += _upright(ink, part)[0]
        else:
            lines += _turned(ink, part, int(value), ink.base[part])
    return lines, bool(values[np.argmax(counts)] % 2)


def _one_column(box: Floats) -> bool:
    """Whether the glyphs stand in one or two narrow columns rather than in rows."""
    wide = box[:, 2].max() - box[:, 0].min()
    high = box[:, 3].max() - box[:, 1].min()
    return bool(high > wide)


def _upright(ink: Ink, index: Ints) -> tuple[list[Line], bool]:
    box, base = ink.box[index], ink.base[index]
    if len(index) > 3 and _is_stacked(box):
        middle = (box[:, 0] + box[:, 2]) / 2
        return _turned(ink, index, 3, middle), True
    lines = _cluster(ink, index, box, base, 0)
    single = len(lines) > 1 and all(len(line.text) == 1 for line in lines)
    return lines, single and not any(line.text.isascii() for line in lines)


def _is_stacked(box: Floats) -> bool:
    """Upright glyphs drawn one below the other in several columns (vertical setting)."""
    middle_x, middle_y = (box[:, 0] + box[:, 2]) / 2, (box[:, 1] + box[:, 3]) / 2
    high = box[1:, 3] - box[1:, 1]
    aside, down = np.abs(np.diff(middle_x)), np.diff(middle_y)
    stacked = (aside < 0.3 * high) & (down > 0.5 * high) & (down < 3 * high)
    if stacked.sum() < 0.6 * len(stacked):
        return False
    return bool((aside[~stacked] > 0.6 * high[~stacked]).any())


def _turned(ink: Ink, index: Ints, turn: int, base: Floats) -> list[Line]:
    """Lines of turned text: seen upright, clustered, and given their page rectangles."""
    x0, top, x1, bottom = (ink.box[index, k] for k in range(4))
    if turn == 1:
        box, level = np.stack((-bottom, x0, -top, x1), axis=1), base
    elif turn == 3:
        box, level = np.stack((top, -x1, bottom, -x0), axis=1), -base
    else:
        box, level = np.stack((-x1, -bottom, -x0, -top), axis=1), -base
    lines = _cluster(ink, index, box, level, turn)
    for line in lines:
        if turn == 1:
            line.x0, line.top, line.x1, line.bottom = line.top, -line.x1, line.bottom, -line.x0
        elif turn == 3:
            line.x0, line.top, line.x1, line.bottom = -line.bottom, line.x0, -line.top, line.x1
        else:
            line.x0, line.top, line.x1, line.bottom = (
                -line.x1,
                -line.bottom,
                -line.x0,
                -line.top,
            )
    return lines


Glyph = tuple[float, float, float, float, float, str, bool]  # base, x0, top, x1, bottom, text, gap


def _cluster(ink: Ink, index: Ints, box: Floats, base: Floats, turn: int) -> list[Line]:
    text, spaced = ink.text, ink.spaced
    order = np.argsort(base, kind="stable")
    glyphs: list[Glyph] = [
        (level, *rectangle, text[i], i in spaced)
        for level, rectangle, i in zip(
            base[order].tolist(), box[order].tolist(), index[order].tolist(), strict=True
        )
    ]
    lines: list[Line] = []
    current: list[Glyph] = []
    anchor = size = 0.0
    for glyph in glyphs:
        high = glyph[4] - glyph[2]
        if current and abs(glyph[0] - anchor) <= _SAME_LINE * (high if high > size else size):
            current.append(glyph)
            if high > size:
                anchor, size = glyph[0], high
            continue
        if current:
            lines.append(_line(current, anchor, size, turn))
        current, anchor, size = [glyph], glyph[0], high
    if current:
        lines.append(_line(current, anchor, size, turn))
    return lines


def _line(glyphs: list[Glyph], anchor: float, size: float, turn: int) -> Line:
    glyphs.sort(key=lambda g: g[1])
    parts = [glyphs[0][5]]
    right = glyphs[0][3]
    last = glyphs[0][5]
    covered = 0
    for _, x0, _, x1, _, ch, spaced in glyphs[1:]:
        gap = x0 - right
        if gap > 0:
            if gap > _WIDE_GAP * size or (
                gap > (_SPACE_GAP if spaced else _WORD_GAP) * size
                and last.isascii()
                and ch.isascii()
            ):
                parts.append(" ")
        elif -gap > 0.5 * (x1 - x0) and x1 > x0:
            covered += 1
        parts.append(ch)
        last = ch
        if x1 > right:
            right = x1
    return Line(
        "".join(parts),
        glyphs[0][1],
        min(g[2] for g in glyphs),
        right,
        max(g[4] for g in glyphs),
        anchor,
        size,
        turn,
        overprinted=covered > 0 and covered * 8 >= len(glyphs),
    )
