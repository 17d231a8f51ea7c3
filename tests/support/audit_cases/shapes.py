"""Rows of the shared shapes of ``models/audit/base/``, and cases made of them.

Amounts are yuan, rates ratios.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
        "is_partly_read": False,
        "is_repeated": True,
        "is_named": True,
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
        "target_value": 100,
        "target_unit": "人",
        "actual_text": "100人",
        "actual_value": 100,
        "actual_unit": "人",
        "weight": 10,
        "score": 10,
        "has_reason": False,
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
        "is_one_place": True,
        "is_rate_beside": True,
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


def swap_case(
    rule: str,
    model: str,
    bad: list[Row],
    good: list[Row],
    finds: list[Row],
    same: Sequence[Row] = (),
    name: str = "",
    beside: Inputs | None = None,
) -> Case:
    """Figures that break the rule, figures that do not, and what stands beside both of them.

    Args:
        same: further figures of both.
        beside: rows of other inputs of both.
    """
    rest = beside or {}
    return Case(rule, model, figures(*bad, *same) | rest, finds, figures(*good, *same) | rest, name)


def pair_case(
    rule: str,
    model: str,
    bad: Row,
    good: Row,
    other: Row,
    finds: list[Row],
    relation: str = "year_before",
) -> Case:
    """A figure of report r that the other report contradicts, and one that it bears out."""
    beside = {"audit_neighbour": [neighbour(relation)]}
    return swap_case(rule, model, [bad], [good], finds, [other], beside=beside)


def named_project(name: str, code: str, **fields: Any) -> Row:
    """A row of int_project_of_report."""
    known: Row = {
        "report_id": "r",
        "unit_id": "u",
        "fiscal_year": 2023,
        "project_name": name,
        "project_code": code,
    }
    return known | fields


REPORT = {"report_id": "r", "unit_id": "u", "fiscal_year": 2023, "report_kind": "self_evaluation"}
