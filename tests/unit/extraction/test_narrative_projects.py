"""Figures of projects in running text, and to which project they belong."""

from __future__ import annotations

import pytest

from orchestration.extraction.run import extract
from tests.unit.extraction.prose import document_of, facts, read


def test_a_section_about_a_project_keeps_its_figures_together() -> None:
    text = (
        "（二）项目支出绩效情况\n"
        "1、年初预算项目“古树名木保护经费”，金额90万元，年中执行调减10.5万元，实际支出60万元，"
        "结余结转0万元。项目实施情况如下：\n"
        "（1）项目资金使用情况\n"
        "截止2023年底实际使用数为60万元，主要用于养护。\n"
        "该项目预算批复金额为90万元，实际支出金额为60万元，资金使用率67%。\n"
        "2.年中追加项目“苗圃围墙维修项目”，金额3.2万元，实际支出3.2万元，结余结转0万元。\n"
        "三、存在的问题\n"
        "我局公务接待费1万元。"
    )
    first, second = "[古树名木保护经费]", "[苗圃围墙维修项目]"
    assert facts(text) == {
        f"{first} budget total initial_budget 90 万元",
        f"{first} budget total adjustment -10.5 万元",
        f"{first} budget total executed 60 万元",
        f"{first} budget total execution_rate 67 %",
        f"{first} expense total actual 2023 amount 60 万元",
        f"{first} balance year_end 2023 amount 0 万元",
        f"{second} budget total annual_budget 3.2 万元",
        f"{second} budget total executed 3.2 万元",
        f"{second} expense total actual 2023 amount 3.2 万元",
        f"{second} balance year_end 2023 amount 0 万元",
        "expense reception actual 2023 amount 1 万元",
    }


def test_the_summary_sentence_of_final_accounts() -> None:
    text = (
        "湿地保护修复项目绩效自评综述：根据年初设定的绩效目标，项目绩效自评得分为98.6分。"
        "项目全年预算数为180万元，执行数为176.4万元，完成预算的98%。"
    )
    assert facts(text) == {
        "[湿地保护修复] evaluation total_score 98.6 分",
        "[湿地保护修复] budget total annual_budget 180 万元",
        "[湿地保护修复] budget total executed 176.4 万元",
        "[湿地保护修复] budget total execution_rate 98 %",
        "[湿地保护修复] expense total actual 2023 amount 176.4 万元",
    }


def test_a_project_that_one_sentence_alone_is_about() -> None:
    text = "森林防火专项经费年初预算60万元，全年支出58.5万元，结余1.5万元，执行率97.5%。"
    assert facts(text) == {
        "[森林防火专项经费] budget total initial_budget 60 万元",
        "[森林防火专项经费] budget total executed 58.5 万元",
        "[森林防火专项经费] budget total execution_rate 97.5 %",
        "[森林防火专项经费] expense total actual 2023 amount 58.5 万元",
        "[森林防火专项经费] balance year_end 2023 amount 1.5 万元",
    }


def test_parts_of_project_spending_are_projects_where_they_are_known() -> None:
    text = (
        "2023年项目支出150万元，其中：林长制工作经费100万元，信息宣传50万元。\n"
        "1、年初预算项目“林长制工作专项经费”，金额120万元，实际支出98万元。"
    )
    found = facts(text)
    assert "[林长制工作专项经费] expense total actual 2023 amount 100 万元" in found
    assert not any(" 50 万元" in fact for fact in found)
    names = read(text).records("project")
    assert {n.aliases for n in names if n.aliases} == {"林长制工作经费"}


def test_a_balance_is_itemised_by_project() -> None:
    text = (
        "年底指标结余30万元，主要是以下几项：1、医疗费补助结余3万元；2、林长制经费12万元。\n"
        "1、年初预算项目“林长制工作经费”，金额50万元，实际支出38万元。"
    )
    found = facts(text)
    assert "balance unused_quota 2023 amount 30 万元" in found
    assert "[林长制工作经费] balance unused_quota 2023 amount 12 万元" in found
    assert not any(" 3 万元" in fact for fact in found)


def test_project_counts_and_averages_are_no_scores() -> None:
    assert facts("2023年度绩效自评项目12个，涉及资金5600万元，平均得分96.5分。") == set()


def test_money_of_the_parts_of_a_project_is_not_the_projects() -> None:
    text = (
        "沿河市财政项目支出绩效评价报告\n"
        "评价项目名称：2022年度沿河市水务局小型水库安全运行\n"
        "维护专项资金绩效评价\n"
        "评价项目单位：沿河市水务局\n"
        "2022年小型水库安全运行维护专项资金年初预算1,320万元，实际支出1,280.5万元。\n"
        "巡查管护人员补助预算500万元，实际支出480.5万元，预算执行率96.1%。\n"
        "大坝白蚁防治预算820万元，实际支出800万元。预算执行率97.56%。\n"
        "用于：东岸片区水库22座，资金420.8万元；西岸片区水库4座，资金48万元。"
    )
    own = "[小型水库安全运行维护专项资金]"
    extracted = extract(document_of(text))
    assert extracted.document.unit_name == "沿河市水务局"
    assert [p.project_name for p in extracted.projects] == ["小型水库安全运行维护专项资金"]
    assert facts(text, year=2022) == {
        f"{own} budget total initial_budget 1320 万元",
        f"{own} budget total executed 1280.5 万元",
        f"{own} expense total actual 2022 amount 1280.5 万元",
    }


@pytest.mark.parametrize(
    "text",
    [
        "为配齐执法装备，特申请财政专项预算12.5万元。",
        "特申请财政专项预算12.5万元。",
        "面向小微企业预留政府采购项目预算金额4.8万元。",
    ],
)
def test_a_request_or_a_share_of_purchases_is_no_project(text: str) -> None:
    builder = read(text)
    assert not builder.records("project")
    assert not [f for f in builder.records("figure") if f.scope == "project"]


def test_projects_of_one_sentence_each_with_budget_and_spending() -> None:
    text = (
        "“暖心”救助项目预算50万元，实际支出49万元，救助妇女50人，每人1万元；家庭教育项目预算24万元，支出18万元；"
        "妇女之家建设项目预算20万元，支出15万元。"
    )
    assert {f for f in facts(text) if " budget " in f} == {
        "[“暖心”救助项目] budget total annual_budget 50 万元",
        "[“暖心”救助项目] budget total executed 49 万元",
        "[家庭教育项目] budget total annual_budget 24 万元",
        "[家庭教育项目] budget total executed 18 万元",
        "[妇女之家建设项目] budget total annual_budget 20 万元",
        "[妇女之家建设项目] budget total executed 15 万元",
    }


def test_projects_listed_in_the_sentence_behind_their_sum() -> None:
    text = (
        "项目支出95万元，主要用于地灾防治和规划编制。其中：地灾防治专项经费21万元，规划编制经费38万元，"
        "耕地保护经费36万元。"
    )
    assert {f for f in facts(text) if f.startswith("[")} == {
        "[地灾防治专项经费] expense total actual 2023 amount 21 万元",
        "[规划编制经费] expense total actual 2023 amount 38 万元",
        "[耕地保护经费] expense total actual 2023 amount 36 万元",
    }
    assert not {f for f in facts(text.replace("36万元", "30万元")) if f.startswith("[")}


def test_a_report_names_its_project_below_its_title() -> None:
    text = (
        "青石县第一人民医院2021年度项目支出绩效自评报告\n（医疗设备购置项目）\n一、项目概况\n"
        "截至2021年12月31日，实际支出1587.3万元，资金使用率96.2%。\n二、自评结论\n项目自评得分92分，等级为优。"
    )
    found = extract(document_of(text)).figures
    assert {f.project_name for f in found} == {"医疗设备购置项目"}
    assert {str(f.value) for f in found} >= {"1587.3", "96.2", "92"}


def test_kinds_of_projects_are_not_project_spending() -> None:
    text = (
        "部门预算支出286万元，其中：人员类项目支出201万元，公用经费类项目支出29万元，"
        "特定目标类项目支出56万元。"
    )
    assert {f.split()[1] for f in facts(text) if " amount " in f} == {
        "total",
        "personnel",
        "public",
    }


def test_who_pays_for_a_project_does_not_end_what_is_told_of_it() -> None:
    text = (
        "二、草原修复项目\n（一）资金情况。中央财政资金1,200万元，旗级配套100万元，共计1,300万元，"
        "当年支出1,085万元，结转215万元。"
    )
    assert facts(text) == {
        "[草原修复项目] budget total executed 1085 万元",
        "[草原修复项目] expense total actual 2023 amount 1085 万元",
        "[草原修复项目] balance year_end 2023 amount 215 万元",
    }


def test_a_projects_budget_adjusted_in_a_month() -> None:
    text = "一、病虫害防治项目\n该项目年初预算60万元，2023年8月调整为52万元，实际支出51.6万元。"
    assert "[病虫害防治项目] budget total annual_budget 52 万元" in facts(text)


def test_a_sentence_that_opens_with_a_project_and_its_score() -> None:
    text = (
        "组织对2023年度项目支出全面开展绩效自评，共涉及项目12个，资金407万元。“医疗救助补助资金”项目绩效自评得分为"
        "96.8分，全年预算数为152万元，执行数为148万元，完成预算的97.37%。"
    )
    assert facts(text) == {
        "[医疗救助补助资金] evaluation total_score 96.8 分",
        "[医疗救助补助资金] budget total annual_budget 152 万元",
        "[医疗救助补助资金] budget total executed 148 万元",
        "[医疗救助补助资金] expense total actual 2023 amount 148 万元",
        "[医疗救助补助资金] budget total execution_rate 97.37 %",
    }
