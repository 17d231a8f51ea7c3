"""Rows that are no lines, names that are no projects: forms as an outside judge reads them."""

from __future__ import annotations

from decimal import Decimal

from tests.unit.extraction.form_rows import rows_of
from tests.unit.extraction.grids import Spec, figures, grid, read

TITLE = "2023年度项目支出绩效自评表"
HEAD: list[Spec] = ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"]
LINE: list[Spec] = ["产出指标", "数量指标", "补助面积", "≥3.6万亩", "3.6万亩", "90", "90"]


def test_who_filled_in_the_form_is_no_line_and_nowhere() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("退耕还林", 6, 1)],
        HEAD,
        LINE,
        [
            "填表人：刘某",
            "2024年3月15日",
            ("联系电话：0971-1234567", 2, 1),
            ("负责人（签字）：", 3, 1),
        ],
        ["效益指标", "社会效益", "受益人口", "≥1万人", "2万人", "10", "10"],
    ]
    found = read(TITLE, grid(rows))
    assert [i.level3 for i in found.indicators] == ["补助面积", "受益人口"]
    assert not any("刘某" in repr(r) or "1234567" in repr(r) for r in found.indicators)
    assert not found.issues


def test_who_filled_in_a_list_is_no_project() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", "年初预算数", "全年预算数", "全年执行数", "执行率", "自评得分"],
        ["低保提标", "3200", "3350", "3349.2", "99.98%", "98.5"],
        [("填表人：刘某", 2, 1), ("联系电话：0971-1234567", 2, 1), ("日期：2024年3月", 2, 1)],
    ]
    found = read("2023年度项目支出绩效自评情况表（万元）", grid(rows))
    assert [p.project_name for p in found.projects] == ["低保提标"]


def test_a_head_over_sums_names_no_project() -> None:
    rows: list[list[Spec]] = [
        ["部门名称", ("某县应急管理局", 6, 1)],
        [("资金情况（万元）", 1, 4), "项目", "合计", "基本支出", "项目支出", "其他资金", "备注"],
        ["年初预算数", "1520", "720", "800", "20", ""],
        ["全年预算数", "1630", "730", "900", "20", ""],
        ["全年执行数", "1597.4", "729", "868.4", "19.4", ""],
        HEAD,
        LINE,
    ]
    found = read("2023年度部门整体支出绩效自评表", grid(rows))
    assert not found.projects
    assert rows_of(found, "scope", "project_name", "level3") == [("department", None, "补助面积")]


def test_one_head_over_the_columns_of_levels_and_names() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("绿化管护", 6, 1)],
        [("绩效指标", 3, 1), "分值", "年度指标值", "全年完成值", "得分"],
        [("产出指标", 1, 2), "数量指标", "管护面积", "60", "≥120万亩", "125万亩", "60"],
        ["质量指标", "成活率", "20", "≥95%", "96%", "20"],
        ["效益指标", "生态效益", "绿地率", "20", "≥38%", "38.6%", "20"],
    ]
    found = read(TITLE, grid(rows))
    assert rows_of(found, "level1", "level2", "level3") == [
        ("产出指标", "数量指标", "管护面积"),
        ("产出指标", "质量指标", "成活率"),
        ("效益指标", "生态效益", "绿地率"),
    ]


def test_the_score_of_execution_beside_its_amounts() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("绿化管护", 7, 1)],
        ["预算数（万元）", "268", "执行数（万元）", "265.32", "执行率", "99%", "得分", "9.9"],
        [*HEAD, "备注"],
        [*LINE, ""],
        [("总分", 5, 1), "100", "99.9", ""],
    ]
    found = read(TITLE, grid(rows))
    assert figures(found, "budget")["绿化管护", "total", "score"] == "9.9 分"
    assert figures(found, "evaluation") == {
        ("绿化管护", None, "total_weight"): "100 分",
        ("绿化管护", None, "total_score"): "99.9 分",
    }


def test_what_a_form_asks_for_is_no_answer() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("工资性支出", 6, 1)],
        [("年度目标", 3, 1), ("年度目标完成情况", 4, 1)],
        [("保障工资按时发放。", 3, 1), ("对照年度目标，说明相关任务的完成情况（100字以内）", 4, 1)],
        HEAD,
        LINE,
    ]
    (goal,) = read(TITLE, grid(rows)).goals
    assert (goal.goal_text, goal.completion_text) == ("保障工资按时发放。", None)


def test_money_and_totals_of_projects_beside_their_lines() -> None:
    head: list[Spec] = ["项目名称", "预算数（万元）", "执行数（万元）", *HEAD, "总得分"]
    rows: list[list[Spec]] = [
        head,
        [("河道清淤", 1, 2), ("320", 1, 2), ("318.4", 1, 2), *LINE, ("98.5", 1, 2)],
        ["效益指标", "社会效益", "受益人口", "≥1万人", "2万人", "10", "8.5"],
        ["山洪预警", "86.5", "86.5", *LINE, "90"],
    ]
    found = read("2023年度某县水利局项目支出绩效自评汇总表", grid(rows))
    assert figures(found, "budget") == {
        ("河道清淤", "total", "annual_budget"): "320 万元",
        ("河道清淤", "total", "executed"): "318.4 万元",
        ("山洪预警", "total", "annual_budget"): "86.5 万元",
        ("山洪预警", "total", "executed"): "86.5 万元",
    }
    assert figures(found, "evaluation") == {
        ("河道清淤", None, "total_score"): "98.5 分",
        ("山洪预警", None, "total_score"): "90 分",
    }
    assert [i.score for i in found.indicators] == [90, Decimal("8.5"), 90]
    assert not found.issues


def test_two_levels_in_one_cell() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("森林防火", 5, 1)],
        ["指标类别", "指标名称", "目标", "完成", "得分", "权重"],
        ["产出指标-数量指标", "购置设备", "≥200台", "206台", "25", "25"],
        ["满意度指标—服务对象满意度", "群众满意度", "≥90%", "89%", "9.9", "10"],
    ]
    found = read(TITLE, grid(rows))
    assert rows_of(found, "level1", "level2", "level2_std", "actual_text", "score") == [
        ("产出指标", "数量指标", "quantity", "206台", 25),
        ("满意度指标", "服务对象满意度", "service_satisfaction", "89%", Decimal("9.9")),
    ]
    assert not found.issues


def test_tables_a_level_each_with_the_level_above_them() -> None:
    head: list[Spec] = HEAD[1:]
    found = read(
        "2023年度某县文旅局部门整体支出绩效自评表",
        "一、产出指标（50分）",
        grid([head, LINE[1:]]),
        "二、效益指标（30分）",
        grid([head, ["社会效益", "接待游客", "≥200万人次", "188万人次", "30", "28"]], ordinal=2),
    )
    assert rows_of(found, "level1", "level1_std", "level3") == [
        ("产出指标", "output", "补助面积"),
        ("效益指标", "benefit", "接待游客"),
    ]


def test_years_over_the_stages_of_the_budget() -> None:
    rows: list[list[Spec]] = [
        ["部门名称", ("某市图书馆", 6, 1)],
        [("预算执行（万元）", 1, 3), "", ("2022年", 2, 1), ("2023年度", 2, 1), ""],
        ["", "预算数", "执行数", "预算数", "执行数", "执行率"],
        ["合计", "1,000.00", "990.00", "1,100.00", "1,045.00", "95%"],
        HEAD,
        LINE,
    ]
    found = figures(read("2023年度部门整体绩效自评表", grid(rows)), "budget")
    assert found == {
        (None, "total", "annual_budget"): "1100.00 万元",
        (None, "total", "executed"): "1045.00 万元",
        (None, "total", "execution_rate"): "95 %",
    }


def test_ticks_are_no_values() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("电梯更新", 6, 1)],
        [
            *((h, 1, 2) for h in ("三级指标", "年初目标值", "年终完成值")),
            ("完成情况", 2, 1),
            ("权重", 1, 2),
            ("自评得分", 1, 2),
        ],
        ["完成", "未完成"],
        ["更新电梯数", "30台", "28台", "", "√", "60", "56"],
        ["维保合格率", "100%", "100%", "√", "", "40", "40"],
    ]
    found = read(TITLE, grid(rows))
    assert rows_of(found, "actual_text", "weight", "score") == [("28台", 60, 56), ("100%", 40, 40)]


def test_a_rate_of_completion_is_no_score() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("妇女培训", 6, 1)],
        HEAD,
        [*LINE[:5], "", "98.75%"],
        [*LINE[:5], "20%", "18%"],
    ]
    found = read(TITLE, grid(rows))
    assert rows_of(found, "weight", "score") == [(None, None), (20, 18)]
    assert any("98.75%" in issue.message for issue in found.issues)


def test_years_behind_the_heads_of_goals() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("数字档案馆", 6, 1)],
        [("总体目标", 1, 2), ("实施期目标（2021—2023年）", 3, 1), ("年度目标（2022年）", 3, 1)],
        [("三年完成数字化300万页。", 3, 1), ("完成数字化100万页。", 3, 1)],
        HEAD,
        LINE,
    ]
    (goal,) = read(TITLE, grid(rows)).goals
    assert (goal.goal_text, goal.completion_text) == ("完成数字化100万页。", None)


def test_lines_go_on_below_titles_that_every_sheet_prints_again() -> None:
    head: list[list[Spec]] = [
        ["项目名称", ("单车运维", 6, 1)],
        ["主管部门", ("某市城管局", 6, 1)],
    ]
    found = read(
        "2023年度项目支出绩效自评表",
        grid([*head, HEAD, LINE]),
        "2023年度项目支出绩效自评表",
        grid(
            [
                *head,
                ["效益指标", "社会效益", "日均骑行", "≥6万人次", "5.4万人次", "10", "9"],
                [("总分", 5, 1), "100", "99"],
            ],
            ordinal=2,
            page=2,
        ),
    )
    assert rows_of(found, "project_name", "level1", "level3", "score") == [
        ("单车运维", "产出指标", "补助面积", 90),
        ("单车运维", "效益指标", "日均骑行", 9),
    ]
    assert figures(found, "evaluation")["单车运维", None, "total_score"] == "99 分"
    assert len(found.projects) == 1


def test_a_blank_level_in_the_last_row_of_a_page_is_not_the_one_above() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("单车运维", 6, 1)],
        HEAD,
        [("产出指标", 1, 2), ("数量指标", 1, 2), *LINE[2:]],
        LINE[2:],
        ["", "", "日均骑行", "≥6万人次", "5.4万人次", "10", "9"],
    ]
    found = read(TITLE, grid(rows))
    assert rows_of(found, "level1", "level2")[-1] == (None, None)
    assert any("分页截断" in issue.message for issue in found.issues)


def test_a_grade_and_a_total_in_cells_over_the_values_are_no_lines() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("供暖补贴", 6, 1)],
        HEAD,
        LINE,
        [("自评等级", 2, 1), ("优", 5, 1)],
        [("总得分", 2, 1), ("99.9", 5, 1)],
    ]
    found = read(TITLE, grid(rows))
    assert [i.level3 for i in found.indicators] == ["补助面积"]
    assert figures(found, "evaluation") == {
        ("供暖补贴", None, "grade"): "优",
        ("供暖补贴", None, "total_score"): "99.9 分",
    }
    assert not found.issues


def test_the_unit_left_of_labels_beside_their_amounts() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("供暖补贴", 6, 1)],
        ["预算执行（万元）", "预算数", "2000.5", "执行数", "1999.0", "执行率", "99.93%"],
        HEAD,
        LINE,
    ]
    found = figures(read(TITLE, grid(rows)), "budget")
    assert found["供暖补贴", "total", "executed"] == "1999.0 万元"
