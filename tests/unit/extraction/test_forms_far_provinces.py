"""Forms of provinces that nobody had looked at before; units, projects and figures are invented."""

from __future__ import annotations

import pytest

from tests.unit.extraction.form_rows import rows_of
from tests.unit.extraction.grids import Spec, figures, grid, read

TITLE = "2023年度项目支出绩效自评表"
HEAD: list[Spec] = ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"]
_VALUES = ("level3", "target_text", "actual_text", "weight", "score")


@pytest.mark.parametrize(
    "heads",
    [
        ("1—7月执行数", "1-7月执行率", "全年预计执行数"),
        ("截至9月底执行数", "执行率", "预计全年执行数"),
        ("监控期执行数", "执行率", "预计完成支出"),
        ("执行数", "执行率", "全年预计执行数"),
    ],
)
def test_a_monitoring_form_has_no_execution_of_the_year(heads: tuple[str, str, str]) -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("渡口整治", 6, 1)],
        [("项目资金（万元）", 1, 3), "", "年初预算数", "全年预算数", *heads],
        ["年度资金总额", "120.00", "121.50", "48.60", "40%", "121.50"],
        ["其中：财政拨款", "100.00", "101.50", "48.60", "47.88%", "101.50"],
        [*HEAD[:4], "1—7月完成情况", "全年预计完成情况", "完成目标可能性"],
        ["产出指标", "数量指标", "护栏更新", "≥6处", "3处", "6处", "确定能"],
    ]
    found = read("2023年度项目支出绩效运行监控表", grid(rows))
    assert figures(found, "budget") == {
        ("渡口整治", "total", "initial_budget"): "120.00 万元",
        ("渡口整治", "total", "annual_budget"): "121.50 万元",
        ("渡口整治", "general_public_budget", "initial_budget"): "100.00 万元",
        ("渡口整治", "general_public_budget", "annual_budget"): "101.50 万元",
    }
    assert not figures(found, "expense")
    assert rows_of(found, *_VALUES) == [("护栏更新", "≥6处", None, None, None)]


def test_a_list_of_units_is_said_and_left_alone() -> None:
    rows: list[list[Spec]] = [
        [
            "序号",
            "预算单位",
            "项目个数",
            "年初预算数",
            "全年执行数",
            "执行率",
            "自评得分",
            "自评等级",
        ],
        ["1", "青石县教育局机关", "12", "1200.50", "1250.00", "96.15%", "97.5", "优"],
        ["2", "青石县第一中学", "5", "300.00", "305.00", "98.39%", "95.2", "优"],
        [("合计", 2, 1), "17", "1500.50", "1555.00", "96.5%", "", ""],
    ]
    found = read("2023年度项目支出绩效自评结果汇总表", grid(rows))
    assert not found.figures
    assert [i.kind for i in found.issues] == ["unclaimed_table"]


def test_sources_beside_spending_by_nature() -> None:
    rows: list[list[Spec]] = [
        ["部门名称", ("青石县档案馆", 8, 1)],
        [("预算资金（万元）", 1, 5), ("预算资金来源", 3, 1), ("预算资金支出", 5, 1)],
        [
            "资金来源",
            "年初预算数",
            "全年执行数",
            "支出类别",
            "年初预算数",
            "全年执行数",
            "执行率",
            "",
        ],
        ["资金总额", "500", "510", "支出合计", "500", "510", "102%", ""],
        ["财政拨款", "480", "490", "基本支出", "300", "305", "101.67%", ""],
        ["其他资金", "20", "20", "项目支出", "200", "205", "102.5%", ""],
    ]
    found = read("2023年度部门整体绩效自评表", grid(rows), year=2023)
    assert figures(found, "budget") == {
        (None, "total", "initial_budget"): "500 万元",
        (None, "total", "executed"): "510 万元",
        (None, "general_public_budget", "initial_budget"): "480 万元",
        (None, "general_public_budget", "executed"): "490 万元",
        (None, "other", "initial_budget"): "20 万元",
        (None, "other", "executed"): "20 万元",
    }
    expense = figures(found, "expense")
    assert expense[None, "basic", "amount", "actual", 2023] == "305 万元"
    assert expense[None, "project", "amount", "budget_initial", 2023] == "200 万元"


def test_the_money_of_a_whole_period_is_not_the_years() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("草原监测", 3, 1)],
        ["项目期资金总额（万元）", "90.00", "年度资金总额（万元）", "30.00"],
        ["其中：财政拨款", "90.00", "其中：财政拨款", "30.00"],
        HEAD[:4],
        ["产出指标", "数量指标", "监测样方", "≥100个"],
    ]
    found = read("2024年项目支出绩效目标申报表", grid(rows))
    budget = [(f.item, str(f.value)) for f in found.figures if f.family == "budget"]
    assert budget == [("total", "30.00"), ("general_public_budget", "30.00")]


def test_dates_as_target_and_actual_open_no_spending_plan() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("防风加固", 6, 1)],
        HEAD,
        ["产出", "数量", "加固株数", "1500株", "1500株", "40", "40"],
        ["产出", "时效", "完工时间", "8月底", "9月底", "20", "18"],
        ["效益", "社会", "道路畅通", "达到", "达到", "40", "40"],
        [("合计", 5, 1), "100", "98"],
    ]
    found = read(TITLE, grid(rows))
    assert rows_of(found, *_VALUES)[1:] == [
        ("完工时间", "8月底", "9月底", 20, 18),
        ("道路畅通", "达到", "达到", 40, 40),
    ]
    assert figures(found, "evaluation")["防风加固", None, "total_score"] == "98 分"


def test_the_money_of_a_policy_is_not_the_departments() -> None:
    rows: list[list[Spec]] = [
        ["政策名称", ("稻谷补贴", 5, 1)],
        ["政策资金（万元）", "年初预算数", "全年预算数", "全年执行数", "执行率", "得分"],
        ["年度资金总额", "3200", "3315", "3315", "100%", "10"],
        [*HEAD[1:]],
        ["数量指标", "补贴面积", "≥30万亩", "31.8万亩", "90", "90"],
    ]
    found = read("2023年度政策绩效自评表", grid(rows))
    assert {f.project_name for f in found.figures} == {"稻谷补贴"}


def test_two_levels_under_one_head_beside_the_names() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("居家养老", 6, 1)],
        [("评价内容", 2, 1), "评价指标", "指标目标值", "实际完成", "分值", "自评得分"],
        [("产出指标", 1, 2), "数量指标", "服务老人", "≥1200人", "1260人", "50", "50"],
        ["质量指标", "合格率", "≥98%", "97%", "50", "49"],
    ]
    found = read("2023年度政府购买服务项目绩效自评表", grid(rows))
    assert rows_of(found, "level1", "level2", *_VALUES) == [
        ("产出指标", "数量指标", "服务老人", "≥1200人", "1260人", 50, 50),
        ("产出指标", "质量指标", "合格率", "≥98%", "97%", 50, 49),
    ]


def test_a_column_of_first_levels_under_another_name() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("古树保护", 5, 1)],
        ["指标类别", "指标名称", "目标值", "年度指标完成值", "分值", "自评得分"],
        [("产出指标", 1, 2), "保护株数", "≥210株", "215株", "50", "50"],
        ["挂牌时间", "10月", "11月", "20", "18"],
        ["效益指标", "存活率", "≥99%", "99.5%", "30", "30"],
    ]
    found = read(TITLE, grid(rows))
    assert rows_of(found, "level1_std", *_VALUES) == [
        ("output", "保护株数", "≥210株", "215株", 50, 50),
        ("output", "挂牌时间", "10月", "11月", 20, 18),
        ("benefit", "存活率", "≥99%", "99.5%", 30, 30),
    ]


@pytest.mark.parametrize(
    ("operator", "value", "unit", "text"),
    [("≥", "560盏", "", "≥560盏"), ("≤", "270", "万元", "≤270万元"), ("≥", "良好", "", "良好")],
)
@pytest.mark.parametrize("head", ["指标性质", "指标值类型"])
def test_a_sign_in_a_column_of_its_own(
    head: str, operator: str, value: str, unit: str, text: str
) -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("路灯改造", 6, 1)],
        [*HEAD[:3], head, "年度指标值", "度量单位", "全年完成值"],
        ["产出指标", "数量指标", "改造路灯", operator, value, unit, "700"],
    ]
    found = read(TITLE, grid(rows))
    assert rows_of(found, "target_text", "nature" if head == "指标值类型" else "level3") == [
        (text, None if head == "指标值类型" else "改造路灯")
    ]


@pytest.mark.parametrize(
    ("head", "cell"), [("权重（分）/得分", "20/16"), ("自评得分（分）/权重", "16/20")]
)
def test_weight_and_score_under_one_head(head: str, cell: str) -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("数字门牌", 5, 1)],
        [*HEAD[:5], head],
        ["产出", "时效", "制作周期", "≤60天", "72天", cell],
    ]
    assert rows_of(read(TITLE, grid(rows)), "weight", "score") == [(20, 16)]


def test_half_a_years_target_is_not_the_years() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("湿地修复", 4, 1)],
        [*HEAD[:3], "半年（程）指标值", "全年（程）指标值"],
        ["产出", "数量", "修复面积", "≥20公顷", "≥50公顷"],
    ]
    found = read("2023年度项目绩效目标表", grid(rows))
    assert rows_of(found, "level3", "target_text") == [("修复面积", "≥50公顷")]


@pytest.mark.parametrize(
    ("adjusted", "executed", "rate", "expected"),
    [
        ("402.60", "398.80", "99.06%", {"annual_budget": "402.60 万元"}),
        ("16.40", "398.80", "99.06%", {"adjustment": "16.40 万元"}),
    ],
)
def test_an_adjusted_budget_beside_its_label_is_told_by_the_rate(
    adjusted: str, executed: str, rate: str, expected: dict[str, str]
) -> None:
    rows: list[list[Spec]] = [
        ["单位名称", ("沙洲县信访局", 7, 1)],
        [
            *("年初预算（万元）", "386.20", "调整预算（万元）", adjusted),
            *("实际支出（万元）", executed, "执行率", rate),
        ],
        [*HEAD, "备注"],
        ["产出指标", "数量指标", "接访批次", "≥600批", "642批", "90", "90", ""],
    ]
    found = figures(read("2023年度部门整体支出绩效自评表", grid(rows)), "budget")
    assert {key[2]: text for key, text in found.items()} == {
        "initial_budget": "386.20 万元",
        "executed": "398.80 万元",
        "execution_rate": "99.06 %",
        **expected,
    }


def test_one_row_of_money_below_several_heads_needs_no_label() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("古树保护", 5, 1)],
        [("资金情况（万元）", 1, 3), ("预算安排情况", 2, 1), ("资金执行情况", 3, 1)],
        ["预算数", "其中：财政资金", "执行数", "执行率", "结余数"],
        ["45.00", "45.00", "43.20", "96%", "1.80"],
        ["一级指标", "三级指标", "目标值", "实际值", "分值", "得分"],
        ["产出指标", "保护株数", "≥210株", "215株", "90", "90"],
    ]
    assert figures(read(TITLE, grid(rows)), "budget") == {
        ("古树保护", "total", "annual_budget"): "45.00 万元",
        ("古树保护", "total", "executed"): "43.20 万元",
        ("古树保护", "total", "execution_rate"): "96 %",
    }


def test_a_unit_of_its_own_over_the_second_form_of_a_sheet() -> None:
    funds: list[Spec] = ["资金总额", "36.00", "34.20"]
    rows: list[list[Spec]] = [
        [("2023年度项目支出绩效自评表（一）", 3, 1)],
        ["项目名称", ("校园安保", 2, 1)],
        ["资金（万元）", "年初预算数", "全年执行数"],
        funds,
        ["一级指标", "三级指标", "指标值"],
        ["产出指标", "保安人数", "12人"],
        [("2023年度项目支出绩效自评表（二）", 3, 1)],
        ["", "", "单位：元"],
        ["项目名称", ("校舍维修", 2, 1)],
        ["资金", "年初预算数", "全年执行数"],
        ["资金总额", "480,000.00", "456,000.00"],
        ["一级指标", "三级指标", "指标值"],
        ["产出指标", "维修面积", "900平方米"],
    ]
    found = figures(read(grid(rows)), "budget")
    assert found["校园安保", "total", "executed"] == "34.20 万元"
    assert found["校舍维修", "total", "executed"] == "456000.00 元"


def test_what_a_failed_formula_prints_is_no_target() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("渡口整治", 4, 1)],
        HEAD[:5],
        ["产出指标", "数量指标", "事故数", "#NAME?", "#N/A"],
    ]
    found = read(TITLE, grid(rows))
    assert rows_of(found, "level3", "target_text", "actual_text") == [("事故数", None, None)]
    assert [i.kind for i in found.issues] == ["unread_figure"] * 2


def test_two_projects_side_by_side() -> None:
    rows: list[list[Spec]] = [
        [("2023年度项目支出绩效自评表", 8, 1)],
        ["项目名称", ("路灯维护", 3, 1), "项目名称", ("绿化养护", 3, 1)],
        ["三级指标", "指标值", "完成值", "得分"] * 2,
        ["维护盏数", "1200盏", "1210盏", "50", "养护面积", "36亩", "36亩", "50"],
        ["亮灯率", "≥98%", "99%", "50", "成活率", "≥95%", "93%", "48"],
    ]
    names = ("project_name", "level3", "target_text", "score")
    assert rows_of(read(grid(rows)), *names) == [
        ("路灯维护", "维护盏数", "1200盏", 50),
        ("路灯维护", "亮灯率", "≥98%", 50),
        ("绿化养护", "养护面积", "36亩", 50),
        ("绿化养护", "成活率", "≥95%", 48),
    ]


def test_two_projects_side_by_side_with_cells_over_both_are_held_back() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", "路灯维护", "项目名称", "绿化养护"],
        ["三级指标", ("指标值", 2, 1), "得分"],
        ["亮灯率", ("≥98%", 2, 1), "50"],
    ]
    found = read(TITLE, grid(rows))
    assert not found.indicators
    assert [i.kind for i in found.issues] == ["unclaimed_table"]


def test_targets_of_the_year_to_come_beside_the_years_own() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("林长制", 6, 1)],
        ["资金来源", "2023年预算数", "2023年执行数", "执行率", ("2024年预算数", 3, 1)],
        ["资金总额", "40", "38", "95%", ("45", 3, 1)],
        [
            *((head, 1, 2) for head in ("一级指标", "三级指标")),
            ("2023年", 3, 1),
            ("2024年目标值", 1, 2),
            ("备注", 1, 2),
        ],
        ["目标值", "完成值", "得分"],
        ["产出指标", "巡林次数", "≥3000次", "3120次", "50", "≥3100次", ""],
    ]
    found = read("2023年度项目支出绩效自评表", "单位：万元", grid(rows), year=2023)
    assert rows_of(found, "target_text", "actual_text", "score") == [("≥3000次", "3120次", 50)]
    assert figures(found, "budget") == {
        ("林长制", "total", "annual_budget"): "40 万元",
        ("林长制", "total", "executed"): "38 万元",
        ("林长制", "total", "execution_rate"): "95 %",
    }


def test_a_sum_over_all_levels_and_the_rate_of_execution_among_the_lines() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("防疫物资", 6, 1)],
        HEAD,
        ["产出指标（50分）", "数量指标", "口罩", "5万只", "5万只", "50", "50"],
        ["效益指标（40分）", "社会效益指标", "零感染", "0例", "0例", "40", "40"],
        [("小计", 5, 1), "90", "90"],
        [("预算执行率", 5, 1), "10", "9.6"],
        [("总分", 5, 1), "100", "99.6"],
    ]
    found = read(TITLE, grid(rows))
    assert figures(found, "evaluation_part") == {
        ("防疫物资", "output", "weight"): "50 分",
        ("防疫物资", "benefit", "weight"): "40 分",
    }
    parts = [(f.item, str(f.value)) for f in found.figures if f.family == "evaluation_part"]
    assert parts == [("output", "50"), ("benefit", "40")]
    assert figures(found, "budget") == {
        ("防疫物资", "total", "weight"): "10 分",
        ("防疫物资", "total", "score"): "9.6 分",
    }
    assert [i.level3 for i in found.indicators] == ["口罩", "零感染"]
