"""Target forms printed as lines: a title, whose it is, its money, a goal, targets without results.

The head is read where its labels leave no doubt; money only where one unit is printed and the parts
make up the whole. What cannot be read stays as it was: lines of running text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from orchestration.extraction.lineforms.brokenlines import (
    begins_form,
    begins_indicators,
    form_lines,
    is_note,
    is_title,
)
from orchestration.extraction.lineforms.gridmaker import EMPTY, GridMaker, Piece
from orchestration.extraction.lineforms.indicatorlines import IndicatorPart
from orchestration.extraction.lineforms.orderedrows import read_ordered
from orchestration.extraction.lineforms.tokens import FormLine
from orchestration.extraction.text import compact
from orchestration.extraction.values import parse_number
from orchestration.extraction.vocabulary import default_vocabulary
from orchestration.reading.document import Grid

_NAME = re.compile(r"^(?P<label>(?:项目|专项|专项资金)名称):?(?P<name>.*)$")
_UNITS = re.compile(r"^(?P<label>主管部门(?:及代码)?|实施单位|预算单位)(?::(?P<name>.*)|$)")
_LABEL = re.compile(
    r"^(?:主管|实施|预算|填报|项目|申报|专项|资金|年度|其中|实施期|[(](?:万元|元)|总体|绩效|年$|单位)"
)
_UNIT = re.compile(
    r"(?:资金|预算|金额)[\u4e00-\u9fff]{0,6}[(](?P<a>万元|元)[)]|单位:(?P<b>万元|元)"
)
_AMOUNT = re.compile(
    r"^(?P<label>(?:其中:?)?[\u4e00-\u9fff、()]{2,16}?):?(?P<value>\d[\d,]*(?:\.\d+)?)$"
)
_GOAL_PIECE = re.compile(
    r"^(?:年|度|总|体|目|标|目标|总体|年度|年度目标|总体目标|年度总体|年度总体目标|绩效目标|实施期目标"
    r"|项目实施期|项目实施期目标)$"
)
_BAND_PIECE = re.compile(r"^[年度绩效指标目]{1,6}$")
_TARGET_HEAD = re.compile(r"三级指标.*(?:指标值|目标值|标准值)|指标名称.*(?:指标值|目标值|标准值)")
_RESULT_HEAD = re.compile(r"实际|完成值|完成情况|得分|自评")
#: Where the head ends: the first level behind the word 指标值.
_FIRST_LABEL = re.compile(r"(?<=值)[^级]*?(?:成本|产出|效益|满意度|绩效)指标")
_HEADING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十]+部分|[（(]?[一二三四五六七八九十]{1,3}[)）、]|(?:附?表|附件)\s*\d|(?:备注|其他)$)"
    r"|^\s*\d{1,2}[.．、]\S+(?:[。：]|情况|说明)$"
)
_HEAD_LINES, _BODY_LINES = 80, 200
_PAGE = re.compile(r"^[-—\s]*\d{1,3}[-—\s]*$")
_SHARES = (Decimal(100), Decimal(90), Decimal(80))


def find_target_forms(blocks: Sequence[object]) -> list[tuple[int, int, Grid]]:
    """First and last block of every target form that can be read, and its grid."""
    lines = form_lines(blocks)
    found: list[tuple[int, int, Grid]] = []
    free = 0  # the first line that belongs to no form yet
    for position in range(len(lines)):
        if position < free or not begins_indicators(lines, position):
            continue
        head = compact("".join(line.text for line in lines[position : position + 8]))
        before = head[: match.start()] if (match := _FIRST_LABEL.search(head)) else head
        if not _TARGET_HEAD.search(before) or _RESULT_HEAD.search(before):
            continue
        start = _start(lines, position, free)
        end = _end(lines, position)
        title = lines[start] if is_title(lines[start]) else None
        first = start + 1 if title else start
        grid = target_grid(TargetLines(title, lines[first:position], lines[position : end + 1]))
        if grid is not None and _parted(lines, first) and _parted(lines, end + 1):
            found.append((lines[first].block, lines[end].block, grid))
            free = end + 1
    names = Counter(_said(grid, "名称") for *_, grid in found)
    # Of several forms of one name, which may be several units', each must say whose it is.
    return [
        (first, last, grid)
        for first, last, grid in found
        if names[_said(grid, "名称")] == 1 or not _said(grid, "名称") or _said(grid, "实施单位")
    ]


def _said(grid: Grid, label: str) -> str | None:
    """What stands beside a label in the first columns of a grid."""
    rows = {cell.row for cell in grid.cells if cell.col == 0 and cell.text.endswith(label)}
    return next((compact(c.text) for c in grid.cells if c.col == 1 and c.row in rows), None)


def _parted(lines: Sequence[FormLine], at: int) -> bool:
    """Whether a paragraph ends before a line: a form takes whole paragraphs, its title none."""
    return at in (0, len(lines)) or lines[at].block > lines[at - 1].block


def _start(lines: Sequence[FormLine], position: int, free: int) -> int:
    """The title above a form's indicators, else the line with its project's name."""
    start = position
    for index in range(position - 1, max(position - _HEAD_LINES, free) - 1, -1):
        if lines[index].text == "\x00" or begins_indicators(lines, index):
            break
        if is_title(lines[index]):
            return index
        if _named(lines[index]):
            start = index
    return start


def _end(lines: Sequence[FormLine], position: int) -> int:
    """The last line before a note, a heading or another form."""
    end = position
    for index in range(position + 1, min(position + _BODY_LINES, len(lines))):
        line = lines[index]
        if line.text == "\x00" or is_note(line) or begins_form(line) or _HEADING.match(line.text):
            break
        end = index
    return end


@dataclass(frozen=True, slots=True)
class TargetLines:
    """The lines of a target form above its indicators' head, and from it on."""

    title: FormLine | None
    head: Sequence[FormLine]
    indicators: Sequence[FormLine]


def target_grid(form: TargetLines) -> Grid | None:
    """The form as a grid; None where its rows can be read in no way or in several."""
    name = _project(form)
    if name is None and form.title is None:
        return None
    part = _rows(form.indicators)
    if part is None or len(part.rows) < 2:
        return None
    if name is None and any("名称" in compact(line.text) for line in form.head):
        return None  # whose it is cannot be told
    maker = GridMaker(1 + max(len(part.header), 4))
    if name is not None:
        maker.row([(name[0], 1), (name[1], 1)])
    _put_units(maker, form.head)
    _put_money(maker, form.head)
    goal = _goal(form.head)
    if goal is not None:
        maker.row([(goal[0], 1), (goal[1], 1)])
    _put_rows(maker, part)
    return maker.grid(0)


def _rows(lines: Sequence[FormLine]) -> IndicatorPart | None:
    """The indicators; a bare number under them is a weight or, where it is none, the page's."""
    while True:
        part = read_ordered(lines, lambda weight: weight in _SHARES)
        if part is not None or not _PAGE.match(lines[-1].text):
            return part
        lines = lines[:-1]


def _project(form: TargetLines) -> tuple[Piece, Piece] | None:
    """项目名称 and the name: on one line that another label follows, or as the title has it."""
    title = compact(form.title.text) if form.title else ""
    for number, line in enumerate(form.head):
        found = _named(line)
        if found is None:
            continue
        (label, name), places = found, [line.place]
        following = form.head[number + 1 :]
        alone = len(following) > 1 and not _LABEL.match(compact(following[0].text))
        if not name and alone and _LABEL.match(compact(following[1].text)):
            name, places = compact(following[0].text), [following[0].place]
            following = following[1:]
        while following and not _LABEL.match(compact(following[0].text)):
            if not name or name + compact(following[0].text) not in title:
                return None
            name += compact(following[0].text)
            places.append(following[0].place)
            following = following[1:]
        if not name or not following:
            return None
        return Piece(label, (line.place,)), Piece(name, tuple(places))
    return None


def _named(line: FormLine) -> tuple[str, str] | None:
    """项目名称 on a line, alone or behind another label's value, and what follows it there."""
    for at, token in enumerate(line.tokens):
        found = _NAME.match(token.text)
        if found:
            return found["label"], found["name"] + "".join(t.text for t in line.tokens[at + 1 :])
    return None


def _put_units(maker: GridMaker, head: Sequence[FormLine]) -> None:
    """主管部门 and 实施单位 where label and name stand on one line that another label follows."""
    for line, following in pairwise(head):
        if not _LABEL.match(compact(following.text)):
            continue
        pairs: list[tuple[str, str]] = []
        for token in line.tokens:
            found = _UNITS.match(token.text)
            if found:
                pairs.append((found["label"], found["name"] or ""))
            elif pairs:
                pairs[-1] = (pairs[-1][0], pairs[-1][1] + token.text)
            else:
                break
        if pairs and all(name for _, name in pairs):
            for label, name in pairs:
                place = (line.place,)
                maker.row([(Piece(label, place), 1), (Piece(name, place), 1)])


# --- money ----------------------------------------------------------------------------------------


def _put_money(maker: GridMaker, head: Sequence[FormLine]) -> None:
    """One row a source: nothing unless one unit is printed and the parts make up the whole."""
    joined = "".join(compact(line.text) for line in head)
    units = {found["a"] or found["b"] for found in _UNIT.finditer(joined)}
    rows = [row for line in head if (row := _amount(line)) is not None]
    if len(units) != 1 or len(rows) < 2:
        return
    sources = [default_vocabulary().funding_source.find(_bare(label.text)) for label, _ in rows]
    values = [parse_number(value.text) or Decimal(0) for _, value in rows]
    if sources[0] != "total" or "total" in sources[1:] or None in sources:
        return
    if len(set(sources)) < len(sources) or values[0] != sum(values[1:], Decimal(0)):
        return
    caption = Piece(f"项目资金({units.pop()})", (rows[0][0].places[0],))
    top = maker.n_rows
    for label, value in rows:
        maker.row([(label, 1), (value, 1)], first_col=1)
    maker.put(top, 0, caption, rowspan=len(rows))


def _amount(line: FormLine) -> tuple[Piece, Piece] | None:
    found = _AMOUNT.match(compact(line.text))
    if found is None or default_vocabulary().funding_source.find(_bare(found["label"])) is None:
        return None
    place = (line.place,)
    return Piece(found["label"], place), Piece(found["value"], place)


def _bare(label: str) -> str:
    return re.sub(r"^其中:?", "", compact(label)).rstrip(":")


# --- goal and rows --------------------------------------------------------------------------------


def _goal(head: Sequence[FormLine]) -> tuple[Piece, Piece] | None:
    """The goal between its label and the band beside the indicators; None unless label is whole."""
    lines = list(head)
    while lines and _BAND_PIECE.match(compact(lines[-1].text)):
        lines.pop()
    pieces = [bool(_GOAL_PIECE.match(compact(line.text))) for line in lines]
    if True not in pieces:
        return None
    first = pieces.index(True)
    last = first
    while last < len(lines) and pieces[last]:
        last += 1
    label = "".join(compact(line.text) for line in lines[first:last])
    text = lines[last:]
    whole = bool(_GOAL_PIECE.match(label)) and label.endswith("目标")
    if not whole or not text or any(pieces[last:]) or any(map(_amount, text)):
        return None
    places = tuple(line.place for line in text)
    goal = "".join(line.text.strip() for line in text)
    return Piece(label, tuple(line.place for line in lines[first:last])), Piece(goal, places)


def _put_rows(maker: GridMaker, part: IndicatorPart) -> None:
    heads = [(Piece(f.text, f.places), 1) for f in part.header]
    top = maker.row(heads, first_col=1)
    for at, row in enumerate(part.rows, start=top + 1):
        for col, cell in enumerate(row.cells):
            if cell is None:
                continue  # covered by the label above
            last = col == len(row.cells) - 1
            wide = maker.n_cols - 1 - col if last else 1
            maker.put(at, 1 + col, cell.piece, rowspan=cell.rowspan, colspan=wide)
    maker.put(top, 0, Piece("绩效指标", EMPTY.places), rowspan=1 + len(part.rows))
