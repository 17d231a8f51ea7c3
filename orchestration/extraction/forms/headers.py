"""Finding the header rows of a grid's blocks and giving each column its role.

A header is recognised by what it says (``header_word.csv``), never by where it stands. Header
trees of several rows are resolved to leaves: the lowest wording that the vocabulary knows wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from orchestration.extraction.forms.view import GridView, label_of
from orchestration.extraction.text import compact, split_weight
from orchestration.extraction.vocabulary import Vocabulary
from orchestration.reading.document import Cell

MONEY_FIELDS = ("initial_budget", "adjustment", "annual_budget", "executed")
_MAX_HEADER_ROWS = 4
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


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a block: its role, the grid columns it covers, its header text."""

    field: str
    start: int
    end: int  # excluded
    header: str
    cell: Cell


@dataclass(slots=True)
class Header:
    """A recognised header: the block it opens, its rows, its columns."""

    block: str  # indicator | funding | goal | plan | list
    top: int
    bottom: int  # last header row
    columns: list[Column] = field(default_factory=list)
    unknown: list[Cell] = field(default_factory=list)
    extra: dict[str, Column] = field(default_factory=dict)

    def column(self, name: str) -> Column | None:
        """The first column of a role."""
        return next((c for c in self.columns if c.field == name), None)

    def fields(self) -> set[str]:
        """The roles present."""
        return {c.field for c in self.columns}

    @property
    def first_col(self) -> int:
        """The leftmost column with a role."""
        return min(c.start for c in self.columns)


def _leaves(view: GridView, row: int, height: int) -> list[tuple[list[Cell], int, int]]:
    """The header's leaf columns: the chain of cells from the bottom up, start, end."""
    leaves: list[tuple[list[Cell], int, int]] = []
    seen: set[tuple[int, int]] = set()
    for col in range(view.n_cols):
        chain: list[Cell] = []
        for at in range(row + height - 1, row - 1, -1):
            cell = view.cell(at, col)
            if cell is not None and cell.row >= row and cell not in chain:
                chain.append(cell)
        chain = [c for c in chain if c.text.strip()] or chain[:1]
        if not chain:
            continue
        bottom = chain[0]
        if (bottom.row, bottom.col) in seen:
            continue
        seen.add((bottom.row, bottom.col))
        leaves.append((chain, bottom.col, bottom.col + bottom.colspan))
    return leaves


def _height(matched: list[Cell]) -> int:
    """Rows the header takes: the tallest of the cells with a role, side bands left out."""
    return max((c.rowspan for c in matched if c.rowspan <= _MAX_HEADER_ROWS), default=1)


def _grown(view: GridView, row: int, height: int, vocabulary: Vocabulary) -> int:
    """The height of a header where spans are not known: a second row of nothing but heads."""
    below = view.filled(row + height) if row + height < view.n_rows else []
    if view.by_spans or height > 1 or not below or below[0].col == 0:
        return height
    heads = all(vocabulary.header("list", c.text) is not None for c in below)
    parents = all(
        (p := view.cell(row, c.col)) is not None
        and (not p.text.strip() or vocabulary.header("list", p.text) is None)
        for c in below
    )
    return height + 1 if heads and parents else height


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


_YEAR_IN_FRONT = re.compile(r"^((?:19|20)\d{2})年?度?(?=\D{2,})")


def _word(block: str, text: str, vocabulary: Vocabulary) -> str | None:
    """The field a head names; of funds, a year in front does not matter (``2023年预算数``)."""
    name = vocabulary.header(block, text)
    if name is None and block == "funding":
        name = vocabulary.header(block, _YEAR_IN_FRONT.sub("", compact(text)))
    return name


def _years_apart(columns: list[Column]) -> list[Column]:
    """Of amounts of several years side by side those of the last year are the form's own."""
    years = {c: m[1] for c in columns if (m := _YEAR_IN_FRONT.match(c.header))}
    last = max(years.values(), default="")
    return [replace(c, field="previous") if years.get(c, last) < last else c for c in columns]


def _resolve(
    view: GridView, row: int, height: int, block: str, vocabulary: Vocabulary
) -> tuple[list[Column], list[Cell]]:
    columns: list[Column] = []
    unknown: list[Cell] = []
    for chain, start, end in _leaves(view, row, height):
        name = None
        for cell in chain:
            name = _word(block, cell.text, vocabulary)
            if name is not None:
                break
        text = "".join(label_of(c) for c in reversed(chain))
        if name is not None:
            columns.append(Column(name, start, end, text, chain[0]))
        elif text:
            unknown.append(chain[0])
    return columns, unknown


def _matches(view: GridView, row: int, block: str, vocabulary: Vocabulary) -> list[Cell]:
    return [c for c in view.filled(row) if _word(block, c.text, vocabulary) not in (None, "ignore")]


def indicator_header(view: GridView, row: int, vocabulary: Vocabulary) -> Header | None:
    """The header of an indicator table (or of a list with indicators) that begins in a row."""
    matched = _matches(view, row, "indicator", vocabulary)
    if len(matched) < 2:
        return None
    height = _grown(view, row, _height(matched), vocabulary)
    columns, unknown = _resolve(view, row, height, "indicator", vocabulary)
    columns = _annual_group(view, _spread_levels(view, columns, row + height))
    columns = _numbered_targets(view, columns, row + height)
    columns = _weights_of_levels(_name_column(columns))
    fields = {c.field for c in columns}
    levels = fields.intersection(_LEVELS)
    values = fields & _INDICATOR_VALUES
    enough = (len(levels) >= 2 and values) or ("level3" in fields and len(values) >= 2)
    if not enough or not levels & {"level2", "level3"}:
        return None
    first = min(c.start for c in columns if c.field in _LEVELS)
    unknown = [c for c in unknown if c.col > first]  # what stands left of the levels is a band
    header = Header("indicator", row, row + height - 1, columns, unknown)
    _add_list_columns(view, header, row, height, vocabulary)
    _one_target(header)
    return header


def _spread_levels(view: GridView, columns: list[Column], body: int) -> list[Column]:
    """One head over two or three columns of levels (``评价内容``) is as many level columns.

    Blank heads right of it belong to it. What counts is how many cells stand below it in the first
    row of the body, not how many edges of other blocks cross it.
    """
    levels = [c for c in columns if c.field in _LEVELS]
    if len(levels) != 1 or levels[0].field != "level1" or body >= view.n_rows:
        return columns
    head = levels[0]
    end = head.end
    while (beside := view.cell(head.cell.row, end)) is not None and not beside.text.strip():
        end = beside.col + beside.colspan
    below = view.span(body, head.start, end)
    if not 2 <= len(below) <= len(_LEVELS) or below[0].col != head.start:
        return columns
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


def _weights_of_levels(columns: list[Column]) -> list[Column]:
    """``一级指标 | 分值 | 二级指标 | 分值 | …``: a weight belongs to the level before it.

    Only the weight of the lowest level is a line's own.
    """
    levels = sorted((c for c in columns if c.field in _LEVELS), key=lambda c: c.start)
    weights = [c for c in columns if c.field == "weight"]
    if len(weights) < 2 or not levels:
        return columns
    owner: dict[Column, str] = {}
    for weight in weights:
        before = [c for c in levels if c.start < weight.start]
        if before and before[-1] is not levels[-1]:
            owner[weight] = f"{before[-1].field}_weight"
    if len(owner) == len(weights):
        return columns
    return [replace(c, field=owner[c]) if c in owner else c for c in columns]


_LIST_FIELDS = frozenset(
    {
        "project_name",
        "project_code",
        "department",
        "implementing_unit",
        "funding.total",
        "funding.general_public_budget",
        "funding.other",
        "goal",
        "total_score",
        "unit_name",
    }
)


_GROUP_HEADS = frozenset({"项目", "考核项目", "评价项目"})


def _are_levels(view: GridView, col: int, body: int, vocabulary: Vocabulary) -> bool:
    """Whether a column's cells are first levels: known words, or names with a weight behind."""
    cells = [c for r in range(body, view.n_rows) for c in view.own(r) if c.col == col]
    texts = [label_of(c) for c in cells if c.text.strip()]
    return any(split_weight(t)[1] or vocabulary.level1.find(t) for t in texts)


def _add_list_columns(
    view: GridView, header: Header, row: int, height: int, vocabulary: Vocabulary
) -> None:
    """Columns of a project list that carries its indicators in the same rows."""
    first_level = min(c.start for c in header.columns if c.field in _LEVELS)
    left = [(c, s, e) for c, s, e in _leaves(view, row, height) if s < first_level]
    named = [vocabulary.header("list", chain[0].text) for chain, _, _ in left]
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
        if name in _LIST_FIELDS:
            header.extra[name] = Column(name, start, end, label_of(chain[0]), chain[0])
            if chain[0] in taken:
                header.columns = [c for c in header.columns if c.cell is not chain[0]]
            header.unknown = [c for c in header.unknown if c is not chain[0]]


_VAGUE_TARGETS = frozenset({"绩效目标", "年度目标", "年度绩效目标", "目标", "预期目标"})


def _one_target(header: Header) -> None:
    """Of two target columns the one that is only vaguely one is dropped."""
    targets = [c for c in header.columns if c.field == "target"]
    if len(targets) < 2:
        return
    vague = [c for c in targets if c.header in _VAGUE_TARGETS]
    for column in vague[: len(targets) - 1]:
        header.columns.remove(column)


def funding_header(view: GridView, row: int, vocabulary: Vocabulary) -> Header | None:
    """The header of a funding block: two money columns, or one and the execution rate."""
    matched = _without_band(view, _matches(view, row, "funding", vocabulary))
    if len(matched) < 2:
        return None
    height = _height(matched)
    columns, unknown = _resolve(view, row, height, "funding", vocabulary)
    columns = [c for c in columns if c.start >= matched[0].col]
    columns = [c for c in columns if not _heads_labels(view, c, row + height, vocabulary)]
    columns = _adjustment([c for c in columns if c.field != "money_total"])
    dated = any(_YEAR_IN_FRONT.match(c.header) for c in columns)
    if dated and not _names_sources(view, row + height, vocabulary):
        return None  # 2023年决算数 | 2024年预算数 over items of spending: a table of statistics
    columns = _years_apart(columns)
    fields = {c.field for c in columns}
    money = fields.intersection(MONEY_FIELDS)
    aside = "execution_rate" in fields
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
    """Whether two and more of the next rows name a source or nature of money in a column."""
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
        if (name := vocabulary.header("goal", c.text)) is not None
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
    return Header("plan", row, row, columns) if len(columns) >= 2 else None


def list_header(view: GridView, row: int, vocabulary: Vocabulary) -> Header | None:
    """A project list: one row a project, with budget, execution, rate or score."""
    filled = view.filled(row)
    matched = [
        c
        for c in filled
        if vocabulary.header("list", c.text) or vocabulary.header("funding", c.text)
    ]
    if len(matched) < 3:
        return None
    height = _height(matched)
    columns: list[Column] = []
    unknown: list[Cell] = []
    for chain, start, end in _leaves(view, row, height):
        name = None
        for cell in chain:
            name = vocabulary.header("list", cell.text) or vocabulary.header("funding", cell.text)
            if name is not None:
                break
        text = "".join(label_of(c) for c in reversed(chain))
        if name is not None:
            columns.append(Column(name, start, end, text, chain[0]))
        elif text:
            unknown.append(chain[0])
    fields = {c.field for c in columns}
    numeric = fields & {*MONEY_FIELDS, "execution_rate", "total_score", "score", "funding.total"}
    if "project_name" not in fields or not numeric or len(unknown) > len(columns):
        return None
    named = next((c for c in columns if c.field == "project_name"), None)
    if named is not None and _stands_over_labels(view, named, row + height, vocabulary):
        return None  # 项目 over 财政拨款, 基本支出: what the money is, no projects
    if any(_is_value(cell) for cell in unknown):
        return None  # 项目名称 | … | 项目编码 | … | 自评总分 | 97.8: labels with their values
    return Header("list", row, row + height - 1, columns, unknown)


def _is_value(cell: Cell) -> bool:
    """Whether a cell holds a figure or a code, as no head does."""
    return bool(re.fullmatch(r"[\d.,%]{2,}|\d{8}[A-Z][0-9A-Z]{12}", compact(cell.text)))


def any_header(view: GridView, row: int, vocabulary: Vocabulary) -> Header | None:
    """The header that begins in a row, the most telling kind first."""
    for find in (indicator_header, list_header, funding_header, plan_header, goal_header):
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
