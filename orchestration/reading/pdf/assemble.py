"""From pages to blocks: what goes on over a page is joined, what every page repeats is left out."""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.reading.document import Block, Cell, Grid, Paragraph, Place
from orchestration.reading.pdf.page import PageRead


def assemble(pages: Sequence[PageRead]) -> tuple[Block, ...]:
    """The blocks of a document in reading order."""
    blocks: list[Block] = []
    ordinal = 0
    for page in pages:
        items: list[tuple[float, Block]] = []
        for i, line in enumerate(page.lines):
            place = Place(page.number, line.bbox)
            items.append(
                (line.top, Paragraph(line.text, (place,), tuple(page.line_doubts.get(i, ()))))
            )
        for table in page.tables:
            ordinal += 1
            cells = tuple(
                Cell(
                    c.box.row,
                    c.box.col,
                    c.box.rowspan,
                    c.box.colspan,
                    c.text,
                    (Place(page.number, _bbox(c.box)),),
                    tuple(c.doubts),
                    c.vertical,
                )
                for c in table.cells
            )
            items.append(
                (
                    table.top,
                    Grid(
                        ordinal,
                        len(table.ys) - 1,
                        len(table.xs) - 1,
                        cells,
                        table.kind,
                        tuple(table.doubts),
                    ),
                )
            )
        items.sort(key=lambda item: item[0])
        blocks += [block for _, block in items]
    return tuple(blocks)


def _bbox(box):
    from orchestration.reading.document import BBox

    return BBox(box.x0, box.top, box.x1, box.bottom)
