"""Running text in the wording of published accounts. Every sentence is invented."""

from __future__ import annotations

import pytest

from tests.unit.extraction.prose import facts, of_family


@pytest.mark.parametrize(
    "text",
    [
        # the whole place in one paragraph, its items in the next
        (
            "2023年全县“三公”经费支出合计812.4万元，比上年减少30万元，下降3.56%。\n"
            "其中，公务接待费204.1万元，公务用车运行维护费608.3万元。"
        ),
        (
            "2023年度全区一般公共预算“三公”经费支出决算为96.2万元。其中：公务接待费为40万元，"
            "较2022年减少2万元，下降4.76%；公务用车购置及运行维护费56.2万元"
            "（其中：公务用车购置费20万元，较2022年增加20万元）。"
        ),
        (
            "2023年度全镇“三公”经费支出为31.5万元。与上年相比，2023年度的“三公”经费支出减少了1.5万元。\n"
            "需要说明的是，因公出国（境）费支出为0。"
        ),
        (  # the place by its name
            '安和县2023年的“三公"经费决算数合计为912.4万元，其中：公务接待费43.7万元。'
            "2022年的三公经费决算数合计为807.9万元，其中：公务接待费39.4万元。\n"
            "2023年“三公”经费决算数相较于上年增加104.5万元，主要原因是：\n"
            "1、公务接待费增加4.3万元。\n"
            "2023年县直财政拨款资金安排“三公”经费决算数为736.4万元。"
        ),
    ],
)
def test_what_a_whole_place_spends_is_not_the_units(text: str) -> None:
    assert of_family("expense", facts(text, unit="安和县财政局")) == set()


def test_a_unit_speaks_for_itself_again_after_the_place() -> None:
    text = (
        "2023年全县“三公”经费支出合计812.4万元。\n"
        "2023年本单位“三公”经费支出9.1万元，其中公务接待费2.1万元。"
    )
    assert of_family("expense", facts(text)) == {
        "expense three_public actual 2023 amount 9.1 万元",
        "expense reception actual 2023 amount 2.1 万元",
    }


def test_a_zone_that_reports_is_a_unit() -> None:
    text = "安和经济开发区2023年“三公”经费支出9.1万元。"
    assert facts(text, unit="安和经济开发区") == {
        "expense three_public actual 2023 amount 9.1 万元"
    }


def test_a_change_behind_an_item_without_a_figure_is_not_the_wholes() -> None:
    text = (
        "2023年度“三公”经费支出决算总额为7.2万元，比去年增加1.3万元，增长22.03%。其中，"
        "公务接待费支出决算比预算无增减变化，比去年增加0.4万元，增长80%。"
    )
    found = facts(text)
    assert "expense three_public actual 2023 change 1.3 万元" in found
    assert not {f for f in found if f.startswith("expense three_public") and "0.4" in f}
    assert "expense three_public actual 2023 change_rate 80 %" not in found


def test_items_without_figures_hand_their_change_to_nobody_else() -> None:
    text = (
        "2023年度“三公”经费支出决算总额为7.2万元，比去年增加1.3万元，增长22.03%，增加原因主要是"
        "公务用车运行支出增加，导致“三公”经费支出增加。其中，因公出国支出决算比预算无增减变化，"
        "比去年无增减变化；公务用车运行维护费支出决算比预算无增减变化，比去年增加0.9万元，增长21%，"
        "增加原因主要是任务增加；公务接待费支出决算比预算无增减变化，比去年增加0.4万元，增长80%。"
    )
    found = {f for f in facts(text) if f.startswith("expense three_public")}
    assert found == {
        "expense three_public actual 2023 amount 7.2 万元",
        "expense three_public actual 2023 change 1.3 万元",
        "expense three_public actual 2023 change_rate 22.03 %",
    }


def test_classes_of_project_spending_are_not_those_of_the_unit() -> None:
    text = (
        "1.基本支出800万元。其中：工资福利支出700万元；商品和服务支出100万元。\n"
        "2.项目支出90万元，同比减少10万元，下降10%。其中：商品和服务支出60万元，同比减少5万元，"
        "下降7.69%；资本性支出30万元。"
    )
    found = facts(text)
    assert "expense goods_services actual 2023 amount 100 万元" in found
    assert "expense project actual 2023 amount 90 万元" in found
    assert not {f for f in found if "goods_services" in f and (" 60 " in f or "change" in f)}


def test_classes_on_lines_of_their_own_under_project_spending() -> None:
    text = (
        "1.基本支出800万元，同比减少4万元。其中：\n工资福利支出700万元，占基本支出87.5%。\n"
        "商品和服务支出100万元，占基本支出12.5%。\n"
        "2.项目支出90万元，同比减少10万元。其中：\n工资福利支出10万元，去年没有列这一项。\n"
        "商品和服务支出60万元，同比减少5万元，下降7.69%。\n资本性支出20万元，占项目支出22.22%。\n"
        "3.政府采购支出总额12万元。"
    )
    found = {f for f in facts(text) if f.startswith("expense") and " amount " in f}
    assert found == {
        "expense basic actual 2023 amount 800 万元",
        "expense wages_benefits actual 2023 amount 700 万元",
        "expense goods_services actual 2023 amount 100 万元",
        "expense project actual 2023 amount 90 万元",
        "expense procurement actual 2023 amount 12 万元",
    }


def test_what_came_of_a_budget_under_income_is_income() -> None:
    text = (
        "二、收入决算情况说明\n2023年度本年收入520.3万元，其中：财政拨款收入500.3万元。\n"
        "与年初预算数相比情况：年初预算数300万元，决算数520.3万元，预决算差异率73.43%。\n"
        "三、支出决算情况说明\n2023年度本年支出518.3万元。\n"
        "与年初预算数相比情况：年初预算数300万元，决算数518.3万元，预决算差异率72.77%。"
    )
    found = facts(text)
    assert {f for f in found if "executed" in f or f.startswith("expense total")} == {
        "budget total executed 518.3 万元",
        "expense total actual 2023 amount 518.3 万元",
    }


def test_a_kind_of_public_money_among_it() -> None:
    text = (
        "2023年度财政拨款收入中，一般公共预算财政拨款收入290.4万元，"
        "政府性基金预算财政拨款收入8万元。"
    )
    assert facts(text) == {
        "revenue general_public_budget 2023 amount 290.4 万元",
        "revenue government_fund 2023 amount 8 万元",
    }


def test_the_funds_of_an_item_in_a_bracket_are_no_levels_of_it() -> None:
    text = (
        "2023年度财政拨款“三公”经费支出决算11.2万元（其中：一般公共预算支出11.2万元；"
        "政府性基金预算支出0万元）。\n"
        "2.公务用车购置及运行维护费支出预算9万元（其中：一般公共预算支出9万元；"
        "政府性基金预算支出0万元），支出决算8万元（其中：一般公共预算支出8万元；"
        "政府性基金预算支出0万元），完成调整后预算的88.89%。"
    )
    assert of_family("expense", facts(text)) == {
        "expense three_public actual 2023 amount 11.2 万元",
        "expense vehicle budget 2023 amount 9 万元",
        "expense vehicle actual 2023 amount 8 万元",
    }


@pytest.mark.parametrize(
    "text",
    [
        (
            "2023年度一般公共预算财政拨款支出960.2万元，占本年支出合计的96.02%。"
            "与2022年度相比，一般公共预算财政拨款支出增加40万元，增长4.35%。"
        ),
        (
            "2023年度财政拨款支出决算705.6万元，占本年支出合计的97.3%。"
            "与2023年度财政拨款支出年初预算500万元相比，完成年初预算的141.12%。"
        ),
        (
            "2023年度本年支出合计850万元。\n"
            "2023年度财政拨款支出820.2万元，完成年初预算600万元的136.7%。"
        ),
    ],
)
def test_one_source_of_several_is_not_all_that_was_spent(text: str) -> None:
    totals = {f for f in facts(text) if f.startswith("expense total")}
    assert totals <= {"expense total actual 2023 amount 850 万元"}


def test_public_money_with_what_was_carried_in_is_not_what_came_in() -> None:
    text = (
        "2023年度财政拨款总收入395.2万元，其中：本年财政拨款收入390.2万元，"
        "年初财政拨款结转和结余5万元。"
    )
    text = f"2023年度收入合计400.2万元，其中：财政拨款收入390.2万元，其他收入10万元。\n{text}"
    found = {f for f in facts(text) if f.startswith("revenue general_public_budget")}
    assert found == {"revenue general_public_budget 2023 amount 390.2 万元"}


def test_both_sides_of_the_account_give_way_to_what_the_year_spent() -> None:
    text = "（二）支出决算总计281万元。包括：\n1.本年支出决算合计278万元。"
    assert {f for f in facts(text) if f.startswith("expense total")} == {
        "expense total actual 2023 amount 278 万元"
    }


def test_money_that_was_not_spent_is_no_spending() -> None:
    text = "预算编制不够精细，项目支出中有21万元未执行，基本支出中31万元尚未支付。"
    assert facts(text, kind="self_evaluation") == set()


def test_what_is_left_of_what_nobody_knows() -> None:
    text = (
        "防火专项经费项目由林业局组织实施，2023年年初预算210万元。"
        "截至2023年12月31日，实际支出202.5万元，预算执行率96.43%，结余7.5万元。"
    )
    assert of_family("balance", facts(text)) == set()


def test_income_that_was_budgeted_beside_what_was_to_be_spent() -> None:
    text = (
        "2023年部门预算收入总额320万元，其中：财政拨款收入300万元，其他收入5万元，上年结转15万元。"
        "2023年部门预算支出总额320万元，其中：基本支出200万元，项目支出120万元。\n"
        "2023年部门决算总收入345万元。决算总支出342万元。"
    )
    found = facts(text)
    assert {f for f in found if f.startswith("revenue") and "carry_over" not in f} == {
        "revenue total 2023 amount 345 万元"
    }
    assert "expense basic budget 2023 amount 200 万元" in found


def test_what_came_of_one_fund_in_the_year_beats_all_public_money() -> None:
    text = (
        "本部门2023年度财政拨款本年收入314.6万元。\n"
        "一般公共预算财政拨款本年收入310.6万元，比上年增加20万元。\n"
        "政府性基金预算财政拨款本年收入4万元，本年支出4万元。"
    )
    assert facts(text) == {
        "revenue general_public_budget 2023 amount 310.6 万元",
        "revenue general_public_budget 2023 change 20 万元",
        "revenue government_fund 2023 amount 4 万元",
    }


def test_what_cars_cost_to_run_is_not_the_item_of_that_name() -> None:
    text = (
        "3、公务用车购置及运行维护费支出5.4万元，主要包括：（1）公务用车购置费0万元；"
        "（2）公务车保有量3辆，全年运行维护费支出5.4万元，平均每辆1.8万元。"
    )
    assert facts(text) == {
        "expense vehicle actual 2023 amount 5.4 万元",
        "expense vehicle_purchase actual 2023 amount 0 万元",
    }
