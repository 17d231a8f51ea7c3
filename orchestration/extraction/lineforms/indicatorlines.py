"""Indicator rows printed a line each: ``名称 目标 实际 分值 得分 原因``, labels between.

The line with a row's figures is read by itself; what stands between two such lines is settled by
:mod:`betweenlines`. Only the plain order of columns is read, and only where labels, names and
weights leave one reading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from orchestration.extraction.lineforms.betweenlines import (
    Above,
    Below,
    Gap,
    Widths,
    is_strong_label,
    settle,
    width,
)
from orchestration.extraction.lineforms.gridmaker import EMPTY, Piece
from orchestration.extraction.lineforms.headerwords import HeaderField, read_header
from orchestration.extraction.lineforms.labelorder import Printed, before_their_rows
from orchestration.extraction.lineforms.tokens import (
    FormLine,
    Token,
    name_and_values,
    read_labels,
)
from orchestration.extraction.text import compact, split_weight
from orchestration.extraction.vocabulary import default_vocabulary

_POINTS = ("weight", "score")
_ORDER = ("level1", "level2", "level3", "target", "actual", "weight", "score", "deviation_reason")
_NEEDED = frozenset({"level3", "target", "actual", "weight", "score"})
_PAGE = re.compile(r"^\d{1,3}$")
_BAND = re.compile(r"^[绩效指标]{0,4}$")


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
    """Header and rows of the indicator block, and what all weights add up to."""

    header: list[HeaderField]
    rows: list[GridRow]
    weight: Decimal


@dataclass(slots=True)
class _Row:
    """A row while its labels are still being sorted out."""

    line: FormLine
    name: list[Token]
    values: dict[str, Piece]
    weight: Decimal
    score: Decimal
    labels: list[tuple[str, Piece]]
    worded: bool  # values in words that differ
    reason: str = ""
    level1: Piece | None = None
    level2: Piece | None = None
    printed: list[Printed] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """The block while it is read: rows, and the lines before each of them and after the last."""

    fields: list[str]
    rows: list[_Row] = field(default_factory=list)
    gaps: list[list[FormLine]] = field(default_factory=list)


def read_indicators(lines: Sequence[FormLine]) -> IndicatorPart | None:
    """The indicator block; None where it cannot be read in exactly one way."""
    block = block_of(lines)
    if block is None:
        return None
    header, body = block
    reading = _rows([f.field for f in header], body)
    if reading is None or len(reading.rows) < 2 or not _settle(reading):
        return None
    if not before_their_rows([row.printed for row in reading.rows]):
        return None
    if not levels_close([(row.level1, row.weight) for row in reading.rows if row.level1]):
        return None
    weight = sum((row.weight for row in reading.rows), Decimal(0))
    return IndicatorPart(header, _grid_rows(reading), weight)


def block_of(lines: Sequence[FormLine]) -> tuple[list[HeaderField], list[FormLine]] | None:
    """The columns of the block and the lines of its rows; None where its header is not plain."""
    start = next((i for i, line in enumerate(lines) if i and _starts_rows(lines, i)), None)
    if start is None:
        return None
    header, left = read_header(lines[:start], "indicator")
    if header and header[0].field == "ignore":
        header = header[1:]  # 绩效指标, the label beside the block
    plain = is_plain([f.field for f in header])
    if not plain or not _BAND.match(re.sub(r"[(]?[AB][)]?|\W", "", left)):
        return None
    return header, without_repeats(lines[start:], lines[:start])


def is_plain(fields: list[str]) -> bool:
    """Whether columns stand in the plain order, none twice, none missing that is needed."""
    places = [_ORDER.index(f) if f in _ORDER else -1 for f in fields]
    return set(fields) >= _NEEDED and places == sorted(set(places)) and -1 not in places


def without_repeats(lines: Sequence[FormLine], header: Sequence[FormLine]) -> list[FormLine]:
    """The lines without the header printed again at the top of a page."""
    words = "".join(compact(line.text) for line in header)
    kept: list[FormLine] = []
    index = 0
    while index < len(lines):
        joined, end = "", index
        while end < len(lines) and words.startswith(joined) and joined != words:
            joined += compact(lines[end].text)
            end += 1
        if joined == words:
            index = end
            continue
        kept.append(lines[index])
        index += 1
    return kept


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
    return len(tokens) >= 3 and tokens[-1].is_number and tokens[-2].is_number


def _rows(fields: list[str], lines: Sequence[FormLine]) -> _Reading | None:
    """The lines with figures as rows, the lines between them as gaps."""
    reading = _Reading(fields, gaps=[[]])
    for line in lines:
        text = compact(line.text)
        if default_vocabulary().is_placeholder(text) or text in ("……", "…") or _PAGE.match(text):
            continue
        if not _is_row(line):
            reading.gaps[-1].append(line)
            continue
        row = _row(line, fields)
        if row is None:
            return None
        reading.rows.append(row)
        reading.gaps.append([])
    return reading


def _row(line: FormLine, fields: list[str]) -> _Row | None:
    """A line with figures: labels and name, target, actual, weight, score, reason."""
    tokens = list(line.tokens)
    reason: list[Token] = []
    while tokens and not tokens[-1].is_number:
        reason.insert(0, tokens.pop())
    if reason and "deviation_reason" not in fields:
        return None
    numbers, tokens = tokens[-2:], tokens[:-2]
    weight, score = numbers[0].number, numbers[1].number
    if weight is None or score is None or score > weight:
        return None
    printed = {f: Piece(t.text, (t.place,)) for f, t in zip(_POINTS, numbers, strict=True)}
    said = "".join(t.text for t in reason)
    if reason:
        printed["deviation_reason"] = Piece(said, (line.place,))
    labels = _own_labels(tokens)
    parted = name_and_values(tokens)
    if parted is None:
        return None
    name, groups = parted
    for role, group in zip(("target", "actual"), groups, strict=True):
        printed[role] = Piece(" ".join(t.text for t in group), (line.place,))
    texts = ["".join(t.text for t in group) for group in groups]
    worded = texts[0] != texts[1] and not any(re.search(r"\d", t) for t in texts)
    return _Row(line, name, printed, weight, score, labels, worded, said)


def _own_labels(tokens: list[Token]) -> list[tuple[str, Piece]]:
    """The labels of levels in front of a row's name, taken off the tokens.

    A word such as 服务对象满意度 may be the name itself: then nothing else is one.
    """
    found: list[tuple[str, Piece]] = []
    while len(tokens) > 1:
        text = tokens[0].text
        labels = read_labels(text)
        if labels.rest or bool(labels.level1) == bool(labels.level2):
            break
        if not is_strong_label(text):
            parted = name_and_values(tokens[1:])
            if parted is None or not parted[0]:
                break
        level = "level1" if labels.level1 else "level2"
        found.append((level, Piece(labels.level1 or labels.level2 or "", (tokens[0].place,))))
        tokens.pop(0)
    return found


# --- what stands between the rows
# -----------------------------------------------------------------


def _settle(reading: _Reading) -> bool:
    """Give the lines between rows to reasons, labels and names; False where that is not certain."""
    widths = _widths(reading)
    has_reason = "deviation_reason" in reading.fields
    level1 = level2 = None
    for number, gap_lines in enumerate(reading.gaps):
        upper = reading.rows[number - 1] if number else None
        lower = reading.rows[number] if number < len(reading.rows) else None
        gap = settle(gap_lines, _above(upper, has_reason), _below(lower), widths)
        if gap is None or (gap.labels and (lower is None or not _labels_end(gap, lower))):
            return False
        if upper is not None and gap.tail:
            _lengthen_reason(upper, gap)
        if lower is None:
            continue
        if gap.takes_own:
            lower.name.pop(0)
        if len(lower.name) > 1:
            return False  # two words before the values: no one knows which is the name
        begins = gap.head[0].line if gap.head else lower.line.tokens[0].line
        lower.printed = [
            Printed(level, text, tokens[-1].line == begins) for (level, text), tokens in gap.labels
        ] + [Printed(level, piece.text, True) for level, piece in lower.labels]
        lower.name[:0] = gap.head
        new = [(level, Piece(text, tuple(dict.fromkeys(t.place for t in tokens))))
               for (level, text), tokens in gap.labels] + lower.labels  # fmt: skip
        if len({level for level, _ in new}) != len(new):
            return False  # two labels of one level before one row
        named = dict(new)
        if "level1" in named and not _same(named["level1"], level1):
            level1, level2 = named["level1"], None
        if "level2" in named and not _same(named["level2"], level2):
            level2 = named["level2"]
        if any(level in reading.fields and piece is None
               for level, piece in (("level1", level1), ("level2", level2))):  # fmt: skip
            return False
        if _could_be_level1(named, level1):
            return False
        lower.level1, lower.level2 = level1, level2
    return True


def _above(row: _Row | None, has_reason: bool) -> Above | None:
    """What the gap below a row may go on with: its reason, where points are missing."""
    if row is None:
        return None
    return Above(row.reason, has_reason and (bool(row.reason) or row.score < row.weight))


def _below(row: _Row | None) -> Below | None:
    return Below(tuple(row.name), row.worded) if row else None


def _same(label: Piece, known: Piece | None) -> bool:
    """Whether a label is the one in force, printed again on the next row."""
    return known is not None and compact(label.text) == compact(known.text)


def _could_be_level1(named: dict[str, Piece], level1: Piece | None) -> bool:
    """Whether a lone 满意度指标 under another level 1 may be a level 1 itself."""
    if set(named) != {"level2"} or level1 is None:
        return False
    words = default_vocabulary().level1
    own = words.find(compact(named["level2"].text))
    return own == "satisfaction" != words.find(split_weight(compact(level1.text))[0])


def _labels_end(gap: Gap, lower: _Row) -> bool:
    """Whether labels on lines of their own go before those on the row's line in the same order."""
    own = [level for level, _ in lower.labels]
    return not own or "level1" not in own or all(level != "level2" for (level, _), _ in gap.labels)


def _lengthen_reason(row: _Row, gap: Gap) -> None:
    row.reason += "".join(t.text for t in gap.tail)
    known = row.values.get("deviation_reason", EMPTY)
    places = tuple(dict.fromkeys((*known.places, *(t.place for t in gap.tail))))
    row.values["deviation_reason"] = Piece(row.reason, places)


def _widths(reading: _Reading) -> Widths:
    """The widest name and reason that stand on a row's own line."""
    names = [width("".join(t.text for t in row.name)) for row in reading.rows if row.name]
    reasons = [width(row.reason) for row in reading.rows if row.reason]
    commas = any("," in token.text for row in reading.rows for token in row.name)
    return Widths(max(names, default=0.0), max(reasons, default=0.0), commas)


# --- level 1: by the weights it prints
# ------------------------------------------------------------------


def levels_close(rows: Sequence[tuple[Piece, Decimal]]) -> bool:
    """Whether printed weights of levels are those of their rows (all of them, or none printed)."""
    added: dict[int, Decimal] = {}
    labels: dict[int, Piece] = {}
    for level1, weight in rows:
        added[id(level1)] = added.get(id(level1), Decimal(0)) + weight
        labels[id(level1)] = level1
    printed = {key: split_weight(piece.text)[1] for key, piece in labels.items()}
    if len({compact(piece.text) for piece in labels.values()}) != len(labels):
        return False  # one level twice
    return all(weight is None or Decimal(weight) == added[key] for key, weight in printed.items())


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
                text = "".join(token.text for token in row.name)
                places = tuple(dict.fromkeys((*(t.place for t in row.name), row.line.place)))
                cells.append(GridCell(Piece(text, places)))
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
