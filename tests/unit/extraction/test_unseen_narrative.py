"""Running text in the manner of other provinces; every sentence is invented."""

from __future__ import annotations

from tests.unit.extraction.prose import facts


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
