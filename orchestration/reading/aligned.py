"""Tables without vertical rules: columns by white space that runs through all their rows.

Conservative, because running text must never become a table: at least three rows of three columns
and a column of figures, or the horizontal rules of a three-line table (三线表) around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from orchestration.reading.geometry import Floats
from orchestration.reading.lines import Line

_MIN_GUTTER = 0.7  # white space between columns, as a share of the type size
_MAX_LEADING = 3.2  # rows further apart than this (in type sizes) are no table
_SAME_END = 6.0  # points by which the ends of the rules of one table may differ
_MIN_RULE = 100.0
_RULE_A_ROW = 4  # rules from which on they part the rows, not head and body only
_WRAPPED = 1.7  # type sizes from line to line within a cell, at most
_OVERLAP = 0.9  # type sizes between lines that cannot be of two rows
_FIGURE = re.compile(r"^[-—–+<>≤≥=]?[\d,.，．]*\d[\d,.，．]*[%％‰]?[万亿]?[元人个分]?$|^[-—–/]+$")


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """Column edges, row edges and the lines of each cell, [row][column]."""

    xs: list[float]
    ys: list[float]
    cells: list[list[list[Line]]]
    used: frozenset[int]  # indices of the lines it takes
    unsure: frozenset[tuple[int, int]] = frozenset()  # cells that may be parts of one another


def find_aligned(lines: Sequence[Line], across: Floats) -> list[AlignedTable]:
    """The tables among the free lines of a page (top to bottom).

    ``across`` are the horizontal rules of the page; those without vertical rules bound tables.
    """
    result: list[AlignedTable] = []
    taken: set[int] = set()
    for top, bottom, left, right, rules in _ruled_regions(across):
        index = [
            i
            for i, line in enumerate(lines)
            if line.turn == 0
            and top - 1 <= (line.top + line.bottom) / 2 <= bottom + 1
            and line.x0 >= left - 8
            and line.x1 <= right + 8
        ]
        table = _table([lines[i] for i in index], index, ruled=True, rules=rules)
        if table is not None and not taken & table.used:
            taken |= table.used
            result.append(table)
    for run in _runs(lines, taken):
        table = _table([lines[i] for i in run], run, ruled=False, rules=[])
        if table is not None:
            result.append(table)
    return sorted(result, key=lambda table: table.ys[0])


def _ruled_regions(across: Floats) -> list[tuple[float, float, float, float, list[float]]]:
    """Areas between rules that begin and end alike: top, bottom, left, right, rule positions."""
    groups: list[list[list[float]]] = []
    for rule in sorted(across.tolist()):
        if rule[2] - rule[1] < _MIN_RULE:
            continue
        for group in groups:
            last = group[-1]
            if abs(last[1] - rule[1]) <= _SAME_END and abs(last[2] - rule[2]) <= _SAME_END:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [
        (g[0][0], g[-1][0], g[0][1], g[0][2], [rule[0] for rule in g])
        for g in groups
        if len(g) >= 3 and g[-1][0] - g[0][0] > 20
    ]


def _runs(lines: Sequence[Line], taken: set[int]) -> list[list[int]]:
    """Consecutive lines of several parts each."""
    result: list[list[int]] = []
    run: list[int] = []
    for i, line in enumerate(lines):
        parts = len(line.segments)
        fits = i not in taken and line.turn == 0 and (parts >= 2 or _is_short(line, run, lines))
        if fits and run:
            before = lines[run[-1]]
            fits = line.base - before.base <= _MAX_LEADING * max(line.size, before.size)
        if fits and (run or parts >= 2):
            run.append(i)
            continue
        if len(run) >= 3:
            result.append(run)
        run = [i] if i not in taken and line.turn == 0 and parts >= 2 else []
    if len(run) >= 3:
        result.append(run)
    return result


def _is_short(line: Line, run: list[int], lines: Sequence[Line]) -> bool:
    """A line of one part that may be what is left of a wrapped cell."""
    if not run:
        return False
    wide = max(lines[i].x1 for i in run) - min(lines[i].x0 for i in run)
    return line.x1 - line.x0 < 0.35 * wide


def _table(
    lines: list[Line], index: list[int], *, ruled: bool, rules: list[float]
) -> AlignedTable | None:
    many = [line for line in lines if len(line.segments) >= (2 if ruled else 3)]
    if len(many) < (2 if ruled else 3):
        return None
    columns = _columns(lines)
    if len(columns) < (2 if ruled else 3):
        return None
    if any(_shares_a_column(line, columns) for line in lines):
        return None  # columns that close up over some rows: wide gaps within a cell
    rows = _rows(lines, columns, rules)
    if len(rows) < (2 if ruled else 3) or not _has_figures(rows):
        return None
    if not ruled and not _is_header(rows[0]):
        return None
    xs = [columns[0][0] - 2.0]
    xs += [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]
    xs.append(columns[-1][1] + 2.0)
    spans = [
        (min(p.top for cell in row for p in cell), max(p.bottom for cell in row for p in cell))
        for row in rows
    ]
    ys = [spans[0][0] - 1.0]
    ys += [(a[1] + b[0]) / 2 for a, b in pairwise(spans)]
    ys.append(spans[-1][1] + 1.0)
    unsure = frozenset[tuple[int, int]]() if len(rules) >= _RULE_A_ROW else _fragments(rows)
    return AlignedTable(xs, ys, rows, frozenset(index), unsure)


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Stretches of the page width that any part of any row covers."""
    size = max(line.size for line in lines)
    parts = sorted((x0, x1) for line in lines for x0, x1, _ in line.segments)
    result = [list(parts[0])]
    for x0, x1 in parts[1:]:
        if x0 - result[-1][1] < _MIN_GUTTER * size:
            result[-1][1] = max(result[-1][1], x1)
        else:
            result.append([x0, x1])
    return [(x0, x1) for x0, x1 in result]


def _shares_a_column(line: Line, columns: list[tuple[float, float]]) -> bool:
    """Whether two parts of a line that wide white space parts fall into one column."""
    places = [_column_of(x0, x1, columns) for x0, x1, _ in line.segments]
    return len(set(places)) < len(places)


def _column_of(x0: float, x1: float, columns: list[tuple[float, float]]) -> int:
    middle = (x0 + x1) / 2
    return next(k for k, (_, end) in enumerate(columns) if middle <= end)


def _rows(
    lines: Sequence[Line], columns: list[tuple[float, float]], rules: list[float]
) -> list[list[list[Line]]]:
    """Lines to rows: by rules where every row has one, else a line a row, wrapped lines joined."""
    rows: list[list[list[Line]]] = []
    by_rule = len(rules) >= _RULE_A_ROW
    band_before = -1
    for line in lines:
        cells: list[list[Line]] = [[] for _ in columns]
        for x0, x1, text in line.segments:
            column = _column_of(x0, x1, columns)
            part = Line(text, x0, line.top, x1, line.bottom, line.base, line.size)
            part.doubts = line.doubts
            cells[column].append(part)
        band = sum(rule < line.base for rule in rules)
        same = band == band_before if by_rule else _wraps(cells, rows, line) or _beside(rows, line)
        band_before = band
        if rows and same:
            for kept, more in zip(rows[-1], cells, strict=True):
                kept.extend(more)
        else:
            rows.append(cells)
    return rows


def _wraps(cells: list[list[Line]], rows: list[list[list[Line]]], line: Line) -> bool:
    """Whether a line only goes on with cells of the row above."""
    if not rows:
        return False
    filled = [k for k, cell in enumerate(cells) if cell]
    if len(filled) * 2 > len(cells) or any(_FIGURE.match(cells[k][0].text) for k in filled):
        return False
    above = [part for k in filled for part in rows[-1][k]]
    if len(above) < len(filled):
        return False
    return line.base - max(p.base for p in above) < _WRAPPED * line.size


def _beside(rows: list[list[list[Line]]], line: Line) -> bool:
    """Whether a line stands beside the last one, not below it: cells set in the middle."""
    last = max((p.base for cell in rows[-1] for p in cell), default=None) if rows else None
    return last is not None and line.base - last < _OVERLAP * line.size


def _fragments(rows: list[list[list[Line]]]) -> frozenset[tuple[int, int]]:
    """Cells of rows without figures that may be lines of a cell above or below them."""
    found: set[tuple[int, int]] = set()
    for at in range(1, len(rows)):
        filled = [k for k, cell in enumerate(rows[at]) if cell]
        texts = [part.text for k in filled for part in rows[at][k]]
        if len(filled) * 2 > len(rows[at]) or any(_FIGURE.match(text) for text in texts):
            continue
        for other in (at - 1, at + 1):
            for k in filled if 0 < other < len(rows) else []:
                if rows[other][k] and _is_near(rows[min(at, other)][k], rows[max(at, other)][k]):
                    found |= {(at, k), (other, k)}
    return frozenset(found)


def _is_near(upper: list[Line], lower: list[Line]) -> bool:
    """Whether two texts stand as near as lines of one cell."""
    return lower[0].base - upper[-1].base < _WRAPPED * lower[0].size


def _has_figures(rows: list[list[list[Line]]]) -> bool:
    for column in range(1, len(rows[0])):
        texts = ["".join(p.text for p in row[column]) for row in rows[1:] if row[column]]
        if len(texts) >= 2 and sum(bool(_FIGURE.match(t)) for t in texts) >= 0.6 * len(texts):
            return True
    return False


def _is_header(row: list[list[Line]]) -> bool:
    texts = ["".join(p.text for p in cell) for cell in row if cell]
    return len(texts) * 2 > len(row) and not any(_FIGURE.match(text) for text in texts[1:])
