"""Self-evaluation forms printed as lines, put together as grids.

Rows are taken where they can be read in exactly one way and all weights add up; where they cannot,
head, money and total row are left, which need no rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from orchestration.extraction.lineforms.columnlines import read_cells
from orchestration.extraction.lineforms.fundinglines import FundingPart, read_funding
from orchestration.extraction.lineforms.gridmaker import EMPTY, GridMaker, Piece, join
from orchestration.extraction.lineforms.headerwords import HeaderField
from orchestration.extraction.lineforms.headlines import whole_labels
from orchestration.extraction.lineforms.indicatorlines import (
    IndicatorPart,
    block_of,
    read_indicators,
)
from orchestration.extraction.lineforms.orderedrows import ordered_block_of, read_ordered
from orchestration.extraction.lineforms.rowpaths import POINTS
from orchestration.extraction.lineforms.tokens import FormLine, Token
from orchestration.extraction.text import compact
from orchestration.reading.document import Grid

_HEAD_LABEL = re.compile(
    r"^(?:项目|部门|单位|专项|主管|实施|预算|填报|自评)[\u4e00-\u9fff()]{0,8}(?:名称|部门|单位|编码)$"
)
_HEAD_REMARK = re.compile(
    r"^[(].*[)]$|^(?:金额)?单位[:(]|^(?:19|20)\d{2}年|^(?:填报|自评|评价)(?:日期|时间)"
)
_NAME_END = re.compile(r"(?:局|委|厅|办|办公室|中心|院|校|学|处|站|所|馆|会|部|队|署|社)(?:[)])?$")
_CAPTION_PIECE = re.compile(r"^(?:项目?|目|资金?|金|情况?|况|项目资金|资金情况|预算|执行){1,3}$")
_WORDS = re.compile(r"^[\u4e00-\u9fff()、]{1,16}$")
#: The end of one goal and the beginning of the other on a line.
_SIDE_BY_SIDE = re.compile(r"[。；;！]\s+\S")
_WHOLE = Decimal(100)
_POINTS = ("weight", "score")
_EXECUTION = (Decimal(10), Decimal(20))
_UNIT = re.compile(r"单位[:(](?:亿|万|千)?元")
_PIECE = 8  # letters of a label's word


@dataclass(slots=True)
class BrokenForm:
    """The lines of one form by part."""

    start: int
    head: list[FormLine] = field(default_factory=list)
    funding: list[FormLine] = field(default_factory=list)
    goals: list[FormLine] = field(default_factory=list)
    indicators: list[FormLine] = field(default_factory=list)
    total: FormLine | None = None
    end: int = 0
    torn: bool = False  # a figure of the total row may go on below it


def grid_of(form: BrokenForm) -> Grid | None:
    """The form as a grid; None where it cannot be put together in exactly one way."""
    funding = read_funding(form.funding) if form.funding else None
    indicators = read_indicators(form.indicators) or read_cells(form.indicators)
    if indicators is None:
        indicators = read_ordered(
            form.indicators, lambda weight: _adds_up(weight, form.total, funding)
        )
    if indicators is None or form.torn:
        return None
    if not _adds_up(indicators.weight, form.total, funding):
        return None
    width = 1 + max(len(indicators.header), 1 + len(funding.header) if funding else 0)
    maker = GridMaker(width)
    if not _put_head(maker, form.head):
        return None
    if funding is not None:
        _put_funding(maker, funding)
    if form.goals:
        _put_goals(maker, form.goals)
    _put_indicators(maker, indicators)
    _put_total(maker, indicators, form.total)
    return maker.grid(0)


def grid_without_rows(form: BrokenForm) -> Grid | None:
    """Head, money, goals and total of a form whose rows are held back; None without money."""
    funding = read_funding(form.funding) if form.funding else None
    if funding is None or not (funding.has_unit or any(map(_says_unit, form.head))):
        return None
    header = _header_of_rows(form.indicators)
    maker = GridMaker(1 + max(len(header), 1 + len(funding.header)))
    if not _put_head(maker, form.head):
        return None
    _put_funding(maker, funding)
    if form.goals:
        _put_goals(maker, form.goals)
    part = IndicatorPart(header, [], Decimal(0))
    if header and form.total is not None and not form.torn and _is_whole(form.total):
        _put_indicators(maker, part)
        _put_total(maker, part, form.total)
    return maker.grid(0)


def _says_unit(line: FormLine) -> bool:
    return bool(_UNIT.search(compact(line.text)))


def _header_of_rows(lines: Sequence[FormLine]) -> list[HeaderField]:
    """The columns of rows that could not be read; none unless points are weight, then score."""
    block = block_of(lines) or ordered_block_of(lines)
    points = [f.field for f in block[0] if f.field in POINTS] if block else []
    return block[0] if block and points == list(_POINTS) else []


def _is_whole(total: FormLine) -> bool:
    """Whether a total row says full marks and a score within them: 总分 100 96.5."""
    numbers = [t.number for t in total.tokens if t.number is not None]
    return len(numbers) == len(_POINTS) and numbers[0] == _WHOLE and 0 <= numbers[1] <= _WHOLE


def _adds_up(weight: Decimal, total: FormLine | None, funding: FundingPart | None) -> bool:
    """Whether indicators and the execution rate make up the printed total, or 100."""
    numbers = [t.number for t in total.tokens if t.number is not None] if total else []
    left = (numbers[0] if numbers else _WHOLE) - weight
    own = funding.weight if funding else None
    return left in (Decimal(0), own) or (own is None and left in _EXECUTION)


def _put_head(maker: GridMaker, head: list[FormLine]) -> bool:
    """Labelled lines above the money: 部门名称 X, or two of them on a line.

    False where a line without a label may be the rest of a project's name.
    """
    pairs: list[tuple[Piece, Piece]] = []
    wrapped: set[int] = set()
    for line in whole_labels(head):
        text = compact(line.text)
        found = _labelled(line)
        if found:
            pairs += found
        elif not pairs or _HEAD_REMARK.match(text):
            continue
        elif not re.search(r"项目|专项", pairs[-1][0].text) and _CAPTION_PIECE.match(text):
            continue  # 项目 | 资金: the caption of the money below, in pieces
        elif _goes_on(*pairs[-1], text):
            label, value = pairs[-1]
            pairs[-1] = (label, Piece(value.text + line.text.strip(), (*value.places, line.place)))
            wrapped.add(len(pairs) - 1)
        else:
            return False
    if not all(_NAME_END.search(compact(pairs[n][1].text)) for n in wrapped):
        return False
    for label, value in pairs:
        maker.row([(label, 1), (value, 1)])
    return True


def _labelled(line: FormLine) -> list[tuple[Piece, Piece]]:
    """Labels and values of a line; none where it does not begin with a label."""
    first, _, value = line.text.partition(" ")
    if not re.search(r"名称|部门|单位|项目", first) or len(compact(first)) > 2 * _PIECE:
        return []
    place = (line.place,)
    words = value.split()
    second = next((i for i, w in enumerate(words) if i and _HEAD_LABEL.match(compact(w))), None)
    if second is None:
        return [(Piece(first, place), Piece(value, place))]
    return [
        (Piece(first, place), Piece(" ".join(words[:second]), place)),
        (Piece(words[second], place), Piece(" ".join(words[second + 1 :]), place)),
    ]


def _goes_on(label: Piece, begun: Piece, text: str) -> bool:
    """Whether a line without a label goes on with a unit's name that has no end yet."""
    return (
        bool(re.search(r"部门|单位|名称", label.text))
        and not _NAME_END.search(compact(begun.text))
        and bool(_WORDS.match(text))
    )


def _put_funding(maker: GridMaker, part: FundingPart) -> None:
    caption = part.caption or Piece("资金情况", ())
    rows = len(part.rows) + 1
    top = maker.row([(EMPTY, 1), *_header_cells(part.header)], first_col=1)
    for label, values in part.rows:
        maker.row([(label, 1), *((value, 1) for value in values)], first_col=1)
    maker.put(top, 0, caption, rowspan=rows)


def _header_cells(header: Sequence[HeaderField]) -> list[tuple[Piece, int]]:
    return [(Piece(f.text, f.places), 1) for f in header]


def _put_goals(maker: GridMaker, goals: list[FormLine]) -> None:
    """Expected goals beside what came of them."""
    text = re.sub(r"^.*(?=预期目标)", "", compact(goals[0].text))
    split = re.search(r"实际完成", text)
    half = max((maker.n_cols - 1) // 2, 1)
    label = Piece("年度总体目标", (goals[0].place,))
    first = Piece(text[: split.start()] if split else text, (goals[0].place,))
    second = Piece(text[split.start() :] if split else "", (goals[0].place,))
    top = maker.row([(first, half), (second, half)], first_col=1)
    left, right = _share_goals(goals[1:])
    maker.row([(left, half), (right, half)], first_col=1)
    maker.put(top, 0, label, rowspan=2)


def _share_goals(lines: list[FormLine]) -> tuple[Piece, Piece]:
    """Two texts printed one below the other, where numbering or count tells them apart."""
    pieces = [Piece(line.text, (line.place,)) for line in lines]
    if any(_SIDE_BY_SIDE.search(line.text) for line in lines):
        return EMPTY, EMPTY
    if len(pieces) == 2 and all(re.search(r"[。;!]$", compact(p.text)) for p in pieces):
        return pieces[0], pieces[1]
    seen = 0
    for index, line in enumerate(lines):
        number = re.match(r"^(\d{1,2})[.、．]", compact(line.text))
        inner = [int(n) for n in re.findall(r"[。;](\d{1,2})[.、．](?!\d)", compact(line.text))]
        if number and int(number[1]) == 1 and seen >= 2:
            return join(pieces[:index]), join(pieces[index:])
        seen = max([seen, *inner, int(number[1]) if number else 0])
    return EMPTY, EMPTY


def _put_indicators(maker: GridMaker, part: IndicatorPart) -> None:
    top = maker.row(_header_cells(part.header), first_col=1)
    for at, row in enumerate(part.rows, start=top + 1):
        for col, cell in enumerate(row.cells):
            if cell is None:
                continue  # covered by the label above
            last = col == len(row.cells) - 1
            maker.put(
                at, 1 + col, cell.piece, rowspan=cell.rowspan,
                colspan=maker.n_cols - 1 - col if last else 1,
            )  # fmt: skip
    maker.put(top, 0, Piece("绩效指标", ()), rowspan=1 + len(part.rows))


def _put_total(maker: GridMaker, part: IndicatorPart, total: FormLine | None) -> None:
    """总分 with weight and score under their columns, the grade under the last."""
    if total is None:
        return
    fields = [f.field for f in part.header]
    numbers = [t for t in total.tokens if t.is_number]
    rest = " ".join(t.text for t in total.tokens[1:] if not t.is_number)
    row = maker.n_rows
    columns = {fields.index(f): t for f, t in _total_values(fields, numbers)}
    first = min(columns, default=len(fields))
    maker.put(row, 0, Piece(total.tokens[0].text, (total.place,)), colspan=1 + first)
    for col in range(first, len(fields)):
        token = columns.get(col)
        piece = Piece(token.text, (total.place,)) if token else EMPTY
        last = col == len(fields) - 1
        if last and token is None:
            piece = Piece(rest, (total.place,))
        maker.put(row, 1 + col, piece, colspan=maker.n_cols - 1 - col if last else 1)


def _total_values(fields: list[str], numbers: list[Token]) -> list[tuple[str, Token]]:
    wanted = [f for f in _POINTS if f in fields]
    return list(zip(wanted, numbers, strict=False)) if len(numbers) <= len(wanted) else []
