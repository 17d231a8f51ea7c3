"""A table on one page, or what has been joined of it so far, whoever read it (PDF or OCR)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from orchestration.reading.document import BBox, Doubt, GridKind
from orchestration.reading.lines import Line

_HEAD_ROWS = 14


@dataclass(slots=True)
class PartCell:
    """A cell of a table that may reach over pages.

    ``boxes`` are (page, rectangle) in order, ``lines`` the printed lines of each.
    """

    row: int
    col: int
    rowspan: int
    colspan: int
    boxes: list[tuple[int, BBox]]
    lines: list[list[Line]]
    doubts: list[Doubt] = field(default_factory=list)
    vertical: bool = False
    open_top: bool = False
    open_bottom: bool = False
    _seen: tuple[str, str] = ("", "")

    @property
    def text(self) -> str:
        """What is printed, lines joined by line ends."""
        return "\n".join([line.text for lines in self.lines for line in lines])

    @property
    def compact(self) -> str:
        """NFKC without white space."""
        text = self.text
        if text != self._seen[0]:
            self._seen = (text, "".join(unicodedata.normalize("NFKC", text).split()))
        return self._seen[1]

    @property
    def end_row(self) -> int:
        """The row after the last one it covers."""
        return self.row + self.rowspan


@dataclass(slots=True)
class TablePart:
    """A table on one page, or what has been joined so far.

    ``xs`` are column edges as on the first page; ``top``/``bottom`` where the first page's part
    begins and the last page's part ends.
    """

    pages: list[int]
    xs: list[float]
    n_rows: int
    cells: list[PartCell]
    top: float
    bottom: float
    first_row_height: float
    kind: GridKind = GridKind.RULED
    doubts: list[Doubt] = field(default_factory=list)
    nested: bool = False
    #: the first rows of the first part: (rows covered, text) of each cell, left to right
    head: list[list[tuple[int, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.head:
            self.head = [self.row_text(row) for row in range(min(_HEAD_ROWS, self.n_rows))]

    def row_text(self, row: int) -> list[tuple[int, str]]:
        """Rows covered and text of the cells that begin in a row, left to right."""
        cells = sorted((c for c in self.cells if c.row == row), key=lambda c: c.col)
        return [(c.rowspan, c.compact) for c in cells]
