"""Text operators of a content stream: where each string begins and in which manner it is shown.

PDF 32000-1, 9.3 and 9.4.
"""

from __future__ import annotations

from collections.abc import Callable

from orchestration.reading.pdf.content import MOVED_STRINGS, Handler, Operand, moved_strings
from orchestration.reading.pdf.miner_font import Font, Shown
from orchestration.reading.pdf.miner_state import Graphics, six
from orchestration.reading.pdf.miner_text import ShownText

_Linear = tuple[float, float, float, float]
_UPRIGHT: _Linear = (1.0, 0.0, 0.0, 1.0)


class Strings:
    """The text matrices, and the operators that move and show."""

    def __init__(
        self, graphics: Graphics, text: ShownText, font: Callable[[Operand], Font | None]
    ) -> None:
        self._graphics = graphics
        self._text = text
        self._find_font = font
        self._linear: _Linear = _UPRIGHT  # shared by the matrices of text and line
        self._x = self._y = 0.0  # origin of the text matrix
        self._line_x = self._line_y = 0.0
        self._linears: dict[_Linear, _Linear] = {_UPRIGHT: _UPRIGHT}
        #: the string shown last, whose advance nobody has asked for yet, and its manner
        self._behind: tuple[Shown, int] | None = None

    def handlers(self) -> dict[bytes, Handler]:
        """The operators of text."""
        return {
            b"BT": self._begin,
            b"Tf": self._font,
            b"Tc": self._char_space,
            b"Tw": self._word_space,
            b"Tz": self._scale,
            b"TL": self._leading,
            b"Ts": self._rise,
            b"Tr": self._mode,
            b"Td": self._next_line,
            b"TD": self._next_line_leading,
            b"Tm": self._position,
            b"T*": self._new_line,
            b"Tj": self._show,
            b"TJ": self._show,
            b"'": self._show_next,
            b'"': self._show_spaced,
            MOVED_STRINGS: self._show_moved,
        }

    def place(self) -> tuple[_Linear, float, float]:
        """The text matrix, to be put back by :meth:`put_back`."""
        self._settle()
        return self._linear, self._x, self._y

    def put_back(self, place: tuple[_Linear, float, float]) -> None:
        """Go on with a text matrix as it was."""
        self._linear, self._x, self._y = place
        self._behind = None

    def _begin(self, _: list[Operand]) -> None:
        self._linear = _UPRIGHT
        self._go(0.0, 0.0)

    def _go(self, x: float, y: float) -> None:
        """Begin a line at a point."""
        self._x = self._line_x = x
        self._y = self._line_y = y
        self._behind = None

    # State --------------------------------------------------------------------------------------

    def _font(self, args: list[Operand]) -> None:
        size = float(args[-1])
        font = self._find_font(args[-2])
        state = self._graphics.state
        state.font, state.size, state.manner_for = font, size, None

    def _char_space(self, args: list[Operand]) -> None:
        state = self._graphics.state
        state.char_space, state.manner_for = float(args[-1]), None

    def _word_space(self, args: list[Operand]) -> None:
        state = self._graphics.state
        state.word_space, state.manner_for = float(args[-1]), None

    def _scale(self, args: list[Operand]) -> None:
        state = self._graphics.state
        state.scale, state.manner_for = float(args[-1]) / 100, None

    def _leading(self, args: list[Operand]) -> None:
        self._graphics.state.leading = float(args[-1])

    def _rise(self, args: list[Operand]) -> None:
        state = self._graphics.state
        state.rise, state.manner_for = float(args[-1]), None

    def _mode(self, args: list[Operand]) -> None:
        state = self._graphics.state
        state.mode, state.manner_for = int(args[-1]), None

    # Position -----------------------------------------------------------------------------------

    def _next_line(self, args: list[Operand]) -> None:
        self._move(float(args[-2]), float(args[-1]))

    def _move(self, x: float, y: float) -> None:
        a, b, c, d = self._linear
        self._go(x * a + y * c + self._line_x, x * b + y * d + self._line_y)

    def _next_line_leading(self, args: list[Operand]) -> None:
        self._graphics.state.leading = -float(args[-1])
        self._next_line(args)

    def _position(self, args: list[Operand]) -> None:
        a, b, c, d, e, f = six(args)
        linear = (a, b, c, d)
        self._linear = self._linears.setdefault(linear, linear)
        self._go(e, f)

    def _new_line(self, _: list[Operand]) -> None:
        self._move(0.0, -self._graphics.state.leading)

    # Showing ------------------------------------------------------------------------------------

    def _show(self, args: list[Operand]) -> None:
        state = self._graphics.state
        font = state.font
        if font is None:
            return
        operand = args[-1]
        shown = font.known.get(operand) or font.shown(operand)
        if self._behind is not None:
            self._settle()
        manner = state.manner if state.manner_for is self._linear else self._manner()
        self._text.show(shown, self._x, self._y, manner, state.clip_number)
        self._behind = shown, manner

    def _show_next(self, args: list[Operand]) -> None:
        self._new_line(args)
        self._show(args)

    def _show_spaced(self, args: list[Operand]) -> None:
        state = self._graphics.state
        state.word_space, state.char_space = float(args[-3]), float(args[-2])
        state.manner_for = None
        self._show_next(args)

    def _show_moved(self, args: list[Operand]) -> None:
        """Strings each followed by a move to the next one: most of the text of some makers."""
        state = self._graphics.state
        font = state.font
        if self._behind is not None:
            self._settle()
        x, y = self._line_x, self._line_y
        if font is None:
            _, moves = moved_strings(args[-1])
        else:
            run = font.run(args[-1])
            moves = run.moves
            manner = state.manner if state.manner_for is self._linear else self._manner()
            begin = (self._x, self._y)
            self._text.show_run(run, (x, y), begin, manner, state.clip_number)
        if moves.leading is not None:
            state.leading = moves.leading
        a, b, c, d = self._linear
        right, up = moves.right[-1], moves.up[-1]
        self._go(right * a + up * c + x, right * b + up * d + y)

    def _settle(self) -> None:
        """Move the text matrix behind the string shown last."""
        if self._behind is None:
            return
        shown, number = self._behind
        self._behind = None
        manner = self._text.manners[number]
        along = manner.advance(shown, self._text.table)
        a, b, c, d = self._linear
        if manner.font.vertical:
            a, b = c, d
        self._x, self._y = along * a + self._x, along * b + self._y

    def _manner(self) -> int:
        """The number of the manner in which the state shows text."""
        state = self._graphics.state
        state.manner_for = self._linear
        state.manner = self._text.manner(
            self._linear,
            state.matrix,
            state.font,
            state.size,
            state.scale,
            state.char_space,
            state.word_space,
            state.rise,
            state.mode,
        )
        return state.manner
