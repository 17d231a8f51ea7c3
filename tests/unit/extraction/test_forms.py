"""Forms on grids of several provinces: every field, whatever the order of columns and rows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestration.reading.document import GridKind
from orchestration.records import IndicatorRecord
from tests.unit.extraction.form_rows import FUNDS, HEAD, LINES, LINES_8, rows_of
from tests.unit.extraction.grids import Spec, figures, grid, read


def test_national_project_form() -> None:
    found = read("2022年度项目支出绩效自评表", grid([*HEAD, *FUNDS, *LINES]))

    [project] = found.projects
    assert (project.project_name, project.department, project.implementing_unit) == (
        "湖滨公园照明改造",
        "某市城市管理局",
        "某市照明管理所",
    )
    name = project.project_name
    assert figures(found, "budget") == {
        (name, "total", "initial_budget"): "120.00 万元",
        (name, "total", "annual_budget"): "100.00 万元",
        (name, "total", "executed"): "90.00 万元",
        (name, "total", "weight"): "10 分",
        (name, "total", "execution_rate"): "90 %",
        (name, "total", "score"): "9 分",
        (name, "general_public_budget", "initial_budget"): "120.00 万元",
        (name, "general_public_budget", "annual_budget"): "100.00 万元",
        (name, "general_public_budget", "executed"): "90.00 万元",
        (name, "other", "annual_budget"): "0 万元",
        (name, "other", "executed"): "0 万元",
    }
    assert figures(found, "evaluation") == {
        (name, None, "total_weight"): "100 分",
        (name, None, "total_score"): "97 分",
        (name, None, "grade"): "优",
    }
    assert figures(found, "evaluation_part") == {
        (name, "output", "weight"): "50 分",
        (name, "benefit", "weight"): "30 分",
        (name, "satisfaction", "weight"): "10 分",
    }
    first = found.indicators[0]
    assert isinstance(first, IndicatorRecord)
    assert (first.level1, first.level1_std, first.level1_weight) == ("产出指标", "output", 50)
    assert (first.target_text, first.target_operator, first.target_value, first.target_unit) == (
        "≥200盏",
        ">=",
        200,
        "盏",
    )
    assert (first.actual_text, first.actual_operator, first.actual_value) == ("210盏", "=", 210)
    assert rows_of(found, "level2_std", "level3", "weight", "score", "deviation_reason") == [
        ("quantity", "更换路灯", 30, 30, None),
        ("timeliness", "完成时间", 20, 18, "天气原因"),
        ("social_benefit", "夜间出行", 30, 30, None),
        ("service_satisfaction", "市民满意度", 10, 10, None),
    ]
    assert found.indicators[1].level1 == "产出指标"
    assert found.indicators[1].target_value is None
    assert {i.scope for i in found.indicators} == {"project"}
    assert found.issues == []


def test_every_figure_says_where_it_was_read() -> None:
    found = read("2022年度项目支出绩效自评表", grid([*HEAD, *FUNDS, *LINES]))
    executed = next(f for f in found.figures if f.measure == "executed")
    assert (executed.source_page, executed.source_table, executed.source_row) == (1, 1, 4)
    assert executed.source_col == 6
    assert executed.cell_text == "90.00"
    assert executed.source_text is not None
    assert "年度资金总额" in executed.source_text
    assert [f.figure_seq for f in found.figures] == list(range(1, len(found.figures) + 1))


def test_total_row_last_and_merged_figures_belong_to_the_first_row() -> None:
    funds: list[list[Spec]] = [
        [
            ("项目资金(万元)", 1, 3),
            "",
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "分值",
            "执行率",
            "得分",
        ],
        ["其中：财政拨款", "60", "50", ("45", 1, 2), ("10", 1, 2), ("90%", 1, 2), ("9", 1, 2)],
        ["年度资金总额", "60", "50"],
    ]
    found = read("项目支出绩效自评表", grid([["项目名称", ("图书采购", 7, 1)], *funds, *LINES_8]))
    budget = figures(found, "budget")
    assert budget["图书采购", "general_public_budget", "executed"] == "45 万元"
    assert ("图书采购", "total", "executed") not in budget
    assert budget["图书采购", "total", "annual_budget"] == "50 万元"
    assert [s.subject for s in found.statements if s.kind == "blank_total"] == []


def test_weight_column_before_the_target() -> None:
    lines: list[list[Spec]] = [
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "分值",
            "年度指标值",
            "全年完成值",
            "得分",
            "未完成原因分析",
        ],
        ["产出指标", "质量指标", "合格率", "20", "≥98%", "99%", "20", ""],
    ]
    found = read("整体支出绩效自评表", grid([["单位名称", ("某县水利局", 7, 1)], *lines]))
    assert rows_of(found, "weight", "target_value", "actual_value", "score") == [(20, 98, 99, 20)]
    assert found.indicators[0].scope == "department"


def test_operator_and_unit_in_columns_of_their_own() -> None:
    lines: list[list[Spec]] = [
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "指标性质",
            "指标值",
            "度量单位",
            "完成值",
            "权重",
            "得分",
            "未完成原因分析",
        ],
        ["产出指标", "数量指标", "培训", "≥", "5", "期", "6", "40", "40", ""],
        ["效益指标", "社会效益指标", "能力提升", "定性", "好", "", "好", "50", "45", ""],
        [("合计", 7, 1), "100", "", ""],
    ]
    found = read(
        "报表编号：510000_0013zp",
        grid([["项目名称", ("51000021R000000019951-业务培训", 9, 1)], *lines]),
    )
    assert (found.projects[0].project_code, found.projects[0].project_name) == (
        "51000021R000000019951",
        "业务培训",
    )
    first, second = found.indicators
    assert (first.target_text, first.target_operator, first.target_value, first.target_unit) == (
        "≥5期",
        ">=",
        5,
        "期",
    )
    assert (first.actual_value, first.actual_unit) == (6, "期")
    assert (second.nature, second.target_text, second.target_operator) == ("定性", "好", None)
    assert figures(found, "evaluation") == {("业务培训", None, "total_weight"): "100 分"}


def test_second_score_column_does_not_overwrite_the_own_score() -> None:
    lines: list[list[Spec]] = [
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "参考分值",
            "指标值(A)",
            "全年实际值(B)",
            "自评得分",
            "财政审核评分",
            "未完成原因分析及改进措施",
        ],
        ["项目产出(30分)", "产出数量", "完成里程", "30", "20公里", "20公里", "30", "27", ""],
    ]
    found = read("项目支出绩效自评表", grid([["项目名称", ("道路养护", 8, 1)], *lines]))
    assert rows_of(found, "weight", "score", "reviewer_score") == [(30, 30, 27)]


def test_flat_list_with_total_on_top() -> None:
    rows: list[list[Spec]] = [
        ["主管部门", ("某区教委", 2, 1), "自评总分(分)", ("97.5", 6, 1)],
        ["部门联系人", ("甲乙", 2, 1), "联系电话", ("66001234", 6, 1)],
        [
            "",
            "年初预算数",
            ("全年（调整）预算数", 2, 1),
            ("全年执行数", 2, 1),
            "执行率(%)",
            "执行率权重",
            ("执行率得分(分)", 2, 1),
        ],
        ["年度总金额", "1200.5", ("1300.25", 2, 1), ("1250", 2, 1), "96.14", "10", ("9.6", 2, 1)],
        [
            "指标名称",
            "计量单位",
            "指标性质",
            "年初指标值",
            "调整指标值",
            "全年完成值",
            "得分系数(%)",
            "指标权重",
            "指标得分(分)",
            "是否核心指标",
        ],
        ["巩固率", "%", "≥", "95", "", "96", "100", "60", "60", "是"],
        ["满意度", "%", "≥", "90", "", "88", "97.8", "30", "27.9", "否"],
    ]
    found = read("2022年部门整体绩效自评表", "单位：万元", grid(rows))
    assert figures(found, "evaluation") == {(None, None, "total_score"): "97.5 分"}
    assert figures(found, "budget")[None, "total", "executed"] == "1250 万元"
    assert figures(found, "budget")[None, "total", "execution_rate"] == "96.14 %"
    assert rows_of(
        found, "level3", "target_value", "actual_value", "weight", "score", "is_core"
    ) == [
        ("巩固率", 95, 96, 60, 60, True),
        ("满意度", 90, 88, 30, Decimal("27.9"), False),
    ]
    everything = repr(found)
    assert "甲乙" not in everything
    assert "66001234" not in everything


def test_execution_weight_in_the_block_title_and_no_weight_column() -> None:
    rows: list[list[Spec]] = [
        [("项目名称", 2, 1), ("乡村道路养护", 5, 1)],
        [
            ("预算执行情况(万元)(20分)", 1, 2),
            "",
            "预算数(A)",
            "执行数(B)",
            "执行率(B/A)",
            ("得分(20分*执行率)", 2, 1),
        ],
        ["年度财政资金总额", "100", "90", "90%", ("18", 2, 1)],
        ["一级指标", "二级指标", "三级指标", "年初目标值(A)", "实际完成值(B)", ("得分", 2, 1)],
        [("产出指标(40分)", 1, 2), "数量指标", "养护里程", "20公里", "20公里", ("20", 2, 1)],
        ["质量指标", "合格率", "≥95%", "95%", ("20", 2, 1)],
        [("总分", 5, 1), ("98", 2, 1)],
        [("偏差大或目标未完成原因分析", 2, 1), ("资金结余10万元", 5, 1)],
    ]
    found = read("2022年度项目自评表", grid(rows))
    budget = figures(found, "budget")
    assert budget["乡村道路养护", "total", "weight"] == "20 分"
    assert budget["乡村道路养护", "total", "annual_budget"] == "100 万元"
    assert rows_of(found, "level3", "weight", "score") == [
        ("养护里程", None, 20),
        ("合格率", None, 20),
    ]
    assert figures(found, "evaluation") == {("乡村道路养护", None, "total_score"): "98 分"}
    assert found.document.form_families == "hubei_self_evaluation"


TARGET_FORM: list[list[Spec]] = [
    ["项目编码", ("13012322P00258110508 R", 2, 1), "项目名称", ("老年活动经费", 3, 1)],
    [("预算规模及资金用途", 1, 2), "预算数", "5.00", "其中：财政 资金", "5.00", "其他资金", ""],
    [("日常活动、报刊订阅和场地维护等各项支出。", 6, 1)],
    [("资金支出计划（%）", 1, 2), ("3月底", 2, 1), "6月底", "10月底", ("12月底", 2, 1)],
    [("1.50", 2, 1), "2.50", "", ("5.00", 2, 1)],
    ["绩效目标", ("1.丰富老年人生活。\n2.传承优良作风。", 6, 1)],
    ["一级指标", "二级指标", "三级指标", ("绩效指标描述", 2, 1), "指标值", "指标值确定依据"],
    [
        ("产出指标", 1, 2),
        "数量指标",
        "活动次数",
        ("组织活动的次数（次）", 2, 1),
        "≥4次",
        "历史标准",
    ],
    ["成本指标", "资助人数", ("资助困难人员", 2, 1), "≥10人", "计划标准"],
]


def test_target_form_whose_header_lies_about_the_unit() -> None:
    found = read("1.2022年度老年活动经费绩效目标表", "单位：万元", grid(TARGET_FORM))
    name = "老年活动经费"
    assert found.projects[0].project_code == "13012322P00258110508R"
    assert found.projects[0].purpose == "日常活动、报刊订阅和场地维护等各项支出。"
    assert figures(found, "budget") == {
        (name, "total", "initial_budget"): "5.00 万元",
        (name, "general_public_budget", "initial_budget"): "5.00 万元",
    }
    assert figures(found, "spending_plan") == {
        (name, "3", "planned_cumulative"): "1.50 万元",
        (name, "6", "planned_cumulative"): "2.50 万元",
        (name, "12", "planned_cumulative"): "5.00 万元",
    }
    assert [s.kind for s in found.statements] == ["unit_conflict"]
    assert rows_of(found, "level3", "description", "value_basis", "target_value", "weight") == [
        ("活动次数", "组织活动的次数(次)", "历史标准", 4, None),
        ("资助人数", "资助困难人员", "计划标准", 10, None),
    ]
    assert found.indicators[1].level1_std == "output"
    assert found.goals[0].goal_text == "1.丰富老年人生活。2.传承优良作风。"


def test_a_plan_in_per_cent_is_no_amount() -> None:
    rows = [list(r) for r in TARGET_FORM]
    rows[4] = [("30", 2, 1), "50", "70", ("100", 2, 1)]
    found = read("绩效目标表", "单位：万元", grid(rows))
    assert figures(found, "spending_plan") == {}
    assert found.statements == []


def test_annual_column_beside_the_whole_period() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("高标准农田建设", 5, 1)],
        [("资金情况（万元）", 1, 3), "实施期资金总额：", "3000", "年度资金总额：", ("1000", 2, 1)],
        ["其中：财政拨款", "3000", "其中：财政拨款", ("1000", 2, 1)],
        ["其他资金", "", "其他资金", ("0", 2, 1)],
        [("总体目标", 1, 2), ("实施期目标", 2, 1), ("年度目标", 3, 1)],
        [("建设3万亩", 2, 1), ("建设1万亩", 3, 1)],
        [("绩效指标", 1, 2), "一级指标", "二级指标", "三级指标", "指标值", "分值权重（90分）"],
        ["产出指标", "数量指标", "建设面积", "≥1万亩", "90"],
    ]
    found = read("项目绩效目标申报表（2022年度）", grid(rows))
    assert figures(found, "budget") == {
        ("高标准农田建设", "total", "initial_budget"): "1000 万元",
        ("高标准农田建设", "general_public_budget", "initial_budget"): "1000 万元",
        ("高标准农田建设", "other", "initial_budget"): "0 万元",
    }
    assert found.goals[0].goal_text == "建设1万亩"
    assert rows_of(found, "target_value", "target_unit", "weight") == [(1, "万亩", 90)]


def test_text_dump_fills_levels_down_but_not_into_another_category() -> None:
    rows: list[list[Spec]] = [
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "次数", "4次"],
        ["", "", "人数", "10人"],
        ["", "质量指标", "合格率", "100%"],
        ["", "社会效益指标", "知晓率", "90%"],
    ]
    found = read(
        "项目绩效目标表", grid([["项目名称", "宣传", "", ""], *rows], kind=GridKind.TABBED)
    )
    assert rows_of(found, "level1", "level1_std", "level2", "level3") == [
        ("产出指标", "output", "数量指标", "次数"),
        ("产出指标", "output", "数量指标", "人数"),
        ("产出指标", "output", "质量指标", "合格率"),
        (None, "benefit", "社会效益指标", "知晓率"),
    ]


def test_placeholders_make_no_row_and_prefixes_go() -> None:
    lines: list[list[Spec]] = [
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "备注"],
        [
            ("产出指标", 1, 4),
            ("数量指标", 1, 4),
            "指标1：修复长度",
            "≥5公里",
            "5公里",
            "50",
            "50",
            "",
        ],
        ["指标2：", "", "", "", "", ""],
        ["……", "", "", "", "", ""],
        ["无", "", "", "", "", ""],
        ["效益指标", "社会效益指标", "指标1：", "带动就业10人", "10人", "40", "40", ""],
    ]
    found = read("项目支出绩效自评表", grid([["项目名称", ("河道修复", 7, 1)], *lines]))
    assert rows_of(found, "level3", "weight") == [("修复长度", 50), ("带动就业10人", 40)]


@pytest.mark.parametrize("place", ["header", "caption", "cell", "nowhere"])
def test_unit_of_amounts(place: str) -> None:
    band = "项目资金（元）" if place == "header" else "项目资金"
    value = "90000元" if place == "cell" else "90000"
    rows: list[list[Spec]] = [
        ["项目名称", ("图书采购", 7, 1)],
        [(band, 1, 2), "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["年度资金总额", "", "", value, "", "", ""],
        *LINES_8,
    ]
    above = ["单位：元"] if place == "caption" else []
    found = read("项目支出绩效自评表", *above, grid(rows))
    [executed] = [f for f in found.figures if f.measure == "executed"]
    assert executed.value == 90000
    expected = None if place == "nowhere" else "元"
    assert executed.unit == expected
    assert executed.unit_source == (place if expected else None)


@pytest.mark.parametrize(
    ("printed", "unit"), [("90%", "%"), ("90", "%"), ("0.9", "倍"), ("90.00", "%")]
)
def test_rate_without_a_sign_follows_the_amounts(printed: str, unit: str) -> None:
    rows = [*HEAD, FUNDS[0], [*FUNDS[1][:5], printed, "9"], *FUNDS[2:], *LINES]
    found = read("项目支出绩效自评表", grid(rows))
    [rate] = [f for f in found.figures if f.measure == "execution_rate"]
    assert rate.unit == unit


def test_tables_that_are_no_forms_are_left_alone() -> None:
    economy = grid(
        [
            ["指标", "单位", "1-6月", "增长%"],
            ["地区生产总值", "亿元", "1234.5", "5.6"],
            ["社会消费品零售总额", "亿元", "456.7", "8.1"],
        ]
    )
    budget = grid(
        [
            ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
            ["201", "一般公共服务", "10", "6", "4"],
        ],
        ordinal=2,
    )
    found = read("主要经济指标", economy, "支出预算总表", budget)
    assert (found.figures, found.indicators, found.goals, found.projects) == ([], [], [], [])


def test_unit_in_brackets_behind_the_name() -> None:
    lines: list[list[Spec]] = [
        ["一级指标", "二级指标", "三级指标", "指标值", "分值权重（90分）"],
        ["产出指标", "数量指标", "服务人数（人）", "≥3", "40"],
        ["产出指标", "质量指标", "合格率（%）", "98", "40"],
        ["效益指标", "社会效益指标", "便民服务（含节假日）", "≥5", "10"],
    ]
    found = read("项目绩效目标表", grid([["项目名称", ("法律顾问", 4, 1)], *lines]))
    assert rows_of(found, "target_text", "target_value", "target_unit") == [
        ("≥3", 3, "人"),
        ("98", 98, "%"),
        ("≥5", 5, None),
    ]


def test_department_target_with_sources_as_columns_and_levels_in_the_name() -> None:
    rows: list[list[Spec]] = [
        [("部门名称", 2, 1), ("某市统计局", 7, 1)],
        [
            ("总体资金情况（万元）", 2, 3),
            ("预算支出总额", 1, 2),
            ("财政拨款", 3, 1),
            ("其他资金", 3, 1),
        ],
        ["合计", "基本支出", "项目支出", "合计", "基本支出", "项目支出"],
        ["50.95", "50.85", "32.75", "18.10", "0.10", "0.02", "0.08"],
        [
            ("整体绩效目标", 1, 3),
            ("活动", 1, 1),
            ("绩效指标", 3, 1),
            "指标性质",
            ("指标值", 2, 1),
            "度量单位",
        ],
        ["专项统计", ("产出指标数量指标开展监测", 3, 1), "≥", ("12", 2, 1), "项"],
        ["专项统计", ("效益指标社会效益指标影响", 3, 1), "定性", ("高", 2, 1), ""],
    ]
    found = read("部门整体支出绩效目标表", grid(rows))
    assert figures(found, "budget") == {
        (None, "total", "initial_budget"): "50.95 万元",
        (None, "general_public_budget", "initial_budget"): "50.85 万元",
        (None, "other", "initial_budget"): "0.10 万元",
    }
    assert figures(found, "revenue") == {}
    assert rows_of(found, "level1", "level2_std", "level3", "target_text") == [
        ("产出指标", "quantity", "开展监测", "≥12项"),
        ("效益指标", "social_benefit", "影响", "高"),
    ]
