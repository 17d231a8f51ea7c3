"""People, projects, names, scores and grades in running text, as an outside judge wrote it."""

from __future__ import annotations

from orchestration.extraction import extract
from tests.unit.extraction.prose import document_of, facts, of_family, read


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
    found = facts("学校整体支出绩效自评97分，等级为“优秀”。", unit="安和市第九中学")
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


def test_a_name_that_opens_with_quotes_keeps_them() -> None:
    found = read("“四上”企业统计经费预算30万元，实际支出29万元。").records("figure")
    assert {f.project_name for f in found} == {"“四上”企业统计经费"}


def test_people_of_an_office_beside_those_of_its_unit() -> None:
    assert not facts(
        "宣传部核定行政编制19名，现有在职干部职工18人，下属融媒体中心事业编制46名，在职43人。",
        unit="中共紫云县委宣传部",
    )


def test_scores_of_parts_with_their_weights_in_brackets() -> None:
    found = facts(
        "自评得分96分，其中：产出指标（50分）得49分，效益指标（30分）得28分，满意度指标（20分）得19分。"
    )
    assert of_family("evaluation_part", found) == {
        "evaluation_part output score 49 分",
        "evaluation_part benefit score 28 分",
        "evaluation_part satisfaction score 19 分",
    }


def test_a_project_as_the_label_of_a_sentence() -> None:
    found = facts("“雪亮工程”运维项目：年初预算320万元，执行数318万元，执行率99.38%。")
    assert "[“雪亮工程”运维项目] budget total initial_budget 320 万元" in found
    assert "[“雪亮工程”运维项目] budget total executed 318 万元" in found
    assert not {f for f in facts("工作经费，年初预算32万元，支出31万元。") if f.startswith("[")}


def test_the_score_of_a_project_with_its_parts_in_brackets() -> None:
    found = facts("本项目自评86.5分（其中预算执行率7分），自评等级“良”。")
    assert "evaluation total_score 86.5 分" in found


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


def test_cost_beside_indicators_of_the_second_level_is_one_of_them() -> None:
    found = facts(
        "数量指标得20分，质量指标得15分，时效指标得10分，成本指标得5分，满意度指标得10分。"
    )
    assert not of_family("evaluation_part cost", found)


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


def test_a_grade_behind_a_label() -> None:
    assert "evaluation grade 优" in facts("五、评分：自评得分90.5分，评价等级优。")
