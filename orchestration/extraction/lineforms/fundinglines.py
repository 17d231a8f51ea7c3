"""The money of a form printed as lines: header words, then a label and its figures a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from orchestration.extraction.lineforms.gridmaker import EMPTY, Piece
from orchestration.extraction.lineforms.headerwords import HeaderField, read_header
from orchestration.extraction.lineforms.tokens import FormLine, Token
from orchestration.extraction.text import compact
from orchestration.extraction.values import parse_number
from orchestration.extraction.vocabulary import default_vocabulary

_MONEY = ("initial_budget", "adjustment", "annual_budget", "executed")
_TOLERANCE = Decimal("0.6")


@dataclass(frozen=True, slots=True)
class FundingPart:
    """Header columns and rows; each row has one piece a column, blank where nothing is printed."""

    header: list[HeaderField]
    rows: list[tuple[Piece, list[Piece]]]
    caption: Piece | None = None

    @property
    def weight(self) -> Decimal | None:
        """The points that the execution rate counts, where they are printed."""
        column = next((i for i, f in enumerate(self.header) if f.field == "weight"), None)
        printed = [] if column is None else [cells[column].text for _, cells in self.rows]
        return next((n for n in map(parse_number, printed) if n is not None), None)


def read_funding(lines: Sequence[FormLine]) -> FundingPart | None:
    """The funding block of a form; None where header or rows cannot be read."""
    start = next((i for i, line in enumerate(lines) if _row_label(line.tokens) is not None), None)
    if start is None:
        return None
    header, caption = _header(lines[:start])
    if not any(f.field in _MONEY for f in header):
        return None
    rows = _rows(lines[start:], [f.field for f in header])
    return FundingPart(header, rows, caption) if rows else None


def _header(lines: Sequence[FormLine]) -> tuple[list[HeaderField], Piece | None]:
    """Columns; what stands before the first money column is caption (资金情况（万元）)."""
    found, _ = read_header(lines, "funding")
    first = next((i for i, f in enumerate(found) if f.field in _MONEY), 0)
    columns = [
        f
        for f in found[first:]
        if f.field in (*_MONEY, "weight", "execution_rate", "score", "reason")
    ]
    unit = re.search(r"[(](亿元|万元|千元|元)[)]", "".join(compact(line.text) for line in lines))
    caption = Piece(
        f"资金情况({unit[1]})" if unit else "资金情况", tuple(line.place for line in lines[:1])
    )
    return columns, caption


def _row_label(tokens: Sequence[Token]) -> str | None:
    """The funding source that a line's first word names, where figures or nothing follow."""
    if not tokens:
        return None
    if not _is_label(tokens[0]):
        return None
    if any(not _is_value(t) for t in tokens[1:] if not _is_label(t)):
        return None
    return tokens[0].text


def _is_value(token: Token) -> bool:
    return token.is_number or token.is_percent or default_vocabulary().is_blank(token.text)


def _is_label(token: Token) -> bool:
    text = re.sub(r"^其中:?", "", token.text).rstrip(":")
    if not text or default_vocabulary().header("funding", text) in _MONEY:
        return False
    return default_vocabulary().funding_source.find(text) is not None


def _rows(lines: Sequence[FormLine], fields: list[str]) -> list[tuple[Piece, list[Piece]]]:
    """A label and the figures up to the next label make a row."""
    stream: list[tuple[Token, list[Token]]] = []
    for token in (t for line in lines for t in line.tokens):
        if _is_label(token) and not token.is_number:
            stream.append((token, []))
        elif stream and _is_value(token):
            stream[-1][1].append(token)
        elif stream:
            break
    rows: list[tuple[Piece, list[Piece]]] = []
    whole: dict[int, Token] = {}
    for label, values in stream:
        placed = _place(values, fields, whole)
        if placed is None and len(values) == 1:
            placed = _as_in_whole(values[0], whole)
        whole = whole or placed or {}
        cells = [EMPTY] * len(fields)
        if placed is not None:
            for column, token in placed.items():
                cells[column] = Piece(token.text, (token.place,))
        elif values:
            # Not to be told apart: a text that no reader takes for a number, so that it is
            # reported.
            printed = " ".join(t.text for t in values)
            cells[0] = Piece(f"{printed}（所属列不明）", (values[0].place,))
        rows.append((Piece(label.text, (label.place,)), cells))
    return rows


def _place(
    values: Sequence[Token], fields: list[str], whole: dict[int, Token]
) -> dict[int, Token] | None:
    """Which column each figure of a row stands in; None where more than one way fits.

    All columns filled: one to one. A per cent is the rate. Figures for all money columns are those:
    what is merged with the row above (分值, 执行率, 得分) is printed there. Fewer are the leading
    ones where they are the whole's figures in those columns.
    """
    if len(values) == len(fields):
        return dict(enumerate(values))
    money = [i for i, f in enumerate(fields) if f in _MONEY]
    percents = [n for n, v in enumerate(values) if v.is_percent]
    if not percents:
        leading = dict(zip(money, values, strict=False))
        full = len(values) == len(money) >= 2
        same = 2 <= len(values) < len(money) and all(
            i in whole and whole[i].number == token.number for i, token in leading.items()
        )
        return leading if full or same else None
    if len(percents) > 1 or "execution_rate" not in fields:
        return None
    at, rate = percents[0], fields.index("execution_rate")
    before = [i for i in range(rate) if fields[i] in (*_MONEY, "weight")]
    after = [i for i in range(rate + 1, len(fields)) if fields[i] != "reason"]
    ways = [
        dict(zip(columns, values[:at], strict=True))
        for columns in _choices(before, at)
        if _closes(dict(zip(columns, values[:at], strict=True)), fields, values[at])
    ]
    if len(ways) != 1 or len(values) - at - 1 > len(after):
        return None
    placed = ways[0] | {rate: values[at]}
    return placed | dict(zip(after, values[at + 1 :], strict=False))


def _as_in_whole(value: Token, whole: dict[int, Token]) -> dict[int, Token] | None:
    """A lone figure stands where the total row prints the same figure, if only one column does."""
    columns = [i for i, token in whole.items() if token.number == value.number]
    return {columns[0]: value} if len(columns) == 1 else None


def _choices(columns: list[int], count: int) -> list[list[int]]:
    """All ways to leave columns blank, in order."""
    if count == 0:
        return [[]]
    if len(columns) < count:
        return []
    taken = [[columns[0], *rest] for rest in _choices(columns[1:], count - 1)]
    return taken + _choices(columns[1:], count)


def _closes(placed: dict[int, Token], fields: list[str], rate: Token) -> bool:
    """Whether executed over budget is the printed rate."""
    named = {fields[i]: token.number for i, token in placed.items()}
    executed, budget = named.get("executed"), named.get("annual_budget")
    if executed is None or not budget:
        return False
    stated = Decimal(rate.text.strip("%≥≤<>=").replace(",", ""))
    return abs(executed / budget * 100 - stated) <= _TOLERANCE
