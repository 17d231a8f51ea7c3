"""Glyphs whose boxes are wider than their pitch.

Some typesetting programs (Founder) embed fonts that say every character is an em wide, and set
figures half as far apart. By their boxes they lie upon each other; by their origins they stand one
behind the other like any text. What really lies upon another text does not: its glyphs are drawn
after those, from further left, or between them at uneven steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

import numpy as np

from orchestration.reading.geometry import Floats, Ink, Ints

#: A step is close where it is less than this share of the box.
_CLOSE = 0.65
#: Shares of the type size that a step between figures or Latin letters, and between others, has at
#: least: half the narrowest usual advance is less.
_NARROW, _WIDE = 0.3, 0.6
#: Steps of one pitch differ by no more than this share of it.
_EVEN = 0.06
#: So many glyphs behind each other show a pitch; fewer are believed where others on the page do.
_RUN = 3
_LEVEL = 0.05  # share of the type size by which baselines of a line may differ


def narrow_boxes(ink: Ink) -> None:
    """End the boxes of closely set glyphs where the next glyph begins, in place.

    Left alone are steps that are uneven, backwards, or too small for characters side by side.
    """
    if len(ink.text) < _RUN:
        return
    left, wide = ink.box[:, 0], ink.box[:, 2] - ink.box[:, 0]
    high = ink.box[:, 3] - ink.box[:, 1]
    step = np.diff(left)
    close = (step < _CLOSE * wide[:-1]) & (step >= _NARROW * high[:-1])
    if not close.any():
        return
    close &= np.abs(np.diff(ink.base)) <= _LEVEL * high[:-1]
    close &= (ink.turn[:-1] == 0) & (ink.turn[1:] == 0)
    runs = list(_runs(close))
    known = _Pitches()
    for first, last in sorted(runs, key=lambda run: run[0] - run[1]):
        if last - first + 1 >= _RUN or known.has(ink, first, float(step[first])):
            _narrow(ink, step, first, last, known)


class _Pitches:
    """The pitches seen on a page, by type size and kind of character."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, bool], list[float]] = {}

    @staticmethod
    def _key(ink: Ink, glyph: int) -> tuple[int, bool]:
        high = float(ink.box[glyph, 3] - ink.box[glyph, 1])
        return round(high * 4), _is_small(ink.text[glyph])

    def add(self, ink: Ink, glyph: int, pitch: float) -> None:
        """Note the pitch of a glyph in a long stretch."""
        self._seen.setdefault(self._key(ink, glyph), []).append(pitch)

    def has(self, ink: Ink, glyph: int, step: float) -> bool:
        """Whether glyphs like this one are set so elsewhere on the page."""
        seen = self._seen.get(self._key(ink, glyph), ())
        return any(abs(step - pitch) <= _EVEN * pitch for pitch in seen)


def _runs(close: np.ndarray) -> Iterator[tuple[int, int]]:
    """First and last glyph of every stretch of close steps."""
    edges: Ints = np.flatnonzero(np.diff(np.concatenate(([0], close.astype(np.int8), [0]))))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _narrow(ink: Ink, step: Floats, first: int, last: int, known: _Pitches) -> None:
    """One stretch: figures have one pitch among them, other characters one of their own."""
    pitch: dict[bool, tuple[int, float]] = {}  # by kind: first glyph and its step
    for i in range(first, last):
        high = float(ink.box[i, 3] - ink.box[i, 1])
        small, size = _is_small(ink.text[i]), float(step[i])
        if not small and size < _WIDE * high:
            return
        if small and not ink.text[i].isdigit():
            continue  # points and commas are narrower than figures
        if abs(size - pitch.setdefault(small, (i, size))[1]) > _EVEN * size:
            return
    if not pitch:
        return
    for glyph, size in pitch.values():
        known.add(ink, glyph, size)
    # The last one is as wide as its like; nothing behind it says so.
    _, end = pitch.get(_is_small(ink.text[last]), (last, float(ink.box[last, 2])))
    ink.box[first:last, 2] = ink.box[first + 1 : last + 1, 0]
    ink.box[last, 2] = min(float(ink.box[last, 2]), float(ink.box[last, 0]) + end)


def _is_small(text: str) -> bool:
    """Whether a character is set half as wide as a Chinese one, whatever its code says."""
    return text.isascii() or normalize("NFKC", text).isascii()
