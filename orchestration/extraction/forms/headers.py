"""Finding the header rows of a grid's blocks: funds, goals, plans, lists; indicators elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from orchestration.extraction.forms.adjusting import told_apart
from orchestration.extraction.forms.header_tree import (
    MONEY_FIELDS,
    YEAR_IN_FRONT,
    Column,
    Header,
    dated,
    goal_word,
    heads_below,
    height_of,
    matches,
    resolve,
    word_of,
)
from orchestration.extraction.forms.indicator_header import indicator_header
from orchestration.extraction.forms.stage_sources import leaves_below, under_stages
from orchestration.extraction.forms.view import GridView, label_of
from orchestration.extraction.text import compact
from orchestration.extraction.values import parse_number
from orchestration.extraction.vocabulary import Vocabulary
from orchestration.reading.document import Cell


def _without_band(view: GridView, matched: list[Cell]) -> list[Cell]:
    """The matched cells without a side band (``年度预算数（万元）`` over all rows of the block)."""
    if len(matched) < 3:
        return matched
    first, others = matched[0], matched[1:]
    beside = view.right_of(first)
    gap = beside is not None and not beside.text.strip()
    if first.rowspan > max(c.rowspan for c in others) or (first.col == 0 and gap):
        return others
    return matched


def _years_apart(columns: list[Column]) -> list[Column]:
    """Of amounts of several years side by side those of the last year are the form's own."""
    years = {c: m[1] for c in columns if (m := YEAR_IN_FRONT.match(c.header))}
    last = max(years.values(), default="")
    return [replace(c, field="previous") if years.get(c, last) < last else c for c in columns]


_LEVELS = ("level1", "level2", "level3")


def funding_header(view: GridView, row: int, vocabulary: Vocabulary) -> Header | None:
    """The header of a funding block: two money columns, or one and the execution rate."""
    matched = _without_band(view, matches(view, row, "funding", vocabulary))
    if len(matched) < 2:
        return None
    height = height_of(matched)
    height += leaves_below(view, row + height, matched)
    columns, unknown = resolve(
        view, row, height, partial(word_of, "funding", vocabulary=vocabulary)
    )
    columns = dated(view, [c for c in columns if c.start >= matched[0].col], row)
    columns = under_stages(view, columns, vocabulary)
    columns = [c for c in columns if not _heads_labels(view, c, row + height, vocabulary)]
    columns = _adjustment([c for c in columns if c.field != "money_total"])
    columns = told_apart(view, columns, row + height)
    years = any(YEAR_IN_FRONT.match(c.header) for c in columns)
    if years and not _names_sources(view, row + height, vocabulary):
        return None  # 2023年决算数 | 2024年预算数 over items of spending: a table of statistics
    columns = _years_apart(columns)
    fields = {c.field for c in columns}
    if sum(vocabulary.header("indicator", c.text) in _LEVELS for c in unknown) > 1:
        return None  # 预算数 | 执行数 beside 一级指标 | 三级指标: a list of projects and indicators
    money = fields.intersection(MONEY_FIELDS)
    aside = bool(fields & {"execution_rate", "part_year"})
    if "previous" in fields:  # 上年预算 | 本年申请: a funding block where sources stand below
        aside = _names_sources(view, row + height, vocabulary)
    if len(money) < 2 and not (money and aside):
        return None
    first = min(c.start for c in columns if c.field in MONEY_FIELDS)
    unknown = [c for c in unknown if c.col > first]
    if any(_is_value(c) for c in unknown):
        return None  # 年初预算数 | 380,000 | 预算执行数 | 371,640: labels with their values
    return Header("funding", row, row + height - 1, columns, unknown)


def _names_sources(view: GridView, body: int, vocabulary: Vocabulary) -> bool:
    """Whether one of the next rows begins with the total of funds or public money."""
    for row in range(body, min(body + 4, view.n_rows)):
        for cell in view.filled(row)[:2]:
            label = _OF_WHICH.sub("", label_of(cell))
            if vocabulary.funding_source.find(label) in ("total", "general_public_budget"):
                return True
    return False


def _heads_labels(view: GridView, column: Column, body: int, vocabulary: Vocabulary) -> bool:
    """Whether sources stand below a head that sounds like money: 年度预算数 over 总额, 财政资金."""
    return column.field in MONEY_FIELDS and _stands_over_labels(view, column, body, vocabulary)


def _stands_over_labels(view: GridView, column: Column, body: int, vocabulary: Vocabulary) -> bool:
    """Whether two and more of the next rows name a source, nature or stage of money in a column."""
    below = [c for r in range(body, min(body + 5, view.n_rows)) for c in view.own(r)]
    texts = [
        _OF_WHICH.sub("", label_of(c))
        for c in below
        if column.start <= c.col < column.end and c.text.strip()
    ]
    named = [
        t
        for t in texts
        if vocabulary.funding_source.find(t) is not None
        or vocabulary.expense_item.find(t) in ("basic", "project", "personnel", "public")
        or vocabulary.header("funding", t) in MONEY_FIELDS
    ]
    return len(named) >= 2


_OF_WHICH = re.compile(r"^其中[:：]?")
_ADJUSTED = ("调整预算数", "调整预算", "预算调整数")


def _adjustment(columns: list[Column]) -> list[Column]:
    """``调整预算数`` beside ``全年预算数`` is the adjustment; alone it is the budget after it."""
    annual = [c for c in columns if c.field == "annual_budget"]
    if len(annual) < 2:
        return columns
    return [
        replace(c, field="adjustment")
        if c in annual and c.header.startswith(_ADJUSTED) and any(a.start > c.start for a in annual)
        else c
        for c in columns
    ]


def goal_header(view: GridView, row: int, vocabulary: Vocabulary) -> Header | None:
    """``预期目标 | 实际完成情况`` side by side, or two goals of different terms."""
    filled = view.filled(row)
    columns = [
        Column(name, c.col, c.col + c.colspan, label_of(c), c)
        for c in filled
        if (name := goal_word(c.text, vocabulary)) is not None
    ]
    if len(columns) > 2 or (columns and columns[0].cell.rowspan > 1):
        columns = columns[1:]  # the band on the left: 年度总体目标
    if len(columns) != 2 or row + 1 >= view.n_rows:
        return None
    others = [c for c in filled if c.col > columns[0].start]
    return Header("goal", row, row, columns) if len(others) == 1 else None


def plan_header(view: GridView, row: int, vocabulary: Vocabulary) -> Header | None:
    """``3月底 | 6月底 | 10月底 | 12月底``."""
    columns = [
        Column(name, c.col, c.col + c.colspan, label_of(c), c)
        for c in view.filled(row)
        if (name := vocabulary.header("plan", c.text)) in ("month", "quarter")
    ]
    if len(columns) < 2 or _values_behind(view, row, columns):
        return None
    return Header("plan", row, row, columns)


def _values_behind(view: GridView, row: int, columns: list[Column]) -> bool:
    """Whether figures stand right of the months: a line whose target and actual are dates."""
    first = columns[0].start
    return any(parse_number(c.text) is not None and c.col > first for c in view.filled(row))


def list_header(view: GridView, row: int, vocabulary: Vocabulary) -> Header | None:
    """A project list: one row a project, with budget, execution, rate or score."""

    def meaning(text: str) -> str | None:
        return vocabulary.header("list", text) or vocabulary.header("funding", text)

    matched = [c for c in view.filled(row) if meaning(c.text)]
    if len(matched) < 3:
        return None
    height = height_of(matched)
    height += heads_below(view, row, height, meaning)
    columns, unknown = resolve(view, row, height, meaning)
    columns = under_stages(view, told_apart(view, columns, row + height), vocabulary)
    fields = {c.field for c in columns}
    levels = (vocabulary.level1, vocabulary.level2)
    foreign = [c for c in unknown if not any(words.find(label_of(c)) for words in levels)]
    numeric = fields & {*MONEY_FIELDS, "execution_rate", "total_score", "score", "funding.total"}
    if "project_name" not in fields or not numeric or len(foreign) > len(columns):
        return None
    named = next((c for c in columns if c.field == "project_name"), None)
    # 绩效指标 over 一级指标 …: a table of indicators. 单位(项目)名称 alone: a tree of units, groups
    # and projects.
    heading = any(c.field == "indicators" and c.cell.row > row for c in columns)
    if heading or (named is not None and "单位" in named.header and "goal" not in fields):
        return None
    if named is not None and _stands_over_labels(view, named, row + height, vocabulary):
        return None  # 项目 over 财政拨款, 基本支出: what the money is, no projects
    if any(_is_value(cell) for cell in unknown):
        return None  # 项目名称 | … | 项目编码 | … | 自评总分 | 97.8: labels with their values
    return Header("list", row, row + height - 1, columns, unknown)


def units_header(view: GridView, row: int, vocabulary: Vocabulary) -> Header | None:
    """A list of units with their budgets and scores: none of its figures is the report's own."""
    filled = view.filled(row)
    named = [
        c
        for c in filled
        if vocabulary.header("list", c.text) == "unit_name"
        or vocabulary.header("identity", c.text) in ("unit_name", "implementing_unit")
    ]
    if len(named) != 1 or any(_is_value(c) for c in filled):
        return None
    head = named[0]
    fields = {vocabulary.header("funding", c.text) for c in filled if c.col > head.col}
    fields |= {vocabulary.header("list", c.text) for c in filled if c.col > head.col}
    if len(fields & {*MONEY_FIELDS, "execution_rate", "total_score", "grade"}) < 2:
        return None
    if any(vocabulary.header("list", c.text) == "project_name" for c in filled):
        return None
    height = height_of(filled)
    body = [view.cell(r, head.col) for r in range(row + height, view.n_rows)]
    units = {label_of(c) for c in body if c is not None and c.col == head.col and c.text.strip()}
    if len(units) < 2 or any(vocabulary.header("identity", u) for u in units):
        return None
    column = Column("unit_name", head.col, head.col + head.colspan, label_of(head), head)
    if _stands_over_labels(view, column, row + height, vocabulary):
        return None
    return Header("units", row, row + height - 1, [column])


def _is_value(cell: Cell) -> bool:
    """Whether a cell holds a figure or a code, as no head does."""
    return bool(
        re.fullmatch(
            r"[\d.,%]{2,}|[\d.,]+(?:分|元|万元)|\d{8}[A-Z][0-9A-Z]{12}", compact(cell.text)
        )
    )


def any_header(view: GridView, row: int, vocabulary: Vocabulary) -> Header | None:
    """The header that begins in a row, the most telling kind first."""
    for find in (
        indicator_header,
        list_header,
        units_header,
        funding_header,
        plan_header,
        goal_header,
    ):
        header = find(view, row, vocabulary)
        if header is not None:
            return header
    return None


def is_repeat(view: GridView, row: int, header: Header) -> bool:
    """Whether a row prints the block's header again (after a page break)."""
    printed = {compact(c.text) for c in view.filled(row)}
    expected = {label_of(c.cell) for c in header.columns}
    return (
        len(printed & expected) >= max(2, len(expected) - 2) and len(printed) <= len(expected) + 3
    )
