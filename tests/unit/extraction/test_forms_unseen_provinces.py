"""Forms of provinces that nobody had judged before; units, projects and figures are invented."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestration.extraction.run import extract
from tests.unit.extraction.form_rows import rows_of
from tests.unit.extraction.grids import Spec, document, figures, grid, read

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
    ("labels", "stated", "left"),
    [
        # the sum of both, then the one in its own words, then neither
        ((("单位资金", "25.00"), ("事业收入", "20.00"), ("其他收入", "5.00")), ["25.00"], 0),
        ((("单位资金", "20.00"), ("其他资金", "5.00")), ["5.00"], 1),
        ((("事业收入", "20.00"), ("其他收入", "5.00")), [], 2),
    ],
)
def test_several_rows_of_one_source(
    labels: tuple[tuple[str, str], ...], stated: list[str], left: int
) -> None:
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
    assert len(found.issues) == left


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


def test_sources_below_the_stages_of_a_list() -> None:
    heads = ("全年预算数（万元）", "全年执行数（万元）")
    rows: list[list[Spec]] = [
        [("项目名称", 1, 2), *((head, 3, 1) for head in heads), ("自评得分", 1, 2)],
        ["小计", "财政拨款", "其他资金"] * 2,
        ["河道清淤", "120.00", "100.00", "20.00", "115.00", "98.00", "17.00", "96"],
        ["水质监测", "60.00", "60.00", "", "54.00", "54.00", "", "91"],
    ]
    found = read("2023年度项目支出绩效自评汇总表", grid(rows))
    assert figures(found, "budget") == {
        ("河道清淤", "total", "annual_budget"): "120.00 万元",
        ("河道清淤", "total", "executed"): "115.00 万元",
        ("河道清淤", "general_public_budget", "annual_budget"): "100.00 万元",
        ("河道清淤", "other", "annual_budget"): "20.00 万元",
        ("河道清淤", "general_public_budget", "executed"): "98.00 万元",
        ("河道清淤", "other", "executed"): "17.00 万元",
        ("水质监测", "total", "annual_budget"): "60.00 万元",
        ("水质监测", "total", "executed"): "54.00 万元",
        ("水质监测", "general_public_budget", "annual_budget"): "60.00 万元",
        ("水质监测", "general_public_budget", "executed"): "54.00 万元",
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


def test_the_rest_of_kinds_of_projects_is_no_other_fund() -> None:
    rows: list[list[Spec]] = [
        ["部门名称", ("青石县林业局", 3, 1)],
        ["项目类别（万元）", "年初预算数", "全年预算数", "全年执行数"],
        ["合计", "310.40", "360.90", "348.10"],
        ["其他运转类", "200.00", "230.00", "225.00"],
        ["特定目标类", "100.40", "120.90", "118.10"],
        ["其他", "10.00", "10.00", "5.00"],
        HEAD[:4],
        LINE[:4],
    ]
    found = read("2023年度部门整体支出绩效自评表", grid(rows), year=2023)
    assert {f.item for f in found.figures if f.family == "budget"} == {"total"}
    assert sum(i.kind == "unknown_word" for i in found.issues) == 3


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


def test_the_year_beside_its_label_and_not_that_of_the_filling_in() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("校园安防", 2, 1), "评价年度", "2023年"],
        ["项目单位", ("青石县教育局", 2, 1), "填报日期", "2024年4月8日"],
        ["一级指标", "三级指标", "目标值", "完成值", "得分"],
        ["产出指标", "安装监控", "≥36套", "37套", "90"],
    ]
    found = extract(document("财政支出项目绩效自评表", grid(rows)))
    assert found.document.fiscal_year == 2023


def test_a_list_of_projects_with_their_money_and_indicators() -> None:
    money: list[Spec] = ["预算数（万元）", "执行数（万元）", "执行率"]
    left: list[Spec] = [(head, 1, 2) for head in ("项目名称", *map(str, money))]
    own: list[Spec] = [(text, 1, 2) for text in ("河道清淤", "120.00", "114.00", "95%")]
    rows: list[list[Spec]] = [
        [*left, ("绩效指标", 5, 1), ("自评总分", 1, 2)],
        ["一级指标", "三级指标", "指标值", "完成值", "得分"],
        [*own, "产出指标", "清淤长度", "≥12公里", "12公里", "50", ("90.5", 1, 2)],
        ["效益指标", "受益人口", "≥8000人", "7600人", "40.5"],
    ]
    found = read("2023年度项目支出绩效自评情况表", grid(rows))
    assert rows_of(found, "project_name", "level3", "actual_text") == [
        ("河道清淤", "清淤长度", "12公里"),
        ("河道清淤", "受益人口", "7600人"),
    ]
    assert figures(found, "budget") == {
        ("河道清淤", "total", "annual_budget"): "120.00 万元",
        ("河道清淤", "total", "executed"): "114.00 万元",
        ("河道清淤", "total", "execution_rate"): "95 %",
    }
    assert figures(found, "evaluation")["河道清淤", None, "total_score"] == "90.5 分"


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


def test_money_and_targets_of_several_years_side_by_side() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道清淤", 6, 1)],
        [
            ("项目资金（万元）", 1, 3),
            "",
            "总额",
            "2024年（已安排）",
            "2025年（本年）",
            ("2026年", 2, 1),
        ],
        ["资金总额", "300.00", "90.00", "120.00", ("90.00", 2, 1)],
        ["其中：财政拨款", "280.00", "85.00", "110.00", ("85.00", 2, 1)],
        [*((head, 1, 2) for head in HEAD[:3]), ("指标值", 3, 1), ("备注", 1, 2)],
        ["2024年", "2025年", "2026年"],
        ["产出指标", "数量指标", "清淤长度", "≥3公里", "≥4公里", "≥5公里", ""],
    ]
    title = "2025年项目支出绩效目标申报表"
    found = read(title, grid(rows), year=2025)
    assert rows_of(found, "level3", "target_text") == [("清淤长度", "≥4公里")]
    assert figures(found, "budget") == {
        ("河道清淤", "total", "initial_budget"): "120.00 万元",
        ("河道清淤", "general_public_budget", "initial_budget"): "110.00 万元",
    }


def test_money_of_several_years_none_of_which_is_the_forms_own() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道清淤", 3, 1)],
        ["项目资金（万元）", "总额", "2022年", "2023年"],
        ["资金总额", "300.00", "90.00", "120.00"],
        HEAD[:4],
        LINE[:4],
    ]
    found = read("2025年项目支出绩效目标申报表", grid(rows), year=2025)
    assert not figures(found, "budget")
    assert found.issues


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


def test_public_money_by_level_is_left_aside_with_a_reason() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道保洁", 2, 1)],
        ["资金类别（万元）", "年初预算数", "全年执行数"],
        ["年度资金总额", "130.00", "120.00"],
        ["其中：中央补助", "60.00", "55.00"],
        ["省级资金", "50.00", "48.00"],
        ["其他资金", "20.00", "17.00"],
        HEAD[:3],
        LINE[:3],
    ]
    found = read("2023年度项目支出绩效自评表", grid(rows))
    assert {f.item for f in found.figures} == {"total", "other"}
    assert [(i.kind, i.source_row) for i in found.issues] == [("unclaimed_figure", 5)]


def test_levels_of_public_money_as_columns_are_left_aside_with_a_reason() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道保洁", 4, 1)],
        [("资金情况（万元）", 1, 3), "", "合计", "中央资金", "其他资金"],
        ["年初预算数", "500.00", "480.00", "20.00"],
        ["全年执行数", "494.00", "476.00", "18.00"],
        [*HEAD[:4], ""],
        [*LINE[:4], ""],
    ]
    found = read("2023年度项目支出绩效自评表", grid(rows))
    assert {f.item for f in found.figures} == {"total", "other"}
    assert [(i.kind, i.source_row) for i in found.issues] == [
        ("unclaimed_figure", 3),
        ("unclaimed_figure", 4),
    ]


def test_sources_as_columns_of_a_target_form_beside_the_band_of_the_block() -> None:
    heads: list[Spec] = ["资金总额", "财政拨款小计", "一般公共预算", "政府性基金", "其他资金"]
    rows: list[list[Spec]] = [
        ["项目名称", ("河道保洁", 5, 1)],
        [("项目资金（万元）", 1, 2), *heads],
        ["320.00", "300.00", "250.00", "50.00", "20.00"],
        [*HEAD[:4], "", ""],
        [*LINE[:4], "", ""],
    ]
    found = read("2025年度项目支出绩效目标表", grid(rows))
    assert [(f.item, str(f.value)) for f in found.figures] == [
        ("total", "320.00"),
        ("general_public_budget", "250.00"),
        ("government_fund", "50.00"),
        ("other", "20.00"),
    ]
