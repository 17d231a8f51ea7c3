"""Sentences as offices of many provinces write them: what they state, and what nobody may read."""

from __future__ import annotations

import pytest

from tests.unit.extraction.prose import facts


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            "2023年度“三公”经费支出决算为41.26万元，完成全年预算55.8万元的73.9%，"
            "比上年决算数增加12.04万元，增长41.2%；比2019年决算数减少9.3万元，降低18.4%。",
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
