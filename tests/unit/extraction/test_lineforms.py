"""Forms that plain text took apart, put together again: broken lines, one cell a line."""

from __future__ import annotations

from typing import Any

import pytest

from orchestration.extraction import extract
from orchestration.extraction.lineforms import rebuild
from orchestration.reading import read_bytes
from orchestration.reading.document import Document, Grid


def text_document(text: str) -> Document:
    return read_bytes(text.encode(), "form.txt")


def grid_of(text: str) -> Grid | None:
    return next(iter(rebuild(text_document(text)).grids()), None)


def rows(grid: Grid) -> list[list[str]]:
    """The texts that begin in each row."""
    return [
        ["".join(c.text.split()) for c in grid.row_cells(r) if c.row == r]
        for r in range(grid.n_rows)
    ]


BROKEN = """2022 年度部门整体支出绩效自评表

部门名称 岳阳市林业局

资金情况
（万元）

年初预算
数
全年预算数 全年执行
数
分值 执行率 得分

年度资金总额 820.5 900 882 10 98% 9.8
其中：当年财政拨款 820.5 900 882
其他资金

年度总体
目标
预期目标 实际完成情况

做好造林绿化工作。
完成造林绿化工作。

一级指标 二级指标 三级指标
年度
指标值
实际
完成值
分值 得分
偏差原因分
析及改进措施

数量指标

产出
指标
（50 分）

造林面积 ≥5000 亩 5200 亩 20 20

抚育面积 300 公顷 280 公顷 10 9 天气影响

- 3 -

质量指标 造林成活
率 ≥85% 88% 10 10
时效指标 完成时间 2022 年 12 月底前 2022 年 12 月 10 10

效益
指标
（30 分）
生态效益
指标
森林覆盖率 提高 提高 15 15
社会效益指标 带动就业 100 人 120 人 15 15

满意度指标（10 分）
服务对象满意度指标
群众满意度 ≥90% 95% 10 10
……

总分 100 98.8
"""


def test_broken_lines_become_the_form_again() -> None:
    extraction = extract(text_document(BROKEN))
    found = [
        (i.level1, i.level2, i.level3, i.target_text, i.actual_text, str(i.weight), str(i.score))
        for i in extraction.indicators
    ]
    assert found == [
        ("产出指标", "数量指标", "造林面积", "≥5000亩", "5200亩", "20", "20"),
        ("产出指标", "数量指标", "抚育面积", "300公顷", "280公顷", "10", "9"),
        ("产出指标", "质量指标", "造林成活率", "≥85%", "88%", "10", "10"),
        ("产出指标", "时效指标", "完成时间", "2022年12月底前", "2022年12月", "10", "10"),
        ("效益指标", "生态效益指标", "森林覆盖率", "提高", "提高", "15", "15"),
        ("效益指标", "社会效益指标", "带动就业", "100人", "120人", "15", "15"),
        ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "95%", "10", "10"),
    ]
    assert [i.deviation_reason for i in extraction.indicators if i.deviation_reason] == ["天气影响"]
    budgets = {
        (f.item, f.measure): str(f.value) for f in extraction.figures if f.family == "budget"
    }
    assert budgets == {
        ("total", "initial_budget"): "820.5",
        ("total", "annual_budget"): "900",
        ("total", "executed"): "882",
        ("total", "weight"): "10",
        ("total", "execution_rate"): "98",
        ("total", "score"): "9.8",
        ("general_public_budget", "initial_budget"): "820.5",
        ("general_public_budget", "annual_budget"): "900",
        ("general_public_budget", "executed"): "882",
    }
    assert {f.unit for f in extraction.figures if f.measure == "executed"} == {"万元"}
    totals = {f.measure: str(f.value) for f in extraction.figures if f.family == "evaluation"}
    assert totals == {"total_weight": "100", "total_score": "98.8"}
    assert all(f.source_path for f in extraction.figures)


def test_a_label_printed_onto_the_figure_before_it_is_cut_off() -> None:
    text = BROKEN.replace(
        "年度资金总额 820.5 900 882 10 98% 9.8\n其中：当年财政拨款 820.5 900 882",
        "年度资金总额 820.5 900\n882 10 98% 9.8其中：当年财政拨款 820.5 900",
    )
    grid = grid_of(text)
    assert grid is not None
    assert ["年度资金总额", "820.5", "900", "882", "10", "98%", "9.8"] in rows(grid)
    assert any(r[:3] == ["其中:当年财政拨款", "820.5", "900"] for r in rows(grid))


def _money_of(rows: str) -> dict[tuple[str | None, str | None], str]:
    text = BROKEN.replace(
        "年度资金总额 820.5 900 882 10 98% 9.8\n其中：当年财政拨款 820.5 900 882\n其他资金\n", rows
    )
    assert text != BROKEN
    figures = extract(text_document(text)).figures
    return {(f.item, f.measure): str(f.value) for f in figures if f.family == "budget" and f.value}


def test_blank_columns_of_money_are_told_by_the_sums() -> None:
    found = _money_of(
        "年度资金总额 820.5 900 882 10 98% 9.8\n其中：当年财政拨款 800.5 870\n上年结转 20 30\n"
    )
    assert found["general_public_budget", "initial_budget"] == "800.5"
    assert found["general_public_budget", "annual_budget"] == "870"
    assert found["carry_over", "annual_budget"] == "30"
    assert ("carry_over", "executed") not in found
    # 20 and 30 make up no total: nobody knows what they are.
    assert {key for key in _money_of(
        "年度资金总额 820.5 900 882 10 98% 9.8\n其中：当年财政拨款 800.5 871\n上年结转 20 30\n"
    ) if key[0] != "total"} == set()  # fmt: skip


def test_a_figure_of_money_that_goes_on_below_is_not_read() -> None:
    whole = "年度资金总额 820.50 900.00 882.0\n5\n10 98%\n其中：当年财政拨款 820.50 900.00 882.05\n"
    assert not [value for (item, _), value in _money_of(whole).items() if item == "total"]


def test_figures_that_fit_more_than_one_column_are_not_placed() -> None:
    text = BROKEN.replace("其中：当年财政拨款 820.5 900 882", "其中：当年财政拨款 700")
    extraction = extract(text_document(text))
    assert not [f for f in extraction.figures if f.item == "general_public_budget" and f.value]
    assert [i.kind for i in extraction.issues] == ["unread_figure"]
    # The same figure in one column of the total row tells where it stands.
    text = BROKEN.replace("其中：当年财政拨款 820.5 900 882", "其中：当年财政拨款 900")
    (found,) = [
        f for f in extract(text_document(text)).figures if f.item == "general_public_budget"
    ]
    assert (found.measure, str(found.value)) == ("annual_budget", "900")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("（50 分）", "（55 分）"),  # weights do not reach the printed level
        ("20 20", "20 25"),  # a score above its weight: the columns are not what they seem
        ("总分 100 98.8", "总分 60 98.8"),  # more weight than the total
    ],
)
def test_a_form_that_does_not_close_is_not_read(old: str, new: str) -> None:
    assert extract(text_document(BROKEN.replace(old, new, 1))).indicators == []


def test_prose_about_indicators_is_no_form() -> None:
    text = (
        "一级指标、二级指标和三级指标设置合理，分值和得分明确。\n产出指标 50 分 50 分\n总分 100 98"
    )
    assert grid_of(text) is None


def _cells(*rows_of_cells: list[str]) -> str:
    """One cell a line, led by a tab, a blank line after each row."""
    return "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows_of_cells) + "\n"


COUNTY = _cells(
    ["一、单位基本概况"],
    ["人员编制", "12", "实有人数", "11"],
    ["二、收支情况"],
    ["年度收入情况（万元）"],
    ["机构名称", "收入合计", "其中："],
    ["", "", "上年结转", "公共财政拨款", "其他收入"],
    ["局机关及二级机构汇总", "", "", "", ""],
    ["1、局机关", "210.5", "10.5", "200", ""],
    ["2、二级机构1", "", "", "", ""],
    ["年度支出和结余情况（万元）"],
    ["机构名称", "支出合计", "其中：", "结余"],
    ["", "", "基本支出", "其中：", "项目支出", "当年结余", "累计结余"],
    ["", "", "", "人员支出", "公用支出", "", "", ""],
    ["1、局机关", "205", "180", "150", "30", "25", "5.5", ""],
    ["整体支出绩效定量目标及完成情况", "评价内容", "", "绩效目标", "完成情况"],
    ["", "产出目标", "数量指标", "指标1：", "造林500亩。\n\n", "完成"],
    ["", "", "", "指标2：", "抚育300亩", "完成"],
)


def test_one_cell_a_line_becomes_rows_and_spans() -> None:
    grid = grid_of(COUNTY)
    assert grid is not None
    texts = rows(grid)
    assert ["1、局机关", "210.5", "10.5", "200", ""] in texts
    assert ["1、局机关", "205", "180", "150", "30", "25", "5.5", ""] in texts
    spans = {c.text: (c.rowspan, c.colspan) for c in grid.cells if c.text}
    assert spans["支出合计"] == (3, 1)
    assert spans["人员支出"] == (1, 1)
    assert spans["产出目标"] == (2, 1)


def test_a_cell_that_ends_in_a_blank_line_does_not_end_its_row() -> None:
    grid = grid_of(COUNTY)
    assert grid is not None
    assert ["产出目标", "数量指标", "指标1：", "造林500亩。", "完成"] in rows(grid)


def test_the_figures_of_one_cell_a_line_are_read() -> None:
    extraction = extract(text_document(COUNTY))
    found: set[tuple[Any, ...]] = {
        (f.family, f.item, str(f.value), f.unit) for f in extraction.figures
    }
    assert {
        ("personnel", "establishment", "12", "人"),
        ("personnel", "on_duty", "11", "人"),
        ("revenue", "total", "210.5", "万元"),
        ("revenue", "carry_over", "10.5", "万元"),
        ("expense", "basic", "180", "万元"),
        ("expense", "personnel", "150", "万元"),
        ("expense", "public", "30", "万元"),
        ("expense", "project", "25", "万元"),
        ("balance", "year_end", "5.5", "万元"),
    } <= found


def test_indented_paragraphs_are_no_form() -> None:
    text = "\n".join(
        f"\t第{n}段：本单位认真开展工作，完成各项任务，取得较好成效。" for n in range(20)
    )
    assert grid_of(text) is None


def test_documents_without_line_forms_come_back_unchanged() -> None:
    document = text_document("一、基本情况\n本单位编制10人。\n")
    assert rebuild(document) is document


PROJECT = """2022年度项目自评表
项目名称 2022年河道清淤经费
主管部门 青石县水利局 实施单位 青石县河道管
护站
预算执
行情况
（万
元）（
20分）
预算数（A） 执行数（B）
执行率
（B/A）
得分（20分*执行率）
年度财政资金总额 482.16 298.94 62.0% 12.4
绩
效
指
标
一级指标 二级指标 三级指标名称 年初目标值（A）
实际完成值（B）
分值 得分
产出指标 数量指标 巡查河道里程 ≥297.2公里 297.2公里 20 20
产出指标 质量指标 工程验收合格率 ≥84% 86.6% 30 30
效益指标 社会效益指
标
群众知晓率 ≥61% 63.9% 20 20
满意度指
标
服务对象满
意度指标 来访群众满意度 ≥71% 73.4% 10 10
总分 100 92.4
"""


def test_a_project_form_with_its_labels_in_pieces_is_the_projects() -> None:
    found = extract(text_document("青石县河道管护站2022年度项目支出绩效自评\n\n" + PROJECT))
    assert {i.scope for i in found.indicators} == {"project"}
    assert {i.project_name for i in found.indicators} == {"2022年河道清淤经费"}
    assert [(i.level1, i.level2, i.level3) for i in found.indicators] == [
        ("产出指标", "数量指标", "巡查河道里程"),
        ("产出指标", "质量指标", "工程验收合格率"),
        ("效益指标", "社会效益指标", "群众知晓率"),
        ("满意度指标", "服务对象满意度指标", "来访群众满意度"),
    ]
    money = {f.measure: (f.value, f.unit) for f in found.figures if f.family == "budget"}
    assert [str(v) + u for v, u in (money["annual_budget"], money["executed"])] == [
        "482.16万元",
        "298.94万元",
    ]
    (project,) = found.projects
    assert (project.department, project.implementing_unit) == ("青石县水利局", "青石县河道管护站")


REASONS = """2022年度部门整体绩效自评表
单位名称 青石县水利局
资金情况（万元）
年初预算数 调整后预算数 预算执行数 分值 预算执行率 得分
年度资金总额 64.91 67.99 64.94 10 95.5% 9.55
一级指标 二级指标 三级指标名称 年度指标值 实际完成值 分值 得分 未完成原因分析
产出指标
数量指标
维修设备数量 2422台以上 2422台 10 10
举办讲座场次 ≥243场 246场 12 11 因天气原因推
迟，次年补齐
时效指标
资金拨付及时率 不少于62% 65.1% 16 16
任务按期完成率（
已列入计划）
＞94% 97.7% 12 11.5 受场地限制，参
加人数不足
效益指标
社会效益指
标
群众知晓率 100% 100% 20 20
社会和谐稳定 保持稳定 保持稳定 10 10
满意度指标
服务对象满意度指标
服务对象满意度 =84% 87.5% 10 10
总分 100 98.05
"""


def _read_lines(text: str) -> list[tuple[str | None, ...]]:
    found = extract(text_document("青石县水利局2022年度部门整体支出绩效自评报告\n\n" + text))
    return [(i.level2, i.level3, i.deviation_reason) for i in found.indicators]


def test_a_reason_that_wraps_is_the_reason_of_the_row_above() -> None:
    assert _read_lines(REASONS) == [
        ("数量指标", "维修设备数量", None),
        ("数量指标", "举办讲座场次", "因天气原因推迟,次年补齐"),
        ("时效指标", "资金拨付及时率", None),
        ("时效指标", "任务按期完成率(已列入计划)", "受场地限制,参加人数不足"),
        ("社会效益指标", "群众知晓率", None),
        ("社会效益指标", "社会和谐稳定", None),
        ("服务对象满意度指标", "服务对象满意度", None),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # the rest of the reason above, or the beginning of the name below?
        ("资金拨付及时率 不少于62%", "不少于62%"),
        (
            "保持稳定 保持稳定 10 10",
            "保持稳定好\n持续向好转\n保持稳定 10 10",
        ),  # which of them wraps?
        ("群众知晓率 100% 100% 20 20", "群众知晓率 100% 100% 20"),  # a figure is missing
        ("满意度指标\n服务对象满意度指标\n", "满意度指标\n"),  # level 1 or level 2
        ("分值 得分", "得分 分值"),  # another order of columns
        ("群众知晓率 100% 100% 20 20", "群众知晓率 100% 100% 15 15"),  # together 95
    ],
)
def test_rows_with_two_readings_are_held_back_with_a_reason_and_money_is_read(
    old: str, new: str
) -> None:
    assert old in REASONS
    text = "青石县水利局2022年度部门整体支出绩效自评报告\n\n" + REASONS.replace(old, new)
    found = extract(text_document(text))
    assert not found.indicators
    said = {(f.family, f.measure): str(f.value) for f in found.figures if f.value is not None}
    whole = (
        said.pop(("evaluation", "total_weight"), None),
        said.pop(("evaluation", "total_score"), None),
    )
    assert whole == ((None, None) if new == "得分 分值" else ("100", "98.05"))
    assert said == {
        ("budget", "initial_budget"): "64.91",
        ("budget", "annual_budget"): "67.99",
        ("budget", "executed"): "64.94",
        ("budget", "weight"): "10",
        ("budget", "execution_rate"): "95.5",
        ("budget", "score"): "9.55",
    }
    assert "unclaimed_table" in {issue.kind for issue in found.issues}


def test_a_value_that_wraps_is_told_by_the_widths_of_the_columns() -> None:
    # 保持稳定 leaves room for a letter in the column of 2422台以上: the value beside it wraps.
    wrapped = REASONS.replace("保持稳定 保持稳定 10 10", "保持稳定\n持续向好\n保持稳定 10 10")
    text = "青石县水利局2022年度部门整体支出绩效自评报告\n\n" + wrapped
    row = next(i for i in extract(text_document(text)).indicators if i.level3 == "社会和谐稳定")
    assert (row.target_text, row.actual_text) == ("保持稳定", "持续向好保持稳定")
    assert (str(row.weight), str(row.score)) == ("10", "10")


def test_page_marks_and_running_heads_belong_to_no_row() -> None:
    head = "青石县水利局2022年度部门整体支出绩效自评报告"
    text = REASONS.replace("任务按期完成率（\n", f"任务按期完成率（\n第1页\n{head}\n")
    assert _read_lines(text) == _read_lines(REASONS)
    assert len(_read_lines(text)) == 7


def test_two_amounts_under_three_money_columns_are_placed_by_the_whole_only() -> None:
    text = BROKEN.replace("其中：当年财政拨款 820.5 900 882", "其中：当年财政拨款 700 650")
    found = extract(text_document(text))
    assert found.indicators
    assert not [f for f in found.figures if f.item == "general_public_budget" and f.value]


def test_a_form_of_which_nobody_can_say_whose_it_is_is_left_alone() -> None:
    nameless = PROJECT[PROJECT.index("绩\n效\n") :]
    document = text_document("青石县河道管护站2022年工作情况。\n\n" + nameless)
    assert not list(rebuild(document).grids())
