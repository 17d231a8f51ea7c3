"""Plain text, as Word and PDF files look when they are dumped."""

from __future__ import annotations

import io

from tests.typeset.makers.canvas_pdf import make_pdf
from tests.typeset.makers.style import Style
from tests.typeset.table import Manuscript, PageBreak, Para, Table


def make_tabbed(manuscript: Manuscript, style: Style) -> bytes:
    """One row a line, cells between tabs; a merged cell's text stands in its first position."""
    lines: list[str] = []
    for block in manuscript.blocks:
        if isinstance(block, PageBreak):
            lines.append("\f")
        elif isinstance(block, Para):
            lines += [block.text, ""]
        else:
            lines += _rows(block)
            lines.append("")
    return "\n".join(lines).encode(style.encoding, errors="replace")


def _rows(table: Table) -> list[str]:
    covered = table.covered()
    rows = []
    for row in range(table.n_rows):
        fields = []
        for col in range(table.n_cols):
            cell = covered[row, col]
            first = (cell.row, cell.col) == (row, col)
            fields.append(cell.text.replace("\n", "") if first else "")
        rows.append("\t".join(fields))
    return rows


def make_cell_lines(manuscript: Manuscript, style: Style) -> bytes:
    """One cell a line, rows divided by blank lines (a Word table saved as text)."""
    lines: list[str] = []
    for block in manuscript.blocks:
        if isinstance(block, Para):
            lines += [block.text, ""]
        elif isinstance(block, Table):
            covered = block.covered()
            for row in range(block.n_rows):
                lines.append("")
                seen = set()
                for col in range(block.n_cols):
                    cell = covered[row, col]
                    if cell in seen:
                        continue
                    seen.add(cell)
                    lines.append("\t" + (cell.text if cell.row == row else ""))
            lines.append("")
    return "\n".join(lines).encode(style.encoding, errors="replace")


def make_ragged_tabs(manuscript: Manuscript, style: Style) -> bytes:
    """One row a line, cells between tabs; places under merged cells are left out, as in HTML."""
    lines: list[str] = []
    for block in manuscript.blocks:
        if isinstance(block, Para):
            lines += [block.text, ""]
        elif isinstance(block, Table):
            for row in range(block.n_rows):
                own = sorted((c for c in block.cells if c.row == row), key=lambda c: c.col)
                lines.append("\t".join(cell.text.replace("\n", "") for cell in own))
            lines.append("")
    return "\n".join(lines).encode(style.encoding, errors="replace")


def make_broken_lines(manuscript: Manuscript, style: Style) -> bytes:
    """The text layer of a PDF in reading order, cells broken into lines, cells of a row joined."""
    return "\n".join(_pages(manuscript, style)).encode(style.encoding, errors="replace")


def make_spaced_lines(manuscript: Manuscript, style: Style) -> bytes:
    """Broken lines with a blank one after each, a blank before the first of a page."""
    pages = [
        "\n\n".join(line for line in page.split("\n") if line.strip())
        for page in _pages(manuscript, style)
    ]
    return "\n ".join(pages).encode(style.encoding, errors="replace")


def make_visual_lines(manuscript: Manuscript, style: Style) -> bytes:
    """The lines of a PDF from top to bottom, whatever cells they belong to."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(make_pdf(manuscript, style))) as document:
        pages = [page.extract_text() for page in document.pages]
    return "\n".join(pages).encode(style.encoding, errors="replace")


def _pages(manuscript: Manuscript, style: Style) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(make_pdf(manuscript, style))
    texts = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    document.close()
    return texts
