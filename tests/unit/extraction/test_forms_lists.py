"""Lists of projects: one a row, with and without indicators in the same rows."""

from __future__ import annotations

from tests.unit.extraction.form_rows import rows_of
from tests.unit.extraction.grids import Spec, figures, grid, read


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
