"""What is printed on a page, whoever read it: glyphs with boxes, and rules.

A page reader (PDFium, the content stream interpreter, or OCR) fills an :class:`Ink`; grids, lines
and paragraphs are worked out from it alone. All lengths are PDF points, the origin is the top left
corner of the page as displayed (crop box, ``/Rotate`` applied).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Columns of a rule array: position across, start and end along, thickness, 1 where it is white.
RULE_COLUMNS = 5
#: Text that runs this far aslant (radians, 10 degrees) is a watermark, no text of the page.
SLANT = 0.175


def is_aslant(x: float, y: float) -> bool:
    """Whether a writing direction is that of a watermark."""
    return min(abs(x), abs(y)) > SLANT * max(abs(x), abs(y))


#: One glyph: baseline, x0, top, x1, bottom, text, whether a blank precedes it, turn.
Glyph = tuple[float, float, float, float, float, str, bool, int]


@dataclass(slots=True)
class Ink:
    """One page.

    ``box`` is (n, 4): x0, top, x1, bottom of each glyph's em box; ``base`` its baseline (the
    position across the writing direction); ``turn`` the writing direction in quarter turns
    counter-clockwise (0 left to right, 1 bottom to top, 3 top to bottom). Glyphs are in the order
    in which they are drawn. ``horizontal`` and ``vertical`` are rules, (n, 5), see
    ``RULE_COLUMNS``.
    """

    width: float
    height: float
    rotation: int = 0
    #: Clockwise quarter turns by which the page was turned from how it is displayed: tables are
    #: printed sideways. All lengths are those of the turned page.
    turned: int = 0
    text: list[str] = field(default_factory=list)
    box: Floats = field(default_factory=lambda: np.empty((0, 4)))
    base: Floats = field(default_factory=lambda: np.empty(0))
    turn: NDArray[np.int8] = field(default_factory=lambda: np.empty(0, dtype=np.int8))
    horizontal: Floats = field(default_factory=lambda: np.empty((0, RULE_COLUMNS)))
    vertical: Floats = field(default_factory=lambda: np.empty((0, RULE_COLUMNS)))
    #: Pictures: x0, top, x1, bottom.
    images: list[tuple[float, float, float, float]] = field(default_factory=list)
    #: Indices of glyphs that a printed blank precedes.
    spaced: set[int] = field(default_factory=set)
    #: Glyphs that were left out because nobody sees them (invisible, off the page).
    hidden: int = 0
    #: Glyphs that were left out because a clipping path hides them.
    clipped: int = 0
    #: Indices of visible glyphs whose neighbour on the line a clipping path hides.
    cut: set[int] = field(default_factory=set)
    #: Clipping rectangles that hide glyphs: x0, top, x1, bottom.
    windows: Floats = field(default_factory=lambda: np.empty((0, 4)))
    #: Boxes of glyphs that were left out, as far as a reader notes them: x0, top, x1, bottom.
    unseen: Floats = field(default_factory=lambda: np.empty((0, 4)))

    @property
    def has_digits(self) -> bool:
        """Whether a figure may be printed here."""
        return any(ch.isdigit() for ch in "".join(self.text))

    def glyphs(self) -> list[Glyph]:
        """All glyphs as tuples, in drawing order."""
        spaced = self.spaced
        return [
            (base, x0, top, x1, bottom, text, i in spaced, turn)
            for i, (base, (x0, top, x1, bottom), text, turn) in enumerate(
                zip(
                    self.base.tolist(),
                    self.box.tolist(),
                    self.text,
                    self.turn.tolist(),
                    strict=True,
                )
            )
        ]

    def middles(self) -> tuple[Floats, Floats]:
        """The point of each glyph that decides in which cell it stands: x and y.

        Upright glyphs go by their baseline, because em boxes differ between readers.
        """
        x = (self.box[:, 0] + self.box[:, 2]) / 2
        y = (self.box[:, 1] + self.box[:, 3]) / 2
        raised = self.base - 0.3 * (self.box[:, 3] - self.box[:, 1])
        return x, np.where(self.turn == 0, raised, y)

    def image_share(self) -> float:
        """Share of the page covered by its largest picture, 0..1."""
        if not self.images or self.width <= 0 or self.height <= 0:
            return 0.0
        largest = max(max(x1 - x0, 0) * max(b - t, 0) for x0, t, x1, b in self.images)
        return min(largest / (self.width * self.height), 1.0)


class ClipWatch:
    """Notes glyphs that a clipping path hides and visible ones that lose a neighbour to it."""

    __slots__ = ("_hidden", "clipped", "cut", "windows")

    def __init__(self) -> None:
        self.clipped = 0
        self.cut: set[int] = set()
        #: the clipping rectangles that hide glyphs
        self.windows: set[tuple[float, float, float, float]] = set()
        # baseline, end and height of the last glyph where it was hidden
        self._hidden: tuple[float, float, float] | None = None

    @property
    def after_hidden(self) -> bool:
        """Whether the last glyph noted was hidden."""
        return self._hidden is not None

    def hide(
        self,
        box: tuple[float, float, float, float],
        base: float,
        before: tuple[float, float, float] | None,
        count: int,
    ) -> None:
        """Take a hidden glyph.

        ``before`` is x1, height and baseline of the visible one before it, ``count`` the number of
        visible ones so far.
        """
        if (
            self._hidden is None
            and before is not None
            and self._adjoins((before[2], before[0], before[1]), box, base)
        ):
            self.cut.add(count - 1)
        self._hidden = (base, box[2], box[3] - box[1])
        self.clipped += 1

    def show(self, box: tuple[float, float, float, float], base: float, index: int) -> None:
        """A visible glyph after a hidden one; ``index`` is its place among the visible ones."""
        if self._hidden is not None and self._adjoins(self._hidden, box, base):
            self.cut.add(index)
        self._hidden = None

    @staticmethod
    def _adjoins(
        last: tuple[float, float, float], box: tuple[float, float, float, float], base: float
    ) -> bool:
        level, end, high = last
        return abs(level - base) < 0.3 * high and -0.5 * high < box[0] - end < 0.8 * high


class PageFrame:
    """Turns points of the page's user space into displayed coordinates.

    ``left, bottom, right, top`` is the crop box in user space, ``rotation`` the clockwise quarter
    turns of ``/Rotate``.
    """

    __slots__ = ("bottom", "height", "left", "quarter", "right", "top", "width")

    def __init__(
        self, left: float, bottom: float, right: float, top: float, quarter: int = 0
    ) -> None:
        self.left, self.bottom, self.right, self.top = left, bottom, right, top
        self.quarter = quarter % 4
        wide, high = right - left, top - bottom
        self.width, self.height = (high, wide) if self.quarter % 2 else (wide, high)

    def turned(self, quarters: int) -> PageFrame:
        """The frame of the page turned clockwise from how it is displayed."""
        return PageFrame(self.left, self.bottom, self.right, self.top, self.quarter + quarters)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """One point, displayed."""
        if self.quarter == 0:
            return x - self.left, self.top - y
        if self.quarter == 1:
            return y - self.bottom, x - self.left
        if self.quarter == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def rectangle(
        self, x0: float, y0: float, x1: float, y1: float
    ) -> tuple[float, float, float, float]:
        """Two opposite corners to x0, top, x1, bottom, displayed."""
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def boxes(self, left: Floats, bottom: Floats, right: Floats, top: Floats) -> Floats:
        """Many boxes at once: (n, 4) x0, top, x1, bottom, displayed."""
        if self.quarter == 0:
            parts = (left - self.left, self.top - top, right - self.left, self.top - bottom)
        elif self.quarter == 1:
            parts = (bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        elif self.quarter == 2:
            parts = (self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        else:
            parts = (self.top - top, self.right - right, self.top - bottom, self.right - left)
        return np.stack(parts, axis=1)

    def corners(self, ax: Floats, ay: Floats, bx: Floats, by: Floats) -> Floats:
        """Many pairs of opposite corners at once: (n, 4) x0, top, x1, bottom, displayed."""
        box = self.boxes(ax, ay, bx, by)
        low, high = np.minimum(box[:, :2], box[:, 2:]), np.maximum(box[:, :2], box[:, 2:])
        return np.concatenate((low, high), axis=1)
