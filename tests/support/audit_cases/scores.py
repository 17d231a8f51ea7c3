"""Self-evaluation tables: rates, weights, scores, funds (RULES C)."""

from __future__ import annotations

from typing import Any

from tests.support.audit_cases.shapes import (
    REPORT,
    Case,
    Inputs,
    execution,
    figure,
    figures,
    found,
    indicator,
    line_case,
    only,
    scored,
    statement,
    text_case,
)

MISSED = {"actual_text": "50人", "actual_value": 50, "is_met": False, "formula_score": 5}


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


#: A line of a project's own table.
IN_PROJECT = {
    "scope": "project",
    "project_key": "甲",
    "project_name": "甲",
    "source_table": 2,
}


def _rate_of_part(rate: float, **fields: Any) -> Inputs:
    """The rate printed with a funding source, 90 of 100 万元 spent."""
    return {
        "audit_execution": [execution(item="other", rate=rate, **fields)],
        **figures(figure("budget", "other", rate, "execution_rate", mention_id="rate")),
    }


def _low_execution(*, has_reason: bool) -> Inputs:
    """7.1 of 10 points for an execution of 71%."""
    return {
        "audit_execution": [execution(score=7.1, computed_rate=0.71)],
        "audit_indicator": [indicator(has_reason=has_reason)],
        **figures(figure("budget", "total", 7.1, "score", mention_id="score")),
    }


def blank_total(*parts: str) -> Inputs:
    """A blank total of what was executed, which extraction saw too where there are parts."""
    told = statement("blank_total", subject="全年执行数", source_table=1)
    return figures(
        figure("budget", "total", 1720000, "annual_budget"),
        *(figure("budget", part, 600000, "executed") for part in parts),
    ) | {"audit_statement": [told] if parts else []}


def cases() -> list[Case]:
    """A case that fires and one that holds for every rule of the chapter."""
    return [
        text_case(
            "R48",
            "audit_blank_total",
            statement("blank_total", computed_value=1218900, value_unit="cny"),
            statement("formula"),
            None,
            1218900,
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
                    indicator(**IN_PROJECT, target_value=50),
                ]
            },
            found("R47", 50, 150),
            {
                "audit_indicator": [
                    indicator(target_value=150),
                    indicator(**IN_PROJECT, target_value=150),
                ]
            },
        ),
        Case("R49", "audit_fund_sources", fund(130000), found("R49", 130000, 100000), fund(100000)),
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
            "R48",
            "audit_blank_total",
            blank_total("general_public_budget", "other"),
            only("R48"),
            blank_total(),
            "told_twice",
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
        line_case(
            "R51",
            "audit_weighted_placeholder",
            {"level3": None, "cell_text": "无", "weight": 5},
            {"level3": None, "cell_text": "无", "weight": 0},
            5,
            0,
        ),
        Case(
            "R31",
            "audit_execution_rate",
            _rate_of_part(0.5),
            [{"rule_code": "R31", "severity": None}],
            _rate_of_part(0.9),
            "part_of_the_funds",
        ),
        Case(
            "R31",
            "audit_execution_rate",
            _rate_of_part(0),
            [{"rule_code": "R31", "severity": "info"}],
            _rate_of_part(0, is_rate_beside=False),
            "zero_below_the_total",
        ),
        Case(
            "R40",
            "audit_unexplained_deduction",
            _low_execution(has_reason=False),
            [{"rule_code": "R40", "severity": "info"}],
            _low_execution(has_reason=True),
            "low_execution",
        ),
    ]
