"""The indicator block of a dump cell by cell whose columns stand in another order than the plain.

Weights before targets, targets without scores, descriptions beside names: the head says which
columns there are, :mod:`rowpaths` how the words may be shared among them. All ways that are left
must say the same, labels must stand before their rows, printed weights must add up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from orchestration.extraction.lineforms.gridmaker import EMPTY, Piece
from orchestration.extraction.lineforms.headerwords import HeaderField, read_header
from orchestration.extraction.lineforms.indicatorlines import (
    GridCell,
    GridRow,
    IndicatorPart,
    is_plain,
    levels_close,
    without_repeats,
)
from orchestration.extraction.lineforms.labelorder import (
    Printed,
    before_their_rows,
    every_row_has_all,
    first_reaches_down,
    some_stand_above,
)
from orchestration.extraction.lineforms.rowpaths import (
    LAST,
    POINTS,
    SIGNS,
    TEXTS,
    PathRow,
    Words,
    ways,
)
from orchestration.extraction.lineforms.tokens import FormLine, Token, read_labels
from orchestration.extraction.text import compact
from orchestration.extraction.vocabulary import default_vocabulary

_LEVELS = ("level1", "level2")
_KNOWN = frozenset({*_LEVELS, "level3", "target", "actual", *POINTS, *SIGNS, *TEXTS, LAST})
_FILLER = re.compile(r"^…+$")
#: The label beside the block, printed again before each level: 绩效指标 产出指标 数量指标.
_BESIDE = re.compile(r"^(?:年度)?绩效(?:目标)?指标$")
_LEFT = re.compile(r"[(]?\d+分?[)]?|[(]?[AB][)]?|\W")
_BAND = re.compile(r"^[绩效指标年度目]{0,8}$")
_HEADER_LINES = 24


def read_ordered(
    lines: Sequence[FormLine], closes: Callable[[Decimal], bool] | None = None
) -> IndicatorPart | None:
    """The indicator block; None where its words can be shared in no way or in several.

    ``closes``: whether all weights together are what the form says; not asked where no weight is
    printed.
    """
    block = ordered_block_of(lines)
    if block is None:
        return None
    header, body = block
    fields = [f.field for f in header]
    if is_plain(fields):
        return None  # the readers of the plain order have looked at it
    levels = frozenset(f for f in _LEVELS if f in fields)
    words = Words(_tokens(body), [f for f in fields if f not in _LEVELS], levels)
    if len(words.tokens) < len(fields):
        return None
    found = [path for path in ways(words) or [] if _adds_up(words, path, closes)]
    told = {tuple(words.told(row) for row in path) for path in found}
    # Where labels stand is asked of the one way that is left: it must not choose between ways.
    if len(told) != 1 or not _in_order(words, found[0]):
        return None
    return _part(words, header, found[0])


def ordered_block_of(lines: Sequence[FormLine]) -> tuple[list[HeaderField], list[FormLine]] | None:
    """The columns and the lines of the rows; None where the head names others than are known."""
    for start in range(1, min(len(lines), _HEADER_LINES)):
        if not _begins_rows(lines, start):
            continue
        header, left = read_header(lines[:start], "indicator")
        if header and header[0].field == "ignore":
            header = header[1:]
        fields = [f.field for f in header]
        fine = set(fields) <= _KNOWN and len(set(fields)) == len(fields)
        labels = [f for f in fields if f in _LEVELS]
        first = fields[: len(labels)] == labels == sorted(labels)
        needed = {"level1", "level3", "target"} <= set(fields) and fields[-1:] != ["level3"]
        last = LAST not in fields or fields[-1] == LAST
        if fine and first and needed and last and _BAND.match(_LEFT.sub("", left)):
            return header, without_repeats(lines[start:], lines[:start])
        return None
    return None


def _begins_rows(lines: Sequence[FormLine], start: int) -> bool:
    """Whether a line begins with a level, the head above it being whole."""
    first = [t for t in lines[start].tokens if not _BESIDE.match(t.text)]
    beside = _BESIDE.match(compact(lines[start].text))
    if not beside and default_vocabulary().header("indicator", lines[start].text) is not None:
        return False
    ahead = "".join(compact(line.text) for line in lines[start + 1 : start + 4])
    labels = read_labels("".join(t.text for t in first) + ahead)
    before = "".join(compact(line.text) for line in lines[:start])
    return labels.level1 is not None and re.search(r"指标值|目标值|标准值", before) is not None


def _tokens(lines: Sequence[FormLine]) -> list[Token]:
    tokens: list[Token] = []
    for line in lines:
        text = compact(line.text)
        if default_vocabulary().is_placeholder(text) or _FILLER.match(text):
            continue
        tokens += [t for t in line.tokens if not _BESIDE.match(t.text)]
    return tokens


def _adds_up(
    words: Words, path: Sequence[PathRow], closes: Callable[[Decimal], bool] | None
) -> bool:
    """Whether a way has points within weights and weights that close; two rows at least."""
    if len(path) < 2:
        return False
    if "weight" not in words.fields:
        return True
    weights = [_points(words, row, "weight") for row in path]
    scores = [_points(words, row, "score") for row in path] if "score" in words.fields else weights
    if any(not w or s is None or s > w for w, s in zip(weights, scores, strict=True)):
        return False
    return closes is None or closes(sum((w for w in weights if w), Decimal(0)))


def _in_order(words: Words, path: Sequence[PathRow]) -> bool:
    """Whether labels stand before their rows beyond doubt, and nothing behind the last row."""
    printed = [_printed(words, row) for row in path]
    if {label.level for label in printed[0]} != words.levels:
        return False
    if not before_their_rows(printed) or not _surely_above(printed, words.levels):
        return False
    if not _levels_follow(printed, words.levels) or not _in_cell_order(words, path):
        return False
    # Where nothing adds up, words behind the last row must not pass for one more.
    last = dict(zip(words.fields, path[-1].cells, strict=True))
    ends = bool(path[-1].labels) or bool(re.search(r"\d", words.text(last["target"])))
    return ends or "weight" in words.fields


def _surely_above(printed: Sequence[Sequence[Printed]], levels: frozenset[str]) -> bool:
    """Whether a label on a line of its own stands above several rows, or every row has all."""
    above = some_stand_above(printed) or first_reaches_down(printed)
    return above or every_row_has_all(printed, levels)


def _in_cell_order(words: Words, path: Sequence[PathRow]) -> bool:
    """Whether cells follow one another where each of them has lines of its own.

    A label beside one row of one line shares its line, unless the dump parts the cells. Such a dump
    may as well go from top to bottom; then the two lines of another such label stand above and
    below the row, not one behind the other.
    """
    alone = [
        (len({t.line for t in tokens}), tokens[-1].line != words.tokens[row.cells[0][0]].line)
        for row, following in zip(path, [*path[1:], None], strict=True)
        if all(words.tokens[a].line == words.tokens[b - 1].line for a, b in row.cells if a < b)
        for (level, _), tokens in row.labels
        if following is None or {one for (one, _), _ in following.labels} & {"level1", level}
    ]
    apart = any(lines == 1 and own_line for lines, own_line in alone)
    return not apart or any(lines > 1 for lines, _ in alone)


def _levels_follow(printed: Sequence[Sequence[Printed]], levels: frozenset[str]) -> bool:
    """Whether each new level 1 brings a level 2 where there are any."""
    return levels == {"level1"} or all(
        {label.level for label in labels} != {"level1"} for labels in printed
    )


def _printed(words: Words, row: PathRow) -> list[Printed]:
    own = words.tokens[row.cells[0][0]].line
    return [Printed(level, text, tokens[-1].line == own) for (level, text), tokens in row.labels]


def _points(words: Words, row: PathRow, field: str) -> Decimal | None:
    return words.tokens[row.cells[words.fields.index(field)][0]].number


def _part(words: Words, header: list[HeaderField], path: Sequence[PathRow]) -> IndicatorPart | None:
    known: dict[str, GridCell] = {}
    built: list[GridRow] = []
    weights: list[tuple[Piece, Decimal]] = []
    for row in path:
        fresh: set[str] = set()
        for (level, text), tokens in row.labels:
            if level in known and compact(known[level].piece.text) == compact(text):
                continue  # printed again on the next row
            known[level] = GridCell(Piece(text, tuple(dict.fromkeys(t.place for t in tokens))), 0)
            fresh.add(level)
            if level == "level1" and "level2" in words.levels and "level2" not in fresh:
                known.pop("level2", None)
        if words.levels - set(known):
            return None
        for level in words.levels:
            known[level].rowspan += 1
        cells = dict(zip(words.fields, row.cells, strict=True))
        built.append(
            GridRow(
                [
                    (known[f.field] if f.field in fresh else None)
                    if f.field in words.levels
                    else GridCell(_piece(words, cells[f.field]))
                    for f in header
                ]
            )
        )
        weight = _points(words, row, "weight") if "weight" in words.fields else Decimal(0)
        weights.append((known["level1"].piece, weight or Decimal(0)))
    if "weight" in words.fields and not levels_close(weights):
        return None
    return IndicatorPart(header, built, sum((w for _, w in weights), Decimal(0)))


def _piece(words: Words, span: tuple[int, int]) -> Piece:
    tokens = words.tokens[span[0] : span[1]]
    if not tokens:
        return EMPTY
    return Piece(words.text(span), tuple(dict.fromkeys(t.place for t in tokens)))
