"""Cells of forms that hold a placeholder only (R70): ``××``, 待填, 请填写…, ``#DIV/0!``.

Evidence for the audit, whatever a form made of the cell. The wordings are those of the vocabulary
``unfilled_word``. What stands beside the label of a person (填表人：XXX) is hidden on purpose, and
no placeholder.
"""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.extraction.builder import RecordBuilder
from orchestration.extraction.text import normalise
from orchestration.reading.document import Cell, Grid


def note_unfilled(builder: RecordBuilder) -> None:
    """A statement ``placeholder`` for every such wording of every table, at its first cell."""
    projects = {r.source_table: r.project_name for r in builder.records("project")}
    for grid in builder.document.grids():
        found: dict[str, list[Cell]] = {}
        for cell in _unfilled(builder, grid):
            found.setdefault(normalise(cell.text), []).append(cell)
        project = projects.get(grid.ordinal)
        for wording, cells in found.items():
            times = f"（共{len(cells)}处）" if len(cells) > 1 else ""
            builder.statement(
                builder.cell_spot(grid, cells[0]),
                kind="placeholder",
                scope="project" if project else "department",
                project_name=project,
                subject=wording,
                detail=f"表格单元格只印有占位文字{times}",
            )


def _unfilled(builder: RecordBuilder, grid: Grid) -> Iterator[Cell]:
    words = builder.vocabulary
    for cell in grid.cells:
        if not words.is_unfilled(cell.text):
            continue
        row = [c for c in grid.row_cells(cell.row) if c is not cell]
        if not any(words.header("identity", c.text) == "personal" for c in row):
            yield cell
