"""Sentences as offices of many provinces write them: what they state, and what nobody may read."""

from __future__ import annotations

import pytest

from tests.unit.extraction.prose import facts


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            (
                "2023年度“三公”经费支出决算为41.26万元，完成全年预算55.8万元的73.9%，"
                "比上年决算数增加12.04万元，增长41.2%；比2019年决算数减少9.3万元，降低18.4%。"
            ),
            {
                "expense three_public actual 2023 amount 41.26 万元",
                "expense three_public budget_adjusted 2023 amount 55.8 万元",
                "expense three_public actual 2023 change 12.04 万元",
                "expense three_public actual 2023 change_rate 41.2 %",
            },
        ),
        (
            "“三公”经费支出5.2万元（2022年：6.03万元），其中公务接待费1.1万元（上年1.4万元）。",
            {
                "expense three_public actual 2023 amount 5.2 万元",
                "expense three_public actual 2022 amount 6.03 万元",
                "expense reception actual 2023 amount 1.1 万元",
                "expense reception actual 2022 amount 1.4 万元",
            },
        ),
        (
            "与上年相比，2023年总支出由1200万元增加到1350万元，增加150万元，增长12.5%。",
            {
                "expense total actual 2022 amount 1200 万元",
                "expense total actual 2023 amount 1350 万元",
                "expense total actual 2023 change 150 万元",
                "expense total actual 2023 change_rate 12.5 %",
            },
        ),
        (
            "2023年年初预算三十万元，全年培训费支出叁仟元。",
            {
                "budget total initial_budget 30 万元",
                "revenue initial_budget 2023 amount 30 万元",
                "expense training actual 2023 amount 3000 元",
            },
        ),
        (
            "本单位编制十二人，实有在职人员十一人，退休人员一百零五人。",
            {
                "personnel establishment 2023 headcount 12 人",
                "personnel on_duty 2023 headcount 11 人",
                "personnel retired 2023 headcount 105 人",
            },
        ),
        (
            "基本支出：预算520万元，决算515.8万元。项目支出：预算230万元，决算226.4万元。",
            {
                "expense basic budget 2023 amount 520 万元",
                "expense basic actual 2023 amount 515.8 万元",
                "expense project budget 2023 amount 230 万元",
                "expense project actual 2023 amount 226.4 万元",
            },
        ),
        (
            "2023年工资福利支出（301类）430.2万元、商品和服务支出（302类）85.1万元。",
            {
                "expense wages_benefits actual 2023 amount 430.2 万元",
                "expense goods_services actual 2023 amount 85.1 万元",
            },
        ),
        (
            "共发放问卷200份，回收有效问卷192份，其中满意185份，满意度为96.4%。",
            {
                "survey 服务对象 sent 200 份",
                "survey 服务对象 satisfied 185 份",
                "survey 服务对象 satisfaction_rate 96.4 %",
            },
        ),
        ("总分100分，自评94分。", {"evaluation total_score 94 分"}),
        ("存在目标设置不细等问题，扣3分，最终得分97分。", {"evaluation total_score 97 分"}),
        ("上年度得分91分，本年度得分95分。", {"evaluation total_score 95 分"}),
        ("现有在编在岗人员36人。", {"personnel on_duty 2023 headcount 36 人"}),
    ],
)
def test_what_is_stated_is_read_and_nothing_else(text: str, stated: set[str]) -> None:
    assert facts(text) == stated


@pytest.mark.parametrize(
    "text",
    [
        # another unit's money, and its parts
        "下属单位市林业科学研究所2023年支出320万元，其中人员经费210万元。",
        # the head office and the rest: neither is the department
        "2023年本级支出700万元，所属单位支出300万元。",
        "2023年，局机关支出860万元，局属3个事业单位支出540万元。",
        # limits, ranges, approximations in words, rankings
        "项目支出总额≤2343万元。",
        "项目支出总额38.3万元以内。",
        "项目支出总额 38.3万元以",
        "全年支出几十万元，培训费支出上百万元，获全省第三名。",
        # a change of the budget is no level; a change against the budget is none against the year
        "其中：人员经费追加60万元，项目经费追加25万元。",
        "2023年项目支出决算数比年初预算数增加230.5万元，增长15.2%。",
        # a rate that rose
        "满意度由95%提高到98%，预算执行率由90%提高至97%。",
        # cells of a row that lost its table
        "服务对象满意度86% 87.5% 2 2",
        "总分100 96.86等级：优",
    ],
)
def test_what_is_not_the_departments_is_not_read(text: str) -> None:
    assert facts(text) == set()


def test_a_change_against_the_year_before_is_that_of_the_account() -> None:
    found = facts("公务接待费比预算节约2.3万元，比上年减少0.6万元。")
    assert found <= {"expense reception actual 2023 change -0.6 万元"}
    found = facts("2023年部门预算收入1500万元，决算收入1620万元。")
    assert found == {"revenue total 2023 amount 1620 万元"}


def test_grades_of_answers_make_nobody_the_satisfied() -> None:
    found = facts("向干部职工发放调查问卷60份，收回60份，非常满意52份、满意6份、基本满意2份。")
    assert found == {"survey 干部职工 sent 60 份"}


@pytest.mark.parametrize(
    ("text", "change"),
    [
        # after a list of parts nobody can tell whose change it is
        ("项目支出600万元，其中：公务接待费9万元，培训费6万元，比上年增加3万元。", set()),
        (
            (
                "2023年支出160万元，其中：公务接待费9万元，比上年增加3万元；"
                "培训费6万元，比上年减少1万元。"
            ),
            {
                "expense reception actual 2023 change 3 万元",
                "expense training actual 2023 change -1 万元",
            },
        ),
    ],
)
def test_a_change_behind_several_parts_is_nobodys(text: str, change: set[str]) -> None:
    assert {f for f in facts(text) if " change " in f} == change


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("2023年本单位预算执行率98.2%，其中基本支出执行率99.1%，项目支出执行率95.2%。", {"98.2"}),
        ("下一步，2024年拟安排“三公”经费4万元，培训费2万元。", set()),
        ("“三公”经费、会议费、培训费合计支出5.6万元。", set()),
        ("局机关行政编制20名，实有18人；下属事业单位编制30名，实有28人。", set()),
        ("全局在职职工36人，其中局机关20人，下属事业单位16人；退休人员22人。", {"36", "22"}),
        (
            "年初批复预算8个项目985万元，调整预算后项目预算861.4万元，实际到位资金334.6万元。",
            set(),
        ),
    ],
)
def test_values_of_the_whole_only(text: str, stated: set[str]) -> None:
    assert {fact.split()[-2] for fact in facts(text)} == stated


def test_a_numbered_paragraph_tells_the_units_own_spending_and_its_parts() -> None:
    found = facts("2、支出：799.1万元。其中：人员经费支出434.9万元，公用经费支出77.4万元。")
    assert {
        "expense total actual 2023 amount 799.1 万元",
        "expense personnel actual 2023 amount 434.9 万元",
        "expense public actual 2023 amount 77.4 万元",
    } <= found


def test_people_are_counted_on_the_day_that_the_sentence_names() -> None:
    found = facts("截止2020年底，本部门人员编制609人，实有人员590人。", year=2021)
    assert found == {
        "personnel establishment 2020 headcount 609 人",
        "personnel on_duty 2020 headcount 590 人",
    }


def test_what_another_unit_says_of_itself_is_not_the_departments() -> None:
    text = "我院现有职工471名，其中在职65名，聘用人员406名。我院年初预算820万元，全年支出816万元。"
    assert facts(text, unit="安和市民政局") == set()
    assert len(facts(text, unit="安和市人民医院")) > 2


def test_what_is_left_of_a_part_is_not_left_of_the_project() -> None:
    text = (
        "一、森林防火项目\n"
        "财政批复的应急资金为280万元，执行数70万元，结余210万元。因年底关账，结余210万元下年支付。"
    )
    assert not {f for f in facts(text) if "balance" in f}


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        # one source's remainder, another fund's spending and its parts
        ("年末财政拨款结转结余5万元，其他资金结转结余3万元。", set()),
        ("2023年政府性基金预算支出300万元，其中：基本支出0万元，项目支出300万元。", set()),
        # a unit below the department
        ("下属事业单位3个，其中市林场编制40人，实有38人。", set()),
        ("现有离退休人员12人，其中离休1人，退休11人。", {"1", "11"}),
    ],
)
def test_parts_of_funds_and_of_units(text: str, stated: set[str]) -> None:
    assert {fact.split()[-2] for fact in facts(text)} == stated


def test_a_heading_with_a_year_dates_its_section() -> None:
    found = facts(
        "（一）2022年预算执行情况\n全年收入900万元，支出880万元，其中基本支出600万元。\n"
        "（二）2023年预算执行情况\n全年收入1020万元，支出980万元，其中基本支出615万元。"
    )
    assert "expense basic actual 2022 amount 600 万元" in found
    assert "expense basic actual 2023 amount 615 万元" in found
    assert "revenue total 2023 amount 900 万元" not in found


def test_a_budget_of_another_year_is_not_this_reports() -> None:
    found = facts("本单位2022年年初预算900万元，2023年年初预算1000万元。")
    assert {f for f in found if f.startswith("budget ")} == {
        "budget total initial_budget 1000 万元"
    }


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("2023年结余资金24.5万元，其中：基本支出结余4.5万元，项目支出结余20万元。", {"24.5"}),
        ("培训费较上年增加1.2万元，主要原因是举办2期培训班，支出2.6万元。", {"1.2"}),
        ("行政编制36名，机关工勤编制4名，实有在职人员38名，退休人员22名。", {"38", "22"}),
        ("投入：满分10分，得10分。过程：满分30分，得28分。总得分95分。", {"95"}),
    ],
)
def test_uses_kinds_and_reasons_are_not_the_whole(text: str, stated: set[str]) -> None:
    assert {fact.split()[-2] for fact in facts(text)} == stated


def test_a_change_after_two_years_levels_is_the_later_years() -> None:
    found = facts("2023年决算支出980.5万元，2022年决算支出880.3万元，同比增加100.2万元。")
    assert {f for f in found if " change " in f} == {
        "expense total actual 2023 change 100.2 万元",
    }


@pytest.mark.parametrize(
    ("text", "unsaid"),
    [
        ("公用经费预算80万元，项目经费预算375.8万元。", "375.8"),
        ("本年收入与上年相比增加120万元，主要是项目收入增加110万元。", "110"),
        ("根据审计结果，多列支培训费0.3万元，超标准支付接待费0.05万元。", "0."),
    ],
)
def test_projects_and_findings_are_no_item(text: str, unsaid: str) -> None:
    assert not [fact for fact in facts(text) if unsaid in fact]
