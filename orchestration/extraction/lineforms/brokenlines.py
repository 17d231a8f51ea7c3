"""Self-evaluation forms printed as lines: a row a line, header words and labels in pieces.

Recognised by the form's own words; columns come from the header's words, rows from their grammar
(name, target, actual, weight, score, reason). Weights must add up to the printed level weights and
total (:mod:`formgrid`); rows that do not close are held back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from orchestration.extraction.lineforms.formgrid import (
    BrokenForm,
    grid_of,
    grid_without_rows,
)
from orchestration.extraction.lineforms.tokens import FormLine, form_line
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
_POINT_LAST = re.compile(r"^\d{1,3}\.$")
_DECIMALS = re.compile(r"^\d{1,2}$")
_REST = re.compile(r"^[\d.]{1,3}$")
_PIECE = 8  # letters of a caption's piece; pieces of a caption
_MAX_LINES = 400
_HEAD_LINES = 24  # a narrow column has a word on three lines


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
        found += _taken(lines, form, position)
        position = form.end + 1
    return found


def _taken(
    lines: list[FormLine], form: BrokenForm, header: int
) -> list[tuple[int, int, Grid | None]]:
    """The form as one grid; else its money and total, where they stand apart from its rows."""
    first, last = lines[form.start].block, lines[form.end].block
    grid = grid_of(form)
    if grid is not None:
        return [(first, last, grid)]
    rows = lines[header].block
    money = grid_without_rows(form) if lines[header - 1].block < rows and first < rows else None
    if money is None:
        return [(first, last, None)]
    return [(first, rows - 1, money), (rows, last, None)]


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
                _join_decimals(lines)
    return lines


def _join_decimals(lines: list[FormLine]) -> None:
    """Put a figure whose point ends a line together with its decimals on the next: 98. | 5."""
    if len(lines) < 2 or not lines[-1].tokens or not lines[-2].tokens:
        return
    above, below = lines[-2], lines[-1]
    one, other = above.tokens[-1], below.tokens[0]
    if _POINT_LAST.match(one.text) and _DECIMALS.match(other.text):
        whole = replace(one, text=one.text + other.text)
        lines[-2] = replace(above, tokens=(*above.tokens[:-1], whole))
        lines[-1] = replace(below, tokens=below.tokens[1:])


def _form_at(lines: list[FormLine], position: int) -> BrokenForm | None:
    """The form whose indicator header begins at a line, its head looked for backwards."""
    if not begins_indicators(lines, position):
        return None
    header = compact("".join(line.text for line in lines[position : position + _HEAD_LINES]))
    if not re.search(r"三级指标|指标名称", header) or not re.search(r"分值|权重|得分", header):
        return None
    form = BrokenForm(start=position)
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


def _says_whose(lines: list[FormLine], form: BrokenForm) -> bool:
    """Whether title or head tell if the form is a department's or a project's.

    A form of which nobody can say whose it is must not become anybody's figures.
    """
    title = compact(lines[form.start - 1].text) if form.start else ""
    labels = [compact(line.text) for line in form.head]
    return bool(_FORM_TITLE.match(title)) or any(_SUBJECT.match(text) for text in labels)


def _look_back(lines: list[FormLine], position: int, form: BrokenForm) -> None:
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
    fund = next((i for i in range(len(head)) if _names_money(head, i)), None)
    if fund is not None:
        while fund and _is_fund_caption(head[fund - 1]):
            fund -= 1
        fund -= _caption_lines(head[:fund])
        form.head, form.funding = head[:fund], head[fund:]
    else:
        form.head = head


def _names_money(head: Sequence[FormLine], at: int) -> bool:
    """Whether a line begins a word for money that the next two may go on with: 年初预算 | 数."""
    own = compact(head[at].text)
    found = _FUNDING_WORD.search(own + "".join(compact(x.text) for x in head[at + 1 : at + 3]))
    return found is not None and found.start() < len(own)


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


def _look_ahead(lines: list[FormLine], position: int, form: BrokenForm) -> None:
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
            following = next((x.tokens for x in lines[index + 1 : index + 3] if x.tokens), ())
            form.torn = len(following) == 1 and bool(_REST.match(following[0].text))
            return
        form.indicators.append(line)
