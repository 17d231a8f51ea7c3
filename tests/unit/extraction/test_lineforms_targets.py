"""Target forms and forms with columns in another order, dumped cell by cell as lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orchestration.extraction import extract
from orchestration.extraction.lineforms.cellorder import is_value
from orchestration.extraction.lineforms.tokens import form_line
from orchestration.reading.document import Paragraph, Place
from orchestration.records import Extraction
from tests.unit.extraction.test_lineforms import text_document

HEAD = """\
青石县水利局2026年部门预算

河道清淤项目绩效目标表

项目名称 河道清淤

主管部门 青石县水利局 实施单位 青石县河道所

项目资金

（万元）

年度资金总额： 36.50

其中：财政拨款 30.00

其他资金 6.50

年度目标

完成十二公里河道的清淤，

改善水环境。

绩效指

标

"""
PLAIN = (
    HEAD
    + """\
一级指标 二级指标 三级指标 指标值

成本指标

经济成本指

标
每公里清淤成本 ≤3.05万元

产出指标

数量指标

清淤长度 ≥12公里

沿线护坡和防护

栏杆修缮处数

≥20处

时效指标 完工时间 2026年11月底前

效益指标

社会效益指

标
沿线居住环境 持续改善

满意度指标

服务对象满

意度指标
居民满意度 ≥90%

备注

28

二、其他说明
"""
)
WEIGHED = PLAIN.replace("指标值\n", "指标值 分值\n")
for value, points in (
    ("≤3.05万元", 20),
    ("≥12公里", 10),
    ("≥20处", 10),
    ("2026年11月底前", 10),
    ("持续改善", 20),
    ("≥90%", 20),
):
    WEIGHED = WEIGHED.replace(f"{value}\n", f"{value} {points}\n")
#: A head of one column whose halves name the same column.
DOUBLE = WEIGHED.replace("指标值 分值\n", "指标值\n\n分值权重\n\n（90分）\n")

ROWS = [
    ("成本指标", "经济成本指标", "每公里清淤成本", "≤3.05万元"),
    ("产出指标", "数量指标", "清淤长度", "≥12公里"),
    ("产出指标", "数量指标", "沿线护坡和防护栏杆修缮处数", "≥20处"),
    ("产出指标", "时效指标", "完工时间", "2026年11月底前"),
    ("效益指标", "社会效益指标", "沿线居住环境", "持续改善"),
    ("满意度指标", "服务对象满意度指标", "居民满意度", "≥90%"),
]


def read(text: str) -> Extraction:
    return extract(text_document(text))


def rows(found: Extraction) -> list[tuple[str | None, ...]]:
    return [(i.level1, i.level2, i.level3, i.target_text) for i in found.indicators]


@pytest.mark.parametrize("text", [PLAIN, WEIGHED, DOUBLE])
def test_a_dumped_target_form_is_read_with_its_money_and_goal(text: str) -> None:
    found = read(text)
    assert rows(found) == ROWS
    assert {i.project_name for i in found.indicators} == {"河道清淤"}
    weights = [i.weight for i in found.indicators if i.weight is not None]
    assert sum(weights) == (0 if text is PLAIN else 90)
    money = {(f.item, str(f.value), f.unit) for f in found.figures if f.family == "budget"}
    assert money == {
        ("total", "36.50", "万元"),
        ("general_public_budget", "30.00", "万元"),
        ("other", "6.50", "万元"),
    }
    assert [g.goal_text for g in found.goals] == ["完成十二公里河道的清淤,改善水环境。"]
    (project,) = found.projects
    assert project.implementing_unit == "青石县河道所"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Two names wrap where one would: the first line is not full.
        ("沿线护坡和防护\n\n栏杆修缮处数\n", "沿线护坡\n\n栏杆修缮处数\n"),
        # The label in the middle of its rows, as a dump line by line prints it.
        ("数量指标\n\n清淤长度 ≥12公里\n", "清淤长度 ≥12公里\n\n数量指标\n"),
        # Rows on the next page without words of their own.
        ("居民满意度 ≥90%\n", "居民满意度 ≥90%\n\n另见附注\n\n若干\n"),
        # A row behind a page break that begins like the label beside the row above it.
        (
            "意度指标\n居民满意度 ≥90%\n",
            "意度指标 居民满意度 ≥90%\n\n- 2 -\n\n服务对象满意度\n（沿线）\n≥85%\n",
        ),
        # A level that belongs to another.
        ("时效指标 完工时间", "社会效益指标 完工时间"),
    ],
)
def test_a_dumped_target_form_with_no_one_reading_is_left_alone(old: str, new: str) -> None:
    assert old in PLAIN
    assert rows(read(PLAIN.replace(old, new))) == []


def test_the_next_names_number_ends_a_value() -> None:
    """A page break within a name leaves its rest above the next name, 指标3, which is no target."""
    line = form_line(0, "指标3：完工时间 2026年11月底前", Place())
    assert not is_value(line.tokens)
    assert is_value(line.tokens[1:])


CELLS = PLAIN.replace("一级指标 二级指标 三级指标 指标值", "一级指标\n二级指标\n三级指标\n指标值")
for words in ("成本 ≤3.05", "长度 ≥12", "时效指标 完工时间 2026", "环境 持续", "满意度 ≥90"):
    CELLS = CELLS.replace(words, words.replace(" ", "\n"))


def test_a_target_form_of_one_cell_a_line_must_show_its_order() -> None:
    """Two lines of a label one behind the other, before a row of one line: cells in order."""
    assert rows(read(CELLS)) == ROWS
    beside = CELLS
    for level in ("成本指标", "产出指标", "效益指标", "满意度指标"):
        beside = beside.replace(f"\n{level}\n", f"\n绩效指标\n\n{level}\n")
    assert rows(read(beside)) == ROWS
    whole = CELLS.replace("经济成本指\n\n标\n", "经济成本指标\n")
    whole = whole.replace("社会效益指\n\n标\n", "社会效益指标\n")
    assert rows(read(whole.replace("服务对象满\n\n意度指标\n", "服务对象满意度指标\n"))) == []


def test_weights_of_a_dumped_target_form_must_add_up() -> None:
    assert rows(read(WEIGHED.replace("≥20处 10", "≥20处 11"))) == []


def test_parts_that_do_not_make_up_the_whole_are_no_money() -> None:
    found = read(PLAIN.replace("其他资金 6.50", "其他资金 7.50"))
    assert rows(found) == ROWS
    assert not [f for f in found.figures if f.family == "budget"]


def test_two_dumped_forms_of_one_name_must_say_whose_each_is() -> None:
    """The same project of two units: without the unit's name they would be taken for one."""
    second = PLAIN.partition("\n")[2].replace("青石县河道所", "青石县东河所")
    assert len(rows(read(PLAIN + second))) == 2 * len(ROWS)
    bare = second.replace("主管部门 青石县水利局 实施单位 青石县东河所\n\n", "")
    assert rows(read(PLAIN + bare)) == ROWS


def test_a_form_takes_no_paragraph_that_holds_the_next_ones_title() -> None:
    """Where a dump's lines were joined over the end of a form, the next would lose its title."""
    first = PLAIN.partition("备注")[0]
    second = PLAIN.partition("\n")[2].replace("河道清淤", "堤防加固")
    document = text_document(first + second)
    at = next(
        n
        for n, block in enumerate(document.blocks)
        if isinstance(block, Paragraph) and block.text.startswith("居民满意度")
    )
    one, other = document.blocks[at : at + 2]
    assert isinstance(one, Paragraph)
    assert isinstance(other, Paragraph)
    joined = Paragraph(one.text + other.text, one.places, lines=(one.text, other.text))
    blocks = (*document.blocks[:at], joined, *document.blocks[at + 2 :])
    found = extract(replace(document, blocks=blocks))
    assert {i.project_name for i in found.indicators} == {"堤防加固"}


def test_a_name_behind_a_code_is_the_projects() -> None:
    text = PLAIN.replace("项目名称 河道清淤", "项目编码 A0123 项目名称 河道清淤")
    assert {i.project_name for i in read(text).indicators} == {"河道清淤"}


def test_a_name_that_may_go_on_is_no_name() -> None:
    found = read(PLAIN.replace("项目名称 河道清淤\n", "项目名称 河道\n\n清淤\n"))
    assert {i.project_name for i in found.indicators} == {"河道清淤"}
    assert rows(read(PLAIN.replace("项目名称 河道清淤\n", "项目名称 河道\n\n疏浚\n"))) == []


SCORED = """\
青石县水利局2023年度项目支出绩效自评表

项目名称 河道清淤

一级指标 二级指标 三级指标 分值 指标值 实际完成值 得分

产出指标

数量指标

清淤长度 30 ≥12公里 12.5公里 30

沿线护坡和防护

栏杆修缮处数

30 ≥20处 18处 27

效益指标 社会效益指标 沿线居住环境 20 持续改善 有所改善 18

满意度指标

服务对象满

意度指标

居民满意度 20 ≥90% 95% 20

总分 100 95
"""


def test_weights_before_targets_are_read_by_their_head() -> None:
    found = read(SCORED)
    got = [
        (i.level3, str(i.weight), i.target_text, i.actual_text, str(i.score))
        for i in found.indicators
    ]
    assert got == [
        ("清淤长度", "30", "≥12公里", "12.5公里", "30"),
        ("沿线护坡和防护栏杆修缮处数", "30", "≥20处", "18处", "27"),
        ("沿线居住环境", "20", "持续改善", "有所改善", "18"),
        ("居民满意度", "20", "≥90%", "95%", "20"),
    ]
    assert read(SCORED.replace("清淤长度 30", "清淤长度 40")).indicators == []
