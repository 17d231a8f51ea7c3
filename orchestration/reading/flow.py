"""Flowing documents (Word, HTML): paragraphs and tables before they have ordinals and places.

Readers of flowing formats build :class:`Text` and :class:`Table` in order; :func:`blocks_of` gives
tables their ordinals, lifts tables nested in cells out behind the table around them, and dissolves
frames (tables of one cell) into what they frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from orchestration.reading.document import (
    Block,
    Cell,
    Doubt,
    Grid,
    GridKind,
    Paragraph,
    Place,
)


@dataclass(slots=True)
class Text:
    """One paragraph; ``path`` is its place where the format has paths of its own."""

    text: str
    heading_level: int | None = None
    path: str | None = None


@dataclass(slots=True)
class TableCell:
    """One cell with its spans and everything inside it, in order."""

    row: int
    col: int
    rowspan: int
    colspan: int
    content: list[Text | Table] = field(default_factory=list)
    vertical: bool = False
    path: str | None = None

    @property
    def text(self) -> str:
        """The cell's own paragraphs, one a line; nested tables apart."""
        lines = [item.text for item in self.content if isinstance(item, Text)]
        while lines and not lines[-1].strip():
            lines.pop()
        while lines and not lines[0].strip():
            lines.pop(0)
        return "\n".join(line.strip(" \u3000\u00a0") for line in lines)


@dataclass(slots=True)
class Table:
    """A table as marked up; ``name`` is its caption."""

    cells: list[TableCell]
    name: str | None = None
    path: str | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def n_rows(self) -> int:
        """Rows, spans included."""
        return max((c.row + c.rowspan for c in self.cells), default=0)

    @property
    def n_cols(self) -> int:
        """Columns, spans included."""
        return max((c.col + c.colspan for c in self.cells), default=0)

    def nested(self) -> Iterator[Table]:
        """The tables directly inside the cells, in order."""
        for cell in self.cells:
            yield from (item for item in cell.content if isinstance(item, Table))


Flow = Text | Table


def dissolved(flow: list[Flow]) -> list[Flow]:
    """The flow without frames: a table of one cell gives way to what it holds."""
    result: list[Flow] = []
    for item in flow:
        if isinstance(item, Table) and len(item.cells) == 1:
            result += dissolved(item.cells[0].content)
        elif isinstance(item, Table) and item.cells and _only_holds_tables(item):
            for cell in item.cells:
                result += dissolved(cell.content)
        else:
            result.append(item)
    return result


def _only_holds_tables(table: Table) -> bool:
    return any(table.nested()) and not any(cell.text.strip() for cell in table.cells)


def blocks_of(flow: list[Flow]) -> tuple[Block, ...]:
    """Paragraphs and grids with ordinals and places; blank paragraphs are left out."""
    blocks: list[Block] = []
    counts = {"paragraph": 0, "table": 0}
    _emit(dissolved(flow), blocks, counts)
    return tuple(blocks)


def _emit(flow: list[Flow], blocks: list[Block], counts: dict[str, int]) -> None:
    for item in flow:
        if isinstance(item, Table):
            _emit_table(item, blocks, counts)
            continue
        counts["paragraph"] += 1
        text = item.text.strip(" \u3000\u00a0\n\r")
        if text.strip():
            path = item.path or f"paragraph {counts['paragraph']}"
            blocks.append(Paragraph(text, (Place(path=path),), heading_level=item.heading_level))


def _emit_table(table: Table, blocks: list[Block], counts: dict[str, int]) -> None:
    if not table.cells:
        return
    counts["table"] += 1
    ordinal = counts["table"]
    cells = tuple(
        Cell(
            c.row,
            c.col,
            c.rowspan,
            c.colspan,
            c.text,
            (Place(path=c.path or f"table {ordinal}, row {c.row + 1}, col {c.col + 1}"),),
            vertical=c.vertical,
        )
        for c in sorted(table.cells, key=lambda c: (c.row, c.col))
    )
    blocks.append(
        Grid(
            ordinal,
            table.n_rows,
            table.n_cols,
            cells,
            GridKind.MARKED,
            doubts=table.doubts,
            name=table.name,
        )
    )
    _emit(dissolved(list(table.nested())), blocks, counts)
