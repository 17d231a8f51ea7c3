"""Indicator blocks that go on over grids: which columns hold, and whether a grid goes on at all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from orchestration.extraction.forms.header_tree import Column, Header
from orchestration.extraction.forms.line_values import LineValues
from orchestration.extraction.forms.view import GridView
from orchestration.extraction.segment import GridSegment
from orchestration.extraction.text import compact
from orchestration.reading.document import Cell

_FURNITURE = 8  # characters: 表14, page numbers
_MIN_OVERLAP = 0.5  # of the narrower of two columns


def map_columns(header: Header, old: GridView, new: GridView) -> list[Column] | None:
    """A header's columns on a grid that goes on with it; None where they do not fit.

    Equal column counts keep their columns; otherwise columns are matched by where they stand on
    the page. A grid without places and with other columns does not fit.
    """
    if old.n_cols == new.n_cols:
        return [replace(c) for c in header.columns]
    placed: dict[int, tuple[float, float]] = {}
    for cell in new.grid.cells:
        if cell.place.bbox is not None and cell.colspan == 1:
            placed.setdefault(cell.col, (cell.place.bbox.x0, cell.place.bbox.x1))
    columns: list[Column] = []
    for column in header.columns:
        box = column.cell.place.bbox
        if box is None:
            return None
        hits = [
            col
            for col, (x0, x1) in placed.items()
            if min(x1, box.x1) - max(x0, box.x0) > _MIN_OVERLAP * min(x1 - x0, box.x1 - box.x0)
        ]
        if hits:
            columns.append(replace(column, start=min(hits), end=max(hits) + 1))
    fields = {c.field for c in columns}
    return columns if "level3" in fields and len(fields) >= 2 else None


def repeated_rows(reader: LineValues | None, view: GridView) -> int:
    """How many first rows of a grid print those of the form again (titles on every sheet)."""
    if reader is None or reader.view.n_cols != view.n_cols:
        return 0
    count = 0
    for row in range(min(view.n_rows, reader.view.n_rows)):
        text = view.row_text(row)
        if not text or text != reader.view.row_text(row):
            break
        count += 1
    return count


def goes_on(
    reader: LineValues | None, view: GridView, segment: GridSegment, blocks: list[Any]
) -> bool:
    """Whether a grid without header or identification goes on with an indicator block.

    Identification printed again on every sheet is none of its own.
    """
    if reader is None or any(b.kind != "rows" for b in blocks):
        return False
    again = repeated_rows(reader, view)
    lines = segment.above.lines
    if not again and any(len(compact(line)) > _FURNITURE for line in lines):
        return False
    if any(c for r in range(again, view.n_rows) for c in identity_labels(view, r, reader)):
        return False
    columns = map_columns(reader.header, reader.view, view)
    level3 = next((c for c in columns or [] if c.field == "level3"), None)
    if columns is None or level3 is None:
        return False
    rows = range(again, view.n_rows)
    named = sum(1 for r in rows if any(c.col == level3.start for c in view.filled(r)))
    return named * 2 >= len(rows) > 0


def identity_labels(view: GridView, row: int, reader: LineValues) -> list[Cell]:
    """The identification labels in a row."""
    words = reader.context.vocabulary
    return [c for c in view.filled(row) if words.header("identity", c.text) is not None]
