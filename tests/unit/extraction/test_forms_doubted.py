"""What of a form cannot be told is missing, with a reason: figures, names, words.

Whether one row is cut or two meet stays open at some page breaks; then no text of the cells there
is published torn.
"""

from __future__ import annotations

import pytest

from orchestration.extraction.text import compact
from orchestration.reading.document import Doubt, DoubtKind
from orchestration.records import Extraction
from tests.unit.extraction.form_rows import FUNDS, HEAD, LINES, LINES_8
from tests.unit.extraction.grids import Spec, grid, read

OPEN_ROW = Doubt(DoubtKind.STRUCTURE, "跨页处是否同一行无法判定 | one row or two")
HEADER: list[Spec] = [
    "一级指标",
    "二级指标",
    "三级指标",
    "绩效指标描述",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
]
ROWS: list[list[Spec]] = [
    ["项目名称", ("图书采购", 3, 1), "主管部门", ("某县教育局", 4, 1)],
    ["年度目标", ("采购图书，丰富馆藏", 3, 1), "全年完成情况", ("采购图书两千册", 4, 1)],
    HEADER,
    ["产出指标", "数量指标", "采购图书", "册数", "≥2000册", "1900册", "50", "47", "到货较晚"],
    ["产出指标", "质量指标", "图书验收", "质量", "验收合格", "合格", "40", "40", ""],
]
FIELDS = ("level1", "level2", "level3", "description", "target_text", "actual_text")


def doubted(row: int, col: int) -> Extraction:
    """The form with one cell of which it is open what belongs to it."""
    return read("项目支出绩效自评表", grid(ROWS, doubts={(row, col): OPEN_ROW}))


@pytest.mark.parametrize(
    ("row", "col", "name"),
    [
        (3, 0, "level1"),
        (3, 1, "level2"),
        (3, 3, "description"),
        (4, 4, "target_text"),
        (4, 5, "actual_text"),
        (3, 8, "deviation_reason"),
    ],
)
def test_words_of_an_open_row_are_missing_with_a_reason(row: int, col: int, name: str) -> None:
    whole, found = read("项目支出绩效自评表", grid(ROWS)), doubted(row, col)
    assert getattr(whole.indicators[row - 3], name) is not None
    assert getattr(found.indicators[row - 3], name) is None
    (issue,) = found.issues
    assert (issue.kind, issue.severity) == ("unread_figure", "warning")
    assert f"第{row + 1}行第{col + 1}列" in issue.message
    for before, after in zip(whole.indicators, found.indicators, strict=True):
        assert (before.level3, before.score, before.weight) == (
            after.level3,
            after.score,
            after.weight,
        )


def test_a_row_whose_name_may_be_cut_is_left_out_with_a_reason() -> None:
    found = doubted(3, 2)
    assert [i.level3 for i in found.indicators] == ["图书验收"]
    assert found.indicators[0].level1 == "产出指标"
    (issue,) = found.issues
    assert "该指标行未采用" in issue.message
    assert issue.severity == "error"  # the figures of the row are missing from every sum
    assert issue.first_reading == "采购图书"


def test_a_figure_whose_target_is_open_holds_the_report_back_and_prints_no_text() -> None:
    found = doubted(3, 4)
    line = found.indicators[0]
    assert (line.target_text, line.target_value, line.target_unit) == (None, None, None)
    assert [i.severity for i in found.issues] == ["error"]


def test_a_department_cut_open_is_missing_with_a_reason() -> None:
    found = doubted(0, 5)
    assert [compact(p.department or "") for p in found.projects] == [""]
    assert [i.severity for i in found.issues] == ["warning"]


def test_a_unit_in_doubt_takes_its_value_with_it() -> None:
    """Without its unit, 95 would say something else."""
    rows: list[list[Spec]] = [
        ["项目名称", ("图书采购", 6, 1)],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "度量单位", "分值", "得分"],
        ["产出指标", "数量指标", "采购图书", "2000", "册", "50", "47"],
    ]
    found = read("项目支出绩效自评表", grid(rows, doubts={(2, 4): OPEN_ROW}))
    assert (found.indicators[0].target_text, found.indicators[0].target_value) == (None, None)
    assert found.indicators[0].weight == 50
    assert len(found.issues) == 1


@pytest.mark.parametrize(
    ("kind", "severity"),
    [
        (DoubtKind.OVERFLOW, "warning"),
        (DoubtKind.CUT, "error"),
        (DoubtKind.OVERPRINT, "error"),
        (DoubtKind.STRUCTURE, "error"),
    ],
)
def test_a_project_name_in_doubt_is_not_published_without_hesitation(
    kind: DoubtKind, severity: str
) -> None:
    found = read(
        "2023年度项目支出绩效自评表",
        grid(
            [
                ["项目名称", ("河道管护经", 4, 1)],
                ["项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "执行率"],
                ["年度资金总额", "120", "135.5", "128.73", "95%"],
            ],
            doubts={(0, 1): Doubt(kind, "名称存疑 | a name in doubt")},
        ),
    )
    assert [i.severity for i in found.issues if "项目名称" in i.message] == [severity]


def test_figure_on_which_the_readings_disagree_is_withheld() -> None:
    doubt = Doubt(DoubtKind.DISAGREEMENT, "两次读取不一致", "90.00", "96.00")
    found = read("项目支出绩效自评表", grid([*HEAD, *FUNDS, *LINES], doubts={(3, 5): doubt}))
    [executed] = [f for f in found.figures if f.measure == "executed" and f.item == "total"]
    assert executed.value is None
    assert executed.cell_text == "90.00"
    [issue] = found.issues
    assert (issue.kind, issue.severity) == ("disagreement", "error")
    assert (issue.first_reading, issue.second_reading) == ("90.00", "96.00")
    assert "第4行" in issue.message


def test_number_that_leaves_its_cell_withholds_its_row() -> None:
    rows = [
        *HEAD,
        FUNDS[0],
        [("年度资金总额 4", 2, 1), "36000.0", "0 422700.00 4", "22700.0", "10", "100%", "10"],
        *FUNDS[2:],
        *LINES,
    ]
    found = read("项目支出绩效自评表", grid(rows))
    row = [f for f in found.figures if f.source_row == 4]
    assert row
    assert {f.value for f in row} == {None}
    assert "error" in {i.severity for i in found.issues}


def test_unreadable_figure_is_reported_with_its_place() -> None:
    rows = [*LINES_8[:1], ["产出指标", "数量指标", "采购图书", "500册", "500册", "9O", "90", ""]]
    found = read("项目支出绩效自评表", grid([["项目名称", ("图书采购", 7, 1)], *rows]))
    assert found.indicators[0].weight is None
    assert [(i.kind, i.source_row, i.source_col) for i in found.issues] == [("unread_figure", 3, 6)]


def test_unknown_words_are_reported_not_dropped() -> None:
    rows: list[list[Spec]] = [
        ["一级指标", "二级指标", "三级指标", "年度指标值", "分值", "玄妙列"],
        ["神秘指标", "数量指标", "采购图书", "500册", "90", ""],
    ]
    found = read("项目支出绩效自评表", grid([["项目名称", ("图书采购", 5, 1)], *rows]))
    assert [(i.kind, i.first_reading) for i in found.issues] == [
        ("unknown_word", None),
        ("unknown_word", None),
    ]
    assert found.indicators[0].level1 == "神秘指标"
    assert found.indicators[0].level1_std == "other"


def test_figures_of_a_form_that_nobody_claims_are_counted() -> None:
    rows = [*LINES_8, ["附加扣分值", "3.5", "", "", "", "", "", ""]]
    rows = [["项目名称", ("图书采购", 7, 1)], ["神秘金额", ("77.7", 7, 1)], *rows[:2]]
    found = read("项目支出绩效自评表", grid(rows))
    [issue] = [i for i in found.issues if i.kind == "unclaimed_figure"]
    assert "77.7" in issue.message


@pytest.mark.parametrize("kind", [DoubtKind.OVERPRINT, DoubtKind.LOW_OCR, DoubtKind.UNMAPPED])
def test_scores_in_doubt_are_withheld(kind: DoubtKind) -> None:
    doubt = Doubt(kind, "不可信")
    found = read(
        "项目支出绩效自评表",
        grid([["项目名称", ("图书采购", 7, 1)], *LINES_8], doubts={(2, 6): doubt}),
    )
    assert found.indicators[0].score is None
    assert found.indicators[0].weight == 90
    assert [(i.kind, i.severity) for i in found.issues] == [("unread_figure", "error")]


def test_sign_misread_on_a_scan_withholds_the_target() -> None:
    rows = [LINES_8[0], ["产出指标", "质量指标", "合格率", "292%", "95%", "90", "90", ""]]
    form = grid([["项目名称", ("图书采购", 7, 1)], *rows])
    scanned = read("项目支出绩效自评表", form, is_scanned=True)
    assert scanned.indicators[0].target_value is None
    assert scanned.indicators[0].target_text == "292%"
    printed = read("项目支出绩效自评表", form)
    assert printed.indicators[0].target_value == 292


@pytest.mark.parametrize(
    "kind",
    [DoubtKind.OVERPRINT, DoubtKind.DISAGREEMENT, DoubtKind.UNMAPPED, DoubtKind.STRUCTURE],
)
def test_goals_in_doubt_are_withheld_and_the_rest_stands(kind: DoubtKind) -> None:
    rows = [
        ["项目名称", ("图书采购", 7, 1)],
        ["年度目标", ("采购图书，丰富馆藏", 3, 1), "全年完成情况", ("采购图书两千册", 3, 1)],
        *LINES_8,
    ]
    found = read("项目支出绩效自评表", grid(rows, doubts={(1, 1): Doubt(kind, "不可信")}))
    assert [(g.goal_text, g.completion_text) for g in found.goals] == [(None, "采购图书两千册")]
    assert found.indicators[0].weight == 90
    assert [(i.kind, i.severity) for i in found.issues] == [("unread_figure", "warning")]


def test_what_the_edge_of_a_cell_cuts_off_is_not_published() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("图书采购", 5, 1)],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "分值", "得分"],
        ["产出指标", "数量指标", "采购图书数", "2000册", "50", "47"],
        ["产出指标", "质量指标", "完好率", "≥95", "50", "47"],
    ]
    cut = Doubt(DoubtKind.CUT, "文字被单元格边界截断 | text cut off by its cell")
    found = read("项目支出绩效自评表", grid(rows, doubts={(2, 2): cut, (3, 3): cut}))
    name, target = found.indicators
    assert (name.level3, name.target_value, name.score) == (None, 2000, 47)
    assert (target.level3, target.target_text, target.target_value) == ("完好率", None, None)
    assert [i.severity for i in found.issues] == ["warning", "error"]
