"""Whose form it is: names of projects and transfers, years; all of it is invented."""

from __future__ import annotations

import pytest

from orchestration.extraction.run import extract
from tests.unit.extraction.grids import Spec, document, figures, grid, read

HEAD: list[Spec] = ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"]
LINE: list[Spec] = ["产出指标", "数量指标", "管护林地", "≥12公顷", "13公顷", "90", "90"]


@pytest.mark.parametrize(
    "lines",
    [
        ("项目名称：天然林管护", "金额单位：万元"),
        ("主管部门：青石县林业局　　项目名称：天然林管护  填表日期：2024年3月5日",),
    ],
)
def test_a_project_named_on_a_line_between_title_and_grid(lines: tuple[str, ...]) -> None:
    rows: list[list[Spec]] = [
        ["预算执行情况（万元）", "年初预算", "调整后预算数", "预算执行数"],
        ["总额", "203.77", "229.29", "209.59"],
        HEAD[:4],
        LINE[:4],
    ]
    found = read("部门预算项目支出绩效自评表（2023年度）", *lines, grid(rows))
    assert {i.project_name for i in found.indicators} == {"天然林管护"}
    assert figures(found, "budget")["天然林管护", "total", "executed"] == "209.59 万元"
    assert [p.project_name for p in found.projects] == ["天然林管护"]


def test_lines_over_a_title_name_no_project() -> None:
    rows: list[list[Spec]] = [["部门名称", ("青石县林业局", 6, 1)], HEAD, LINE]
    title = "2023年度部门整体支出绩效自评表"
    found = read("项目名称：天然林管护", title, grid(rows))
    assert {i.project_name for i in found.indicators} == {None}


def test_a_transfer_is_named_by_its_own_label_and_not_by_the_forms_title() -> None:
    rows: list[list[Spec]] = [
        [("转移支付（专项）名称", 2, 1), ("农业生产发展资金", 2, 1)],
        [("资金投入情况（万元）", 1, 2), "", "全年预算数（A）", "全年执行数（B）"],
        ["年度资金总额：", "560.00", "532.00"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "改良耕地", "≥3万亩"],
    ]
    found = read("中央对地方转移支付区域（项目）绩效目标自评表", "（2022年度）", grid(rows))
    assert {i.project_name for i in found.indicators} == {"农业生产发展资金"}
    assert {f.project_name for f in found.figures} == {"农业生产发展资金"}


def test_the_year_beside_its_label_and_not_that_of_the_filling_in() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("校园安防", 2, 1), "评价年度", "2023年"],
        ["项目单位", ("青石县教育局", 2, 1), "填报日期", "2024年4月8日"],
        ["一级指标", "三级指标", "目标值", "完成值", "得分"],
        ["产出指标", "安装监控", "≥36套", "37套", "90"],
    ]
    found = extract(document("财政支出项目绩效自评表", grid(rows)))
    assert found.document.fiscal_year == 2023
