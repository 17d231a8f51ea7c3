"""Tables of income, spending, people and institutions beside the forms' own blocks."""

from __future__ import annotations

from tests.unit.extraction.form_rows import LINES_8
from tests.unit.extraction.grids import Spec, figures, grid, read


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
