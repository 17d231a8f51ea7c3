"""Rows of a dump cell by cell with columns in any order: every way to part the words into rows.

A row is its labels of levels, then a run of words for each column. All rows that may begin at a
word are tried; those remain that are part of a way from the first word to the last. A line that
wraps fills its column, and a column is as wide in one row as in another: what does not fit the
narrowest or widest that its neighbours allow is taken out. The caller looks at the ways that are
left, of which all must say the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestration.extraction.lineforms.cellorder import (
    CLEARLY,
    Label,
    heads,
    holds_label,
    is_name,
    is_one_cell,
    is_value,
    lines_of,
    operator_ahead,
    span_of,
    text_of,
)
from orchestration.extraction.lineforms.tokens import Token, alike
from orchestration.extraction.text import compact
from orchestration.extraction.vocabulary import default_vocabulary

POINTS = ("weight", "score", "reviewer_score")
VALUES = ("target", "actual")
TEXTS = ("description", "value_basis")
LAST = "deviation_reason"  # may be blank
SIGNS = ("operator", "unit")  # columns of their own: ≥ | 95 | %; blank beside a target in words
_MOST_WORDS = 30  # words of a row
_MOST_ROWS = 20_000  # rows tried
_MOST_WAYS = 400
_MOST_LOOKS = 400_000  # runs of words looked at, some two seconds
_MOST_POINTS = 100
_GIVES_REASON = re.compile(
    r"[因受由未无没疫较超]|影响|不足|调整|推迟|滞后|延期|原因|减少|增加|偏差"
)
_CJK = re.compile(r"[\u4e00-\u9fff]")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PathRow:
    """One row: where it begins and ends among the words, its labels, the words of each column."""

    start: int
    end: int
    labels: tuple[Label, ...]
    cells: tuple[Span, ...]


class Words:
    """The words of a form's rows and what runs of them may be; ``fields``: columns, no labels."""

    def __init__(
        self, tokens: Sequence[Token], fields: Sequence[str], levels: frozenset[str]
    ) -> None:
        self.tokens = list(tokens)
        self.fields = list(fields)
        self.levels = levels
        self.looks = 0
        self._fine: dict[tuple[str, Span], bool] = {}
        self._spans: dict[Span, tuple[float, float]] = {}

    def text(self, span: Span) -> str:
        """The words of a cell."""
        return text_of(self.tokens[span[0] : span[1]])

    def width(self, span: Span) -> tuple[float, float]:
        """The least and the greatest width of a column in which the cell wraps as it does."""
        if span not in self._spans:
            self._spans[span] = span_of(lines_of(self.tokens[span[0] : span[1]]))
        return self._spans[span]

    def fits(self, field: str, span: Span) -> bool:
        """Whether a run of words may stand in a column."""
        key = (_kind(field, self.fields), span)
        if key not in self._fine:
            least, most = self.width(span)
            run = self.tokens[span[0] : span[1]]
            self._fine[key] = least <= most and is_one_cell(run) and _may_be(key[0], run)
        return self._fine[key]

    def told(self, row: PathRow) -> tuple[object, ...]:
        """What a row says, wherever it is printed."""
        return (tuple(label for label, _ in row.labels), *(self.text(s) for s in row.cells))


def _kind(field: str, fields: Sequence[str]) -> str:
    if field in POINTS:
        return "points"
    if field in SIGNS:
        return field
    if field == "level3":
        # Where there is no other column of words a name may be whole clauses.
        return "name" if any(f in fields for f in (*TEXTS, LAST)) else "clauses"
    return "value" if field in VALUES else "text"


def _may_be(kind: str, run: Sequence[Token]) -> bool:
    if kind == "points":
        number = run[0].number
        return len(run) == 1 and number is not None and 0 <= number <= _MOST_POINTS
    if kind in SIGNS:
        words = default_vocabulary()
        known = words.unit if kind == "unit" else words.operator_symbol
        return known(run[0].text) is not None
    if kind == "value":
        return is_value(run)
    if kind in ("name", "clauses"):
        return not run[0].text.startswith("(") and is_name(run, clauses=kind == "clauses")
    text = compact(text_of(run))
    if not _CJK.search(text) or holds_label(lines_of(run)):
        return False
    return not any(t.is_number or t.is_percent or operator_ahead().match(t.text) for t in run)


# --- every row that may begin at a word -----------------------------------------------------------


def _rows_at(words: Words, start: int) -> Iterator[PathRow]:
    near = words.tokens[start : start + _MOST_WORDS]
    for _, names_at, labels in heads(near, words.levels, wanting=False):
        for cells in _cells_at(words, start + names_at, 0, start + _MOST_WORDS):
            if _go_together(words, cells):
                yield PathRow(start, cells[-1][1], labels, cells)


def _go_together(words: Words, cells: Sequence[Span]) -> bool:
    """Whether cells of a row fit one another.

    Where operator and unit have columns, the target holds neither. A reason of one line stands on
    the line of the points before it, both being one line high, unless its words give a reason.
    """
    own = dict(zip(words.fields, cells, strict=True))
    first, end = own.get("target", (0, 0))
    if "operator" in own and first < end and operator_ahead().match(words.tokens[first].text):
        return False
    if "unit" in own and own["unit"][0] == own["unit"][1] and end > first + 1:
        return not any(t.text[0].isdigit() for t in words.tokens[first:end])
    first, end = own.get(LAST, (0, 0))
    if first == end or len({t.line for t in words.tokens[first:end]}) > 1:
        return True
    beside = words.tokens[first].line == words.tokens[first - 1].line
    return beside or bool(_GIVES_REASON.search(words.text((first, end))))


def _cells_at(words: Words, start: int, column: int, limit: int) -> Iterator[tuple[Span, ...]]:
    if column == len(words.fields):
        yield ()
        return
    field = words.fields[column]
    if field == LAST or field in SIGNS:
        for rest in _cells_at(words, start, column + 1, limit):
            yield ((start, start), *rest)
    for end in range(start + 1, min(len(words.tokens), limit) + 1):
        words.looks += 1
        if (
            words.looks > _MOST_LOOKS
            or not is_one_cell(words.tokens[start:end])
            or (field in (*POINTS, *SIGNS) and end > start + 1)
        ):
            break
        if words.fits(field, (start, end)) and not _parted(words, column, start, end):
            for rest in _cells_at(words, end, column + 1, limit):
                yield ((start, end), *rest)


def _parted(words: Words, column: int, start: int, end: int) -> bool:
    """Whether points side by side, weight and score, do not stand on one line."""
    if column == 0 or words.fields[column] not in POINTS or words.fields[column - 1] not in POINTS:
        return False
    return words.tokens[start].line != words.tokens[end - 2].line


# --- ways from the first word to the last ---------------------------------------------------------


def ways(words: Words) -> list[list[PathRow]] | None:
    """Every way to part the words into rows; None where there are too many to look at."""
    rows = _all_rows(words)
    if rows is None:
        return None
    text_columns = [n for n, f in enumerate(words.fields) if f not in (*POINTS, *SIGNS)]
    changed = True
    while changed:
        rows = _on_a_way(rows, len(words.tokens))
        changed = False
        for column in text_columns:
            kept = _wide_enough(words, rows, column)
            changed |= len(kept) < len(rows)
            rows = kept
    rows = _on_a_way(_clear_pairs(words, rows), len(words.tokens))
    return _paths(words, rows, text_columns)


def _clear_pairs(words: Words, rows: Sequence[PathRow]) -> list[PathRow]:
    """Of rows that differ in the end of the target alone, the one where it clearly goes best."""
    if not {*VALUES} <= set(words.fields):
        return list(rows)
    target, actual = (words.fields.index(field) for field in VALUES)
    groups: dict[tuple[object, ...], list[PathRow]] = defaultdict(list)
    for row in rows:
        others = tuple(s for n, s in enumerate(row.cells) if n not in (target, actual))
        ends = row.cells[target][0], row.cells[actual][1]
        groups[row.start, row.end, row.labels, others, ends].append(row)
    kept: list[PathRow] = []
    for group in groups.values():
        scored = sorted(
            (alike(words.text(row.cells[target]), words.text(row.cells[actual])), n)
            for n, row in enumerate(group)
        )
        clear = len(scored) > 1 and scored[-1][0] - scored[-2][0] >= CLEARLY
        kept += [group[scored[-1][1]]] if clear else group
    return kept


def _all_rows(words: Words) -> list[PathRow] | None:
    rows: list[PathRow] = []
    todo, seen = [0], {0}
    while todo:
        for row in _rows_at(words, todo.pop()):
            rows.append(row)
            if len(rows) > _MOST_ROWS or words.looks > _MOST_LOOKS:
                return None
            if row.end not in seen:
                seen.add(row.end)
                todo.append(row.end)
    return None if words.looks > _MOST_LOOKS else rows


def _on_a_way(rows: Sequence[PathRow], end: int) -> list[PathRow]:
    """The rows that are part of a way from the first word to the last."""
    ahead, back = {0}, {end}
    for row in sorted(rows, key=lambda r: r.start):
        if row.start in ahead:
            ahead.add(row.end)
    for row in sorted(rows, key=lambda r: -r.end):
        if row.end in back:
            back.add(row.start)
    return [row for row in rows if row.start in ahead and row.end in back]


def _wide_enough(words: Words, rows: list[PathRow], column: int) -> list[PathRow]:
    """The rows whose cell fits a column as wide as every way makes it.

    Every way has one row over each word: the column is at least as wide as the narrowest of these,
    at most as wide as the widest.
    """
    over: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        for at in range(row.start, row.end):
            over[at].append(words.width(row.cells[column]))
    least = max((min(w[0] for w in widths) for widths in over.values()), default=0.0)
    most = min((max(w[1] for w in widths) for widths in over.values()), default=0.0)
    return [
        row
        for row in rows
        if words.width(row.cells[column])[0] <= most and words.width(row.cells[column])[1] >= least
    ]


def _paths(
    words: Words, rows: Sequence[PathRow], columns: Sequence[int]
) -> list[list[PathRow]] | None:
    after: dict[int, list[PathRow]] = defaultdict(list)
    for row in rows:
        after[row.start].append(row)
    count = {len(words.tokens): 1}
    for row in sorted(rows, key=lambda r: -r.start):
        count[row.start] = sum(count.get(r.end, 0) for r in after[row.start])
    if count.get(0, 0) > _MOST_WAYS:
        return None
    found: list[list[PathRow]] = []

    def go(at: int, path: list[PathRow]) -> None:
        if at == len(words.tokens):
            found.append(list(path))
            return
        for row in after[at]:
            path.append(row)
            go(row.end, path)
            path.pop()

    go(0, [])
    return [path for path in found if path and _agree(words, path, columns)]


def _agree(words: Words, path: Sequence[PathRow], columns: Sequence[int]) -> bool:
    """Whether there is one width for each column in which all its cells wrap as they do."""
    for column in columns:
        spans = [words.width(row.cells[column]) for row in path]
        if max(s[0] for s in spans) > min(s[1] for s in spans):
            return False
    return True
