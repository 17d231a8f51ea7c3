"""Heads of columns in the words of provinces that nobody had judged; all else is invented."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.extraction.form_rows import rows_of
from tests.unit.extraction.grids import Spec, figures, grid, read

_VALUES = ("level3", "target_text", "actual_text", "weight", "score", "deviation_reason")
_TITLE = "2023年度项目支出绩效自评表"
_NAME: Spec = "项目名称"


@pytest.mark.parametrize(
    "heads",
    [
        ("当年度指标值", "业绩值", "标准得分", "单位自评得分", "扣分依据"),
        ("指标值（目标值）", "完成（实现）值", "基准分", "自查得分", "未实现原因"),
        ("计划任务数", "指标完成数", "指标权重系数", "评估得分", "未完成（偏离）原因及改进措施"),
        ("批复指标值", "自评实际完成值", "应得分", "绩效自评得分", "存在问题及改进措施"),
        ("目标值", "绩效指标完成情况", "占比分值", "评审得分", "情况说明"),
        ("年度具体指标值", "具体完成情况", "三级指标分值", "最终得分", "超额或未完成原因"),
    ],
)
def test_heads_of_a_line(heads: tuple[str, ...]) -> None:
    rows: list[list[Spec]] = [
        [_NAME, ("湿地修复", 7, 1)],
        ["一级指标", "二级指标", "三级指标", *heads],
        ["产出指标", "数量指标", "修复湿地", "≥40公顷", "38公顷", "90", "85.5", "汛期停工"],
    ]
    found = read(_TITLE, grid(rows))
    expected = ("修复湿地", "≥40公顷", "38公顷", 90, Decimal("85.5"), "汛期停工")
    assert rows_of(found, *_VALUES) == [expected]
    assert not [i for i in found.issues if i.kind == "unknown_word"]


def test_names_below_the_head_of_a_whole_block() -> None:
    rows: list[list[Spec]] = [
        [_NAME, ("湿地修复", 4, 1)],
        [("绩效指标", 1, 2), "一级指标", "二级指标", "绩效指标", "绩效指标值"],
        ["产出指标", "数量指标", "修复湿地", "≥40公顷"],
    ]
    found = read("2024年项目支出绩效目标表", grid(rows))
    assert rows_of(found, "level1", "level2", "level3", "target_text") == [
        ("产出指标", "数量指标", "修复湿地", "≥40公顷")
    ]


def test_a_second_opinion_takes_no_score_away() -> None:
    rows: list[list[Spec]] = [
        [_NAME, ("湿地修复", 6, 1)],
        ["一级指标", "二级指标", "三级指标", "指标值", "分值", "评审得分", "自评得分"],
        ["产出指标", "数量指标", "修复湿地", "≥40公顷", "90", "80", "85"],
    ]
    assert rows_of(read(_TITLE, grid(rows)), "weight", "score", "reviewer_score") == [(90, 85, 80)]


@pytest.mark.parametrize(
    "heads",
    [
        ("年初批复预算数", "预算数（调整后）", "实际支付数", "支付进度"),
        ("年初预算安排金额", "全年（调整后）预算数", "财政支出金额", "资金支出率"),
        ("年初数", "可执行指标数", "决算金额", "实际执行率"),
        ("年初核定预算数", "年末预算数", "资金使用数", "预算执行进度"),
    ],
)
def test_heads_of_a_budget(heads: tuple[str, ...]) -> None:
    rows: list[list[Spec]] = [
        [_NAME, ("湿地修复", 4, 1)],
        ["资金来源（万元）", *heads],
        ["资金总额", "120.00", "130.00", "117.00", "90%"],
        ["一级指标", "三级指标", "指标值", "分值", "得分"],
        ["产出指标", "修复湿地", "≥40公顷", "90", "85"],
    ]
    assert figures(read(_TITLE, grid(rows)), "budget") == {
        ("湿地修复", "total", "initial_budget"): "120.00 万元",
        ("湿地修复", "total", "annual_budget"): "130.00 万元",
        ("湿地修复", "total", "executed"): "117.00 万元",
        ("湿地修复", "total", "execution_rate"): "90 %",
    }


def test_a_total_without_a_stage_is_none_of_the_stages_below() -> None:
    rows: list[list[Spec]] = [
        [_NAME, ("湿地修复", 2, 1), "资金总额（万元）", "130"],
        ["资金来源（万元）", "年初预算", "调整后预算", "实际支出", "分值"],
        ["合计", "120", "130", "117", "10"],
        ["一级指标", "三级指标", "指标值", "分值", "得分"],
        ["产出指标", "修复湿地", "≥40公顷", "90", "85"],
    ]
    found = read(_TITLE, grid(rows))
    initial = [str(f.value) for f in found.figures if f.measure == "initial_budget"]
    assert initial == ["120"]
    assert [i.kind for i in found.issues] == ["unclaimed_figure"]


def test_parts_of_income_and_spending_in_cells_beside_their_labels() -> None:
    rows: list[list[Spec]] = [
        ["部门名称", ("青石县自然资源局", 3, 1)],
        [("按收入性质分", 2, 1), ("按支出性质分", 2, 1)],
        ["其中：一般公共预算拨款", "1560.4", "其中：基本支出", "1160.4"],
        ["政府性基金拨款", "300", "项目支出", "700"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "完成土地储备", "≥420亩"],
    ]
    found = read("2025年部门整体支出绩效目标申报表", "单位：万元", grid(rows), year=2025)
    assert figures(found, "revenue") == {
        (None, "general_public_budget", "amount", None, 2025): "1560.4 万元",
        (None, "government_fund", "amount", None, 2025): "300 万元",
    }
    assert figures(found, "expense") == {
        (None, "basic", "amount", "budget", 2025): "1160.4 万元",
        (None, "project", "amount", "budget", 2025): "700 万元",
    }


def test_four_levels_with_letters_in_front_of_their_names() -> None:
    heads: list[Spec] = []
    for number in "一二三四":
        heads += [f"{number}级指标", "分值"]
    rows: list[list[Spec]] = [
        [*heads, "评价标准", "得分", "扣分原因"],
        [
            *(("A决策", 1, 2), ("20", 1, 2), ("A1项目立项", 1, 2), ("20", 1, 2)),
            *("A11立项依据", "12", "A111政策符合", "12", "缺一项扣1分", "12", ""),
        ],
        ["A12立项程序", "8", "A121审批程序", "8", "不规范扣2分", "6", "缺少会议记录"],
        [
            *("C产出", "80", "C1产出数量", "80", "C11改造完成", "80"),
            *("C111改造小区", "80", "按比例", "72", "两个小区未完工"),
        ],
    ]
    found = read("2023年老旧小区改造项目绩效评价指标评分表", grid(rows))
    assert rows_of(found, "level1_std", "level3", "description", "weight", "score") == [
        ("input", "A11立项依据", "A111政策符合", 12, 12),
        ("input", "A12立项程序", "A121审批程序", 8, 6),
        ("output", "C11改造完成", "C111改造小区", 80, 72),
    ]
    assert not [i for i in found.issues if i.kind == "unknown_word"]


def test_a_deduction_is_read_as_printed() -> None:
    rows: list[list[Spec]] = [
        [_NAME, ("湿地修复", 6, 1)],
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"],
        ["产出指标", "数量指标", "修复湿地", "≥40公顷", "40公顷", "100", "99"],
        ["扣分项", "负面清单", "审计发现问题", "0个", "1个", "-5", "-1"],
        [("总分", 5, 1), "100", "98"],
    ]
    found = read(_TITLE, grid(rows))
    assert rows_of(found, "level3", "weight", "score") == [
        ("修复湿地", 100, 99),
        ("审计发现问题", -5, -1),
    ]


def test_funds_and_carried_over_money_as_columns_of_a_list() -> None:
    rows: list[list[Spec]] = [
        [_NAME, "资金总额", "一般公共预算", "政府性基金", "上年结转", "自评得分"],
        ["湿地修复", "120.00", "80.00", "30.00", "10.00", "95"],
        ["水质监测", "60.00", "60.00", "0.00", "", "97"],
    ]
    found = read("2023年度项目绩效自评情况表", "单位：万元", grid(rows))
    assert [(f.item, str(f.value)) for f in found.figures if f.family == "budget"] == [
        ("total", "120.00"),
        ("general_public_budget", "80.00"),
        ("government_fund", "30.00"),
        ("carry_over", "10.00"),
        ("total", "60.00"),
        ("general_public_budget", "60.00"),
        ("government_fund", "0.00"),
    ]


def test_sources_and_natures_below_heads_that_group_them() -> None:
    rows: list[list[Spec]] = [
        ["部门名称", ("青石县民政局", 5, 1)],
        [
            ("年度预算安排（万元）", 1, 3),
            ("资金总额", 1, 2),
            ("收入构成", 2, 1),
            ("支出构成", 2, 1),
        ],
        ["财政拨款", "其他资金", "基本支出", "项目支出"],
        ["520.00", "500.00", "20.00", "210.00", "310.00"],
        ["一级指标", "二级指标", ("三级指标", 2, 1), "指标值", "指标描述"],
        ["产出指标", "数量指标", ("低保对象", 2, 1), "≥650人", ""],
    ]
    found = read("2024年部门整体支出绩效目标表", grid(rows), year=2024)
    assert figures(found, "budget") == {
        (None, "total", "initial_budget"): "520.00 万元",
        (None, "general_public_budget", "initial_budget"): "500.00 万元",
        (None, "other", "initial_budget"): "20.00 万元",
    }
    assert figures(found, "expense") == {
        (None, "basic", "amount", "budget_initial", 2024): "210.00 万元",
        (None, "project", "amount", "budget_initial", 2024): "310.00 万元",
    }


def test_levels_of_government_as_columns_leave_the_total_its_stages() -> None:
    rows: list[list[Spec]] = [
        [_NAME, ("湿地修复", 4, 1)],
        [("资金情况（万元）", 1, 3), "", "合计", "中央财政资金", "省级财政资金"],
        ["预算数", "900", "600", "300"],
        ["执行数", "880", "600", "280"],
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值"],
        ["产出指标", "数量指标", "修复湿地", "≥40公顷", "40公顷"],
    ]
    found = read(_TITLE, grid(rows))
    assert figures(found, "budget") == {
        ("湿地修复", "total", "annual_budget"): "900 万元",
        ("湿地修复", "total", "executed"): "880 万元",
    }
    assert [(i.kind, i.source_row) for i in found.issues] == [
        ("unclaimed_figure", 3),
        ("unclaimed_figure", 4),
    ]


def test_weights_behind_the_levels_above_the_names_only() -> None:
    rows: list[list[Spec]] = [
        [_NAME, ("湿地修复", 6, 1)],
        ["一级指标", "权重", "二级指标", "权重", "三级指标", "目标值", "自评得分"],
        [("产出指标", 1, 2), ("60", 1, 2), "数量指标", "35", "修复湿地", "≥40公顷", "35"],
        ["质量指标", "25", "植被成活率", "≥85%", "24"],
        ["效益指标", "40", ("生态效益指标", 1, 2), ("40", 1, 2), "鸟类种数", "≥60种", "20"],
        ["", "", "观鸟人次", "≥2万人次", "19"],
    ]
    found = read(_TITLE, grid(rows))
    weights = [(i.level3, i.weight) for i in found.indicators]
    assert weights == [("修复湿地", 35), ("植被成活率", 25), ("鸟类种数", None), ("观鸟人次", None)]


def test_labels_with_points_beside_them_head_no_list() -> None:
    rows: list[list[Spec]] = [
        [_NAME, ("湿地修复", 2, 1), "自评得分", "98.5分", "评价等级", "优"],
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"],
        ["产出指标", "数量指标", "修复湿地", "≥40公顷", "40公顷", "100", "98.5"],
    ]
    found = read(_TITLE, grid(rows))
    assert {i.project_name for i in found.indicators} == {"湿地修复"}
    assert figures(found, "evaluation") == {
        ("湿地修复", None, "total_score"): "98.5 分",
        ("湿地修复", None, "grade"): "优",
    }


def test_a_targets_total_before_its_sources_in_a_row() -> None:
    rows: list[list[Spec]] = [
        [_NAME, ("湿地修复", 5, 1)],
        ["当年预算金额", "230.5", "其中：财政资金", "220.5", "其他资金", "10"],
        ["一级指标", "二级指标", "三级指标", "计算符号", "指标值", "计量单位"],
        ["产出指标", "数量指标", "修复湿地", "≥", "40", "公顷"],
    ]
    found = read("项目支出绩效目标表（2025年度）", "单位：万元", grid(rows), year=2025)
    assert figures(found, "budget") == {
        ("湿地修复", "total", "initial_budget"): "230.5 万元",
        ("湿地修复", "general_public_budget", "initial_budget"): "220.5 万元",
        ("湿地修复", "other", "initial_budget"): "10 万元",
    }


def test_the_year_in_front_of_a_project_in_a_title_is_not_its_name() -> None:
    rows: list[list[Spec]] = [
        ["评价维度", "评价指标", "指标分值", "评价要点", "评价得分", "得分率"],
        ["决策", "立项依据充分性", "40", "依据是否充分", "36", "90%"],
        ["产出", "见习人员数量", "60", "完成数量", "57", "95%"],
    ]
    found = read("2023年度就业见习补贴项目绩效评价得分表", grid(rows))
    assert rows_of(found, "project_name", "level3", "weight", "score") == [
        ("就业见习补贴", "立项依据充分性", 40, 36),
        ("就业见习补贴", "见习人员数量", 60, 57),
    ]
