"""A case that fires and one that holds for every audit rule: the truth table of the unit tests.

``python -m tests.support.audit_cases`` writes it to
``dbt_project/models/audit/_unit_tests.yml``; a test checks that the file is up to date. Amounts are
yuan, rates ratios, as in the shared shapes of ``models/audit/base/``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

AUDIT = Path(__file__).parents[2] / "dbt_project" / "models" / "audit"
MACROS = Path(__file__).parents[2] / "dbt_project" / "macros"
TARGET = AUDIT / "_unit_tests.yml"
Row = dict[str, Any]
Inputs = dict[str, list[Row]]


@dataclass(frozen=True)
class Case:
    """A rule, its model, rows that break it, what is then found, and rows that do not break it."""

    rule: str
    model: str
    fires: Inputs
    finds: list[Row]
    holds: Inputs
    name: str = ""


def figure(
    family: str, item: str | None, number: float | None, measure: str = "amount", **fields: Any
) -> Row:
    """A row of audit_figure: chosen, certain, in table 1 of report r."""
    fields = {"project_name": fields.get("project_key") or None} | fields
    project, year, basis = (
        fields.get("project_key", ""),
        fields.get("amount_year", 2023),
        fields.get("basis", "actual" if family == "expense" else None),
    )
    known: Row = {
        "mention_id": f"{family}-{item}-{measure}-{project}-{year}-{basis}-"
        f"{fields.get('report_id', 'r')}-{number}",
        "report_id": "r",
        "unit_id": "u",
        "fiscal_year": 2023,
        "figure_seq": 1,
        "scope": "project" if project else "department",
        "project_key": project,
        "family": family,
        "item": item,
        "basis": basis,
        "amount_year": year,
        "measure": measure,
        "kind": {
            "change_rate": "ratio",
            "execution_rate": "ratio",
            "share": "ratio",
            "control_rate": "ratio",
            "satisfaction_rate": "ratio",
            "headcount": "count",
            "grade": "text",
        }.get(measure, "money"),
        "number": number,
        "slack": 50,
        "factor": 10000,
        "printed": f"{number}",
        "item_name": f"{item}",
        "place_name": "",
        "is_chosen": True,
        "is_candidate": True,
        "is_table": True,
        "is_doubtful": False,
        "is_approximate": False,
        "source_table": 1,
        "place_key": "T1",
        "fact_key": f"{fields.get('report_id', 'r')}-{family}-{item}-{project}-{basis}-{year}",
        "column_key": f"{fields.get('report_id', 'r')}-{family}-{project}-{basis}-{year}-{measure}",
    }
    return known | fields


def indicator(**fields: Any) -> Row:
    """A row of audit_indicator: a met quantity target of ten points."""
    known: Row = {
        "report_id": "r",
        "unit_id": "u",
        "fiscal_year": 2023,
        "report_kind": "self_evaluation",
        "scope": "department",
        "project_key": "",
        "indicator_table": 1,
        "indicator_seq": 1,
        "level1": "产出指标",
        "level1_std": "output",
        "level2": "数量指标",
        "level2_std": "quantity",
        "level3": "培训人数",
        "indicator_name": fields.get("level3", "培训人数"),
        "quoted_name": f"“{fields.get('level3', '培训人数')}”",
        "target_text": "100人",
        "target_operator": "=",
        "target_value": 100,
        "target_unit": "人",
        "actual_text": "100人",
        "actual_value": 100,
        "actual_unit": "人",
        "weight": 10,
        "score": 10,
        "has_reason": False,
        "has_any_reason": True,
        "is_cost": False,
        "is_comparable": True,
        "direction": 1,
        "is_met": True,
        "formula_score": 10,
        "score_tolerance": 0.05,
        "has_whole_scores": False,
        "is_doubtful": False,
        "source_table": 1,
    }
    return known | fields


def scored(**fields: Any) -> Row:
    """A row of audit_scored: a whole form of 100 points, 96 of them earned."""
    known: Row = {
        "report_id": "r",
        "unit_id": "u",
        "fiscal_year": 2023,
        "report_kind": "self_evaluation",
        "region_code": "430200",
        "scope": "department",
        "project_key": "",
        "lines": 10,
        "indicator_weight": 90,
        "indicator_score": 86,
        "weighted_lines": 10,
        "scored_lines": 10,
        "unscored_lines": 0,
        "unweighted_lines": 0,
        "execution_weight": 10,
        "execution_score": 10,
        "total_weight": 100,
        "total_score": 96,
        "total_weight_stated": 100,
        "total_score_stated": 96,
        "holds_execution": False,
        "lacks_execution": False,
        "is_doubtful": False,
        "has_whole_scores": False,
    }
    return known | fields


def execution(**fields: Any) -> Row:
    """A row of audit_execution: 90 of 100 万元 spent, 9 of 10 points."""
    known: Row = {
        "report_id": "r",
        "scope": "department",
        "project_key": "",
        "item": "total",
        "annual": 1000000,
        "executed": 900000,
        "annual_slack": 50,
        "executed_slack": 50,
        "rate": 0.9,
        "rate_slack": 0.005,
        "rate_printed": "90%",
        "rate_id": "rate",
        "weight": 10,
        "score": 9,
        "score_id": "score",
        "is_doubtful": False,
        "computed_rate": 0.9,
        "computed_slack": 0.0001,
    }
    return known | fields


def change(**fields: Any) -> Row:
    """A row of audit_change: 60,000 after 50,000, so 10,000 or 20% more."""
    known: Row = {
        "mention_id": "now",
        "report_id": "r",
        "scope": "department",
        "family": "expense",
        "item": "meeting",
        "item_name": "会议费",
        "place_name": "",
        "number": 60000,
        "slack": 50,
        "printed": "6万元",
        "previous_id": "before",
        "previous_number": 50000,
        "previous_slack": 50,
        "previous_printed": "5万元",
        "previous_in_table": False,
        "change_number": 10000,
        "change_slack": 50,
        "change_printed": "1万元",
        "change_unit": "万元",
        "change_in_table": False,
        "rate_number": 0.2,
        "rate_slack": 0.005,
        "rate_printed": "20%",
        "direction": 1,
        "compared_word": "增加",
        "is_unit_misprint": False,
        "is_doubtful": False,
    }
    return known | fields


BEFORE = figure("expense", "meeting", 50000, mention_id="before", amount_year=2022)


def statement(kind: str, **fields: Any) -> Row:
    """A row of audit_statement."""
    known: Row = {
        "report_id": "r",
        "statement_seq": 1,
        "kind": kind,
        "scope": "department",
        "subject": "算式",
        "quoted_subject": "“算式”",
        "factor": 1,
        "slack": 0.005,
        "stated_words": "甲",
        "computed_words": "乙",
        "source_text": "句",
    }
    return known | fields


def neighbour(relation: str, **fields: Any) -> Row:
    """A row of audit_neighbour: report r of 2023 beside report q."""
    other_year = 2022 if relation == "year_before" else 2023
    return {
        "report_id": "r",
        "unit_id": "u",
        "fiscal_year": 2023,
        "other_id": "q",
        "other_year": other_year,
        "relation": relation,
        "scope": "department",
        "is_current": True,
    } | fields


def before(family: str, item: str, number: float, measure: str = "amount", **fields: Any) -> Row:
    """A figure of report q, the year before."""
    return figure(
        family,
        item,
        number,
        measure,
        **({"report_id": "q", "fiscal_year": 2022, "amount_year": 2022} | fields),
    )


def last(**fields: Any) -> Row:
    """A figure that runs on in the text: no table."""
    return {"is_table": False, "source_table": None, "place_key": "S1"} | fields


def figures(*rows: Row) -> Inputs:
    return {"audit_figure": [row | {"figure_seq": n} for n, row in enumerate(rows, 1)]}


def found(rule: str, stated: float | None = None, expected: float | None = None) -> list[Row]:
    return [{"rule_code": rule, "stated_value": stated, "expected_value": expected}]


def only(rule: str) -> list[Row]:
    return [{"rule_code": rule}]


def sum_case(
    rule: str, model: str, family: str, whole: str, parts: Mapping[str, float], **fields: Any
) -> Case:
    """A whole that is 30,000 more than its parts, and one that is not."""
    right = sum(parts.values())

    def rows(number: float) -> Inputs:
        measure = fields.get("measure", "amount")
        rest = {k: v for k, v in fields.items() if k != "measure"}
        return figures(
            figure(family, whole, number, measure, **rest),
            *(figure(family, item, value, measure, **rest) for item, value in parts.items()),
        )

    return Case(rule, model, rows(right + 30000), found(rule, right + 30000, right), rows(right))


def line_case(
    rule: str,
    model: str,
    bad: Row,
    good: Row,
    stated: float | None,
    expected: float | None,
    **more: Inputs,
) -> Case:
    """One indicator line that breaks the rule, and one that does not."""
    return Case(
        rule,
        model,
        {"audit_indicator": [indicator(**bad)], **more.get("more", {})},
        found(rule, stated, expected),
        {"audit_indicator": [indicator(**good)], **more.get("more", {})},
    )


def text_case(
    rule: str,
    model: str,
    bad: Row,
    good: Row,
    stated: float | None = None,
    expected: float | None = None,
) -> Case:
    return Case(
        rule,
        model,
        {"audit_statement": [bad]},
        found(rule, stated, expected),
        {"audit_statement": [good]},
    )


MISSED = {"actual_text": "50人", "actual_value": 50, "is_met": False, "formula_score": 5}
CLASSES = {"wages_benefits": 400000, "goods_services": 100000, "individual_family": 50000}


def class_rows(**changed: float) -> Inputs:
    values = (
        {"basic": 550000, "personnel": 450000, "public": 100000, "project": 0} | CLASSES | changed
    )
    return figures(*(figure("expense", item, value) for item, value in values.items()))


def survey(group: str, rate: float, weight: float | None, **fields: Any) -> list[Row]:
    rows = [figure("survey", group, rate, "satisfaction_rate", slack=0.005, **fields)]
    if weight is not None:
        rows.append(figure("survey", group, weight, "weight", **fields))
    return rows


def whole_survey(composite: float, weights: tuple[float, float] = (0.6, 0.4)) -> Inputs:
    return figures(
        *survey("群众", 0.9, weights[0]),
        *survey("员工", 1.0, weights[1]),
        *survey("综合满意度", composite, None),
    )


def plan(*amounts: float) -> Inputs:
    return figures(
        *(
            figure("spending_plan", str(3 * n), amount, "planned_cumulative", project_key="甲")
            for n, amount in enumerate(amounts, 1)
        ),
        figure("budget", "total", 100000, "initial_budget", project_key="甲"),
    )


def project_code(code: str) -> Inputs:
    return {
        "int_project_of_report": [
            {
                "report_id": "r",
                "unit_id": "u",
                "fiscal_year": 2023,
                "project_name": "甲",
                "project_code": code,
            }
        ],
        "audit_report": [
            {
                "report_id": "r",
                "unit_id": "u",
                "fiscal_year": 2023,
                "region_code": "130123",
                "is_current": True,
            }
        ],
        "stg_project": [{"report_id": "r", "project_name": "甲", "project_seq": 1}],
    }


REPORT = {"report_id": "r", "unit_id": "u", "fiscal_year": 2023, "report_kind": "self_evaluation"}
BLOCK = {"scope": "department", "measure": "annual_budget"}


def fund(total: float, kind: str = "self_evaluation") -> Inputs:
    return figures(
        figure("budget", "total", total, "annual_budget"),
        figure("budget", "general_public_budget", 80000, "annual_budget"),
        figure("budget", "other", 20000, "annual_budget"),
    ) | {"audit_report": [REPORT | {"report_kind": kind}]}


def money_words() -> Inputs:
    return {
        "unit_word": [{"wording": "万元", "unit": "万元", "dimension": "money", "factor": 10000}]
    }


COST = {
    "is_cost": True,
    "level2_std": "cost",
    "level3": "预算控制",
    "indicator_name": "预算控制",
    "target_unit": "万元",
    "target_value": 232,
}


def region_scores(score: float) -> Inputs:
    reports = [f"r{n}" for n in range(5)]
    return {
        "int_report": [
            REPORT | {"report_id": r, "region_code": "430200", "is_current": True} for r in reports
        ],
        "int_figure": [
            {
                "report_id": r,
                "family": "evaluation",
                "measure": "total_score",
                "scope": "department",
                "value": score,
            }
            for r in reports
        ],
        "audit_scored": [scored(report_id="r0", total_score_stated=score)],
    }


def bands(own: str) -> Inputs:
    rows = [("r", own), ("p", "优:90,良:80,中:60,差:0"), ("q", "优:90,良:80,中:60,差:0")]
    return {
        "int_report": [
            REPORT | {"report_id": r, "grade_bands": b, "region_code": "430200", "is_current": True}
            for r, b in rows
        ],
        "audit_scored": [scored(grade_bands=own)],
    }


def subordinate(*amounts: float) -> Inputs:
    names = ["whole", *(f"unit{n}" for n in range(len(amounts) - 1))]
    codes = ["287", *(f"28700{n + 1}" for n in range(len(amounts) - 1))]
    rows = [
        figure("expense", "total", a, report_id=n, mention_id=n)
        for n, a in zip(names, amounts, strict=True)
    ]
    return {
        "int_report": [
            REPORT
            | {"report_id": n, "budget_unit_code": c, "region_code": "130123", "is_current": True}
            for n, c in zip(names, codes, strict=True)
        ],
        "int_figure": [{"report_id": n, "mention_id": n} for n in names],
        **figures(*rows),
    }


LONG = "全年开展活动若干次服务对象反映良好各项任务按计划全部完成并取得预期效果" * 3
AMOUNTS = ("total", "basic", "project", "personnel", "public", "meeting", "training", "reception")


def copied(shift: float) -> Inputs:
    return figures(
        *(figure("expense", item, 1000 * n) for n, item in enumerate(AMOUNTS, 1)),
        *(before("expense", item, 1000 * n + shift) for n, item in enumerate(AMOUNTS, 1)),
    ) | {"audit_neighbour": [neighbour("year_before")]}


def stable(kept: int) -> Inputs:
    own = [indicator(level3=f"指标{n}", indicator_seq=n) for n in range(6)]
    old = [
        indicator(level3=f"指标{n}" if n < kept else f"旧{n}", indicator_seq=n, report_id="q")
        for n in range(6)
    ]
    return {"audit_indicator": own + old, "audit_neighbour": [neighbour("year_before")]}


def goals(*units: str) -> Inputs:
    return {
        "stg_goal": [
            {"report_id": u, "scope": "department", "completion_text": LONG} for u in units
        ],
        "int_report": [REPORT | {"report_id": u, "unit_id": u} for u in units],
        "audit_report": [REPORT | {"report_id": units[0], "unit_id": units[0]}],
    }


def lifespan(name: str) -> Inputs:
    rows = [("r", 2023, name), ("q", 2022, "2022年度慰问经费")]
    return {
        "int_project_of_report": [
            {
                "report_id": r,
                "unit_id": "u",
                "fiscal_year": y,
                "project_name": n,
                "project_code": "13012322P00258110508R",
            }
            for r, y, n in rows
        ],
        "audit_report": [
            REPORT | {"report_id": r, "fiscal_year": y, "is_current": True} for r, y, _ in rows
        ],
    }


def renamed(name: str) -> Inputs:
    return {
        "audit_neighbour": [neighbour("year_before")],
        "int_unit_of_report": [
            {"report_id": r, "unit_name": n, "match_name": n, "budget_unit_code": "287001"}
            for r, n in (("r", name), ("q", "老干部局"))
        ],
    }


def _cases() -> list[Case]:
    pair = {"audit_neighbour": [neighbour("year_before")]}
    rows: list[Case] = [
        Case(
            "R01",
            "audit_budget_adjustment",
            figures(
                *(
                    figure("budget", "total", n, m)
                    for m, n in (
                        ("initial_budget", 1720000),
                        ("adjustment", -242400),
                        ("annual_budget", 1720000),
                    )
                )
            ),
            found("R01", 1720000, 1477600),
            figures(
                *(
                    figure("budget", "total", n, m)
                    for m, n in (
                        ("initial_budget", 5423700),
                        ("adjustment", 220400),
                        ("annual_budget", 5644100),
                    )
                )
            ),
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
        Case(
            "R08",
            "audit_expense_shares",
            figures(
                *(figure("expense", i, n) for i, n in (("basic", 750000), ("project", 250000))),
                *(
                    figure("expense", i, n, "share", slack=0.005)
                    for i, n in (("basic", 0.72), ("project", 0.28))
                ),
            ),
            [
                {"rule_code": "R08", "stated_value": 0.72, "expected_value": 0.75},
                {"rule_code": "R08", "stated_value": 0.28, "expected_value": 0.25},
            ],
            figures(
                *(figure("expense", i, n) for i, n in (("basic", 750000), ("project", 250000))),
                *(
                    figure("expense", i, n, "share", slack=0.005)
                    for i, n in (("basic", 0.75), ("project", 0.25))
                ),
            ),
        ),
        Case(
            "R09",
            "audit_closing_balance",
            figures(
                figure("revenue", "total", 745200),
                figure("expense", "total", 742400),
                figure("balance", "year_end", 0),
            ),
            found("R09", 0, 2800),
            figures(
                figure("revenue", "total", 745200),
                figure("expense", "total", 742400),
                figure("balance", "year_end", 2800),
            ),
        ),
        Case(
            "R09",
            "audit_closing_balance",
            figures(
                *(
                    figure("budget", "total", n, m, project_key="甲")
                    for m, n in (
                        ("initial_budget", 1720000),
                        ("adjustment", -242400),
                        ("executed", 1218900),
                    )
                ),
                figure("balance", "year_end", 0, project_key="甲"),
            ),
            [
                {
                    "rule_code": "R09",
                    "severity": "warning",
                    "stated_value": 0,
                    "expected_value": 258700,
                }
            ],
            figures(
                *(
                    figure("budget", "total", n, m, project_key="甲")
                    for m, n in (
                        ("initial_budget", 1720000),
                        ("adjustment", -242400),
                        ("executed", 1218900),
                    )
                ),
                figure("balance", "year_end", 258700, project_key="甲"),
            ),
            "project",
        ),
        Case(
            "R10",
            "audit_project_sum",
            figures(
                figure("expense", "project", 1239900),
                figure("expense", "total", 1218900, project_key="甲"),
                figure("expense", "total", 20900, project_key="乙"),
            ),
            found("R10", 1239900, 1239800),
            figures(
                figure("expense", "project", 1239800),
                figure("expense", "total", 1218900, project_key="甲"),
                figure("expense", "total", 20900, project_key="乙"),
            ),
        ),
        Case(
            "R12",
            "audit_itemised_balance",
            figures(
                figure("balance", "unused_quota", 625200),
                figure("balance", "unused_quota", 258700, project_key="甲"),
            ),
            found("R12", 625200, 258700),
            figures(
                figure("balance", "unused_quota", 258700),
                figure("balance", "unused_quota", 258700, project_key="甲"),
            ),
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
        Case(
            "R16",
            "audit_yearly_change",
            {"audit_change": [change(change_number=20000)], **figures(BEFORE)},
            found("R16", 20000, 10000),
            {"audit_change": [change()], **figures(BEFORE)},
        ),
        Case(
            "R22",
            "audit_yearly_change",
            {
                "audit_change": [change(change_number=20000, previous_in_table=True)],
                **figures(BEFORE),
            },
            found("R22", 20000, 10000),
            {
                "audit_change": [change(change_number=10300, previous_in_table=True)],
                **figures(BEFORE),
            },
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
            {"audit_change": [change(direction=-1, compared_word="减少")], **figures(BEFORE)},
            found("R18", 10000, 10000),
            {"audit_change": [change()], **figures(BEFORE)},
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
            statement(
                "sum",
                subject="政府采购",
                stated_value=20000,
                computed_value=15300,
                value_unit="cny",
            ),
            statement(
                "sum",
                subject="政府采购",
                stated_value=15300,
                computed_value=15300,
                value_unit="cny",
            ),
            20000,
            15300,
        ),
        text_case(
            "R60",
            "audit_listed_sums",
            statement("sum", stated_value=14, computed_value=13, value_unit="次"),
            statement("sum", stated_value=13, computed_value=13, value_unit="次"),
            14,
            13,
        ),
        text_case(
            "R61",
            "audit_listed_sums",
            statement("sum", stated_value=50000, computed_value=47600, value_unit="cny"),
            statement("sum", stated_value=50000, computed_value=50000, value_unit="cny"),
            50000,
            47600,
        ),
        text_case(
            "R61",
            "audit_formula",
            statement("product", stated_value=44000, computed_value=46400, value_unit="cny"),
            statement("product", stated_value=31500, computed_value=31500, value_unit="cny"),
            44000,
            46400,
        ),
        text_case(
            "R56",
            "audit_formula",
            statement("formula", stated_value=0, computed_value=0.955725, value_unit="ratio"),
            statement("formula", stated_value=0.96, computed_value=0.955725, value_unit="ratio"),
            0,
            0.955725,
        ),
        Case(
            "R57",
            "audit_threshold",
            {
                "audit_statement": [
                    statement(
                        "threshold",
                        subject="预算调整率",
                        stated_value=0.1,
                        computed_value=0.3354,
                        value_unit="ratio",
                    )
                ],
                "audit_indicator": [indicator(level3="预算调整率")],
            },
            found("R57", 0.3354, 0.1),
            {
                "audit_statement": [
                    statement(
                        "threshold",
                        subject="预算调整率",
                        stated_value=0.1,
                        computed_value=0.05,
                        value_unit="ratio",
                    )
                ],
                "audit_indicator": [indicator(level3="预算调整率")],
            },
        ),
        *(
            text_case(rule, "audit_text_evidence", statement(kind), statement("formula"))
            for rule, kind in (
                ("R58", "blank_field"),
                ("R59", "contradiction"),
                ("R65", "year_mismatch"),
                ("R69", "repeated_block"),
                ("R70", "placeholder"),
            )
        ),
        text_case(
            "R48",
            "audit_blank_total",
            statement("blank_total", computed_value=1218900, value_unit="cny"),
            statement("formula"),
            None,
            1218900,
        ),
        text_case("R68", "audit_target_unit", statement("truncated_date"), statement("formula")),
        text_case(
            "R62",
            "audit_spending_plan",
            statement("unit_conflict", printed_value=5, stated_value=0.05, value_unit="ratio"),
            statement("formula"),
            0.05,
            1,
        ),
        Case(
            "R62",
            "audit_spending_plan",
            plan(20000, 10000, 50000, 90000),
            [
                {"rule_code": "R62", "stated_value": 10000, "expected_value": 20000},
                {"rule_code": "R62", "stated_value": 90000, "expected_value": 100000},
            ],
            plan(20000, 50000, 80000, 100000),
            "plan",
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
        Case(
            "R11",
            "audit_mentions",
            figures(
                figure("budget", "total", 1218900, "executed", project_key="甲"),
                figure("expense", "total", 1239900, project_key="甲", **last()),
            ),
            found("R11", 1239900, 1218900),
            figures(
                figure("budget", "total", 1218900, "executed", project_key="甲"),
                figure("expense", "total", 1218900, project_key="甲", **last()),
            ),
            "project",
        ),
        Case(
            "R26",
            "audit_headcount",
            figures(
                figure("personnel", "establishment", 16, "headcount"),
                figure("personnel", "on_duty", 15, "headcount"),
                figure("personnel", "on_duty", 0.5, "control_rate", slack=0.005),
            ),
            found("R26", 0.5, 0.9375),
            figures(
                figure("personnel", "establishment", 16, "headcount"),
                figure("personnel", "on_duty", 15, "headcount"),
                figure("personnel", "on_duty", 0.94, "control_rate", slack=0.005),
            ),
        ),
        Case(
            "R28",
            "audit_headcount",
            figures(
                *(
                    figure("personnel", i, n, "headcount")
                    for i, n in (("total", 15), ("on_duty", 8), ("retired", 5))
                )
            ),
            found("R28", 15, 13),
            figures(
                *(
                    figure("personnel", i, n, "headcount")
                    for i, n in (("total", 13), ("on_duty", 8), ("retired", 5))
                )
            ),
        ),
        Case(
            "R29",
            "audit_headcount",
            figures(
                *(
                    figure("personnel", i, n, "headcount")
                    for i, n in (("establishment", 16), ("on_duty", 17))
                )
            ),
            found("R29", 17, 16),
            figures(
                *(
                    figure("personnel", i, n, "headcount")
                    for i, n in (("establishment", 16), ("on_duty", 16))
                )
            ),
        ),
        Case(
            "R30",
            "audit_beneficiaries",
            {
                "audit_indicator": [
                    indicator(level3="老干部祝寿", indicator_name="老干部祝寿", actual_value=224)
                ],
                **figures(figure("personnel", "retired", 215, "headcount")),
            },
            found("R30", 224, 215),
            {
                "audit_indicator": [
                    indicator(level3="老干部祝寿", indicator_name="老干部祝寿", actual_value=200)
                ],
                **figures(figure("personnel", "retired", 215, "headcount")),
            },
        ),
        Case(
            "R31",
            "audit_execution_rate",
            {
                "audit_execution": [execution(rate=0.8)],
                **figures(figure("budget", "total", 0.8, "execution_rate", mention_id="rate")),
            },
            found("R31", 0.8, 0.9),
            {
                "audit_execution": [execution()],
                **figures(figure("budget", "total", 0.9, "execution_rate", mention_id="rate")),
            },
        ),
        Case(
            "R32",
            "audit_execution_score",
            {
                "audit_execution": [execution(score=9.7)],
                "audit_scored": [scored()],
                **figures(figure("budget", "total", 9.7, "score", mention_id="score")),
            },
            found("R32", 9.7, 9),
            {
                "audit_execution": [execution(score=9.04)],
                "audit_scored": [scored()],
                **figures(figure("budget", "total", 9, "score", mention_id="score")),
            },
        ),
        Case(
            "R32",
            "audit_execution_score",
            {
                "audit_execution": [execution(score=8)],
                "audit_scored": [scored(has_whole_scores=True)],
                **figures(figure("budget", "total", 8, "score", mention_id="score")),
            },
            found("R32", 8, 9),
            {
                "audit_execution": [execution(computed_rate=0.862, rate=0.862)],
                "audit_scored": [scored(has_whole_scores=True)],
                **figures(figure("budget", "total", 9, "score", mention_id="score")),
            },
            "whole_numbers",
        ),
        Case(
            "R43",
            "audit_execution_warning",
            {
                "audit_execution": [execution(computed_rate=0.71)],
                "audit_scored": [scored(indicator_score=90)],
            },
            [
                {"rule_code": "R43", "stated_value": 1, "expected_value": 0.71},
                {"rule_code": "R43", "stated_value": 900000, "expected_value": 1000000},
            ],
            {
                "audit_execution": [execution(computed_rate=0.97)],
                "audit_scored": [scored(indicator_score=90)],
            },
        ),
        line_case(
            "R33", "audit_level_weights", {"level1_weight": 50}, {"level1_weight": 10}, 50, 10
        ),
        Case(
            "R34",
            "audit_total_weight",
            {"audit_scored": [scored(total_weight=98)]},
            found("R34", 100, 98),
            {"audit_scored": [scored()]},
        ),
        line_case("R35", "audit_score_range", {"score": 11}, {"score": 10}, 11, 10),
        Case(
            "R36",
            "audit_score_totals",
            {"audit_scored": [scored(total_score_stated=97)]},
            found("R36", 97, 96),
            {"audit_scored": [scored()]},
        ),
        Case(
            "R36",
            "audit_score_totals",
            {
                "audit_indicator": [indicator(score=9)],
                **figures(figure("evaluation_part", "output", 8, "score")),
            },
            found("R36", 8, 9),
            {
                "audit_indicator": [indicator(score=9)],
                **figures(figure("evaluation_part", "output", 9, "score")),
            },
            "subtotal",
        ),
        Case(
            "R37",
            "audit_stated_parts",
            {
                "audit_scored": [scored(total_score_stated=97)],
                "audit_indicator": [indicator()],
                **figures(figure("evaluation_part", "output", 86, "score")),
            },
            found("R37", 97, 86),
            {
                "audit_scored": [scored()],
                "audit_indicator": [indicator()],
                **figures(figure("evaluation_part", "output", 86, "score")),
            },
        ),
        Case(
            "R38",
            "audit_grade",
            {"audit_scored": [scored(grade_stated="良")]},
            found("R38", 96),
            {"audit_scored": [scored(grade_stated="优")]},
        ),
        Case(
            "R38",
            "audit_grade",
            {
                "audit_scored": [
                    scored(grade_stated="优", total_score_stated=92, grade_bands="优:95,良:80,差:0")
                ]
            },
            found("R38", 92),
            {
                "audit_scored": [
                    scored(
                        grade_stated="较差",
                        total_score_stated=70,
                        grade_bands="优:90,良:80,较差:60,差:0",
                    )
                ]
            },
            "printed_bands",
        ),
        line_case(
            "R39", "audit_quantitative_score", MISSED | {"score": 8}, MISSED | {"score": 5}, 8, 5
        ),
        line_case(
            "R40",
            "audit_unexplained_deduction",
            MISSED | {"score": 5},
            MISSED | {"score": 5, "has_reason": True},
            5,
            None,
        ),
        line_case("R41", "audit_met_target", {"score": 9}, {"score": 9, "has_reason": True}, 9, 10),
        line_case(
            "R42", "audit_over_achievement", {"actual_value": 130}, {"actual_value": 119}, 130, 100
        ),
        line_case(
            "R72",
            "audit_qualitative_score",
            {"target_value": None, "is_met": False, "score": 9},
            {"target_value": None, "is_met": False, "score": 5},
            9,
            6,
        ),
        Case(
            "R44",
            "audit_cost_target",
            {
                "audit_indicator": [indicator(**COST)],
                **figures(figure("budget", "total", 5644100, "annual_budget")),
                **money_words(),
            },
            found("R44", 2320000, 5644100),
            {
                "audit_indicator": [indicator(**COST)],
                **figures(figure("budget", "total", 2320000, "annual_budget")),
                **money_words(),
            },
        ),
        Case(
            "R45",
            "audit_duplicate_indicator",
            {"audit_indicator": [indicator(), indicator(indicator_seq=2)]},
            only("R45"),
            {"audit_indicator": [indicator(), indicator(indicator_seq=2, level3="培训期数")]},
        ),
        Case(
            "R46",
            "audit_indicator_category",
            {"audit_indicator": [indicator(is_cost=True)]},
            only("R46"),
            {"audit_indicator": [indicator()]},
        ),
        Case(
            "R47",
            "audit_same_target",
            {
                "audit_indicator": [
                    indicator(target_value=150),
                    indicator(
                        scope="project", project_key="甲", project_name="甲", target_value=50
                    ),
                ]
            },
            found("R47", 50, 150),
            {
                "audit_indicator": [
                    indicator(target_value=150),
                    indicator(
                        scope="project", project_key="甲", project_name="甲", target_value=150
                    ),
                ]
            },
        ),
        Case(
            "R66",
            "audit_level_coverage",
            {"audit_indicator": [indicator(indicator_seq=n) for n in range(5)]},
            only("R66"),
            {
                "audit_indicator": [
                    *(indicator(indicator_seq=n) for n in range(5)),
                    indicator(level1_std="benefit"),
                    indicator(level1_std="satisfaction"),
                ]
            },
        ),
        line_case(
            "R71",
            "audit_percent_range",
            {
                "level3": "参与率",
                "indicator_name": "参与率",
                "target_unit": "%",
                "target_value": 292,
            },
            {
                "level3": "参与率",
                "indicator_name": "参与率",
                "target_unit": "%",
                "target_value": 92,
            },
            2.92,
            1,
        ),
        line_case("R68", "audit_target_unit", {"actual_unit": "次"}, {}, 100, 100),
        Case("R49", "audit_fund_sources", fund(130000), found("R49", 130000, 100000), fund(100000)),
        Case(
            "R63",
            "audit_fund_sources",
            fund(130000, "budget_target"),
            found("R63", 130000, 100000),
            fund(100000, "budget_target"),
        ),
        Case(
            "R48",
            "audit_blank_total",
            figures(
                figure("budget", "total", 1720000, "annual_budget"),
                figure("budget", "general_public_budget", 1218900, "executed"),
            ),
            found("R48", None, 1218900),
            figures(
                figure("budget", "total", 1218900, "executed"),
                figure("budget", "general_public_budget", 1218900, "executed"),
            ),
            "fund_block",
        ),
        Case(
            "R50",
            "audit_composition",
            figures(
                figure("budget", "total", 16769800, "annual_budget"),
                figure("revenue", "general_public_budget", 16144600),
            ),
            found("R50", 16144600, 16769800),
            figures(
                figure("budget", "total", 16769800, "annual_budget"),
                figure("revenue", "general_public_budget", 16769800),
            ),
        ),
        Case(
            "R52",
            "audit_satisfaction",
            whole_survey(0.951),
            found("R52", 0.951, 0.94),
            whole_survey(0.94),
        ),
        Case(
            "R53",
            "audit_satisfaction",
            whole_survey(0.94, (0.6, 0.3)),
            found("R53", 0.9, 1),
            whole_survey(0.94),
        ),
        Case(
            "R54",
            "audit_satisfaction",
            figures(*survey("群众", 0.94, None), figure("survey", "群众", 10, "sent")),
            found("R54", 0.94, 0.9),
            figures(*survey("群众", 0.9, None), figure("survey", "群众", 10, "sent")),
        ),
        Case(
            "R55",
            "audit_satisfaction",
            {
                **figures(*survey("群众", 0.95, None)),
                "audit_indicator": [
                    indicator(level2_std="service_satisfaction", actual_unit="%", actual_value=98)
                ],
            },
            found("R55", 0.95, 0.98),
            {
                **figures(*survey("群众", 0.98, None)),
                "audit_indicator": [
                    indicator(level2_std="service_satisfaction", actual_unit="%", actual_value=98)
                ],
            },
        ),
        Case(
            "R64",
            "audit_project_code",
            project_code("13012325P00258110508R"),
            only("R64"),
            project_code("13012322P00258110508R"),
        ),
        Case(
            "R67",
            "audit_project_name",
            {
                "stg_project": [
                    {
                        "report_id": "r",
                        "project_seq": 1,
                        "project_name": "老干部活动专项经费",
                        "aliases": "老干部活动业务经费",
                    }
                ],
                "audit_report": [REPORT],
            },
            only("R67"),
            {
                "stg_project": [
                    {
                        "report_id": "r",
                        "project_seq": 1,
                        "project_name": "市办公楼维修改造项目",
                        "aliases": "办公楼维修改造项目",
                    }
                ],
                "audit_report": [REPORT],
            },
        ),
        Case(
            "P01",
            "audit_prior_year_figure",
            {
                **figures(
                    figure("expense", "meeting", 30000, amount_year=2022),
                    before("expense", "meeting", 19900),
                ),
                **pair,
            },
            found("P01", 30000, 19900),
            {
                **figures(
                    figure("expense", "meeting", 19900, amount_year=2022),
                    before("expense", "meeting", 19900),
                ),
                **pair,
            },
        ),
        Case(
            "P02",
            "audit_carry_over",
            {
                **figures(
                    figure("revenue", "carry_over", 3100), before("balance", "year_end", 2800)
                ),
                **pair,
            },
            found("P02", 3100, 2800),
            {
                **figures(
                    figure("revenue", "carry_over", 3100), before("balance", "year_end", 3100)
                ),
                **pair,
            },
        ),
        *(
            Case(
                "P03",
                "audit_final_accounts",
                {
                    **figures(
                        figure("expense", "basic", a),
                        figure("expense", "basic", 742400, report_id="q"),
                    ),
                    "audit_neighbour": [neighbour("final_accounts")],
                },
                f,
                {
                    **figures(
                        figure("expense", "basic", 742400),
                        figure("expense", "basic", 742400, report_id="q"),
                    ),
                    "audit_neighbour": [neighbour("final_accounts")],
                },
            )
            for a, f in ((752400, found("P03", 752400, 742400)),)
        ),
        Case(
            "P04",
            "audit_target_kept",
            {
                "audit_indicator": [indicator(target_value=80), indicator(report_id="q")],
                "audit_neighbour": [neighbour("budget_target")],
            },
            found("P04", 80, 100),
            {
                "audit_indicator": [indicator(), indicator(report_id="q")],
                "audit_neighbour": [neighbour("budget_target")],
            },
        ),
        Case(
            "P05",
            "audit_subordinate_units",
            subordinate(1000000, 700000, 400000),
            found("P05", 1000000, 1100000),
            subordinate(1100000, 700000, 400000),
        ),
        Case("P06", "audit_indicator_stability", stable(1), only("P06"), stable(4)),
        Case(
            "P07",
            "audit_score_inflation",
            region_scores(99.5),
            found("P07", 99.5, 99.5),
            region_scores(95),
        ),
        Case(
            "P08",
            "audit_grade_bands",
            bands("优:85,良:75,差:0"),
            only("P08"),
            bands("优:90,良:80,中:60,差:0"),
        ),
        Case(
            "P09", "audit_unit_renamed", renamed("老干部工作局"), only("P09"), renamed("老干部局")
        ),
        Case(
            "P10",
            "audit_establishment_jump",
            {
                **figures(
                    figure("personnel", "establishment", 62, "headcount"),
                    before("personnel", "establishment", 23, "headcount"),
                ),
                **pair,
            },
            found("P10", 62, 23),
            {
                **figures(
                    figure("personnel", "establishment", 24, "headcount"),
                    before("personnel", "establishment", 23, "headcount"),
                ),
                **pair,
            },
        ),
        Case(
            "P11",
            "audit_revision",
            {
                **figures(
                    figure("expense", "basic", 1), figure("expense", "basic", 1, report_id="q")
                ),
                "audit_neighbour": [neighbour("revision_before")],
            },
            only("P11"),
            {
                **figures(
                    figure("expense", "basic", 1), figure("expense", "basic", 1, report_id="q")
                ),
                **pair,
            },
        ),
        Case(
            "P12",
            "audit_revision",
            {
                **figures(
                    figure("expense", "basic", 2), figure("expense", "basic", 1, report_id="q")
                ),
                "audit_neighbour": [neighbour("revision_before")],
            },
            only("P12"),
            {
                **figures(
                    figure("expense", "basic", 2), figure("expense", "basic", 1, report_id="q")
                ),
                **pair,
            },
        ),
        Case(
            "P13",
            "audit_wrong_year_copy",
            copied(0),
            [{"rule_code": "P13", "stated_value": 1}],
            copied(500),
        ),
        Case("P14", "audit_cloned_text", goals("r", "q"), only("P14"), goals("r")),
        Case(
            "P15",
            "audit_unit_break",
            {**figures(figure("expense", "total", 60), before("expense", "total", 600000)), **pair},
            found("P15", 60, 600000),
            {
                **figures(figure("expense", "total", 660000), before("expense", "total", 600000)),
                **pair,
            },
        ),
        Case(
            "P16",
            "audit_three_public_budget",
            {
                **figures(
                    figure("expense", "three_public", 12000, basis="budget"),
                    figure("expense", "three_public", 10000, basis="budget", amount_year=2022),
                )
            },
            found("P16", 12000, 10000),
            {
                **figures(
                    figure("expense", "three_public", 10000, basis="budget"),
                    figure("expense", "three_public", 10000, basis="budget", amount_year=2022),
                )
            },
        ),
        Case(
            "P17",
            "audit_project_lifespan",
            lifespan("2023年度走访经费"),
            only("P17"),
            lifespan("2023年度慰问经费"),
        ),
        Case(
            "P18",
            "audit_publication_lag",
            {"audit_report": [REPORT | {"published_on": "2025-04-30"}]},
            only("P18"),
            {"audit_report": [REPORT | {"published_on": "2024-04-30"}]},
        ),
    ]
    return rows


def _references(sql: str, macros: dict[str, str]) -> set[str]:
    names = set(re.findall(r"ref\('(\w+)'\)", sql))
    for call in re.findall(r"jixiao\.(\w+)\(", sql):
        names |= set(re.findall(r"ref\('(\w+)'\)", macros.get(call, "")))
    return names


def _macro_bodies() -> dict[str, str]:
    bodies: dict[str, str] = {}
    for path in MACROS.glob("audit_*.sql"):
        for name, body in re.findall(
            r"{% macro (\w+)\(.*?-%}(.*?){%- endmacro %}", path.read_text(), re.DOTALL
        ):
            bodies[name] = body  # noqa: PERF403 - two loops read better
    return bodies


def unit_tests() -> list[dict[str, Any]]:
    """The cases as dbt unit tests: every input of a model is given, empty where none is needed."""
    sql = {path.stem: path.read_text() for path in AUDIT.rglob("*.sql")}
    macros = _macro_bodies()
    tests: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for case in _cases():
        stem = "_".join(part for part in (case.model, case.rule.lower(), case.name) if part)
        seen[stem] = seen.get(stem, 0) + 1
        stem += f"_{seen[stem]}" if seen[stem] > 1 else ""
        needed = sorted(_references(sql[case.model], macros))
        for verdict, inputs, expected in (
            ("fires", case.fires, case.finds),
            ("holds", case.holds, []),
        ):
            unknown = set(inputs) - set(needed)
            if unknown:
                raise ValueError(f"{case.rule} {case.model}: not an input: {unknown}")
            given = [
                {"input": f"ref('{name}')", "rows": [_bare(row) for row in inputs.get(name, [])]}
                for name in needed
            ]
            tests.append(
                {
                    "name": f"{stem}_{verdict}",
                    "model": case.model,
                    "given": given,
                    "expect": {"rows": expected},
                }
            )
    return tests


def _bare(row: Row) -> Row:
    return {key: value for key, value in row.items() if value is not None}


class _Compact(yaml.SafeDumper):
    """Rows on one line."""

    def represent_mapping(
        self, tag: str, mapping: Any, flow_style: bool | None = None
    ) -> yaml.MappingNode:
        scalars = all(not isinstance(value, list | dict) for value in dict(mapping).values())
        return super().represent_mapping(
            tag, mapping, flow_style=scalars and len(dict(mapping)) > 0
        )

    def ignore_aliases(self, data: Any) -> bool:
        return True


def rendered() -> str:
    """The YAML file."""
    body = yaml.dump(
        {"version": 2, "unit_tests": unit_tests()},
        Dumper=_Compact,
        allow_unicode=True,
        sort_keys=False,
        width=10**6,
    )
    return f"# Written by `python -m tests.support.audit_cases`; change the cases there.\n{body}"


def covered_rules() -> set[str]:
    return {case.rule for case in _cases()}


if __name__ == "__main__":
    TARGET.write_text(rendered(), encoding="utf-8")
