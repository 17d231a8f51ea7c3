"""Tables that the edge of a page cuts: rules beyond it are none, figures across it are doubted."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from orchestration.reading.document import DoubtKind, Grid
from orchestration.reading.pdf import read_pdf
from orchestration.reading.pdf.compare import compare_pages
from orchestration.reading.pdf.page import read_ink
from orchestration.reading.pdf.parts import PageRead
from orchestration.reading.pdf.pdfium_page import OpenPage
from tests.unit.reading.drawing import HEIGHT, Page, Pdf
from tests.unit.reading.grids import only_grid, rows

_XS = (70.0, 170.0, 270.0, 370.0)


def _table(page: Page, top: float, lines: list[tuple[str, ...]], first: int, last: int) -> None:
    """Draw all of a table; columns before the last are merged from row ``first`` to ``last``."""
    step = 20.0
    for number in range(len(lines) + 1):
        left = _XS[1] if first < number <= last else _XS[0]
        page.line(left, top + number * step, _XS[-1], top + number * step)
    for x in _XS:
        page.line(x, top, x, top + len(lines) * step)
    for number, line in enumerate(lines):
        for x, text in zip(_XS, line, strict=False):
            page.text(x + 5, top + number * step + 14, text)


def test_a_table_drawn_beyond_the_page_goes_on_where_the_next_page_shows_it() -> None:
    # Each page holds the drawing of the whole table, shifted by what the pages before show.
    lines = [("一级指标", "三级指标", "得分"), ("", "举办讲座", "5"), ("产出指标", "编印资料", "4")]
    lines += [("", "走访慰问", "3"), ("", "按期完成", "2")]
    pdf = Pdf()
    visible = HEIGHT - 46.0  # two rows and a bit
    _table(pdf.page, visible, lines, 1, 4)
    pdf.next_page()
    _table(pdf.page, -46.0, lines, 1, 4)
    grid = only_grid(read_pdf(pdf.data(), "beyond.pdf"))
    assert [row[-2:] for row in rows(grid)] == [list(line[1:]) for line in lines]
    label = next(cell for cell in grid.cells if cell.text == "产出指标")
    assert (label.row, label.rowspan) == (1, 4)


def test_a_border_just_beyond_the_page_closes_no_row() -> None:
    # The row's first line stands on one page, its second on the next.
    lines = [("一级指标", "三级指标", "得分"), ("产出指标", "节约运行费用", "1")]
    lines += [("", "公共服务覆盖率（甲", "2"), ("", "", "")]
    pdf = Pdf()
    _table(pdf.page, HEIGHT - 59.4, lines, 1, 3)
    pdf.next_page()
    _table(pdf.page, -24.0, [("", "", ""), ("", "", ""), ("", "人居环境", "7")], 0, 2)
    pdf.page.text(_XS[1] + 5, 12, "类）")
    grid = only_grid(read_pdf(pdf.data(), "beyond.pdf"))
    assert [cell.text for cell in grid.cells if "公共" in cell.text] == ["公共服务覆盖率（甲\n类）"]
    assert not any(cell.text == "类）" for cell in grid.cells)


@pytest.mark.parametrize(("start", "figure"), [(265.4, "40"), (265.4, "140"), (261.0, "1234")])
def test_a_figure_half_outside_its_table_is_no_figure(start: float, figure: str) -> None:
    pdf = Pdf()
    for y in (100.0, 120.0, 140.0, 160.0):
        pdf.page.line(70, y, 270, y)
    for x in (70.0, 170.0):
        pdf.page.line(x, 100, x, 160)
    # The next column stands on another sheet; its border is drawn in one row only.
    pdf.page.line(270, 140, 270, 160)
    pdf.page.text(80, 114, "人员编制")
    pdf.page.text(start, 114, figure, 9)
    pdf.page.text(80, 154, "实有人数")
    pdf.page.text(200, 154, "38")
    document = read_pdf(pdf.data(), "cut.pdf")
    cells = [c for b in document.blocks if isinstance(b, Grid) for c in b.cells]
    beside = {
        c.text: [d.kind for d in c.doubts] for c in cells if c.col == 1 and figure[0] in c.text
    }
    assert beside
    assert all(kinds == [DoubtKind.CUT] for kinds in beside.values())
    (other,) = [c for c in cells if c.text == "38"]
    assert not other.doubts


@pytest.mark.parametrize("strip", [0.5, 1.2, 2.5])
def test_a_cell_too_low_for_its_second_line_is_doubted(strip: float) -> None:
    """A spreadsheet's row of a fixed height: of the second line a strip is left, if anything."""
    pdf = Pdf()
    for y in (100.0, 116.0, 132.0):
        pdf.page.line(70, y, 270, y)
    for x in (70.0, 170.0, 270.0):
        pdf.page.line(x, 100, x, 132)
    pdf.page.text(80, 112, "项目总成本")
    pdf.page.text(180, 112, "小于等于1031")
    pdf.canvas.saveState()
    window = pdf.canvas.beginPath()
    window.rect(195, HEIGHT - 116, 20, strip)
    pdf.canvas.clipPath(window, stroke=0, fill=0)
    pdf.page.text(196, 123, "万元")
    pdf.canvas.restoreState()
    pdf.page.text(80, 128, "参训人数")
    pdf.page.text(180, 128, "40")
    grid = only_grid(read_pdf(pdf.data(), "low.pdf"))
    doubted = [cell.text for cell in grid.cells if cell.doubts]
    assert doubted == ["小于等于1031"]
    assert rows(grid)[1] == ["参训人数", "40"]


def _open_below(label: str) -> Pdf:
    """A table whose first column draws no borders from the third row on."""
    pdf = Pdf()
    for number in range(5):
        y = 100.0 + 20 * number
        pdf.page.line(70 if number < 3 else 170, y, 370, y)
    pdf.page.line(70, 100, 70, 140)
    for x in (170.0, 270.0, 370.0):
        pdf.page.line(x, 100, x, 180)
    for y, first, name, score in (
        (114, "项目名称", "三级指标", "得分"),
        (134, "老年大学经费", "举办讲座", "5"),
        (154, label, "编印资料", "4"),
        (174, "", "走访慰问", "3"),
    ):
        for x, text in ((75, first), (175, name), (275, score)):
            pdf.page.text(x, y, text)
    return pdf


def test_rows_beside_a_label_without_borders_are_doubted() -> None:
    document = read_pdf(_open_below("特困帮扶资金").data(), "open.pdf")
    doubted = {c.text for g in document.grids() for c in g.cells if c.doubts}
    assert {"编印资料", "4", "走访慰问", "3"} <= doubted
    assert not {"举办讲座", "5"} & doubted


def test_rows_beside_nothing_are_not() -> None:
    document = read_pdf(_open_below("").data(), "open.pdf")
    assert not [c for g in document.grids() for c in g.cells if c.doubts]


def test_what_is_cut_out_of_a_face_that_is_no_rectangle_is_doubted() -> None:
    """The border between two cells ends half way: which is the label's?"""
    pdf = Pdf()
    for y in (100.0, 160.0):
        pdf.page.line(70, y, 270, y)
    for x in (70.0, 270.0):
        pdf.page.line(x, 100, x, 160)
    pdf.page.line(170, 100, 170, 130)
    pdf.page.line(170, 130, 270, 130)
    pdf.page.text(75, 118, "产出指标")
    pdf.page.text(175, 118, "40")
    pdf.page.text(75, 148, "效益指标")
    pdf.page.text(200, 148, "30")
    document = read_pdf(pdf.data(), "open.pdf")
    doubts = {c.text: {d.kind for d in c.doubts} for g in document.grids() for c in g.cells}
    assert DoubtKind.STRUCTURE in doubts["产出指标"]
    assert not doubts["40"]
    assert all(kinds for text, kinds in doubts.items() if "30" in text)


def test_a_label_over_other_rows_in_the_second_reading_is_doubted() -> None:
    def page(*, merged: bool) -> PageRead:
        pdf = Pdf()
        for number in range(4):
            y = 100.0 + 20 * number
            pdf.page.line(170 if merged and number == 2 else 70, y, 270, y)
        for x in (70.0, 170.0, 270.0):
            pdf.page.line(x, 100, x, 160)
        for base, label, figure in (
            (114, "二级指标", "分值"),
            (134, "数量指标", "5"),
            (154, "", "4"),
        ):
            pdf.page.text(75, base, label)
            pdf.page.text(175, base, figure)
        opened = OpenPage(pdfium.PdfDocument(pdf.data())[0])
        read = read_ink(opened.read(), 1)
        opened.close()
        return read

    first = page(merged=True)
    compare_pages(first, page(merged=False))
    doubted = [c.text for table in first.tables for c in table.cells if c.doubts]
    assert doubted == ["数量指标"]
    same = page(merged=True)
    compare_pages(same, page(merged=True))
    assert not [c for table in same.tables for c in table.cells if c.doubts]
