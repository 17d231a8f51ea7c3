"""XLSX and XLS: merged ranges, figures as numbers with display formats, one sheet a table."""

from __future__ import annotations

import datetime as dt
import io
import re
from decimal import Decimal
from functools import cache

import xlsxwriter
import xlwt

from tests.typeset.makers.docx_file import stable_zip
from tests.typeset.makers.style import Style
from tests.typeset.table import Manuscript, PageBreak, Para, Table


def make_xlsx(manuscript: Manuscript, style: Style) -> bytes:
    """A workbook; paragraphs before a table stand above it on its sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2024, 1, 1, tzinfo=dt.UTC)})
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
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    table: Table,
    top: int,
    style: Style,
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
        figure = number_format(cell.text)
        shape = form(figure[1] if figure else None)
        r, c = cell.row + top, cell.col
        if cell.rowspan > 1 or cell.colspan > 1:
            sheet.merge_range(r, c, r + cell.rowspan - 1, c + cell.colspan - 1, "", shape)
        if figure:
            sheet.write_number(r, c, float(figure[0]), shape)
        elif cell.text:
            sheet.write_string(r, c, cell.text, shape)
        else:
            sheet.write_blank(r, c, None, shape)
    for col, width in enumerate(table.widths):
        sheet.set_column(col, col, 10 * width)
    return top + table.n_rows


def make_xls(manuscript: Manuscript, style: Style) -> bytes:
    """A workbook of the old binary format (BIFF8), laid out like :func:`make_xlsx`."""
    del style
    book = xlwt.Workbook(encoding="utf-8")
    sheet = None
    row = count = 0
    used = False
    for block in manuscript.blocks:
        if isinstance(block, PageBreak):
            continue
        if sheet is None or (used and isinstance(block, Para)):
            count += 1
            sheet = book.add_sheet(f"Sheet{count}")
            row, used = 0, False
        if isinstance(block, Para):
            sheet.write(row, 0, block.text)
            row += 1
        else:
            row = _xls_table(sheet, block, row)
            used = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xls_table(sheet: xlwt.Worksheet, table: Table, top: int) -> int:
    for cell in table.cells:
        figure = number_format(cell.text)
        shape = _xls_style(figure[1] if figure else "@")
        value = float(figure[0]) if figure else cell.text
        r, c = cell.row + top, cell.col
        sheet.write_merge(r, r + cell.rowspan - 1, c, c + cell.colspan - 1, value, shape)
    return top + table.n_rows


@cache
def _xls_style(pattern: str) -> xlwt.XFStyle:
    borders = "borders: left thin, right thin, top thin, bottom thin"
    return xlwt.easyxf(borders, num_format_str=pattern)


_FIGURE = re.compile(r"(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,11})(?:\.(\d{1,6}))?(%?)")


def number_format(text: str) -> tuple[Decimal, str] | None:
    """How a spreadsheet stores a printed figure and shows it, or None where it is text."""
    match = _FIGURE.fullmatch(text)
    if not match:
        return None
    pattern = "#,##0" if "," in text else "0"
    if match[1]:
        pattern += "." + "0" * len(match[1])
    bare = Decimal(text.removesuffix("%").replace(",", ""))
    return (bare / 100, pattern + "%") if match[2] else (bare, pattern)
