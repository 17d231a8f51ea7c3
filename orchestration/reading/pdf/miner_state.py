"""The graphics state of a content stream and the operators that set it (PDF 32000-1, 8.4)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from orchestration.reading.pdf.content import Handler, Operand
from orchestration.reading.pdf.matrix import IDENTITY, Matrix, multiply
from orchestration.reading.pdf.miner_font import Font
from orchestration.reading.pdf.miner_text import NO_CLIP, Clip


class State:
    """What ``q`` saves."""

    def __init__(self) -> None:
        self.matrix: Matrix = IDENTITY
        #: colours, as the operands that set them
        self.fill: Sequence[Operand] = ()
        self.stroke: Sequence[Operand] = ()
        self.line_width = 1.0
        self.font: Font | None = None
        self.size = 0.0
        self.char_space = 0.0
        self.word_space = 0.0
        self.scale = 1.0
        self.leading = 0.0
        self.rise = 0.0
        self.mode = 0
        #: the clipping rectangle, and its number among those of the page
        self.clip: Clip = NO_CLIP
        self.clip_number = 0
        #: the manner in which text is shown, and the text matrix for which it was looked up
        self.manner = 0
        self.manner_for: object = None

    @property
    def fill_white(self) -> bool:
        """Whether fills are white."""
        return _is_white(tuple(self.fill))

    @property
    def stroke_white(self) -> bool:
        """Whether strokes are white."""
        return _is_white(tuple(self.stroke))

    def copy(self) -> State:
        """The same state, to be changed on its own."""
        other = State.__new__(State)
        other.__dict__.update(self.__dict__)
        return other


class Graphics:
    """The current state and those saved."""

    def __init__(self) -> None:
        self.state = State()
        self.saved: list[State] = []

    def handlers(self) -> dict[bytes, Handler]:
        """The operators that set the state."""
        handlers: dict[bytes, Handler] = {
            b"q": self._save,
            b"Q": self._restore,
            b"cm": self._concat,
            b"w": self._line_width,
            b"cs": self._fill_space,
            b"CS": self._stroke_space,
            b"g": self._fill_grey,
            b"G": self._stroke_grey,
            b"rg": self._fill_rgb,
            b"RG": self._stroke_rgb,
            **dict.fromkeys((b"k", b"sc", b"scn"), self._fill_colour),
            **dict.fromkeys((b"K", b"SC", b"SCN"), self._stroke_colour),
        }
        return handlers

    def concat(self, matrix: Matrix) -> None:
        """Put a transformation before the current one."""
        self.state.matrix = multiply(matrix, self.state.matrix)
        self.state.manner_for = None

    def _save(self, _: list[Operand]) -> None:
        self.saved.append(self.state.copy())

    def _restore(self, _: list[Operand]) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def _concat(self, args: list[Operand]) -> None:
        self.concat(six(args))

    def _line_width(self, args: list[Operand]) -> None:
        self.state.line_width = float(args[-1])

    # Operands may be led by operators that nobody here carries out: only so many belong to each.

    def _fill_grey(self, args: list[Operand]) -> None:
        self.state.fill = args[-1:]

    def _stroke_grey(self, args: list[Operand]) -> None:
        self.state.stroke = args[-1:]

    def _fill_rgb(self, args: list[Operand]) -> None:
        self.state.fill = args[-3:]

    def _stroke_rgb(self, args: list[Operand]) -> None:
        self.state.stroke = args[-3:]

    def _fill_colour(self, args: list[Operand]) -> None:
        self.state.fill = args[-4:]

    def _stroke_colour(self, args: list[Operand]) -> None:
        self.state.stroke = args[-4:]

    def _fill_space(self, _: list[Operand]) -> None:
        self.state.fill = ()

    def _stroke_space(self, _: list[Operand]) -> None:
        self.state.stroke = ()


def six(args: list[Any]) -> Matrix:
    """The matrix of the last six operands.

    Raises:
        ValueError: they are not six numbers.
    """
    a, b, c, d, e, f = map(float, args[-6:])
    return a, b, c, d, e, f


@lru_cache(maxsize=1024)
def _is_white(operands: tuple[Operand, ...]) -> bool:
    numbers: list[float] = []
    for operand in reversed(operands):
        try:
            numbers.append(float(operand))
        except ValueError:  # a pattern, or an operator before the operands
            break
    if len(numbers) == 4:
        return max(numbers) <= 0.02
    return bool(numbers) and min(numbers) >= 0.98
