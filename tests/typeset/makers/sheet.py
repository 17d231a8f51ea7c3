"""XLSX: merged ranges, figures as numbers with display formats, one sheet a table."""

from __future__ import annotations

import io
from decimal import Decimal

import xlsxwriter

from tests.typeset.makers.docx_file import stable_zip
from tests.typeset.makers.style import Style
from tests.typeset.table import Manuscript, PageBreak, Para, Table


def make_xlsx(manuscript: Manuscript, style: Style) -> bytes:
    """A workbook; paragraphs before a table stand above it on its sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = None
    row = 0
    used = False
    for block in manuscript.blocks:
        if isinstance(block, PageBreak):
            continue
        if sheet is None or (used and isinstance(block, Para)):
            sheet = book.add_worksheet()
            row, used = 0, False
        if isinstance(block, Para):
            sheet.write_string(row, 0, block.text)
            row += 1
        else:
            row = _table(book, sheet, block, row, style)
            used = True
    book.close()
    return stable_zip(out.getvalue())


def _table(
    book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, table: Table, top: int, style: Style
) -> int:
    formats: dict[str, xlsxwriter.format.Format] = {}

    def form(number_format: str | None) -> xlsxwriter.format.Format:
        key = number_format or "@"
        if key not in formats:
            options = {"border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
            if number_format:
                options["num_format"] = number_format
            formats[key] = book.add_format(options)
        return formats[key]

    for cell in table.cells:
        value: str | float = cell.text
        if cell.number is not None and cell.number_format:
            value = float(cell.number)
        r, c = cell.row + top, cell.col
        if cell.rowspan > 1 or cell.colspan > 1:
            sheet.merge_range(
                r, c, r + cell.rowspan - 1, c + cell.colspan - 1, "", form(cell.number_format)
            )
        if isinstance(value, str):
            sheet.write_string(r, c, value, form(None)) if value else sheet.write_blank(
                r, c, None, form(None)
            )
        else:
            sheet.write_number(r, c, value, form(cell.number_format))
    for col, width in enumerate(table.widths):
        sheet.set_column(col, col, 10 * width)
    return top + table.n_rows


def number_format(text: str) -> tuple[Decimal, str] | None:
    """How a spreadsheet would store a printed figure, or None where it is text."""
    bare = text.removesuffix("%")
    if not bare or not bare.replace(".", "", 1).isdigit() or (bare[0] == "0" and len(bare) > 1 and bare[1] != "."):
        return None
    places = len(bare.partition(".")[2])
    pattern = "0" + ("." + "0" * places if places else "")
    if text.endswith("%"):
        return Decimal(bare) / 100, pattern + "%"
    return Decimal(bare), pattern
