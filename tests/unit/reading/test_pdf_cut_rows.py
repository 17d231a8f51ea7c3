"""Rows and labels that a page break cuts: lines outside their boxes, open sides, parted labels."""

from __future__ import annotations

from orchestration.reading.document import DoubtKind, Grid
from orchestration.reading.pdf import read_pdf
from tests.unit.reading.drawing import Pdf, Table, Truth
from tests.unit.reading.test_pdf_grids import doubts_of
from tests.unit.reading.test_pdf_stitch import (
    HEAD,
    XS,
    data_rows,
    filler,
    narrow,
    plain,
    texts,
    two_pages,
)

LAST = ["效益指", "经济效", "带动就业人数", "95", "10"]
PITCH = 11.25  # from line to line as tables are drawn


def hanging(*lines: tuple[int, float, str]) -> list[Grid]:
    """A last row left open, lines (after its first one, x, text) below it, the rest overleaf."""
    pdf = Pdf()
    bottom = pdf.page.table(plain([HEAD, *data_rows(1, 19), LAST], 15), 460, open_bottom=True)
    for number, x, text in lines:
        pdf.page.text(x, bottom - 15 + PITCH * (number + 1), text)
    pdf.page.text(290, 815, "- 1 -")
    pdf.next_page()
    pdf.page.table(plain([["", "", "", "", ""], *data_rows(21, 2)], 15), 72, open_top=True)
    pdf.page.text(290, 815, "- 2 -")
    return list(read_pdf(pdf.data(), "hanging.pdf").grids())


def test_lines_below_several_open_cells_belong_each_to_its_own() -> None:
    (grid,) = hanging((1, 63, "标和影"), (1, 123, "益指标"), (2, 63, "响"))
    assert texts(grid)[20] == ["效益指\n标和影\n响", "经济效\n益指标", *LAST[2:]]
    assert grid.n_rows == 23


def test_a_sentence_below_an_open_table_is_no_part_of_its_cells() -> None:
    grids = hanging((1, 63, "注：本表所列各项指标均按年初批复的绩效目标填列，完成值以实际为准。"))
    assert texts(grids[0])[20][:2] == LAST[:2]


def group_rows(labels: list[Truth], rows: int) -> Table:
    """Rows of three filled columns beside the labels of the first two."""
    names = [(r, 2, 1, 1, f"第{r}项名称") for r in range(rows)]
    figures = [(r, c, 1, 1, f"{r}{c}") for r in range(rows) for c in (3, 4)]
    return Table(XS, [15.0] * rows, [*labels, *names, *figures])


def test_a_label_higher_than_what_is_left_of_its_box_stands_out_above_and_below() -> None:
    pdf = Pdf()
    upper = [(0, 0, 30, 1, "效益指标"), (0, 1, 28, 1, "社会效益"), (28, 1, 2, 1, "")]
    pdf.page.table(group_rows(upper, 30), 780 - 450)
    pdf.next_page()
    lower = [(0, 0, 3, 1, ""), (0, 1, 1, 1, ""), (1, 1, 2, 1, "")]
    pdf.page.table(group_rows(lower, 3), 72)
    for i, text in enumerate(("可持续", "影响指", "标")):  # in the middle of the first row
        pdf.page.text(123, 72 + PITCH * i, text)
    for i, text in enumerate(("服务对", "象满意")):
        pdf.page.text(123, 103 + PITCH * i, text)
    (grid,) = read_pdf(pdf.data(), "above.pdf").grids()
    assert [c.text for c in grid.cells if c.col == 1] == [
        "社会效益",
        "可持续\n影响指\n标",
        "服务对\n象满意",
    ]
    assert grid.n_rows == 33


def test_a_caption_close_above_a_table_stays_out_of_it() -> None:
    pdf = Pdf()
    pdf.page.text(455, 71, "单位：万元")
    pdf.page.table(plain([HEAD, *data_rows(1, 4)], 15), 72)
    document = read_pdf(pdf.data(), "caption.pdf")
    assert texts(next(document.grids()))[0] == HEAD
    assert [p.text for p in document.paragraphs()] == ["单位：万元"]


def test_figures_above_and_names_below_a_repeated_header_are_one_row() -> None:
    upper = plain([HEAD, *data_rows(1, 20), ["", "", "", "65", "10"]])
    lower = plain([HEAD, ["满意度", "服务对象满意度", "群众满意率", "", ""], *data_rows(30, 2)])
    (grid,) = two_pages(upper, lower, open_bottom=True)
    assert texts(grid)[21] == ["满意度", "服务对象满意度", "群众满意率", "65", "10"]
    assert grid.n_rows == 24


def test_a_closed_row_of_figures_is_not_joined_with_a_row_of_names() -> None:
    upper = plain([HEAD, *data_rows(1, 20), ["", "", "", "65", "10"]])
    lower = plain([HEAD, ["满意度", "服务对象满意度", "群众满意率", "", ""], *data_rows(30, 2)])
    (grid,) = two_pages(upper, lower)
    assert texts(grid)[21][3:] == ["65", "10"]
    assert texts(grid)[22][3:] == ["", ""]


def test_a_page_that_begins_with_open_cells_only_goes_by_the_ends_of_the_page_before() -> None:
    """Browsers draw no line at the top of a page; the rows that ended before are closed there."""
    pdf = Pdf()
    top = 780 - 15 * 30
    rows = [(r, c, 1, 1, f"{r}.{c}项") for r in range(30) for c in (2, 3, 4)]
    goal = "完成年度各项工\n作，逐步建立长"
    upper = Table(XS, [15.0] * 30, [(0, 0, 30, 1, "120.50"), (0, 1, 30, 1, goal), *rows])
    pdf.page.table(upper, top, open_bottom=True)
    pdf.page.line(XS[2], 780, XS[5], 780)
    pdf.next_page()
    below = [(0, 0, 3, 1, ""), (0, 1, 3, 1, "效机制。")]
    more = [(r, c, 1, 1, f"{r}.{c}项目") for r in range(3) for c in (2, 3, 4)]
    pdf.page.table(Table(XS, [15.0] * 3, [*below, *more]), 72, open_top=True)
    (grid,) = read_pdf(pdf.data(), "open.pdf").grids()
    assert [(c.text, c.rowspan) for c in grid.row_cells(0)][:2] == [
        ("120.50", 33),
        (f"{goal}\n效机制。", 33),
    ]
    assert texts(grid)[29][2:] == ["29.2项", "29.3项", "29.4项"]


def test_cells_open_above_and_below_are_not_cut_at_the_first_line_beside_them() -> None:
    pdf = Pdf()
    goal = "逐步建立长效管\n理机制，不断满\n足需要。"
    rows = [(r, c, 1, 1, f"{r}{c}") for r in range(4) for c in (2, 3, 4)]
    for x in XS[:3]:
        pdf.page.line(x, 90, x, 150)
    for i, text in enumerate(goal.split("\n")):
        pdf.page.text(123, 100 + PITCH * i, text)
    right = [(r, c - 2, rs, cs, t) for r, c, rs, cs, t in rows]
    pdf.page.table(Table(XS[2:], [15.0] * 4, right), 90, open_top=True)
    (grid,) = read_pdf(pdf.data(), "comb.pdf").grids()
    assert [(c.text, c.rowspan) for c in grid.row_cells(0)][:2] == [("", 4), (goal, 4)]


def test_a_row_with_names_but_no_figure_below_is_the_end_of_the_row_above() -> None:
    upper = narrow([*filler(27), ["满意指", "来访群众", "64%", "每少1"]], [24.0] * 27 + [12.0])
    lower = narrow([["标", "满意度", "", "百分点"], ["成本", "单价", "2元", "2"]], [24] * 2)
    (grid,) = two_pages(upper, lower)
    assert texts(grid)[27] == ["满意指\n标", "来访群众\n满意度", "64%", "每少1\n百分点"]
    assert doubts_of(grid) == {DoubtKind.JOIN}


def parted(label: str, rest: str) -> Grid:
    """A label over one row of a page and two of the next; the rows are three."""
    rows = narrow([*filler(28)], [24] * 28)
    upper = [cell for cell in rows.cells if (cell[0], cell[1]) != (27, 0)]
    lower = [(0, 0, 2, 1, rest)]
    lower += [(r, c, 1, 1, f"甲{r}" if c == 1 else f"{r}{c}.5") for r in (0, 1) for c in (1, 2, 3)]
    first = Table(rows.xs, rows.heights, [*upper, (27, 0, 1, 1, label)])
    (grid,) = two_pages(first, Table(rows.xs, [24, 24], lower))
    return grid


def test_the_last_character_of_a_merged_label_stands_on_the_next_page() -> None:
    label = parted("服务满\n意度指", "标").row_cells(28)[0]
    assert (label.text, label.row, label.rowspan) == ("服务满\n意度指\n标", 27, 3)


def test_a_bracket_of_a_merged_label_is_closed_on_the_next_page() -> None:
    label = parted("满意度\n（十", "分）").row_cells(28)[0]
    assert (label.text, label.row, label.rowspan) == ("满意度\n（十\n分）", 27, 3)


def test_a_rest_with_the_ending_of_the_column_belongs_to_the_label_above() -> None:
    label = parted("服务对\n象满意", "度数量").row_cells(28)[0]
    assert (label.text, label.row, label.rowspan) == ("服务对\n象满意\n度数量", 27, 3)


def test_another_label_on_the_next_page_is_its_own() -> None:
    label = parted("社会影\n响指标", "满意度").row_cells(28)[0]
    assert (label.text, label.row) == ("满意度", 28)


def test_labels_that_end_alike_are_two() -> None:
    label = parted("社会效\n益指标", "经济效\n益指标").row_cells(28)[0]
    assert (label.text, label.row) == ("经济效\n益指标", 28)


def test_a_row_is_cut_beside_a_number_that_may_be_whole_on_both_pages() -> None:
    edges = [60.0, 100.0, 152.0, 192.0, 240.0]
    head = [(0, c, 1, 1, text) for c, text in enumerate(["金额", "目标", "指标", "值"])]
    rows = [(r, c, 1, 1, f"{r}.{c}项") for r in range(1, 30) for c in range(4)]
    last = ["654.7800", "12.50", "工程验收", "90"]
    cut: list[Truth] = [(30, c, 1, 1, text) for c, text in enumerate(last)]
    upper = Table(edges, [15.0] * 31, [*head, *rows, *cut])
    below = [(0, 0, 3, 1, "0"), (0, 1, 3, 1, ""), (0, 2, 1, 1, "合格率"), (0, 3, 1, 1, "")]
    below += [(r, c, 1, 1, f"{r}.{c}次") for r in (1, 2) for c in (2, 3)]
    (grid,) = two_pages(upper, Table(edges, [15.0] * 3, below))
    assert [c.text for c in grid.row_cells(30)] == [
        "654.7800\n0",
        "12.50",
        "工程验收\n合格率",
        "90",
    ]
    assert grid.n_rows == 33


def test_the_end_of_a_remark_below_a_row_that_is_done_belongs_to_it() -> None:
    """The label beside it is higher, so there was room: no row is without a name."""
    cut = ["数量指\n标（十\n分）", "来访群众", "64", "采购周\n期较长"]
    upper = narrow([*filler(27), cut], [24.0] * 27 + [36.0])
    lower = narrow([["", "", "", "个扣分"], ["成本", "单价", "2元", "2"]], [24] * 2)
    (grid,) = two_pages(upper, lower)
    assert texts(grid)[27] == [*cut[:3], "采购周\n期较长\n个扣分"]
    assert grid.n_rows == 29


def test_a_figure_pushed_below_the_page_end_stays_in_its_row() -> None:
    upper = narrow([*filler(27), ["合计", "总分", "100", ""]], [24.0] * 28)
    lower = narrow([["", "", "", "94.8"], ["说明", "无", "无", "无"]], [24] * 2)
    (grid,) = two_pages(upper, lower)
    assert texts(grid)[27] == ["合计", "总分", "100", "94.8"]


def test_a_second_sentence_below_a_row_that_is_done_is_doubted() -> None:
    upper = narrow([*filler(27), ["数量", "来访群众", "64", "已办。"]], [24.0] * 28)
    lower = narrow([["", "", "", "已改。"], ["成本", "单价", "2元", "2"]], [24] * 2)
    (grid,) = two_pages(upper, lower)
    doubted = {c.text for c in grid.cells if DoubtKind.STRUCTURE in {d.kind for d in c.doubts}}
    assert doubted == {"已办。", "已改。"}


def test_a_row_of_two_labels_and_figures_below_a_blank_label_is_a_row() -> None:
    upper = narrow([*filler(27), ["水费", "12", "会议费", "3"]], [24.0] * 28)
    lower = narrow([["", "", "培训费", "4"], ["电费", "8", "差旅费", "2"]], [24] * 2)
    (grid,) = two_pages(upper, lower)
    assert [c.text for c in grid.row_cells(28)][2:] == ["培训费", "4"]


def test_a_name_that_leaves_a_line_free_above_goes_on_below_its_row() -> None:
    """Setting keeps two lines together: one more would have fitted above."""
    cut = ["数量指\n标（十\n分）", "社区矫正\n对象培训", "64", "已办。"]
    upper = narrow([*filler(27), cut], [24.0] * 27 + [36.0])
    lower = narrow([["", "人次（含\n线上）", "", ""], ["成本", "单价", "2元", "2"]], [24] * 2)
    (grid,) = two_pages(upper, lower)
    assert texts(grid)[27] == [cut[0], "社区矫正\n对象培训\n人次（含\n线上）", *cut[2:]]


def test_a_row_of_words_only_below_figures_is_doubted() -> None:
    """Nobody can tell whether they are a row without figures or the end of one."""
    upper = narrow([*filler(27), ["数量", "修路", "64", "9"]], [24.0] * 28)
    lower = narrow([["质量", "架桥", "", ""], ["成本", "单价", "2元", "2"]], [24] * 2)
    (grid,) = two_pages(upper, lower)
    doubted = {c.text for c in grid.cells if DoubtKind.STRUCTURE in {d.kind for d in c.doubts}}
    assert doubted == {"数量", "质量", "修路", "架桥"}


def test_a_number_without_room_is_torn_where_others_of_its_row_are_gone() -> None:
    upper = narrow([*filler(27), ["质量", "办公设备", "5", "12.16"]], [24.0] * 27 + [12.0])
    lower = narrow([["", "更新数", "", "5"], ["成本", "单价", "2元", "2"]], [24] * 2)
    (grid,) = two_pages(upper, lower)
    assert texts(grid)[27] == ["质量", "办公设备\n更新数", "5", "12.16\n5"]
