"""Rules as drawn to rules as meant: dashes joined, small gaps closed, tables told apart.

Arrays have the columns of ``geometry.RULE_COLUMNS``; lengths are PDF points.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from orchestration.reading.geometry import Floats

#: A rule end this near to another rule touches it.
TOUCH = 0.9
#: Rules down on one rule across: what is left, open above, of a row from the page before.
_COMB = 3
#: A loose rule end is drawn on to a rule this near.
REACH = 2.6
#: Rules that are held against all others at a time.
_AT_ONCE = 256
_DASH = 9.0  # a piece up to this long may be a dash
_MIN_RULE = 4.0  # shorter rules (after joining dashes) are ink, not borders


def join_pieces(rules: Floats) -> Floats:
    """Collinear pieces that touch become one rule; dashes and dots too; specks go."""
    if len(rules) == 0:
        return rules
    order = np.lexsort((rules[:, 1], np.round(rules[:, 0] * 2)))
    result: list[list[float]] = []
    # Rules whose positions round apart may still be collinear: compare with the open few.
    place = start = end = last = 0.0  # of the rule that grows; the length of the piece before
    for piece in rules[order].tolist():
        pos, low, high, thick, white = piece
        if (
            result
            and low - end <= _gap(last, high - low)
            and abs(place - pos) <= 0.8
            and low >= start - 0.8
        ):
            current = result[-1]
            current[2] = end = max(end, high)
            current[3], current[4] = max(current[3], thick), min(current[4], white)
        else:
            place, start, end = pos, low, high
            result.append(piece)
        last = high - low
    joined = [r for r in _join_neighbours(result) if r[2] - r[1] >= _MIN_RULE]
    return np.asarray(joined, dtype=np.float64) if joined else np.empty((0, 5))


def _gap(before: float, piece: float) -> float:
    """The gap that a rule bridges: little between solid pieces, more between dashes."""
    longer = before if before > piece else piece
    return max(1.6, min(longer * 2.0, 3.6)) if longer <= _DASH else 1.2


def _join_neighbours(rules: list[list[float]]) -> list[list[float]]:
    """Join rules that overlap or touch lengthwise and lie within half a point of each other."""
    rules.sort(key=lambda r: (r[0], r[1]))
    result: list[list[float]] = []
    for rule in rules:
        partner = _collinear(rule, result)
        if partner is None:
            result.append(rule)
            continue
        partner[1], partner[2] = min(partner[1], rule[1]), max(partner[2], rule[2])
        partner[3], partner[4] = max(partner[3], rule[3]), min(partner[4], rule[4])
    return result


def _collinear(rule: list[float], before: list[list[float]]) -> list[float] | None:
    for other in reversed(before):
        if rule[0] - other[0] > 0.5:
            return None
        if rule[1] <= other[2] + 1.2 and other[1] <= rule[2] + 1.2:
            return other
    return None


def reach(across: Floats, down: Floats) -> tuple[Floats, Floats]:
    """Draw loose ends on to the nearest crossing rule, where a maker left a small gap."""
    return _extend(across, down), _extend(down, across)


def _extend(rules: Floats, crossing: Floats) -> Floats:
    rules = rules.copy()
    position, start, end = crossing[:, 0], crossing[:, 1], crossing[:, 2]
    # So few at a time that the table of all against all stays small.
    for first in range(0, len(rules), _AT_ONCE):
        some = rules[first : first + _AT_ONCE]
        at = some[:, 0:1]
        apart = (start[None] - REACH > at) | (end[None] + REACH < at)
        every = np.arange(len(some))
        for column, sign in ((1, -1.0), (2, 1.0)):
            away = position[None] - some[:, column : column + 1]
            away[apart] = np.inf
            nearest = away[every, np.abs(away).argmin(axis=1)]
            out = nearest * sign
            grows = (out > TOUCH) & (out <= REACH)
            some[grows, column] += nearest[grows]
    return rules


def components(
    across: Floats, down: Floats, touch: float
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Groups of rules that touch: indices of the horizontal and of the vertical ones."""
    h_touch = touch + across[:, 3:4] / 2
    v_touch = touch + down[None, :, 3] / 2
    meets = (down[None, :, 0] >= across[:, 1:2] - v_touch) & (
        down[None, :, 0] <= across[:, 2:3] + v_touch
    )
    meets &= (across[:, 0:1] >= down[None, :, 1] - h_touch) & (
        across[:, 0:1] <= down[None, :, 2] + h_touch
    )
    left = np.ones(len(across), dtype=bool)
    result = []
    for seed in range(len(across)):
        if not left[seed]:
            continue
        rows = np.zeros(len(across), dtype=bool)
        rows[seed] = True
        while True:
            cols = meets[rows].any(axis=0)
            grown = meets[:, cols].any(axis=1) | rows
            if (grown == rows).all():
                break
            rows = grown
        left &= ~rows
        if (rows.sum() >= 2 and cols.sum() >= 1) or cols.sum() >= _COMB:
            result.append((np.flatnonzero(rows), np.flatnonzero(cols)))
    return result


def loose(down: Floats, groups: list[tuple[NDArray[np.int64], NDArray[np.int64]]]) -> Floats:
    """Vertical rules that touch no horizontal one."""
    free = np.ones(len(down), dtype=bool)
    for _, cols in groups:
        free[cols] = False
    return down[free]


def beside(own: Floats, loose: Floats) -> Floats:
    """Loose rules that run along a table from its top to its bottom.

    They bound merged cells that reach over the whole page and are closed on other pages.
    """
    if not len(loose):
        return loose
    top, bottom = own[:, 1].min(), own[:, 2].max()
    slack = max(6.0, 0.05 * (bottom - top))
    chosen: Floats = loose[
        (np.abs(loose[:, 1] - top) <= slack) & (np.abs(loose[:, 2] - bottom) <= slack)
    ]
    return chosen
