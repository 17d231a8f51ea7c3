"""The indicator block of a dump cell by cell, when its rows' cells wrap over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from orchestration.extraction.lineforms.betweenlines import labels_of
from orchestration.extraction.lineforms.cellorder import (
    Cut,
    Row,
    rows_of,
    settle_rows,
    text_of,
    ways,
)
from orchestration.extraction.lineforms.gridmaker import Piece
from orchestration.extraction.lineforms.headerwords import HeaderField
from orchestration.extraction.lineforms.indicatorlines import (
    GridCell,
    GridRow,
    IndicatorPart,
    block_of,
    levels_close,
)
from orchestration.extraction.lineforms.labelorder import (
    Printed,
    before_their_rows,
    every_row_has_all,
    first_reaches_down,
    some_stand_above,
)
from orchestration.extraction.lineforms.tokens import FormLine, Token
from orchestration.extraction.text import compact
from orchestration.extraction.vocabulary import default_vocabulary

_DOTS = re.compile(r"^…+$")


def read_cells(lines: Sequence[FormLine]) -> IndicatorPart | None:
    """The indicator block; None where its words can be shared in no way or in several."""
    block = block_of(lines)
    if block is None:
        return None
    header, body = block
    fields = [f.field for f in header]
    parted = rows_of([line for line in body if not _is_filler(line)])
    if parted is None or len(parted[0]) < 2:
        return None
    rows, between = parted
    levels = frozenset(f for f in ("level1", "level2") if f in fields)
    has_reason = "deviation_reason" in fields
    choices = [
        ways(between[n], rows[n - 1] if n else None, levels, has_reason=has_reason)
        for n in range(len(rows))
    ]
    last = _after_last(rows[-1], between[-1], has_reason=has_reason)
    if last is None or not all(choices) or (any(row.reason for row in rows) and not has_reason):
        return None
    cuts = settle_rows([*choices, [last]], rows)
    if cuts is None or not _in_order([_printed(cut) for cut in cuts[:-1]], levels):
        return None
    return _part(header, rows, cuts, levels)


def _in_order(printed: list[list[Printed]], levels: frozenset[str]) -> bool:
    """Whether labels stand before their rows beyond doubt."""
    above = some_stand_above(printed) or first_reaches_down(printed)
    return before_their_rows(printed) and (above or every_row_has_all(printed, levels))


def _is_filler(line: FormLine) -> bool:
    text = compact(line.text)
    return default_vocabulary().is_placeholder(text) or bool(_DOTS.match(text))


def _after_last(row: Row, words: Sequence[Token], *, has_reason: bool) -> Cut | None:
    """What follows the last row's figures is the rest of its reason, or labels without a row."""
    if words and labels_of(words):
        words = ()
    if words and not (has_reason and (row.short or row.reason)):
        return None
    return Cut(tuple(words), (), (), (), ())


def _printed(cut: Cut) -> list[Printed]:
    own = cut.name[0].line
    return [Printed(level, text, tokens[-1].line == own) for (level, text), tokens in cut.labels]


def _part(
    header: list[HeaderField], rows: Sequence[Row], cuts: Sequence[Cut], levels: frozenset[str]
) -> IndicatorPart | None:
    """The rows of the grid; None where a row lacks a level or printed weights do not add up."""
    fields = [f.field for f in header]
    known: dict[str, GridCell] = {}
    weights: list[tuple[Piece, Decimal]] = []
    built: list[GridRow] = []
    for row, cut, below in zip(rows, cuts, cuts[1:], strict=False):
        fresh: set[str] = set()
        for (level, text), tokens in cut.labels:
            if level in known and compact(known[level].piece.text) == compact(text):
                continue  # printed again on the next row
            known[level] = GridCell(_piece(text, tokens), 0)
            fresh.add(level)
            if level == "level1" and "level2" in known and "level2" not in fresh:
                del known["level2"]
        if levels - set(known):
            return None
        for level in levels - fresh:
            known[level].rowspan += 1
        for level in fresh:
            known[level].rowspan = 1
        weight = row.weight.number or Decimal(0)
        if "level1" in known:
            weights.append((known["level1"].piece, weight))
        reason = (*row.reason, *below.reason)
        texts = {
            "level3": cut.name,
            "target": cut.target,
            "actual": cut.actual,
            "weight": (row.weight,),
            "score": (row.score,),
            "deviation_reason": reason,
        }
        built.append(
            GridRow(
                [
                    (known[name] if name in fresh else None)
                    if name in levels
                    else GridCell(_piece(text_of(texts[name]), texts[name]))
                    for name in fields
                ]
            )
        )
    if not levels_close(weights):
        return None
    total = sum((row.weight.number or Decimal(0) for row in rows), Decimal(0))
    return IndicatorPart(header, built, total)


def _piece(text: str, tokens: Sequence[Token]) -> Piece:
    return Piece(text, tuple(dict.fromkeys(t.place for t in tokens)))
