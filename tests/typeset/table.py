"""What stands on paper, before any file format: paragraphs and tables of cells with spans.

A :class:`Manuscript` is the common input of every maker and the yardstick of every reader: whatever
the format, reading the file must give these blocks back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise


class Label(StrEnum):
    """How the characters of a narrow label cell run."""

    ACROSS = "across"
    STACKED = "stacked"  # one character a line
    ROTATED = "rotated"  # the line turned by 90 degrees


@dataclass(frozen=True, slots=True)
class TCell:
    """A printed cell; ``row`` and ``col`` count from 0.

    ``text`` is the logical text (a ``\\n`` is a line break the author typed).
    """

    row: int
    col: int
    rowspan: int
    colspan: int
    text: str
    label: Label = Label.ACROSS
    left: bool = False


@dataclass(frozen=True, slots=True)
class C:
    """A cell as a form writes it, before it has a place."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    label: Label = Label.ACROSS
    left: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: every position is covered by exactly one cell."""

    n_rows: int
    n_cols: int
    cells: tuple[TCell, ...]
    widths: tuple[float, ...]  # relative
    repeat: tuple[int, ...] = ()  # rows printed again on top of each further page
    name: str = ""

    def covered(self) -> dict[tuple[int, int], TCell]:
        """Position to cell, spans expanded."""
        return {
            (row, col): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for col in range(cell.col, cell.col + cell.colspan)
        }


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; ``kind`` is ``title``, ``heading``, ``body``, ``note`` or ``right``."""

    text: str
    kind: str = "body"


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


Block = Para | Table | PageBreak


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A report ready to be set."""

    blocks: tuple[Block, ...]
    landscape: bool = False
    running_header: str | None = None
    page_numbers: bool = True

    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]

    def paragraphs(self) -> list[Para]:
        return [block for block in self.blocks if isinstance(block, Para)]


@dataclass(slots=True)
class TableBuilder:
    """Places cells row by row as HTML does: each goes to the next free position."""

    n_cols: int
    widths: Sequence[float] = ()
    name: str = ""
    _cells: list[TCell] = field(default_factory=list)
    _taken: set[tuple[int, int]] = field(default_factory=set)
    _rows: int = 0

    @property
    def rows(self) -> int:
        """The number of rows so far."""
        return self._rows

    def row(self, *items: C | str) -> int:
        """Add a row and return its number.

        Raises:
            ValueError: the row leaves a position open or does not fit.
        """
        row = self._rows
        col = 0
        for item in items:
            cell = item if isinstance(item, C) else C(item)
            while (row, col) in self._taken:
                col += 1
            if col + cell.colspan > self.n_cols:
                raise ValueError(f"row {row}: {cell.text!r} leaves the table")
            self._cells.append(
                TCell(
                    row,
                    col,
                    cell.rowspan,
                    cell.colspan,
                    cell.text,
                    cell.label,
                    cell.left,
                )
            )
            for r in range(row, row + cell.rowspan):
                for c in range(col, col + cell.colspan):
                    if (r, c) in self._taken:
                        raise ValueError(f"row {row}: {cell.text!r} covers a taken position")
                    self._taken.add((r, c))
            col += cell.colspan
        open_ = [c for c in range(self.n_cols) if (row, c) not in self._taken]
        if open_:
            raise ValueError(f"row {row}: columns {open_} are open")
        self._rows += 1
        return row

    def build(self, repeat: Sequence[int] = ()) -> Table:
        """The finished table.

        Raises:
            ValueError: a cell reaches below the last row.
        """
        if any(row >= self._rows for row, _ in self._taken):
            raise ValueError("a cell reaches below the last row")
        widths = tuple(self.widths) or (1.0,) * self.n_cols
        cells = tuple(self._cells)
        return compact(Table(self._rows, self.n_cols, cells, widths, tuple(repeat), self.name))


def compact(table: Table) -> Table:
    """Without grid columns at which no cell begins: paper shows only edges that are drawn."""
    edges = sorted({c.col for c in table.cells} | {table.n_cols})
    place = {edge: index for index, edge in enumerate(edges)}
    cells = tuple(
        replace(c, col=place[c.col], colspan=place[c.col + c.colspan] - place[c.col])
        for c in table.cells
    )
    widths = tuple(sum(table.widths[a:b]) for a, b in pairwise(edges))
    return replace(table, n_cols=len(edges) - 1, cells=cells, widths=widths)


def rows_of(table: Table) -> Iterator[list[TCell]]:
    """Per row the cells that start in it, left to right."""
    for row in range(table.n_rows):
        yield sorted((c for c in table.cells if c.row == row), key=lambda c: c.col)
