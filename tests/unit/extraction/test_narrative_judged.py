"""Running text judged from outside: sentences that were misread once. Every one is invented."""

from __future__ import annotations

import pytest

from orchestration.extraction import extract
from tests.unit.extraction.prose import document_of, facts, read

_COURT = "安和市中级人民法院"
_SCHOOL = "安和市第九中学"


def _of(family: str, found: set[str]) -> set[str]:
    return {f for f in found if f.startswith(family)}


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
    assert _of("expense total", found) == {"expense total actual 2023 amount 290 万元"}
    assert "revenue government_fund 2023 amount 30 万元" in found


def test_a_bare_spending_behind_budgeted_income_is_no_spending() -> None:
    found = facts("2023年年初预算收入1126万元，支出1126万元；年末决算收入1508万元，支出1497万元。")
    assert _of("expense", found) == {"expense total actual 2023 amount 1497 万元"}
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


def test_the_office_in_a_report_on_one_project() -> None:
    builder = read("局机关年初预算386万元，决算数410万元。\n2022年项目支出402万元。")
    assert {f.scope for f in builder.records("figure")} == {"department"}


def test_a_projects_own_name_keeps_its_quotes_and_its_number() -> None:
    names = {
        f.project_name
        for f in read(
            "妇女“两癌”筛查项目年初预算130万元，实际支出128万元；12345热线运行项目年初预算85万元，"
            "实际支出80万元；法制业务经费项目全年预算32万元，实际支出31万元。"
        ).records("figure")
    }
    assert names == {"妇女“两癌”筛查项目", "12345热线运行项目", "法制业务经费项目"}


def test_projects_as_numbered_items_with_amounts() -> None:
    found = facts(
        "（1）城市管理项目：预算安排320万元，实际支出310万元，预算执行率96.88%。\n"
        "（2）农机补贴项目。下达资金43万元，支出39万元，结余4万元结转下年使用。"
    )
    assert "[城市管理项目] budget total annual_budget 320 万元" in found
    assert "[城市管理项目] budget total executed 310 万元" in found
    assert "[农机补贴项目] budget total executed 39 万元" in found
    assert not {f for f in found if " 43 " in f}


def test_posts_and_people_with_their_sum() -> None:
    found = facts(
        "我局核定行政编制26个，事业编制31个，共57个。\n"
        "行政编制实有5人；事业实有13人；合计实有18人。"
    )
    assert "personnel establishment 2023 headcount 57 个" in found or (
        "personnel establishment 2023 headcount 57 人" in found
    )
    assert not {f for f in found if f.endswith((" 26 人", " 31 人", " 26 个", " 31 个"))}


def test_the_whole_system_and_the_head_office() -> None:
    found = facts(
        "全区教育系统共有编制2860人，在职教职工2795人。局机关编制28人，在职27人。",
        unit="平安区教育局",
    )
    assert found == {
        "personnel establishment 2023 headcount 2860 人",
        "personnel on_duty 2023 headcount 2795 人",
    }


def test_another_system_is_not_the_departments() -> None:
    assert not facts("全区卫生系统“三公”经费支出38万元。", unit="平安区教育局")


def test_questionnaires_by_the_thousand() -> None:
    found = facts("共发放问卷2,000份，收回1,926份，公众满意度90.8%。")
    assert "survey 公众 satisfaction_rate 90.8 %" in found
    assert {f for f in found if " sent " in f} == {"survey 公众 sent 2000 份"}


def test_scores_and_grades_in_few_words() -> None:
    found = facts("学校整体支出绩效自评97分，等级为“优秀”。", unit=_SCHOOL)
    assert found == {"evaluation total_score 97 分", "evaluation grade 优秀"}
    found = facts("部门整体支出绩效自评97.6分，评为“优”。")
    assert found == {"evaluation total_score 97.6 分", "evaluation grade 优"}


def test_what_a_unit_calls_itself() -> None:
    spent = {"expense total actual 2023 amount 2097 万元"}
    assert facts("2023年医院总支出2097万元。", unit="安和市妇幼保健院") == spent
    assert facts("2023年管委会总支出2097万元。", unit="安和高新区管理委员会") == spent
    assert facts("2023年镇机关公用经费支出126万元。", unit="东坪镇人民政府") == {
        "expense public actual 2023 amount 126 万元"
    }


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


def test_an_office_and_a_unit_of_the_department_counted_side_by_side() -> None:
    found = facts(
        "下属市大数据中心1家事业单位。机关编制18名、实有17名；大数据中心编制26名、实有24名。",
        unit="新平市数据局",
    )
    assert not found


def test_those_on_posts_among_all_who_work() -> None:
    found = facts(
        "编制人数420人，年末在岗职工512人（其中在编386人，合同制126人），退休职工95人。",
        unit="安和市妇幼保健院",
    )
    assert "personnel on_duty 2023 headcount 386 人" in found
    assert not {f for f in found if " 512 " in f}


def test_a_deduction_is_no_score() -> None:
    found = facts("因部分档案未完成扫描，扣3分，自评得分94.55分，等级为优。")
    assert found == {"evaluation total_score 94.55 分", "evaluation grade 优"}


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
    assert not _of("revenue total", facts("2023年部门预算总收入1032万元，为一般公共预算拨款。"))


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


def test_a_name_that_opens_with_quotes_keeps_them() -> None:
    found = read("“四上”企业统计经费预算30万元，实际支出29万元。").records("figure")
    assert {f.project_name for f in found} == {"“四上”企业统计经费"}


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
    assert not _of("budget", found)


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


def test_people_of_an_office_beside_those_of_its_unit() -> None:
    assert not facts(
        "宣传部核定行政编制19名，现有在职干部职工18人，下属融媒体中心事业编制46名，在职43人。",
        unit="中共紫云县委宣传部",
    )


def test_scores_of_parts_with_their_weights_in_brackets() -> None:
    found = facts(
        "自评得分96分，其中：产出指标（50分）得49分，效益指标（30分）得28分，满意度指标（20分）得19分。"
    )
    assert _of("evaluation_part", found) == {
        "evaluation_part output score 49 分",
        "evaluation_part benefit score 28 分",
        "evaluation_part satisfaction score 19 分",
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
    assert _of("revenue", found) == {"revenue total 2023 amount 6621 万元"}


def test_a_project_as_the_label_of_a_sentence() -> None:
    found = facts("“雪亮工程”运维项目：年初预算320万元，执行数318万元，执行率99.38%。")
    assert "[“雪亮工程”运维项目] budget total initial_budget 320 万元" in found
    assert "[“雪亮工程”运维项目] budget total executed 318 万元" in found
    assert not {f for f in facts("工作经费，年初预算32万元，支出31万元。") if f.startswith("[")}


def test_the_score_of_a_project_with_its_parts_in_brackets() -> None:
    found = facts("本项目自评86.5分（其中预算执行率7分），自评等级“良”。")
    assert "evaluation total_score 86.5 分" in found


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
    assert not _of("expense", found)


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


def test_a_unit_and_its_year_in_the_title_are_no_project() -> None:
    found = extract(
        document_of(
            "柳溪县水产站2023年度项目支出绩效自评报告\n"
            "一、增殖放流项目\n项目年初预算50万元，实际支出48.6万元。项目自评得分98.6分。\n"
            "二、质量监测项目\n项目年初预算30万元，实际支出29万元。项目自评得分97.9分。"
        )
    ).figures
    assert {f.project_name for f in found} == {"增殖放流项目", "质量监测项目"}


def test_the_name_of_a_fund_in_the_title_is_whole() -> None:
    found = extract(
        document_of(
            "西坪县乡村振兴局2023年度乡村振兴衔接补助资金绩效自评报告\n"
            "该资金2023年预算186万元，实际支出181万元。"
        )
    ).figures
    assert {f.project_name for f in found} == {"乡村振兴衔接补助资金"}


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


def test_cost_beside_indicators_of_the_second_level_is_one_of_them() -> None:
    found = facts(
        "数量指标得20分，质量指标得15分，时效指标得10分，成本指标得5分，满意度指标得10分。"
    )
    assert not _of("evaluation_part cost", found)


def test_the_whole_behind_counts_of_an_office_and_its_units() -> None:
    found = facts(
        "局机关行政编制31名、在职28名，下属7个所等事业单位编制124名、在职115名，合计编制155名、在职143名；"
        "退休68名。"
    )
    assert found == {
        "personnel establishment 2023 headcount 155 名",
        "personnel on_duty 2023 headcount 143 名",
        "personnel retired 2023 headcount 68 名",
    }


def test_a_change_from_the_year_before_behind_an_amount_of_nothing() -> None:
    found = facts("“三公”经费支出21.60万元，低于控制数26万元，比上年的22.85万元减少1.25万元。")
    assert "expense three_public actual 2022 amount 22.85 万元" in found
    assert "expense three_public actual 2023 change -1.25 万元" in found


def test_a_grade_behind_a_label() -> None:
    assert "evaluation grade 优" in facts("五、评分：自评得分90.5分，评价等级优。")


def test_a_part_compared_twice_keeps_both_changes() -> None:
    found = facts(
        "“三公”经费支出6万元，其中公务接待费支出1.6万元，比上年2万元减少0.4万元，下降20%，"
        "车辆运行维护费支出4.4万元，比上年4万元增加0.4万元，比上年增长10%。"
    )
    assert "expense vehicle_operation actual 2023 change 0.4 万元" in found
    assert "expense vehicle_operation actual 2023 change_rate 10 %" in found
