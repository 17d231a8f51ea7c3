"""Plain text, as Word and PDF files look when they are dumped."""

from __future__ import annotations

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


def make_broken_lines(manuscript: Manuscript, style: Style) -> bytes:
    """The text layer of a PDF in reading order, cells broken into lines, cells of a row joined."""
    import pypdfium2

    document = pypdfium2.PdfDocument(make_pdf(manuscript, style))
    pages = []
    for page in document:
        text = page.get_textpage()
        pages.append(text.get_text_range().replace("\r\n", "\n"))
    document.close()
    return "\n".join(pages).encode(style.encoding, errors="replace")
