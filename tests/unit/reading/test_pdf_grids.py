"""Cells by drawn borders: every way in which programs draw them gives the same cells."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from orchestration.reading.document import DoubtKind, Grid
from orchestration.reading.pdf import read_pdf
from orchestration.reading.pdf.content import array_items, execute, string_bytes
from tests.unit.reading.drawing import FONT, STYLES, Page, Pdf, Table, Truth, random_table


def cells_of(grid: Grid) -> list[Truth]:
    return sorted((c.row, c.col, c.rowspan, c.colspan, c.text) for c in grid.cells)


def read_grids(pdf: Pdf) -> list[Grid]:
    return list(read_pdf(pdf.data(), "test.pdf").grids())


def doubts_of(grid: Grid) -> set[DoubtKind]:
    return {d.kind for d in grid.doubts} | {d.kind for c in grid.cells for d in c.doubts}


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), style=st.sampled_from(STYLES))
def test_random_merged_tables_come_back_cell_by_cell(seed: int, style: str) -> None:
    table = random_table(random.Random(seed))
    if len(table.cells) < 2 or len(table.xs) < 3:
        return
    pdf = Pdf()
    pdf.page.table(table, 90.0, style)
    (grid,) = read_grids(pdf)
    assert cells_of(grid) == sorted(table.cells)
    assert not doubts_of(grid)


SIMPLE = Table(
    [60, 140, 260, 330],
    [20, 20, 20],
    [(r, c, 1, 1, f"{r}{c}" if c else f"行{r}") for r in range(3) for c in range(3)],
)


def shifted(table: Table, dx: float) -> Table:
    return Table([x + dx for x in table.xs], table.heights, table.cells, table.size)


@pytest.mark.parametrize("gap", [1.6, 2.2, 3.0])
def test_tables_stacked_closely_stay_two(gap: float) -> None:
    pdf = Pdf()
    bottom = pdf.page.table(SIMPLE, 90.0)
    pdf.page.table(SIMPLE, bottom + gap)
    first, second = read_grids(pdf)
    assert cells_of(first) == cells_of(second) == sorted(SIMPLE.cells)


@pytest.mark.parametrize("gap", [2.0, 3.0, 12.0])
def test_tables_side_by_side_stay_two_left_first(gap: float) -> None:
    small = Table(
        [60, 110, 200], [20, 20], [(r, c, 1, 1, f"左{r}{c}") for r in (0, 1) for c in (0, 1)]
    )
    right = Table(
        [200 + gap, 260 + gap, 330 + gap],
        [20, 20],
        [(r, c, 1, 1, f"右{r}{c}") for r in (0, 1) for c in (0, 1)],
    )
    pdf = Pdf()
    pdf.page.table(right, 90.0)
    pdf.page.table(small, 90.0)
    first, second = read_grids(pdf)
    assert cells_of(first) == sorted(small.cells)
    assert cells_of(second) == sorted(right.cells)


def test_table_without_outer_sides_keeps_its_first_and_last_column() -> None:
    page_table = SIMPLE
    pdf = Pdf()
    ys = page_table.ys(90.0)
    for y in ys:
        pdf.page.line(60, y, 330, y)
    for x in (140, 260):
        pdf.page.line(x, ys[0], x, ys[-1])
    for r, c, _, _, text in page_table.cells:
        pdf.page.text(page_table.xs[c] + 3, ys[r] + 13, text)
    (grid,) = read_grids(pdf)
    assert cells_of(grid) == sorted(page_table.cells)


def test_backgrounds_and_white_frames_are_no_borders() -> None:
    pdf = Pdf()
    pdf.page.fill(50, 80, 400, 300, grey=1.0)
    pdf.page.fill(60, 90, 330, 110, grey=0.8)
    pdf.page.table(SIMPLE, 90.0)
    pdf.canvas.setStrokeGray(1)
    pdf.page.line(60, 120, 330, 120)
    (grid,) = read_grids(pdf)
    assert cells_of(grid) == sorted(SIMPLE.cells)


def test_white_rules_on_a_coloured_ground_are_borders() -> None:
    pdf = Pdf()
    pdf.page.fill(60, 90, 330, 150, grey=0.7)
    pdf.canvas.setStrokeGray(1)
    pdf.page.table(SIMPLE, 90.0)
    (grid,) = read_grids(pdf)
    assert cells_of(grid) == sorted(SIMPLE.cells)


def test_an_underline_in_a_cell_divides_nothing() -> None:
    pdf = Pdf()
    pdf.page.table(SIMPLE, 90.0)
    pdf.page.line(143, 105, 160, 105)
    pdf.page.line(60, 100, 80, 100)
    (grid,) = read_grids(pdf)
    assert cells_of(grid) == sorted(SIMPLE.cells)


def test_a_nested_table_is_a_table_of_its_own() -> None:
    outer = Table(
        [60, 200, 500],
        [30, 120],
        [(0, 0, 1, 1, "项目"), (0, 1, 1, 1, "内容"), (1, 0, 1, 1, "明细"), (1, 1, 1, 1, "")],
    )
    inner = Table(
        [220, 300, 380], [20, 20], [(r, c, 1, 1, f"内{r}{c}") for r in (0, 1) for c in (0, 1)]
    )
    pdf = Pdf()
    pdf.page.table(outer, 90.0)
    pdf.page.table(inner, 150.0)
    first, second = read_grids(pdf)
    assert cells_of(first) == sorted(outer.cells)
    assert cells_of(second) == sorted(inner.cells)


def test_a_frame_around_text_is_a_paragraph() -> None:
    pdf = Pdf()
    pdf.canvas.rect(60, 600, 300, 60)
    pdf.page.text(80, 210, "说明：本表由单位填写12份")
    document = read_pdf(pdf.data(), "frame.pdf")
    assert list(document.grids()) == []
    assert [p.text for p in document.paragraphs()] == ["说明：本表由单位填写12份"]


def draw_turned(page: Page, x: float, y: float, text: str, angle: float) -> None:
    page.canvas.saveState()
    page.canvas.translate(x, 842 - y)
    page.canvas.rotate(angle)
    page.canvas.setFont("STSong-Light", 9)
    page.canvas.drawString(0, 0, text)
    page.canvas.restoreState()


@pytest.mark.parametrize(("angle", "x", "y"), [(90, 80, 185), (-90, 72, 95)])
def test_turned_text_reads_in_its_own_direction(angle: float, x: float, y: float) -> None:
    table = Table([60, 90, 300], [100], [(0, 0, 1, 1, ""), (0, 1, 1, 1, "内容12.5")])
    pdf = Pdf()
    pdf.page.table(table, 90.0)
    draw_turned(pdf.page, x, y, "年度绩效指标2021", angle)
    (grid,) = read_grids(pdf)
    assert [c.text for c in grid.cells] == ["年度绩效指标2021", "内容12.5"]
    assert grid.cells[0].vertical
    assert not doubts_of(grid)


def test_stacked_characters_are_vertical_text_in_order() -> None:
    table = Table([60, 90, 300], [100], [(0, 0, 1, 1, "绩\n效\n指\n标"), (0, 1, 1, 1, "值")])
    pdf = Pdf()
    pdf.page.table(table, 90.0)
    (grid,) = read_grids(pdf)
    assert grid.cells[0].text == "绩\n效\n指\n标"
    assert grid.cells[0].vertical
    assert not grid.cells[1].vertical


def test_a_superscript_stays_in_its_place() -> None:
    table = Table([60, 200, 300], [24], [(0, 0, 1, 1, ""), (0, 1, 1, 1, "面积")])
    pdf = Pdf()
    pdf.page.table(table, 90.0)
    pdf.page.text(64, 106, "120m", 9)
    pdf.page.text(64 + pdf.canvas.stringWidth("120m", "STSong-Light", 9), 102.5, "2", 6)
    pdf.page.text(64 + pdf.canvas.stringWidth("120m", "STSong-Light", 9) + 4, 106, "房屋", 9)
    (grid,) = read_grids(pdf)
    assert grid.cells[0].text == "120m2房屋"


def test_bold_by_double_striking_is_read_once() -> None:
    table = Table([60, 200, 300], [24], [(0, 0, 1, 1, ""), (0, 1, 1, 1, "合计")])
    pdf = Pdf()
    pdf.page.table(table, 90.0)
    pdf.page.text(64, 106, "1122.33")
    pdf.page.text(64.3, 106, "1122.33")
    (grid,) = read_grids(pdf)
    assert grid.cells[0].text == "1122.33"
    assert not doubts_of(grid)


def test_invisible_and_off_page_text_is_not_read() -> None:
    pdf = Pdf()
    pdf.page.table(SIMPLE, 90.0)
    pdf.page.text(700, 100, "999")
    pdf.canvas.saveState()
    hidden = pdf.canvas.beginText(63, 842 - 100)
    hidden.setTextRenderMode(3)
    hidden.setFont("STSong-Light", 9)
    hidden.textOut("888")
    pdf.canvas.drawText(hidden)
    pdf.canvas.restoreState()
    document = read_pdf(pdf.data(), "hidden.pdf")
    (grid,) = document.grids()
    assert cells_of(grid) == sorted(SIMPLE.cells)
    assert list(document.paragraphs()) == []


def test_text_cut_off_by_its_cell_is_doubted() -> None:
    pdf = Pdf()
    pdf.page.table(Table([60, 100, 300], [24], [(0, 0, 1, 1, ""), (0, 1, 1, 1, "")]), 90.0)
    pdf.canvas.saveState()
    clip = pdf.canvas.beginPath()
    clip.rect(60, 842 - 114, 40, 24)
    pdf.canvas.clipPath(clip, stroke=0)
    pdf.page.text(64, 106, "1234567890123")
    pdf.canvas.restoreState()
    (grid,) = read_grids(pdf)
    assert "1234567890123" not in grid.cells[0].text
    assert grid.cells[0].text.startswith("123")
    assert doubts_of(grid) == {DoubtKind.CUT}


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_rotated_pages_read_as_displayed(turn: int) -> None:
    pdf = Pdf()
    pdf.canvas.setPageRotation(turn)
    pdf.canvas.saveState()
    if turn == 90:
        pdf.canvas.translate(595, 0)
        pdf.canvas.rotate(90)
        pdf.canvas.translate(0, 595 - 842)
    elif turn == 180:
        pdf.canvas.translate(595, 842)
        pdf.canvas.rotate(180)
    else:
        pdf.canvas.translate(0, 842)
        pdf.canvas.rotate(-90)
        pdf.canvas.translate(842 - 595, 0)
    pdf.page.table(SIMPLE, 300.0)
    pdf.canvas.restoreState()
    document = read_pdf(pdf.data(), "turned.pdf")
    (grid,) = document.grids()
    assert cells_of(grid) == sorted(SIMPLE.cells)
    assert document.pages[0].rotation == turn
    assert not doubts_of(grid)


COLUMNS = [70, 200, 300, 400]
ROWS = [
    ["项目", "预算数", "决算数", "完成率"],
    ["基本支出", "1200.50", "1180.20", "98.3%"],
    ["项目支出", "300.00", "300.00", "100%"],
    ["合计", "1500.50", "1480.20", "98.6%"],
]


def draw_columns(pdf: Pdf, rows: list[list[str]]) -> None:
    for r, row in enumerate(rows):
        for x, text in zip(COLUMNS, row, strict=True):
            pdf.page.text(x, 120 + 18 * r, text)


def test_a_table_without_rules_is_found_by_alignment() -> None:
    pdf = Pdf()
    pdf.page.text(70, 90, "下表列示本年度收支情况，金额单位为万元。", 9)
    draw_columns(pdf, ROWS)
    pdf.page.text(70, 230, "以上数据取自决算报表，合计1500.50万元。", 9)
    document = read_pdf(pdf.data(), "aligned.pdf")
    (grid,) = document.grids()
    assert grid.kind.value == "aligned"
    assert [[c.text for c in grid.row_cells(r)] for r in range(grid.n_rows)] == ROWS
    assert len(list(document.paragraphs())) == 2
    assert not doubts_of(grid)


def test_a_three_line_table_has_the_columns_of_its_white_space() -> None:
    pdf = Pdf()
    rows = [
        ["一级指标", "分值", "得分", "得分率"],
        ["决策", "20", "18", "90%"],
        ["过程", "30", "27", "90%"],
    ]
    draw_columns(pdf, rows)
    for y in (106, 125, 164):
        pdf.page.line(65, y, 440, y)
    (grid,) = read_grids(pdf)
    assert [[c.text for c in grid.row_cells(r)] for r in range(grid.n_rows)] == rows


def test_running_text_with_gaps_is_no_table() -> None:
    pdf = Pdf()
    for i, (left, right) in enumerate(
        [
            ("单位名称：某市某局", "填报日期：2021年"),
            ("联系人：某某", "金额单位：万元"),
            ("一、总则", "第 1 页"),
            ("二、情况", "第 3 页"),
        ]
    ):
        pdf.page.text(70, 100 + 18 * i, left)
        pdf.page.text(350, 100 + 18 * i, right)
    assert read_grids(pdf) == []


def test_text_that_runs_over_a_border_is_doubted_on_both_sides() -> None:
    pdf = Pdf()
    pdf.page.table(Table([60, 101, 300], [24], [(0, 0, 1, 1, ""), (0, 1, 1, 1, "")]), 90.0)
    pdf.page.text(64, 106, "资金总额1234567.89")
    (grid,) = read_grids(pdf)
    assert [{d.kind for d in cell.doubts} for cell in grid.cells] == [{DoubtKind.OVERFLOW}] * 2


def test_figures_too_long_for_their_columns_stay_whole() -> None:
    pdf = Pdf()
    xs = [100.0, 140.0, 180.0, 220.0, 260.0]
    texts = ["36000.00", "4422700.00", "", "440305R1869036385"]
    pdf.page.table(Table(xs, [24], [(0, c, 1, 1, "") for c in range(4)]), 90.0)
    for x, text in zip(xs, texts, strict=False):
        # centred, so that a figure leaves its cell at both sides
        pdf.page.text(x + 20 - pdfmetrics.stringWidth(text, FONT, 9) / 2, 106, text)
    (grid,) = read_grids(pdf)
    assert [cell.text for cell in grid.cells] == texts


def test_brackets_within_a_string_of_glyph_numbers_need_no_escape() -> None:
    """PDF 32000-1, 7.3.4.2; Typst writes them where they happen to be balanced."""
    shown: list[bytes] = []
    data = rb"BT [(\000(\000)\000:) -250 (\000a)] TJ ((a) (b(c)) d) Tj ET"
    take = lambda operands: shown.append(operands[-1])  # noqa: E731
    execute(data, {b"TJ": take, b"Tj": take})
    assert [string_bytes(item) for item in array_items(shown[0])[::2]] == [b"\0(\0)\0:", b"\0a"]
    assert string_bytes(shown[1]) == b"(a) (b(c)) d"


def test_columns_that_close_up_make_no_table_by_alignment() -> None:
    """100 and 97.5 beside each other in what one row makes one column are never one cell."""
    pdf = Pdf()
    rows = [
        ("指标", "目标", "分值", "得分"),
        ("数量", "3", "10", "9"),
        ("质量", "5", "20", "19"),
        ("合计", "8", "100", "97.5"),
        ("说明", "9", "扣分原因见说明第二条"),
    ]
    for i, row in enumerate(rows):
        for x, text in zip((80, 180, 300, 345), row, strict=False):
            pdf.page.text(x, 100 + 20 * i, text)
    document = read_pdf(pdf.data(), "columns.pdf")
    assert not [c.text for g in document.grids() for c in g.cells if c.text.startswith("100")]


def test_a_table_by_alignment_beside_more_of_it_is_doubted() -> None:
    pdf = Pdf()
    for i, row in enumerate(
        (("项目", "道路养护", "单位", "某局"), ("金额", "12.5", "执行", "12.5"))
    ):
        for x, text in zip((80, 150, 330, 400), row, strict=True):
            pdf.page.text(x, 80 + 20 * i, text)
    pdf.page.text(
        80, 122, "以下为各项指标的完成情况和得分，由各科室填报并经过会议审定，具体内容见下"
    )
    rows = [
        ("指标", "目标", "完成", "得分"),
        *((f"第{i}项", f"{i}次", f"{i}次", f"{i}") for i in range(1, 6)),
    ]
    for i, row in enumerate(rows):
        for x, text in zip((80, 250, 340, 430), row, strict=True):
            pdf.page.text(x, 150 + 18 * i, text)
    grids = list(read_pdf(pdf.data(), "part.pdf").grids())
    for grid in grids:
        figures = [c for c in grid.cells if c.text.isdigit()]
        assert all(DoubtKind.STRUCTURE in {d.kind for d in c.doubts} for c in figures)


@pytest.mark.parametrize(("angle", "size"), [(45, 60), (30, 24)])
def test_a_watermark_aslant_is_no_text_of_the_page(angle: int, size: int) -> None:
    pdf = Pdf()
    pdf.page.table(SIMPLE, 300.0)
    pdf.canvas.saveState()
    pdf.canvas.translate(120, 400)
    pdf.canvas.rotate(angle)
    pdf.canvas.setFont(FONT, size)
    pdf.canvas.drawString(0, 0, "公示文件2023")
    pdf.canvas.restoreState()
    document = read_pdf(pdf.data(), "mark.pdf")
    (grid,) = document.grids()
    assert cells_of(grid) == sorted(SIMPLE.cells)
    assert not doubts_of(grid)
    assert not list(document.paragraphs())


def test_running_text_in_two_columns_is_doubted() -> None:
    pdf = Pdf()
    left = (
        "本年部门支出合计748.39",
        "万元，其中基本支出546",
        "万元，项目支出202.39万",
        "元，均已公开并附有说明",
    )
    right = (
        "上年支出合计600.00万元",
        "，其中基本支出400万元，",
        "项目支出200.00万元，比",
        "上年增加的原因见附件一",
    )
    for i, pair in enumerate(zip(left, right, strict=True)):
        for x, text in zip((72, 310), pair, strict=True):
            pdf.page.text(x, 100 + 16 * i, text)
    paragraphs = list(read_pdf(pdf.data(), "two.pdf").paragraphs())
    assert paragraphs
    assert all(DoubtKind.STRUCTURE in {d.kind for d in p.doubts} for p in paragraphs)
