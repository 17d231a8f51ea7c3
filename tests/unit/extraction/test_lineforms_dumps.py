"""Forms in dumps: cells in tabs, target forms, cells that wrap, labels beside their rows."""

from __future__ import annotations

import pytest

from orchestration.extraction import extract
from orchestration.extraction.lineforms import rebuild
from orchestration.extraction.lineforms.labelorder import Printed, before_their_rows
from orchestration.reading.document import Grid
from tests.unit.extraction.test_lineforms import text_document


def cell_dump(*table: list[str]) -> str:
    """Rows as a dump prints them: a tab before each cell, a blank line after each row."""
    return "\n\n".join("\n".join("\t" + cell for cell in row) for row in table) + "\n"


def target_form(name: str, code: str, third: str) -> str:
    return f"{name}绩效目标表\n\n青石县水利局本级 单位：万元\n\n" + cell_dump(
        ["项目编码", code, "项目名称", name],
        ["预算规模及资金用途", "预算数", "36.00", "其中：财政资金", "36.00", "其他资金", "—"],
        ["", "用于河道清淤，按季度拨付。"],
        ["资金支出计划（万元）", "3月底", "6月底", "10月底", "12月底"],
        ["", "9.00", "18.00", third, "36.00"],
        ["绩效目标", "完成年度清淤任务。"],
        ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"],
        ["产出指标", "数量指标", "清淤长度", "反映清淤长度", "≥12公里", "行业标准"],
        ["", "质量指标", "验收合格率", "反映验收情况", "≥95%", "行业标准"],
        ["满意度指标", "服务对象满意度", "居民满意率", "反映居民评价", "≥90%", "计划标准"],
    )


def test_dumped_target_forms_keep_their_plans_and_end_at_the_next_title() -> None:
    found = extract(
        text_document(
            "青石县水利局2022年项目绩效目标\n\n"
            + target_form("河道清淤", "13012322P00001210001A", "27.00")
            + "\n"
            + target_form("堤防加固", "13012322P00001210002B", "28.00")
        )
    )
    plan = {
        (f.project_name, f.item): str(f.value) for f in found.figures if f.family == "spending_plan"
    }
    assert plan == {
        ("河道清淤", "3"): "9.00",
        ("河道清淤", "6"): "18.00",
        ("河道清淤", "10"): "27.00",
        ("河道清淤", "12"): "36.00",
        ("堤防加固", "3"): "9.00",
        ("堤防加固", "6"): "18.00",
        ("堤防加固", "10"): "28.00",
        ("堤防加固", "12"): "36.00",
    }
    assert {i.value_basis for i in found.indicators} == {"行业标准", "计划标准"}
    assert [g.goal_text for g in found.goals] == ["完成年度清淤任务。"] * 2


@pytest.mark.parametrize(
    "row",
    [
        "项目支出总额 999万元 7 7",
        "公用经费 ≤30万元 28.5万元 10 9",
        "31099其他资本性支出 0.50",
        "15、其他支出0.50",
    ],
)
def test_a_row_of_a_dumped_table_is_no_sentence(row: str) -> None:
    text = f"2023年度绩效情况\n\n{row}\n\n本年支出合计 120 万元，其中基本支出 120 万元。\n"
    found = {(f.item, str(f.value)) for f in extract(text_document(text)).figures}
    assert found == {("total", "120"), ("basic", "120")}


def test_lines_of_a_dumped_account_are_no_projects() -> None:
    text = (
        "2023年度部门决算\n\n项 目\t行次\t金额\t项 目\t行次\t合计\t一般公共预算财政拨款\n"
        "一、财政拨款\t1\t66.14\t一、教育支出\t28\t6.20\t6.20\n"
        "二、其他\t2\t0.00\t二、交通支出\t29\t59.94\t59.94\n"
        "30107\t绩效工资\t4.20\t30205\t水费\t0.46\t\n"
    )
    assert extract(text_document(text)).projects == []


_HEAD = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因\n"


_FIRST = "产出指标\t数量指标\t造林面积\t≥5000亩\t5200亩\t20\t20\t\n"


_LAST = "满意度指标\t服务对象满意度指标\t群众满意度\t≥90%\t95%\t10\t10\t\n"


@pytest.mark.parametrize(
    "row",
    [
        "抚育面积\t≥300公顷\t280公顷\t60\t59\t天气影响\n",  # places under merged labels left out
        "\t\t抚育面积\t\t≥300公顷\t280公顷\t60\t59\t天气影响\n",  # one column more
        "\t质量指标\t300\t280\t60\t59\t\n",  # one column less
    ],
)
def test_a_tabbed_row_of_other_columns_than_its_head_is_not_read(row: str) -> None:
    title = "青石县水利局2022年度部门整体支出绩效自评报告\n\n2022年度部门整体绩效自评表\n"
    found = extract(text_document(title + _HEAD + _FIRST + row + _LAST))
    assert [i.level3 for i in found.indicators] == ["造林面积", "群众满意度"]
    assert [i.message for i in found.issues if i.severity == "error" and "表头有 8 格" in i.message]


def test_a_tabbed_target_form_without_the_places_under_its_labels_is_not_read() -> None:
    text = (
        "安和县林业局2023年部门预算绩效目标\n\n2023年部门整体支出绩效目标表\n"
        "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t计量单位\t评分标准\n"
        "产出指标\t数量指标\t新栽行道树\t不低于120株\t株\t每少1株扣1分\n"
        "质量指标\t苗木成活率\t达到规范\t\t未达到扣1分\n"
        "满意度指标\t服务对象满意度指标\t群众满意度\t>85%\t%\t每少1个百分点扣1分\n"
    )
    found = extract(text_document(text))
    assert found.indicators == []
    assert [i for i in found.issues if i.severity == "error" and "表头有 7 格" in i.message]


def test_tabbed_rows_without_their_last_blank_cells_are_read() -> None:
    title = "青石县水利局2022年度部门整体支出绩效自评报告\n\n2022年度部门整体绩效自评表\n"
    row = "\t\t抚育面积\t≥300公顷\t280公顷\t60\t59\t天气影响\n"
    text = title + _HEAD + _FIRST.replace("\t\n", "\n") + row + _LAST.replace("\t\n", "\n")
    found = extract(text_document(text))
    read = [(i.level2, i.level3, str(i.weight), str(i.score)) for i in found.indicators]
    assert read == [
        ("数量指标", "造林面积", "20", "20"),
        ("数量指标", "抚育面积", "60", "59"),
        ("服务对象满意度指标", "群众满意度", "10", "10"),
    ]
    assert not [i for i in found.issues if i.severity == "error"]


_OUT, _IN = ("level1", "产出指标"), ("level1", "效益指标")


_MANY, _GOOD, _LATE = ("level2", "数量指标"), ("level2", "质量指标"), ("level2", "时效指标")


_SOCIAL = ("level2", "社会效益指标")


@pytest.mark.parametrize(
    ("rows", "shared", "before"),
    [
        # cell by cell: labels on lines of their own above two rows
        ([[_OUT, _MANY], [], [_IN, _SOCIAL], []], False, True),
        # line by line: beside the middle of three rows, whose first seems to follow another level
        ([[_OUT, _MANY], [], [_IN, _SOCIAL], []], True, False),
        # filled from the top: every label on the first of its rows
        ([[_OUT, _MANY], [], [_GOOD], [], [_LATE]], True, True),
        # a level 2 under a level 1 that it does not belong to
        ([[_OUT, _MANY], [], [_SOCIAL], []], False, False),
    ],
)
def test_labels_tell_whether_they_stand_before_their_rows(
    rows: list[list[tuple[str, str]]], shared: bool, before: bool
) -> None:
    printed = [[Printed(level, text, shared) for level, text in labels] for labels in rows]
    assert before_their_rows(printed) is before


PUBLIC_HEAD = (
    "财政拨款“三公”经费\t\t\t\t\t\t\t\t\t\t\t\n"
    "合计\t\t因公出国（境）费\t\t公务用车购置及运行维护费\t\t\t\t\t\t公务接待费\t\n"
    "\t\t\t\t小计\t\t公务用车购置费\t\t公务用车运行维护费\t\t\t\n"
    + "预算数\t决算数\t" * 5
    + "预算数\t决算数\n"
)


def test_labels_of_a_dumped_head_reach_over_the_blanks_beside_them() -> None:
    """A dump merges nothing: 预算数 and 决算数 under one label are that item's both."""
    text = (
        "青石县水利局2023年度部门决算\n\n财政拨款“三公”经费支出决算表\n\n单位：万元\n\n"
        + PUBLIC_HEAD
        + "9.80\t8.10\t1.00\t0.90\t6.30\t5.70\t2.00\t1.80\t4.30\t3.90\t2.50\t1.50\n"
    )
    found = {(f.item, f.basis): str(f.value) for f in extract(text_document(text)).figures}
    items = ("three_public", "abroad", "vehicle", "vehicle_purchase", "vehicle_operation")
    wanted = ("9.80 8.10", "1.00 0.90", "6.30 5.70", "2.00 1.80", "4.30 3.90", "2.50 1.50")
    assert found == {
        (item, basis): value
        for item, pair in zip((*items, "reception"), wanted, strict=True)
        for basis, value in zip(("budget", "actual"), pair.split(), strict=True)
    }


def test_dumped_tables_of_different_units_stay_apart() -> None:
    """Titles and units between two tables of one cell a line belong to no cell of the first."""
    text = (
        "青石县水利局2023年度部门决算\n\n培训情况表\n\n单位：万元\n\n"
        + cell_dump(
            ["序号", "培训名称", "时间", "人数", "金额", "备注"],
            ["1", "河湖管理培训", "5月", "40", "3.20", ""],
            ["2", "防汛演练", "6月", "60", "1.10", ""],
            ["3", "水土保持培训", "9月", "35", "", ""],
        )
        + "\n支出决算总表\n\n单位：元\n\n"
        + cell_dump(
            ["项目", "支出合计", "基本支出", "项目支出"],
            ["合计", "921,651.34", "900,000.00", "21,651.34"],
            ["农林水支出", "921,651.34", "900,000.00", "21,651.34"],
            ["其他支出", "", "", ""],
        )
    )
    found = {
        (f.item, str(f.value), f.unit)
        for f in extract(text_document(text)).figures
        if f.family == "expense"
    }
    assert ("total", "921651.34", "元") in found
    assert {unit for _, _, unit in found} == {"元"}


def test_a_sum_row_of_fewer_cells_stands_under_the_last_columns() -> None:
    """The label of a sum reaches to its first figure; another short row is doubted."""
    rows = [
        ["主要任务", "任务名称", "主要内容", "预算金额（万元）", "", ""],
        ["", "", "", "总额", "财政拨款", "其他资金"],
        ["", "河道清淤", "清淤十二公里", "60.00", "50.00", "10.00"],
        ["", "堤防加固", "加固三公里", "40.00", "30.00", "10.00"],
        ["", "金额合计", "100.00", "80.00", "20.00"],
        ["", "河长制", "70.00", "60.00", "10.00"],
    ]
    document = rebuild(text_document("水利局绩效目标表\n\n" + cell_dump(*rows)))
    (grid,) = [b for b in document.blocks if isinstance(b, Grid)]
    last = {(c.row, c.col): c for c in grid.cells if c.row >= 4 and c.text}
    assert {at: c.text for at, c in last.items() if at[0] == 4} == {
        (4, 1): "金额合计",
        (4, 3): "100.00",
        (4, 4): "80.00",
        (4, 5): "20.00",
    }
    assert [bool(c.doubts) for at, c in sorted(last.items())] == [False] * 4 + [True] * 4


def test_a_label_over_two_columns_has_its_amount_behind_the_blank() -> None:
    """A dump prints a merged label and a blank cell for the second column that it covers."""
    text = (
        "青石县水利局2024年部门整体支出绩效目标表\n\n"
        "部门名称\t\t青石县水利局\t\t\n"
        "年度预算申请（万元）\t\t年度资金总额\t\t66.50\n"
        "\t\t其中：财政拨款\t\t60.00\n"
        "\t\t其他资金\t\t6.50\n"
        "年度绩效目标\t\t完成年度清淤任务。\t\t\n"
        "一级指标\t二级指标\t三级指标\t指标值\t备注\n"
        "产出指标\t数量指标\t清淤长度\t≥12公里\t\n"
        "满意度指标\t服务对象满意度指标\t居民满意度\t≥90%\t\n"
    )
    found = extract(text_document(text))
    assert {(f.item, str(f.value), f.unit) for f in found.figures if f.family == "budget"} == {
        ("total", "66.50", "万元"),
        ("general_public_budget", "60.00", "万元"),
        ("other", "6.50", "万元"),
    }
    assert [g.goal_text for g in found.goals] == ["完成年度清淤任务。"]


def test_a_table_of_one_cell_a_line_without_a_blank_cell_is_a_table() -> None:
    text = "青石县水利局2023年度项目支出绩效自评表\n\n" + cell_dump(
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["产出指标", "数量指标", "清淤长度", "≥12公里", "13公里", "60", "60"],
        ["产出指标", "质量指标", "验收合格率", "≥95%", "96%", "20", "20"],
        ["满意度指标", "服务对象满意度", "居民满意率", "≥90%", "95%", "20", "18"],
    )
    found = extract(text_document(text))
    assert [(i.level3, str(i.score)) for i in found.indicators] == [
        ("清淤长度", "60"),
        ("验收合格率", "20"),
        ("居民满意率", "18"),
    ]


def test_rows_of_a_project_that_a_page_leaves_nameless_are_nobodys() -> None:
    """Levels that begin again below a project's rows tell of another, whose name is not there."""
    head = "项目名称\t项目总额（万元）\t一级指标\t二级指标\t三级指标\t指标值\n"
    first = (
        "河道清淤\t60.00\t产出指标\t数量指标\t清淤长度\t≥12公里\n"
        "\t\t效益指标\t社会效益指标\t受益村庄\t≥8个\n"
    )
    nameless = (
        "\t\t产出指标\t数量指标\t加固长度\t≥3公里\n\t\t效益指标\t社会效益指标\t受益农户\t≥300户\n"
    )
    third = "堤防巡查\t9.00\t产出指标\t数量指标\t巡查次数\t≥24次\n"

    def names(rows: str) -> dict[str | None, str | None]:
        text = "青石县水利局2024年部门预算\n\n项目支出绩效目标表\n\n" + head + rows
        found = extract(text_document(text))
        return {i.level3: i.project_name for i in found.indicators}

    known = {"清淤长度": "河道清淤", "受益村庄": "河道清淤", "巡查次数": "堤防巡查"}
    assert names(first + third) == known
    assert names(first + nameless + third) == known


#: A web page saved as text: places under merged cells left out, rows filled up with bars.
_BARS = """青石县水利局2023年度项目支出绩效自评

部门预算项目支出绩效自评表(2023年度) | |||||||
项目名称 | 河道清淤 | ||||||
预算执行情况(10分) | 预算数(万元) | 年初预算 | 调整后预算 | 执行数 | 执行率 | 权重 | 得分 |
总额 | 3.10 | 3.36 | 3.30 | 98.2% | 10 | 9.8 | ||
绩效指标(90分) | 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 权重 | 得分 |
产出指标 | 数量指标 | 清淤长度 | 12公里 | 13公里 | 60 | 60 | ||
质量指标 | 验收合格率 | 95% | 96% | 30 | 30 | |||
合计 | 100 | 99.8 | ||||||
"""


def test_rows_filled_up_with_bars_do_not_slide_under_the_heads_beside_theirs() -> None:
    found = extract(text_document(_BARS))
    read = {(f.measure, str(f.value)) for f in found.figures if f.value is not None}
    assert read == {("weight", "10")}  # as the head says
    assert found.indicators == []
    assert [i for i in found.issues if i.severity == "error" and "表头有 8 格" in i.message]


def test_a_first_level_with_a_second_label_on_its_third_row_stands_before_its_rows() -> None:
    def label(level: str, text: str) -> Printed:
        return Printed(level, text, shared=True)

    rows = [
        [label("level1", "产出指标"), label("level2", "质量指标")],
        [],
        [label("level2", "时效指标")],
        [Printed("level1", "效益指标", False), Printed("level2", "社会效益指标", False)],
        [],
    ]
    assert before_their_rows(rows)
    # Only two rows to the first level: a dump line by line prints its label there, too.
    assert not before_their_rows([rows[0], rows[2], *rows[3:]])
    assert not before_their_rows([*rows[:2], [label("level2", "社会效益指标")], *rows[3:]])


#: 指标性质, 度量单位 in columns of their own; a score torn behind its point.
_SIGNS = """安和县林业局2023年度项目支出绩效自评报告

2023年度项目支出绩效自评表
项目名称 乡村道路绿化
主管部门 安和县林业局 实施单位 安和县林场
项目资金（万元）
年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 120.50 118.00 118.00 10 100% 10
一级指标 二级指标 三级指标 指标性质 指标值 度量单位 完成值 权重 得分 未完成原因分析
产出指标
数量指标
新栽行道树数量 ≥ 1200 株 1250 20 20
补植面积 ≥ 30 亩 28 20 18.
5
连续降雨，工期推迟，
次年补栽
质量指标 苗木成活率 ≥ 90 % 93 10 10
效益指标 社会效益指标 沿线居住环境 定性 持续改善 有所改善 30 28 受雨季影响
满意度指标 服务对象满意度指标 服务对象满意度 ≥ 85 % 90 10 10
总分 100 96.
5
"""


def test_operators_and_units_in_columns_of_their_own_are_read_from_lines() -> None:
    found = extract(text_document(_SIGNS.replace(" 定性 ", " ")))
    assert [
        (i.level2, i.level3, i.target_operator, str(i.target_value), i.target_unit, str(i.score))
        for i in found.indicators
    ] == [
        ("数量指标", "新栽行道树数量", ">=", "1200", "株", "20"),
        ("数量指标", "补植面积", ">=", "30", "亩", "18.5"),
        ("质量指标", "苗木成活率", ">=", "90", "%", "10"),
        ("社会效益指标", "沿线居住环境", None, "None", None, "28"),
        ("服务对象满意度指标", "服务对象满意度", ">=", "85", "%", "10"),
    ]
    assert [i.deviation_reason for i in found.indicators if i.deviation_reason] == [
        "连续降雨,工期推迟,次年补栽",
        "受雨季影响",
    ]
    (total,) = [f for f in found.figures if f.measure == "total_score"]
    assert str(total.value) == "96.5"


def test_a_numbered_heading_does_not_go_on_with_the_number_of_its_page() -> None:
    text = (
        "青石县水利局2023年度部门整体支出绩效评价报告\n\n三、绩效情况\n1、投入\n（1）预算配置\n"
        "①在职人员控制率（4分）：资料齐全，根据评分标准，本单位该项指标得满分4分。\n2、过程\n1\n"
        "（1）预算执行\n①预算完成率（17分）：执行到位，根据评分标准，本单位该项指标得16.5分。\n"
    )
    found = extract(text_document(text))
    assert [(i.level1, i.level3) for i in found.indicators] == [
        ("投入", "在职人员控制率"),
        ("过程", "预算完成率"),
    ]
