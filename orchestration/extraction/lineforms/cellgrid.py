"""A form of one cell a line as a grid: spans of header cells and of labels by their blanks."""

from __future__ import annotations

import re
from itertools import pairwise

from orchestration.extraction.lineforms.cellstream import Run, labels_only, rows_of
from orchestration.extraction.lineforms.gridmaker import EMPTY, GridMaker, Piece
from orchestration.extraction.text import compact
from orchestration.reading.document import Doubt, DoubtKind, Grid

_FEW_FIGURES = 2
_FIGURE = re.compile(r"^[-+]?\d[\d,.]*%?$")
_TOTAL = re.compile(r"^(?:总分|合计|总计|总得分)(?:[(]|$)")
_SUM = re.compile(r"^(?:金额|本年|支出|收入|资金)?(?:合计|总计|小计)(?:[(]|$)")


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
    while head < len(block) and not block[head][0] and labels_only(block[head]):
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


def _sum_label(row: list[Piece], width: int) -> tuple[int | None, int]:
    """Where a short row's label of a sum stands, which reaches to the first figure, and how far."""
    first = next((n for n, piece in enumerate(row) if piece), None)
    spare = width - len(row)
    if first is None or spare <= 0 or not _SUM.match(compact(row[first].text)):
        return None, 0
    return first, spare


def _lacks_cells(row: list[Piece], width: int) -> tuple[Doubt, ...]:
    """A doubt where a row has figures and fewer cells than its table has columns."""
    figures = sum(bool(_FIGURE.match(compact(piece.text))) for piece in row)
    if len(row) >= width or figures < _FEW_FIGURES:
        return ()
    why = (
        f"此行有 {len(row)} 格，表格有 {width} 列，各格属于哪一列无法确定 / "
        f"a row of {len(row)} cells in a table of {width} columns"
    )
    return (Doubt(DoubtKind.STRUCTURE, why),)


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
        label, spare = _sum_label(row, width)
        moved = spare if label is not None and col > label else 0
        wide = 1 + spare if col == label else 1
        maker.put(
            top + depth,
            col + moved,
            piece,
            colspan=maker.n_cols - col - moved if last else wide,
            rowspan=height,
            doubts=() if label is not None else _lacks_cells(row, width),
        )
    maker.n_rows = max(maker.n_rows, top + len(rows))
