"""Compares grids cell by cell, spans included."""

from __future__ import annotations

from orchestration.reading import read_bytes
from orchestration.reading.document import Document, Grid


def reading(data: bytes, name: str = "报告.bin") -> Document:
    """The document in some bytes."""
    return read_bytes(data, name)


def cells(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    """Row, column, row span, column span and text of every cell, in order."""
    return [(c.row, c.col, c.rowspan, c.colspan, c.text) for c in grid.cells]


def rows(grid: Grid) -> list[list[str]]:
    """Texts row by row, every cell where it starts."""
    return [[c.text for c in grid.row_cells(r) if c.row == r] for r in range(grid.n_rows)]


def only_grid(document: Document) -> Grid:
    """The one grid of a document."""
    grids = list(document.grids())
    assert len(grids) == 1, [rows(g) for g in grids]
    return grids[0]


def texts(document: Document) -> list[str]:
    """The paragraphs of a document."""
    return [paragraph.text for paragraph in document.paragraphs()]


def assert_no_overlap(grid: Grid) -> None:
    """Every position of a grid is covered by at most one cell, inside its bounds."""
    seen: dict[tuple[int, int], str] = {}
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            for col in range(cell.col, cell.col + cell.colspan):
                assert (row, col) not in seen, (row, col, seen[(row, col)], cell.text)
                assert row < grid.n_rows, (row, cell)
                assert col < grid.n_cols, (col, cell)
                seen[(row, col)] = cell.text
