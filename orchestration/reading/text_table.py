"""A table found in plain text: its rows, the lines they stand on, its cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from orchestration.reading.document import Cell, Doubt, DoubtKind, GridKind, Place
from orchestration.reading.ragged import misplaced_rows


@dataclass(slots=True)
class Row:
    """One row: the text of each cell, and per cell the places it is printed at."""

    texts: list[str]
    places: list[list[Place]]

    @property
    def filled(self) -> list[int]:
        """The columns that hold something."""
        return [i for i, text in enumerate(self.texts) if text.strip()]


@dataclass(slots=True)
class TextTable:
    """A table found in lines ``first``..``last`` (indexes into the list of lines, inclusive)."""

    first: int
    last: int
    rows: list[Row]
    kind: GridKind = GridKind.TABBED
    notes: list[str] = field(default_factory=list)
    collapsed: bool = False  # rows leave out what merged cells cover, and say not where

    @property
    def width(self) -> int:
        """The number of columns."""
        return max(len(row.texts) for row in self.rows)

    def cells(self) -> tuple[Cell, ...]:
        """The cells, none merged: plain text does not say what is."""
        misplaced: dict[int, str] = {}
        if self.kind is GridKind.TABBED:
            misplaced = misplaced_rows([r.texts for r in self.rows], collapsed=self.collapsed)
        doubts = {r: (Doubt(DoubtKind.STRUCTURE, why),) for r, why in misplaced.items()}
        return tuple(
            Cell(r, c, 1, 1, text.strip(), tuple(row.places[c]), doubts.get(r, ()))
            for r, row in enumerate(self.rows)
            for c, text in enumerate(row.texts)
        )
