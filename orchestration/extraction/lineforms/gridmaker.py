"""Putting a grid together from cells whose places are known by their words."""

from __future__ import annotations

from dataclasses import dataclass, field

from orchestration.reading.document import Cell, Doubt, Grid, GridKind, Paragraph, Place


@dataclass(frozen=True, slots=True)
class Piece:
    """A text and the printed lines it stands on."""

    text: str
    places: tuple[Place, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text.strip())


EMPTY = Piece("")


def join(pieces: list[Piece]) -> Piece:
    """Pieces of one cell, one line each."""
    filled = [p for p in pieces if p]
    places = tuple(dict.fromkeys(place for p in filled for place in p.places))
    return Piece("\n".join(p.text.strip() for p in filled), places)


def piece_of(paragraph: Paragraph) -> Piece:
    """A paragraph as one piece."""
    return Piece(paragraph.text.strip(), paragraph.places)


@dataclass(slots=True)
class GridMaker:
    """Cells placed one after another; spans are given, never guessed from blanks."""

    n_cols: int
    cells: list[Cell] = field(default_factory=list)
    n_rows: int = 0

    def put(
        self,
        row: int,
        col: int,
        piece: Piece,
        *,
        colspan: int = 1,
        rowspan: int = 1,
        doubts: tuple[Doubt, ...] = (),
    ) -> None:
        """One cell; rows appear as they are needed."""
        self.cells.append(Cell(row, col, rowspan, colspan, piece.text, piece.places, doubts))
        self.n_rows = max(self.n_rows, row + rowspan)

    def row(self, pieces: list[tuple[Piece, int]], first_col: int = 0) -> int:
        """A row of (piece, colspan) after the last; returns its index. The last cell fills up."""
        row, col = self.n_rows, first_col
        for number, (piece, span) in enumerate(pieces):
            wide = self.n_cols - col if number == len(pieces) - 1 else span
            self.put(row, col, piece, colspan=max(wide, 1))
            col += span
        return row

    def grid(self, ordinal: int, name: str | None = None) -> Grid:
        """The grid."""
        cells = tuple(sorted(self.cells, key=lambda c: (c.row, c.col)))
        return Grid(ordinal, self.n_rows, self.n_cols, cells, GridKind.MARKED, name=name)
