"""Sentences as other provinces print them: what a reader of the contract would expect of each."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestration.extraction import extract
from orchestration.extraction.regions import locate
from orchestration.extraction.text import as_printed
from orchestration.extraction.titles import split_title
from tests.unit.extraction.grids import Spec, document, grid
from tests.unit.extraction.prose import facts, statements


@pytest.mark.parametrize(
    "text",
    [
        (
            "一、预算执行情况\n年初预算数4980万元，年中追加20万元，全年预算数5000万元，全年执行数4800万元，"
            "预算执行率96%。"
        ),
        (
            "一、自评工作开展情况\n年初部门预算安排4980万元，年中追加20万元，全年预算5000万元，"
            "全年执行4800万元，预算执行率96%。"
        ),
    ],
)
def test_budgets_below_a_heading_on_the_units_money_are_the_departments(text: str) -> None:
    assert facts(text) == {
        "budget total initial_budget 4980 万元",
        "revenue initial_budget 2023 amount 4980 万元",
        "budget total adjustment 20 万元",
        "revenue supplementary_budget 2023 amount 20 万元",
        "budget total annual_budget 5000 万元",
        "budget total executed 4800 万元",
        "expense total actual 2023 amount 4800 万元",
        "budget total execution_rate 96 %",
    }


def test_money_of_a_project_nobody_names_is_not_the_departments() -> None:
    assert not facts(
        "该项目2023年安排预算资金120万元，其中省级资金100万元；截至2023年12月31日实际支出118.6万元，"
        "结余1.4万元。"
    )
    assert not facts("二、项目资金情况\n2023年安排预算资金120万元，实际支出100万元。")


def test_funds_listed_behind_a_budget_fill_its_column() -> None:
    text = (
        "2023年全年预算数1200万元，其中财政拨款1000万元，其他资金200万元；"
        "全年执行数1100万元，其中财政拨款950万元，其他资金150万元。"
    )
    assert facts(text) == {
        "budget total annual_budget 1200 万元",
        "budget general_public_budget annual_budget 1000 万元",
        "budget other annual_budget 200 万元",
        "budget total executed 1100 万元",
        "expense total actual 2023 amount 1100 万元",
        "budget general_public_budget executed 950 万元",
        "budget other executed 150 万元",
    }


def test_parts_of_a_budget_have_its_basis() -> None:
    text = "2023年年初部门预算数2650万元，其中：基本支出预算2350万元，项目支出预算300万元。"
    assert {
        "expense basic budget_initial 2023 amount 2350 万元",
        "expense project budget_initial 2023 amount 300 万元",
    } <= facts(text)


def test_short_names_in_a_list_of_vehicles_are_vehicles() -> None:
    text = (
        "公务用车购置及运行维护费15.2万元（其中购置费3万元、运行维护费12.2万元）；公务接待费3万元。"
    )
    assert facts(text) == {
        "expense vehicle actual 2023 amount 15.2 万元",
        "expense vehicle_purchase actual 2023 amount 3 万元",
        "expense vehicle_operation actual 2023 amount 12.2 万元",
        "expense reception actual 2023 amount 3 万元",
    }


def test_short_names_in_a_list_of_fixed_assets() -> None:
    text = "本单位固定资产总额1200万元，其中在用1100万元，出租100万元。"
    assert {"asset fixed_in_use amount 1100 万元", "asset fixed_leased amount 100 万元"} <= facts(
        text
    )


@pytest.mark.parametrize(
    "text",
    [
        "人员经费2023年540万元、2022年520万元。",
        "人员经费：2023年540万元，2022年520万元。",
        "基本支出800万元，其中：人员经费2023年540万元、2022年520万元。",
    ],
)
def test_every_year_printed_behind_an_item_is_read(text: str) -> None:
    assert {
        "expense personnel actual 2023 amount 540 万元",
        "expense personnel actual 2022 amount 520 万元",
    } <= facts(text)


def test_a_change_behind_two_years_is_the_later_ones() -> None:
    text = "公用经费：2023年110万元，2022年100万元，增加10万元，增长10%。"
    assert {
        "expense public actual 2023 change 10 万元",
        "expense public actual 2023 change_rate 10 %",
    } <= facts(text)


def test_a_change_behind_a_list_is_whose_rate_fits() -> None:
    whole = (
        "三公经费支出18万元，其中公务接待费3万元、公务用车运行维护费15万元，"
        "比上年减少2万元，下降10%。"
    )
    assert "expense three_public actual 2023 change -2 万元" in facts(whole)
    part = whole.replace("下降10%", "下降11.76%")
    assert "expense vehicle_operation actual 2023 change -2 万元" in facts(part)
    neither = whole.replace("下降10%", "下降30%")
    assert not any(" change" in fact for fact in facts(neither))


def test_a_comparison_in_a_sentence_of_its_own_goes_on_where_it_closes() -> None:
    text = (
        "2023年部门决算支出2910.06万元，其中：基本支出2520.18万元，项目支出389.88万元。"
        "与上年决算{}万元相比，增加110.75万元，增长3.96%。"
    )
    assert {
        "expense total actual 2022 amount 2799.31 万元",
        "expense total actual 2023 change 110.75 万元",
        "expense total actual 2023 change_rate 3.96 %",
    } <= facts(text.format("2799.31"))
    assert not any("2022" in fact for fact in facts(text.format("2600.00")))


def test_a_source_of_income_without_an_item_leaves_the_rest_of_its_list() -> None:
    text = (
        "2023年部门收入总额3200万元，其中一般公共预算拨款收入3000万元、"
        "事业收入150万元、上年结转50万元。"
    )
    assert facts(text) == {
        "revenue total 2023 amount 3200 万元",
        "revenue general_public_budget 2023 amount 3000 万元",
        "revenue carry_over 2023 amount 50 万元",
    }


def test_parts_of_fiscal_spending_go_with_it_where_all_spending_is_another() -> None:
    text = (
        "2023年度基本支出7810万元。\n"
        "2023年度一般公共预算财政拨款基本支出7718万元，其中：人员经费6783万元，公用经费935万元。"
    )
    assert facts(text) == {"expense basic actual 2023 amount 7810 万元"}


def test_both_sides_of_the_account_are_income_and_its_change() -> None:
    text = "2023年度收、支总计均为500万元，与2022年相比，收、支总计各增加100万元，增长25%。"
    assert facts(text) == {
        "revenue total 2023 amount 500 万元",
        "revenue total 2023 change 100 万元",
        "revenue total 2023 change_rate 25 %",
        "expense total actual 2023 amount 500 万元",
        "expense total actual 2023 change 100 万元",
        "expense total actual 2023 change_rate 25 %",
    }
    both = "2023年度收入总计500万元，支出总计500万元。\n2023年度本年支出合计480万元。"
    assert "expense total actual 2023 amount 480 万元" in facts(both)
    assert "expense total actual 2023 amount 500 万元" not in facts(both)


def test_full_marks_are_no_scores() -> None:
    assert facts("总得分95分，其中：投入20分得20分，过程30分得29分，产出50分得46分。") == {
        "evaluation total_score 95 分",
        "evaluation_part input score 20 分",
        "evaluation_part process score 29 分",
        "evaluation_part output score 46 分",
    }
    assert not facts("满分100分，其中预算执行10分、产出指标50分、效益指标30分、满意度指标10分。")
    bracket = "自评得分96分（其中预算执行10分、产出指标49分、效益指标28分、满意度9分）。"
    assert "evaluation_part satisfaction score 9 分" in facts(bracket)


def test_posts_by_kind_count_where_their_sum_is_printed() -> None:
    assert "personnel establishment 2023 headcount 50 名" in facts(
        "单位人员编制：行政编制30名、事业编制20名，共计50名。"
    )
    assert not facts("单位人员编制：行政编制30名、事业编制20名。")


def test_a_unit_may_call_itself_by_its_kind() -> None:
    text = "学校在职在编实有教职工243人，退休教师96人；核定编制251人。"
    assert facts(text, unit="安和市第四中学") == {
        "personnel on_duty 2023 headcount 243 人",
        "personnel retired 2023 headcount 96 人",
        "personnel establishment 2023 headcount 251 人",
    }
    assert not facts(text)


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("关于2022年度部门整体支出绩效自评的报告", None),
        ("平江县林业局关于2022年度部门整体支出绩效自评情况的报告", "平江县林业局"),
        ("平江县水利局关于报送2023年度部门整体支出绩效自评报告的函", "平江县水利局"),
    ],
)
def test_titles_in_the_words_of_a_letter(line: str, unit: str | None) -> None:
    title = split_title(line)
    assert title is not None
    assert title.unit == unit


@pytest.mark.parametrize(
    "line",
    [
        "首页 | 政务公开 | 财政信息 | 部门决算",
        "当前位置：首页 > 信息公开 > 部门预算",
        "平江县财政局关于开展2023年度部门整体支出绩效自评工作的通知",
    ],
)
def test_navigation_and_notices_are_no_titles(line: str) -> None:
    assert split_title(line) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2022年、2023年“三公”经费支出分别为12万元、10万元。",
            {
                "expense three_public actual 2022 amount 12 万元",
                "expense three_public actual 2023 amount 10 万元",
            },
        ),
        (
            "2023年和2022年基本支出分别为500万元和480万元。",
            {
                "expense basic actual 2023 amount 500 万元",
                "expense basic actual 2022 amount 480 万元",
            },
        ),
        (
            "“三公”经费2022—2023年分别支出12万元、11万元。",
            {
                "expense three_public actual 2022 amount 12 万元",
                "expense three_public actual 2023 amount 11 万元",
            },
        ),
        (
            "公务接待费、公务用车运行维护费分别为2万元、8万元。",
            {
                "expense reception actual 2023 amount 2 万元",
                "expense vehicle_operation actual 2023 amount 8 万元",
            },
        ),
        ("2021年、2022年、2023年基本支出分别为500万元和480万元。", set()),
    ],
)
def test_amounts_listed_with_their_names_before_them(text: str, expected: set[str]) -> None:
    assert facts(text) == expected


def test_what_follows_a_bracket_of_parts_is_about_the_whole() -> None:
    text = (
        "2023年支出决算总额1200万元（其中基本支出800万元，项目支出400万元），"
        "比年初预算1000万元增加200万元。"
    )
    assert "expense total budget_initial 2023 amount 1000 万元" in facts(text)


def test_counts_with_thousands_in_a_bracket_are_whole_numbers() -> None:
    text = "2023年支出1,200万元（其中基本支出800万元，项目支出400万元）。"
    (told,) = statements(text, "sum")
    assert (told.stated_value, told.computed_value) == (1200, 1200)


def test_money_of_all_units_of_a_kind_is_not_the_departments() -> None:
    assert not facts("各乡镇卫生院2023年总收入3200万元，总支出3100万元。")


def test_what_came_in_for_another_purpose_is_not_the_projects() -> None:
    text = (
        "（一）农业生产发展资金项目\n养殖户圈舍改造引导资金预算到位400万元，实际支出385万元，"
        "预算执行率96.25%。"
    )
    assert not facts(text)


def test_numbered_items_name_a_project_or_an_item() -> None:
    text = (
        "二、支出情况\n（1）公路养护经费。年初预算80万元，全年支出78万元。\n"
        "（2）公用经费。年初预算60万元，全年支出58万元。"
    )
    assert facts(text) == {
        "[公路养护经费] budget total initial_budget 80 万元",
        "[公路养护经费] budget total executed 78 万元",
        "[公路养护经费] expense total actual 2023 amount 78 万元",
        "expense public budget_initial 2023 amount 60 万元",
        "expense public actual 2023 amount 58 万元",
    }


def test_a_list_of_project_spending_that_adds_up_names_projects() -> None:
    text = "2023年项目支出470万元，其中：市容整治经费300万元、违建拆除专项经费{}万元。"
    assert facts(text.format(170)) == {
        "expense project actual 2023 amount 470 万元",
        "[市容整治经费] expense total actual 2023 amount 300 万元",
        "[违建拆除专项经费] expense total actual 2023 amount 170 万元",
    }
    assert facts(text.format(100)) == {"expense project actual 2023 amount 470 万元"}
    spent_on = text.replace("其中：", "主要用于")
    assert facts(spent_on.format(170)) == facts(text.format(170))


def test_parts_that_leave_one_out_are_no_scores_of_parts() -> None:
    text = "部门整体支出绩效得分为93分，其中：目标设定10分、预算管理28分、履职效果55分。"
    assert facts(text) == {"evaluation total_score 93 分"}


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        ("嘉峪关市第一中学", "620200"),
        ("国家税务总局宁波市税务局", "330200"),
        ("国家统计局山东调查总队", "370000"),
        ("国家信访局", "100000"),
        ("国家中医药管理局机关服务中心", "100000"),
        ("新疆生产建设兵团第八师石河子市教育局", "659001"),
        ("积石山保安族东乡族撒拉族自治县水务局", "622927"),
        ("东莞市虎门镇人民政府", "441900"),
    ],
)
def test_the_place_of_a_unit_by_its_name(unit: str, code: str) -> None:
    located = locate(unit, [])
    assert located is not None
    assert located.region.code == code


@pytest.mark.parametrize(
    "text",
    [
        (
            "本部门2023年度政府性基金预算财政拨款年初结转和结余10万元，本年收入300万元，"
            "本年支出300万元，年末结转和结余10万元。"
        ),
        (
            "八、政府性基金预算收入支出情况\n2023年度年初结转和结余10万元，本年收入300万元，"
            "本年支出300万元，年末结转和结余10万元。"
        ),
        "2023年国有资本经营预算财政拨款支出20万元，基本支出0万元，项目支出20万元。",
        "2023年度财政拨款收、支总计900万元。与2022年度相比，财政拨款收、支总计各减少10万元。",
    ],
)
def test_money_of_one_fund_is_not_the_departments(text: str) -> None:
    assert not facts(text)


def test_counted_amounts_of_official_spending() -> None:
    rows: list[list[Spec]] = [
        ["项目", "行次", "统计数", "项目", "行次", "统计数"],
        ["一、“三公”经费支出", "1", "—", "二、相关统计数", "12", "—"],
        ["（一）支出合计", "2", "15.60", "（一）出国团组数（个）", "13", "0"],
        ["1．因公出国（境）费", "3", "0.00", "（二）公务用车购置数（辆）", "14", "1"],
        ["2．公务用车购置及运行维护费", "4", "15.00", "（三）公务用车保有量（辆）", "15", "3"],
        ["（1）公务用车购置费", "5", "9.00", "（四）接待批次（个）", "16", "12"],
        ["（2）公务用车运行维护费", "6", "6.00", "（五）接待人次（人）", "17", "96"],
        ["3．公务接待费", "7", "0.60", "", "", ""],
    ]
    found = extract(
        document("安和市中医医院2023年度单位决算", "“三公”经费支出决算表", "单位：万元", grid(rows))
    )
    assert {(f.item, f.value) for f in found.figures if f.basis == "actual"} == {
        ("three_public", Decimal("15.60")),
        ("abroad", Decimal("0.00")),
        ("vehicle", Decimal("15.00")),
        ("vehicle_purchase", Decimal("9.00")),
        ("vehicle_operation", Decimal("6.00")),
        ("reception", Decimal("0.60")),
    }


def test_what_a_form_says_a_project_executed_is_also_what_it_spent() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", "校舍维修", "主管部门", "锦屏县教育局"],
        ["项目资金（万元）", "年初预算数", "全年预算数", "全年执行数"],
        ["年度资金总额", "50", "50", "45"],
    ]
    found = extract(document("2022年度项目支出绩效自评表", grid(rows)))
    spent = [f for f in found.figures if f.family == "expense"]
    assert [(f.project_name, f.item, f.basis, f.amount_year, f.value) for f in spent] == [
        ("校舍维修", "total", "actual", 2022, Decimal(45))
    ]
    executed = next(f for f in found.figures if f.measure == "executed")
    assert (spent[0].source_table, spent[0].source_row) == (
        executed.source_table,
        executed.source_row,
    )


def test_what_is_left_of_an_items_budget_is_no_balance() -> None:
    text = "“三公”经费预算数为8万元，实际支出数为6.5万元，结余1.5万元。"
    assert not any(fact.startswith("balance") for fact in facts(text))


def test_a_score_beside_the_grade_of_a_self_evaluation_is_the_total() -> None:
    assert facts("自评结论为“优”，得分98.5分。") == {
        "evaluation grade 优",
        "evaluation total_score 98.5 分",
    }
    assert not any("score" in f for f in facts("该指标自评等级为“优”，得分5分，扣1分。"))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("较2023年（52.30 万元）减少，完成９８％；", "较2023年（52.30万元）减少，完成98%；"),
        ("合计：１,２００ 元", "合计：1,200元"),
        ("编制 16 人 ，\n实有 15 人。", "编制16人，实有15人。"),
    ],
)
def test_source_text_keeps_the_marks_as_printed(text: str, kept: str) -> None:
    assert as_printed(text) == kept


def test_a_project_named_in_the_sentence_owns_its_amounts() -> None:
    text = (
        "本单位支出200万元。“办案补助”项目全年预算数为100万元，执行数为98万元；"
        "“装备购置”项目支出50万元，公务接待费2万元。"
    )
    assert facts(text) == {
        "expense total actual 2023 amount 200 万元",
        "[办案补助] budget total annual_budget 100 万元",
        "[办案补助] budget total executed 98 万元",
        "[办案补助] expense total actual 2023 amount 98 万元",
        "[装备购置] budget total executed 50 万元",
        "[装备购置] expense total actual 2023 amount 50 万元",
        "expense reception actual 2023 amount 2 万元",
    }


def test_budgets_given_and_taken_back_in_one_sentence_are_no_whole_adjustment() -> None:
    text = "我局年初预算1200万元，年中追加预算150万元，收回预算30万元，调整后预算1320万元。"
    told = facts(text)
    assert not any("adjustment" in fact for fact in told)
    assert "budget total annual_budget 1320 万元" in told
    assert "budget total adjustment 150 万元" in facts(text.replace("，收回预算30万元", ""))
