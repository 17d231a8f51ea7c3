"""Indicator rows printed a line each: ``名称 目标 实际 分值 得分 原因``, labels between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from orchestration.extraction.lineforms.gridmaker import EMPTY, Piece
from orchestration.extraction.lineforms.headerwords import HeaderField, read_header
from orchestration.extraction.lineforms.tokens import (
    FormLine,
    Labels,
    Token,
    read_labels,
    split_values,
)
from orchestration.extraction.text import compact, split_weight
from orchestration.extraction.vocabulary import default_vocabulary

_PAGE = re.compile(r"^[-—\s]*\d{1,3}[-—\s]*$")
_POINTS = ("weight", "score")


@dataclass(slots=True)
class GridCell:
    """A cell of a rebuilt row."""

    piece: Piece
    rowspan: int = 1


@dataclass(slots=True)
class GridRow:
    """One piece a column; None where a label above covers the cell."""

    cells: list[GridCell | None]


@dataclass(frozen=True, slots=True)
class IndicatorPart:
    """Header and rows of the indicator block."""

    header: list[HeaderField]
    rows: list[GridRow]


@dataclass(slots=True)
class _Row:
    """A row while its labels are still being sorted out."""

    line: FormLine
    name: list[Piece]
    values: dict[str, Piece]
    weight: Decimal | None
    score: Decimal | None
    level2: Piece | None = None
    level1: Piece | None = None
    has_own_name: bool = True


@dataclass(slots=True)
class _Reading:
    """The block while it is read."""

    fields: list[str]
    rows: list[_Row] = field(default_factory=list)
    pending: list[FormLine] = field(default_factory=list)
    level1: list[tuple[Piece, int]] = field(default_factory=list)
    level2: Piece | None = None
    failed: bool = False


def read_indicators(lines: Sequence[FormLine], total: FormLine | None) -> IndicatorPart | None:
    """The indicator block; None where it cannot be read in exactly one way.

    Weights must add up to what the form prints.
    """
    start = next((i for i, line in enumerate(lines) if i and _starts_rows(lines, i)), None)
    if start is None:
        return None
    header, _ = read_header(lines[:start], "indicator")
    fields = [f.field for f in header]
    if "level3" not in fields or not any(f in fields for f in _POINTS):
        return None
    reading = _Reading(fields)
    for line in lines[start:]:
        _take(reading, line)
        if reading.failed:
            return None
    if reading.pending and reading.rows:
        _tail(reading, reading.pending)
    if len(reading.rows) < 2 or not _share_levels(reading, total):
        return None
    return IndicatorPart(header, _grid_rows(reading))


def _starts_rows(lines: Sequence[FormLine], index: int) -> bool:
    """Whether the header ends before a line: it begins with a level or is itself a row."""
    before = "".join(compact(line.text) for line in lines[:index])
    if not re.search(r"得分|分值|权重", before):
        return False
    ahead = "".join(compact(line.text) for line in lines[index : index + 4])
    labels = read_labels(ahead)
    header_word = default_vocabulary().header("indicator", lines[index].text)
    return (
        header_word is None
        and (labels.level1 is not None or labels.level2 is not None or _is_row(lines[index]))
        and not re.match(
            r"^[\u4e00-\u9fff]{0,4}(?:改进|措施|原因|分析)", compact(lines[index].text)
        )
    )


def _is_row(line: FormLine) -> bool:
    """Whether a line carries a row's figures: two numbers at its end, but for a reason in words."""
    tokens = list(line.tokens)
    while tokens and not tokens[-1].is_number:
        tokens.pop()
    return len(tokens) >= 3 and tokens[-1].is_number and tokens[-2].is_number and len(tokens) > 2


def _take(reading: _Reading, line: FormLine) -> None:
    text = compact(line.text)
    if default_vocabulary().is_placeholder(text) or text in ("……", "…"):
        _labels(reading, None)
        return
    if _PAGE.match(line.text):
        return
    if not _is_row(line):
        reading.pending.append(line)
        return
    row = _row(line, reading.fields)
    if row is None:
        reading.failed = True
        return
    _labels(reading, row)
    reading.rows.append(row)
    row.level2 = reading.level2


def _row(line: FormLine, fields: list[str]) -> _Row | None:
    """A line with figures: labels and name, target, actual, weight, score, reason."""
    tokens = list(line.tokens)
    reason: list[Token] = []
    while tokens and not tokens[-1].is_number:
        reason.insert(0, tokens.pop())
    points = [f for f in fields if f in _POINTS]
    if len(tokens) < len(points) or (reason and "deviation_reason" not in fields):
        return None
    numbers, tokens = tokens[-len(points) :], tokens[: -len(points)]
    if any(t.number is None for t in numbers):
        return None
    printed = {f: Piece(t.text, (t.place,)) for f, t in zip(points, numbers, strict=True)}
    by_field = {f: t.number for f, t in zip(points, numbers, strict=True)}
    weight, score = by_field.get("weight"), by_field.get("score")
    if weight is not None and score is not None and score > weight:
        return None
    if reason:
        printed["deviation_reason"] = Piece("".join(t.text for t in reason), (line.place,))
    values = [f for f in fields if f in ("target", "actual")]
    parted = _name_and_values(tokens, len(values))
    if parted is None:
        return None
    name, groups = parted
    for role, group in zip(values, groups, strict=True):
        printed[role] = Piece(" ".join(t.text for t in group), (line.place,))
    pieces = [Piece(t.text, (t.place,)) for t in name]
    return _Row(line, pieces, printed, weight, score, has_own_name=bool(pieces))


def _name_and_values(
    tokens: Sequence[Token], count: int
) -> tuple[list[Token], list[list[Token]]] | None:
    """Name tokens, then ``count`` values; where words stand for values the last ones are they."""
    if not tokens:
        return None
    first = next((i for i, t in enumerate(tokens) if re.match(r"^[≥≤<>=]?\d", t.text)), None)
    if first is None:
        if len(tokens) < count:
            return None
        cut = len(tokens) - count
        return list(tokens[:cut]), [[t] for t in tokens[cut:]]
    groups = split_values(tokens[first:], count)
    if groups is not None:
        return list(tokens[:first]), groups
    if len(tokens) - first == 1 and count == 2 and first >= 1:
        # A worded target before a figure, or a figure before a worded result.
        return list(tokens[: first - 1]), [[tokens[first - 1]], [tokens[first]]]
    return None


# --- labels
# ------------------------------------------------------------------------------------------


def _labels(reading: _Reading, row: _Row | None) -> None:
    """Sort out the words printed since the last row: labels, names, the last row's rest."""
    pending, reading.pending = reading.pending, []
    own1 = own2 = None
    if row is not None and pending and _wrapped_label(reading, pending, row):
        return
    if row is not None:
        own1 = _pop_label(row, "level1")
        own2 = _pop_label(row, "level2")
    _flush_text(reading, pending, row)
    if own1 is not None:
        reading.level1.append((own1, len(reading.rows)))
        reading.level2 = None if own2 is not None else reading.level2
    if own2 is not None:
        reading.level2 = own2


def _wrapped_label(reading: _Reading, pending: list[FormLine], row: _Row) -> bool:
    """Labels whose last piece stands on the row's own line: ``满意度指`` | ``标 满意度 …``."""
    if len(row.name) < 2:
        return False
    places = tuple(line.place for line in pending)
    text = "".join(compact(line.text) for line in pending)
    labels, alone = read_labels(text + row.name[0].text), read_labels(text)
    if labels.rest or not alone.rest or not (labels.level1 or labels.level2):
        return False
    if labels.level1:
        reading.level1.append((Piece(labels.level1, places), len(reading.rows)))
    reading.level2 = Piece(labels.level2, places) if labels.level2 else None
    row.name.pop(0)
    return True


def _pop_label(row: _Row, level: str) -> Piece | None:
    """The label of a level in front of a row's name, taken off it."""
    if len(row.name) < 2:
        return None
    labels = read_labels(row.name[0].text)
    named = {"level1": labels.level1, "level2": labels.level2}
    other = {"level1": labels.level2, "level2": labels.level1}
    if named[level] is None or other[level] is not None or labels.rest:
        return None
    return row.name.pop(0)


def _flush_text(reading: _Reading, pending: list[FormLine], row: _Row | None) -> None:
    if not pending:
        return
    places = tuple(line.place for line in pending)
    text = "".join(compact(line.text) for line in pending)
    labels = read_labels(text)
    labelled = bool(labels.level1 or labels.level2)
    while labels.level1 or labels.level2:
        if labels.level1:
            reading.level1.append((Piece(labels.level1, places), len(reading.rows)))
        if labels.level2:
            reading.level2 = Piece(labels.level2, places)
        again = read_labels(labels.rest)
        if again == labels or not (again.level1 or again.level2):
            break
        labels = again
    rest = labels.rest
    if not rest:
        return
    if row is not None and (labelled or not row.has_own_name):
        # What follows a new label is the beginning of the next row's name.
        row.name = [Piece(rest, places), *row.name]
        row.has_own_name = True
    elif reading.rows:
        _tail(reading, [line for line in pending if compact(line.text) in rest])


def _tail(reading: _Reading, lines: Sequence[FormLine]) -> None:
    """Words after a row that are no label: the rest of its name."""
    rest = "".join(compact(line.text) for line in lines)
    labels: Labels = read_labels(rest)
    if labels.rest and not labels.level1 and not labels.level2 and len(labels.rest) <= 20:
        last = reading.rows[-1]
        last.name.append(Piece(labels.rest, tuple(line.place for line in lines)))


# --- level 1: by the weights it prints
# ------------------------------------------------------------------


def _share_levels(reading: _Reading, total: FormLine | None) -> bool:
    """Give each row its level 1; False where weights do not add up.

    A level that prints its weight has the rows whose weights add up to it, wherever beside them the
    label stands. Otherwise rows follow their label.
    """
    rows = reading.rows
    if any(not row.name for row in rows):
        return False
    labels = reading.level1
    weights = [split_weight(piece.text)[1] for piece, _ in labels]
    own = [row.weight for row in rows]
    if labels and all(weights) and all(w is not None for w in own):
        if not _by_weight(rows, labels, [Decimal(w) for w in weights if w]):
            return False
    else:
        if labels and labels[0][1] > 0 and len(labels) == 1:
            return False
        for number, row in enumerate(rows):
            before = [piece for piece, at in labels if at <= number]
            row.level1 = before[-1] if before else (labels[0][0] if labels else None)
    return _adds_up(rows, total)


def _by_weight(rows: list[_Row], labels: list[tuple[Piece, int]], weights: list[Decimal]) -> bool:
    position = 0
    for (piece, _), weight in zip(labels, weights, strict=True):
        added = Decimal(0)
        while position < len(rows) and added < weight:
            added += rows[position].weight or Decimal(0)
            rows[position].level1 = piece
            position += 1
        if added != weight:
            return False
    return position == len(rows)


def _adds_up(rows: list[_Row], total: FormLine | None) -> bool:
    """Whether the weights leave 0 to 30 points of the printed total to the execution rate."""
    weights = [row.weight for row in rows]
    if total is None or any(w is None for w in weights):
        return True
    numbers = [t.number for t in total.tokens if t.number is not None]
    if not numbers:
        return True
    left = numbers[0] - sum((w for w in weights if w is not None), Decimal(0))
    return Decimal(0) <= left <= Decimal(30)


# --- rows of the grid
# -------------------------------------------------------------------------------------


def _grid_rows(reading: _Reading) -> list[GridRow]:
    built: list[GridRow] = []
    above: dict[str, tuple[Piece | None, GridCell]] = {}
    for row in reading.rows:
        cells: list[GridCell | None] = []
        for name in reading.fields:
            if name in ("level1", "level2"):
                cells.append(_label_cell(name, row, above))
            elif name == "level3":
                text = "".join(piece.text for piece in row.name)
                places = tuple(p for piece in row.name for p in piece.places)
                cells.append(GridCell(Piece(text, (*places, row.line.place))))
            else:
                cells.append(GridCell(row.values.get(name, EMPTY)))
        built.append(GridRow(cells))
    return built


def _label_cell(
    name: str, row: _Row, above: dict[str, tuple[Piece | None, GridCell]]
) -> GridCell | None:
    """A label's cell, once for all rows that it covers; a new level 1 ends the level 2 above."""
    piece = row.level1 if name == "level1" else row.level2
    if name in above and above[name][0] is piece:
        above[name][1].rowspan += 1
        return None
    if name == "level1":
        above.pop("level2", None)
    cell = GridCell(piece or EMPTY)
    above[name] = (piece, cell)
    return cell
