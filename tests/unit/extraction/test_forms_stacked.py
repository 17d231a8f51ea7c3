"""Forms over several grids, several forms in one grid, forms left blank."""

from __future__ import annotations

from dataclasses import replace

from orchestration.reading.document import Place
from tests.unit.extraction.form_rows import FUNDS, HEAD, LINES_8, rows_of
from tests.unit.extraction.grids import Spec, figures, grid, read


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
