"""Lists of projects and units in layouts of far provinces; what they state is invented."""

from __future__ import annotations

import pytest

from tests.unit.extraction.form_rows import rows_of
from tests.unit.extraction.grids import Spec, figures, grid, read

HEAD: list[Spec] = ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"]

_LINE = ("扫描页数", "60", "页数", "万页", "＝")
_LIST_HEAD: list[list[Spec]] = [
    [
        ("单位编码", 1, 2),
        ("单位（项目）名称", 1, 2),
        ("资金总额", 1, 2),
        ("绩效目标", 1, 2),
        ("绩效指标", 7, 1),
    ],
    [*HEAD[:4], "指标值内容", "度量单位", "指标值类型"],
]


def test_projects_below_their_unit_in_a_list_of_targets() -> None:
    rows: list[list[Spec]] = [
        *_LIST_HEAD,
        ["合计", "", "410.00", *[""] * 8],
        ["201056", "青石县档案馆", "410.00", *[""] * 8],
        [
            ("201056", 1, 2),
            ("库房恒温", 1, 2),
            ("270.00", 1, 2),
            ("保障恒温", 1, 2),
            ("产出指标", 1, 2),
            "数量指标",
            "恒温库房",
            "12",
            "间数",
            "间",
            "≥",
        ],
        ["质量指标", "温度达标率", "98", "占比", "%", "≥"],
        ["201056", "档案数字化", "140.00", "完成扫描", "产出指标", "数量指标", *_LINE],
    ]
    found = read("2026年项目支出绩效目标表", "单位：万元", grid(rows))
    assert rows_of(found, "project_name", "level3", "target_text", "description") == [
        ("库房恒温", "恒温库房", "≥12间", "间数"),
        ("库房恒温", "温度达标率", "≥98%", "占比"),
        ("档案数字化", "扫描页数", "60万页", "页数"),
    ]
    assert {(f.project_name, str(f.value)) for f in found.figures} == {
        ("库房恒温", "270.00"),
        ("档案数字化", "140.00"),
    }
    assert [p.project_name for p in found.projects] == ["库房恒温", "档案数字化"]


def test_a_sum_of_money_in_a_target_table_is_no_score() -> None:
    rows: list[list[Spec]] = [
        ["编码", "事项", "金额", *HEAD[:4]],
        ["合计", "", "270.00", "", "", "", ""],
        ["1", "恒温", "270.00", "产出指标", "数量指标", "库房", "12间"],
    ]
    found = read("2026年项目支出绩效目标表", grid(rows))
    assert not figures(found, "evaluation")


def test_a_departments_money_left_of_its_indicators() -> None:
    rows: list[list[Spec]] = [
        [
            ("单位编码", 1, 3),
            ("单位名称", 1, 3),
            ("年度预算申请", 5, 1),
            ("整体绩效目标", 1, 3),
            ("部门整体支出年度绩效目标", 4, 2),
        ],
        [("资金总额", 1, 2), ("按收入性质分", 2, 1), ("按支出性质分", 2, 1)],
        ["一般公共预算", "其他资金", "基本支出", "项目支出", *HEAD[:4]],
        [
            ("201056", 1, 2),
            ("青石县档案馆", 1, 2),
            ("656.73", 1, 2),
            ("650.00", 1, 2),
            ("6.73", 1, 2),
            ("386.73", 1, 2),
            ("270.00", 1, 2),
            ("管好档案", 1, 2),
            ("产出指标", 1, 2),
            "数量指标",
            "查档人次",
            "≥160次",
        ],
        ["质量指标", "完好率", "≥95%"],
    ]
    found = read("2026年部门整体支出绩效目标表", "单位：万元", grid(rows), year=2026)
    assert figures(found, "budget") == {
        (None, "total", "initial_budget"): "656.73 万元",
        (None, "general_public_budget", "initial_budget"): "650.00 万元",
        (None, "other", "initial_budget"): "6.73 万元",
    }
    assert figures(found, "expense") == {
        (None, "basic", "amount", "budget_initial", 2026): "386.73 万元",
        (None, "project", "amount", "budget_initial", 2026): "270.00 万元",
    }
    assert [g.goal_text for g in found.goals] == ["管好档案"]
    assert rows_of(found, "level3", "target_text") == [
        ("查档人次", "≥160次"),
        ("完好率", "≥95%"),
    ]


def test_projects_with_indicators_as_columns_keep_their_money_and_score() -> None:
    rows: list[list[Spec]] = [
        [
            *((head, 1, 2) for head in ("项目名称", "预算数（万元）", "执行数（万元）")),
            ("产出指标", 2, 1),
            ("效益指标", 2, 1),
            ("自评得分", 1, 2),
        ],
        ["数量指标", "质量指标", "社会效益", "可持续影响"],
        ["河道清淤", "60", "58.2", "清淤12公里", "合格", "水质改善", "长期", "95"],
    ]
    found = read("2023年度项目绩效自评情况表", grid(rows))
    assert figures(found, "budget") == {
        ("河道清淤", "total", "annual_budget"): "60 万元",
        ("河道清淤", "total", "executed"): "58.2 万元",
    }
    assert figures(found, "evaluation") == {("河道清淤", None, "total_score"): "95 分"}


def test_a_tree_of_units_groups_and_projects_is_no_list_of_projects() -> None:
    rows: list[list[Spec]] = [
        ["序号", "单位编码", "单位（项目）名称", "项目金额", "项目简介"],
        ["1", "", "合计", "5332105.00", ""],
        ["2", "263001", "青石县商务局", "5205233.00", ""],
        ["3", "", "通用项目", "43400.00", ""],
        ["4", "", "绩效评价服务", "40000.00", ""],
    ]
    found = read("2026年部门综合预算专项业务经费支出表", grid(rows))
    assert not found.figures
    assert not found.projects


def test_projects_of_one_name_below_their_units_in_a_list_with_goals() -> None:
    head: list[Spec] = [
        "项目名称（资金使用单位）",
        "总计：",
        "财政拨款",
        "财政专户拨款",
        "绩效目标",
    ]
    rows: list[list[Spec]] = [
        head,
        ["合计：", "95.00", "85.00", "10.00", ""],
        ["青石县环境局", "60.00", "60.00", "", ""],
        ["购置经费", "60.00", "60.00", "", "更新仪器"],
        ["青石县监测站", "35.00", "25.00", "10.00", ""],
        ["购置经费", "35.00", "25.00", "10.00", "更新车辆"],
    ]
    found = read("2026年项目支出绩效目标表", "单位：万元", grid(rows))
    names = ["购置经费", "购置经费(青石县监测站)"]
    assert [(p.project_name, p.implementing_unit) for p in found.projects] == [
        (names[0], "青石县环境局"),
        (names[1], "青石县监测站"),
    ]
    assert figures(found, "budget") == {
        (names[0], "total", "initial_budget"): "60.00 万元",
        (names[0], "general_public_budget", "initial_budget"): "60.00 万元",
        (names[1], "total", "initial_budget"): "35.00 万元",
        (names[1], "general_public_budget", "initial_budget"): "25.00 万元",
        (names[1], "special_account", "initial_budget"): "10.00 万元",
    }
    assert [g.goal_text for g in found.goals] == ["更新仪器", "更新车辆"]


_ITEMS = (
    "1.1－产出指标，11－数量指标，巡查次数；实施周期指标值：≥9次，年度指标值：≥3次；"
    "2、3－满意度指标，31－服务对象满意度，居民满意度；实施周期指标值：≥90%，年度指标值：≥90%;"
)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (_ITEMS, [("output", "巡查次数", "≥3次"), ("satisfaction", "居民满意度", "≥90%")]),
        (_ITEMS + "3、2－效益指标，22－社会效益，投诉办结率；实施周期指", []),
    ],
)
def test_indicators_of_a_list_as_one_text(text: str, lines: list[tuple[str, ...]]) -> None:
    rows: list[list[Spec]] = [
        ["项目名称（资金使用单位）", "总计：", "财政拨款", "绩效目标", "绩效指标"],
        ["青石县环境局", "60.00", "60.00", "", ""],
        ["巡查经费", "60.00", "60.00", "更新仪器", text],
    ]
    found = read("2026年项目支出绩效目标表", "单位：万元", grid(rows))
    assert rows_of(found, "level1_std", "level3", "target_text") == lines
    assert [i.kind for i in found.issues] == ([] if lines else ["unclaimed_figure"])
    assert {i.project_name for i in found.indicators} <= {"巡查经费"}


def test_sums_of_sections_are_no_projects() -> None:
    rows: list[list[Spec]] = [
        ["序号", "项目名称", "全年预算数", "全年执行数", "执行率", "自评得分"],
        ["一、", "部门预算项目", "150", "147", "98%", ""],
        ["1", "河道管护", "100", "98", "98%", "97"],
        ["2", "水质化验", "50", "49", "98%", "95"],
        ["二、", "转移支付项目", "80", "72", "90%", ""],
        ["3", "山洪防治", "80", "72", "90%", "92"],
    ]
    found = read("青石县水利局2023年度项目自评结果清单", "单位：万元", grid(rows))
    assert [p.project_name for p in found.projects] == ["河道管护", "水质化验", "山洪防治"]
    assert {f.project_name for f in found.figures} == {"河道管护", "水质化验", "山洪防治"}


def test_the_head_of_a_column_of_line_numbers_is_no_projects_name() -> None:
    rows: list[list[Spec]] = [
        ["项目", "行次", "", "", "", "", ""],
        [*HEAD],
        ["产出指标", "数量指标", "举办培训", "≥4次", "5次", "50", "50"],
        ["效益指标", "社会效益指标", "参训率", "≥90%", "95%", "50", "50"],
    ]
    found = read("2022年度绩效自评表", grid(rows))
    assert len(found.indicators) == 2
    assert {i.project_name for i in found.indicators} == {None}
