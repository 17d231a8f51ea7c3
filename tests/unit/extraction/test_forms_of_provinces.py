"""Forms as other provinces' finance bureaus print them; truth written by hand before reading."""

from __future__ import annotations

from tests.unit.extraction.grids import Spec, figures, grid, read

TITLE = "2023年度项目支出绩效自评表"


def test_sources_as_columns_and_stages_as_rows() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("古籍修复保护", 3, 1), "主管部门", ("某省文化和旅游厅", 3, 1)],
        [
            ("预算执行情况（万元）", 1, 4),
            "资金来源",
            "合计",
            "一般公共预算",
            "政府性基金预算",
            "其他资金",
            "预算执行率",
            "得分（10分）",
        ],
        ["年初预算", "86.40", "80.00", "0.00", "6.40", ("97.80%", 1, 3), ("9.78", 1, 3)],
        ["调整后预算", "90.00", "83.60", "", "6.40"],
        ["实际执行", "88.02", "81.62", "", "6.40"],
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "偏差率", "权重", "得分"],
        ["产出指标", "数量指标", "修复古籍叶数", "≥3000叶", "3126叶", "4.2%", "90", "90"],
    ]
    found = read(TITLE, grid(rows))
    name = "古籍修复保护"
    assert figures(found, "budget") == {
        (name, "total", "initial_budget"): "86.40 万元",
        (name, "general_public_budget", "initial_budget"): "80.00 万元",
        (name, "government_fund", "initial_budget"): "0.00 万元",
        (name, "other", "initial_budget"): "6.40 万元",
        (name, "total", "annual_budget"): "90.00 万元",
        (name, "general_public_budget", "annual_budget"): "83.60 万元",
        (name, "other", "annual_budget"): "6.40 万元",
        (name, "total", "executed"): "88.02 万元",
        (name, "general_public_budget", "executed"): "81.62 万元",
        (name, "other", "executed"): "6.40 万元",
        (name, "total", "execution_rate"): "97.80 %",
        (name, "total", "weight"): "10 分",
        (name, "total", "score"): "9.78 分",
    }
    assert [(i.target_value, i.actual_value, i.score) for i in found.indicators] == [
        (3000, 3126, 90)
    ]
    assert not found.issues


LINES: list[list[Spec]] = [
    ["一级指标", "二级指标", "三级指标", "分值", "年度指标值", "全年完成值", "自评得分"],
    ["产出指标", "产出数量", "改造管网长度", "50", "≥15.6公里", "15.6公里", "50"],
]


def test_a_subtotal_of_several_levels_is_no_level_of_its_own() -> None:
    rows: list[list[Spec]] = [
        *LINES,
        ["效益指标", "社会效益", "水压达标率", "40", "≥96%", "95%", "38"],
        [("小计", 3, 1), "90", "", "", "88"],
    ]
    found = read(TITLE, grid([["项目名称", ("管网改造", 6, 1)], *rows]))
    assert figures(found, "evaluation_part") == {}
    assert not found.issues


def test_a_subtotal_over_the_level_columns_is_of_the_level_above_it() -> None:
    rows: list[list[Spec]] = [
        *LINES,
        [("小计", 3, 1), "50", "", "", "50"],
        ["效益指标", "社会效益", "水压达标率", "40", "≥96%", "95%", "38"],
        [("小计", 3, 1), "40", "", "", "38"],
    ]
    found = read(TITLE, grid([["项目名称", ("管网改造", 6, 1)], *rows]))
    assert figures(found, "evaluation_part") == {
        ("管网改造", "output", "weight"): "50 分",
        ("管网改造", "output", "score"): "50 分",
        ("管网改造", "benefit", "weight"): "40 分",
        ("管网改造", "benefit", "score"): "38 分",
    }


def test_a_subtotal_beside_its_level_is_of_that_level_alone() -> None:
    rows: list[list[Spec]] = [
        *LINES,
        [("效益指标", 1, 2), "社会效益", "水压达标率", "40", "≥96%", "95%", "38"],
        [("小计", 2, 1), "40", "", "", "38"],
    ]
    found = read(TITLE, grid([["项目名称", ("管网改造", 6, 1)], *rows]))
    assert figures(found, "evaluation_part") == {
        ("管网改造", "benefit", "weight"): "40 分",
        ("管网改造", "benefit", "score"): "38 分",
    }


def test_a_subtotal_that_names_its_level_is_no_indicator() -> None:
    rows: list[list[Spec]] = [
        *LINES,
        [("产出指标小计", 3, 1), "50", "", "", "49"],
        ["效益指标", "社会效益", "水压达标率", "40", "≥96%", "95%", "38"],
        [("效益指标小计", 3, 1), "40", "", "", "38"],
    ]
    found = read(TITLE, grid([["项目名称", ("管网改造", 6, 1)], *rows]))
    assert [i.level3 for i in found.indicators] == ["改造管网长度", "水压达标率"]
    assert figures(found, "evaluation_part") == {
        ("管网改造", "output", "weight"): "50 分",
        ("管网改造", "output", "score"): "49 分",
        ("管网改造", "benefit", "weight"): "40 分",
        ("管网改造", "benefit", "score"): "38 分",
    }


def test_headings_of_levels_over_a_form_with_names_only() -> None:
    rows: list[list[Spec]] = [
        [("项目名称：社区食堂运营补助", 5, 1)],
        ["绩效指标", "指标值", "完成值", "满分", "得分"],
        [("一、产出指标（50分）", 5, 1)],
        ["补助社区食堂数量", "≥18家", "17家", "25", "23.6"],
        ["补助发放准确率", "100%", "100%", "25", "25"],
        [("二、效益指标（40分）", 5, 1)],
        ["日均助餐人次", "≥2600人次", "2710人次", "40", "40"],
    ]
    found = read(TITLE, grid(rows))
    assert [(i.level1, i.level3) for i in found.indicators] == [
        ("产出指标", "补助社区食堂数量"),
        ("产出指标", "补助发放准确率"),
        ("效益指标", "日均助餐人次"),
    ]


def test_the_unit_in_a_heading_over_the_columns_of_funds() -> None:
    rows: list[list[Spec]] = [
        ["部门名称", ("某区教育局", 3, 1)],
        [("预算资金来源（万元）", 4, 1)],
        ["项目", "年初预算数", "全年预算数", "全年执行数"],
        ["合计", "8640.2", "8905.6", "8760.9"],
        ["其他资金", "340.2", "340.2", "329.2"],
        ["一级指标", "三级指标", "指标值", "分值"],
        ["产出指标", "学校数量", "21所", "90"],
    ]
    found = read("2023年度部门整体绩效自评表", grid(rows))
    executed = {k: v for k, v in figures(found, "budget").items() if k[2] == "executed"}
    assert set(executed.values()) == {"8760.9 万元", "329.2 万元"}


def test_a_sign_and_a_unit_printed_beside_the_value_are_part_of_its_text() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("茶产业提升", 5, 1)],
        ["一级指标", "二级指标", "三级指标", "符号", "指标值", "计量单位"],
        ["产出指标", "数量指标", "新建茶园", "", "≥1500", "亩"],
        ["产出指标", "质量指标", "成活率", "≥", "95%", ""],
    ]
    found = read("2023年度项目绩效目标表", grid(rows))
    assert [(i.target_text, i.target_operator, i.target_value) for i in found.indicators] == [
        ("≥1500亩", ">=", 1500),
        ("≥95%", ">=", 95),
    ]


def test_a_score_beside_several_lines_is_none_of_theirs() -> None:
    rows: list[list[Spec]] = [
        LINES[0],
        [("产出指标", 1, 2), ("产出数量", 1, 2), "建桥", "20", "≥3座", "3座", ("35", 1, 2)],
        ["修路", "20", "≥12公里", "11公里"],
        ["效益指标", "社会效益", "水压达标率", "50", "≥96%", "95%", "48"],
    ]
    found = read(TITLE, grid([["项目名称", ("管网改造", 6, 1)], *rows]))
    assert [(i.level3, i.weight, i.score) for i in found.indicators] == [
        ("建桥", 20, None),
        ("修路", 20, None),
        ("水压达标率", 50, 48),
    ]
    (issue,) = found.issues
    assert "“35”" in issue.message


def test_beside_a_target_of_the_whole_period_the_annual_one_counts() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("监测站建设", 6, 1)],
        ["一级指标", "二级指标", "三级指标", "实施期指标值", "年度指标值", "年度完成值", "得分"],
        ["产出指标", "数量指标", "建站", "5座", "2座", "2座", "50"],
    ]
    found = read(TITLE, grid(rows))
    assert [(i.target_text, i.actual_text, i.score) for i in found.indicators] == [
        ("2座", "2座", 50)
    ]
    assert not [i for i in found.issues if i.kind == "unknown_word"]


def test_a_column_carried_over_in_front_of_the_stages_leaves_the_labels_theirs() -> None:
    rows: list[list[Spec]] = [
        ["部门名称", ("某县文旅局", 5, 1)],
        ["资金来源", "上年结转", "年初预算", "全年预算数", "全年执行数", "预算执行率"],
        ["合计", "12.00", "800.00", "872.00", "850.00", "97.48%"],
        ["一般公共预算", "10.00", "780.00", "850.00", "830.00", "97.65%"],
        ["一级指标", "三级指标", "指标值", "完成值", "分值", "得分"],
        ["产出指标", "活动", "20场", "21场", "90", "90"],
    ]
    found = read("2023年度部门整体支出绩效自评表（单位：万元）", grid(rows))
    executed = {k[1]: v for k, v in figures(found, "budget").items() if k[2] == "executed"}
    assert executed == {"total": "850.00 万元", "general_public_budget": "830.00 万元"}


def test_a_total_row_with_its_label_in_every_column_is_no_indicator() -> None:
    """Pages that undo merged cells print a copy of the text in each."""
    rows = [["项目名称", *["管网改造"] * 6], *LINES, ["总分"] * 3 + ["100", "总分", "总分", "95"]]
    found = read(TITLE, grid(rows))
    assert [i.level3 for i in found.indicators] == ["改造管网长度"]
    assert figures(found, "evaluation") == {
        ("管网改造", None, "total_weight"): "100 分",
        ("管网改造", None, "total_score"): "95 分",
    }


def test_the_unit_of_amounts_in_a_cell_beside_its_label() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("图书采购", 2, 1), "金额单位", "万元"],
        ["预算执行", "年初预算金额", "调整后预算金额", "实际支出金额", "预算执行率"],
        ["资金总额", "100", "95.5", "90.2", "94.45%"],
        ["一级指标", "二级指标", "三级指标", "年度目标值", "得分"],
        ["产出指标", "数量指标", "采购图书", "≥1万册", "20"],
    ]
    executed = figures(read(TITLE, grid(rows)), "budget")["图书采购", "total", "executed"]
    assert executed == "90.2 万元"


def test_a_sum_of_its_own_kind_below_the_lines_is_no_indicator() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("管网改造", 6, 1)],
        *LINES,
        [("预算执行得分", 6, 1), "9.5"],
        [("自评总得分", 6, 1), "59.5"],
    ]
    found = read(TITLE, grid(rows))
    assert [i.level3 for i in found.indicators] == ["改造管网长度"]
    assert figures(found, "evaluation") == {("管网改造", None, "total_score"): "59.5 分"}
    assert any("预算执行得分" in i.message for i in found.issues)
