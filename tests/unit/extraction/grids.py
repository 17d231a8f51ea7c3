"""Documents built in code: grids from rows of texts and spans."""

from __future__ import annotations

from orchestration.extraction.builder import RecordBuilder
from orchestration.extraction.forms import read_forms
from orchestration.reading.document import (
    Block,
    Cell,
    Document,
    Doubt,
    FileFormat,
    Grid,
    GridKind,
    Paragraph,
    Place,
)
from orchestration.records import DocumentRecord, Extraction

#: A cell: its text, or text with column span and row span.
Spec = str | tuple[str, int, int]


def grid(
    rows: list[list[Spec]],
    *,
    ordinal: int = 1,
    kind: GridKind = GridKind.RULED,
    doubts: dict[tuple[int, int], Doubt] | None = None,
    page: int = 1,
) -> Grid:
    """A grid; cells fill the first free column of their row, as in HTML."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        c = 0
        for spec in row:
            while (r, c) in taken:
                c += 1
            text, across, down = spec if isinstance(spec, tuple) else (spec, 1, 1)
            doubt = (doubts or {}).get((r, c))
            cells.append(
                Cell(r, c, down, across, text, (Place(page=page),), (doubt,) if doubt else ())
            )
            taken |= {(a, b) for a in range(r, r + down) for b in range(c, c + across)}
            c += across
    width = max(b for _, b in taken) + 1
    return Grid(ordinal, len(rows), width, tuple(cells), kind)


def document(*blocks: str | Grid, is_scanned: bool = False) -> Document:
    """A document of paragraphs (texts) and grids."""
    made: tuple[Block, ...] = tuple(Paragraph(b) if isinstance(b, str) else b for b in blocks)
    return Document("0" * 64, "x.pdf", FileFormat.PDF, made, is_scanned=is_scanned)


def read(*blocks: str | Grid, year: int | None = 2022, is_scanned: bool = False) -> Extraction:
    """What the forms of a document state."""
    builder = RecordBuilder(document(*blocks, is_scanned=is_scanned))
    read_forms(builder, year)
    record = DocumentRecord(report_id="0" * 16, form_families=";".join(builder.form_families))
    return builder.finish(record)


def figures(extraction: Extraction, family: str) -> dict[tuple[object, ...], str]:
    """Figures of a family: (project, item, measure[, basis, year]) → value and unit as text."""
    found: dict[tuple[object, ...], str] = {}
    for f in extraction.figures:
        if f.family != family:
            continue
        key: tuple[object, ...] = (f.project_name, f.item, f.measure)
        if f.basis or f.amount_year:
            key = (*key, f.basis, f.amount_year)
        found.setdefault(
            key, f"{f.value if f.value_text is None else f.value_text} {f.unit or ''}".strip()
        )
    return found
