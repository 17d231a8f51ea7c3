"""Tables over pages, paragraphs, page furniture: as a reader of the paper would join them."""

from __future__ import annotations

import gc
import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from orchestration.reading.document import DoubtKind, Grid, Paragraph, UnreadableError
from orchestration.reading.pdf import read_pdf
from tests.unit.reading.drawing import Pdf, Table, Truth, random_table
from tests.unit.reading.test_pdf_grids import cells_of, doubts_of

XS = [60.0, 120.0, 200.0, 380.0, 450.0, 520.0]
HEAD = ["一级指标", "二级指标", "三级指标", "指标值", "得分"]


def plain(rows: list[list[str]], height: float = 20) -> Table:
    cells = [(r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    return Table(XS, [height] * len(rows), cells)


def data_rows(first: int, count: int) -> list[list[str]]:
    return [
        [f"产出{i}", f"数量{i}", f"第{i}项指标名称", f"{i}.5", str(i)]
        for i in range(first, first + count)
    ]


def texts(grid: Grid) -> list[list[str]]:
    return [[c.text for c in grid.row_cells(r)] for r in range(grid.n_rows)]


def two_pages(upper: Table, lower: Table, **options: bool) -> list[Grid]:
    pdf = Pdf()
    height = sum(upper.heights)
    pdf.page.table(upper, 780 - height, open_bottom=options.get("open_bottom", False))
    pdf.page.text(290, 815, "- 1 -")
    pdf.next_page()
    pdf.page.table(lower, 72, open_top=options.get("open_top", False))
    pdf.page.text(290, 815, "- 2 -")
    return list(read_pdf(pdf.data(), "two.pdf").grids())


def test_a_repeated_header_is_dropped() -> None:
    upper = plain([HEAD, *data_rows(1, 20)])
    lower = plain([HEAD, *data_rows(21, 5)])
    (grid,) = two_pages(upper, lower)
    assert texts(grid) == [HEAD, *data_rows(1, 25)]
    assert grid.pages == (1, 2)
    assert not doubts_of(grid)


def test_a_table_goes_on_without_a_header() -> None:
    (grid,) = two_pages(plain([HEAD, *data_rows(1, 20)]), plain(data_rows(21, 5)))
    assert texts(grid) == [HEAD, *data_rows(1, 25)]


def test_two_headers_of_two_rows_are_dropped() -> None:
    top = [["指标", "指标", "指标", "其中", "其中"], HEAD]
    (grid,) = two_pages(plain([*top, *data_rows(1, 20)]), plain([*top, *data_rows(21, 4)]))
    assert texts(grid) == [*top, *data_rows(1, 24)]


def form(name: str, amount: str) -> Table:
    rows = [
        ["项目名称", name, "主管部门", "某局", ""],
        ["项目资金", "年度资金总额", "财政拨款", "其他资金", "执行率"],
        ["（万元）", amount, amount, "0", "100%"],
        HEAD,
        *data_rows(1, 28),
    ]
    return plain(rows)


def test_the_same_form_for_another_project_is_another_table() -> None:
    first, second = two_pages(form("道路养护", "120.5"), form("桥梁检测", "88.1"))
    assert texts(first)[0][1] == "道路养护"
    assert texts(second)[0][1] == "桥梁检测"
    assert texts(second)[3] == HEAD


def test_a_title_between_makes_two_tables() -> None:
    pdf = Pdf()
    pdf.page.table(plain([HEAD, *data_rows(1, 20)]), 360)
    pdf.next_page()
    pdf.page.text(200, 80, "项目支出绩效自评表", 16)
    pdf.page.table(plain([HEAD, *data_rows(1, 5)]), 100)
    document = read_pdf(pdf.data(), "title.pdf")
    assert len(list(document.grids())) == 2
    kinds = [type(block) for block in document.blocks]
    assert kinds == [Grid, Paragraph, Grid]


def test_a_page_left_half_empty_ends_the_table() -> None:
    pdf = Pdf()
    pdf.page.table(plain([HEAD, *data_rows(1, 4)]), 80)
    pdf.next_page()
    pdf.page.table(plain([["序号", "单位", "事项", "金额", "备注"], *data_rows(1, 5)]), 80)
    assert len(list(read_pdf(pdf.data(), "half.pdf").grids())) == 2


def test_an_open_row_is_one_row_with_two_places() -> None:
    upper = plain([HEAD, ["产出", "数量", "为老干部安排的各项活动和服务", "12", "10"]])
    lower = plain([["", "", "内容完成情况", "", ""], *data_rows(2, 2)])
    (grid,) = two_pages(upper, lower, open_bottom=True, open_top=True)
    assert texts(grid)[1] == [
        "产出",
        "数量",
        "为老干部安排的各项活动和服务\n内容完成情况",
        "12",
        "10",
    ]
    cut = grid.row_cells(1)[2]
    assert [place.page for place in cut.parts] == [1, 2]
    assert not doubts_of(grid)


def test_a_closed_row_cut_in_mid_sentence_is_joined_and_doubted() -> None:
    upper = plain(
        [
            HEAD,
            *data_rows(1, 3),
            ["效益指标", "社会效益指标", "为老干部晚年生活提供各项服务和活动安排", "95", "10"],
        ]
    )
    lower = plain([["", "", "度晚年提供保障", "", ""], *data_rows(5, 2)])
    (grid,) = two_pages(upper, lower)
    assert texts(grid)[4][2] == "为老干部晚年生活提供各项服务和活动安排\n度晚年提供保障"
    assert grid.n_rows == 7
    assert doubts_of(grid) == {DoubtKind.JOIN}


def test_rows_with_figures_on_both_sides_are_never_joined() -> None:
    upper = plain(
        [
            HEAD,
            *data_rows(1, 3),
            ["效益指标", "社会效益", "为老干部晚年生活提供各项服务和活动安排", "95", "10"],
        ]
    )
    lower = plain([["", "", "另一指标", "96", "5"], *data_rows(5, 2)])
    (grid,) = two_pages(upper, lower)
    assert [row[-2:] for row in texts(grid)[4:6]] == [["95", "10"], ["96", "5"]]


def test_a_level_cell_goes_on_over_the_page() -> None:
    upper = Table(
        XS,
        [20] * 4,
        [(0, c, 1, 1, h) for c, h in enumerate(HEAD)]
        + [(1, 0, 3, 1, "产出指标")]
        + [(r, c, 1, 1, f"{r}{c}") for r in (1, 2, 3) for c in (1, 2, 3, 4)],
    )
    lower = Table(
        XS,
        [20] * 2,
        [(0, 0, 2, 1, "")] + [(r, c, 1, 1, f"{r}{c}9") for r in (0, 1) for c in (1, 2, 3, 4)],
    )
    (grid,) = two_pages(upper, lower)
    label = next(c for c in grid.cells if c.text == "产出指标")
    assert label.rowspan == 5


def test_a_continuation_with_fewer_columns_keeps_its_place() -> None:
    upper = plain([HEAD, *data_rows(1, 20)])
    lower = Table(
        [60, 380, 450, 520],
        [20, 20],
        [(r, c, 1, 1, f"总分{r}{c}") for r in (0, 1) for c in (0, 1, 2)],
    )
    (grid,) = two_pages(upper, lower)
    last = grid.row_cells(grid.n_rows - 1)
    assert [(c.col, c.colspan) for c in last] == [(0, 3), (3, 1), (4, 1)]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), header=st.booleans())
@example(seed=7457, header=True)  # 无 in a merged cell below a full one is no rest of its word
def test_random_tables_cut_between_rows_come_back_whole(seed: int, header: bool) -> None:
    rng = random.Random(seed)
    table = random_table(rng, rows=rng.randint(6, 20), cols=rng.randint(4, 6))
    names = [(0, c, 1, 1, f"列名{'甲乙丙丁戊己庚'[c]}") for c in range(len(table.xs) - 1)]
    whole: list[Truth] = names + [
        (r + 1, c, rs, cs, text or "无") for r, c, rs, cs, text in table.cells
    ]
    heights = [20.0, *table.heights]
    clean = [
        cut
        for cut in range(2, len(heights) - 1)
        if not any(r < cut < r + rs for r, _, rs, _, _ in whole)
    ]
    if not clean:
        return
    cut = rng.choice(clean)
    upper = Table(table.xs, heights[:cut], [c for c in whole if c[0] < cut])
    below = [(r - cut, c, rs, cs, t) for r, c, rs, cs, t in whole if r >= cut]
    below_heights = heights[cut:]
    if header:
        below = names + [(r + 1, c, rs, cs, t) for r, c, rs, cs, t in below]
        below_heights = [20.0, *below_heights]
    (grid,) = two_pages(upper, Table(table.xs, below_heights, below))
    assert [c[4] for c in cells_of(grid)] == [c[4] for c in sorted(whole)]
    assert cells_of(grid) == sorted(whole)


def test_page_numbers_and_running_heads_are_left_out() -> None:
    pdf = Pdf()
    for number in range(1, 6):
        pdf.page.text(240, 40, "某市财政局文件", 9)
        pdf.page.text(90, 100, f"第{number}段正文的内容在此处。", 12)
        pdf.page.text(290, 812, f"{number}", 9)
        pdf.next_page()
    document = read_pdf(pdf.data(), "heads.pdf")
    assert [p.text for p in document.paragraphs()] == [
        f"第{n}段正文的内容在此处。" for n in range(1, 6)
    ]


def test_titles_that_repeat_on_every_form_stay() -> None:
    pdf = Pdf()
    for name in ("甲", "乙", "丙", "丁"):
        pdf.page.text(200, 75, "项目支出绩效自评表", 16)
        pdf.page.table(form(name, "5"), 90)
        pdf.next_page()
    document = read_pdf(pdf.data(), "forms.pdf")
    assert [p.text for p in document.paragraphs()] == ["项目支出绩效自评表"] * 4
    assert len(list(document.grids())) == 4


LONG = "本年度部门整体支出预算执行情况良好，各项工作按照年初计划稳步推进，资金使用合规"


def test_wrapped_lines_become_one_paragraph_with_a_place_a_line() -> None:
    pdf = Pdf()
    lines = [(96, LONG[:33]), (72, LONG[:35]), (72, "结束。"), (96, "另起一段，金额12.5万元。")]
    for i, (x, text) in enumerate(lines):
        pdf.page.text(x, 100 + 24 * i, text, 12)
    for i in range(6):
        pdf.page.text(72, 300 + 24 * i, LONG[:35], 12)
    document = read_pdf(pdf.data(), "lines.pdf")
    first, second, *_ = document.paragraphs()
    assert first.text == f"{LONG[:33]}\n{LONG[:35]}\n结束。"
    assert len(first.places) == 3
    assert second.text == "另起一段，金额12.5万元。"


def test_a_paragraph_goes_on_over_the_page() -> None:
    pdf = Pdf()
    for i in range(28):
        pdf.page.text(96 if i == 0 else 72, 80 + 25 * i, LONG[: 33 if i == 0 else 35], 12)
    pdf.next_page()
    pdf.page.text(72, 80, "余下的话。", 12)
    document = read_pdf(pdf.data(), "over.pdf")
    (paragraph,) = document.paragraphs()
    assert {place.page for place in paragraph.places} == {1, 2}


@pytest.mark.parametrize("data", [b"%PDF-1.4 broken", b"%PDF-1.7\n" + b"x" * 300])
def test_a_broken_file_says_so(data: bytes) -> None:
    from orchestration.reading.document import UnreadableError, UnreadableReason

    with pytest.raises(UnreadableError) as caught:
        read_pdf(data, "坏文件.pdf")
    assert caught.value.reason is UnreadableReason.CORRUPT
    assert "坏文件.pdf" in caught.value.message_zh


GROUPS = [60.0, 150.0, 230.0, 340.0, 450.0, 520.0]
GROUP_HEAD = [(0, c, 1, 1, text) for c, text in enumerate(["项目", "金额", "目标", "指标", "值"])]


def group_rows(row: int, count: int, first: int) -> list[Truth]:
    return [
        cell
        for i in range(count)
        for cell in (
            (row + i, 3, 1, 1, f"第{first + i}项指标"),
            (row + i, 4, 1, 1, f"{first + i}.5"),
        )
    ]


def group(row: int, rows: int, *values: str) -> list[Truth]:
    return [(row, col, rows, 1, text) for col, text in enumerate(values)]


def test_a_group_printed_below_the_break_begins_above_it() -> None:
    upper = Table(
        GROUPS,
        [20.0] * 8,
        [
            *GROUP_HEAD,
            *group(1, 4, "道路养护", "120.5", "保障通行。"),
            *group(5, 3, "", "", ""),
            *group_rows(1, 7, 1),
        ],
    )
    lower = Table(
        GROUPS,
        [20.0] * 3,
        [*group(0, 3, "桥梁检测", "88.1", "排查隐患。"), *group_rows(0, 3, 8)],
    )
    (grid,) = two_pages(upper, lower)
    names = [(c.row, c.rowspan, c.text) for c in grid.cells if c.col < 2 and c.row]
    assert names == [
        (1, 4, "道路养护"),
        (1, 4, "120.5"),
        (5, 6, "桥梁检测"),
        (5, 6, "88.1"),
    ]


def test_a_sentence_beside_a_cut_label_goes_on_below() -> None:
    upper = Table(
        GROUPS,
        [20.0] * 7,
        [
            *GROUP_HEAD,
            *group(1, 4, "道路养护", "120.5", "保障通行。"),
            *group(5, 2, "桥梁检测", "88.1", "逐步建立长效管理机制，不"),
            *group_rows(1, 6, 1),
        ],
    )
    lower = Table(
        GROUPS,
        [20.0] * 3,
        [*group(0, 3, "", "", "断满足公众需要。"), *group_rows(0, 3, 7)],
    )
    (grid,) = two_pages(upper, lower)
    (goal,) = [c for c in grid.cells if c.col == 2 and c.row == 5]
    assert goal.rowspan == 5
    assert goal.text.replace("\n", "") == "逐步建立长效管理机制，不断满足公众需要。"


def test_a_running_head_above_tables_does_not_part_them() -> None:
    pdf = Pdf()
    for number, (first, count) in enumerate(((1, 20), (21, 32), (53, 5))):
        if number:
            pdf.next_page()
        pdf.page.text(230, 62, "青石县档案馆年度公开", 9)
        if number == 0:
            for line in range(6):
                pdf.page.text(60, 100 + 18 * line, f"{line + 1}、落实各项工作。")
        top = 780 - 20 * (count + 1) if number == 0 else 78
        pdf.page.table(plain(data_rows(first, count)), top)
    (grid,) = read_pdf(pdf.data(), "head.pdf").grids()
    assert grid.n_rows == 57


def test_reading_leaves_the_garbage_collector_as_it_was() -> None:
    with pytest.raises(UnreadableError):
        read_pdf(b"%PDF-1.4 nothing", "broken.pdf")
    pdf = Pdf()
    pdf.page.table(plain([HEAD, *data_rows(1, 3)]), 80)
    data = pdf.data()
    states = []
    for switch in (gc.disable, gc.enable):
        switch()
        read_pdf(data, "gc.pdf")
        states.append(gc.isenabled())
    assert states == [False, True]


def test_short_texts_that_fill_narrow_columns_are_rows_of_their_own() -> None:
    """The last row of a page has a cell with room for another line: nothing of it goes on."""
    narrow = [60.0, 100.0, 140.0, 200.0]
    head = [(0, c, 1, 1, text) for c, text in enumerate(("二级指标", "三级指标", "指标值"))]
    upper = Table(narrow, [24] * 20, [*head])
    upper.cells += [(r, c, 1, 1, f"第{r}类\n指标") for r in range(1, 19) for c in range(3)]
    upper.cells += [(19, 0, 1, 1, "经济效\n益指标"), (19, 1, 1, 1, "促进发\n展（辛）")]
    upper.cells += [(19, 2, 1, 1, "  有效促进")]
    lower = Table(narrow, [24], [(0, 0, 1, 1, "满意度\n指标"), (0, 1, 1, 1, "群众满\n意率")])
    lower.cells += [(0, 2, 1, 1, "  不低于84%")]
    (grid,) = two_pages(upper, lower)
    assert texts(grid)[-2:] == [
        ["经济效\n益指标", "促进发\n展（辛）", "有效促进"],
        ["满意度\n指标", "群众满\n意率", "不低于84%"],
    ]


def test_one_row_or_two_that_cannot_be_told_is_doubted() -> None:
    narrow = [60.0, 110.0, 160.0]
    rows = [["三级指标", "指标说明"], *([f"第{r}类指标", f"第{r}类说明"] for r in range(1, 38))]
    cells = [(r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    lower = Table(narrow, [18], [(0, 0, 1, 1, "群众满意"), (0, 1, 1, 1, "有所提高")])
    (grid,) = two_pages(Table(narrow, [18] * 38, cells), lower)
    assert texts(grid)[-2:] == [["第37类指标", "第37类说明"], ["群众满意", "有所提高"]]
    kinds = {d.kind for c in grid.row_cells(grid.n_rows - 1) for d in c.doubts}
    assert kinds == {DoubtKind.STRUCTURE}


def test_one_line_of_a_row_that_is_left_for_the_next_page_belongs_to_it() -> None:
    upper = plain([HEAD, *data_rows(1, 19), ["满意度", "", "群众满意率", "95", "10"]])
    lower = plain([["", "服务对象", "", "", ""]])
    (grid,) = two_pages(upper, lower, open_bottom=True, open_top=True)
    assert texts(grid)[-1] == ["满意度", "服务对象", "群众满意率", "95", "10"]


NARROW = [60.0, 90.0, 130.0, 160.0, 190.0]


def narrow(rows: list[list[str]], heights: list[float]) -> Table:
    cells = [(r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    return Table(NARROW, heights, cells)


def filler(count: int) -> list[list[str]]:
    return [["数量", f"第{i}项", f"{i}次", str(i)] for i in range(1, count + 1)]


def test_the_last_word_of_one_cell_is_no_row_of_its_own() -> None:
    """A closed row whose other cells are done above: 项目成本（丁 | 类）."""
    upper = narrow([*filler(27), ["成本", "项目总成\n本（丁", "3元", "1"]], [24] * 28)
    lower = narrow([["", "类）", "", ""], ["成本", "单价", "2元", "2"]], [24] * 2)
    (grid,) = two_pages(upper, lower)
    assert texts(grid)[-2:] == [
        ["成本", "项目总成\n本（丁\n类）", "3元", "1"],
        ["成本", "单价", "2元", "2"],
    ]


def test_a_code_and_an_amount_torn_by_the_page_are_one_cell() -> None:
    edges = [60.0, 100.0, 140.0, 220.0, 300.0]
    rows = [(r, c, 1, 1, f"{r}.{c}项") for r in range(1, 34) for c in range(4)]
    head = [(0, c, 1, 1, text) for c, text in enumerate(["项目", "金额", "指标", "值"])]
    last = [(34, 0, 1, 1, "42010619"), (34, 1, 1, 1, "580.3400"), (34, 2, 1, 1, "质量")]
    upper = Table(edges, [20] * 35, [*head, *rows, *last, (34, 3, 1, 1, "达标")])
    below = [(0, 0, 2, 1, "Y7442555-\n技能培训"), (0, 1, 2, 1, "00")]
    below += [(r, 2, 1, 1, "质量") for r in range(2)] + [(r, 3, 1, 1, "合格") for r in range(2)]
    (grid,) = two_pages(upper, Table(edges, [20] * 2, below))
    code, amount = (c for c in grid.row_cells(34) if c.col < 2)
    assert (code.text, code.rowspan) == ("42010619\nY7442555-\n技能培训", 3)
    assert (amount.text, amount.rowspan) == ("580.3400\n00", 3)


def test_text_that_hangs_below_an_open_cell_belongs_to_it() -> None:
    pdf = Pdf()
    rows = [*data_rows(1, 19), ["满意度", "服务对\n象满意", "满意率", "95", "10"]]
    table = plain([HEAD, *rows])
    bottom = pdf.page.table(table, 360, open_bottom=True)
    pdf.page.text(123, bottom + 10, "度指标")
    pdf.next_page()
    pdf.page.table(plain([["", "", "满意率（乙）", "96", "10"]]), 72, open_top=True)
    grids = list(read_pdf(pdf.data(), "hang.pdf").grids())
    assert grids[0].row_cells(20)[1].text == "服务对\n象满意\n度指标"


def test_a_head_on_both_pages_of_a_short_file_is_no_title() -> None:
    pdf = Pdf()
    pdf.page.text(90, 62, "某县文化馆2023年度公开")
    for i, text in enumerate(("部门整体支出绩效自评报告", "一、基本情况", "本单位情况如下。")):
        pdf.page.text(120, 110 + 40 * i, text)
    pdf.page.text(120, 240, "二、自评情况")
    pdf.page.table(plain([HEAD, *data_rows(1, 20)]), 360)
    pdf.next_page()
    pdf.page.text(90, 62, "某县文化馆2023年度公开")
    pdf.page.table(plain(data_rows(21, 3)), 72)
    (grid,) = read_pdf(pdf.data(), "head.pdf").grids()
    assert texts(grid) == [HEAD, *data_rows(1, 23)]


@pytest.mark.parametrize("placeholder", ["……", "指标3："])
def test_a_placeholder_row_at_the_top_of_a_page_is_no_rest_of_the_row_above(
    placeholder: str,
) -> None:
    upper = narrow([*filler(27), ["成本", "项目总成\n本甲乙丙", "3元", "1"]], [24] * 28)
    lower = narrow([["", placeholder, "", ""], ["成本", "单价", "2元", "2"]], [24] * 2)
    (grid,) = two_pages(upper, lower)
    assert texts(grid)[-3][1] == "项目总成\n本甲乙丙"
    assert texts(grid)[-2][1] == placeholder


def test_a_group_of_rows_that_had_no_room_goes_on_the_next_page() -> None:
    """Browsers keep the rows under one merged cell together and leave the page half empty."""
    head = Table(GROUPS, [20.0], list(GROUP_HEAD))
    rows = 30
    body = [*group(0, rows, "道路养护", "120.5", "保障通行。"), *group_rows(0, rows, 1)]
    pdf = Pdf()
    pdf.page.table(head, 200)
    pdf.next_page()
    pdf.page.table(Table(GROUPS, [20.0] * rows, body), 72)
    (grid,) = read_pdf(pdf.data(), "browser.pdf").grids()
    assert grid.n_rows == rows + 1
    assert grid.pages == (1, 2)
