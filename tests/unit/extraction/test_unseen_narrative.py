"""Running text in the manner of other provinces; every sentence is invented."""

from __future__ import annotations

from tests.unit.extraction.prose import facts, read


def test_parts_after_budget_and_spending_are_parts_of_what_was_spent() -> None:
    text = (
        "2023年“三公”经费预算42.00万元，实际支出28.65万元，比上年减少3.35万元，下降10.47%。"
        "其中：因公出国（境）费0万元；公务用车购置及运行维护费25.40万元；公务接待费3.25万元。"
    )
    found = facts(text)
    assert "expense vehicle actual 2023 amount 25.4 万元" in found
    assert "expense reception actual 2023 amount 3.25 万元" in found
    assert not {f for f in found if "reception budget" in f or "vehicle budget" in f}


def test_names_alone_after_an_amount_do_not_hide_the_amount_beside_it() -> None:
    for between in ("主要包括：基本工资、津贴补贴；", "主要包括基本工资、津贴补贴等，"):
        text = f"基本支出268.90万元。其中：人员经费236.44万元，{between}公用经费32.46万元。"
        assert "expense public actual 2023 amount 32.46 万元" in facts(text)


def test_parts_of_the_initial_budget_are_no_spending() -> None:
    found = facts(
        "2023年省财政厅批复我单位年初部门预算3,120,500.00元，其中基本支出2,200,500.00元，"
        "项目支出920,000.00元。年中调整增加预算180,000.00元，全年预算数3,300,500.00元。"
    )
    assert "expense basic budget_initial 2023 amount 2200500 元" in found
    assert "expense project budget_initial 2023 amount 920000 元" in found
    assert not {f for f in found if " actual " in f}
    assert "budget total annual_budget 3300500 元" in found


def test_what_was_spent_and_its_parts_in_two_sentences() -> None:
    found = facts(
        "全年支出3,256,780.45元，预算执行率98.68%。其中人员经费2,010,345.20元，公用经费256,200.00元。"
    )
    assert "expense total actual 2023 amount 3256780.45 元" in found
    assert "expense personnel actual 2023 amount 2010345.2 元" in found
    assert any("execution_rate" in f and "98.68" in f for f in found)


def test_a_change_between_two_years_named_is_the_later_years() -> None:
    found = facts("2022年支出1875.2万元，2023年比2022年增加27.15万元，增长1.45%。")
    assert {f for f in found if "change" in f} == {
        "expense total actual 2023 change 27.15 万元",
        "expense total actual 2023 change_rate 1.45 %",
    }


def test_the_score_of_the_year_before_is_not_this_years() -> None:
    found = facts("上年度绩效评价得分91分，等级优。\n本年度自评得分93.7分。")
    assert {f for f in found if f.startswith("evaluation")} == {"evaluation total_score 93.7 分"}


def test_money_of_a_number_of_projects_is_not_the_units_spending() -> None:
    found = facts("我局2023年度部门预算项目共6个，预算金额1,256.00万元，实际支出1,198.75万元。")
    assert not {f for f in found if f.startswith(("expense", "budget"))}


def test_a_heading_that_names_a_project_opens_its_section() -> None:
    found = read(
        "（一）食品安全抽检项目\n"
        "年初预算380万元，全年执行数372.6万元。自评得分98分。\n"
        "（二）特种设备监管项目\n"
        "预算金额120万元，实际支出100万元。自评得分92分。\n"
        "二、“三公”经费\n"
        "全年支出3.2万元。"
    ).records("figure")
    scores = {f.project_name: f.value for f in found if f.measure == "total_score"}
    assert scores == {"食品安全抽检项目": 98, "特种设备监管项目": 92}
    assert {f.project_name for f in found if f.item == "three_public"} == {None}


def test_spending_under_the_heading_of_an_item_is_that_items() -> None:
    found = facts(
        "三、一般公共预算“三公”经费\n"
        "本年支出2.06万元，年初预算4.50万元，较上年决算数减少0.94万元。"
        "其中：公务用车运行维护费1.80万元，公务接待费0.26万元。"
    )
    assert "expense three_public actual 2023 amount 2.06 万元" in found
    assert "expense three_public budget_initial 2023 amount 4.5 万元" in found
    assert not {f for f in found if " total " in f}


def test_what_came_of_budgeted_income_is_income() -> None:
    found = facts("2023年部门预算收入年初数为612.3万元，决算数为745.8万元。")
    assert "revenue total 2023 amount 745.8 万元" in found
    assert not {f for f in found if "executed" in f or f.startswith("expense")}


def test_those_in_service_are_counted_without_the_retired() -> None:
    found = facts("我单位年末实有人数31人，其中：在职27人，退休4人。")
    assert "personnel on_duty 2023 headcount 27 人" in found
    assert not {f for f in found if " 31 " in f}
