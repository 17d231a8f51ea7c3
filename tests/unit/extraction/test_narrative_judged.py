"""Running text judged from outside: sentences that were misread once. Every one is invented."""

from __future__ import annotations

import pytest

from orchestration.extraction import extract
from tests.unit.extraction.prose import document_of, facts, of_family, read

_COURT = "安和市中级人民法院"


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (  # the level of the year before opens the sentence; the change is this year's
            "与2022年“三公”经费11.7万元相比，减少1.3万元，下降11.11%。",
            {
                "expense three_public actual 2022 amount 11.7 万元",
                "expense three_public actual 2023 change -1.3 万元",
                "expense three_public actual 2023 change_rate -11.11 %",
            },
        ),
        (  # compared with a budget, in one clause and in two
            "2023年实际支出总额为902万元，与年初预算数相比减少18万元，下降1.96%。",
            {"expense total actual 2023 amount 902 万元"},
        ),
        (
            "2023年实际支出总额为902万元，与2023年年初预算数相比，减少18万元，下降1.96%。",
            {"expense total actual 2023 amount 902 万元"},
        ),
        (  # a label between two figures says whose the next ones are
            (
                "人员经费：年初预算数188万元，决算数203万元；公用经费：年初预算数32万元，"
                "决算数29万元；住房补助：年初预算数9万元，决算数8万元。"
            ),
            {
                "expense personnel budget_initial 2023 amount 188 万元",
                "expense personnel actual 2023 amount 203 万元",
                "expense public budget_initial 2023 amount 32 万元",
                "expense public actual 2023 amount 29 万元",
            },
        ),
        (  # the level of the year before in brackets
            "2023年会议费3.2万元，较2022年度（4.1万元）减少0.9万元，下降21.95%。",
            {
                "expense meeting actual 2023 amount 3.2 万元",
                "expense meeting actual 2022 amount 4.1 万元",
                "expense meeting actual 2023 change -0.9 万元",
                "expense meeting actual 2023 change_rate -21.95 %",
            },
        ),
        (  # against a year that no column is for
            "“三公”经费支出49万元，比2019年58万元减少9万元，降低15.5%。",
            {
                "expense three_public actual 2023 amount 49 万元",
                "expense three_public actual 2019 amount 58 万元",
            },
        ),
        (
            "“三公”经费从2020年的48万元下降到2023年的40万元，降幅16.67%。",
            {
                "expense three_public actual 2020 amount 48 万元",
                "expense three_public actual 2023 amount 40 万元",
            },
        ),
        (
            "“三公”经费从2022年的48万元下降到40万元，降幅16.67%。",
            {
                "expense three_public actual 2022 amount 48 万元",
                "expense three_public actual 2023 amount 40 万元",
                "expense three_public actual 2023 change_rate -16.67 %",
            },
        ),
        (  # 2023年初 is 2023 and 年初
            "2023年初部门预算支出1000万元，其中：基本支出600万元、项目支出400万元。",
            {
                "budget total initial_budget 1000 万元",
                "expense basic budget_initial 2023 amount 600 万元",
                "expense project budget_initial 2023 amount 400 万元",
            },
        ),
        (  # 其他支出 of another classification
            "教育支出651万元、住房保障支出11万元、其他支出5万元。",
            set(),
        ),
        (  # what a place takes in
            "规上工业总产值48亿元，增长7.2%；税收收入2.1亿元；一般公共预算收入9.8亿元。",
            set(),
        ),
    ],
)
def test_whose_and_of_which_year(text: str, stated: set[str]) -> None:
    assert facts(text) == stated


def test_a_bare_spending_behind_the_income_of_a_fund_is_that_funds() -> None:
    found = facts(
        "2023年本年收入300万元，本年支出290万元。\n"
        "1、一般公共预算收入270万元，支出268万元；2、政府性基金收入30万元，支出22万元。"
    )
    assert of_family("expense total", found) == {"expense total actual 2023 amount 290 万元"}
    assert "revenue government_fund 2023 amount 30 万元" in found


def test_a_bare_spending_behind_budgeted_income_is_no_spending() -> None:
    found = facts("2023年年初预算收入1126万元，支出1126万元；年末决算收入1508万元，支出1497万元。")
    assert of_family("expense", found) == {"expense total actual 2023 amount 1497 万元"}
    assert "revenue total 2023 amount 1508 万元" in found
    assert "budget total initial_budget 1126 万元" in found


def test_what_is_to_be_spent_is_not_spent() -> None:
    found = read(
        "2023年度渠道维修项目绩效自评报告\n“渠道维修”项目：2023年安排支出15.2万元，执行率99%。"
    ).records("figure")
    assert not [f for f in found if f.measure == "executed" or f.family == "expense"]


def test_the_year_executed_under_a_heading_over_the_money() -> None:
    found = facts(
        "二、预算执行情况\n"
        "全年执行数5098万元，预算执行率99.50%。其中：基本支出3901万元，较上年增加102万元；"
        "项目支出1197万元，较上年减少56万元。",
        unit=_COURT,
    )
    assert "budget total executed 5098 万元" in found
    assert "expense basic actual 2023 amount 3901 万元" in found
    assert "expense project actual 2023 change -56 万元" in found


def test_net_of_what_was_added_and_taken_is_the_adjustment() -> None:
    found = facts(
        "二、预算执行情况\n2023年年初预算1000万元。执行中追加300万元，调减100万元，净增加200万元，"
        "调整后预算1200万元。"
    )
    assert {f for f in found if "adjustment" in f} == {"budget total adjustment 200 万元"}
    assert "budget total annual_budget 1200 万元" in found


def test_a_signed_adjustment_is_none_that_was_received() -> None:
    found = facts(
        "2023年年初预算数562万元，预算调整数-38万元，调整后预算数524万元，决算数516万元。"
    )
    assert "budget total adjustment -38 万元" in found
    assert "budget total annual_budget 524 万元" in found
    assert "expense total actual 2023 amount 516 万元" in found
    assert not {f for f in found if "supplementary" in f}


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (  # the level of the year before is that of the whole: the rate proves it
            (
                "“三公”经费决算数12.74万元，其中接待费5.14万元、公务用车运行维护费7.6万元，"
                "较2022年决算数14.08万元下降9.52%。"
            ),
            "three_public",
        ),
        (
            (
                "三、“三公”经费。全年支出12.74万元（公务接待费5.14万元、公车运行维护费7.6万元），"
                "比上年14.08万元减少1.34万元，下降9.52%。"
            ),
            "three_public",
        ),
    ],
)
def test_the_year_before_of_a_whole_is_not_that_of_its_last_part(text: str, stated: str) -> None:
    found = facts(text)
    assert {f for f in found if " 2022 " in f} == {
        f"expense {stated} actual 2022 amount 14.08 万元"
    }
    assert {f for f in found if "change_rate" in f} == {
        f"expense {stated} actual 2023 change_rate -9.52 %"
    }


def test_the_year_before_behind_a_list_without_a_proof_is_nobodys() -> None:
    found = facts(
        "“三公”经费决算数12.74万元，其中接待费5.14万元、公务用车运行维护费7.6万元，"
        "较2022年决算数14.08万元有所下降。"
    )
    assert not {f for f in found if " 2022 " in f}


def test_a_semicolon_ends_the_year_of_a_comparison() -> None:
    found = facts("2023年三公经费1.05万元，2022年三公经费1.2万元；会议费、培训费共计2.6万元。")
    assert "expense meeting_training actual 2023 amount 2.6 万元" in found


def test_a_plain_budget_that_is_changed_was_the_first() -> None:
    found = facts("（3）综治维稳项目：预算安排90万元，年中调减12万元，实际支出75.66万元。")
    assert {f for f in found if f.startswith("[综治维稳项目] budget")} == {
        "[综治维稳项目] budget total initial_budget 90 万元",
        "[综治维稳项目] budget total adjustment -12 万元",
        "[综治维稳项目] budget total executed 75.66 万元",
    }


def test_the_adjusted_budget_behind_words_nobody_knows() -> None:
    found = facts(
        "二、预算执行情况\n2023年年初预算1800万元，后因财力原因压减150万元，调整后预算为1650万元。"
    )
    assert "budget total annual_budget 1650 万元" in found


def test_budgeted_income_with_nothing_beside_it_is_no_income() -> None:
    assert not of_family(
        "revenue total", facts("2023年部门预算总收入1032万元，为一般公共预算拨款。")
    )


def test_spending_compared_in_a_sentence_of_its_own() -> None:
    found = facts(
        "2023年收入决算2764万元，支出决算2758万元。支出决算比上年2690万元增加68万元，增幅2.53%。"
    )
    assert "expense total actual 2022 amount 2690 万元" in found
    assert "expense total actual 2023 change 68 万元" in found


def test_an_amount_behind_unknown_words_is_left_alone_with_a_reason() -> None:
    builder = read("2023年全镇总支出4812万元。", unit="梅溪镇人民政府")
    assert not builder.records("figure")
    (issue,) = builder.records("issue")
    assert issue.kind == "unclaimed_figure"
    assert "全镇" in issue.message


def test_income_of_the_year_alone_is_not_the_total_of_both_sides() -> None:
    found = extract(
        document_of(
            "安和市林业局2023年度部门整体支出绩效自评报告\n"
            "2023年收、支总计均为4318万元。与2022年度相比，收、支总计各增加190万元，增长4.6%。\n"
            "本年收入合计4215万元，其中财政拨款收入4102万元；其他收入113万元。\n"
            "本年支出合计3966万元。"
        )
    ).figures
    totals = {
        f.value for f in found if (f.family, f.item, f.measure) == ("revenue", "total", "amount")
    }
    assert totals == {4318}


def test_both_sides_of_an_account_are_not_what_was_spent() -> None:
    found = extract(
        document_of(
            "安和市林业局2023年度部门整体支出绩效自评报告\n"
            "2023年度支出总计3891万元。\n其中：本年支出3782万元，年末结转和结余109万元。"
        )
    ).figures
    totals = {f.value for f in found if (f.family, f.item) == ("expense", "total")}
    assert totals == {3782}


def test_a_fund_named_before_a_comma_is_no_project_spending_of_the_whole() -> None:
    found = facts(
        "（二）专项支出情况\n（1）文明实践站建设专项资金，预算350万元，支出331万元；\n"
        "（2）对外宣传专项资金，预算280万元，支出280万元。"
    )
    assert not {f for f in found if not f.startswith("[")}
    assert "[文明实践站建设专项资金] budget total executed 331 万元" in found


def test_a_rate_of_one_item_is_not_that_of_the_whole() -> None:
    found = facts("项目支出年初预算6850万元，全年预算9126万元，实际支出8904万元，执行率97.57%。")
    assert not of_family("budget", found)


def test_several_sums_added_are_none_of_them_the_adjustment() -> None:
    found = facts(
        "2023年年初预算1462万元。因人员增资追加81万元，因设备更新追加136万元，年底收回结余资金9万元，"
        "全年预算1670万元。"
    )
    assert not {f for f in found if "adjustment" in f or "supplementary" in f or "balance" in f}
    assert "budget total annual_budget 1670 万元" in found


def test_items_with_marks_and_words_between_told_respectively() -> None:
    found = facts(
        "工资福利支出、商品和服务支出、对个人和家庭的补助、资本性支出分别为812万元、398万元、316万元、201万元。"
    )
    assert found == {
        "expense wages_benefits actual 2023 amount 812 万元",
        "expense goods_services actual 2023 amount 398 万元",
        "expense individual_family actual 2023 amount 316 万元",
        "expense capital actual 2023 amount 201 万元",
    }


def test_parts_that_come_to_more_than_their_total_are_evidence() -> None:
    builder = read("总得分95分，其中产出指标48分、效益指标29分、满意度指标9分、预算执行10分。")
    (statement,) = builder.records("statement")
    assert (statement.kind, statement.stated_value, statement.computed_value) == ("sum", 95, 96)
    assert "evaluation_part budget_execution score 10 分" in facts(
        "总得分95分，其中产出指标48分、效益指标28分、满意度指标9分、预算执行10分。"
    )


def test_what_is_distributed_is_noted_as_neither_spent_nor_left() -> None:
    builder = read("2023年本年支出合计3782万元，结余分配29万元，年末结转和结余80万元。")
    assert [s.kind for s in builder.records("statement")] == ["distribution"]
    assert not [f for f in builder.records("figure") if f.value == 29]


def test_years_behind_a_semicolon_are_those_of_the_first_level() -> None:
    found = facts(
        "公务接待费0.95万元，2022年1.21万元，减少21.49%；车辆运行费4.38万元，2022年4.65万元。"
    )
    assert "expense vehicle_operation actual 2023 amount 4.38 万元" in found
    assert "expense vehicle_operation actual 2022 amount 4.65 万元" in found


def test_what_came_of_an_income_budget() -> None:
    found = facts("2023年收入预算6850万元，实际完成6621万元，完成预算的96.66%。")
    assert of_family("revenue", found) == {"revenue total 2023 amount 6621 万元"}


def test_the_office_as_a_part_in_a_sentence_of_its_own() -> None:
    found = facts("我局共有编制212名，在职197人。其中局机关编制34名，在职32人。")
    assert found == {
        "personnel establishment 2023 headcount 212 名",
        "personnel on_duty 2023 headcount 197 人",
    }


def test_less_than_a_year_named_is_this_years_change() -> None:
    found = facts("二、部门收支\n支出比2022年减少218万元，降低13.90%。")
    assert found == {
        "expense total actual 2023 change -218 万元",
        "expense total actual 2023 change_rate -13.9 %",
    }


def test_what_an_office_used_of_what_nobody_knows() -> None:
    assert not facts("全年收到中央救灾资金380万元，下拨乡镇462万元，局本级使用38万元。")


def test_parts_that_add_up_to_the_budget_before_them_are_budgeted() -> None:
    found = facts(
        "二、部门收支\n2023年年初预算812万元：人员经费586万元、公用经费66万元、项目支出160万元。"
    )
    assert {f for f in found if f.startswith("expense")} == {
        "expense personnel budget_initial 2023 amount 586 万元",
        "expense public budget_initial 2023 amount 66 万元",
        "expense project budget_initial 2023 amount 160 万元",
    }


def test_parts_behind_a_budget_that_they_do_not_add_up_to_are_left_alone() -> None:
    found = facts("二、部门收支\n2023年年初预算812万元，人员经费580万元，公用经费66万元。")
    assert not of_family("expense", found)


def test_all_spending_behind_a_semicolon_is_the_units_again() -> None:
    found = facts(
        "我局2023年总收入1286万元，其中残保金安排35万元；总支出1274万元，其中人员经费152万元。"
    )
    assert "expense total actual 2023 amount 1274 万元" in found
    assert "expense personnel actual 2023 amount 152 万元" in found


def test_a_sentence_that_compares_with_the_budget_and_the_year_before() -> None:
    found = facts(
        "2023年全年支出836.9万元。比年初预算增加24.5万元；比上年846.2万元减少9.3万元，下降1.1%。"
    )
    assert "expense total actual 2022 amount 846.2 万元" in found
    assert "expense total actual 2023 change -9.3 万元" in found
    assert not {f for f in found if " 24.5 " in f}


def test_none_spent_in_words() -> None:
    assert "expense reception actual 2023 amount 0 元" in facts("2023年公务接待费零支出。")


def test_a_rate_behind_a_bracket_is_that_of_what_the_bracket_is_behind() -> None:
    found = facts(
        "三、“三公”经费\n全年支出2.86万元（公务接待费0.66万元，公务用车运行维护费2.20万元），同比下降10.63%。"
    )
    assert {f for f in found if "change_rate" in f} == {
        "expense three_public actual 2023 change_rate -10.63 %"
    }


def test_words_nobody_knows_in_a_bracket_do_not_end_the_list_around_it() -> None:
    found = facts(
        "二、部门收支\n年初预算为3215万元，其中：基本支出2610万元（人员2288万元、公用322万元），"
        "项目支出605万元。"
    )
    assert "expense project budget_initial 2023 amount 605 万元" in found
    assert not {f for f in found if " actual " in f}


def test_all_spending_behind_parts_is_not_the_last_part() -> None:
    found = facts(
        "二、部门收支\n与2022年比较：基本支出增加41万元，项目支出减少22万元，总支出增加19万元，增长1.79%。"
    )
    assert "expense total actual 2023 change 19 万元" in found
    assert "expense project actual 2023 change -22 万元" in found
    assert {f for f in found if "change_rate" in f} == {
        "expense total actual 2023 change_rate 1.79 %"
    }


def test_a_share_of_a_part_is_no_share_of_the_whole() -> None:
    assert not {f for f in facts("培训费支出4.6万元，占公用经费的3.75%。") if " share " in f}


def test_a_change_from_the_year_before_behind_an_amount_of_nothing() -> None:
    found = facts("“三公”经费支出21.60万元，低于控制数26万元，比上年的22.85万元减少1.25万元。")
    assert "expense three_public actual 2022 amount 22.85 万元" in found
    assert "expense three_public actual 2023 change -1.25 万元" in found


def test_a_part_compared_twice_keeps_both_changes() -> None:
    found = facts(
        "“三公”经费支出6万元，其中公务接待费支出1.6万元，比上年2万元减少0.4万元，下降20%，"
        "车辆运行维护费支出4.4万元，比上年4万元增加0.4万元，比上年增长10%。"
    )
    assert "expense vehicle_operation actual 2023 change 0.4 万元" in found
    assert "expense vehicle_operation actual 2023 change_rate 10 %" in found
