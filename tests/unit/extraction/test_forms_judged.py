"""Forms read with the eyes of an outside judge: what is printed, never a neighbour of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestration.extraction import extract
from orchestration.reading.document import GridKind
from tests.unit.extraction.form_rows import rows_of
from tests.unit.extraction.grids import Spec, document, figures, grid, read

TITLE = "2023年度项目支出绩效自评表"
HEAD: list[Spec] = ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"]


@pytest.mark.parametrize("blank", ["", "—", "无", "不调整"])
def test_the_year_is_measured_against_the_adjusted_target(blank: str) -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("专网运维", 7, 1)],
        ["一级指标", "三级指标", "年初指标值", "调整指标值", "全年完成值", "分值", "得分", "备注"],
        ["产出指标", "运维站点数", "≥120个", "≥100个", "104个", "60", "60", "机构撤并"],
        ["产出指标", "故障率", "≤2%", blank, "1.5%", "40", "40", ""],
    ]
    found = read(TITLE, grid(rows))
    assert rows_of(found, "level3", "target_text", "target_operator", "target_value") == [
        ("运维站点数", "≥100个", ">=", 100),
        ("故障率", "≤2%", "<=", 2),
    ]
    assert "≥120个" in (found.indicators[0].source_text or "")


def test_columns_named_content_and_name_are_two_levels() -> None:
    rows: list[list[Spec]] = [
        [("项目名称", 1, 1), ("灾毁修复", 6, 1)],
        ["指标类型", "指标内容", "指标名称", "年初目标", "完成情况", "权重", "自评分"],
        [("产出", 1, 2), "数量", "修复路段", "35处", "35处", "50分", "50分"],
        ["质量", "验收合格率", "100%", "98%", "50分", "49分"],
    ]
    found = read(TITLE, grid(rows))
    names = ("level1", "level2", "level2_std", "level3", "target_text", "weight", "score")
    assert rows_of(found, *names) == [
        ("产出", "数量", "quantity", "修复路段", "35处", 50, 50),
        ("产出", "质量", "quality", "验收合格率", "100%", 50, 49),
    ]
    assert not found.issues


def test_a_total_row_beside_its_columns_is_read_in_its_order() -> None:
    rows: list[list[Spec]] = [
        [("项目名称", 2, 1), ("饮水补助", 6, 1)],
        ["绩效指标", *HEAD],
        [("产出指标", 2, 1), "数量指标", "改造村寨", "12个", "12个", "90", "89"],
        [("总分", 5, 1), "100", "99", "优"],
    ]
    found = read(TITLE, grid(rows))
    assert figures(found, "evaluation") == {
        ("饮水补助", None, "total_weight"): "100 分",
        ("饮水补助", None, "total_score"): "99 分",
        ("饮水补助", None, "grade"): "优",
    }


@pytest.mark.parametrize(
    ("head", "first", "total"),
    [("得分/分值", "18/20", "97.8/100"), ("分值/得分", "20/18", "100/97.8")],
)
def test_score_and_weight_in_one_column(head: str, first: str, total: str) -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("图书馆", 5, 1)],
        [*HEAD[:5], head],
        ["产出指标", "质量指标", "可用率", "≥99.9%", "99.5%", first],
        ["产出指标", "数量指标", "资源", "≥1TB", "1TB", "80/80"],
        [("合计", 5, 1), total],
    ]
    found = read(TITLE, grid(rows))
    assert rows_of(found, "level3", "weight", "score") == [("可用率", 20, 18), ("资源", 80, 80)]
    assert figures(found, "evaluation") == {
        ("图书馆", None, "total_weight"): "100 分",
        ("图书馆", None, "total_score"): "97.8 分",
    }
    assert not found.issues


def test_a_score_printed_over_its_weight() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("图书馆", 6, 1)],
        HEAD,
        ["产出指标", "质量指标", "可用率", "≥99.9%", "99.5%", "20", "18/20"],
        ["产出指标", "数量指标", "资源", "≥1TB", "1TB", "80", "8/10"],
    ]
    found = read(TITLE, grid(rows))
    assert rows_of(found, "level3", "weight", "score") == [("可用率", 20, 18), ("资源", 80, None)]
    assert any("8/10" in issue.message for issue in found.issues)


def test_amounts_in_the_cells_of_their_labels() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("图书馆", 5, 1)],
        [
            "预算执行",
            ("预算数：268.50万元", 2, 1),
            "执行数：263.13万元",
            "执行率：98%",
            "得分：9.8",
        ],
        HEAD[:6],
        ["产出指标", "质量指标", "可用率", "≥99.9%", "99.5%", "90"],
    ]
    assert figures(read(TITLE, grid(rows)), "budget") == {
        ("图书馆", "total", "annual_budget"): "268.50 万元",
        ("图书馆", "total", "executed"): "263.13 万元",
        ("图书馆", "total", "execution_rate"): "98 %",
        ("图书馆", "total", "score"): "9.8 分",
    }


def test_this_years_budget_beside_last_years() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("活动室改造", 3, 1)],
        ["当年预算数（元）", "1,850,000.00", "上年预算数（元）", "1,600,000.00"],
        ["预算执行数（元）", "1,812,345.67", "预算执行率（%）", "97.96"],
        ["项目预算", "185万元", "实际支出", "181.23万元"],
        ["一级指标", "三级指标", "指标值", "完成值"],
        ["产出指标", "改造", "12处", "12处"],
    ]
    found = figures(read(TITLE, grid(rows)), "budget")
    assert found["活动室改造", "total", "annual_budget"] == "1850000.00 元"
    assert found["活动室改造", "total", "executed"] == "1812345.67 元"
    assert found["活动室改造", "total", "execution_rate"] == "97.96 %"


def test_a_total_without_a_label_below_its_head() -> None:
    rows: list[list[Spec]] = [
        ["部门名称", ("某市商务局", 5, 1)],
        [
            ("预算情况", 1, 4),
            "部门预算总额（万元）",
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "执行率",
        ],
        ["", "3,860.00", "4,120.00", "4,001.20", "97.12%"],
        ["1、资金来源：（1）政府预算资金", "3,800.00", "4,060.00", "3,941.20", ""],
        ["（2）单位资金", "60.00", "60.00", "60.00", ""],
        ["一级指标", "二级指标", "三级指标", "指标值", "分值", "得分"],
        ["产出指标", "数量指标", "活动场次", "≥15场", "90", "90"],
    ]
    found = figures(read("2023年度部门整体绩效自评表", grid(rows)), "budget")
    assert found[None, "total", "executed"] == "4001.20 万元"
    assert found[None, "general_public_budget", "annual_budget"] == "4060.00 万元"
    assert found[None, "other", "initial_budget"] == "60.00 万元"


def test_labels_in_two_scripts() -> None:
    rows: list[list[Spec]] = [
        ["项目名称 تۈر نامى", ("牧区道路养护", 6, 1)],
        [
            "一级指标 بىرىنچى",
            "二级指标 ئىككىنچى",
            "三级指标",
            "指标值",
            "完成值",
            "分值 نومۇر",
            "得分",
        ],
        ["产出指标 ཐོན་འབྲས", "数量指标", "养护里程", "≥186公里", "190公里", "90", "90"],
        [("总分 ᠨᠡᠶᠢᠲᠡ", 5, 1), "90", "90"],
    ]
    found = read(TITLE, grid(rows))
    assert rows_of(found, "project_name", "level1", "level1_std", "level3", "weight") == [
        ("牧区道路养护", "产出指标", "output", "养护里程", 90)
    ]
    assert figures(found, "evaluation")["牧区道路养护", None, "total_score"] == "90 分"
    assert not found.issues


def test_a_reason_in_one_of_several_columns_below_its_head() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("殡葬改革", 11, 1)],
        [
            *((head, 1, 2) for head in HEAD),
            ("偏差原因分析", 4, 1),
            ("改进措施", 1, 2),
        ],
        ["经费保障", "制度保障", "其他", "原因说明"],
        [
            "产出指标",
            "数量指标",
            "火化率",
            "≥95%",
            "93%",
            "50",
            "49",
            "",
            "",
            "√",
            "设施不足",
            "更新",
        ],
        ["产出指标", "数量指标", "惠及人数", "500人", "516人", "50", "50", "", "", "", "", ""],
        [("合计", 4, 1), "100", "99", ("", 6, 1)],
    ]
    found = read(TITLE, grid(rows))
    assert rows_of(found, "level3", "deviation_reason") == [
        ("火化率", "设施不足"),
        ("惠及人数", None),
    ]
    assert figures(found, "evaluation") == {
        ("殡葬改革", None, "total_weight"): "100 分",
        ("殡葬改革", None, "total_score"): "99 分",
    }
    assert not found.issues


def test_a_heading_below_the_goals_is_no_goal() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("单车运维", 6, 1)],
        [("年初设定目标", 4, 1), ("全年完成情况", 3, 1)],
        [("保障2.1万辆车运行。", 4, 1), ("保障2.1万辆车运行，完好率达标。", 3, 1)],
        [("四、绩效指标完成情况", 7, 1)],
        HEAD,
        ["产出指标", "数量指标", "投放车辆", "2.1万辆", "2.1万辆", "90", "90"],
    ]
    goals = read(TITLE, grid(rows)).goals
    assert [(g.goal_text, g.completion_text) for g in goals] == [
        ("保障2.1万辆车运行。", "保障2.1万辆车运行,完好率达标。")
    ]


@pytest.mark.parametrize(
    ("amount", "executed", "rate", "measure"),
    [
        ("3,350.00", "3,349.20", "99.98%", "annual_budget"),
        ("150.00", "3,349.20", "99.98%", "adjustment"),
        ("-150.00", "3,000.00", "98.36%", "adjustment"),
        ("3,350.00", "3,349.20", "", "annual_budget"),
        ("150.00", "3,349.20", "", "adjustment"),
    ],
)
def test_an_adjusted_budget_is_told_from_an_adjustment_by_what_was_spent(
    amount: str, executed: str, rate: str, measure: str
) -> None:
    rows: list[list[Spec]] = [
        ["序号", "项目名称", "年初预算", "调整预算", "全年执行", "执行率", "自评得分"],
        ["1", "低保提标", "3,200.00", amount, executed, rate, "98.5"],
        ["2", "旧区改造", "860.00", "", "800.00", "", "91"],
    ]
    found = figures(read("2023年度项目支出绩效自评情况表（万元）", grid(rows)), "budget")
    assert found["低保提标", "total", measure] == amount.replace(",", "") + " 万元"
    assert {k[2] for k in found if k[0] == "低保提标"} & {"annual_budget", "adjustment"} == {
        measure
    }


def test_targets_with_what_came_of_them_are_a_self_evaluation() -> None:
    rows: list[list[Spec]] = [
        HEAD[:5],
        ["产出指标", "数量指标", "走访慰问", "≥1,200人", "1,326人"],
    ]
    title = "某县退役军人事务局2022年度部门整体绩效目标完成情况表"
    assert extract(document(title, grid(rows))).document.report_kind == "self_evaluation"


def test_a_head_of_two_rows_in_a_text_with_tabs() -> None:
    rows: list[list[Spec]] = [
        ["绩效指标", "", "", "指标性质", "指标值", "度量单位", "实际完成值", "分值", "得分"],
        ["一级指标", "二级指标", "三级指标", "", "", "", "", "", ""],
        ["产出指标", "数量指标", "耕地巡查次数", "≥", "24", "次", "26", "90", "89"],
    ]
    found = read("2023年度部门整体支出绩效自评表", grid(rows, kind=GridKind.TABBED))
    assert rows_of(found, "level1", "level2", "level3", "target_text", "score") == [
        ("产出指标", "数量指标", "耕地巡查次数", "≥24次", 89)
    ]


def test_scores_in_front_of_the_names_and_the_total_among_the_names() -> None:
    rows: list[list[Spec]] = [
        ["得分", "分值", "指标名称", "指标解释", "目标值", "实际值"],
        ["18", "20", "就业人数", "实名制统计", "≥120人", "116人"],
        ["78.5", "80", "满意度", "问卷100份", "95%", "90.2%"],
        ["96.5", "100", "合计", "", "", ""],
    ]
    found = read("某县残联2023年项目绩效评价打分表", grid(rows))
    assert rows_of(found, "project_name", "level3", "weight", "score") == [
        (None, "就业人数", 20, 18),
        (None, "满意度", 80, Decimal("78.5")),
    ]
    assert figures(found, "evaluation") == {
        (None, None, "total_weight"): "100 分",
        (None, None, "total_score"): "96.5 分",
    }


@pytest.mark.parametrize("label", ["平均系数", "自评分数合计", "考核等次得分"])
def test_a_score_without_name_and_values_is_no_line(label: str) -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("免费开放", 6, 1)],
        HEAD,
        ["产出指标", "数量指标", "开放天数", "≥300天", "312天", "90", "90"],
        [label, "", "", "", "", "", "97.6"],
    ]
    assert [i.level3 for i in read(TITLE, grid(rows)).indicators] == ["开放天数"]


def test_values_of_earlier_years_are_history() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("智慧门诊", 6, 1)],
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "2022年实际值",
            "2023年预计值",
            "2024年指标值",
            "备注",
        ],
        ["产出指标", "数量指标", "上线自助机", "0台", "20台", "35台", ""],
    ]
    found = read("2024年度部门预算项目绩效目标申报表", grid(rows))
    assert rows_of(found, "level3", "target_text", "actual_text") == [("上线自助机", "35台", None)]


def test_target_and_actual_of_one_year_named_in_the_heads() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("智慧门诊", 6, 1)],
        [
            "一级指标",
            "三级指标",
            "2023年目标值",
            "2023年实际完成值",
            "2022年实际完成值",
            "权重",
            "得分",
        ],
        ["产出指标", "上线自助机", "35台", "36台", "20台", "90", "90"],
    ]
    found = read(TITLE, grid(rows))
    assert rows_of(found, "target_text", "actual_text") == [("35台", "36台")]


def test_a_conclusion_below_the_total_says_the_grade() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("免费开放", 6, 1)],
        HEAD,
        ["产出指标", "数量指标", "开放天数", "≥300天", "312天", "90", "90"],
        [("总分", 5, 1), "90", "90"],
        [("自评结论：该项目自评等级为“优”。", 7, 1)],
    ]
    found = figures(read(TITLE, grid(rows)), "evaluation")
    assert found["免费开放", None, "grade"] == "优"


def test_a_second_row_of_nothing_but_heads_in_a_text_with_tabs() -> None:
    rows: list[list[Spec]] = [
        ["一级指标", "二级指标", "三级指标", "指标值", "", "评价结果", ""],
        ["", "", "", "预期值", "完成值", "分值", "得分"],
        ["部门管理", "资金投入", "预算执行率", "≥95%", "93.8%", "10", "9.9"],
    ]
    found = read("2023年度部门整体支出绩效自评表", grid(rows, kind=GridKind.TABBED))
    assert rows_of(found, "level3", "target_text", "actual_text", "weight") == [
        ("预算执行率", "≥95%", "93.8%", 10)
    ]
