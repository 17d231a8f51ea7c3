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
from itertools import pairwise

from orchestration.extraction.lineforms.gridmaker import EMPTY, GridMaker, Piece, join, piece_of
from orchestration.extraction.text import compact
from orchestration.extraction.vocabulary import default_vocabulary
from orchestration.reading.document import Grid, Paragraph

_MIN_CELLS = 12
_LONG_GAP = 3
_FIGURE = re.compile(r"^[-+]?\d[\d,.]*%?$")
_FORM_TITLE = re.compile(
    r"^[^。;,:]{0,40}(?:自评|绩效|评价)[^。;,:]{0,16}(?:表|情况)(?:[(][^()]{1,12}[)])?$"
)
_TOTAL = re.compile(r"^(?:总分|合计|总计|总得分)(?:[(]|$)")


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
    return short >= 0.5 * len(cells) and blank >= 0.05 * len(cells)


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
        if _gap(blocks[index - 1], block) and _FORM_TITLE.match(compact(block.text)):
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
    if not block or len(fragment) < 2 or not _labels_only(fragment):
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


# --- the grid
# --------------------------------------------------------------------------------------


def build_grid(run: Run, ordinal: int) -> Grid:
    """The form as a grid: header cells with their spans, labels down their blank rows."""
    rows = rows_of(run.cells)
    maker = GridMaker(max(len(row) for row in rows))
    index = width = 0
    while index < len(rows):
        block = _table_block(rows, index)
        if len(block) > 1:
            _place_table(maker, block)
            width = max(len(row) for row in block)
        elif _TOTAL.match(compact(rows[index][0].text)) and 2 < len(rows[index]) < width:
            # The total's label reaches to the first figure: the row stands to the right.
            spare = width - len(rows[index])
            maker.row([(p, 1 if n else 1 + spare) for n, p in enumerate(rows[index])])
        else:
            maker.row([(piece, 1) for piece in rows[index]])
            width = len(rows[index])
        index += len(block)
    return maker.grid(ordinal)


def _table_block(rows: list[list[Piece]], start: int) -> list[list[Piece]]:
    """Rows from ``start`` that hang together: blanks at their head stand under cells above."""
    end = start + 1
    while end < len(rows) and len(rows[end]) >= 3 and not rows[end][0] and any(rows[end]):
        end += 1
    if end == start + 1:
        return rows[start:end]
    width = len(rows[end - 1])
    while end < len(rows) and len(rows[end]) == width and width > 2:
        end += 1
    return rows[start:end]


def _place_table(maker: GridMaker, block: list[list[Piece]]) -> None:
    """Header rows by what stands below them; other rows one cell a column."""
    width = max(len(row) for row in block)
    head = 1
    while head < len(block) and not block[head][0] and _labels_only(block[head]):
        head += 1
    short = [row for row in block[:head] if len(row) < width]
    if head > 1 and not short:
        head = 1
    body = block[head:]
    # A label whose column is blank in every row below covers them all.
    covers = len(body) if body and all(len(r) == width and not r[0] and any(r) for r in body) else 0
    if len(block[0]) < width and head == 1:
        _place_short_header(maker, block[0], width, covers)
    else:
        _place_header(maker, block[:head], width, covers)
    _place_body(maker, body, width, first_col=int(covers > 0))


def _labels_only(row: list[Piece]) -> bool:
    """Whether a row under a header is header itself: short labels, no sentence, no figure."""
    texts = [compact(p.text) for p in row if p]
    return bool(texts) and all(len(t) <= 24 and not re.search(r"[。;,\d]", t) for t in texts)


def _place_short_header(maker: GridMaker, row: list[Piece], width: int, covers: int) -> None:
    """A header with fewer cells than columns.

    The first column and the last ones stand as printed; the label that a blank follows spans the
    columns between.
    """
    top = maker.n_rows
    labels = row[1:]
    wide = next((i for i, (a, b) in enumerate(pairwise(labels)) if a and not b), 0)
    extra = width - len(row)
    maker.put(top, 0, row[0], rowspan=1 + covers)
    maker.n_rows = top + 1
    col = 1
    skip = False
    for number, piece in enumerate(labels):
        if skip:
            skip = False
            continue
        span = 1
        if number == wide:
            follows_blank = number + 1 < len(labels) and not labels[number + 1]
            span += extra + int(follows_blank)
            skip = follows_blank
        last = number == len(labels) - 1
        maker.put(top, col, piece, colspan=maker.n_cols - col if last else span)
        col += span


def _place_header(maker: GridMaker, rows: list[list[Piece]], width: int, covers: int) -> None:
    """Header rows from the lowest (one cell a column) upwards.

    Blanks are covered from above, a run of labels belongs to one cell above.
    """
    top = maker.n_rows
    spans: list[list[tuple[int, int]]] = [[(col, 1) for col in range(len(rows[-1]))]]
    for upper, lower in zip(reversed(rows[:-1]), reversed(rows[1:]), strict=True):
        spans.insert(0, _cover(upper, lower, spans[0]))
    covered: set[tuple[int, int]] = set()
    for depth, (row, places) in enumerate(zip(rows, spans, strict=True)):
        for piece, (col, span) in zip(row, places, strict=True):
            if (depth, col) in covered:
                continue
            down = _blank_below(rows, spans, depth, col, span) if piece else 0
            covered |= {(depth + d, col + s) for d in range(1, down + 1) for s in range(span)}
            last = col + span >= width
            maker.put(
                top + depth, col, piece,
                colspan=maker.n_cols - col if last else span,
                rowspan=1 + down + (covers if col == 0 else 0),
            )  # fmt: skip
    maker.n_rows = top + len(rows)


def _cover(
    upper: list[Piece], lower: list[Piece], below: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Column and span of each cell of the upper row."""
    groups = _merge_runs(upper, lower)
    places = []
    for group in groups:
        first, last = below[group[0]], below[group[-1]]
        places.append((first[0], last[0] + last[1] - first[0]))
    return places


def _merge_runs(upper: list[Piece], lower: list[Piece]) -> list[list[int]]:
    """Lower cells shared out among the upper ones: each blank to one, runs of labels in parts.

    Where a run serves several upper cells, labels that contain an upper cell's text are its own.
    """
    runs: list[list[int]] = []
    for number, piece in enumerate(lower):
        if piece and runs and lower[runs[-1][-1]]:
            runs[-1].append(number)
        else:
            runs.append([number])
    spare = len(upper) - len(runs)
    shared: list[list[int]] = []
    for run in runs:
        if len(run) == 1 or spare <= 0:
            shared.append(run)
            continue
        parts = min(spare + 1, len(run))
        owners = upper[len(shared) : len(shared) + parts]
        shared += _split_run(run, owners, lower)
        spare -= parts - 1
    while len(shared) > len(upper):
        tail = shared.pop()
        shared[-1] = shared[-1] + tail
    return shared


def _split_run(run: list[int], owners: list[Piece], lower: list[Piece]) -> list[list[int]]:
    """A run of labels cut so that as many as possible contain the text of the cell above them."""
    best: tuple[int, list[list[int]]] | None = None
    for cut in range(1, len(run)):
        if len(owners) == 2:
            parts = [run[:cut], run[cut:]]
        else:
            parts = [run[:cut], *_split_run(run[cut:], owners[1:], lower)]
        if len(parts) != len(owners):
            continue
        score = sum(
            compact(owner.text).rstrip(":") in compact(lower[i].text)
            for owner, part in zip(owners, parts, strict=True)
            for i in part
        )
        if best is None or score > best[0]:
            best = (score, parts)
    return best[1] if best else [run]


def _blank_below(
    rows: list[list[Piece]], spans: list[list[tuple[int, int]]], depth: int, col: int, span: int
) -> int:
    """How many rows below a header cell are blank in its columns."""
    down = 0
    for row, places in zip(rows[depth + 1 :], spans[depth + 1 :], strict=True):
        own = [p for p, (c, s) in zip(row, places, strict=True) if c == col and s == span]
        if not own or own[0]:
            break
        down += 1
    return down


def _place_body(maker: GridMaker, rows: list[list[Piece]], width: int, *, first_col: int) -> None:
    """Body rows; a blank at the head of a row belongs to the label above it."""
    top = maker.n_rows
    owner: dict[int, int] = {}
    heights: dict[tuple[int, int], int] = {}
    for depth, row in enumerate(rows):
        leading = len(row) == width and any(row)
        for col in range(first_col, len(row)):
            if leading and not row[col] and col in owner:
                heights[(owner[col], col)] += 1
                continue
            leading = leading and not row[col]
            owner[col] = depth
            heights[(depth, col)] = 1
            if row[col]:
                for right in range(col + 1, len(row)):
                    owner.pop(right, None)
    for (depth, col), height in heights.items():
        row = rows[depth]
        piece = row[col] if col < len(row) else EMPTY
        last = col == len(row) - 1
        maker.put(
            top + depth, col, piece, colspan=maker.n_cols - col if last else 1, rowspan=height
        )
    maker.n_rows = max(maker.n_rows, top + len(rows))
