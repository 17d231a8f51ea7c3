"""Stages of a budget and spending by nature, in rows, columns and cells; all of it is invented."""

from __future__ import annotations

import pytest

from tests.unit.extraction.grids import Spec, figures, grid, read

HEAD: list[Spec] = ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"]
LINE: list[Spec] = ["产出指标", "数量指标", "管护林地", "≥12公顷", "13公顷", "90", "90"]


@pytest.mark.parametrize("total", ["合计", "小计"])
def test_sums_of_spending_by_nature_are_not_the_total(total: str) -> None:
    rows: list[list[Spec]] = [
        [("部门名称", 2, 1), ("青石县林业局", 3, 1)],
        [("支出类别", 2, 1), "年初预算（万元）", "调整预算（万元）", "决算数（万元）"],
        [("基本支出", 1, 4), total, "1510.40", "1560.90", "1555.10"],
        ["人员经费", "1400.40", "1440.90", "1440.10"],
        ["公用经费", "100.00", "110.00", "105.00"],
        ["其他", "10.00", "10.00", "10.00"],
        [("项目支出", 1, 2), total, "800.00", "1000.00", "925.00"],
        ["其他", "800.00", "1000.00", "925.00"],
        [("总计", 2, 1), "2310.40", "2560.90", "2480.10"],
        ["一级指标", "二级指标", "三级指标", "指标值", "得分"],
        ["产出指标", "数量指标", "管护林地", "≥12公顷", "90"],
    ]
    found = read("2023年度部门整体支出绩效自评表", grid(rows), year=2023)
    budget = [(f.item, str(f.value)) for f in found.figures if f.family == "budget"]
    assert budget == [("total", "2310.40"), ("total", "2560.90"), ("total", "2480.10")]
    expense = figures(found, "expense")
    assert expense[None, "basic", "amount", "actual", 2023] == "1555.10 万元"
    assert expense[None, "personnel", "amount", "actual", 2023] == "1440.10 万元"
    assert expense[None, "project", "amount", "actual", 2023] == "925.00 万元"


def test_labels_with_the_year_beside_their_amounts() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("校园安防", 6, 1)],
        [
            "2022年预算数",
            "90",
            "2023年预算数（万元）",
            "150",
            "2023年执行数（万元）",
            ("141", 2, 1),
        ],
        HEAD,
        LINE,
    ]
    found = figures(read("2023年度项目支出绩效自评表", grid(rows), year=2023), "budget")
    assert found == {
        ("校园安防", "total", "annual_budget"): "150 万元",
        ("校园安防", "total", "executed"): "141 万元",
    }


def test_sources_as_columns_below_the_stages_of_a_budget() -> None:
    parts: list[Spec] = ["合计", "财政拨款", "其他资金"]
    rows: list[list[Spec]] = [
        ["项目名称", ("校园安防", 7, 1)],
        [
            ("项目资金（万元）", 1, 3),
            ("全年预算数", 3, 1),
            ("全年执行数", 3, 1),
            ("执行率", 1, 2),
        ],
        parts * 2,
        ["277.03", "264.34", "12.69", "202.70", "191.28", "11.42", "73.17%"],
        [*HEAD, "备注"],
        [*LINE, ""],
    ]
    found = read("2023年度项目支出绩效自评表", grid(rows))
    assert figures(found, "budget") == {
        ("校园安防", "total", "annual_budget"): "277.03 万元",
        ("校园安防", "total", "executed"): "202.70 万元",
        ("校园安防", "total", "execution_rate"): "73.17 %",
        ("校园安防", "general_public_budget", "annual_budget"): "264.34 万元",
        ("校园安防", "general_public_budget", "executed"): "191.28 万元",
        ("校园安防", "other", "annual_budget"): "12.69 万元",
        ("校园安防", "other", "executed"): "11.42 万元",
    }


def test_natures_as_columns_below_the_stages_of_a_departments_budget() -> None:
    parts: list[Spec] = ["合计", "基本支出", "项目支出", "经营支出"]
    rows: list[list[Spec]] = [
        ["部门名称", ("青石县林业局", 8, 1)],
        [("整体支出（万元）", 1, 3), ("年初预算数", 4, 1), ("全年执行数", 4, 1)],
        parts * 2,
        ["500.00", "300.00", "190.00", "10.00", "480.00", "298.00", "173.00", "9.00"],
        [*HEAD, "备注", ""],
        [*LINE, "", ""],
    ]
    found = read("2023年度部门整体支出绩效自评表", grid(rows), year=2023)
    assert figures(found, "budget") == {
        (None, "total", "initial_budget"): "500.00 万元",
        (None, "total", "executed"): "480.00 万元",
    }
    expense = figures(found, "expense")
    assert expense[None, "basic", "amount", "budget_initial", 2023] == "300.00 万元"
    assert expense[None, "project", "amount", "actual", 2023] == "173.00 万元"


@pytest.mark.parametrize(
    "money",
    [
        # sources below the stages, as in the forms of 2018
        [
            ["预算数：", "120.00", "执行数：", "118.00"],
            ["其中：财政拨款", "100.00", "其中：财政拨款", "98.50"],
            ["其他资金", "20.00", "其他资金", "19.50"],
        ],
        # sources behind the stages
        [
            ["预算数：", "120.00", "其中：财政资金", "100.00", "其他资金", "20.00"],
            ["执行数：", "118.00", "其中：财政资金", "98.50", "其他资金", "19.50"],
        ],
    ],
)
def test_stages_beside_their_totals_with_sources(money: list[list[Spec]]) -> None:
    width = len(money[0])
    band: Spec = ("项目资金（万元）", 1, len(money))
    rows: list[list[Spec]] = [
        ["项目名称", ("校园安防", max(width, 4), 1)],
        [band, *money[0]],
        *money[1:],
        ["一级指标", "三级指标", "年度指标值", "实际完成值", "得分"],
        ["产出指标", "安装监控", "≥36套", "37套", "90"],
    ]
    found = read("2018年度项目支出绩效自评表", grid(rows))
    assert figures(found, "budget") == {
        ("校园安防", "total", "annual_budget"): "120.00 万元",
        ("校园安防", "total", "executed"): "118.00 万元",
        ("校园安防", "general_public_budget", "annual_budget"): "100.00 万元",
        ("校园安防", "general_public_budget", "executed"): "98.50 万元",
        ("校园安防", "other", "annual_budget"): "20.00 万元",
        ("校园安防", "other", "executed"): "19.50 万元",
    }


def test_income_among_the_rows_of_a_department_is_not_spent() -> None:
    rows: list[list[Spec]] = [
        ["部门名称", ("青石县林业局", 3, 1)],
        ["项目（万元）", "年初预算数", "全年预算数", "决算数"],
        ["收入合计", "2310.40", "2560.90", "2561.00"],
        ["财政拨款", "2300.40", "2540.90", "2541.00"],
        ["其他收入", "10.00", "20.00", "20.00"],
        ["支出合计", "2310.40", "2560.90", "2480.10"],
        ["基本支出", "1510.40", "1560.90", "1555.10"],
        HEAD[:4],
        LINE[:4],
    ]
    found = read("2023年度部门整体支出绩效自评表", grid(rows), year=2023)
    assert figures(found, "budget") == {
        (None, "total", "initial_budget"): "2310.40 万元",
        (None, "total", "annual_budget"): "2560.90 万元",
        (None, "total", "executed"): "2480.10 万元",
    }
    assert figures(found, "expense")[None, "basic", "amount", "actual", 2023] == "1555.10 万元"
    assert [i.kind for i in found.issues] == ["unclaimed_figure"]


def test_natures_with_their_amounts_in_one_cell_of_a_target_form() -> None:
    rows: list[list[Spec]] = [
        ["部门名称", ("青石县林业局", 4, 1)],
        [("部门预算（万元）", 1, 2), ("收入预算", 2, 1), ("支出预算", 2, 1)],
        ["财政拨款：2180.50", "其他资金：30.00", "基本支出：1326.30", "项目支出：884.20"],
        ["一级指标", "二级指标", "三级指标", "绩效指标值", "备注"],
        ["产出指标", "数量指标", "管护林地", "≥12公顷", ""],
    ]
    found = read("2025年部门整体支出绩效目标表", grid(rows), year=2025)
    assert figures(found, "expense") == {
        (None, "basic", "amount", "budget_initial", 2025): "1326.30 万元",
        (None, "project", "amount", "budget_initial", 2025): "884.20 万元",
    }


def test_all_a_department_spent_is_no_budget() -> None:
    rows: list[list[Spec]] = [
        ["部门名称", ("青石县林业局", 6, 1)],
        [
            ("部门预算总额（万元）", 2, 1),
            "2560.90",
            ("部门支出总额（万元）", 2, 1),
            ("2480.10", 2, 1),
        ],
        [("预算执行率", 2, 1), "96.84%", ("预算执行得分（10分）", 2, 1), ("9.68", 2, 1)],
        HEAD,
        LINE,
    ]
    found = read("2023年度部门整体绩效自评表", grid(rows))
    budget = [(f.measure, str(f.value)) for f in found.figures if f.family == "budget"]
    assert budget == [
        ("initial_budget", "2560.90"),
        ("execution_rate", "96.84"),
        ("weight", "10"),
        ("score", "9.68"),
    ]
    assert [i.kind for i in found.issues] == ["unclaimed_figure"]


@pytest.mark.parametrize(
    ("over", "left"), [("部门收入", "项目"), ("收支情况", "收入项目"), ("", "收入来源")]
)
def test_what_came_in_beside_what_was_spent_is_no_budget(over: str, left: str) -> None:
    rows: list[list[Spec]] = [
        ["部门名称", ("青石县林业局", 6, 1)],
        [(over, 3, 1), ("", 4, 1)],
        [left, "预算数", "决算数", "项目", "年初预算数", "全年预算数", "决算数"],
        ["财政拨款", "5100", "5600", "基本支出", "2000", "2100", "2080"],
        ["其他收入", "100", "120", "项目支出", "3200", "3620", "3510"],
        ["合计", "5200", "5720", "合计", "5200", "5720", "5590"],
        HEAD,
        LINE,
    ]
    found = read("部门整体绩效自评表（2023年度）", "单位：万元", grid(rows), year=2023)
    assert not figures(found, "budget")
    expense = figures(found, "expense")
    assert expense[None, "basic", "amount", "actual", 2023] == "2080 万元"
    assert expense[None, "project", "amount", "budget_initial", 2023] == "3200 万元"
    assert [i.kind for i in found.issues] == ["unclaimed_figure"]
