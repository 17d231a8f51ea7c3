"""Tables of a .doc: rows of cells by their edges, merged as their definitions say."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from orchestration.reading.doc_properties import RowDefinition
from orchestration.reading.document import Doubt, DoubtKind
from orchestration.reading.flow import Flow, Table, TableCell

#: Edges of different rows nearer than this (in twentieths of a point) are one edge.
_SAME_EDGE = 50


@dataclass(slots=True)
class Row:
    """The contents of the cells of a row and, where the file has it, its definition."""

    cells: list[list[Flow]]
    definition: RowDefinition | None


@dataclass(slots=True)
class TableBuilder:
    """A table being read: finished rows, the cells of the open row, the open cell."""

    rows: list[Row] = field(default_factory=list)
    row: list[list[Flow]] = field(default_factory=list)
    cell: list[Flow] = field(default_factory=list)

    def end_cell(self) -> None:
        """Close the open cell."""
        self.row.append(self.cell)
        self.cell = []

    def end_row(self, definition: RowDefinition | None) -> None:
        """Close the open row; what stands before its mark without a cell is nothing printed."""
        if self.cell:
            self.end_cell()
        self.rows.append(Row(self.row, definition))
        self.row = []

    def table(self) -> Table:
        """The table of all rows; rows without a usable definition make it doubtful."""
        if self.cell:
            self.end_cell()
        if self.row:
            self.end_row(None)
        return _table(self.rows)


def _table(rows: list[Row]) -> Table:
    columns = _columns(rows)
    cells: list[TableCell] = []
    open_above: dict[tuple[int, int], TableCell] = {}
    unsure = False
    for number, row in enumerate(rows):
        definition = row.definition
        if definition is None or len(definition.edges) - 1 < len(row.cells):
            unsure = True
            cells += [TableCell(number, i, 1, 1, c) for i, c in enumerate(row.cells)]
            open_above = {}
            continue
        open_above = _place(row.cells, definition, number, columns, open_above, cells)
    doubts: tuple[Doubt, ...] = ()
    if unsure:
        doubts = (
            Doubt(
                DoubtKind.STRUCTURE,
                "部分行没有列定义，合并关系不明 / some rows lack a definition, merges unknown",
            ),
        )
    return Table(cells, doubts=doubts)


def _place(
    contents: list[list[Flow]],
    definition: RowDefinition,
    number: int,
    columns: dict[int, int],
    open_above: dict[tuple[int, int], TableCell],
    cells: list[TableCell],
) -> dict[tuple[int, int], TableCell]:
    """Place the cells of one row; returns the vertical merges that are still open below it."""
    still_open: dict[tuple[int, int], TableCell] = {}
    last: TableCell | None = None
    for i, content in enumerate(contents):
        left, right = columns[definition.edges[i]], columns[definition.edges[i + 1]]
        width = max(1, right - left)
        if definition.across[i] and last is not None:
            last.colspan = max(last.colspan, right - last.col)
            continue
        down = definition.down[i]
        above = open_above.get((left, width))
        if down == 1 and above is not None:
            above.rowspan = number - above.row + 1
            still_open[(left, width)] = above
            last = None
            continue
        last = TableCell(number, left, 1, width, content, vertical=definition.vertical[i])
        cells.append(last)
        if down:
            still_open[(left, width)] = last
    return still_open


def _columns(rows: list[Row]) -> dict[int, int]:
    """Every edge to the number of its column; edges a hair apart are the same edge.

    Two edges of one row are never the same, however near they are.
    """
    per_row = [row.definition.edges for row in rows if row.definition is not None]
    edges = sorted({edge for row in per_row for edge in row})
    neighbours = {(a, b) for row in per_row for a, b in pairwise(row) if a < b}
    found: dict[int, int] = {}
    group: list[int] = []
    column = -1
    for edge in edges:
        near = bool(group) and edge - group[0] <= _SAME_EDGE
        if not near or any((other, edge) in neighbours for other in group):
            group = []
            column += 1
        group.append(edge)
        found[edge] = column
    return found
