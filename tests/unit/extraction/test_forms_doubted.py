"""Words of a form that cannot be told, as where a page break may cut a row: missing, with a reason.

Whether one row is cut or two meet stays open at some page breaks; then no text of the cells there
is published torn.
"""

from __future__ import annotations

import pytest

from orchestration.extraction.text import compact
from orchestration.reading.document import Doubt, DoubtKind
from orchestration.records import Extraction
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


def test_a_goal_cut_open_is_missing_with_a_reason() -> None:
    found = doubted(1, 1)
    assert [(g.goal_text, g.completion_text) for g in found.goals] == [(None, "采购图书两千册")]
    assert len(found.issues) == 1


def test_a_project_name_cut_open_holds_the_report_back() -> None:
    assert [i.severity for i in doubted(0, 1).issues] == ["error"]


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
