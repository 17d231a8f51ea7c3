"""The money of a form printed as lines: header words, then a label and its figures a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from orchestration.extraction.lineforms.gridmaker import EMPTY, Piece
from orchestration.extraction.lineforms.headerwords import HeaderField, read_header
from orchestration.extraction.lineforms.tokens import FormLine, Token
from orchestration.extraction.text import compact
from orchestration.extraction.values import parse_number
from orchestration.extraction.vocabulary import default_vocabulary

_MONEY = ("initial_budget", "adjustment", "annual_budget", "executed")
_WITH_UNIT = re.compile(r"^\d[\d,]*(?:\.\d+)?(?:亿|万|千)?元$")
_UNIT_END = re.compile(r"(?:亿|万|千)?元$")
_DECIMALS = re.compile(r"\.(\d+)(?:(?:亿|万|千)?元)?$")
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

    @property
    def has_unit(self) -> bool:
        """Whether its head or each of its amounts says whether these are yuan or ten thousands."""
        if self.caption is not None and "(" in self.caption.text:
            return True
        money = [n for n, f in enumerate(self.header) if f.field in _MONEY]
        printed = [cells[n].text for _, cells in self.rows for n in money]
        return all(_WITH_UNIT.match(text) for text in printed if re.search(r"\d", text))


def read_funding(lines: Sequence[FormLine]) -> FundingPart | None:
    """The funding block of a form; None where header or rows cannot be read."""
    labels = [i for i, line in enumerate(lines) if _row_label(line.tokens) is not None]
    heads = ((start, *_header(lines[:start])) for start in labels)  # 项目资金 is a caption or a row
    found = next((h for h in heads if any(f.field in _MONEY for f in h[1])), None)
    if found is None:
        return None
    start, header, caption = found
    if len({f.field for f in header}) < len(header):
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
    names = [f.field for f in columns]
    if len(names) > 1 and names[0] in names[1:]:
        columns = columns[1:]  # 年度预算数（万元） beside the block: no column
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
    figure = token.is_number or token.is_percent or _WITH_UNIT.match(token.text) is not None
    return figure or default_vocabulary().is_blank(token.text)


def _number(token: Token) -> Decimal | None:
    """The figure of a word, its unit left aside: 811.14万元."""
    return token.number if token.is_number else parse_number(_UNIT_END.sub("", token.text))


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
    placed = _places(stream, fields)
    return [
        (Piece(label.text, (label.place,)), _cells(values, found, len(fields)))
        for (label, values), found in zip(stream, placed, strict=True)
    ]


def _places(
    stream: Sequence[tuple[Token, list[Token]]], fields: list[str]
) -> list[dict[int, Token] | None]:
    """The columns of each row's figures; None for rows of which they cannot be told."""
    found: list[dict[int, Token] | None] = []
    whole: dict[int, Token] = {}
    decimals = max((_decimals(v) for _, values in stream for v in values), default=0)
    for _, values in stream:
        torn = _may_be_torn(values, decimals) and not _is_full_row(values, fields)
        placed = None if torn else _place(values, fields, whole)
        if placed is None and len(values) == 1 and not torn:
            placed = _as_in_whole(values[0], whole)
        whole = whole or placed or {}
        found.append(placed)
    open_rows = [n for n, placed in enumerate(found) if placed is None and stream[n][1]]
    if open_rows and not any(_may_be_torn(stream[n][1], decimals) for n in open_rows):
        _place_by_sums({n: stream[n][1] for n in open_rows}, found, fields, whole)
    return found


def _place_by_sums(
    left: dict[int, list[Token]],
    found: list[dict[int, Token] | None],
    fields: list[str],
    whole: dict[int, Token],
) -> None:
    """Rows with as many figures each, where one choice of columns alone makes up the total."""
    money = [i for i, f in enumerate(fields) if f in _MONEY and i in whole]
    counts = {len(values) for values in left.values()}
    if len(counts) != 1 or any(v.is_percent for values in left.values() for v in values):
        return
    known = [placed for placed in found[1:] if placed]
    ways = []
    for columns in _choices(money, counts.pop()):
        added = {c: Decimal(0) for c in columns}
        for placed in [
            *known,
            *(dict(zip(columns, values, strict=True)) for values in left.values()),
        ]:
            for column in columns:
                if column in placed:
                    added[column] += _number(placed[column]) or Decimal(0)
        if all(added[c] == _number(whole[c]) for c in columns):
            ways.append(columns)
    if len(ways) == 1:
        for row, values in left.items():
            found[row] = dict(zip(ways[0], values, strict=True))


def _cells(values: Sequence[Token], placed: dict[int, Token] | None, columns: int) -> list[Piece]:
    cells = [EMPTY] * columns
    for column, token in (placed or {}).items():
        cells[column] = Piece(token.text, (token.place,))
    if placed is None and values:
        # Not to be told apart: a text that no reader takes for a number, so that it is reported.
        printed = " ".join(t.text for t in values)
        cells[0] = Piece(f"{printed}（所属列不明）", (values[0].place,))
    return cells


def _decimals(token: Token) -> int:
    found = None if token.is_percent else _DECIMALS.search(token.text)
    return len(found[1]) if found else 0


def _may_be_torn(values: Sequence[Token], decimals: int) -> bool:
    """Whether a figure at the end of a line may go on with the next: 331.0 | 5.

    Not where it has as many decimals as any figure of the money, or ends in a sign or a unit.
    """
    return any(
        one.line != other.line
        and other.text[0] in "0123456789.,"
        and one.is_number
        and not (decimals and _decimals(one) == decimals)
        for one, other in pairwise(values)
    )


def _is_full_row(values: Sequence[Token], fields: list[str]) -> bool:
    """Whether every column has a figure and the printed rate is that of the amounts."""
    if len(values) != len(fields) or "execution_rate" not in fields:
        return False
    rate = values[fields.index("execution_rate")]
    return rate.is_percent and _closes(dict(enumerate(values)), fields, rate)


def _place(
    values: Sequence[Token], fields: list[str], whole: dict[int, Token]
) -> dict[int, Token] | None:
    """Which column each figure of a row stands in; None where more than one way fits.

    All columns filled: one to one. A per cent is the rate. Figures for all money columns are those:
    what is merged with the row above (分值, 执行率, 得分) is printed there. Fewer are the leading
    ones where they are the whole's figures in those columns.
    """
    if len(values) == len(fields):
        return dict(enumerate(values)) if _is_rate(values, fields) else None
    money = [i for i, f in enumerate(fields) if f in _MONEY]
    percents = [n for n, v in enumerate(values) if v.is_percent]
    if not percents:
        leading = dict(zip(money, values, strict=False))
        full = len(values) == len(money) >= 2
        same = 2 <= len(values) < len(money) and all(
            i in whole and _number(whole[i]) == _number(token) for i, token in leading.items()
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


def _is_rate(values: Sequence[Token], fields: list[str]) -> bool:
    """Whether what stands in the column of the rate is one: a per cent, or that of the amounts."""
    if "execution_rate" not in fields:
        return True
    rate = values[fields.index("execution_rate")]
    if rate.is_percent or _number(rate) is None:
        return True
    return _closes(dict(enumerate(values)), fields, rate)


def _as_in_whole(value: Token, whole: dict[int, Token]) -> dict[int, Token] | None:
    """A lone figure stands where the total row prints the same figure, if only one column does."""
    columns = [i for i, token in whole.items() if _number(token) == _number(value)]
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
    named = {fields[i]: _number(token) for i, token in placed.items()}
    executed, budget = named.get("executed"), named.get("annual_budget")
    if executed is None or not budget:
        return False
    stated = Decimal(rate.text.strip("%≥≤<>=").replace(",", ""))
    return abs(executed / budget * 100 - stated) <= _TOLERANCE
