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
        "本单位项目总预算900万元，分三年实施，每年300万元。",
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


def test_a_department_with_units_has_its_whole_from_no_part_of_it() -> None:
    text = (
        "委机关及所属14家单位共有编制1260名，实有1186人。其中委机关编制45名，实有43人。\n"
        "2023年部门汇总收入5.6亿元，支出5.5亿元。其中委本级收入3216万元，支出3180万元；"
        "州人民医院收入3.2亿元，支出3.1亿元。\n"
        "部门整体自评得分94分，委机关自评得分96分，州疾控中心自评得分95分。"
    )
    assert facts(text, unit="岷山州卫生健康委员会") == {
        "personnel establishment 2023 headcount 1260 名",
        "personnel on_duty 2023 headcount 1186 人",
        "revenue total 2023 amount 5.6 亿元",
        "expense total actual 2023 amount 5.5 亿元",
        "evaluation total_score 94 分",
    }


def test_an_organisation_is_the_unit_where_its_letters_are_those_of_the_name() -> None:
    spent = {"expense total actual 2023 amount 800 万元"}
    assert facts("市教体局2023年支出800万元。", unit="安和市教育和体育局") == spent
    assert facts("市财政局2023年支出800万元。", unit="安和市教育和体育局") == set()
    assert "budget total initial_budget 100 万元" in facts(
        "2023年市财政局批复我局年初预算100万元。", unit="安和市教育和体育局"
    )


def test_both_sides_of_the_account_and_what_the_year_brought() -> None:
    assert facts(
        "本部门2023年度收入总计3156万元，其中年初结转和结余12万元；本年收入合计3144万元，"
        "较2022年增加260万元，增长9.01%。"
    ) == {"revenue total 2023 amount 3156 万元", "revenue carry_over 2023 amount 12 万元"}
    assert facts(
        "本部门2023年度支出总计3156万元，其中本年支出合计3150万元，较2022年增加262万元，"
        "增长9.07%；年末结转和结余6万元。"
    ) == {
        "expense total actual 2023 amount 3150 万元",
        "expense total actual 2023 change 262 万元",
        "expense total actual 2023 change_rate 9.07 %",
        "balance year_end 2023 amount 6 万元",
    }


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (  # changes told together are nobody's
            "会议费支出1.2万元，培训费支出2.4万元，分别比上年下降20%和增长9.1%。",
            {
                "expense meeting actual 2023 amount 1.2 万元",
                "expense training actual 2023 amount 2.4 万元",
            },
        ),
        (
            "2022年收入合计812.5万元，2023年收入合计865.3万元，增加52.8万元，增长6.5%。",
            {
                "revenue total 2022 amount 812.5 万元",
                "revenue total 2023 amount 865.3 万元",
                "revenue total 2023 change 52.8 万元",
                "revenue total 2023 change_rate 6.5 %",
            },
        ),
        (
            "部分项目进度偏慢，如“智慧水利”项目预算800万元，实际支出520万元，执行率65%。",
            {
                "[智慧水利] budget total annual_budget 800 万元",
                "[智慧水利] budget total executed 520 万元",
                "[智慧水利] expense total actual 2023 amount 520 万元",
                "[智慧水利] budget total execution_rate 65 %",
            },
        ),
        (
            "读者满意度调查共发放问卷300份，有效问卷285份，满意率96.8%。",
            {"survey 读者 sent 300 份", "survey 读者 satisfaction_rate 96.8 %"},
        ),
        (
            "全年支出950万元，预算执行率95%。",
            {
                "expense total actual 2023 amount 950 万元",
                "budget total executed 950 万元",
                "budget total execution_rate 95 %",
            },
        ),
        ("自评92分，评定等级为“优”。", {"evaluation total_score 92 分", "evaluation grade 优"}),
        (
            "1.购书经费。年初预算120万元，实际支出118.6万元，执行率98.83%。",
            {
                "[购书经费] budget total initial_budget 120 万元",
                "[购书经费] budget total executed 118.6 万元",
                "[购书经费] expense total actual 2023 amount 118.6 万元",
                "[购书经费] budget total execution_rate 98.83 %",
            },
        ),
    ],
)
def test_wordings_of_other_makers(text: str, stated: set[str]) -> None:
    assert facts(text) == stated


def test_scores_of_parts_are_not_the_score_of_the_whole() -> None:
    assert facts("其中：预算编制情况自评得分8分，预算使用效益自评得分59.3分。") == set()
    assert facts("预算编制自评得分8分，预算执行自评得分26分，综合自评得分93分。") == {
        "evaluation total_score 93 分"
    }


def test_an_amount_that_measures_another_is_not_what_the_change_is_of() -> None:
    assert facts("2023年“三公”经费支出3.26万元，为预算5万元的65.2%，比上年减少0.4万元。") == {
        "expense three_public actual 2023 amount 3.26 万元",
        "expense three_public budget 2023 amount 5 万元",
        "expense three_public actual 2023 change -0.4 万元",
    }


def test_parts_of_what_was_taken_back_do_not_hide_the_budget_behind_them() -> None:
    assert facts(
        "2023年年初预算4560万元，执行中调减312万元，其中调减人员经费86万元，"
        "调减项目经费226万元，调整后预算4248万元。"
    ) == {
        "budget total initial_budget 4560 万元",
        "revenue initial_budget 2023 amount 4560 万元",
        "budget total adjustment -312 万元",
        "budget total annual_budget 4248 万元",
    }


def test_headcounts_each_under_a_number_of_its_own() -> None:
    assert facts("一、单位基本情况\n1.编制人数：28人\n2.实有人数：26人\n3.退休人数：19人") == {
        "personnel establishment 2023 headcount 28 人",
        "personnel on_duty 2023 headcount 26 人",
        "personnel retired 2023 headcount 19 人",
    }


def test_a_list_number_before_a_year_is_no_part_of_a_number() -> None:
    assert facts("1．2023年决算支出2086.4万元。") == {
        "expense total actual 2023 amount 2086.4 万元"
    }


def test_what_is_spent_of_a_budget_is_no_share_of_the_spending() -> None:
    found = facts("2023年支出1000万元，其中：基本支出600万元，占预算的98.56%。")
    assert not [f for f in found if " share " in f]


def test_what_is_spent_behind_a_list_is_not_the_last_parts() -> None:
    found = facts(
        "2023年年初预算1000万元，其中：基本支出700万元、项目支出300万元，全年支出1100万元，"
        "其中：基本支出720万元、项目支出380万元。"
    )
    assert {f for f in found if " actual " in f} == {
        "expense total actual 2023 amount 1100 万元",
        "expense basic actual 2023 amount 720 万元",
        "expense project actual 2023 amount 380 万元",
    }


def test_a_part_of_the_year_and_plans_for_the_next_are_not_the_years() -> None:
    assert facts("截至2023年9月底，本单位支出700万元。") == set()
    assert facts("2023年支出1000万元，其中上年结转资金支出100万元。") == {
        "expense total actual 2023 amount 1000 万元"
    }
    assert facts("2024年预算收入1600万元。") == set()
    assert facts("公务接待费较预算数3万元节约1.2万元，较上年减少0.5万元。") == {
        "expense reception budget 2023 amount 3 万元",
        "expense reception actual 2023 change -0.5 万元",
    }


def test_a_bracket_behind_a_budget_lists_its_parts() -> None:
    found = facts(
        "年初预算500万元（基本支出300万元、项目支出200万元），"
        "决算520万元（基本支出310万元、项目支出210万元）。"
    )
    assert found == {
        "expense basic budget_initial 2023 amount 300 万元",
        "expense project budget_initial 2023 amount 200 万元",
        "expense basic actual 2023 amount 310 万元",
        "expense project actual 2023 amount 210 万元",
    }


def test_assets_of_another_day_and_money_of_one_fund_are_not_the_whole() -> None:
    assert facts("截至2022年12月31日，资产总额500万元；截至2023年12月31日，资产总额560万元。") == {
        "asset total amount 560 万元"
    }
    assert facts("2023年一般公共预算支出900万元，政府性基金预算支出100万元。") == set()
    assert facts("近10年共支出900万元。") == set()


def test_headings_of_funds_name_projects_and_all_years_are_not_one() -> None:
    found = facts(
        "二、主要项目\n（一）水库维修养护项目\n项目总投资1200万元，2023年安排320万元，"
        "2023年支出318万元，累计支出986万元。\n"
        "（二）河长制工作经费\n年初预算60万元，支出59.2万元，结余0.8万元。自评得分99分。"
    )
    assert not [f for f in found if not f.startswith("[") or " 986 " in f]
    assert "[河长制工作经费] evaluation total_score 99 分" in found


def test_what_people_got_is_not_what_the_project_spent() -> None:
    text = "“困难救助”项目绩效自评综述：项目自评得分97分。\n临时救助18人次，支出2.1万元。"
    assert not [f for f in facts(text) if " 2.1 " in f]


def test_spending_of_one_fund_is_not_the_total_where_its_parts_are_more() -> None:
    text = (
        "收入预算安排情况\n相应安排支出预算，其中：基本支出309.95万元、项目支出307.70万元。\n"
        "2023年度一般公共预算拨款支出487.65万元，比上年增加6.5万元。"
    )
    found = facts(text, kind="budget")
    assert not [fact for fact in found if fact.startswith("expense total")]
    assert [fact for fact in found if fact.startswith("expense basic")]
