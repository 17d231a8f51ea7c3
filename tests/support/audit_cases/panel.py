"""Across reports (RULES P)."""

from __future__ import annotations

from tests.support.audit_cases.shapes import (
    REPORT,
    Case,
    Inputs,
    Row,
    before,
    figure,
    figures,
    found,
    indicator,
    named_project,
    neighbour,
    only,
    pair_case,
    swap_case,
)


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
    }


def bands(own: str) -> Inputs:
    rows = [("r", own), ("p", "优:90,良:80,中:60,差:0"), ("q", "优:90,良:80,中:60,差:0")]
    return {
        "int_report": [
            REPORT | {"report_id": r, "grade_bands": b, "region_code": "430200", "is_current": True}
            for r, b in rows
        ],
    }


def subordinate(*amounts: float) -> Inputs:
    names = ["whole", *(f"unit{n}" for n in range(len(amounts) - 1))]
    codes = ["287", *(f"28700{n + 1}" for n in range(len(amounts) - 1))]
    return {
        "int_report": [
            REPORT
            | {"report_id": n, "budget_unit_code": c, "region_code": "130123", "is_current": True}
            for n, c in zip(names, codes, strict=True)
        ],
        "int_figure": [
            {
                "report_id": n,
                "family": "expense",
                "scope": "department",
                "item": "total",
                "basis": "actual",
                "amount_year": 2023,
                "measure": "amount",
                "value": a,
                "factor": 10000,
            }
            for n, a in zip(names, amounts, strict=True)
        ],
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
    }


CODE = "13012322P00258110508R"


def lifespan(name: str) -> Inputs:
    rows = [("r", 2023, name), ("q", 2022, "2022年度慰问经费")]
    return {
        "int_project_of_report": [
            named_project(n, CODE, report_id=r, fiscal_year=y) for r, y, n in rows
        ],
        "int_report": [
            REPORT | {"report_id": r, "fiscal_year": y, "is_current": True} for r, y, _ in rows
        ],
        "audit_report": [REPORT | {"report_id": "r", "fiscal_year": 2023, "is_current": True}],
    }


def spent(project: str, executed: float, initial: float = 0) -> list[Row]:
    """A project's fund block of 2023 without a limit of its own."""
    amounts = {"initial_budget": initial, "annual_budget": 500000, "executed": executed}
    return [figure("budget", "total", n, m, project_key=project) for m, n in amounts.items()]


#: 10 万元 of the year before were left.
LEFT = [
    before("budget", "total", n, m, project_key="甲")
    for m, n in (("annual_budget", 500000), ("executed", 400000))
]
BOTH_YEARS = {
    "audit_report": [
        REPORT | {"is_current": True},
        REPORT | {"report_id": "q", "fiscal_year": 2022, "is_current": True},
    ]
}


def renamed(name: str) -> Inputs:
    return {
        "audit_neighbour": [neighbour("year_before")],
        "int_unit_of_report": [
            {"report_id": r, "unit_name": n, "match_name": n, "budget_unit_code": "287001"}
            for r, n in (("r", name), ("q", "老干部局"))
        ],
    }


def cases() -> list[Case]:
    """A case that fires and one that holds for every rule of the chapter."""
    return [*_years(), *_regions(), *_publications(), *_projects()]


def _years() -> list[Case]:
    """Against the report of the year before, or of another kind."""
    meeting, establishment = ("expense", "meeting"), ("personnel", "establishment")
    return [
        pair_case(
            "P01",
            "audit_prior_year_figure",
            figure(*meeting, 30000, amount_year=2022),
            figure(*meeting, 19900, amount_year=2022),
            before(*meeting, 19900),
            found("P01", 30000, 19900),
        ),
        Case(
            "P02",
            "audit_carry_over",
            _carried(2800),
            found("P02", 3100, 2800),
            _carried(3100),
        ),
        pair_case(
            "P03",
            "audit_final_accounts",
            figure("expense", "basic", 752400),
            figure("expense", "basic", 742400),
            figure("expense", "basic", 742400, report_id="q"),
            found("P03", 752400, 742400),
            "final_accounts",
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
        Case("P06", "audit_indicator_stability", stable(1), only("P06"), stable(4)),
        Case(
            "P09", "audit_unit_renamed", renamed("老干部工作局"), only("P09"), renamed("老干部局")
        ),
        pair_case(
            "P10",
            "audit_establishment_jump",
            figure(*establishment, 62, "headcount"),
            figure(*establishment, 24, "headcount"),
            before(*establishment, 23, "headcount"),
            found("P10", 62, 23),
        ),
        Case(
            "P13",
            "audit_wrong_year_copy",
            copied(0),
            [{"rule_code": "P13", "stated_value": 1}],
            copied(500),
        ),
        pair_case(
            "P15",
            "audit_unit_break",
            figure("expense", "total", 60),
            figure("expense", "total", 660000),
            before("expense", "total", 600000),
            found("P15", 60, 600000),
        ),
        swap_case(
            "P16",
            "audit_three_public_budget",
            [figure("expense", "three_public", 12000, basis="budget")],
            [figure("expense", "three_public", 10000, basis="budget")],
            found("P16", 12000, 10000),
            [figure("expense", "three_public", 10000, basis="budget", amount_year=2022)],
        ),
    ]


def _carried(left: float) -> Inputs:
    """31 元 carried in, and what the year before had left."""
    return figures(figure("revenue", "carry_over", 3100), before("balance", "year_end", left)) | {
        "audit_neighbour": [neighbour("year_before")]
    }


def _regions() -> list[Case]:
    """Against other units."""
    return [
        Case(
            "P05",
            "audit_subordinate_units",
            subordinate(1000000, 700000, 400000),
            found("P05", 1000000, 1100000),
            subordinate(1100000, 700000, 400000),
        ),
        Case(
            "P07",
            "audit_score_inflation",
            region_scores(99.5),
            found("P07", 99.5, 99.5) * 5,
            region_scores(95),
        ),
        Case(
            "P08",
            "audit_grade_bands",
            bands("优:85,良:75,差:0"),
            only("P08"),
            bands("优:90,良:80,中:60,差:0"),
        ),
        Case("P14", "audit_cloned_text", goals("r", "q"), only("P14") * 2, goals("r")),
    ]


def _again(own: float, relation: str) -> Inputs:
    """A figure of report r beside one of 1 yuan of report q."""
    return figures(
        figure("expense", "basic", own), figure("expense", "basic", 1, report_id="q")
    ) | {"audit_neighbour": [neighbour(relation)]}


def _dated(**fields: str) -> Inputs:
    return {"audit_report": [REPORT | fields]}


def _publications() -> list[Case]:
    """When and how often a report was published."""
    return [
        *(
            Case(
                rule,
                "audit_revision",
                _again(amount, "revision_before"),
                only(rule),
                _again(amount, "year_before"),
            )
            for rule, amount in (("P11", 1), ("P12", 2))
        ),
        Case(
            "P18",
            "audit_publication_lag",
            _dated(published_on="2025-04-30"),
            only("P18"),
            _dated(published_on="2024-04-30"),
        ),
        Case(
            "P18",
            "audit_publication_lag",
            _dated(published_on="2024-02-01", report_kind="budget"),
            only("P18"),
            _dated(published_on="2023-02-01", report_kind="budget"),
            "budget",
        ),
        Case(
            "P18",
            "audit_publication_lag",
            _dated(published_on="2024-04-30", report_date="2024-05-10"),
            only("P18"),
            _dated(published_on="2024-04-30", report_date="2024-04-30"),
            "filled_in_later",
        ),
    ]


def _projects() -> list[Case]:
    """Projects over the years."""
    return [
        Case(
            "P17",
            "audit_project_lifespan",
            lifespan("2023年度走访经费"),
            only("P17"),
            lifespan("2023年度慰问经费"),
        ),
        swap_case(
            "P17",
            "audit_project_lifespan",
            spent("2020年办公楼维修", 20900, 500000),
            spent("2022年办公楼维修", 20900, 500000),
            only("P17"),
            name="tail",
            beside=BOTH_YEARS,
        ),
        swap_case(
            "P17",
            "audit_project_lifespan",
            spent("甲", 150000),
            spent("甲", 100000),
            found("P17", 150000, 100000),
            LEFT,
            "carried",
            BOTH_YEARS,
        ),
    ]
