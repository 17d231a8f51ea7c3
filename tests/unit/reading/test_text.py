"""Plain text: logical paragraphs with line numbers, tables by tabs, pipes and alignment."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.reading import read
from orchestration.reading.document import FileFormat, Grid, GridKind
from tests.unit.reading.grids import only_grid, reading, rows, texts

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"


def test_lines_broken_at_the_margin_are_joined_with_their_places() -> None:
    text = (
        "一、基本情况\n\n"
        "本部门负责全市某项工作的宏观管理和指导协调以及监督检\n\n"
        "查，贯彻执行国家和省有关方针政策，拟定具体实施办法并\n\n"
        "组织实施，2021 年预算收入 564.41 万元，其中年初预算 5\n\n"
        "万元。\n\n"
        "二、支出情况\n"
    )
    document = reading(text.encode())
    assert texts(document) == [
        "一、基本情况",
        (
            "本部门负责全市某项工作的宏观管理和指导协调以及监督检查，贯彻执行国家和省有关方针政策，"
            "拟定具体实施办法并组织实施，2021 年预算收入 564.41 万元，其中年初预算 5万元。"
        ),
        "二、支出情况",
    ]
    assert [b.place.path for b in document.paragraphs()] == ["line 1", "lines 3-9", "line 11"]


def test_figures_on_both_sides_of_a_line_end_are_never_glued() -> None:
    text = (
        "本部门负责全市某项工作的宏观管理和指导协调以及监督检\n"
        "查，贯彻执行国家和省有关方针政策，全年支出合计是 542.\n"
        "37 万元，其中基本支出多少，均已按规定执行完毕。\n"
    )
    document = reading(text.encode())
    assert "542. 37" in texts(document)[0]
    assert next(document.paragraphs()).doubts


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("安和县2023年预留政府采购项目预算金额", "25.10 万元，其中工程 4.87 万元。"),
        ("安和县2023年一般公共预算基本支出80.88 万", "元，其中：人员经费 70.20 万元。"),
    ],
)
def test_an_amount_cut_off_from_its_words_goes_on_with_them(above: str, below: str) -> None:
    assert texts(reading(f"{above}\n{below}\n".encode())) == [above + below]


def test_headings_rows_of_figures_and_labels_stay_alone() -> None:
    lines = [
        "四、聚力融合，强化管理",
        "坚持全面融合，切实做好各项工作，不断提升治理效能。",
        "扶持单位数 10 家 10 5 5",
        "培训人数 210 人 90 2 1 疫情",
        "发布信息 220 篇 227 10 10",
        "主要职责是：",
    ]
    assert texts(reading("\n\n".join(lines).encode())) == lines


def test_one_cell_a_line_keeps_tabs_blank_cells_and_line_numbers() -> None:
    text = "\t机构名称\n\t收入合计\n\t公共财\n政拨款\n\n\t2、二级机构1\n\t74.52\n\t\n\t\n"
    document = reading(text.encode())
    assert [(b.text, b.place.path) for b in document.paragraphs()] == [
        ("\t机构名称", "line 1"),
        ("\t收入合计", "line 2"),
        ("\t公共财", "line 3"),
        ("政拨款", "line 4"),
        ("\t2、二级机构1", "line 6"),
        ("\t74.52", "line 7"),
        ("\t", "line 8"),
        ("\t", "line 9"),
    ]


def test_tabbed_rows_keep_blank_cells_and_their_places() -> None:
    text = "附件1\n项目\t预算数\t\t分值\n合计\t5.00\t\t10\n\t——\t\t\n"
    document = reading(text.encode())
    grid = only_grid(document)
    assert grid.kind is GridKind.TABBED
    assert rows(grid) == [
        ["项目", "预算数", "", "分值"],
        ["合计", "5.00", "", "10"],
        ["", "——", "", ""],
    ]
    assert grid.cells[5].place.path == "line 3, cell 2"


def test_a_row_cut_by_a_page_is_joined() -> None:
    text = (
        "一级\t二级\t三级\t值\t分值\n产出\t数量\t走访人次\t224\t5\n\t\t开展户\t2次\t5\n\n"
        "\t\t外活动\t\t\n\t\t住院慰问\t100%\t5\n"
    )
    grid = only_grid(reading(text.encode()))
    assert rows(grid)[2:] == [
        ["", "", "开展户外活动", "2次", "5"],
        ["", "", "住院慰问", "100%", "5"],
    ]
    joined = next(c for c in grid.cells if c.text == "开展户外活动")
    assert [part.path for part in joined.parts] == ["line 3, cell 3", "line 5, cell 3"]


def test_a_repeated_header_is_dropped_and_the_row_behind_it_joined() -> None:
    text = (
        "一级\t二级\t三级\t值\n产出\t数量\t活动\t≥4次\n效益\t社会效益指\t满意\t≥80%\n\n"
        "一级\t二级\t三级\t值\n\t标\t程度\t\n满意度\t服务对象\t满意率\t≥90%\n"
    )
    document = reading(text.encode())
    assert rows(only_grid(document)) == [
        ["一级", "二级", "三级", "值"],
        ["产出", "数量", "活动", "≥4次"],
        ["效益", "社会效益指标", "满意程度", "≥80%"],
        ["满意度", "服务对象", "满意率", "≥90%"],
    ]
    assert any("repeated header" in note for note in document.notes)


CUT_FORM = (
    "绩效指标\t一级指标\t二级指标\t三级指标\t\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析\t\n"
    "\t产出指标\t数量指标\t清淤长度\t\t≥12公里\t13公里\t20\t20\t\t\n"
    "\t\t质量指标\t验收合格率\t\t≥95%\t96%\t20\t18\t一处返工\t\n\n28\n\n"
)


def test_rows_behind_a_page_break_stand_under_the_columns_that_are_in_use() -> None:
    """Where a page without the head counts fewer columns, the figures tell which are left out."""
    text = CUT_FORM + ("\t\t时效指标\t按期完成率\t≥90%\t92%\t20\t20\t\n总分\t\t\t\t\t\t60\t58\t\n")
    read = rows(only_grid(reading(text.encode())))
    assert read[3:] == [
        ["", "", "时效指标", "按期完成率", "", "≥90%", "92%", "20", "20", "", ""],
        ["总分", "", "", "", "", "", "", "60", "58", "", ""],
    ]


@pytest.mark.parametrize(
    "below",
    [
        "\t\t时效指标\t按期完成率\t≥90%\t92%\t98%\t20\t20\n",  # figures under other columns
        "\t时效指标\t按期完成率\t≥90%\t92%\t20\t20\t\n",  # fewer columns than are in use
        "一级指标\t二级指标\t三级指标\t预算数\t决算数\t分值\t得分\t备注\t说明\n",  # another head
    ],
)
def test_rows_behind_a_page_break_that_fit_no_columns_stay_apart(below: str) -> None:
    tables = [b for b in reading((CUT_FORM + below * 2).encode()).blocks if isinstance(b, Grid)]
    assert [t.n_rows for t in tables] == [3, 2]


def test_a_row_with_figures_after_a_page_break_stays_a_row() -> None:
    text = "项目\t预算\t执行\n甲\t1\t2\n\n乙\t3\t4\n"
    assert rows(only_grid(reading(text.encode()))) == [
        ["项目", "预算", "执行"],
        ["甲", "1", "2"],
        ["乙", "3", "4"],
    ]


def test_wrapped_labels_of_a_header_row_are_joined() -> None:
    text = "控制情况\t批复规模\t实际规\n(2024年)\t(㎡)\t模(㎡)\n"
    broken = "三公经费\t1\t2\n" + text.replace("\n(2024", "\n\n(2024") + "\t0\t0\n"
    assert rows(only_grid(reading(broken.encode())))[1] == [
        "控制情况(2024年)",
        "批复规模(㎡)",
        "实际规模(㎡)",
    ]


@pytest.mark.parametrize(
    "second",
    ["项目编码\tB\t名称\n预算数\t8.00\t用途\n", "甲\t1\t2\t3\n乙\t4\t5\t6\n"],
)
def test_another_table_is_kept_apart(second: str) -> None:
    first = "项目编码\tA\t名称\n预算数\t5.00\t用途\n"
    assert len(list(reading(f"{first}\n{second}".encode()).grids())) == 2


def test_a_cell_with_a_line_end_inside_is_mended() -> None:
    text = "甲\t乙\t丙\t\n1\t2\t3\t\n多行的\n内容\t5\t6\t\n7\t8\t9\t\n"
    text = text.replace("多行的\n内容\t5", "4\t多行的\n内容\t5").replace("\t6\t", "\t")
    assert ["4", "多行的\n内容", "5", ""] in rows(only_grid(reading(text.encode())))


def test_enumerations_and_contents_with_tabs_are_no_tables() -> None:
    text = "（三）\t做好各项工作。\n（四）\t承办其他事项。\n一、目标.....\t1\n二、措施.....\t2\n"
    assert not list(reading(text.encode()).grids())


def test_pipe_tables() -> None:
    text = "| 指标 | 分值 |\n|---|:-:|\n| 甲\\|乙 | 10 |\n| 丙<br>丁 | |\n\n说明\n"
    document = reading(text.encode())
    assert rows(only_grid(document)) == [["指标", "分值"], ["甲|乙", "10"], ["丙\n丁", ""]]
    assert texts(document) == ["说明"]


def test_aligned_columns() -> None:
    text = (
        "项目          预算数    执行数\n"
        "三公经费        7.97      4.93\n"
        "公务接待                  0.50\n"
    )
    grid = only_grid(reading(text.encode()))
    assert grid.kind is GridKind.ALIGNED
    assert rows(grid) == [
        ["项目", "预算数", "执行数"],
        ["三公经费", "7.97", "4.93"],
        ["公务接待", "", "0.50"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        # A cell that wraps leaves lines without the first column …
        "指标      指标值     分值\n造林面积    ≥5000亩    20\n        （含补植）   5\n",
        # … or lines with one text, above the run or below.
        "              分\n指标      指标值     值\n造林面积    ≥50亩    20\n抚育率    ≥9%    1\n",
        "指标      指标值     分值\n造林面积    ≥50亩    20\n抚育面积    ≥30亩    10\n及幼林\n",
        # Two columns one blank apart are one to the eye of a program.
        "名称      预算    执行数\n甲经费      8万元 7万元    10\n乙经费      8万元 7万元    1\n",
    ],
)
def test_aligned_lines_that_are_no_rows_of_their_own_are_no_table(text: str) -> None:
    assert not list(reading(text.encode()).grids())


def test_a_title_and_a_note_around_aligned_columns_are_no_cells() -> None:
    text = (
        "          某市林业局支出情况表\n          单位：万元\n"
        "项目          预算数    执行数\n三公经费        7.97      4.93\n"
        "公务接待        0.60      0.50\n"
        "注：执行数含上年结转。\n"
    )
    assert len(rows(only_grid(reading(text.encode())))) == 3


def test_two_spaced_lines_are_not_yet_a_table() -> None:
    assert not list(reading("负责人：      日期：\n盖章：        电话：\n".encode()).grids())


def test_bookmarks_are_stripped_and_noted() -> None:
    document = reading("[bookmark: _GoBack]②控制率（8分）\n".encode())
    assert texts(document) == ["②控制率（8分）"]
    assert any("bookmark" in note for note in document.notes)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
def test_encodings(encoding: str) -> None:
    text = "一、部门基本情况\n2021年支出 564.41 万元，其中基本支出 564.41 万元。\n"
    document = reading(text.encode(encoding))
    assert texts(document) == text.split("\n")[:2]
    assert document.file_format is FileFormat.TXT


def test_utf16_of_chinese_alone() -> None:
    text = "绩效自评报告显示本年度各项工作在预算范围内完成，支出合规，满意度高。"
    assert texts(reading(text.encode("utf-16-le"))) == [text]
    assert texts(reading(text.encode("gb18030"))) == [text]


def test_a_few_damaged_bytes_are_doubted_not_fatal() -> None:
    data = "2021年支出 564.41 万元，其中基本支出若干。\n".encode("gb18030") * 20 + b"\xff"
    assert reading(data).doubts


def test_page_marks_and_running_heads_do_not_cut_a_sentence() -> None:
    line = "本单位认真落实上级部署，健全内部控制制度，严格审批程序，各项指标均已完成并接受了监督"
    body = "\n".join([line + "。"] * 20)
    head = "安和市林业局2023年度部门决算公开"
    for mark in ("第1页", "- 1 -", "1"):
        text = f"{head}\n{body}\n全年支出为{line}\n{mark}\n{head}\n合计八百万元。"
        document = reading(text.encode(), "page.txt")
        assert texts(document)[-1] == f"全年支出为{line}合计八百万元。", mark


def test_pages_are_counted_beside_figures_of_tables() -> None:
    page = "本年度共安排造林补助资金，主要用于苗木采购、整地和抚育管护，\n" * 12
    text = "".join(
        f"{page}{page[:28]}其\n{number}\n中：苗木 {number} 万元。\n" for number in range(4, 11)
    )
    text += f"数量\n2\n{page}3\n合计\n{page}6\n"
    found = "\n".join(texts(reading(text.encode())))
    assert all(f"其中：苗木 {number} 万元。" in found for number in range(4, 11))
    assert "\n2\n" in found
    assert found.endswith("6")


def test_pages_of_a_few_lines_are_counted_with_the_others() -> None:
    """Numbers that rise from 1 without a gap count pages, though a title page has two lines."""
    page = "\n".join(
        f"第{n}项工作按计划开展，进展顺利" for n in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未"
    )
    short = "第二部分\n部门决算表"
    pages = [page, short, page, page, short, page, page]
    text = "\n\n".join(f"{body}\n\n{n}" for n, body in enumerate(pages, start=1))
    assert not [t for t in texts(reading(text.encode())) if t.strip().isdigit()]
    rows_of_a_list = "\n".join(f"{n}\n某设备\n台\n1.5" for n in range(1, 9))
    kept = [t for t in texts(reading(rows_of_a_list.encode())) if t.strip().isdigit()]
    assert kept == [str(n) for n in range(1, 9)]


def test_a_bare_number_in_a_column_is_no_page() -> None:
    text = "\n".join(["指标"] * 20 + ["5", "名称", "7"])
    assert "5" in texts(reading(text.encode(), "cells.txt"))


def test_a_pages_number_within_a_number_is_not_made_part_of_it() -> None:
    line = "本单位认真落实上级部署，健全内部控制制度，严格审批程序，根据评分标准，该项指标得满分３"
    document = reading(f"{line}\n1\n０分。\n".encode(), "page.txt")
    (cut, *_) = document.paragraphs()
    assert cut.text == line + " 1"
    assert cut.doubts
    whole = reading(f"{line}\n０分。\n".encode(), "page.txt")
    assert texts(whole) == [line + "０分。"]


@pytest.mark.parametrize("lead", ["", "\t"])
def test_small_figures_that_count_up_by_chance_are_no_pages(lead: str) -> None:
    cells = ["群众满意度", "%", "≥", "90", "95", "100", "10", "10", "否"]
    rows = [[*cells, str(number)] for number in (6, 1, 2, 4, 3, 1, 4, 5, 2, 6, 7)]
    text = "\n\n".join("\n".join(lead + cell for cell in row) for row in rows)
    document = reading(text.encode(), "cells.txt")
    found = " ".join(texts(document))
    found += " ".join(c.text for block in document.grids() for c in block.cells)
    for number in ("3", "4", "5", "7"):
        assert found.split().count(number) == [row[-1] for row in rows].count(number), number


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not beside the checkout")
def test_seeds_have_the_tables_a_person_counts() -> None:
    counted = {
        "000": [],
        "001": [(22, 7), (26, 9), (22, 9)],
        "002": [],
        "003": [],
        "004": [(14, 7), (14, 7), (13, 7), (13, 7)],
    }
    found = {
        path.name[:3]: [(g.n_rows, g.n_cols) for g in read(path).grids()]
        for path in SEEDS.glob("*.txt")
    }
    assert found == counted


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not beside the checkout")
def test_nothing_printed_in_a_seed_is_lost() -> None:
    for path in SEEDS.glob("*.txt"):
        document = read(path)
        kept = "".join(texts(document)) + "".join(c.text for g in document.grids() for c in g.cells)
        printed = path.read_text(encoding="utf-8")
        for mark in ("bookmark",):
            assert mark not in kept
        squeezed = "".join(kept.split())
        for line in printed.splitlines():
            for piece in line.split("\t"):
                wanted = "".join(piece.split())
                if wanted and "[bookmark" not in piece:
                    assert wanted in squeezed, (path.name, line)
