"""Rows of a grid cut into blocks by what they say: indicators, funds, goals, plans, plain rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orchestration.extraction.forms.header_tree import Header
from orchestration.extraction.forms.headers import any_header
from orchestration.extraction.forms.identity_rows import is_identity_row, is_personal_row
from orchestration.extraction.forms.view import GridView
from orchestration.extraction.segment import is_form_title
from orchestration.extraction.vocabulary import Vocabulary
from orchestration.reading.document import Cell

_NATURES = re.compile(r"按(?:收入|支出)性质")


#: Labels that begin a form of its own below a list.
_SUBJECTS = ("project_name", "unit_name", "department")
_LOOSE = ("rows", "natures")  # blocks without a header of their own


@dataclass(slots=True)
class Block:
    """Rows ``start``..``end`` (excluded) of one kind; ``header`` where it has one."""

    kind: str  # indicator | list | units | funding | natures | goal | plan | rows
    start: int
    end: int
    header: Header | None = None


def cut(view: GridView, vocabulary: Vocabulary) -> list[Block]:
    """The blocks of a grid in order; every row belongs to one."""
    blocks: list[Block] = []
    row = 0
    while row < view.n_rows:
        header = any_header(view, row, vocabulary)
        if header is not None and _repeats(blocks, header):
            row = header.bottom + 1
            blocks[-1].end = row
            continue
        if header is not None:
            _cut_back(blocks, header.top)
            blocks.append(Block(header.block, header.top, header.bottom + 1, header))
            row = header.bottom + 1
        elif _NATURES.search(view.row_text(row)):
            blocks.append(Block("natures", row, row + 1))
            row += 1
        else:
            _extend(blocks, view, row, vocabulary)
            row += 1
    return blocks


def _cut_back(blocks: list[Block], top: int) -> None:
    """Give a header the rows above it where its left-hand heads begin."""
    while blocks and blocks[-1].kind in _LOOSE and blocks[-1].end > top:
        if blocks[-1].start < top:
            blocks[-1].end = top
            return
        blocks.pop()


def _repeats(blocks: list[Block], header: Header) -> bool:
    """Whether a header is the block's own, printed again after a page break."""
    if not blocks or blocks[-1].header is None or blocks[-1].kind != header.block:
        return False
    mine = {(c.field, c.start) for c in blocks[-1].header.columns}
    theirs = {(c.field, c.start) for c in header.columns}
    return header.block in ("indicator", "list") and len(mine & theirs) >= max(2, len(theirs) - 1)


def _extend(blocks: list[Block], view: GridView, row: int, vocabulary: Vocabulary) -> None:
    """Add a row to the block it belongs to, or to a block of plain rows."""
    last = blocks[-1] if blocks else None
    if last is not None and _belongs(last, view, row, vocabulary):
        last.end = row + 1
        return
    if last is not None and last.kind == "rows":
        last.end = row + 1
        return
    blocks.append(Block("rows", row, row + 1))


def _belongs(  # noqa: PLR0911 - a return for each kind of row
    block: Block, view: GridView, row: int, vocabulary: Vocabulary
) -> bool:
    """Whether a row without header goes on with a block."""
    filled = view.filled(row)
    if block.kind in ("rows", "plan"):
        return block.kind == "rows" or row <= block.start + 1
    if not filled:
        return True
    first = filled[0]
    noted = vocabulary.header("note", first.text) is not None and first.col == 0
    if block.kind in ("list", "units"):
        named = vocabulary.header("identity", first.text) in _SUBJECTS
        other_form = named and is_identity_row(view, row, vocabulary)
        return not noted and not other_form and not is_personal_row(view, row, vocabulary)
    personal = block.kind != "indicator" and is_personal_row(view, row, vocabulary)
    if noted or personal or is_identity_row(view, row, vocabulary) or is_title_cell(view, first):
        return False
    if block.kind == "funding" and vocabulary.header("total", first.text) in (
        "total_score",
        "grade",
    ):
        return False
    if block.kind == "goal" and block.header is not None:
        if len(filled) == 1 and _lies_over(first, block.header):
            return False  # 四、绩效指标完成情况 over both goals: the heading of what follows
        return first.col >= block.header.columns[0].start or _spans_band(view, row, block)
    is_goal = vocabulary.header("goal", first.text) is not None
    return not is_goal or (
        block.kind == "indicator"
        and (first.col > 0 or vocabulary.level1.find(first.text) is not None)
    )


def _lies_over(cell: Cell, header: Header) -> bool:
    """Whether a cell lies over the columns of both goals, as no text of one of them does."""
    last = max(header.columns, key=lambda c: c.start)
    return cell.col <= header.first_col and cell.col + cell.colspan > last.start


def _spans_band(view: GridView, row: int, block: Block) -> bool:
    cell = view.cell(row, 0)
    return cell is not None and cell.row <= block.start


def is_title_cell(view: GridView, cell: Cell) -> bool:
    """A form's title printed in the grid: one cell over (nearly) all columns."""
    return cell.colspan >= max(view.n_cols - 1, 2) and is_form_title(cell.text)
