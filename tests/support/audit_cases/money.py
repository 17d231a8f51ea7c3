"""Money (RULES A)."""

from __future__ import annotations

from typing import Any

from tests.support.audit_cases.shapes import (
    Case,
    Inputs,
    Row,
    change,
    figure,
    figures,
    found,
    last,
    only,
    statement,
    sum_case,
    swap_case,
    text_case,
)

BEFORE = figure("expense", "meeting", 50000, mention_id="before", amount_year=2022)


CLASSES = {"wages_benefits": 400000, "goods_services": 100000, "individual_family": 50000}


def class_rows(**changed: float) -> Inputs:
    values = (
        {"basic": 550000, "personnel": 450000, "public": 100000, "project": 0} | CLASSES | changed
    )
    return figures(*(figure("expense", item, value) for item, value in values.items()))


def _income(part: float, behind: float | None = None, **fields: Any) -> Inputs:
    """A list of a sentence: 10 万元, of which so much, and perhaps an amount behind the list."""
    told = last(list_id=1, **fields)
    rows = [
        figure("revenue", "total", 100000, **told),
        figure("revenue", "general_public_budget", part - 1000, **told),
        figure("revenue", "other", 1000, **told),
    ]
    if behind is not None:
        rows.append(figure("revenue", "carry_over", behind, **last()))
    return figures(*rows)


def _listed_parts(**fields: Any) -> Inputs:
    """Basic spending in one sentence, its two parts listed in another."""
    return figures(
        figure("expense", "basic", 900000, **last()),
        figure("expense", "personnel", 600000, **last(place_key="S2", **fields)),
        figure("expense", "public", 200000, **last(place_key="S2", **fields)),
    )


def _closing(balance: float) -> Inputs:
    """10 万元 came in, 8 went out, and nobody says what was carried in."""
    return figures(
        figure("revenue", "total", 100000),
        figure("expense", "total", 80000),
        figure("balance", "year_end", balance),
    )


def _spent_twice(**fields: Any) -> Inputs:
    """A project's spending in its form, and another amount in a sentence."""
    block = {"project_key": "甲", "project_name": "甲"}
    return figures(
        figure("budget", "total", 100000, "executed", **block),
        figure("budget", "total", 40000, "executed", is_chosen=False, **last(**block), **fields),
    )


def _items(*items: str, **fields: Any) -> Inputs:
    """Spending of 50 万元 and items of 10 each, in one list."""
    told = last(list_id=1, **fields)
    return figures(
        figure("expense", "basic", 500000, list_role="parent", **told),
        *(figure("expense", item, 100000, list_role="part", **told) for item in items),
    )


def _block(initial: float, adjustment: float, project_key: str = "", **more: float) -> Inputs:
    """A fund block: what it began with, what was adjusted, and further columns."""
    columns = {"initial_budget": initial, "adjustment": adjustment} | more
    return figures(
        *(figure("budget", "total", n, m, project_key=project_key) for m, n in columns.items())
    )


def _share_of(**shares: float) -> list[Row]:
    return [figure("expense", i, n, "share", slack=0.005) for i, n in shares.items()]


def _changed(**fields: Any) -> Inputs:
    """A change against the year before, and the figure of that year."""
    return {"audit_change": [change(**fields)]} | figures(BEFORE)


def _procurement(stated: float) -> Row:
    return statement(
        "sum", subject="政府采购", stated_value=stated, computed_value=15300, value_unit="cny"
    )


def _shares(*shares: float) -> Inputs:
    """Shares of amounts that are rounded to 100 yuan."""
    items = ("vehicle", "abroad", "reception")
    rows = []
    for item, share in zip(items, shares, strict=True):
        rows.append(figure("expense", item, share, "share", slack=0.00005, **last()))
        rows.append(figure("expense", item, round(share * 462100), **last()))
    return figures(*rows)


def cases() -> list[Case]:
    """A case that fires and one that holds for every rule of the chapter."""
    return [
        Case(
            "R01",
            "audit_budget_adjustment",
            _block(1720000, -242400, annual_budget=1720000),
            found("R01", 1720000, 1477600),
            _block(5423700, 220400, annual_budget=5644100),
        ),
        sum_case(
            "R02",
            "audit_income_sources",
            "revenue",
            "total",
            {"carry_over": 3100, "general_public_budget": 742100},
        ),
        sum_case(
            "R03",
            "audit_total_spending",
            "expense",
            "total",
            {"basic": 14904700, "project": 1239900},
        ),
        sum_case(
            "R04",
            "audit_basic_spending",
            "expense",
            "basic",
            {"personnel": 617200, "public": 125200},
        ),
        sum_case(
            "R05",
            "audit_economic_items",
            "expense",
            "basic",
            CLASSES,
            list_id=1,
            list_role="part",
            is_table=False,
            source_table=None,
            place_key="S1",
        ),
        Case(
            "R06",
            "audit_personnel_items",
            class_rows(personnel=480000),
            found("R06", 480000, 450000),
            class_rows(),
        ),
        Case(
            "R07",
            "audit_public_items",
            class_rows(public=130000),
            found("R07", 130000, 100000),
            class_rows(),
        ),
        swap_case(
            "R08",
            "audit_expense_shares",
            _share_of(basic=0.72, project=0.28),
            _share_of(basic=0.75, project=0.25),
            [
                {"rule_code": "R08", "stated_value": 0.72, "expected_value": 0.75},
                {"rule_code": "R08", "stated_value": 0.28, "expected_value": 0.25},
            ],
            [figure("expense", "basic", 750000), figure("expense", "project", 250000)],
        ),
        swap_case(
            "R09",
            "audit_closing_balance",
            [figure("balance", "year_end", 0)],
            [figure("balance", "year_end", 2800)],
            found("R09", 0, 2800),
            [figure("revenue", "total", 745200), figure("expense", "total", 742400)],
        ),
        swap_case(
            "R09",
            "audit_closing_balance",
            [figure("balance", "year_end", 0, project_key="甲")],
            [figure("balance", "year_end", 258700, project_key="甲")],
            [found("R09", 0, 258700)[0] | {"severity": "warning"}],
            _block(1720000, -242400, project_key="甲", executed=1218900)["audit_figure"],
            "project",
        ),
        swap_case(
            "R10",
            "audit_project_sum",
            [figure("expense", "project", 1239900)],
            [figure("expense", "project", 1239800)],
            found("R10", 1239900, 1239800),
            [
                figure("expense", "total", 1218900, project_key="甲"),
                figure("expense", "total", 20900, project_key="乙"),
            ],
        ),
        swap_case(
            "R12",
            "audit_itemised_balance",
            [figure("balance", "unused_quota", 625200)],
            [figure("balance", "unused_quota", 258700)],
            found("R12", 625200, 258700),
            [figure("balance", "unused_quota", 258700, project_key="甲")],
        ),
        sum_case(
            "R13",
            "audit_three_public",
            "expense",
            "three_public",
            {"reception": 15100, "vehicle": 43200, "abroad": 0},
        ),
        sum_case(
            "R14",
            "audit_vehicle",
            "expense",
            "vehicle",
            {"vehicle_purchase": 0, "vehicle_operation": 49300},
        ),
        *(
            Case(
                rule,
                "audit_yearly_change",
                _changed(change_number=wrong, **where),
                found(rule, wrong, 10000),
                _changed(change_number=right, **where),
            )
            for rule, wrong, right, where in (
                ("R16", 20000, 10000, {}),
                ("R22", 20000, 10300, {"previous_in_table": True}),
            )
        ),
        Case(
            "R17",
            "audit_change_rate",
            {"audit_change": [change(rate_number=0.3)]},
            found("R17", 0.3, 0.2),
            {"audit_change": [change()]},
        ),
        Case(
            "R18",
            "audit_change_direction",
            _changed(direction=-1, compared_word="减少"),
            found("R18", 10000, 10000),
            _changed(),
        ),
        Case(
            "R19",
            "audit_units_of_money",
            {"audit_change": [change(is_unit_misprint=True, change_number=1)]},
            found("R19", 1, 10000),
            {"audit_change": [change()]},
        ),
        Case(
            "R19",
            "audit_units_of_money",
            {"audit_statement": [statement("missing_unit")]},
            only("R19"),
            {"audit_statement": [statement("formula")]},
            "statement",
        ),
        sum_case(
            "R20",
            "audit_public_parts",
            "expense",
            "public",
            {"office": 1001000, "utilities_travel": 122000, "meeting_training": 0},
        ),
        sum_case("R24", "audit_assets", "asset", "total", {"current": 262600, "fixed": 435600}),
        text_case(
            "R23",
            "audit_listed_sums",
            statement("sum", stated_value=1.02, computed_value=1, value_unit="ratio"),
            statement("sum", stated_value=1, computed_value=1, value_unit="ratio"),
            1.02,
            1,
        ),
        text_case(
            "R25",
            "audit_listed_sums",
            _procurement(20000),
            _procurement(15300),
            20000,
            15300,
        ),
        *(
            Case(
                rule,
                "audit_mentions",
                figures(
                    figure(family, item, high, measure),
                    figure(family, item, low, measure, is_chosen=False, **last()),
                ),
                found(rule, low, high),
                figures(
                    figure(family, item, high, measure),
                    figure(
                        family, item, high, measure, is_chosen=False, mention_id="again", **last()
                    ),
                ),
            )
            for rule, family, item, measure, high, low in (
                ("R15", "expense", "three_public", "amount", 60000, 50000),
                ("R21", "expense", "public", "amount", 125200, 100000),
                ("R27", "personnel", "establishment", "headcount", 2300, 6200),
                ("R11", "expense", "basic", "amount", 750000, 700000),
            )
        ),
        swap_case(
            "R11",
            "audit_mentions",
            [figure("expense", "total", 1239900, project_key="甲", **last())],
            [figure("expense", "total", 1218900, project_key="甲", **last())],
            found("R11", 1239900, 1218900),
            [figure("budget", "total", 1218900, "executed", project_key="甲")],
            "project",
        ),
        Case(
            "R02",
            "audit_income_sources",
            _income(90000, is_partly_read=False),
            found("R02", 100000, 90000),
            _income(90000, is_partly_read=True),
            "amounts_not_read",
        ),
        Case(
            "R02",
            "audit_income_sources",
            _income(90000, behind=5000),
            found("R02", 100000, 90000),
            _income(90000, behind=10000),
            "behind_the_list",
        ),
        Case(
            "R04",
            "audit_basic_spending",
            _listed_parts(parent_item="basic", parent_number=900000),
            found("R04", 900000, 800000),
            _listed_parts(is_orphan=True),
            "list_of_another_whole",
        ),
        Case(
            "R09",
            "audit_closing_balance",
            _closing(10000),
            found("R09", 10000, 20000),
            _closing(50000),
            "carried_in_unknown",
        ),
        Case(
            "R11",
            "audit_mentions",
            _spent_twice(is_named=True),
            only("R11"),
            _spent_twice(is_named=False),
            "project_not_named",
        ),
        Case(
            "R05",
            "audit_economic_items",
            _items("goods_services", "wages_benefits", "other_expense"),
            [{"rule_code": "R05", "severity": None}],
            _items("goods_services", "wages_benefits", "other_expense", is_partly_read=True),
            "amounts_not_read",
        ),
        Case(
            "R08",
            "audit_expense_shares",
            _shares(0.8788, 0.1015, 0.0095),
            only("R08") * 3,
            _shares(0.8788, 0.1015, 0.0195),
            "rounded_amounts",
        ),
    ]
