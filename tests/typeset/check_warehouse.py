"""Rows of a published warehouse in the shape that :mod:`tests.typeset.check_facts` compares."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tests.typeset.model import Row
from tests.typeset.truth import KEYS, normal

TABLES = {
    "project": "dim_project",
    "budget": "fct_budget",
    "revenue": "fct_revenue",
    "expense": "fct_expense",
    "indicator": "fct_indicator_score",
    "evaluation": "fct_evaluation",
    "evaluation_part": "fct_evaluation_part",
    "personnel": "fct_personnel",
    "asset": "fct_asset",
    "balance": "fct_balance",
    "survey": "fct_survey",
    "goal": "fct_goal",
    "spending_plan": "fct_spending_plan",
}


def statuses(database: Path) -> dict[str, tuple[str, str, str]]:
    """File name -> (status, report_id, reasons)."""
    sql = "SELECT file_name, status, report_id, coalesce(reasons, '') FROM marts.ops_document"
    with duckdb.connect(str(database), read_only=True) as connection:
        return {name: (s, r, why) for name, s, r, why in connection.execute(sql).fetchall()}


def rows_of_report(connection: duckdb.DuckDBPyConnection, report_id: str) -> dict[str, list[Row]]:
    """Every fact row of one report, texts normalised."""
    out: dict[str, list[Row]] = {}
    for table, name in TABLES.items():
        if table == "project":
            sql = (
                "SELECT p.* FROM marts.dim_project p JOIN marts.dim_report r USING (unit_id) "
                "WHERE r.report_id = ?"
            )
        else:
            sql = f"SELECT * FROM marts.{name} WHERE report_id = ?"
        cursor = connection.execute(sql, [report_id])
        columns = [d[0] for d in cursor.description or ()]
        rows = [dict(zip(columns, values, strict=True)) for values in cursor.fetchall()]
        for row in rows:
            for column, value in row.items():
                if isinstance(value, str):
                    row[column] = normal(value)
            if table not in {"indicator", "evaluation_part"}:
                continue
        if table != "indicator":
            keep = set(KEYS[table])
            rows = [
                {k: v for k, v in r.items() if not k.startswith("source_") or k in keep}
                for r in rows
            ]
        out[table] = rows
    return out


def findings(
    connection: duckdb.DuckDBPyConnection, report_id: str
) -> list[tuple[str, str, str | None]]:
    """(rule, scope, project name) of each finding of a report."""
    sql = "SELECT rule_code, scope, project_name FROM marts.fct_finding WHERE report_id = ?"
    return [(r, s, normal(p)) for r, s, p in connection.execute(sql, [report_id]).fetchall()]
