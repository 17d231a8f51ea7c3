"""The golden truth as extractions: what a flawless extraction of the five seeds would hand over."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from orchestration.records import (
    DocumentRecord,
    Extraction,
    FigureRecord,
    FileRecord,
    IndicatorRecord,
    ProjectRecord,
)
from tests.support.build import file_of

GOLDEN = Path(__file__).parents[3] / "shared" / "golden"
Row = dict[str, str]

#: table: (family, column of the item, {column: (measure, unit as printed, factor to that unit)})
FIGURES: dict[str, tuple[str, str | None, dict[str, tuple[str, str | None]]]] = {
    "budget": (
        "budget",
        "funding_source",
        {
            "initial_budget_cny": ("initial_budget", "万元"),
            "adjustment_cny": ("adjustment", "万元"),
            "annual_budget_cny": ("annual_budget", "万元"),
            "executed_cny": ("executed", "万元"),
            "execution_rate_stated": ("execution_rate", "%"),
            "weight": ("weight", "分"),
            "score": ("score", None),
        },
    ),
    "revenue": (
        "revenue",
        "revenue_item",
        {
            "amount_cny": ("amount", "元"),
            "change_stated_cny": ("change", "元"),
            "change_rate_stated": ("change_rate", "%"),
        },
    ),
    "expense": (
        "expense",
        "expense_item",
        {
            "amount_cny": ("amount", "万元"),
            "change_stated_cny": ("change", "亿元"),
            "change_rate_stated": ("change_rate", "%"),
        },
    ),
    "evaluation": (
        "evaluation",
        None,
        {
            "total_weight_stated": ("total_weight", None),
            "total_score_stated": ("total_score", "分"),
            "grade_stated": ("grade", None),
        },
    ),
    "evaluation_part": (
        "evaluation_part",
        "level1_std",
        {"weight_stated": ("weight", "分"), "score_stated": ("score", "分")},
    ),
    "personnel": ("personnel", "staff_category", {"headcount": ("headcount", "人")}),
    "asset": ("asset", "asset_item", {"amount_cny": ("amount", "万元")}),
    "balance": ("balance", "balance_item", {"amount_cny": ("amount", "万元")}),
    "survey": (
        "survey",
        "respondent_group",
        {
            "sent": ("sent", "份"),
            "satisfied": ("satisfied", "份"),
            "satisfaction_rate": ("satisfaction_rate", "%"),
            "weight": ("weight", "%"),
        },
    ),
    "spending_plan": (
        "spending_plan",
        "month_end",
        {"planned_cumulative_cny": ("planned_cumulative", "万元")},
    ),
}
PER_UNIT = {"万元": Decimal(10000), "亿元": Decimal(100000000), "%": Decimal("0.01")}


def rows(table: str, report: str) -> Iterator[Row]:
    """Rows of a truth table about one report."""
    with (GOLDEN / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        yield from (row for row in csv.DictReader(file) if row["report"] == report)


def number(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def golden_extraction(report: str) -> tuple[Extraction, FileRecord]:
    """One seed report as records, figures in the units a report would print."""
    truth = next(rows("report", report))
    unit = next(rows("unit", report))
    report_id = truth["report_id"]
    extraction = Extraction(
        DocumentRecord(
            report_id=report_id,
            unit_name=unit["unit_name"],
            budget_unit_code=unit["budget_unit_code"] or None,
            region_code=unit["region_code"],
            fiscal_year=int(truth["fiscal_year"]),
            report_kind=truth["report_kind"],
            title=truth["title"],
        )
    )
    extraction.projects = [
        ProjectRecord(
            report_id=report_id,
            project_seq=seq,
            project_name=row["project_name"],
            project_code=row["project_code"] or None,
            aliases="；".join(row["aliases"].split("、")) if row["aliases"] else None,
            department=row["department"] or None,
            implementing_unit=row["implementing_unit"] or None,
            purpose=row["purpose"] or None,
        )
        for seq, row in enumerate(rows("project", report), 1)
    ]
    extraction.figures = list(figures(report, report_id))
    extraction.indicators = [indicator(row, report_id) for row in rows("indicator", report)]
    file = file_of(extraction, truth["file_name"], sha256=truth["sha256"], source_url=None)
    return extraction, file


def figures(report: str, report_id: str) -> Iterator[FigureRecord]:
    seq = 0
    for table, (family, item, measures) in FIGURES.items():
        for row in rows(table, report):
            if table == "evaluation_part" and row["level1_std"] == "budget_execution":
                continue  # printed in the funding block
            year = row.get("amount_year") or row.get("as_of_year")
            for column, (measure, unit) in measures.items():
                if not row[column]:
                    continue
                seq += 1
                is_text = measure == "grade"
                printed = None if is_text else Decimal(row[column]) / PER_UNIT.get(unit or "", 1)
                yield FigureRecord(
                    report_id=report_id,
                    figure_seq=seq,
                    family=family,
                    scope=row.get("scope")
                    or ("project" if row.get("project_name") else "department"),
                    project_name=row.get("project_name") or None,
                    item=row[item] if item else None,
                    basis=row.get("basis"),
                    amount_year=int(year) if year else None,
                    measure=measure,
                    value=printed,
                    value_text=row[column] if is_text else None,
                    unit=unit,
                    is_table=True,
                    source_text=row.get("seed_text"),
                )


def indicator(row: Row, report_id: str) -> IndicatorRecord:
    numbers = ("target_value", "actual_value", "weight", "score")
    texts = (
        *("scope", "project_name", "project_code", "level1", "level2", "level3", "level1_std"),
        *("level2_std", "description", "value_basis", "target_text", "target_operator"),
        *("target_unit", "actual_text", "actual_operator", "actual_unit", "deviation_reason"),
    )
    return IndicatorRecord(
        report_id=report_id,
        indicator_table=int(row["indicator_table"]),
        indicator_seq=int(row["indicator_seq"]),
        **{name: number(row[name]) for name in numbers},
        **{name: row[name] or None for name in texts},
    )
