"""Workbooks: figures as shown, merges, regions; nothing hidden, nothing evaluated."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from orchestration.reading.document import (
    DoubtKind,
    FileFormat,
    Grid,
    Paragraph,
    UnreadableError,
    UnreadableReason,
)
from tests.unit.reading.grids import assert_no_overlap, cells, only_grid, reading, rows, texts

_THIN = Side(style="thin")


def workbook(
    fill: Callable[[Worksheet], None], *, more: Callable[..., None] | None = None
) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "自评表"
    fill(sheet)
    if more is not None:
        more(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_shared_strings(*values: str) -> bytes:
    """A workbook of one row by a maker that shares its strings."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("自评表").write_row(0, 0, values)
    return stream.getvalue()


def edited(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The same package with one part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                content = change(content.decode()).encode()
            new.writestr(name, content)
    return stream.getvalue()


def _bordered(sheet: Worksheet, area: str) -> None:
    for row in sheet[area]:
        for cell in row:
            cell.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def _form(sheet: Worksheet) -> None:
    sheet["A1"] = "2023年度部门整体支出绩效自评表"
    sheet.merge_cells("A1:D1")
    sheet["A2"] = "填报单位：甲局"
    sheet["D2"] = "单位：万元"
    sheet.append(["项目", "预算数", "执行数", "执行率"])
    sheet.append(["合计", 564.41, 5, 0.963])
    sheet["B4"].number_format = "#,##0.00"
    sheet["C4"].number_format = "0.00"
    sheet["D4"].number_format = "0.0%"
    sheet.merge_cells("A4:A5")
    sheet["B5"] = "无"
    _bordered(sheet, "A3:D5")
    sheet["A6"] = "备注：执行率=执行数/预算数"


def test_titles_notes_and_the_table_between() -> None:
    document = reading(workbook(_form))
    assert document.file_format is FileFormat.XLSX
    kinds = ["表" if isinstance(b, Grid) else b.text for b in document.blocks]
    assert kinds == [
        "2023年度部门整体支出绩效自评表",
        "填报单位：甲局",
        "单位：万元",
        "表",
        "备注：执行率=执行数/预算数",
    ]
    grid = only_grid(document)
    assert cells(grid) == [
        (0, 0, 1, 1, "项目"),
        (0, 1, 1, 1, "预算数"),
        (0, 2, 1, 1, "执行数"),
        (0, 3, 1, 1, "执行率"),
        (1, 0, 2, 1, "合计"),
        (1, 1, 1, 1, "564.41"),
        (1, 2, 1, 1, "5.00"),
        (1, 3, 1, 1, "96.3%"),
        (2, 1, 1, 1, "无"),
        (2, 2, 1, 1, ""),
        (2, 3, 1, 1, ""),
    ]
    assert grid.name == "自评表"
    assert grid.cells[5].place.path == "'自评表'!B4"


def test_without_borders_titles_are_lone_rows_at_the_top() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "基础数据表"
        sheet.merge_cells("A1:C1")
        sheet["A2"] = "单位：万元"
        sheet.append(["项目", "上年", "本年"])
        sheet.append(["三公经费", 7.97, 4.93])
        sheet["A5"] = "其中：公车"
        sheet.append(["接待", 0, 0.5])

    document = reading(workbook(fill))
    assert texts(document) == ["基础数据表", "单位：万元"]
    assert rows(only_grid(document)) == [
        ["项目", "上年", "本年"],
        ["三公经费", "7.97", "4.93"],
        ["其中：公车", "", ""],
        ["接待", "0", "0.5"],
    ]


def test_blank_rows_and_columns_part_tables() -> None:
    def fill(sheet: Worksheet) -> None:
        for row, values in enumerate(
            [["甲", 1, None, "丙", 3], ["乙", 2, None, "丁", 4], [], ["戊", 5], ["己", 6]], 1
        ):
            for column, value in enumerate(values, 1):
                sheet.cell(row, column, value)

    grids = [rows(grid) for grid in reading(workbook(fill)).grids()]
    assert grids == [
        [["甲", "1"], ["乙", "2"]],
        [["丙", "3"], ["丁", "4"]],
        [["戊", "5"], ["己", "6"]],
    ]


def test_hidden_sheets_rows_and_columns_are_left_out_and_noted() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["项目", "草稿", "金额"])
        sheet.append(["甲", "x", 1])
        sheet.append(["隐", "y", 9])
        sheet.append(["乙", "z", 2])
        sheet["A5"] = "合计"
        sheet.merge_cells("A5:B5")
        sheet["C5"] = 3
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    def more(book: openpyxl.Workbook) -> None:
        hidden = book.create_sheet("底稿")
        hidden.append(["秘", 1])
        hidden.sheet_state = "veryHidden"

    document = reading(workbook(fill, more=more))
    grid = only_grid(document)
    assert rows(grid) == [["项目", "金额"], ["甲", "1"], ["乙", "2"], ["合计", "3"]]
    assert_no_overlap(grid)
    assert len(document.notes) == 3


def test_formulas_count_by_their_stored_result() -> None:
    data = workbook(lambda sheet: sheet.append(["合计", "=1+1", "=SUM(B1)"]))
    data = edited(
        data,
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(r"<f>1\+1</f><v\s*/?>(</v>)?", "<f>1+1</f><v>564.41</v>", xml),
    )
    grid = only_grid(reading(data))
    assert [c.text for c in grid.cells] == ["合计", "564.41", ""]
    doubt = grid.cells[2].doubts[0]
    assert doubt.kind is DoubtKind.UNCOMPUTED
    assert doubt.first == "SUM(B1)"
    assert "'自评表'!C1" in doubt.detail


def test_rich_text_breaks_and_escapes() -> None:
    shared = (
        '<si><r><t>90m</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r>'
        "<rPh><t>wrong</t></rPh></si>"
    )
    data = with_shared_strings("占位", "产出\n指标\r")
    data = edited(
        data, "xl/sharedStrings.xml", lambda xml: re.sub(r"<si>.*?</si>", shared, xml, count=1)
    )
    assert [c.text for c in only_grid(reading(data)).cells] == ["90m²", "产出\n指标"]


def test_zeros_hidden_by_the_sheet_are_not_shown() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["甲", 0, 1])
        sheet.append(["乙", 2, 0])
        sheet.sheet_view.showZeros = False

    assert rows(only_grid(reading(workbook(fill)))) == [["甲", "", "1"], ["乙", "2", ""]]


def test_several_sheets_number_their_tables_on() -> None:
    def more(book: openpyxl.Workbook) -> None:
        second = book.create_sheet("附件2")
        second.append(["丙", 3])
        second.append(["丁", 4])

    def fill(sheet: Worksheet) -> None:
        sheet.append(["甲", 1])
        sheet.append(["乙", 2])

    grids = list(reading(workbook(fill, more=more)).grids())
    assert [(g.ordinal, g.name) for g in grids] == [(1, "自评表"), (2, "附件2")]


def test_a_lone_cell_is_a_paragraph() -> None:
    document = reading(workbook(lambda sheet: sheet.append(["无项目支出"])))
    assert [type(b) for b in document.blocks] == [Paragraph]


@pytest.mark.parametrize("absurd", ["merge", "table"])
def test_absurd_areas_have_an_outcome(absurd: str) -> None:
    far = '<c r="XFD1048576" t="inlineStr"><is><t>丙</t></is></c>'
    merge = '<mergeCells><mergeCell ref="A2:XFD1048575"/></mergeCells>'

    def change(xml: str) -> str:
        row = f'<row r="1048576">{far}</row></sheetData>'
        return xml.replace("</sheetData>", row + (merge if absurd == "merge" else ""))

    def fill(sheet: Worksheet) -> None:
        sheet.append(["甲", "乙"])
        if absurd == "table":  # borders join everything into one region
            for row in range(1, 3000):
                sheet.cell(row, 1).border = Border(left=_THIN)

    data = edited(workbook(fill), "xl/worksheets/sheet1.xml", change)
    if absurd == "merge":
        with pytest.raises(UnreadableError) as caught:
            reading(data)
        assert caught.value.reason is UnreadableReason.TOO_LARGE
    else:
        assert texts(reading(data))[-1] == "丙"


def test_a_reference_to_a_missing_string_is_a_damaged_file() -> None:
    data = with_shared_strings("甲", "乙")
    data = edited(data, "xl/sharedStrings.xml", lambda xml: re.sub(r"<si>.*</si>", "", xml))
    with pytest.raises(UnreadableError) as caught:
        reading(data, "坏.xlsx")
    assert caught.value.reason is UnreadableReason.CORRUPT
    assert "坏.xlsx" in caught.value.message_en


def test_legacy_workbooks_are_shown_like_new_ones() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("自评表")
    box = "borders: left thin, right thin, top thin, bottom thin"
    sheet.write_merge(0, 0, 0, 3, "绩效自评表")
    sheet.write(1, 3, "单位：万元")
    for column, text in enumerate(["项目", "预算数", "执行数", "执行率"]):
        sheet.write(2, column, text, xlwt.easyxf(box))
    sheet.write_merge(3, 4, 0, 0, "合计", xlwt.easyxf(box))
    sheet.write(3, 1, 1564.41, xlwt.easyxf(box, num_format_str="#,##0.00"))
    sheet.write(3, 2, 5, xlwt.easyxf(box, num_format_str="0.00"))
    sheet.write(3, 3, 0.963, xlwt.easyxf(box, num_format_str="0.0%"))
    sheet.write(4, 1, dt.date(2025, 4, 30), xlwt.easyxf(box, num_format_str="yyyy/m/d"))
    sheet.write(4, 2, "", xlwt.easyxf(box))
    sheet.write(4, 3, 0, xlwt.easyxf(box))
    hidden = book.add_sheet("底稿")
    hidden.write(0, 0, "秘")
    hidden.visibility = 1
    stream = io.BytesIO()
    book.save(stream)
    document = reading(stream.getvalue(), "表.doc")
    assert document.file_format is FileFormat.XLSX
    assert texts(document) == ["绩效自评表", "单位：万元"]
    assert cells(only_grid(document)) == [
        (0, 0, 1, 1, "项目"),
        (0, 1, 1, 1, "预算数"),
        (0, 2, 1, 1, "执行数"),
        (0, 3, 1, 1, "执行率"),
        (1, 0, 2, 1, "合计"),
        (1, 1, 1, 1, "1,564.41"),
        (1, 2, 1, 1, "5.00"),
        (1, 3, 1, 1, "96.3%"),
        (2, 1, 1, 1, "2025/4/30"),
        (2, 2, 1, 1, ""),
        (2, 3, 1, 1, "0"),
    ]
    assert any("hidden sheet" in note for note in document.notes)


def test_words_that_a_writer_took_for_a_formula() -> None:
    data = workbook(lambda sheet: sheet.append(["=0起", "=100%", "=36", "=A1", "=2+3%"]))
    grid = only_grid(reading(data))
    assert [c.text for c in grid.cells] == ["=0起", "=100%", "", "", ""]
    assert [bool(c.doubts) for c in grid.cells] == [False, False, True, True, True]
