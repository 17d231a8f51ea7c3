"""Outlines of characters that are drawn as paths: bold type of programs whose fonts have none.

Their straight strokes look like short rules, and a title would become a table of specks.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from orchestration.reading.geometry import Floats, Ink, Ints

#: Share of the type size by which an outline may leave the em box of its glyph.
_SLACK = 0.05
#: Pieces, of both directions, that make an outline; dashes of a border run in one.
_FEWEST = 3
_AT_ONCE = 512  # rules compared with all glyphs


def drop_outlines(ink: Ink) -> None:
    """Leave out, in place, rules that lie within the box of one glyph and make a figure there."""
    if not len(ink.text) or not len(ink.horizontal) or not len(ink.vertical):
        return
    high = ink.box[:, 3] - ink.box[:, 1]
    limit = float(high.max()) * (1 + 2 * _SLACK)
    across = _short(ink.horizontal, limit)
    down = _short(ink.vertical, limit)
    if not len(across) or not len(down) or len(across) + len(down) < _FEWEST:
        return
    slack = _SLACK * high
    x0, top = ink.box[:, 0] - slack, ink.box[:, 1] - slack
    x1, bottom = ink.box[:, 2] + slack, ink.box[:, 3] + slack
    within_h = _within(ink.horizontal[across], (top, bottom), (x0, x1))
    within_v = _within(ink.vertical[down], (x0, x1), (top, bottom))
    count = len(ink.text)
    in_h = np.bincount(within_h[within_h >= 0], minlength=count)
    in_v = np.bincount(within_v[within_v >= 0], minlength=count)
    drawn = (in_h > 0) & (in_v > 0) & (in_h + in_v >= _FEWEST)
    if drawn.any():
        ink.horizontal = np.delete(ink.horizontal, across[_of(drawn, within_h)], axis=0)
        ink.vertical = np.delete(ink.vertical, down[_of(drawn, within_v)], axis=0)


def _short(rules: Floats, limit: float) -> Ints:
    return np.flatnonzero(rules[:, 2] - rules[:, 1] <= limit)


def _within(rules: Floats, across: tuple[Floats, Floats], along: tuple[Floats, Floats]) -> Ints:
    """The glyph in whose box each rule lies, -1 for none."""
    found = np.full(len(rules), -1, dtype=np.int64)
    for start in range(0, len(rules), _AT_ONCE):
        some = rules[start : start + _AT_ONCE]
        place, low, high = some[:, 0:1], some[:, 1:2], some[:, 2:3]
        inside = (across[0] <= place) & (place <= across[1])
        inside &= (along[0] <= low) & (high <= along[1])
        found[start : start + _AT_ONCE] = np.where(inside.any(axis=1), inside.argmax(axis=1), -1)
    return found


def _of(drawn: NDArray[np.bool_], glyph: Ints) -> NDArray[np.bool_]:
    """Whether each rule lies in a glyph that is drawn."""
    return (glyph >= 0) & drawn[glyph]
