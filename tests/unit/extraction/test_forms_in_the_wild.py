"""Forms of further provinces and years, re-created by hand with invented units and figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestration.extraction import extract
from tests.unit.extraction.grids import Spec, document, figures, grid, read

LINES: list[Spec] = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]


def test_a_weight_column_a_level() -> None:
    found = read(
        "云溪县水利局2022年部门整体支出绩效评价指标表",
        grid(
            [
                ["一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "评价标准", "得分"],
                [
                    ("投入", 1, 2),
                    ("13", 1, 2),
                    ("预算配置", 1, 2),
                    ("13", 1, 2),
                    "控制率",
                    "5",
                    "不超100%",
                    "5",
                ],
                ["变动率", "8", "不大于0", "7.5"],
                ["过程", "87", "预算管理", "87", "资金合规性", "87", "合规", "86"],
                ["合计", "100", "", "100", "", "100", "", "98.5"],
            ]
        ),
    )
    assert [(i.level3, str(i.weight), str(i.score)) for i in found.indicators] == [
        ("控制率", "5", "5"),
        ("变动率", "8", "7.5"),
        ("资金合规性", "87", "86"),
    ]
    assert figures(found, "evaluation_part")[None, "input", "weight"] == "13 分"
    assert figures(found, "evaluation_part")[None, "process", "weight"] == "87 分"
    assert figures(found, "evaluation")[None, None, "total_weight"] == "100 分"


def test_names_and_weights_below_one_head_a_level() -> None:
    found = read(
        "云溪市工信局2022年产业扶持专项资金绩效自评指标评分表",
        grid(
            [
                [("一级指标", 2, 1), ("三级指标", 2, 1), ("评分标准", 1, 2), ("自评分数", 1, 2)],
                ["名称", "权重（%）", "名称", "权重（%）"],
                [("产出", 1, 2), ("30", 1, 2), "扶持企业数量", "15", "按比例", "15"],
                ["验收通过率", "15", "按比例", "14"],
            ]
        ),
    )
    assert [(i.project_name, i.level1, str(i.weight), str(i.score)) for i in found.indicators] == [
        ("产业扶持专项资金", "产出", "15", "15"),
        ("产业扶持专项资金", "产出", "15", "14"),
    ]


def test_groups_headed_item_are_levels_and_no_projects() -> None:
    found = read(
        "部门整体绩效评价考核表",
        grid(
            [
                ["项目", "考核内容", "考核指标", "年度工作目标", "权数", "考评得分"],
                [("支出管理（60分）", 1, 2), "预算支出", "支出完成率", "100%", "30", "28.5"],
                ["结转结余", "结转结余率", "≤9%", "30", "30"],
                ["合计", "", "", "", "60", "58.5"],
            ]
        ),
    )
    assert [(i.scope, i.level1, i.level3) for i in found.indicators] == [
        ("department", "支出管理", "支出完成率"),
        ("department", "支出管理", "结转结余率"),
    ]
    assert figures(found, "evaluation")[None, None, "total_score"] == "58.5 分"


def test_level_headings_over_all_columns() -> None:
    found = read(
        "2023年度项目支出绩效自评表",
        grid(
            [
                ["项目名称", ("河道管护经费", 4, 1)],
                ["二级指标", "三级指标", "年度指标值", "分值", "得分"],
                [("一、产出指标（50分）", 5, 1)],
                ["数量指标", "巡河次数", "≥24次", "50", "50"],
                [("二、效益指标（30分）", 5, 1)],
                ["社会效益指标", "受益人数", "≥3200人", "30", "29"],
            ]
        ),
    )
    assert [(i.level1, i.level1_std) for i in found.indicators] == [
        ("产出指标", "output"),
        ("效益指标", "benefit"),
    ]
    assert figures(found, "evaluation_part")["河道管护经费", "benefit", "weight"] == "30 分"


@pytest.mark.parametrize(
    "rows",
    [
        # The total below the notes; a grade alone at its end.
        [["其他需要说明的事项", ("无", 6, 1)], [("总分", 5, 1), "100", "98.5", "优"]],
        # The full marks in the label; the grade in a row of its own.
        [[("总分（100分）", 6, 1), "98.5", ""], [("自评等级：优", 8, 1)]],
        [[("总分100分，自评98.5分，等级：优", 8, 1)]],
        [[("总分", 5, 1), "100分", "98.5分（优）", ""]],
    ],
)
def test_totals_and_grades_below_the_lines(rows: list[list[Spec]]) -> None:
    found = read(
        "2023年度项目支出绩效自评表",
        grid(
            [
                ["项目名称", ("河道管护经费", 7, 1)],
                [*LINES, "偏差原因分析"],
                ["产出指标", "数量指标", "巡河次数", "≥24次", "26次", "100", "98.5", ""],
                *rows,
            ]
        ),
    )
    assert len(found.indicators) == 1
    stated = figures(found, "evaluation")
    assert stated["河道管护经费", None, "total_weight"] == "100 分"
    assert stated["河道管护经费", None, "total_score"] == "98.5 分"
    assert stated["河道管护经费", None, "grade"] == "优"


def test_a_transfer_is_the_project_and_its_form_without_scores_a_self_evaluation() -> None:
    found = extract(
        document(
            "转移支付区域（项目）绩效目标自评表",
            "（2023年度）",
            grid(
                [
                    ["转移支付（项目）名称", ("水利发展资金", 5, 1)],
                    [
                        "地方主管部门",
                        ("云溪省水利厅", 2, 1),
                        "资金使用单位",
                        ("云溪县水利局", 2, 1),
                    ],
                    [
                        ("资金投入情况（万元）", 1, 3),
                        ("", 2, 1),
                        "全年预算数（A）",
                        "全年执行数（B）",
                        "预算执行率（B/A×100%）",
                    ],
                    [("年度资金总额：", 2, 1), "560", "532", "95%"],
                    [("其中：中央财政资金", 2, 1), "400", "390", "97.5%"],
                    [
                        "一级指标",
                        "二级指标",
                        "三级指标",
                        "指标值",
                        "全年实际完成值",
                        "未完成原因和改进措施",
                    ],
                    ["产出指标", "数量指标", "治理河长", "≥18公里", "18.5公里", ""],
                ]
            ),
        )
    )
    assert found.document.report_kind == "self_evaluation"
    assert [p.project_name for p in found.projects] == ["水利发展资金"]
    assert figures(found, "budget")["水利发展资金", "total", "executed"] == "532 万元"


def test_a_column_of_labels_that_sounds_like_money() -> None:
    found = read(
        "部门预算项目支出绩效自评表（2023年度）",
        grid(
            [
                ["项目名称", ("河道管护经费", 7, 1)],
                [
                    ("预算执行情况（10分）", 1, 3),
                    "年度预算数（万元）",
                    "年初预算",
                    "调整后预算数",
                    "预算执行数",
                    "预算执行率",
                    "权重",
                    "得分",
                ],
                ["总额", "120.00", "135.50", "128.73", "95.00%", "10", "9.5"],
                ["其中：财政资金", "120.00", "135.50", "128.73", "95.00%", "/", "/"],
                [*LINES, ""],
                ["产出指标", "数量指标", "巡河次数", "≥24次", "26次", "90", "90", ""],
            ]
        ),
    )
    budget = figures(found, "budget")
    assert budget["河道管护经费", "total", "annual_budget"] == "135.50 万元"
    assert budget["河道管护经费", "general_public_budget", "executed"] == "128.73 万元"


def test_sources_and_natures_below_the_budget_of_a_department_keep_its_unit() -> None:
    found = read(
        "部门（单位）整体绩效目标表（2024年度）",
        grid(
            [
                ["部门（单位）名称", ("云溪市文旅局", 4, 1)],
                [("预算情况", 1, 5), ("部门预算总额（万元）", 2, 1), ("2,345.67", 2, 1)],
                [("1、资金来源：（1）财政性资金", 2, 1), ("2,300.00", 2, 1)],
                [("（2）其他资金", 2, 1), ("45.67", 2, 1)],
                [("2、资金结构：（1）基本支出", 2, 1), ("1,800.00", 2, 1)],
                [("（2）项目支出", 2, 1), ("545.67", 2, 1)],
                ["一级指标", "二级指标", "三级指标", "指标值", "指标值说明"],
                ["产出指标", "数量指标", "惠民演出", "≥30场", ""],
            ]
        ),
        year=2024,
    )
    budget = figures(found, "budget")
    assert budget[None, "other", "initial_budget"] == "45.67 万元"
    assert budget[None, "general_public_budget", "initial_budget"] == "2300.00 万元"
    spent = figures(found, "expense")
    assert spent[None, "basic", "amount", "budget_initial", 2024] == "1800.00 万元"
    assert spent[None, "project", "amount", "budget_initial", 2024] == "545.67 万元"


def test_a_budget_below_zero_is_held_back_with_its_reason() -> None:
    found = read(
        "2023年度项目支出绩效自评表",
        grid(
            [
                ["项目名称", ("河道管护经费", 4, 1)],
                ["项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "执行率"],
                ["年度资金总额", "120", "-35.5", "0", "0"],
            ]
        ),
    )
    (annual,) = [f for f in found.figures if f.measure == "annual_budget"]
    assert (annual.value, annual.cell_text) == (None, "-35.5")
    assert ["为负数" in i.message for i in found.issues if i.kind == "unread_figure"] == [True]


def test_statistics_of_a_county_report_without_titles_of_their_own() -> None:
    found = extract(
        document(
            "云溪市2018年度部门整体支出",
            "绩效评价自评报告",
            "部门（单位）名称：云溪市城市管理监督中心",
            "一、部门（单位）基本概况",
            grid([["人员编制", "28", "实有人数", "26"]]),
            "二、部门（单位）收支情况",
            grid(
                [
                    [("年度收入情况（万元）", 3, 1)],
                    ["机构名称", "收入合计", "上年结转"],
                    ["局机关及二级机构汇总", "612.4", "12.4"],
                    ["1、局机关", "400", ""],
                ],
                ordinal=2,
            ),
        )
    )
    assert found.document.fiscal_year == 2018
    people = {(f.item, f.value) for f in found.figures if f.family == "personnel"}
    assert people == {("establishment", Decimal(28)), ("on_duty", Decimal(26))}
    assert figures(found, "revenue")[None, "total", "amount", None, 2018] == "612.4 万元"


def test_amounts_of_the_year_before_are_no_budget_of_this_year() -> None:
    found = read(
        "部门预算项目支出绩效目标申报表（2020年度）",
        grid(
            [
                ["项目名称", ("河道管护经费", 3, 1)],
                ["资金来源（万元）", "上年度预算安排", "上年度实际执行", "本年度申请金额"],
                ["合计", "100", "98", "120"],
                ["财政拨款", "90", "88", "110"],
                ["一级指标", "二级指标", "三级指标", "指标值"],
                ["产出指标", "数量指标", "巡河次数", "≥24次"],
            ]
        ),
    )
    assert figures(found, "budget") == {
        ("河道管护经费", "total", "initial_budget"): "120 万元",
        ("河道管护经费", "general_public_budget", "initial_budget"): "110 万元",
    }


def test_rows_of_sources_and_natures_under_the_head_item_are_no_projects() -> None:
    found = read(
        "2022年度部门整体绩效自评表",
        grid(
            [
                ["部门（单位）名称", ("云溪市体育局", 5, 1)],
                [
                    ("整体资金（万元）", 1, 5),
                    "项目",
                    "年初预算数A",
                    "全年预算数B",
                    "全年执行数C",
                    "执行率C/B",
                ],
                ["收入合计", "1500", "1620.4", "1588.2", "98.01%"],
                ["财政拨款", "1500", "1600.4", "1568.2", "97.99%"],
                ["基本支出", "1100", "1130", "1130", "100%"],
                ["项目支出", "400", "490.4", "458.2", "93.43%"],
            ]
        ),
    )
    assert found.projects == []
    assert figures(found, "budget")[None, "general_public_budget", "executed"] == "1568.2 万元"
    spent = figures(found, "expense")
    assert spent[None, "project", "amount", "actual", 2022] == "458.2 万元"


def test_the_project_of_an_annex_is_the_one_of_the_report() -> None:
    found = extract(
        document(
            "云溪县农村危房改造项目绩效评价报告",
            "附件：云溪县农村危房改造项目绩效评价指标评分表",
            grid(
                [
                    ["一级指标", "二级指标", "三级指标", "分值", "得分", "扣分原因"],
                    ["产出", "产出数量", "完成改造户数", "100", "96", "个别未改造"],
                    [("总分", 3, 1), "100", "96", ""],
                ]
            ),
        )
    )
    assert {i.project_name for i in found.indicators} == {"云溪县农村危房改造项目"}


def test_staff_by_unit_counts_the_whole_department_or_nobody() -> None:
    rows: list[list[Spec]] = [
        ["单位名称", "编制数", "在职人数"],
        ["局机关", "20", "18"],
        ["执法大队", "30", "29"],
    ]
    title = "2022年度部门整体支出绩效自评报告"
    for more, expected in ([["合计", "50", "47"]], {"50", "47"}), ([], set()):
        found = extract(document(title, grid([*rows, *more])))
        people = {str(f.value) for f in found.figures if f.family == "personnel"}
        assert people == expected


def test_a_year_in_front_of_the_heads_of_funds() -> None:
    found = read(
        "项目支出绩效自评表",
        grid(
            [
                ["项目名称", ("河道管护经费", 4, 1)],
                ["资金（万元）", "2021年执行数", "2022年预算数", "2022年执行数", "执行率"],
                ["年度资金总额", "98", "120", "114", "95%"],
            ]
        ),
    )
    assert figures(found, "budget") == {
        ("河道管护经费", "total", "annual_budget"): "120 万元",
        ("河道管护经费", "total", "executed"): "114 万元",
        ("河道管护经费", "total", "execution_rate"): "95 %",
    }


def test_years_over_items_of_spending_are_no_block_of_funds() -> None:
    found = read(
        "2022年度部门整体支出绩效评价基础数据表",
        grid(
            [
                ["经费控制情况（万元）", "2021年决算数", "2022年预算数", "2022年决算数"],
                ["三公经费", "7.97", "5.5", "5.03"],
                ["其中：公务接待", "0", "0.5", "0.1"],
            ]
        ),
    )
    spent = figures(found, "expense")
    assert spent[None, "three_public", "amount", "actual", 2021] == "7.97 万元"
    assert spent[None, "reception", "amount", "budget", 2022] == "0.5 万元"
    assert figures(found, "budget") == {}


def test_lines_below_the_only_form_of_a_projects_report_are_about_its_project() -> None:
    form = grid(
        [
            ["项目名称", ("河道管护经费", 6, 1)],
            [*LINES],
            ["产出指标", "数量指标", "巡河次数", "≥24次", "26次", "90", "88.2"],
        ]
    )
    notes = [
        "自评总分为98.2分，评价等级为优。",
        "注：1.一级指标分值统一设置为：产出指标50分、效益指标30分、满意度指标10分。",
    ]
    found = extract(document("2023年度项目支出绩效自评表", form, *notes))
    assert {
        (f.project_name, f.item, f.measure, f.value_text or str(f.value))
        for f in found.figures
        if f.family.startswith("evaluation")
    } == {
        ("河道管护经费", None, "total_score", "98.2"),
        ("河道管护经费", None, "grade", "优"),
    }
    whole = extract(document("2023年度部门整体支出绩效自评报告", notes[0], form))
    assert {f.scope for f in whole.figures if f.family == "evaluation"} == {"department"}


def test_the_unit_of_a_line_that_holds_another_label_too() -> None:
    line = "填报单位：云溪市应急管理局 自评得分：97.1"
    form = grid([[*LINES], ["产出指标", "数量指标", "检查次数", "≥36次", "36次", "100", "97.1"]])
    found = extract(document("部门整体支出绩效自评表", line, form))
    assert found.document.unit_name == "云溪市应急管理局"
