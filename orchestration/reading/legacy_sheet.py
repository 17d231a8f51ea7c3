"""XLS (BIFF) workbooks, read by xlrd and shown as XLSX is; the contract calls both xlsx."""

from __future__ import annotations

import io
from typing import Any

import xlrd

from orchestration.reading.document import Document, UnreadableReason
from orchestration.reading.failures import corrupt, unreadable
from orchestration.reading.limits import Limits
from orchestration.reading.number_format import exact, show, show_text
from orchestration.reading.sheet import workbook_document
from orchestration.reading.sheet_regions import Sheet, SheetCell


def read_xls(data: bytes, file_name: str, *, limits: Limits) -> Document:
    """An XLS workbook as a document.

    A formula counts by its stored result; this format does not tell a result that was never
    computed from an empty one.

    Raises:
        UnreadableError: damaged, encrypted, too many cells, or nothing shown in it.
    """
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, logfile=io.StringIO(), on_demand=False
        )
    except Exception as error:
        if "encrypted" in str(error).lower():
            raise unreadable(
                UnreadableReason.ENCRYPTED,
                file_name,
                "工作簿设有密码",
                "it is protected by a password",
            ) from error
        raise corrupt(file_name, error, "the XLS workbook", "XLS 工作簿") from error
    notes: list[str] = []
    sheets: list[Sheet] = []
    total = sum(sheet.nrows * sheet.ncols for sheet in book.sheets())
    if total > 4 * limits.max_cells:
        raise unreadable(
            UnreadableReason.TOO_LARGE,
            file_name,
            f"单元格超过 {limits.max_cells} 个",
            f"it has more than {limits.max_cells} cells",
        )
    for source in book.sheets():
        if source.visibility:
            notes.append(f"隐藏的工作表“{source.name}”未读 / hidden sheet left out")
            continue
        sheets.append(_sheet(book, source))
    return workbook_document(data, file_name, sheets, notes, "legacy_sheet")


def _sheet(book: Any, source: Any) -> Sheet:  # noqa: ANN401 - xlrd has no types
    sheet = Sheet(source.name)
    for row in range(source.nrows):
        for column in range(source.row_len(row)):
            cell = source.cell(row, column)
            style = book.xf_list[cell.xf_index]
            code = book.format_map[style.format_key].format_str or "General"
            border = style.border
            bordered = any(
                (
                    border.top_line_style,
                    border.bottom_line_style,
                    border.left_line_style,
                    border.right_line_style,
                )
            )
            text = _shown(cell, code, date_1904=bool(book.datemode))
            if text or bordered:
                vertical = style.alignment.rotation == 255
                sheet.cells[(row, column)] = SheetCell(text, bordered, vertical)
    sheet.merges = [
        (top, left, end - 1, right - 1) for top, end, left, right in source.merged_cells
    ]
    sheet.hidden_rows = {
        row for row, info in source.rowinfo_map.items() if info.hidden and row < source.nrows
    }
    sheet.hidden_columns = {
        column
        for column, info in source.colinfo_map.items()
        if info.hidden and column < source.ncols
    }
    return sheet


def _shown(cell: Any, code: str, *, date_1904: bool) -> str:  # noqa: ANN401 - xlrd has no types
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return show_text(str(cell.value), code).replace("\r\n", "\n")
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return show(exact(cell.value), code, date_1904=date_1904)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERR!"))
    return ""
