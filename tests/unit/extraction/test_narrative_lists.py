"""Scored lists in running text, typed formulas and other evidence."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from orchestration.extraction.narrative.arithmetic import find_formulas
from tests.unit.extraction.prose import read, statements

LIST = """1、投入
（1）目标设定情况
①绩效目标合理性（4分）：目标依据充分，根据评分标准，该项指标得满分4分。
（2）预算配置情况
①在职人员控制率（5分）：编制数40人，在职人数38人，在职人员控制率＝（在职人数÷编制数）×100%＝（38÷40）×100%＝95%，根据评分标准，该项指标得满分5分。
2、过程（40分）
（1）预算执行情况
①预算完成率（6分）：本单位预算完成率为98%，根据评分标准，该项指标得5.5分。
3、②资金使用合规性（6分）：由于一笔支出凭证不全，根据评分标准，扣1分。
3、产出及效率
（1）职责履行
重点工作实际完成率（8分）：根据评分标准，本单位该项指标得分8分。
4、绩效评价结论"""


def _indicators(text: str) -> list[Any]:
    return read(text).records("indicator")


def test_a_list_is_read_with_levels_weights_and_scores() -> None:
    rows = [(i.level1, i.level2, i.level3, str(i.weight), str(i.score)) for i in _indicators(LIST)]
    assert rows == [
        ("投入", "目标设定情况", "绩效目标合理性", "4", "4"),
        ("投入", "预算配置情况", "在职人员控制率", "5", "5"),
        ("过程", "预算执行情况", "预算完成率", "6", "5.5"),
        ("过程", "预算执行情况", "资金使用合规性", "6", "5"),
        ("产出及效率", "职责履行", "重点工作实际完成率", "8", "8"),
    ]
    assert {i.table_kind for i in _indicators(LIST)} == {"list"}
    assert [i.level1_std for i in _indicators(LIST)][-1] == "output_efficiency"


def test_the_result_of_a_formula_is_the_actual_value_and_a_deduction_keeps_its_reason() -> None:
    rows = {i.level3: i for i in _indicators(LIST)}
    control = rows["在职人员控制率"]
    assert (control.actual_text, control.actual_value, control.actual_unit) == ("95%", 95, "%")
    assert rows["资金使用合规性"].deviation_reason == "由于一笔支出凭证不全"
    assert rows["预算完成率"].deviation_reason is None
    assert rows["预算完成率"].level1_weight == 40


def test_a_score_whose_number_is_cut_off_is_missing_with_a_reason() -> None:
    line = "重点工作实际完成率（8分）：根据评分标准，本单位该项指标得分8分。"
    cut = "重点工作实际完成率（30分）：根据评分标准，该项指标得满分３ 1\n０分。"
    text = LIST.replace(line, cut)
    assert text != LIST
    found = read(text)
    last = found.records("indicator")[-1]
    assert (last.level3, last.score) == ("重点工作实际完成率", None)
    assert any("得分的数字" in issue.message for issue in found.records("issue"))


def test_another_style_of_list() -> None:
    text = (
        "一、预算管理\n1.预算编制（10分）得分8分。\n2.预算执行（15分）得分15分。\n"
        "3.公开情况（5分）得5分。"
    )
    assert [(i.level3, str(i.weight), str(i.score)) for i in _indicators(text)] == [
        ("预算编制", "10", "8"),
        ("预算执行", "15", "15"),
        ("公开情况", "5", "5"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "本次评价满分（100分）。共评价3个单位。",
        "获评一等奖（10篇）、二等奖（22篇）。",
        "1.培训（3期）：组织培训3期，得到好评。\n2.调研（2次）：完成调研2次。",
    ],
)
def test_brackets_without_scores_are_no_list(text: str) -> None:
    assert _indicators(text) == []


FORMULAS = [
    ("控制率=(38÷40)×100%=95%", "95", "95"),
    ("公用经费控制率=(实际÷预算)×100%=(12.5万元÷20万元)×100%=62.5%,=0%<100%", "62.5", "62.5"),
    ("变动率=(3万元-4万元)÷4万元×100%=-25%", "-25", "-25"),
    ("聘请教师费:3500元/月*9个教学月=31500元/年", "31500", "31500"),
    ("退休16*2900=44000元", "44000", "46400"),
    ("2022年预计50000/20=2500元", "2500", "2500"),
    ("完成率=(1,200.5+99.5)÷1,300×100%=100%", "100", "100"),
]


@pytest.mark.parametrize(
    ("text", "stated", "computed"), FORMULAS, ids=[t[:10] for t, _, _ in FORMULAS]
)
def test_a_typed_formula_is_worked_out_again(text: str, stated: str, computed: str) -> None:
    formula = find_formulas(text)[0]
    assert formula.results[0].value == Decimal(stated)
    assert formula.computed == Decimal(computed)


def test_operands_that_were_never_filled_in() -> None:
    (formula,) = find_formulas("预算调整率=(预算调整数÷预算数)×100%=(万元÷万元)×100%=%<10%")
    assert formula.blank
    assert formula.computed is None
    assert formula.results[0].limit == "<10%"


def test_a_formula_in_words_takes_its_numbers_from_the_sentence() -> None:
    (formula,) = find_formulas(
        "综合满意度=(服务对象满意度×50%+社会公众满意度×50%)=93%",
        {"服务对象": Decimal(94), "社会公众": Decimal(90)},
    )
    assert (formula.subject, formula.computed, formula.results[0].value) == ("综合满意度", 92, 93)


@pytest.mark.parametrize("text", ["备注:执行率=全年执行数/全年预算数", "A=B", "目标值≥95%", "1=1"])
def test_what_is_no_typed_sum(text: str) -> None:
    assert find_formulas(text) == []


def test_both_results_of_a_formula_and_its_limit_are_evidence() -> None:
    text = "①公用经费控制率（8分）：公用经费控制率＝（12万元÷20万元）×100%=60%，＝0%＜100%，得8分。"
    found = [
        (s.kind, s.stated_value, s.computed_value) for s in statements(text, "formula", "threshold")
    ]
    assert found == [("formula", 60, 60), ("formula", 0, 60), ("threshold", 100, 60)]


def test_enumerations_and_period_shares_are_evidence() -> None:
    some = "全年组织活动13次，其中参观2次，座谈1次，党日活动9次。"
    assert statements(some, "sum") == []  # 其中 names some of them
    (activities,) = statements("全年组织活动13次，其中参观2次，座谈1次，党日活动11次。", "sum")
    assert (activities.stated_value, activities.computed_value) == (13, 14)
    (shares,) = statements("1-11月支出只占全年预算的81.5%，12月支出为全年预算的18%。", "sum")
    assert (shares.stated_value, shares.computed_value) == (100, Decimal("99.5"))


def test_repeated_blocks_placeholders_and_foreign_words() -> None:
    block = (
        "我局高度重视绩效管理工作，成立领导小组，明确责任分工，建立台账，定期调度，" * 3
        + "取得实效。"
    )
    kinds = [s.kind for s in statements(f"{block}\n其他工作。\n{block}", "repeated_block")]
    assert kinds == ["repeated_block"]
    (foreign,) = statements("深入学习新思想 and 会议精神。", "foreign_token")
    assert foreign.subject == "and"
    assert [s.kind for s in statements("填报人：　年　月　日", "placeholder")] == ["placeholder"]


def test_a_sentence_cut_by_a_page_names_no_level_and_no_item() -> None:
    builder = read(
        "2、过程\n（1）预算执行\n①支付进度率（4分）：资料齐全，得满分4分。\n"
        "②结转结余率（5分）：制度完整，根据评分标准，本单位该项\n指标得满分5分。\n"
        "安和市林业局2023年度公开\n③预算完成率（6分）：执行到位，得满分6分。"
    )
    found = [(i.level2, i.level3, i.weight, i.score) for i in builder.records("indicator")]
    assert [(level2, name) for level2, name, _, _ in found] == [
        ("预算执行", "支付进度率"),
        ("预算执行", "结转结余率"),
        ("预算执行", "预算完成率"),
    ]


def test_a_page_number_inside_a_sentence_is_no_score() -> None:
    builder = read(
        "2、过程\n①支付进度率（4分）：资料齐全，得3.5分。\n②结转结余率（7分）：本单位该项指标得1\n"
        "满分7分。\n③预算完成率（6分）：执行到位，得满分6分。"
    )
    scores = {i.level3: i.score for i in builder.records("indicator")}
    assert scores["结转结余率"] in (None, Decimal(7))
    assert scores["支付进度率"] == Decimal("3.5")
