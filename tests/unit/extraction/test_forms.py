"""Forms on grids of several provinces: every field, whatever the order of columns and rows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from orchestration.reading.document import Doubt, DoubtKind, GridKind, Place
from orchestration.records import Extraction, IndicatorRecord
from tests.unit.extraction.grids import Spec, figures, grid, read

HEAD: list[list[Spec]] = [
    [("项目名称", 2, 1), ("湖滨公园照明改造", 7, 1)],
    [("主管部门", 2, 1), ("219_某市城市管理局", 3, 1), "实施单位", ("某市照明管理所", 3, 1)],
]
FUNDS: list[list[Spec]] = [
    [
        ("项目资金（万元）", 1, 4),
        ("", 2, 1),
        "年初\n预算数",
        "全年\n预算数",
        "全年\n执行数",
        "分值",
        "执行率",
        "得分",
    ],
    [("年度资金总额", 2, 1), "120.00", "100.00", "90.00", "10", "90%", "9"],
    [("其中：当年财政拨款", 2, 1), "120.00", "100.00", "90.00", "—", "—", "—"],
    [("其他资金", 2, 1), "", "0", "0", "", "", ""],
]
LINES: list[list[Spec]] = [
    [
        ("绩\n效\n指\n标", 1, 5),
        "一级\n指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ],
    [("产出指标\n（50分）", 1, 2), "数量指标", "更换路灯", "≥200盏", "210盏", "30", "30", ""],
    ["时效指标", "完成时间", "2022年12月", "2022年12月", "20", "18", "天气原因"],
    ["效益指标（30分）", "社会效益指标", "夜间出行", "改善", "改善", "30", "30", ""],
    ["满意度指标（10分）", "服务对象满意度指标", "市民满意度", "≥90%", "95%", "10", "10", ""],
    [("总分", 6, 1), "100", "97", "等级：优"],
]


def rows_of(extraction: Extraction, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(getattr(i, n) for n in names) for i in extraction.indicators]


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


LINES_8: list[list[Spec]] = [
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "备注"],
    ["产出指标", "数量指标", "采购图书", "500册", "500册", "90", "90", ""],
]


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


def test_income_and_expense_by_nature() -> None:
    rows: list[list[Spec]] = [
        [
            ("年度预算申请（万元）", 1, 5),
            "",
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "分值",
            "执行率",
            "得分",
        ],
        ["年度资金总额", "50", "60", "60", "10", "100%", "10"],
        [("按收入性质分：", 3, 1), ("按支出性质分：", 4, 1)],
        [("其中：一般公共预算：55", 3, 1), ("其中：基本支出：40", 4, 1)],
        [("政府性基金拨款：5", 3, 1), ("项目支出：20", 4, 1)],
        *LINES_8,
    ]
    found = read("2022年度部门整体支出绩效自评表", grid(rows))
    assert figures(found, "revenue") == {
        (None, "general_public_budget", "amount", None, 2022): "55 万元",
        (None, "government_fund", "amount", None, 2022): "5 万元",
    }
    assert figures(found, "expense") == {
        (None, "basic", "amount", "actual", 2022): "40 万元",
        (None, "project", "amount", "actual", 2022): "20 万元",
    }


def test_base_data_table() -> None:
    rows: list[list[Spec]] = [
        [
            ("财政供养人员情况（人）", 1, 2),
            ("编制数", 2, 1),
            ("2022年实际在职人数", 2, 1),
            ("控制率", 2, 1),
        ],
        [("20", 2, 1), ("19", 2, 1), ("95%", 2, 1)],
        ["经费控制情况（万元）", ("上年决算数", 2, 1), ("本年预算数", 2, 1), ("本年决算数", 2, 1)],
        ["三公经费", ("", 2, 1), ("", 2, 1), ("", 2, 1)],
        ["其中：公车运行维护", ("7.97", 2, 1), ("5", 2, 1), ("——", 2, 1)],
        ["3、公务接待", ("0", 2, 1), ("0.5", 2, 1), ("0.1", 2, 1)],
        [
            ("楼堂馆所控制情况", 1, 2),
            "批复规模（㎡）",
            "实际规模（㎡）",
            "规模控制率",
            "预算投资（万元）",
            "实际投资（万元）",
            "投资概算控制率",
        ],
        ["0", "0", "", "0", "0", ""],
        ["厉行节约保障措施", ("无", 6, 1)],
    ]
    found = read("2022年度部门整体支出绩效评价基础数据表", grid(rows))
    assert figures(found, "personnel") == {
        (None, "establishment", "headcount", None, 2022): "20 人",
        (None, "on_duty", "headcount", None, 2022): "19 人",
        (None, "on_duty", "control_rate"): "95 %",
    }
    assert figures(found, "expense") == {
        (None, "vehicle_operation", "amount", "actual", 2021): "7.97 万元",
        (None, "vehicle_operation", "amount", "budget", 2022): "5 万元",
        (None, "reception", "amount", "actual", 2021): "0 万元",
        (None, "reception", "amount", "budget", 2022): "0.5 万元",
        (None, "reception", "amount", "actual", 2022): "0.1 万元",
    }
    assert [(s.kind, s.subject) for s in found.statements] == [("blank_total", "三公经费")]


def test_county_columns_take_only_the_whole_department() -> None:
    rows: list[list[Spec]] = [
        [("机构名称", 1, 2), ("收入合计", 1, 2), ("其中：", 3, 1)],
        ["上年结转", "公共财政拨款", "其他收入"],
        ["局机关及二级机构汇总", "74.52", "0.31", "74.21", ""],
        ["1、局机关", "50.00", "0.31", "49.69", ""],
        ["2、二级机构1", "24.52", "0", "24.52", ""],
    ]
    found = read("部门整体支出绩效自评表", "单位：万元", grid(rows))
    assert figures(found, "revenue") == {
        (None, "total", "amount", None, 2022): "74.52 万元",
        (None, "carry_over", "amount", None, 2022): "0.31 万元",
        (None, "general_public_budget", "amount", None, 2022): "74.21 万元",
    }


def test_county_columns_of_several_parts_without_a_whole_are_left_alone() -> None:
    rows: list[list[Spec]] = [
        ["机构名称", "收入合计", "上年结转", "公共财政拨款"],
        ["1、局机关", "50.00", "0.31", "49.69"],
        ["2、二级机构1", "24.52", "0", "24.52"],
    ]
    found = read("部门整体支出绩效自评表", "单位：万元", grid(rows))
    assert figures(found, "revenue") == {}


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


def test_project_list_with_indicators_in_the_same_rows_over_two_grids() -> None:
    head: list[list[Spec]] = [
        [
            ("项目名称", 1, 2),
            ("项目总额", 1, 2),
            ("其中：", 2, 1),
            ("绩效目标", 1, 2),
            ("一级指标", 1, 2),
            ("二级指标", 1, 2),
            ("三级指标", 1, 2),
            ("绩效指标性质", 1, 2),
            ("本年绩效指标值", 1, 2),
            ("绩效度量单位", 1, 2),
        ],
        ["财政资金", "其他资金"],
    ]
    first = grid(
        [
            *head,
            [
                ("11000024T000002830551-资料编印", 1, 2),
                ("76.64", 1, 2),
                ("70", 1, 2),
                ("6.64", 1, 2),
                ("编印资料", 1, 2),
                "产出指标",
                "数量指标",
                "种类",
                "≥",
                "7",
                "种",
            ],
            ["产出指标", "时效指标", "时间", "定性", "按计划", ""],
            [
                "岗位培训",
                "10",
                "10",
                "",
                "培训干部",
                "产出指标",
                "数量指标",
                "人数",
                "≥",
                "30",
                "人",
            ],
        ]
    )
    second = grid(
        [*head, ["", "", "", "", "", "效益指标", "社会效益指标", "能力", "定性", "提升", ""]],
        ordinal=2,
    )
    found = read("项目支出绩效目标表", "金额单位：万元", first, second)
    assert [p.project_name for p in found.projects] == ["资料编印", "岗位培训"]
    assert figures(found, "budget") == {
        ("资料编印", "total", "initial_budget"): "76.64 万元",
        ("资料编印", "general_public_budget", "initial_budget"): "70 万元",
        ("资料编印", "other", "initial_budget"): "6.64 万元",
        ("岗位培训", "total", "initial_budget"): "10 万元",
        ("岗位培训", "general_public_budget", "initial_budget"): "10 万元",
    }
    assert rows_of(found, "project_name", "indicator_seq", "level3", "target_text") == [
        ("资料编印", 1, "种类", "≥7种"),
        ("资料编印", 2, "时间", "按计划"),
        ("岗位培训", 1, "人数", "≥30人"),
        ("岗位培训", 2, "能力", "提升"),
    ]
    assert {(i.project_name, i.indicator_table) for i in found.indicators} == {
        ("资料编印", 1),
        ("岗位培训", 2),
    }


def test_project_list_with_scores() -> None:
    rows: list[list[Spec]] = [
        [
            "序号",
            "项目名称",
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "执行率",
            "自评得分",
            "自评等级",
        ],
        ["1", "设备购置", "10", "12", "12", "100%", "98", "优"],
        ["2", "信息系统运维", "5", "5", "4", "80%", "88.5", "良"],
        ["", "合计", "15", "17", "16", "94.12%", "", ""],
    ]
    found = read("2022年度项目支出绩效自评情况表", "单位：万元", grid(rows))
    assert [p.project_name for p in found.projects] == ["设备购置", "信息系统运维"]
    assert figures(found, "evaluation") == {
        ("设备购置", None, "total_score"): "98 分",
        ("设备购置", None, "grade"): "优",
        ("信息系统运维", None, "total_score"): "88.5 分",
        ("信息系统运维", None, "grade"): "良",
    }
    budget = figures(found, "budget")
    assert budget["信息系统运维", "total", "executed"] == "4 万元"
    assert not [key for key in budget if key[0] in (None, "合计")]


def test_name_of_the_project_in_the_title_only() -> None:
    rows: list[list[Spec]] = [
        [("专项资金情况（万元）", 1, 2), "资金总额：", ("47.50", 3, 1)],
        ["财政拨款：", ("47.50", 3, 1)],
        [("绩效目标指标", 1, 2), "一级指标", "二级指标", "三级指标", "目标值"],
        ["产出指标", "数量指标", "开设专栏", "≥1个"],
    ]
    found = read("城市形象宣传经费项目绩效目标表", grid(rows))
    assert [p.project_name for p in found.projects] == ["城市形象宣传经费"]
    assert figures(found, "budget") == {
        ("城市形象宣传经费", "total", "initial_budget"): "47.50 万元",
        ("城市形象宣传经费", "general_public_budget", "initial_budget"): "47.50 万元",
    }


def test_department_tasks_give_the_department_total_only() -> None:
    rows: list[list[Spec]] = [
        ["部门（单位）名称", ("某市民政局", 4, 1)],
        [
            ("年度主要任务", 1, 5),
            ("任务名称", 1, 2),
            ("主要内容", 1, 2),
            ("预算金额（万元）", 3, 1),
        ],
        ["总额", "财政拨款", "其他资金"],
        ["社会福利", "福利机构", "33,398.08", "18,571.74", "14,826.34"],
        ["临时救助", "救助", "1,809.51", "1,809.51", "0.00"],
        [("金额合计", 2, 1), "35,207.59", "20,381.25", "14,826.34"],
        ["年度总体目标", ("目标1：保障困难群众基本生活。", 5, 1)],
        [("年度绩效指标", 1, 2), "一级指标", "二级指标", ("指标内容", 2, 1), "指标值"],
        ["产出指标", "数量指标", ("保障人数", 2, 1), "100人"],
    ]
    found = read("2022年部门整体支出绩效目标表", grid(rows))
    assert figures(found, "budget") == {
        (None, "total", "initial_budget"): "35207.59 万元",
        (None, "general_public_budget", "initial_budget"): "20381.25 万元",
        (None, "other", "initial_budget"): "14826.34 万元",
    }
    assert found.issues == []


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


def test_repeated_header_after_a_page_break_is_no_line() -> None:
    rows = [
        LINES_8[0],
        LINES_8[1],
        LINES_8[0],
        ["", "质量指标", "完好率", "100%", "99%", "10", "9", "损耗"],
    ]
    found = read("项目支出绩效自评表", grid([["项目名称", ("图书采购", 7, 1)], *rows]))
    assert rows_of(found, "level3", "indicator_seq") == [("采购图书", 1), ("完好率", 2)]
    assert len({i.indicator_table for i in found.indicators}) == 1


def test_indicators_in_a_grid_of_their_own_belong_to_the_form_above() -> None:
    first = grid([*HEAD, *FUNDS])
    found = read("项目支出绩效自评表", first, "绩效指标完成情况", grid(LINES_8, ordinal=2))
    assert {(i.scope, i.project_name) for i in found.indicators} == {
        ("project", "湖滨公园照明改造")
    }


def test_two_forms_stacked_in_one_grid() -> None:
    first: list[list[Spec]] = [["项目名称", ("图书采购", 7, 1)], *LINES_8]
    second: list[list[Spec]] = [["项目名称", ("设备更新", 7, 1)], *LINES_8]
    found = read("项目支出绩效自评表", grid([*first, *second]))
    assert rows_of(found, "project_name", "indicator_table", "level3") == [
        ("图书采购", 1, "采购图书"),
        ("设备更新", 2, "采购图书"),
    ]


def test_template_left_blank_makes_no_line_and_no_project() -> None:
    lines: list[list[Spec]] = [
        ["一级指标", "二级指标", "三级指标", "指标值", "分值权重（90分）"],
        [("产出指标", 1, 2), "数量指标", "", "", ""],
        ["质量指标", "", "", ""],
    ]
    found = read("专项资金总体绩效目标表", grid([["项目名称", ("", 4, 1)], *lines]))
    assert (found.indicators, found.figures, found.projects) == ([], [], [])
    assert [(s.kind, s.subject) for s in found.statements] == [("blank_field", "项目名称")]


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


# --- no silent wrong number ----------------------------------------------------------------------


def test_figure_on_which_the_readings_disagree_is_withheld() -> None:
    doubt = Doubt(DoubtKind.DISAGREEMENT, "两次读取不一致", "90.00", "96.00")
    found = read("项目支出绩效自评表", grid([*HEAD, *FUNDS, *LINES], doubts={(3, 5): doubt}))
    [executed] = [f for f in found.figures if f.measure == "executed" and f.item == "total"]
    assert executed.value is None
    assert executed.cell_text == "90.00"
    [issue] = found.issues
    assert (issue.kind, issue.severity) == ("disagreement", "error")
    assert (issue.first_reading, issue.second_reading) == ("90.00", "96.00")
    assert "第4行" in issue.message


def test_number_that_leaves_its_cell_withholds_its_row() -> None:
    rows = [
        *HEAD,
        FUNDS[0],
        [("年度资金总额 4", 2, 1), "36000.0", "0 422700.00 4", "22700.0", "10", "100%", "10"],
        *FUNDS[2:],
        *LINES,
    ]
    found = read("项目支出绩效自评表", grid(rows))
    row = [f for f in found.figures if f.source_row == 4]
    assert row
    assert {f.value for f in row} == {None}
    assert "error" in {i.severity for i in found.issues}


def test_unreadable_figure_is_reported_with_its_place() -> None:
    rows = [*LINES_8[:1], ["产出指标", "数量指标", "采购图书", "500册", "500册", "9O", "90", ""]]
    found = read("项目支出绩效自评表", grid([["项目名称", ("图书采购", 7, 1)], *rows]))
    assert found.indicators[0].weight is None
    assert [(i.kind, i.source_row, i.source_col) for i in found.issues] == [("unread_figure", 3, 6)]


def test_unknown_words_are_reported_not_dropped() -> None:
    rows: list[list[Spec]] = [
        ["一级指标", "二级指标", "三级指标", "年度指标值", "分值", "玄妙列"],
        ["神秘指标", "数量指标", "采购图书", "500册", "90", ""],
    ]
    found = read("项目支出绩效自评表", grid([["项目名称", ("图书采购", 5, 1)], *rows]))
    assert [(i.kind, i.first_reading) for i in found.issues] == [
        ("unknown_word", None),
        ("unknown_word", None),
    ]
    assert found.indicators[0].level1 == "神秘指标"
    assert found.indicators[0].level1_std == "other"


def test_figures_of_a_form_that_nobody_claims_are_counted() -> None:
    rows = [*LINES_8, ["附加扣分值", "3.5", "", "", "", "", "", ""]]
    rows = [["项目名称", ("图书采购", 7, 1)], ["神秘金额", ("77.7", 7, 1)], *rows[:2]]
    found = read("项目支出绩效自评表", grid(rows))
    [issue] = [i for i in found.issues if i.kind == "unclaimed_figure"]
    assert "77.7" in issue.message


@pytest.mark.parametrize("kind", [DoubtKind.OVERPRINT, DoubtKind.LOW_OCR, DoubtKind.UNMAPPED])
def test_scores_in_doubt_are_withheld(kind: DoubtKind) -> None:
    doubt = Doubt(kind, "不可信")
    found = read(
        "项目支出绩效自评表",
        grid([["项目名称", ("图书采购", 7, 1)], *LINES_8], doubts={(2, 6): doubt}),
    )
    assert found.indicators[0].score is None
    assert found.indicators[0].weight == 90
    assert [(i.kind, i.severity) for i in found.issues] == [("unread_figure", "error")]


def test_sign_misread_on_a_scan_withholds_the_target() -> None:
    rows = [LINES_8[0], ["产出指标", "质量指标", "合格率", "292%", "95%", "90", "90", ""]]
    form = grid([["项目名称", ("图书采购", 7, 1)], *rows])
    scanned = read("项目支出绩效自评表", form, is_scanned=True)
    assert scanned.indicators[0].target_value is None
    assert scanned.indicators[0].target_text == "292%"
    printed = read("项目支出绩效自评表", form)
    assert printed.indicators[0].target_value == 292


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


def test_forms_of_one_name_by_several_units_are_several_projects() -> None:
    def form(unit: str, amount: str) -> list[list[Spec]]:
        return [
            ["项目名称", ("业务经费", 4, 1)],
            ["主管部门", "某市审计局", "实施单位", (unit, 2, 1)],
            ["项目资金（万元）", ("年度资金总额：", 2, 1), (amount, 2, 1)],
            ["一级指标", "二级指标", "三级指标", "指标值", "备注"],
            ["产出指标", "数量指标", "报告", "≥3份", ""],
        ]

    first, second = grid(form("审计局本级", "31")), grid(form("审计中心", "539"), ordinal=2)
    found = read("项目绩效目标表", first, "项目绩效目标表", second)
    assert figures(found, "budget") == {
        ("业务经费", "total", "initial_budget"): "31 万元",
        ("业务经费(审计中心)", "total", "initial_budget"): "539 万元",
    }
    assert {i.project_name for i in found.indicators} == {"业务经费", "业务经费(审计中心)"}


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


def test_indicators_go_on_over_a_page_with_a_running_head() -> None:
    first: list[list[Spec]] = [
        ["项目名称", ("河道修复", 4, 1)],
        [("绩效指标", 1, 2), "一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "修复长度", "5公里"],
    ]
    second: list[list[Spec]] = [
        [("绩效指标", 1, 2), "产出指标", "质量指标", "验收合格率", "100%"],
        ["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"],
    ]
    head = "某市水利局2022年度公开"
    found = read(head, "项目绩效目标表", grid(first), head, grid(second, ordinal=2, page=2), head)
    assert rows_of(found, "indicator_table", "indicator_seq", "level1_std", "level3") == [
        (1, 1, "output", "修复长度"),
        (1, 2, "output", "验收合格率"),
        (1, 3, "satisfaction", "群众满意度"),
    ]
    assert {i.project_name for i in found.indicators} == {"河道修复"}
    assert [i.source_page for i in found.indicators] == [1, 2, 2]


def test_a_table_after_other_text_does_not_go_on_with_a_form() -> None:
    first: list[list[Spec]] = [
        ["项目名称", ("河道修复", 3, 1)],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "修复长度", "5公里"],
    ]
    other = grid([["某县", "甲乡", "道路", "5公里"], ["某县", "乙乡", "桥梁", "2座"]], ordinal=2)
    found = read("项目绩效目标表", grid(first), "附：2022年各乡镇工程完成情况如下表所示。", other)
    assert len(found.indicators) == 1


def test_level_cell_cut_by_a_page_break_with_its_text_on_the_next_page() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道修复", 3, 1)],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["成本指标", "经济成本指标", "总成本", "≤10万元"],
        ["", "数量指标", "修复长度", "5公里"],
        ["", "", "标准化程度", "达标"],
        [("产出指标", 1, 2), ("质量指标", 1, 2), "合格率", "100%"],
        ["完好率", "98%"],
    ]
    made = grid(rows)
    cells = tuple(
        replace(c, parts=(Place(page=1 if c.row < 5 else 2),))
        if not (c.row == 3 and c.col == 0)
        else replace(c, rowspan=2, parts=(Place(page=1),))
        for c in made.cells
        if not (c.row == 4 and c.col == 0)
    )
    found = read("项目绩效目标表", replace(made, cells=cells))
    assert rows_of(found, "level3", "level1", "level2") == [
        ("总成本", "成本指标", "经济成本指标"),
        ("修复长度", "产出指标", "数量指标"),
        ("标准化程度", "产出指标", "质量指标"),
        ("合格率", "产出指标", "质量指标"),
        ("完好率", "产出指标", "质量指标"),
    ]


@pytest.mark.parametrize("kind", [DoubtKind.OVERPRINT, DoubtKind.DISAGREEMENT, DoubtKind.UNMAPPED])
def test_goals_printed_over_are_withheld_and_the_rest_stands(kind: DoubtKind) -> None:
    rows = [
        ["项目名称", ("图书采购", 7, 1)],
        ["年度目标", ("采购图书，丰富馆藏", 3, 1), "全年完成情况", ("采购图书两千册", 3, 1)],
        *LINES_8,
    ]
    found = read("项目支出绩效自评表", grid(rows, doubts={(1, 1): Doubt(kind, "不可信")}))
    assert [(g.goal_text, g.completion_text) for g in found.goals] == [(None, "采购图书两千册")]
    assert found.indicators[0].weight == 90
    assert [(i.kind, i.severity) for i in found.issues] == [("unread_figure", "warning")]
