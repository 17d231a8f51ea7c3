"""The header of an indicator table: which column is a level, the name, a value, a weight."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from orchestration.extraction.forms.header_tree import (
    MONEY_FIELDS,
    YEAR_IN_FRONT,
    Column,
    Header,
    dated,
    grown,
    height_of,
    leaves,
    matches,
    resolve,
    word_of,
)
from orchestration.extraction.forms.only_columns import (
    fourth_level,
    only_actual,
    only_names,
    only_score,
)
from orchestration.extraction.forms.signs import one_operator
from orchestration.extraction.forms.view import GridView, label_of
from orchestration.extraction.text import split_weight
from orchestration.extraction.vocabulary import Vocabulary
from orchestration.reading.document import Cell

_LEVELS = ("level1", "level2", "level3")
_INDICATOR_VALUES = frozenset(
    {
        "target",
        "actual",
        "weight",
        "score",
        "description",
        "value_basis",
        "scoring_rule",
        "unit",
        "operator",
        "adjusted_target",
    }
)


def indicator_header(view: GridView, row: int, vocabulary: Vocabulary) -> Header | None:
    """The header of an indicator table (or of a list with indicators) that begins in a row."""
    matched = matches(view, row, "indicator", vocabulary)
    if len(matched) < 2:
        return None
    height = grown(view, row, height_of(matched), vocabulary)
    columns, unknown = resolve(
        view, row, height, partial(word_of, "indicator", vocabulary=vocabulary)
    )
    if _heads_money(columns, unknown, vocabulary):
        return None
    columns = _earlier_years(dated(view, columns, row))
    columns = one_operator(view, columns, row + height, vocabulary)
    columns = _without_ticks(view, columns, row + height)
    columns = _annual_group(view, _spread_levels(view, columns, row + height))
    columns = _numbered_targets(view, columns, row + height)
    columns = _points_of_levels(_name_column(_levels_by_order(columns)), "weight")
    columns = _points_of_levels(columns, "score")
    columns = _first_levels(view, columns, row + height, vocabulary)
    columns = only_names(fourth_level(only_score(only_actual(columns))))
    fields = {c.field for c in columns}
    levels = fields.intersection(_LEVELS)
    values = fields & _INDICATOR_VALUES
    enough = (len(levels) >= 2 and values) or ("level3" in fields and len(values) >= 2)
    if not enough or not levels & {"level2", "level3"}:
        return None
    first = min(c.start for c in columns if c.field in _LEVELS)
    unknown = [c for c in unknown if c.col > first]  # what stands left of the levels is a band
    top = _top_of_list(view, row, height, first)
    header = Header("indicator", top, row + height - 1, columns, unknown)
    _add_list_columns(view, header, top, row + height - top, vocabulary)
    _one_target(header)
    _whole_years_actual(header)
    return header


def _spread_levels(view: GridView, columns: list[Column], body: int) -> list[Column]:
    """One head over two or three columns of levels (``评价内容``) is as many level columns.

    Blank heads right of it belong to it. What counts is how many cells stand below it in the first
    row of the body, not how many edges of other blocks cross it.
    """
    levels = [c for c in columns if c.field in _LEVELS]
    if not levels and len({c.field for c in columns} & _INDICATOR_VALUES) > 1:
        # 绩效指标 over the columns of levels and names
        levels = [c for c in columns if c.header in _NAME_HEADS and c.end - c.start > 1]
        columns = [replace(c, field="level1") if c in levels else c for c in columns]
        levels = [c for c in columns if c.field == "level1"]
    named = [c for c in columns if c.field == "level3"]
    two = named and levels and not re.match(r"一级", levels[0].header)
    if two and len(levels) == 2 and levels[0].field == "level1":
        levels = levels[:1]  # 评价内容 over two columns beside 评价指标
    if len(levels) != 1 or levels[0].field != "level1" or body >= view.n_rows:
        return columns
    head = levels[0]
    end = head.end
    while (beside := view.cell(head.cell.row, end)) is not None and not beside.text.strip():
        end = beside.col + beside.colspan
    below = view.span(body, head.start, end)
    if named and (len(below) != 2 or levels[0].end > named[0].start):
        return columns
    if not 2 <= len(below) <= len(_LEVELS) or below[0].col != head.start:
        names = head.header in _NAME_HEADS
        return [replace(c, field="level3") if names and c is head else c for c in columns]
    edges = [*(c.col for c in below), end]
    spread = [
        Column(name, start, stop, head.header, head.cell)
        for name, start, stop in zip(_LEVELS, edges, edges[1:], strict=False)
    ]
    at = columns.index(head)
    return [*columns[:at], *spread, *columns[at + 1 :]]


_NUMBER_LABEL = re.compile(r"^指标[\d一二三四五六七八九十]{1,2}[:、.]?$")


def _numbered_targets(view: GridView, columns: list[Column], body: int) -> list[Column]:
    """``绩效目标`` over ``指标1：| text``: the number's cells name the line, the rest aims."""
    target = next((c for c in columns if c.field == "target"), None)
    if target is None or any(c.field == "level3" for c in columns) or body >= view.n_rows:
        return columns
    below = view.span(body, target.start, target.end)
    if len(below) != 2 or not _NUMBER_LABEL.match(label_of(below[0])):
        return columns
    at = columns.index(target)
    parts = [
        replace(target, field="level3", end=below[1].col),
        replace(target, start=below[1].col),
    ]
    return [*columns[:at], *parts, *columns[at + 1 :]]


def _earlier_years(columns: list[Column]) -> list[Column]:
    """Of values of several years the last one's with target and result are the form's own."""
    years = {c: m[1] for c in columns if (m := YEAR_IN_FRONT.match(c.header))}
    aimed = {year for c, year in years.items() if c.field == "target"}
    done = {year for c, year in years.items() if c.field in ("actual", "score")}
    own = max(aimed & done or years.values(), default="")
    return [replace(c, field="target_previous") if years.get(c, own) != own else c for c in columns]


_TICK = re.compile(r"^[√✓✔☑☒×✗xX○●□■vV]$|^[是否]$")
_BODY = 40  # rows of a block that are looked at


def _without_ticks(view: GridView, columns: list[Column], body: int) -> list[Column]:
    """``完成 | 未完成`` below ``完成情况`` with ticks in them hold no values."""

    def ticked(column: Column) -> bool:
        cells = [
            c
            for row in range(body, min(body + _BODY, view.n_rows))
            for c in view.own(row)
            if column.start <= c.col < column.end and c.colspan <= column.end - column.start
        ]
        texts = [label_of(c) for c in cells if c.text.strip()]
        return bool(texts) and all(_TICK.match(text) for text in texts)

    return [
        replace(c, field="ignore") if c.field in ("actual", "target") and ticked(c) else c
        for c in columns
    ]


_THIRD = re.compile(r"三级|四级|具体指标")


def _levels_by_order(columns: list[Column]) -> list[Column]:
    """``指标类型 | 指标内容 | 指标名称``: heads that say no number are levels in their order.

    Where one of them is 三级指标 by its own words, it alone names the lines.
    """
    names = [c for c in columns if c.field == "level3"]
    above = [c for c in columns if c.field in ("level1", "level2")]
    if len(names) < 2 or any(_THIRD.search(c.header) for c in names):
        return columns
    first = min(c.start for c in columns if c.field not in _LEVELS)
    levels = sorted([*above, *names], key=lambda c: c.start)
    if levels[-1].start > first or len(levels) > len(_LEVELS) or levels[: len(above)] != above:
        return columns
    order = dict(zip(levels, _LEVELS[-len(levels) :], strict=True))
    return [replace(c, field=order[c]) if c in order else c for c in columns]


def _first_levels(
    view: GridView, columns: list[Column], body: int, vocabulary: Vocabulary
) -> list[Column]:
    """``指标类别 | 指标名称``: the only column of levels is the first where it holds such words."""
    only = [c for c in columns if c.field in ("level1", "level2")]
    if len(only) != 1 or only[0].field != "level2" or len(columns) < 2:
        return columns
    texts = {
        label_of(c)
        for r in range(body, min(body + _BODY, view.n_rows))
        for c in view.own(r)
        if c.col == only[0].start and c.col + c.colspan <= only[0].end and c.text.strip()
    }
    words = {split_weight(t)[0] for t in texts}
    first = {t for t in words if vocabulary.level1.find(t) and not vocabulary.level2.find(t)}
    if not first or len(first) * 2 < len(words) or any(re.search(r"[-—－]", t) for t in texts):
        return columns
    return [replace(c, field="level1") if c is only[0] else c for c in columns]


_LONG_TERM = re.compile(r"(?:中期|长期|实施期)(?:绩效)?(?:目标|指标|资金)")


def _annual_group(view: GridView, columns: list[Column]) -> list[Column]:
    """Of targets of two terms side by side (中期, 年度) the annual ones: the right-hand group."""
    names = [c for c in columns if c.field == "level3"]
    targets = [c for c in columns if c.field == "target"]
    if len(names) != 2 or len(targets) != 2 or not _LONG_TERM.search(view.text()):
        return columns
    if not names[0].start < targets[0].start < names[1].start < targets[1].start:
        return columns
    kept = [c for c in columns if c.start > targets[0].start]
    own = {c.field for c in kept}
    shared = [c for c in columns if c.start < names[0].start and c.field not in own]
    return [*shared, *kept]


_NAME_HEADS = ("绩效指标", "指标")


def _name_column(columns: list[Column]) -> list[Column]:
    """``绩效指标 | 指标性质 | 指标值``: without level columns 绩效指标 names the indicators."""
    fields = {c.field for c in columns}
    if fields.intersection(_LEVELS) or len(fields & _INDICATOR_VALUES) < 2:
        return columns
    return [
        replace(c, field="level3") if c.field == "ignore" and c.header in _NAME_HEADS else c
        for c in columns
    ]


def _heads_money(columns: list[Column], unknown: list[Cell], vocabulary: Vocabulary) -> bool:
    """``指标 | 年初预算数 | 执行数 | 得分``: 指标 over sources of money names no indicators."""
    stages = {word_of("funding", label_of(c), vocabulary) for c in unknown}
    has_levels = any(c.field in _LEVELS for c in columns)
    return not has_levels and len(stages.intersection(MONEY_FIELDS)) > 1


def _points_of_levels(columns: list[Column], name: str) -> list[Column]:
    """``一级指标 | 分值 | 二级指标 | 分值 | …``: a weight or score is that of the level before it.

    Only the one of the lowest level is a line's own.
    """
    levels = sorted((c for c in columns if c.field in _LEVELS), key=lambda c: c.start)
    points = [c for c in columns if c.field == name]
    if len(points) < 2 or not levels:
        return columns
    owner: dict[Column, str] = {}
    for point in points:
        before = [c for c in levels if c.start < point.start]
        if before and before[-1] is not levels[-1]:
            owner[point] = f"{before[-1].field}_weight" if name == "weight" else "ignore"
    if len(owner) == len(points):
        # 一级指标 | 权重 | 二级指标 | 权重 | 三级指标: of a line alone below it
        owner.pop(points[-1])
    return [replace(c, field=owner[c]) if c in owner else c for c in columns]


_LIST_FIELDS = frozenset(
    {
        "project_name",
        "project_code",
        "department",
        "implementing_unit",
        "funding.total",
        "funding.general_public_budget",
        "funding.special_account",
        "funding.government_fund",
        "funding.carry_over",
        "funding.other",
        "goal",
        "total_score",
        "unit_name",
    }
)


_MONEY = (*MONEY_FIELDS, "execution_rate")
_GROUP_HEADS = frozenset({"项目", "考核项目", "评价项目"})


def _list_field(text: str, vocabulary: Vocabulary) -> str | None:
    """The column of a project list that a head names; else the stage of a budget."""
    return vocabulary.header("list", text) or word_of("funding", text, vocabulary)


def _add_totals(view: GridView, header: Header, row: int, height: int, words: Vocabulary) -> None:
    """``总得分 | 等级`` behind the lines of a project, in cells as high as all of them."""
    last = max(c.end for c in header.columns if c.field in _LEVELS)
    for chain, start, end in leaves(view, row, height):
        name = words.header("total", chain[0].text)
        taken = any(c.cell is chain[0] for c in header.columns)
        if start >= last and not taken and name in ("total_score", "grade"):
            header.extra[name] = Column(name, start, end, label_of(chain[0]), chain[0])
            header.unknown = [c for c in header.unknown if c is not chain[0]]


def _are_levels(view: GridView, col: int, body: int, vocabulary: Vocabulary) -> bool:
    """Whether a column's cells are first levels: known words, or names with a weight behind."""
    cells = [c for r in range(body, view.n_rows) for c in view.own(r) if c.col == col]
    texts = [label_of(c) for c in cells if c.text.strip()]
    return any(split_weight(t)[1] or vocabulary.level1.find(t) for t in texts)


def _top_of_list(view: GridView, row: int, height: int, first: int) -> int:
    """The row where the heads left of the levels begin: ``单位名称`` beside 绩效指标 over them.

    Only where two and more of them end with the header: a band goes on beside the lines.
    """
    bottom = row + height
    heads = {c for c in view.covering(row) if c.col < first and c.text.strip()}
    tall = [c for c in heads if c.row < row and c.row + c.rowspan == bottom]
    return min((c.row for c in tall), default=row) if len(tall) > 1 else row


def _add_list_columns(
    view: GridView, header: Header, row: int, height: int, vocabulary: Vocabulary
) -> None:
    """Columns of a project list that carries its indicators in the same rows."""
    first_level = min(c.start for c in header.columns if c.field in _LEVELS)
    left = [(c, s, e) for c, s, e in leaves(view, row, height) if s < first_level]
    named = [_list_field(chain[0].text, vocabulary) for chain, _, _ in left]
    if "project_name" not in named:
        return
    at = named.index("project_name")
    chain, start, end = left[at]
    grouped = label_of(chain[0]) in _GROUP_HEADS and header.column("level1") is None
    alone = not any(name in _LIST_FIELDS for name in named[:at] + named[at + 1 :])
    if grouped and alone and _are_levels(view, start, row + height, vocabulary):
        # 项目 | 考核内容 | 考核指标: groups of indicators, no projects
        header.columns.insert(0, Column("level1", start, end, label_of(chain[0]), chain[0]))
        header.unknown = [c for c in header.unknown if c is not chain[0]]
        return
    taken = {cell for column in header.columns for cell in [column.cell]}
    for (chain, start, end), name in zip(left, named, strict=True):
        if name is not None and (name in _LIST_FIELDS or name in _MONEY):
            header.extra[name] = Column(name, start, end, label_of(chain[0]), chain[0])
            if chain[0] in taken:
                header.columns = [c for c in header.columns if c.cell is not chain[0]]
            header.unknown = [c for c in header.unknown if c is not chain[0]]
    if header.extra:
        _add_totals(view, header, row, height, vocabulary)


_LONGER = re.compile(r"实施期|中期|长期|规划期|全周期|项目期|总体|[三五]年")
_SHORTER = re.compile(r"半年|季度|\d月|阶段")
_VAGUE_TARGETS = frozenset({"绩效目标", "年度目标", "年度绩效目标", "目标", "预期目标"})


def _one_target(header: Header) -> None:
    """Of two target columns the one of a longer term, or only vaguely a target, is dropped."""
    targets = [c for c in header.columns if c.field == "target"]
    if len(targets) < 2:
        return
    longer = [c for c in targets if _LONGER.search(c.header) or _SHORTER.search(c.header)]
    if 0 < len(longer) < len(targets):
        header.columns = [replace(c, field="ignore") if c in longer else c for c in header.columns]
        targets = [c for c in targets if c not in longer]
    vague = [c for c in targets if c.header in _VAGUE_TARGETS]
    for column in vague[: len(targets) - 1]:
        header.columns.remove(column)


def _whole_years_actual(header: Header) -> None:
    """``实际完成值`` over 上半年 and 全年: what was done by mid-year is not the year's."""
    actual = [c for c in header.columns if c.field == "actual"]
    part = [c for c in actual if _SHORTER.search(c.header) and "全年" not in c.header]
    if 0 < len(part) < len(actual):
        header.columns = [replace(c, field="ignore") if c in part else c for c in header.columns]
