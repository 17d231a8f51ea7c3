"""Headers of a grid's blocks: their columns, and how a tree of heads resolves to leaves.

A header is recognised by what it says (``header_word.csv``), never by where it stands. Header
trees of several rows are resolved to leaves: the lowest wording that the vocabulary knows wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from orchestration.extraction.forms.view import GridView, label_of
from orchestration.extraction.text import compact
from orchestration.extraction.vocabulary import Vocabulary
from orchestration.reading.document import Cell

MONEY_FIELDS = ("initial_budget", "adjustment", "annual_budget", "executed")
_MAX_HEADER_ROWS = 4


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


def leaves(view: GridView, row: int, height: int) -> list[tuple[list[Cell], int, int]]:
    """The header's leaf columns: the chain of cells from the bottom up, start, end."""
    found: list[tuple[list[Cell], int, int]] = []
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
        found.append((chain, bottom.col, bottom.col + bottom.colspan))
    return found


def height_of(matched: list[Cell]) -> int:
    """Rows the header takes: the tallest of the cells with a role, side bands left out."""
    return max((c.rowspan for c in matched if c.rowspan <= _MAX_HEADER_ROWS), default=1)


def heads_below(view: GridView, row: int, height: int, meaning: Callable[[str], str | None]) -> int:
    """1 where the next row only splits heads that nobody knows: 资金来源 over 财政拨款 | 其他."""
    below = view.filled(row + height) if row + height < view.n_rows else []
    parents = [view.cell(row, c.col) for c in below]
    split = all(p is not None and p.colspan > 1 and meaning(p.text) is None for p in parents)
    return int(len(below) > 1 and split and all(meaning(c.text) for c in below))


def grown(view: GridView, row: int, height: int, vocabulary: Vocabulary) -> int:
    """The height of a header where spans are not known: a second row of nothing but heads."""
    below = view.filled(row + height) if row + height < view.n_rows else []
    if view.by_spans and height == 1:
        return height + heads_below(
            view, row, height, lambda text: word_of("indicator", text, vocabulary)
        )
    if height > 1 or not below:
        return height
    if _level_heads(view, row + height, vocabulary) > 1 and not _level_heads(view, row, vocabulary):
        return height + 1  # 绩效指标 | | | 指标值 over 一级指标 | 二级指标 | 三级指标
    if below[0].col == 0:
        return height
    if len(below) > 1 and all(word_of("indicator", c.text, vocabulary) for c in below):
        return height + 1
    heads = all(vocabulary.header("list", c.text) is not None for c in below)
    parents = all(
        (p := view.cell(row, c.col)) is not None
        and (not p.text.strip() or vocabulary.header("list", p.text) is None)
        for c in below
    )
    return height + 1 if heads and parents else height


def _level_heads(view: GridView, row: int, vocabulary: Vocabulary) -> int:
    """How many cells of a row head levels."""
    names = {vocabulary.header("indicator", c.text) for c in view.filled(row)}
    return len(names & {"level1", "level2", "level3"})


YEAR_IN_FRONT = re.compile(r"^((?:19|20)\d{2})年?度?(?=\D{2,})")


def word_of(block: str, text: str, vocabulary: Vocabulary) -> str | None:
    """The field a head names; a year in front does not matter (``2023年预算数``)."""
    name = vocabulary.header(block, text)
    if name is None and block in ("funding", "indicator"):
        name = vocabulary.header(block, YEAR_IN_FRONT.sub("", compact(text)))
    return name


def resolve(
    view: GridView, row: int, height: int, meaning: Callable[[str], str | None]
) -> tuple[list[Column], list[Cell]]:
    """The columns of a header by their lowest known wording, and the heads nobody knows."""
    columns: list[Column] = []
    unknown: list[Cell] = []
    for chain, start, end in leaves(view, row, height):
        name = next((n for cell in chain if (n := meaning(cell.text)) is not None), None)
        text = "".join(label_of(c) for c in reversed(chain))
        if name is not None:
            columns.append(Column(name, start, end, text, chain[0]))
        elif text:
            unknown.append(chain[0])
    return columns, unknown


_YEAR_ALONE = re.compile(r"^((?:19|20)\d{2})年?度?$")


def dated(view: GridView, columns: list[Column], row: int) -> list[Column]:
    """The columns with the year that a cell over the header gives them (``2022年`` over 预算数)."""
    found = []
    for column in columns:
        above = view.cell(row - 1, column.start) if row else None
        year = _YEAR_ALONE.match(label_of(above)) if above is not None else None
        wide = above is not None and above.colspan > 1
        found.append(
            replace(column, header=f"{year[1]}年{column.header}") if year and wide else column
        )
    return found


def goal_word(text: str, vocabulary: Vocabulary) -> str | None:
    """What a head says of goals; years in brackets behind it do not matter."""
    short = compact(text)
    return vocabulary.header("goal", short) or vocabulary.header(
        "goal", re.sub(r"[(][^()]*\d{4}[^()]*[)]$", "", short)
    )


def matches(view: GridView, row: int, block: str, vocabulary: Vocabulary) -> list[Cell]:
    return [
        c for c in view.filled(row) if word_of(block, c.text, vocabulary) not in (None, "ignore")
    ]
