"""What one reading of a page gives: cells with their lines, tables, and the page around them."""

from __future__ import annotations

from dataclasses import dataclass, field

from orchestration.reading.document import Doubt, GridKind
from orchestration.reading.grid import Box
from orchestration.reading.lines import Line


@dataclass(slots=True)
class CellRead:
    """One cell on one page."""

    box: Box
    lines: list[Line]
    vertical: bool = False
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines as printed, joined by line ends."""
        return "\n".join([line.text for line in self.lines])


@dataclass(slots=True)
class TableRead:
    """One table on one page; ``xs`` and ``ys`` are its column and row edges."""

    page: int
    xs: list[float]
    ys: list[float]
    cells: list[CellRead]
    kind: GridKind = GridKind.RULED
    doubts: list[Doubt] = field(default_factory=list)
    nested: bool = False

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.ys[-1]

    @property
    def is_frame(self) -> bool:
        """A single box: a framed paragraph, or what is left of a row from the page before."""
        return len(self.cells) == 1


@dataclass(slots=True)
class PageRead:
    """One page: what stands on it and how far it was checked. ``number`` is 1-based.

    All lengths are those of the page turned clockwise by ``turned`` quarters from how it is
    displayed (``Ink.turned``). A page that is not ``legible`` has fonts that do not say what their
    glyphs are.
    """

    number: int
    width: float
    height: float
    rotation: int
    lines: list[Line]
    tables: list[TableRead]
    glyphs: int
    image_share: float
    read_twice: bool = False
    turned: int = 0
    legible: bool = True
    doubts: list[Doubt] = field(default_factory=list)
