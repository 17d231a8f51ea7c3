"""Wordings of published accounts and budgets that were once misread. Every sentence is invented."""

from __future__ import annotations

import pytest

from orchestration.extraction import extract
from orchestration.extraction.titles import split_title
from tests.unit.extraction.prose import document_of, facts, of_family, read


def test_amounts_below_a_heading_over_a_budget_are_budgeted() -> None:
    text = (
        "二、2023年“三公”经费支出预算情况说明\n"
        "安和市林业局2023年“三公”经费支出预算为9.6万元，比2022年预算减少1.2万元，下降11.11%。具体情况如下：\n"
        "（一）公务接待费支出2.4万元，比2022年预算减少0.8万元，下降25%，原因是压缩接待。\n"
        "（二）公务用车购置及运行费支出7.2万元，与2022年预算持平。"
    )
    assert facts(text, kind=None) == {
        "expense three_public budget 2023 amount 9.6 万元",
        "expense three_public budget 2023 change -1.2 万元",
        "expense three_public budget 2023 change_rate -11.11 %",
        "expense reception budget 2023 amount 2.4 万元",
        "expense reception budget 2023 change -0.8 万元",
        "expense reception budget 2023 change_rate -25 %",
        "expense vehicle budget 2023 amount 7.2 万元",
    }


@pytest.mark.parametrize(
    "heading",
    ["一、部门预算执行情况", "二、“三公”经费支出决算情况说明", "三、一般公共预算支出情况"],
)
def test_amounts_below_a_heading_over_what_was_done_are_not(heading: str) -> None:
    text = f"{heading}\n（一）公务接待费支出2.4万元，比上年减少0.8万元。"
    assert "expense reception actual 2023 amount 2.4 万元" in facts(text)


def test_a_sentence_that_goes_on_with_a_comparison_is_about_the_amount_before() -> None:
    text = (
        "1、收入：640.5万元。同比上年度增加128.1万元，增加25%。其中：财政拨款收入600万元，"
        "同比上年度增加100万元，增加20%。"
    )
    assert {f for f in facts(text) if f.startswith("revenue total")} == {
        "revenue total 2023 amount 640.5 万元",
        "revenue total 2023 change 128.1 万元",
        "revenue total 2023 change_rate 25 %",
    }


def test_what_both_sides_of_an_account_changed_by() -> None:
    text = (
        "1.总体情况。2023年度收入总计812.5万元，支出总计812.5万元。收支较上年决算数增加62.5万元、增长8.3%，"
        "主要原因是人员增加。"
    )
    assert facts(text) == {
        f"{side} 2023 {told}"
        for side in ("revenue total", "expense total actual")
        for told in ("amount 812.5 万元", "change 62.5 万元", "change_rate 8.3 %")
    }


def test_what_was_spent_is_told_better_than_by_both_sides() -> None:
    text = (
        "2023年度收、支总计均为812.5万元。与2022年相比，收、支总计各增加62.5万元，增长8.33%。\n"
        "2023年度本年支出合计800万元，其中：基本支出500万元；项目支出300万元。"
    )
    records = extract(document_of("安和市林业局2023年度部门决算\n" + text)).figures
    spent = [f for f in records if (f.family, f.item) == ("expense", "total")]
    assert [(f.measure, str(f.value)) for f in spent] == [("amount", "800")]


def test_what_both_sides_of_a_budget_come_to() -> None:
    text = "林业局2023年收支总预算812.5万元，比2022年预算增加12.5万元，增长1.56%。"
    assert facts(text, kind="budget") == {
        f"{side} 2023 {told}"
        for side in ("revenue total", "expense total budget")
        for told in ("amount 812.5 万元", "change 12.5 万元", "change_rate 1.56 %")
    }


def test_a_rate_behind_the_budget_of_the_year_before() -> None:
    text = "（二）培训费2023年预算3万元，较2022年预算2万元增长50%，主要原因是培训增加。"
    assert facts(text, kind="budget") == {
        "expense training budget 2023 amount 3 万元",
        "expense training budget 2022 amount 2 万元",
        "expense training budget 2023 change_rate 50 %",
    }


def test_what_was_carried_in_under_the_units_income() -> None:
    text = (
        "（一）收入决算情况。2023年度，收入总计为321.5万元，其中：\n"
        "1.财政拨款收入300万元，为财政拨款资金。较上年度决算数减少20万元，下降6.25%。\n"
        "2.事业收入15万元。\n"
        "3.上年结转和结余6.5万元，为以前年度未执行完、结转到本年继续使用的资金。"
    )
    assert "revenue carry_over 2023 amount 6.5 万元" in facts(text)
    spent = "（一）支出情况。项目支出20万元，其中：\n1.上年结转6.5万元。"
    assert not of_family("revenue", facts(spent))


def test_the_cars_named_before_their_number() -> None:
    text = (
        "“三公”经费支出合计20万元。其中：公务用车保有量3辆，购置及运行维护费8万元，比上年减少0.5万元；"
        "公务接待费12万元。"
    )
    found = facts(text)
    assert "expense vehicle actual 2023 amount 8 万元" in found
    assert "expense vehicle actual 2023 change -0.5 万元" in found


def test_procurement_of_all_units_of_a_department() -> None:
    text = "所属各预算单位政府采购预算总额606.4万元，其中：政府采购货物预算472.8万元。"
    assert facts(text, kind="budget") == {"expense procurement budget 2023 amount 606.4 万元"}


def test_a_paragraph_that_breaks_off_within_a_word_goes_on_in_the_next() -> None:
    text = "我局实有编制数63人，2023年末在职人数57人、离\n退休人数94人。"
    assert of_family("personnel", facts(text)) == {
        "personnel establishment 2023 headcount 63 人",
        "personnel on_duty 2023 headcount 57 人",
    }


def test_each_item_of_a_list_of_self_evaluations_is_about_its_own_fund() -> None:
    text = (
        "二、项目绩效自评结果\n"
        "1.“阳光厨房”项目绩效自评综述：项目自评得分91分。全年预算数为30万元，执行数为27万元，完成预算的90%。\n"
        "2.电梯监管专项经费绩效自评情况：全年预算数8.5万元，全年执行数8.5万元，执行率100%，自评得分100分，"
        "等级为优。"
    )
    found = facts(text)
    assert not {f for f in found if f.startswith("evaluation")}
    assert "[电梯监管专项经费] evaluation total_score 100 分" in found
    assert "[电梯监管专项经费] budget total executed 8.5 万元" in found


@pytest.mark.parametrize(
    "text",
    [
        "电梯监管：全年预算数8.5万元，全年执行数8.5万元，自评得分100分，等级为优。",
        "电梯监管专项经费自评得分100分。",
    ],
)
def test_the_score_of_a_thing_is_not_the_units(text: str) -> None:
    assert not of_family("evaluation", facts(text))


def test_a_conclusion_with_budget_and_score_is_about_the_unit() -> None:
    text = "评价结论：部门整体支出预算数100万元，执行数98万元，自评得分95分。"
    assert {"expense total actual 2023 amount 98 万元", "evaluation total_score 95 分"} <= facts(
        text
    )


@pytest.mark.parametrize(
    "text",
    [
        "国内公务接待12批次、96人次，共计支出0.86万元，比上年减少0.14万元。",
        "2023年公务接待12批次,96人次,支出0.86万元,较上年减少0.14万元。",
    ],
)
def test_what_guests_cost_behind_their_number(text: str) -> None:
    assert facts(text) == {
        "expense reception actual 2023 amount 0.86 万元",
        "expense reception actual 2023 change -0.14 万元",
    }


def test_spending_up_to_the_years_end_is_the_years_where_its_rate_proves_it() -> None:
    text = "2023年全年预算1.5亿元。截至2023年12月31日，累计支出{}亿元，预算执行率96%。"
    assert "budget total executed 1.44 亿元" in facts(text.format("1.44"))
    assert "budget total executed 2.44 亿元" not in facts(text.format("2.44"))


def test_a_unit_by_its_name_without_its_place() -> None:
    assert facts("红旗乡人民政府编制45人，实有43人。", unit="云岭县红旗乡人民政府") == {
        "personnel establishment 2023 headcount 45 人",
        "personnel on_duty 2023 headcount 43 人",
    }
    assert not facts("县人民政府编制45人，实有43人。", unit="云岭县红旗乡人民政府")
    # 服务 in its name is no service to people
    text = "政务服务中心内有事业编制25名。现单位实有在职在编人员16名。"
    assert len(facts(text, unit="云岭县政务服务中心")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "现有政法专项编制210名，事业编制12名。",
        "局机关核定编制30名，在职28人；下属林场核定编制40名，在职39人。",
        "项目支出年初预算26万元，调整预算46万元，实际支出42万元。",
        "年初预算812万元，人员经费586万元。",
        "“三公”经费预算42万元，公务接待费3万元。",
    ],
)
def test_what_cannot_be_told_apart_has_a_reason(text: str) -> None:
    assert "unclaimed_figure" in {i.kind for i in read(text).records("issue")}


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        (
            "云岭县红旗镇人民政府2020年度一般公共预算“三公”经费支出决算情况说明",
            "云岭县红旗镇人民政府",
        ),
        ("2020年度云岭县红旗镇中心小学校决算编制说明", "云岭县红旗镇中心小学校"),
        ("云岭县司法局2022年“三公”经费预算情况", "云岭县司法局"),
        ("2023年度“三公”经费支出决算情况说明", None),
        ("支出决算情况说明", None),
        ("云岭县2023年“三公”经费决算情况说明", None),
    ],
)
def test_a_notice_on_accounts_is_titled_with_its_unit(line: str, unit: str | None) -> None:
    title = split_title(line)
    assert (title.unit if title else None) == unit


def test_basic_and_project_spending_in_the_words_of_their_definitions() -> None:
    text = (
        "1.基本支出情况：2023年度用于保障林业局机关、下属事业单位等机构正常运转的日常支出9,812,345.67元。其中："
        "基本工资、津贴补贴等人员经费支出8,923,456.78元，占基本支出的90.94%；办公费、印刷费、水电费、"
        "办公设备购置等公用经费支出888,888.89元，占基本支出的9.06%。\n"
        "2.项目支出情况：2023年度用于保障林业局机关、下属事业单位等机构为完成特定的行政工作任务，"
        "用于专项业务工作的经费支出76,790,910.51元。"
    )
    assert {f for f in facts(text) if " amount " in f} == {
        "expense basic actual 2023 amount 9812345.67 元",
        "expense personnel actual 2023 amount 8923456.78 元",
        "expense public actual 2023 amount 888888.89 元",
        "expense project actual 2023 amount 76790910.51 元",
    }


def test_two_parts_of_one_level_are_neither_its_score() -> None:
    text = (
        "部门整体支出绩效自评得分为92.6分，其中：预算执行18.6分、预算管理20分、资产管理9分、"
        "履职产出25分、履职效果20分。"
    )
    found = of_family("evaluation_part", facts(text))
    assert "evaluation_part output score 25 分" in found
    assert not {f for f in found if "process" in f}


def test_the_budget_that_another_was_adjusted_to() -> None:
    text = (
        "年初部门预算数为685.42万元，执行中调整为702.15万元，实际支出685.43万元，预算执行率97.62%。"
    )
    assert {f for f in facts(text) if f.startswith("budget")} == {
        "budget total initial_budget 685.42 万元",
        "budget total annual_budget 702.15 万元",
        "budget total executed 685.43 万元",
        "budget total execution_rate 97.62 %",
    }


def test_spending_is_executed_where_its_rate_is_that_of_the_budget() -> None:
    text = (
        "2023年年初预算批复总额为2.15亿元，其中：基本支出预算0.21亿元，项目支出预算1.94亿元；全年追加预算9,860万元，"
        "调整后全年预算3.136亿元；全年支出3.012亿元，总体执行率96.05%。"
    )
    assert "budget total executed 3.012 亿元" in facts(text)


def test_both_ends_of_the_year() -> None:
    found = facts("年初结转结余23.5万元，年末结转结余15.7万元。")
    assert found == {
        "revenue carry_over 2023 amount 23.5 万元",
        "balance year_end 2023 amount 15.7 万元",
    }


def test_a_share_behind_a_bracket_is_of_what_the_bracket_is_behind() -> None:
    text = (
        "决算支出30万元，其中：基本支出15万元（人员经费13万元，日常公用经费2万元），占50%；"
        "项目支出15万元，占50%。"
    )
    shares = {f for f in facts(text) if " share " in f}
    assert shares == {
        "expense basic actual 2023 share 50 %",
        "expense project actual 2023 share 50 %",
    }


def test_income_that_is_only_budgeted_is_no_income() -> None:
    text = (
        "2023年部门收入预算总额为86.2万元，其中：一般公共预算拨款收入86.2万元。"
        "全年决算收入91.3万元。"
    )
    assert facts(text) == {"revenue total 2023 amount 91.3 万元"}


def test_where_the_money_came_from() -> None:
    text = (
        "2023年度我单位资金来源共计68万元，其中：上年结转6万元，年初预算安排30万元，"
        "专项补助32万元。"
    )
    assert {
        "revenue total 2023 amount 68 万元",
        "revenue carry_over 2023 amount 6 万元",
    } <= facts(text)


def test_a_budget_completed_by_what_was_spent() -> None:
    text = (
        "2023年，市财政批复我局部门预算总额186.5万元，当年实际支出179.8万元，完成预算的96.41%，"
        "其中：基本支出109.8万元，完成预算的99.6%。"
    )
    assert {
        "budget total executed 179.8 万元",
        "budget total execution_rate 96.41 %",
    } <= facts(text)
    assert "budget total execution_rate 99.6 %" not in facts(text)


def test_what_was_added_and_taken_comes_to() -> None:
    text = (
        "1.预算批复情况：2023年部门预算批复总额为1,236万元。\n"
        "2.预算调整情况：我局年中调增152万元，调减86万元，净增66万元，调整后预算为1,302万元。\n"
        "3.预算执行情况：全年支出1,278万元，总体支出进度98.16%。"
    )
    found = facts(text)
    assert {f for f in found if f.startswith("budget") and "initial" not in f} == {
        "budget total adjustment 66 万元",
        "budget total annual_budget 1302 万元",
        "budget total executed 1278 万元",
        "budget total execution_rate 98.16 %",
    }


def test_budgets_behind_the_levels_that_pay_for_them() -> None:
    text = (
        "我局2023年年初预算412万元，其中县本级安排112万元，上级提前下达300万元；年中追加453万元；"
        "全年预算865万元，实际支出821万元，预算执行率94.91%。"
    )
    assert {f for f in facts(text) if f.startswith("budget")} == {
        "budget total initial_budget 412 万元",
        "budget total adjustment 453 万元",
        "budget total annual_budget 865 万元",
        "budget total executed 821 万元",
        "budget total execution_rate 94.91 %",
    }


def test_a_unit_speaks_for_itself_beside_its_county() -> None:
    text = (
        "2023年全县“三公”经费支出1,260万元，下降5.2%。我局“三公”经费支出6.32万元，"
        "其中公务接待费3.02万元、公车运行维护费3.3万元。"
    )
    assert facts(text) == {
        "expense three_public actual 2023 amount 6.32 万元",
        "expense reception actual 2023 amount 3.02 万元",
        "expense vehicle_operation actual 2023 amount 3.3 万元",
    }


def test_amounts_of_the_next_year_are_not_spent() -> None:
    text = "2024年预算安排基本支出1,780万元，项目支出560万元。"
    assert facts(text) == {
        "expense basic budget 2024 amount 1780 万元",
        "expense project budget 2024 amount 560 万元",
    }


def test_spending_of_months_before_that_of_the_year() -> None:
    text = "2023年一季度支出426万元，上半年支出968万元，全年支出2,236.5万元。"
    assert facts(text) == {"expense total actual 2023 amount 2236.5 万元"}
    issues = [i for i in read(text).records("issue") if i.kind == "unclaimed_figure"]
    assert len(issues) == 2


def test_a_list_that_opens_a_sentence_is_of_the_item_that_may_have_it() -> None:
    text = (
        "因公出国（境）费预算为0万元，支出决算为0万元；公务用车购置及运行费预算为3万元，支出决算为2.6万元，"
        "完成预算的86.67%。其中：公务用车购置支出0万元，购置公务用车0辆；公务用车运行支出2.6万元。"
    )
    assert {
        "expense vehicle_purchase actual 2023 amount 0 万元",
        "expense vehicle_operation actual 2023 amount 2.6 万元",
    } <= facts(text)


def test_the_funds_of_a_budget_of_income_came_in_for_nobody_yet() -> None:
    text = "我局2023年度年初预算收入356万元，其中一般公共预算拨款收入350万元，其他收入6万元。"
    found = facts(text)
    assert "budget general_public_budget initial_budget 350 万元" in found
    assert "budget other initial_budget 6 万元" in found
    assert of_family("revenue", found) == {"revenue initial_budget 2023 amount 356 万元"}
