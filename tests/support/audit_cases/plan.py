"""Plans, targets and hygiene (RULES D)."""

from __future__ import annotations

from tests.support.audit_cases.shapes import (
    REPORT,
    Case,
    Inputs,
    Row,
    figure,
    figures,
    found,
    indicator,
    line_case,
    named_project,
    only,
    statement,
    text_case,
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
        "int_project_of_report": [named_project("甲", code)],
        "audit_report": [REPORT | {"region_code": "130123", "is_current": True}],
        "stg_project": [{"report_id": "r", "project_name": "甲", "project_seq": 1}],
    }


def fund(total: float, kind: str = "self_evaluation") -> Inputs:
    return figures(
        figure("budget", "total", total, "annual_budget"),
        figure("budget", "general_public_budget", 80000, "annual_budget"),
        figure("budget", "other", 20000, "annual_budget"),
    ) | {"audit_report": [REPORT | {"report_kind": kind}]}


def _due(target: str) -> Row:
    """A line that is a date."""
    return indicator(
        level3="完成时间",
        level2_std="timeliness",
        target_text=target,
        target_value=None,
        target_unit=None,
        actual_text="2021年12月",
        actual_value=None,
        actual_unit=None,
    )


def _aliased(name: str, alias: str) -> Inputs:
    """A project under two names."""
    project = {"report_id": "r", "project_seq": 1, "project_name": name, "aliases": alias}
    return {"stg_project": [project], "audit_report": [REPORT]}


def cases() -> list[Case]:
    """A case that fires and one that holds for every rule of the chapter."""
    return [
        Case(
            "R68",
            "audit_target_unit",
            {"audit_indicator": [_due("2021年12")]},
            only("R68"),
            {"audit_indicator": [_due("2021年12月")]},
            "month_cut",
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
        line_case(
            "R72",
            "audit_qualitative_score",
            {"target_value": None, "is_met": False, "score": 9},
            {"target_value": None, "is_met": False, "score": 5},
            9,
            6,
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
        Case(
            "R63",
            "audit_fund_sources",
            fund(130000, "budget_target"),
            found("R63", 130000, 100000),
            fund(100000, "budget_target"),
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
            _aliased("老干部活动专项经费", "老干部活动业务经费"),
            only("R67"),
            _aliased("市办公楼维修改造项目", "办公楼维修改造项目"),
        ),
    ]
