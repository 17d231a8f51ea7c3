"""General words (支出, 年初预算) behind a topic are the topic's. Every sentence is invented."""

from __future__ import annotations

import pytest

from orchestration.extraction import extract
from tests.unit.extraction.prose import document_of, facts, of_family, read


@pytest.mark.parametrize(
    "text",
    [
        "春节慰问活动年初预算42万元，2023年实际支出39万元。",
        "三、履职情况\n优待金年初预算420万元，2023年支出398万元，结余22万元。",
        "三、工作成效\n（一）双拥优抚。开展走访慰问。全年支出35万元。",
        "（一）双拥优抚。开展走访慰问活动，2023年支出35万元，比上年增加5万元。",
        "二、资金使用情况\n我局认真落实惠民政策，做好临时救助，全年支出212万元。",
        "我局积极推进农村公路建设，2023年实际支出1,212万元。",
        "受疫情影响，防控物资采购增加，全年支出320万元。",
        "我局工会经费上缴后，全年支出12.3万元，年末结余3.1万元。",
        "党建工作方面：年初预算10万元，全年支出9.6万元，执行率96%。",
        "救助流浪人员1,200人次，全年支出12万元。",
        "公务车及某设备支出251万元，比上年支出285万元下降34万元。",
        "2023年度财政拨款收入总计2,705万元，支出总计2,705万元。",
        "2023年部门预算收入1,560万元，其中一般公共预算拨款1,248万元。",
        "固定资产年初数500万元，本年增加80万元，年末数560万元。",
        "县级复评得分88.5分，评价等级为良。",
        "公车购置费、公车运行费（“三公”经费）决算总额7万元。",
        "经某市财政局汇总，2023年各部门“三公”经费决算277万元，其中公务接待费103万元。",
        "县疾控中心人员经费支出300万元，公用经费20万元，“三公”经费2万元。",
        "课题组人员经费12万元，会议费2万元，培训费1万元。",
        "专项资金中列支人员经费12万元、公务接待费1.6万元，不符合规定。",
        "节约公用经费12万元，减少会议费3万元。",
        "组织对“人居环境整治”开展部门评价，评价得分91分，等级为优。",
        "环境空气质量优良天数比例95%，等级优。",
        "后追加两笔，分别为100万元和50万元，调减30万元。",
        "2023年度市级专项资金3000万元下达各县区，本级留用200万元。",
        "全年财政拨款支出1450万元，非财政拨款支出50万元，合计支出1500万元。",
        "下属单位固定资产300万元，流动资产50万元。",
        "2023年某区部门及乡镇“三公”经费决算277万元，其中公务接待费103万元，下降7.6%。",
    ],
)
def test_money_of_a_topic_is_not_the_units(text: str) -> None:
    assert not facts(text)


def test_what_is_left_alone_for_a_topic_is_told() -> None:
    found = read("我局积极推进农村公路建设，2023年实际支出1,212万元。").records("issue")
    assert [i.kind for i in found] == ["unclaimed_figure"]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "我局严格按照预算管理规定执行，2023年实际支出1,212万元。",
            "expense total actual 2023 amount 1212 万元",
        ),
        (
            "我局各项任务基本能够按计划、按预期目标完成，年底指标结余40万元。",
            "balance unused_quota 2023 amount 40 万元",
        ),
        (
            "截至12月底，根据决算报表，全年支出1,212万元。",
            "expense total actual 2023 amount 1212 万元",
        ),
        (
            "三、工作成效\n2023年支出100万元，其中基本支出60万元，项目支出40万元。",
            "expense total actual 2023 amount 100 万元",
        ),
        (
            "“三公”经费方面，全年支出6.42万元。",
            "expense three_public actual 2023 amount 6.42 万元",
        ),
        (
            "经汇总决算报表，本部门2023年财政拨款安排的公务用车运行维护费用5万元。",
            "expense vehicle_operation actual 2023 amount 5 万元",
        ),
        (
            "2023年年初预算900万元，因人员增资，追加60万元，调整后预算960万元。",
            "budget total annual_budget 960 万元",
        ),
        (
            "全年支出比上年多支出44.86万元。",
            "expense total actual 2023 change 44.86 万元",
        ),
    ],
)
def test_words_that_name_nothing_are_passed_over(text: str, fact: str) -> None:
    assert fact in facts(text)


def test_an_item_after_another_is_not_filled_by_words_for_a_third() -> None:
    found = facts("公用经费预算118万元，执行107万元；项目经费预算864万元，执行808万元。")
    assert of_family("expense public actual", found) == {
        "expense public actual 2023 amount 107 万元"
    }


def test_what_is_said_of_a_part_between_does_not_come_back_to_the_item() -> None:
    found = facts("会议费支出3.2万元，主要是召开全市林业工作会议，支出2.1万元。")
    assert found == {"expense meeting actual 2023 amount 3.2 万元"}


def test_parts_behind_a_budget_alone_are_budgeted_or_nobodys() -> None:
    text = (
        "2023年安排“三公”经费52万元。其中：因公出国（境）费0万元；公务用车购置及运行费50万元"
        "（公务用车购置费10万元，比上年增加0万元。）比上年增加0万元，增长0%；公务接待费2万元。"
    )
    found = facts(text)
    assert "expense reception budget 2023 amount 2 万元" in found
    assert not {f for f in found if " actual " in f}
    assert not of_family("expense reception", facts("“三公”经费预算42万元，公务接待费3万元。"))


def test_a_sentence_tells_its_own_year_below_a_heading_over_another() -> None:
    found = facts(
        "二、2022年“三公”经费决算情况\n2023年度“三公”经费预算较2022年度增加1.7万元，"
        "其中公务接待较上年同期减少0.6万元。"
    )
    assert not {f for f in found if " 2022 change" in f}


def test_carried_over_money_that_grew_is_not_the_source_before_it() -> None:
    found = facts("收入较上年增加70万元，其中财政拨款收入增加65万元，上年结转增加5万元。")
    assert not {f for f in found if " 5 " in f}


@pytest.mark.parametrize(
    "title",
    ["安和市林业局2023年度国有林场改革资金绩效自评报告", "安和市林业局2023年项目支出绩效评价报告"],
)
def test_money_below_a_title_over_a_fund_is_not_the_units(title: str) -> None:
    found = extract(
        document_of(f"{title}\n（一）资金执行情况。截至年底共支出152万元，执行率95%，结转8万元。")
    )
    assert not [f for f in found.figures if f.scope == "department"]


def test_the_year_of_a_first_line_that_is_no_known_title() -> None:
    found = extract(
        document_of(
            "安和市林业局2023年度部门决算分析\n支出较2022年决算数上升。收入较2022年决算数下降。\n"
            "2022年决算如前。"
        )
    )
    assert found.document.fiscal_year == 2023


def test_people_who_retired_in_the_year_are_not_the_retired() -> None:
    found = facts("编制30人，在职28人，本年退休3人，退休人员共12人。")
    assert of_family("personnel retired", found) == {"personnel retired 2023 headcount 12 人"}


def test_a_share_listed_with_another_is_nobodys() -> None:
    found = facts("人员经费800万元、公用经费100万元，分别占53.33%和6.67%。")
    assert not {f for f in found if " share " in f}


def test_a_change_against_an_older_year_has_no_column() -> None:
    assert not facts("与2021年相比，2023年“三公”经费下降30%。")


def test_carried_money_within_an_item_is_not_all_that_was_carried() -> None:
    found = facts("2023年部门项目支出240万元，其中上年结转40万元。")
    assert found == {"expense project actual 2023 amount 240 万元"}


def test_the_units_budget_in_a_projects_report() -> None:
    found = extract(
        document_of(
            "安和市林业局2023年度石漠化治理项目绩效自评报告\n一、资金情况\n"
            "市林业局2023年部门预算总额3,860万元。\n2022年该项目预算58万元，支出56万元。"
        )
    ).figures
    assert {(f.measure, f.amount_year) for f in found} == {("amount", 2022)}


def test_what_the_year_brought_is_not_both_sides_of_the_account() -> None:
    found = extract(
        document_of(
            "安和市林业局2023年度部门决算\n2023年度收入总计401万元、支出总计401万元。\n"
            "2023年收入决算386万元，比上年增加51万元。\n2023年支出决算390万元，比上年增加57万元。"
        )
    ).figures
    told = {(f.family, f.measure, str(f.value)) for f in found}
    assert told == {
        ("revenue", "amount", "401"),
        ("expense", "amount", "390"),
        ("expense", "change", "57"),
    }


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022年度，我局人员经费800万元；公用经费90万元。", {2022}),
        ("2022年执行情况：人员经费800万元，公用经费90万元。", {2022}),
        ("上年度：人员经费800万元，公用经费90万元。", {2022}),
        ("2022年：基本支出900万元；2023年：基本支出950万元。", {2022, 2023}),
        ("2022年，“三公”经费9万元，其中公务接待费2万元；2023年8万元。", {2022, 2023}),
        ("2023年一季度，人员经费支出200万元；上半年，公用经费支出45万元。", set()),
    ],
)
def test_the_year_or_the_months_said_in_front(text: str, years: set[int]) -> None:
    assert {f.amount_year for f in read(text).records("figure")} == years


def test_a_part_behind_its_own_label_is_not_the_paragraphs_item() -> None:
    found = facts("2.基本支出：预算689万元，执行681万元。其中人员：预算612万元，执行606万元。")
    assert found == {
        "expense basic budget 2023 amount 689 万元",
        "expense basic actual 2023 amount 681 万元",
    }


def test_a_year_before_behind_budget_and_spending_is_of_either() -> None:
    assert facts("会议费支出2.1万元，预算3万元，上年2.5万元。") == {
        "expense meeting actual 2023 amount 2.1 万元",
        "expense meeting budget 2023 amount 3 万元",
    }
