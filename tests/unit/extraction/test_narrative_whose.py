"""Whose an amount in running text is: parts of sums that no table holds, changes, sums of years."""

from __future__ import annotations

import pytest

from orchestration.extraction.bands import grade_bands
from tests.unit.extraction.prose import facts, paragraph_facts, read

_INITIAL = {
    "budget total initial_budget 1000 万元",
    "revenue initial_budget 2023 amount 1000 万元",
}
_ADDED = _INITIAL | {
    "budget total adjustment 200 万元",
    "revenue supplementary_budget 2023 amount 200 万元",
}


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("年初部门预算数1000万元，年中追加200万元，其中基本支出50万元，项目支出150万元。", _ADDED),
        (
            "年初部门预算数1000万元，上年结转100万元，其中财政拨款60万元，其他资金40万元。",
            _INITIAL | {"revenue carry_over 2023 amount 100 万元"},
        ),
        (
            "2023年年初预算1000万元，年中追减200万元，其中基本支出50万元，项目支出150万元。",
            _INITIAL | {"budget total adjustment -200 万元"},
        ),
        (  # the list is over where a budget of the whole follows
            (
                "2023年年初预算1000万元，年中追加200万元（其中人员经费120万元，项目经费80万元），"
                "全年预算1200万元。"
            ),
            _ADDED | {"budget total annual_budget 1200 万元"},
        ),
        (  # the parts add up to the budget, not to what was added
            ("2023年年初预算1000万元，年中追加200万元，其中：财政拨款950万元，其他资金50万元。"),
            _ADDED
            | {
                "budget general_public_budget initial_budget 950 万元",
                "budget other initial_budget 50 万元",
            },
        ),
        (
            (
                "2023年年初预算1000万元，其中基本支出700万元，项目支出300万元；年中追加200万元，"
                "其中基本支出50万元，项目支出150万元。"
            ),
            _ADDED
            | {
                "expense basic budget_initial 2023 amount 700 万元",
                "expense project budget_initial 2023 amount 300 万元",
            },
        ),
        (
            "2023年收入总计1500万元，到位资金900万元，其中财政拨款800万元，其他资金100万元。",
            {"revenue total 2023 amount 1500 万元"},
        ),
        (
            "2023年支出1000万元，比上年增加200万元，其中基本支出700万元，项目支出300万元。",
            {
                "expense total actual 2023 amount 1000 万元",
                "expense total actual 2023 change 200 万元",
                "expense basic actual 2023 amount 700 万元",
                "expense project actual 2023 amount 300 万元",
            },
        ),
    ],
)
def test_parts_are_parts_of_the_amount_before_them_or_of_the_one_they_add_up_to(
    text: str, stated: set[str]
) -> None:
    assert facts(text) == stated


def test_parts_that_are_nobodys_are_reported() -> None:
    found = read("年初部门预算数1000万元，年中追加200万元，其中基本支出50万元。")
    assert [i for i in found.records("issue") if "追加、结转" in i.message]


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("本年支出1000万元，到位资金900万元，比上年增加50万元，增长5.9%。", set()),
        ("本年支出1000万元，调整预算1200万元，比上年增长20%。", set()),
        (
            "本年支出1200万元，到位资金1300万元，比上年增加200万元，增长20%。",
            {
                "expense total actual 2023 change 200 万元",
                "expense total actual 2023 change_rate 20 %",
            },
        ),
        (
            "全年支出1000万元，年初预算1200万元，比上年增加200万元，增长25%。",
            {
                "expense total actual 2023 change 200 万元",
                "expense total actual 2023 change_rate 25 %",
            },
        ),
        (
            "本年支出90万元，其中一般公共预算拨款90万元，较上年增加2万元，增长2.27%。",
            {
                "expense total actual 2023 change 2 万元",
                "expense total actual 2023 change_rate 2.27 %",
            },
        ),
    ],
)
def test_a_change_is_that_of_the_nearest_amount_it_fits(text: str, change: set[str]) -> None:
    assert {f for f in facts(text) if " change" in f} == change


@pytest.mark.parametrize(
    "text",
    [
        "项目2021年启动，截至2023年底累计支出1500万元。",
        "2022年至2023年，本单位共支出100万元。",
        "2022-2023年共支出100万元，其中2022年40万元，2023年60万元。",
        "2021年以来，本单位支出1500万元。",
        "自项目启动以来，本单位累计支出1500万元。",
        "项目总投资5000万元，2021年支出1000万元，2022年支出2000万元，2023年支出1500万元。",
        "2023年收支预算总计5000万元。",
        "一批次办公设备预算10万元，实际采购金额9.5万元。",
    ],
)
def test_sums_of_years_budgets_of_income_and_single_purchases_fill_no_column(text: str) -> None:
    assert facts(text) == set()


def test_what_is_bound_to_the_year_is_the_years() -> None:
    assert facts("全年支出100万元，其中2022年40万元，2023年60万元。") == {
        "expense total actual 2023 amount 100 万元"
    }
    assert "expense total actual 2023 amount 1500 万元" in facts("2023年累计支出1500万元。")
    assert facts("“智慧林业”项目2023年预算100万元，截至2023年底累计支出95万元。") == {
        "[智慧林业] budget total annual_budget 100 万元",
        "[智慧林业] budget total executed 95 万元",
        "[智慧林业] expense total actual 2023 amount 95 万元",
    }
    assert facts("全年支出100万元，其中2022年结转资金支出40万元。") == {
        "expense total actual 2023 amount 100 万元"
    }
    assert facts("收、支预算总计5000万元，决算收入5200万元。") == {
        "revenue total 2023 amount 5200 万元"
    }
    assert facts("2023年政府采购预算20万元，实际采购金额19.5万元。") == {
        "expense procurement budget 2023 amount 20 万元",
        "expense procurement actual 2023 amount 19.5 万元",
    }


def test_a_number_in_full_width_figures_goes_over_the_end_of_a_line() -> None:
    assert paragraph_facts("本年支出合计１２\n３４．５６万元。") == {
        "expense total actual 2023 amount 1234.56 万元"
    }
    assert paragraph_facts("１、本年支出５０\n２、本年收入３０万元") == {
        "revenue total 2023 amount 30 万元"
    }


def test_a_number_in_two_pieces_is_left_alone_and_reported() -> None:
    found = read("本年支出合计1 234.56万元。")
    assert not found.records("figure")
    assert [i for i in found.records("issue") if i.kind == "unread_figure"]


def test_grade_words_are_those_of_the_vocabulary() -> None:
    assert facts("绩效评价等级为“基本合格”。") == {"evaluation grade 基本合格"}
    assert grade_bands("90分以上为优，80—90分为良，60—80分为一般，60分以下为差") == (
        "优:90,良:80,一般:60,差:0"
    )
