"""Forms in layouts of other provinces, built by hand; units, projects and figures are invented."""

from __future__ import annotations

from decimal import Decimal

from orchestration.extraction import extract
from orchestration.extraction.values import parse_target
from tests.unit.extraction.grids import Spec, document, figures, grid, read

LINES_HEAD: list[Spec] = [
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
]


def test_square_metres_keep_their_number() -> None:
    for text in ("800㎡", "800m²", "800平方米"):
        target = parse_target(text)
        assert (target.operator, target.value, target.unit) == ("=", Decimal(800), "平方米")


def test_basic_and_project_spending_among_the_sources_of_a_department() -> None:
    head: list[Spec] = [
        ("部门预算执行情况（万元）", 1, 4),
        "",
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "分值",
        "执行率",
        "得分",
    ]
    found = read(
        "部门整体支出绩效自评表",
        grid(
            [
                ["部门名称", ("青石县住建局", 7, 1)],
                head,
                ["部门整体支出", "3520.60", "4105.33", "3980.17", "10", "96.95%", "9.7"],
                ["其中：基本支出", "1020.60", "1105.33", "1105.33", "-", "100%", "-"],
                ["项目支出", "2500.00", "3000.00", "2874.84", "-", "95.83%", "-"],
                ["自评总分", ("97.7", 7, 1)],
            ]
        ),
    )
    assert figures(found, "budget")[None, "total", "executed"] == "3980.17 万元"
    expense = figures(found, "expense")
    assert expense[None, "basic", "amount", "budget_initial", 2022] == "1020.60 万元"
    assert expense[None, "project", "amount", "actual", 2022] == "2874.84 万元"
    assert figures(found, "evaluation")[None, None, "total_score"] == "97.7 分"


def test_shares_by_level_of_government_are_no_figure_of_their_own() -> None:
    head: list[Spec] = [
        "资金投入情况（万元）",
        "全年预算数（A）",
        "全年执行数（B）",
        "预算执行率（B/A×100%）",
    ]
    rows: list[list[Spec]] = [
        ["转移支付名称", ("城乡居民医保补助", 3, 1)],
        head,
        ["年度资金总额：", "86420", "86300", "99.86%"],
        ["其中：中央财政资金", "60000", "60000", "100%"],
        ["地方资金", "26420", "26300", "99.55%"],
        ["其他资金", "", "", ""],
    ]
    budget = figures(read("转移支付区域绩效自评表", grid(rows)), "budget")
    assert {key[1] for key in budget} == {"total"}


def test_labels_with_their_values_are_no_head_of_a_list() -> None:
    rows: list[list[Spec]] = [
        [
            "项目名称",
            "基层科普行动",
            "项目编码",
            "50011322T000000123456",
            "自评总分（分）",
            "97.8",
            "",
        ],
        [
            "预算执行情况",
            "年初预算数（万元）",
            "全年（调整）预算数（万元）",
            "全年执行数（万元）",
            "执行率（%）",
            "执行率权重（分）",
            "执行率得分（分）",
        ],
        ["年度总金额", "50", "46.5", "45.57", "98", "10", "9.8"],
        [
            "指标名称",
            "计量单位",
            "指标性质",
            "年初指标值",
            "全年完成值",
            "指标权重",
            "指标得分（分）",
        ],
        ["科普活动场次", "场", "≥", "20", "18", "40", "36"],
    ]
    found = read("2022年度项目绩效自评表", grid(rows))
    assert figures(found, "budget")["基层科普行动", "total", "executed"] == "45.57 万元"
    assert figures(found, "evaluation")["基层科普行动", None, "total_score"] == "97.8 分"
    assert [i.project_name for i in found.indicators] == ["基层科普行动"]


def test_an_empty_project_form_states_nothing() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("", 6, 1)],
        ["项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["年度资金总额", "", "", "", "10", "", ""],
        LINES_HEAD,
        ["产出指标", "数量指标", "指标1：", "", "", "", ""],
        [("总分", 5, 1), "100", ""],
    ]
    found = read("项目支出绩效自评表", grid(rows))
    assert (found.figures, found.indicators) == ([], [])


def test_a_group_of_indicators_named_budget_execution_is_no_execution_rate() -> None:
    rows: list[list[Spec]] = [
        ["一级指标", "二级指标", "三级指标", "指标分值", "评分标准", "自评得分"],
        [("预算执行情况（40分）", 1, 2), "资金管理", "资金支出率", "20", "支出率×20", "18.2"],
        ["资产管理", "固定资产利用率", "20", "≥95%得满分", "20"],
    ]
    found = read("部门整体支出绩效评价指标评分表", grid(rows))
    assert [i.level1_std for i in found.indicators] == ["process", "process"]
    assert figures(found, "evaluation_part") == {(None, "process", "weight"): "40 分"}


def test_a_report_on_one_project_is_about_the_project_of_its_title() -> None:
    found = extract(
        document(
            "2023年度农村饮水安全巩固提升项目绩效自评报告",
            "一、项目概况",
            "2023年度项目预算资金1,560.00万元，项目实际支出1,498.20万元，预算执行率96.04%。",
            "二、自评结论",
            "经自评，本项目综合得分97.6分，评价等级为优。",
        )
    )
    name = "农村饮水安全巩固提升项目"
    assert {f.project_name for f in found.figures} == {name}
    assert figures(found, "budget")[name, "total", "executed"] == "1498.20 万元"
    assert figures(found, "evaluation")[name, None, "total_score"] == "97.6 分"


THREE_ROWS: list[list[Spec]] = [
    ["项目", "2021年决算数", "2022年预算数", "2022年决算数", "增减额", "增减率"],
    ["合计", "12.60", "15.00", "9.85", "-2.75", "-21.83%"],
    ["1.因公出国（境）费用", "0", "0", "0", "0", ""],
    ["2.公务接待费", "2.60", "5.00", "1.85", "-0.75", "-28.85%"],
    ["3.公务用车费", "10.00", "10.00", "8.00", "-2.00", "-20.00%"],
    ["其中：（1）公务用车购置费", "—", "—", "—", "", ""],
]


def test_three_public_by_rows_of_years() -> None:
    expense = figures(read("“三公”经费支出情况表", "单位：万元", grid(THREE_ROWS)), "expense")
    assert expense[None, "three_public", "amount", "actual", 2021] == "12.60 万元"
    assert expense[None, "three_public", "amount", "budget", 2022] == "15.00 万元"
    assert expense[None, "vehicle", "amount", "actual", 2022] == "8.00 万元"
    assert expense[None, "abroad", "amount", "actual", 2022] == "0 万元"
    assert not [key for key in expense if key[1] in ("total", "vehicle_purchase")]
    assert not figures(read("“三公”经费支出情况表", grid(THREE_ROWS)), "expense")  # no unit


def test_three_public_by_columns_of_budget_and_accounts() -> None:
    parts: list[Spec] = [
        ("合计", 1, 2),
        ("因公出国（境）费", 1, 2),
        ("公务用车购置及运行费", 3, 1),
        ("公务接待费", 1, 2),
    ]
    vehicles: list[Spec] = ["小计", "公务用车购置费", "公务用车运行费"]
    rows: list[list[Spec]] = [
        [("预算数", 6, 1), ("决算数", 6, 1)],
        [*parts, *parts],
        [*vehicles, *vehicles],
        [str(n) for n in range(1, 13)],
        ["8.50", "0.00", "6.00", "", "6.00", "2.50", "5.13", "0.00", "4.02", "", "4.02", "1.11"],
    ]
    expense = figures(read("公开07表", "单位：万元", grid(rows)), "expense")
    assert expense[None, "three_public", "amount", "budget", 2022] == "8.50 万元"
    assert expense[None, "vehicle", "amount", "actual", 2022] == "4.02 万元"
    assert expense[None, "vehicle_operation", "amount", "budget", 2022] == "6.00 万元"
    assert len(expense) == 10


def test_of_targets_of_two_terms_the_annual_ones_count() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("妇幼健康服务", 7, 1)],
        [
            ("项目资金（万元）", 1, 3),
            "中期资金总额：",
            "360",
            "",
            "年度资金总额：",
            "120",
            "",
            "",
        ],
        ["其中：财政拨款", "300", "", "其中：财政拨款", "100", "", ""],
        ["其他资金", "60", "", "其他资金", "20", "", ""],
        ["一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值", ""],
        ["产出指标", "数量指标", "免费婚检", "≥6000对", "数量指标", "免费婚检", "≥2000对", ""],
        ["效益指标", "社会效益指标", "知晓率", "≥90%", "社会效益指标", "知晓率", "≥80%", ""],
    ]
    found = read("项目支出绩效目标表", grid(rows))
    assert [(i.level1_std, i.target_text) for i in found.indicators] == [
        ("output", "≥2000对"),
        ("benefit", "≥80%"),
    ]
    budget = {key[1:]: value for key, value in figures(found, "budget").items()}
    assert budget["total", "initial_budget"] == "120 万元"
    assert budget["general_public_budget", "initial_budget"] == "100 万元"
    assert len([f for f in found.figures if f.family == "budget"]) == 3


def test_budget_and_execution_as_labels_beside_their_values() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", "古籍修复经费", "预算单位", ("浦海区图书馆", 3, 1)],
        ["年初预算数", "380,000", "预算执行数", "371,640", "预算执行率", "97.8%"],
        ["一级指标", "二级指标", "三级指标", "权重", "指标目标值", "得分"],
        ["效果目标", "社会效益", "古籍保护水平", "40", "提升", "38.7"],
    ]
    found = read("2023年度项目绩效自评表", "单位：元", grid(rows))
    budget = {key[1:]: value for key, value in figures(found, "budget").items()}
    assert budget == {
        ("total", "initial_budget"): "380000 元",
        ("total", "executed"): "371640 元",
        ("total", "execution_rate"): "97.8 %",
    }
    assert [i.level1_std for i in found.indicators] == ["benefit"]
    assert not found.issues


def test_a_tender_notice_is_no_report() -> None:
    found = extract(
        document("政府采购中标公告", "项目名称：人民医院设备采购项目", "预算金额：560.00万元")
    )
    assert [i.kind for i in found.issues] == ["not_a_report"]
    assert found.document.confidence == 0


def test_the_unit_where_only_its_superior_or_the_text_names_one() -> None:
    form: list[list[Spec]] = [
        ["项目名称", "基层科普行动", "主管部门", "巴渝区科学技术协会"],
        ["年初预算数", "50", "全年执行数", "45"],
    ]
    found = extract(document("2022年度项目支出绩效自评表", "单位：万元", grid(form)))
    assert found.document.unit_name == "巴渝区科学技术协会"
    school: list[list[Spec]] = [["项目名称", "校舍维修", "主管部门", "锦屏县教育局"]]
    school += [["年初预算数", "50", "实施单位", "锦屏县第二中学"]]
    found = extract(document("2022年度项目支出绩效自评表", grid(school)))
    assert found.document.unit_name == "锦屏县第二中学"
    found = extract(
        document(
            "2022年度农村饮水安全项目绩效自评报告",
            "项目由岑山县水利局组织实施。项目预算资金100万元，实际支出90万元。",
        )
    )
    assert found.document.unit_name == "岑山县水利局"
