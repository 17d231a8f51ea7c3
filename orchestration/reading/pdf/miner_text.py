"""Shown text of a content stream: noted string by string, worked out for a whole page at once.

A page shows its text in hundreds of strings, often a glyph each. What a string needs (where it
begins, its font and matrices, its glyphs by number) is put into lists; positions, advances and
visibility follow from arrays at the end. PDF 32000-1, 9.4.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from orchestration.reading.geometry import ClipWatch, Floats, Ink, Ints, PageFrame, is_aslant
from orchestration.reading.pdf.matrix import Matrix
from orchestration.reading.pdf.miner_font import Font, GlyphTable, Run, Shown

_INVISIBLE_MODES = (3, 7)

Flags = NDArray[np.bool_]
Clip = tuple[float, float, float, float]
NO_CLIP: Clip = (-math.inf, -math.inf, math.inf, math.inf)


@dataclass(frozen=True, slots=True)
class Manner:
    """How strings are shown: everything but where they begin.

    ``linear`` is the text matrix without its origin, ``matrix`` leads to user space.
    """

    linear: tuple[float, float, float, float]
    matrix: Matrix
    font: Font
    size: float
    scale: float
    char_space: float
    word_space: float
    rise: float
    mode: int

    @property
    def width(self) -> float:
        """Type size along the line."""
        return self.size * (1.0 if self.font.vertical else self.scale)

    @property
    def space(self) -> float:
        """What is added to the advance of every glyph."""
        return -self.char_space if self.font.vertical else self.char_space * self.scale

    def advance(self, shown: Shown, table: GlyphTable) -> float:
        """How far a string moves on, in text space."""
        glyphs, shifts = shown
        along = 0.0
        for glyph in glyphs:
            share, _, is_space, _, _ = table.row(glyph)
            along += share * self.width + self.space
            if is_space:
                along += self.word_space * self.scale
        return along - sum(amount for _, amount in shifts) * 0.001 * self.width

    def row(self) -> tuple[float, ...]:
        """The numbers of :class:`_Columns`."""
        a, b, c, d = self.linear
        p, q, r, s, t, u = self.matrix
        # text space -> user space: along the line (xx, xy), upwards (yx, yy)
        xx, xy, yx, yy = a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s
        turn = (0 if xx >= 0 else 2) if abs(xx) >= abs(xy) else (1 if xy > 0 else 3)
        visible = self.mode not in _INVISIBLE_MODES and not is_aslant(xx, xy)
        low = self.font.descent * self.size + self.rise
        high = self.font.ascent * self.size + self.rise
        return (
            *(xx, xy, yx, yy, p, q, r, s, t, u),
            *(self.size, self.width, self.space, self.word_space * self.scale),
            *(low, high, self.rise, turn, visible, self.font.vertical),
        )


@dataclass(slots=True)
class ShownText:
    """The strings of one page, in the order in which they are shown."""

    table: GlyphTable
    glyphs: list[int] = field(default_factory=list)
    #: of each string: number of glyphs, and where it begins, counted from its line, in text space
    counts: list[int] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    up: list[float] = field(default_factory=list)
    #: of each line: number of strings, origin in text space, manner, clip
    strings: list[int] = field(default_factory=list)
    xs: list[float] = field(default_factory=list)
    ys: list[float] = field(default_factory=list)
    styles: list[int] = field(default_factory=list)
    clips: list[int] = field(default_factory=list)
    #: shifts within strings: string, glyph of the string that it precedes, amount
    shifts: list[tuple[int, int, float]] = field(default_factory=list)
    manners: list[Manner] = field(default_factory=list)
    clip_boxes: list[Clip] = field(default_factory=lambda: [NO_CLIP])
    _known: dict[tuple[object, ...], int] = field(default_factory=dict)

    def manner(self, *parts: object) -> int:
        """The number of a manner, given the fields of :class:`Manner`."""
        number = self._known.get(parts)
        if number is None:
            number = self._known[parts] = len(self.manners)
            self.manners.append(Manner(*parts))  # type: ignore[arg-type]
        return number

    def clip(self, box: Clip) -> int:
        """The number of a clipping rectangle."""
        self.clip_boxes.append(box)
        return len(self.clip_boxes) - 1

    def show(self, shown: Shown, x: float, y: float, style: int, clip: int) -> None:
        """Note a string that begins at a point of text space."""
        glyphs, shifts = shown
        if not glyphs:
            return
        if shifts:
            number, count = len(self.counts), len(glyphs)
            self.shifts += [(number, at, amount) for at, amount in shifts if at < count]
        self.glyphs += glyphs
        self.counts.append(len(glyphs))
        self.right.append(0.0)
        self.up.append(0.0)
        self.strings.append(1)
        self.xs.append(x)
        self.ys.append(y)
        self.styles.append(style)
        self.clips.append(clip)

    def show_run(
        self,
        run: Run,
        line: tuple[float, float],
        begin: tuple[float, float],
        style: int,
        clip: int,
    ) -> None:
        """Note strings with moves between them.

        ``line`` is where the line begins from which the moves count, ``begin`` where the first
        string does, in text space.
        """
        glyphs, counts, right, up, leads, _ = run
        if begin != line and leads:
            # It stands behind another string.
            self.show((glyphs[: counts[0]], []), *begin, style, clip)
            glyphs, counts, right, up = glyphs[counts[0] :], counts[1:], right[1:], up[1:]
        if not counts:
            return
        self.glyphs += glyphs
        self.counts += counts
        self.right += right
        self.up += up
        self.strings.append(len(counts))
        self.xs.append(line[0])
        self.ys.append(line[1])
        self.styles.append(style)
        self.clips.append(clip)

    def put(self, ink: Ink, frame: PageFrame) -> None:
        """Put the visible glyphs into the ink of the page."""
        if not self.glyphs:
            return
        glyphs, counts = np.asarray(self.glyphs), np.asarray(self.counts)
        string = np.repeat(np.arange(len(counts)), counts)
        line = np.repeat(np.arange(len(self.strings)), self.strings)
        rows = self.table.rows()[glyphs]
        styles = np.asarray([manner.row() for manner in self.manners], dtype=np.float64).T
        by_string = _Columns(styles, np.asarray(self.styles)[line])
        style = _Columns(styles, by_string.index[string])
        along = self._along(rows, style, string, counts)
        origins = self._origins(_Columns(styles, np.asarray(self.styles)), by_string, line)
        boxes, origin_x, level = self._boxes(rows, style, along, origins[:, string])
        blank = rows[:, 1] > 0
        printed = ~blank & (style.visible > 0)
        ink.hidden += int((~blank & ~printed).sum())
        clips = ClipWatch()
        kept = self._unclipped(printed, line[string], boxes, level, clips)
        ink.clipped = clips.clipped
        left_out = boxes[~blank & ~kept]
        if len(left_out):
            ink.unseen = frame.boxes(*left_out.T)
        if not kept.any():
            return
        before: Ints = np.cumsum(kept) - kept  # visible glyphs before each glyph
        number = np.flatnonzero(kept)
        wide, turns = boxes[number], style.turn[number].astype(np.int8)
        box = frame.boxes(wide[:, 0], wide[:, 1], wide[:, 2], wide[:, 3])
        points = frame.boxes(origin_x[number], level[number], origin_x[number], level[number])
        turn = ((turns - frame.quarter) % 4).astype(np.int8)
        centre_x, centre_y = (box[:, 0] + box[:, 2]) / 2, (box[:, 1] + box[:, 3]) / 2
        seen = (centre_x >= 0) & (centre_y >= 0)
        seen &= (centre_x <= frame.width) & (centre_y <= frame.height)
        ink.hidden += int((~seen).sum())
        place = np.cumsum(seen) - 1
        spaced: Ints = np.unique(before[blank])
        spaced = spaced[spaced < len(seen)]
        ink.spaced = set(place[spaced[seen[spaced]]].tolist())
        ink.cut = {int(place[i]) for i in clips.cut if 0 <= i < len(seen) and seen[i]}
        text = self.table.text
        ink.text = [text[glyph] for glyph in glyphs[number[seen]].tolist()]
        ink.box, ink.turn = box[seen], turn[seen]
        ink.base = np.where(turn % 2 == 0, points[:, 1], points[:, 0])[seen]

    def _along(self, rows: Floats, style: _Columns, string: Ints, counts: Ints) -> Floats:
        """How far along its string each glyph begins, in text space."""
        step = rows[:, 0] * style.width + style.space + rows[:, 2] * style.word
        first = np.cumsum(counts) - counts
        total = np.cumsum(step) - step
        if self.shifts:
            at = np.asarray([first[number] + place for number, place, _ in self.shifts])
            amount = np.asarray([amount for _, _, amount in self.shifts])
            shift = np.bincount(at, amount * -0.001 * style.width[at], len(step))
            start = total[first] + np.cumsum(shift)[first] - shift[first]
            along: Floats = total + np.cumsum(shift) - start[string]
            return along
        return np.asarray(total - total[first][string])

    def _origins(self, by_line: _Columns, by_string: _Columns, line: Ints) -> Floats:
        """Where each string begins, in user space: x and y."""
        x, y = np.asarray(self.xs), np.asarray(self.ys)
        begin_x = x * by_line.p + y * by_line.r + by_line.t
        begin_y = x * by_line.q + y * by_line.s + by_line.u
        right, up = np.asarray(self.right), np.asarray(self.up)
        return np.stack(
            (
                begin_x[line] + right * by_string.xx + up * by_string.yx,
                begin_y[line] + right * by_string.xy + up * by_string.yy,
            )
        )

    @staticmethod
    def _boxes(
        rows: Floats, style: _Columns, along: Floats, origins: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """Em boxes (left, bottom, right, top), and the origins, in user space."""
        advance = rows[:, 0] * style.width
        x0, x1, y0, y1, base = along, along + advance, style.low, style.high, style.rise
        if style.has("vertical"):
            down = style.vertical > 0
            upper = along + rows[:, 4] * style.size
            x0 = np.where(down, rows[:, 3] * style.size, x0)
            x1 = np.where(down, (rows[:, 3] + 1) * style.size, x1)
            y0, y1 = np.where(down, upper + advance, y0), np.where(down, upper, y1)
            base = np.where(down, upper + advance - style.low, base)
        ox, oy = origins
        ax, ay, bx, by = x0 * style.xx, y0 * style.yy, x1 * style.xx, y1 * style.yy
        cx, cy = ax, base * style.yy
        if style.has("yx"):
            ax, bx, cx = ax + y0 * style.yx, bx + y1 * style.yx, cx + base * style.yx
        if style.has("xy"):
            ay, by, cy = ay + x0 * style.xy, by + x1 * style.xy, cy + x0 * style.xy
        ax, ay, bx, by, cx, cy = ax + ox, ay + oy, bx + ox, by + oy, cx + ox, cy + oy
        boxes = np.stack(
            (np.minimum(ax, bx), np.minimum(ay, by), np.maximum(ax, bx), np.maximum(ay, by)), axis=1
        )
        return boxes, cx, cy

    def _unclipped(
        self, printed: Flags, line: Ints, boxes: Floats, level: Floats, clips: ClipWatch
    ) -> Flags:
        """Which glyphs no clipping path hides."""
        left, bottom, right, top = np.asarray(self.clip_boxes).T[:, np.asarray(self.clips)[line]]
        x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
        inside = (left <= x) & (x <= right) & (bottom <= y) & (y <= top)
        if (inside | ~printed).all():
            return printed
        count = 0
        last: tuple[float, float, float] | None = None
        for i in np.flatnonzero(printed).tolist():
            left, bottom, right, top = boxes[i].tolist()
            box, base = (left, bottom, right, top), float(level[i])
            if not inside[i]:
                clips.hide(box, base, last, count)
                continue
            if clips.after_hidden:
                clips.show(box, base, count)
            last = (right, top - bottom, base)
            count += 1
        visible: Flags = printed & inside
        return visible


class _Columns:
    """The numbers of :meth:`Manner.row`, a column each, for every line, string or glyph of a page.

    A column is spread out when it is asked for.
    """

    _NAMES = (
        *("xx", "xy", "yx", "yy", "p", "q", "r", "s", "t", "u"),
        *("size", "width", "space", "word", "low", "high", "rise", "turn", "visible", "vertical"),
    )

    def __init__(self, manners: Floats, index: Ints) -> None:
        """``manners``: a row for each of the numbers, a column for each manner."""
        self.index = index
        self._manners = dict(zip(self._NAMES, manners, strict=True))

    def has(self, name: str) -> bool:
        """Whether a number is anything but zero in some manner."""
        return bool(self._manners[name].any())

    def __getattr__(self, name: str) -> Floats:
        column: Floats = self._manners[name][self.index]
        self.__dict__[name] = column
        return column
