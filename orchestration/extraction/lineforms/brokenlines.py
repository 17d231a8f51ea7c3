"""Self-evaluation forms printed as lines: a row a line, header words and labels in pieces.

Recognised by the form's own words; columns come from the header's words, rows from their grammar
(name, target, actual, weight, score, reason). Weights must add up to the printed level weights and
total; a form that does not close stays running text.
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
from orchestration.extraction.lineforms.indicatorlines import IndicatorPart, read_indicators
from orchestration.extraction.lineforms.orderedrows import read_ordered
from orchestration.extraction.lineforms.tokens import FormLine, Token, form_line
from orchestration.extraction.text import compact
from orchestration.extraction.titles import split_title
from orchestration.reading.document import Grid, Paragraph, Place

_INDICATOR_HEADER = re.compile(r"一级指标")
_FUNDING_WORD = re.compile(r"年初预算数?|全年预算数?|全年执行数?|预算执行数|预算数[(]A[)]")
_SUBJECT = re.compile(r"^(?:项目|部门|单位|专项)(?:[(][^()]{1,6}[)])?名称")
_FORM_TITLE = re.compile(
    r"^[^。;,:]{0,40}(?:自评|绩效|评价)[^。;,:]{0,16}表(?:[(][^()]{1,12}[)])?$"
)
_GOAL = re.compile(r"^年度总?体?目?标?$|^年度总$|^体目标$|^总体目标$|^年度目标$")
_GOAL_HEADER = re.compile(r"预期目标.*实际完成(?:情况|目标)?")
_TOTAL = re.compile(r"^(?:总分|合计|总计)(?:\(|$|\d)")
_NOTE = re.compile(r"^(?:备注|注|说明|填表人)[:1]")
#: The label beside or above the indicators, in pieces or whole.
_BAND = re.compile(r"^(?:年度)?(?:[绩效指标年度]|绩效|指标|绩效指标|指标体系)(?:完成情况)?$")
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
_REST = re.compile(r"^[\d.]{1,3}$")
_PIECE = 8  # letters of a caption's piece; pieces of a caption
_MAX_LINES = 400
_WHOLE = Decimal(100)
_EXECUTION = (Decimal(10), Decimal(20))


@dataclass(slots=True)
class _Form:
    """The lines of one form by part."""

    start: int
    head: list[FormLine] = field(default_factory=list)
    funding: list[FormLine] = field(default_factory=list)
    goals: list[FormLine] = field(default_factory=list)
    indicators: list[FormLine] = field(default_factory=list)
    total: FormLine | None = None
    end: int = 0
    torn: bool = False  # a figure of the total row may go on below it


def find_broken_forms(blocks: Sequence[object]) -> list[tuple[int, int, Grid | None]]:
    """First and last block of every such form, and its grid; None where it is held back."""
    lines = form_lines(blocks)
    found: list[tuple[int, int, Grid | None]] = []
    position = 0
    while position < len(lines):
        form = _form_at(lines, position)
        if form is None:
            position += 1
            continue
        found.append((lines[form.start].block, lines[form.end].block, _grid(form)))
        position = form.end + 1
    return found


def form_lines(blocks: Sequence[object]) -> list[FormLine]:
    """The printed lines of paragraphs without tabs; a table between them ends any form."""
    lines: list[FormLine] = []
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            lines.append(FormLine(index, "\x00", Place(), ()))
            continue
        texts = block.lines or block.text.split("\n")
        for number, text in enumerate(texts):
            if text.strip():
                places = block.places
                same = len(places) == len(texts)
                place = places[number] if same else block.place
                lines.append(form_line(index, text, place, len(lines)))
    return lines


def _form_at(lines: list[FormLine], position: int) -> _Form | None:
    """The form whose indicator header begins at a line, its head looked for backwards."""
    if not begins_indicators(lines, position):
        return None
    header = compact("".join(line.text for line in lines[position : position + 12]))
    if not re.search(r"三级指标|指标名称", header) or not re.search(r"分值|权重|得分", header):
        return None
    form = _Form(start=position)
    _look_back(lines, position, form)
    _look_ahead(lines, position, form)
    if not _says_whose(lines, form):
        return None
    return form if form.total is not None or len(form.indicators) >= 8 else None


def begins_indicators(lines: Sequence[FormLine], position: int) -> bool:
    """Whether a line holds 一级指标, or begins it where the column is too narrow for the word."""
    text = compact(lines[position].text)
    if _INDICATOR_HEADER.search(text):
        return True
    joined = "".join(compact(line.text) for line in lines[position : position + 3])
    return text in ("一级", "一级指") and joined.startswith("一级指标")


def _says_whose(lines: list[FormLine], form: _Form) -> bool:
    """Whether title or head tell if the form is a department's or a project's.

    A form of which nobody can say whose it is must not become anybody's figures.
    """
    title = compact(lines[form.start - 1].text) if form.start else ""
    labels = [compact(line.text) for line in form.head]
    return bool(_FORM_TITLE.match(title)) or any(_SUBJECT.match(text) for text in labels)


def _look_back(lines: list[FormLine], position: int, form: _Form) -> None:
    """Title, funding header and goals above the indicator header."""
    first = max(position - _MAX_LINES, 0)
    for index in range(position - 1, first - 1, -1):
        if lines[index].text == "\x00":
            break
        if is_title(lines[index]):
            form.start = index + 1
            break
    else:
        form.start = position
    head = lines[form.start : position]
    while head and _BAND.match(compact(head[-1].text)):
        head.pop()
    goal = next((i for i, x in enumerate(head) if _GOAL_HEADER.search(compact(x.text))), None)
    if goal is not None:
        form.goals = head[goal:]
        head = head[:goal]
        while head and _GOAL.match(compact(head[-1].text)):
            head.pop()
    fund = next((i for i, x in enumerate(head) if _FUNDING_WORD.search(compact(x.text))), None)
    if fund is not None:
        while fund and _is_fund_caption(head[fund - 1]):
            fund -= 1
        fund -= _caption_lines(head[:fund])
        form.head, form.funding = head[:fund], head[fund:]
    else:
        form.head = head


def begins_form(line: FormLine) -> bool:
    """Whether a line is the title of a form or says whose it is."""
    return is_title(line) or bool(_SUBJECT.match(compact(line.text)))


def is_note(line: FormLine) -> bool:
    """Whether a line is a remark below a form: 备注 填表人."""
    return bool(_NOTE.match(compact(line.text)))


def is_title(line: FormLine) -> bool:
    text = compact(line.text)
    titled = split_title(line.text) is not None and "表" in text
    return titled or bool(_FORM_TITLE.match(text))


def _caption_lines(head: list[FormLine]) -> int:
    """How many lines at the end of the head are a caption in pieces: 预算执 | 行情况 | （万元）."""
    joined = ""
    for count, line in enumerate(reversed(head), start=1):
        joined = compact(line.text) + joined
        if len(compact(line.text)) > _PIECE or count > _PIECE:
            break
        if re.match(r"^[\u4e00-\u9fff]{0,6}(?:资金|预算执行|预算申请)[^()]{0,8}[(]", joined):
            return count
    return 0


def _is_fund_caption(line: FormLine) -> bool:
    text = compact(line.text)
    return bool(re.search(r"资金|^[(]?万?元[)]?$|预算申请|预算执行", text)) and len(text) <= 16


def _look_ahead(lines: list[FormLine], position: int, form: _Form) -> None:
    """Indicator lines up to the total row."""
    for index in range(position, min(position + _MAX_LINES, len(lines))):
        line = lines[index]
        text = compact(line.text)
        if line.text == "\x00" or (index > position and is_note(line)):
            break
        if index > position + 3 and begins_form(line):
            break
        form.end = index
        if index > position + 3 and _TOTAL.match(text) and any(t.is_number for t in line.tokens):
            form.total = line
            following = lines[index + 1].tokens if index + 1 < len(lines) else ()
            form.torn = len(following) == 1 and bool(_REST.match(following[0].text))
            return
        form.indicators.append(line)


# --- the grid
# ----------------------------------------------------------------------------------------


def _grid(form: _Form) -> Grid | None:
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
    wanted = [f for f in ("weight", "score") if f in fields]
    return list(zip(wanted, numbers, strict=False)) if len(numbers) <= len(wanted) else []
