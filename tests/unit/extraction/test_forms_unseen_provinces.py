"""Forms of provinces that nobody had judged before; units, projects and figures are invented."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.extraction.form_rows import rows_of
from tests.unit.extraction.grids import Spec, figures, grid, read

HEAD: list[Spec] = ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"]
LINE: list[Spec] = ["产出指标", "数量指标", "管护林地", "≥12公顷", "13公顷", "90", "90"]
_VALUES = ("level3", "target_text", "actual_text", "weight", "score")


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


@pytest.mark.parametrize("wide", [1, 2])
def test_a_head_of_sources_that_is_called_indicator(wide: int) -> None:
    money: list[Spec] = ["年初预算数", "全年预算数", "执行数", "执行率", "权重", "得分"]
    rows: list[list[Spec]] = [
        ["项目名称", ("河道保洁", 6 + wide, 1)],
        [("资金使用情况（万元）", 1, 3), ("指标", wide, 1), *money],
        [("资金总额", wide, 1), "406.71", "413.33", "396.30", "95.88%", "10", "9.59"],
        [("其中：本级财政拨款", wide, 1), "393.77", "393.54", "377.80", "", "", ""],
        [*HEAD, *["备注"] * wide],
        [*LINE, *[""] * wide],
    ]
    found = read("2023年度项目支出绩效自评表", grid(rows))
    assert rows_of(found, *_VALUES) == [("管护林地", "≥12公顷", "13公顷", 90, 90)]
    assert figures(found, "budget")["河道保洁", "total", "executed"] == "396.30 万元"
    assert figures(found, "budget")["河道保洁", "total", "score"] == "9.59 分"


def test_public_money_is_not_the_sum_over_its_parts() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道保洁", 2, 1)],
        ["资金类别（万元）", "年初预算数", "全年执行数"],
        ["资金总额", "130.00", "120.00"],
        ["财政资金小计", "120.00", "112.00"],
        ["其中：一般公共预算", "90.00", "88.00"],
        ["政府性基金", "30.00", "24.00"],
        ["其他资金", "10.00", "8.00"],
        HEAD[:3],
        LINE[:3],
    ]
    found = read("2023年度项目支出绩效自评表", grid(rows))
    stated = [(f.item, str(f.value)) for f in found.figures if f.measure == "executed"]
    assert stated == [
        ("total", "120.00"),
        ("general_public_budget", "88.00"),
        ("government_fund", "24.00"),
        ("other", "8.00"),
    ]


def test_a_sum_of_public_money_without_parts() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道保洁", 2, 1)],
        ["资金类别（万元）", "年初预算数", "全年执行数"],
        ["资金总额", "130.00", "120.00"],
        ["财政资金小计", "120.00", "112.00"],
        ["其他资金", "10.00", "8.00"],
        HEAD[:3],
        LINE[:3],
    ]
    found = figures(read("2023年度项目支出绩效自评表", grid(rows)), "budget")
    assert found["河道保洁", "general_public_budget", "executed"] == "112.00 万元"


@pytest.mark.parametrize(
    ("labels", "stated"),
    [
        # the sum of both, then the one in its own words, then neither
        ((("单位资金", "25.00"), ("事业收入", "20.00"), ("其他收入", "5.00")), ["25.00"]),
        ((("单位资金", "20.00"), ("其他资金", "5.00")), ["5.00"]),
        ((("事业收入", "20.00"), ("其他收入", "5.00")), []),
    ],
)
def test_several_rows_of_one_source(labels: tuple[tuple[str, str], ...], stated: list[str]) -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道保洁", 2, 1)],
        ["资金类别（万元）", "年初预算数", "全年执行数"],
        ["资金总额", "130.00", "120.00"],
        ["财政拨款", "105.00", "95.00"],
        *([label, amount, amount] for label, amount in labels),
        HEAD[:3],
        LINE[:3],
    ]
    found = read("2023年度项目支出绩效自评表", grid(rows))
    other = [f for f in found.figures if f.item == "other" and f.measure == "executed"]
    assert [str(f.value) for f in other] == stated
    assert len(found.issues) == (0 if stated else len(labels))


def test_columns_of_public_money_and_its_sum_in_a_list() -> None:
    rows: list[list[Spec]] = [
        [("项目名称", 1, 2), ("金额合计", 1, 2), ("财政拨款", 3, 1), ("自评得分", 1, 2)],
        ["小计", "一般公共预算", "政府性基金"],
        ["河道清淤", "120.00", "110.00", "80.00", "30.00", "95"],
        ["水质监测", "60.00", "60.00", "60.00", "0.00", "97"],
    ]
    found = read("2023年度项目绩效自评情况表", "单位：万元", grid(rows))
    public = [f for f in found.figures if f.item == "general_public_budget"]
    assert [str(f.value) for f in public] == ["80.00", "60.00"]
