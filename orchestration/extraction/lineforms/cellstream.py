"""Forms printed one cell a line, each cell led by a tab, a blank line after each row.

A dump of a Word table. The number of columns of a block is the number of cells of its longest rows;
rows that a blank line inside a cell cut in two are put together again; header cells span what
stands
below them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.extraction.lineforms.gridmaker import Piece, join, piece_of
from orchestration.extraction.text import compact
from orchestration.extraction.vocabulary import default_vocabulary
from orchestration.reading.document import Paragraph

_MIN_CELLS = 12
_FORM_TITLE = re.compile(
    r"^[^。;,:]{0,40}(?:自评|绩效|评价)[^。;,:]{0,16}(?:表|情况)(?:[(][^()]{1,12}[)])?$"
)
#: What stands above a table and in no cell: its unit, its number, its title.
_ABOVE_TABLE = re.compile(
    r"^[(]?(?:金额|计量|货币)?单位:[\u4e00-\u9fff]{1,4}[)]?$|^(?:附?表|附件)\d{1,2}(?:[-—]\d{1,2})?:?$"
    r"|^(?:附?表\d{1,2}[:、]?)?[^。;,:]{2,40}表(?:[(][^()]{1,16}[)])?$"
)


@dataclass(frozen=True, slots=True)
class StreamCell:
    """One cell of the stream; ``gap`` is the number of blank lines after it."""

    piece: Piece
    gap: int


@dataclass(frozen=True, slots=True)
class Run:
    """A run of paragraphs (indices ``first``..``last``) that is one form."""

    first: int
    last: int
    cells: tuple[StreamCell, ...]


def line_numbers(paragraph: Paragraph) -> tuple[int, int] | None:
    """First and last line of a paragraph of plain text; None where the place names none."""
    numbers = re.findall(r"\d+", (paragraph.place.path or "").partition(",")[0])
    return (int(numbers[0]), int(numbers[-1])) if numbers else None


def starts_cell(paragraph: Paragraph) -> bool:
    """Whether a line is led by a tab."""
    return paragraph.text.lstrip(" \u3000").startswith("\t")


def find_runs(blocks: Sequence[object]) -> list[Run]:
    """The runs of tab-led lines that are forms."""
    runs: list[Run] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if not isinstance(block, Paragraph) or not starts_cell(block) or not line_numbers(block):
            index += 1
            continue
        last = _end_of_run(blocks, index)
        cells = _cells([b for b in blocks[index : last + 1] if isinstance(b, Paragraph)])
        filled = sum(bool(c.piece) for c in cells)
        if len(cells) >= _MIN_CELLS and filled >= _MIN_CELLS // 2 and _is_form(cells):
            runs.append(Run(index, last, tuple(cells)))
        index = last + 1
    return runs


def _is_form(cells: Sequence[StreamCell]) -> bool:
    """Whether tab-led lines are cells (short texts and blanks) rather than indented paragraphs."""
    short = sum(len(compact(c.piece.text)) <= 16 for c in cells)
    blank = sum(not c.piece for c in cells)
    heads = {compact(c.piece.text) for c in cells}
    named = {"一级指标", "二级指标"} <= heads  # a table without a blank cell
    return short >= 0.5 * len(cells) and (named or blank >= 0.05 * len(cells))


def _end_of_run(blocks: Sequence[object], first: int) -> int:
    """The last line that belongs to the form: tab-led, or the rest of such a cell."""
    last, since_tab = first, 0
    for index in range(first + 1, len(blocks)):
        block = blocks[index]
        if not isinstance(block, Paragraph) or line_numbers(block) is None:
            break
        if starts_cell(block):
            last, since_tab = index, 0
            continue
        since_tab += 1
        text = compact(block.text)
        if _gap(blocks[index - 1], block) and (_FORM_TITLE.match(text) or _ABOVE_TABLE.match(text)):
            break
        if since_tab > 40 or _gap(blocks[index - 1], block) > 12:
            break
    return last


def _gap(before: object, after: object) -> int:
    if not isinstance(before, Paragraph) or not isinstance(after, Paragraph):
        return 0
    first, second = line_numbers(before), line_numbers(after)
    return second[0] - first[1] - 1 if first and second else 0


def _cells(paragraphs: list[Paragraph]) -> list[StreamCell]:
    groups: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        if starts_cell(paragraph) or not groups:
            groups.append([paragraph])
        else:
            groups[-1].append(paragraph)
    cells = []
    for number, group in enumerate(groups):
        gap = _gap(group[-1], groups[number + 1][0]) if number + 1 < len(groups) else 99
        cells.append(StreamCell(join([piece_of(p) for p in group]), gap))
    return cells


# --- rows
# ------------------------------------------------------------------------------------------


def rows_of(cells: Sequence[StreamCell]) -> list[list[Piece]]:
    """The rows of a stream: cut at blank lines, then mended where a cell ended in one."""
    fragments: list[list[Piece]] = [[]]
    for cell in cells:
        fragments[-1].append(cell.piece)
        if cell.gap:
            fragments.append([])
    fragments = [f for f in fragments if f]
    rows: list[list[Piece]] = []
    for block in _blocks(fragments):
        rows += _mend(block)
    return rows


def _blocks(fragments: list[list[Piece]]) -> list[list[list[Piece]]]:
    """Fragments between section titles (a lone cell with a short text that no row needs)."""
    blocks: list[list[list[Piece]]] = [[]]
    for number, fragment in enumerate(fragments):
        following = fragments[number + 1] if number + 1 < len(fragments) else []
        if len(fragment) == 1 and _is_title(fragment[0]):
            blocks.append([fragment])
            blocks.append([])
        elif fragment[0].text and _opens_header(fragment, blocks[-1], following):
            blocks.append([fragment])
        else:
            blocks[-1].append(fragment)
    return [b for b in blocks if b]


def _is_title(piece: Piece) -> bool:
    text = compact(piece.text)
    numbered = re.match(r"^[一二三四五六七八九十]{1,2}、", text)
    united = re.search(r"[(](?:万元|元|人)[)]$", text)
    return bool(text and len(text) <= 30 and (numbered or united))


def _opens_header(fragment: list[Piece], block: list[list[Piece]], following: list[Piece]) -> bool:
    """A row of labels that another table begins with: printed before, or with blanks below it."""
    if not block or len(fragment) < 2 or not labels_only(fragment):
        return False
    repeated = compact(fragment[0].text) in {compact(row[0].text) for row in block if row[0]}
    blank_below = len(fragment) >= 3 and bool(following) and not following[0]
    return repeated or blank_below


def _begins_row(fragment: list[Piece]) -> bool:
    """Whether cells are a row of their own by their first word: a label that opens form rows."""
    vocabulary = default_vocabulary()
    return len(fragment) >= 2 and any(
        vocabulary.header(block, fragment[0].text) is not None for block in ("goal", "plan")
    )


def _mend(block: list[list[Piece]]) -> list[list[Piece]]:
    """Put fragments together that make a row of the block's width, where that works out."""
    width = max(len(fragment) for fragment in block)
    whole = sum(len(fragment) == width for fragment in block)
    if whole == len(block) or width < 3:
        return block
    mended: list[list[Piece]] = []
    parts: list[Piece] = []
    for fragment in block:
        if parts and _begins_row(fragment):
            mended.append(parts)
            parts = []
        if not parts and (fragment[0] or len(fragment) == width):
            mended.append(fragment)
            continue
        parts += fragment
        if len(parts) == width:
            mended.append(parts)
            parts = []
        elif len(parts) > width:
            return block
    return [*mended, parts] if parts else mended


def labels_only(row: list[Piece]) -> bool:
    """Whether a row under a header is header itself: short labels, no sentence, no figure."""
    texts = [compact(p.text) for p in row if p]
    return bool(texts) and all(len(t) <= 24 and not re.search(r"[。;,\d]", t) for t in texts)
