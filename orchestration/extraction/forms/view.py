"""A grid seen by row and column, with normal text and a record of what has been used."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from orchestration.extraction.text import compact, normalise
from orchestration.reading.document import Cell, Grid, GridKind

_DIGIT = re.compile(r"\d")
_NUMERIC = re.compile(r"^[+\-(]?\d[\d,]*(?:\.\d+)?\)?(?:%|万元|元|分|亿元)?$")


@dataclass(slots=True)
class GridView:
    """A grid with quick access and the cells already claimed by a reader of forms."""

    grid: Grid
    claimed: set[tuple[int, int]] = field(default_factory=set)
    _cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    _own: dict[int, list[Cell]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._cells = self.grid.by_position()
        for cell in sorted(self.grid.cells, key=lambda c: (c.row, c.col)):
            self._own.setdefault(cell.row, []).append(cell)

    @property
    def n_rows(self) -> int:
        """Rows of the grid."""
        return self.grid.n_rows

    @property
    def n_cols(self) -> int:
        """Columns of the grid."""
        return self.grid.n_cols

    @property
    def by_spans(self) -> bool:
        """Whether the reader knows what is merged (drawn or marked tables)."""
        return self.grid.kind in (GridKind.RULED, GridKind.MARKED)

    def cell(self, row: int, col: int) -> Cell | None:
        """The cell that covers a position."""
        return self._cells.get((row, col))

    def own(self, row: int) -> list[Cell]:
        """The cells that begin in a row, left to right."""
        return self._own.get(row, [])

    def filled(self, row: int) -> list[Cell]:
        """The cells that begin in a row and print something."""
        return [cell for cell in self.own(row) if cell.text.strip()]

    def covering(self, row: int) -> list[Cell]:
        """The cells that cover a row, each once, left to right."""
        seen: dict[tuple[int, int], Cell] = {}
        for col in range(self.n_cols):
            cell = self.cell(row, col)
            if cell is not None:
                seen.setdefault((cell.row, cell.col), cell)
        return list(seen.values())

    def right_of(self, cell: Cell, row: int | None = None) -> Cell | None:
        """The next cell to the right in the same row."""
        at = cell.row if row is None else row
        return self.cell(at, cell.col + cell.colspan)

    def next_filled(self, cell: Cell, row: int | None = None) -> Cell | None:
        """The next cell to the right that prints something; blank cells are passed over."""
        at = cell.row if row is None else row
        found = self.right_of(cell, at)
        while found is not None and not found.text.strip():
            found = self.right_of(found, at)
        return found

    def beside(self, label: Cell, row: int | None = None) -> Cell | None:
        """What a label names: the next cell, in plain text behind the blanks the label spans."""
        right = self.right_of(label, row)
        if self.by_spans or right is None or right.text.strip():
            return right
        return self.next_filled(label, row) or right

    def span(self, row: int, start: int, end: int) -> list[Cell]:
        """The cells that begin in columns start..end (end excluded) and cover a row."""
        return [c for c in self.covering(row) if start <= c.col < end]

    def claim(self, *cells: Cell | None) -> None:
        """Mark cells as read."""
        for cell in cells:
            if cell is not None:
                self.claimed.add((cell.row, cell.col))

    def claim_row(self, row: int) -> None:
        """Mark all cells that begin in a row as read."""
        self.claim(*self.own(row))

    def is_claimed(self, cell: Cell) -> bool:
        """Whether a cell has been read."""
        return (cell.row, cell.col) in self.claimed

    def unclaimed_numbers(self) -> list[Cell]:
        """Cells that hold one number and that nobody has read."""
        return [
            cell
            for cell in self.grid.cells
            if not self.is_claimed(cell) and _NUMERIC.match(compact(cell.text))
        ]

    def row_text(self, row: int) -> str:
        """The row's own cells joined, compact."""
        return "".join(compact(c.text) for c in self.own(row))

    def text(self) -> str:
        """All cells joined, compact."""
        return "|".join(compact(c.text) for c in self.grid.cells)


def label_of(cell: Cell) -> str:
    """The compact text of a cell."""
    return compact(cell.text)


def value_of(cell: Cell | None) -> str | None:
    """The normal text of a cell; None where there is no cell or nothing in it."""
    if cell is None:
        return None
    return normalise(cell.text) or None


def has_digit(text: str) -> bool:
    """Whether a digit is printed."""
    return bool(_DIGIT.search(compact(text)))
