"""Lines of indicators in layouts that nobody had judged before; all of it is invented."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.extraction.form_rows import rows_of
from tests.unit.extraction.grids import Spec, figures, grid, read

HEAD: list[Spec] = ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"]
LINE: list[Spec] = ["产出指标", "数量指标", "管护林地", "≥12公顷", "13公顷", "90", "90"]
_VALUES = ("level3", "target_text", "actual_text", "weight", "score")


def test_a_direction_beside_the_sign_of_a_target() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("基层培训", 6, 1)],
        [*HEAD[:3], "指标方向", "指标性质", "目标值", "计量单位"],
        ["产出指标", "质量指标", "合格率", "正向指标", "大于等于", "97.5", "%"],
        ["产出指标", "成本指标", "总成本", "反向指标", "小于等于", "86.5", "万元"],
        ["产出指标", "数量指标", "户数", "正向指标", "等于", "127", "户"],
    ]
    found = read("2024年项目支出绩效目标表", grid(rows))
    assert rows_of(found, "level3", "target_operator", "target_value", "nature") == [
        ("合格率", ">=", Decimal("97.5"), "正向指标"),
        ("总成本", "<=", Decimal("86.5"), "反向指标"),
        ("户数", "=", 127, "正向指标"),
    ]


def test_what_was_done_by_mid_year_is_not_the_years() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("校园安防", 8, 1)],
        [
            *((head, 1, 2) for head in HEAD[:3]),
            ("年度指标值", 2, 1),
            ("实际完成值", 2, 1),
            ("分值", 1, 2),
            ("得分", 1, 2),
        ],
        ["上半年", "全年", "上半年", "全年"],
        ["产出指标", "数量指标", "安装监控", "≥20套", "≥36套", "22套", "37套", "90", "90"],
    ]
    found = read("2023年度项目支出绩效自评表", grid(rows))
    assert rows_of(found, *_VALUES) == [("安装监控", "≥36套", "37套", 90, 90)]


@pytest.mark.parametrize(
    ("label", "total", "stated"),
    [
        ("自评总得分", "99", {"total_score": "99 分"}),
        ("总分", "99.52", {"total_score": "99.52 分"}),
        ("总分", "100", {}),
    ],
)
def test_one_total_over_the_columns_of_weight_and_score(
    label: str, total: str, stated: dict[str, str]
) -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("校园安防", 7, 1)],
        [*HEAD, "备注"],
        [*LINE, ""],
        [("预算执行率得分", 5, 1), ("9.52", 2, 1), ""],
        [(label, 5, 1), (total, 2, 1), ""],
    ]
    found = read("2023年度项目支出绩效自评表", grid(rows))
    evaluation = figures(found, "evaluation")
    assert {key[2]: text for key, text in evaluation.items()} == stated
    assert figures(found, "budget") == {("校园安防", "total", "score"): "9.52 分"}


def test_weights_as_shares_of_one_are_no_points() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道清淤", 6, 1)],
        HEAD,
        ["产出指标", "数量指标", "清淤长度", "≥12公里", "12公里", "0.5", "50"],
        ["效益指标", "社会效益指标", "受益人口", "≥8000人", "7600人", "0.5", "48"],
        [("合计", 5, 1), "1", "98"],
    ]
    found = read("2023年度项目支出绩效自评表", grid(rows))
    assert rows_of(found, "weight", "score") == [(None, 50), (None, 48)]
    assert figures(found, "evaluation") == {("河道清淤", None, "total_score"): "98 分"}
    assert [i.kind for i in found.issues] == ["unread_figure"]


@pytest.mark.parametrize(
    ("head", "names"), [("三级指标及分值", ["管护林地"]), ("工作事项分解", [None])]
)
def test_a_second_level_is_no_name_beside_a_head_that_nobody_knows(
    head: str, names: list[str | None]
) -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道清淤", 6, 1)],
        [*HEAD[:2], head, *HEAD[3:]],
        LINE,
    ]
    found = read("2023年度项目支出绩效自评表", grid(rows))
    assert [i.level3 for i in found.indicators] == names
    assert [i.score for i in found.indicators] == [90]


@pytest.mark.parametrize(
    ("notes", "weights"),
    [
        (("权重60%", "权重40%"), [60, 40]),
        (("分值：60分", "分值：40分"), [60, 40]),
        (("权重60%", "新增"), [None, None]),
    ],
)
def test_weights_below_remarks(notes: tuple[str, str], weights: list[int | None]) -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道清淤", 4, 1)],
        [*HEAD[:4], "备注"],
        [*LINE[:4], notes[0]],
        ["效益指标", "社会效益指标", "受益人口", "≥8000人", notes[1]],
    ]
    found = read("2025年项目支出绩效目标表", grid(rows))
    assert [i.weight for i in found.indicators] == weights


def test_weights_and_scores_behind_every_level() -> None:
    rows: list[list[Spec]] = [
        ["一级指标", "分值", "得分", "二级指标", "分值", "得分", "三级指标", "分值", "得分"],
        [
            *((text, 1, 2) for text in ("产出", "50", "47")),
            *((text, 1, 2) for text in ("数量", "50", "47")),
            *("修缮校舍", "30", "29"),
        ],
        ["安装监控", "20", "18"],
        ["效益", "50", "50", "社会效益", "50", "50", "受益学生", "50", "49.5"],
    ]
    found = read("2023年度项目支出绩效自评表", grid(rows))
    assert rows_of(found, "level3", "weight", "score") == [
        ("修缮校舍", 30, 29),
        ("安装监控", 20, 18),
        ("受益学生", 50, Decimal("49.5")),
    ]
