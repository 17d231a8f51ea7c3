"""``jixiao findings``: what the reports themselves get wrong."""

from __future__ import annotations

from typing import Annotated

import duckdb
import typer

from orchestration.cli.console import plain_errors
from orchestration.cli.options import Home, settings_of
from orchestration.cli.query import Format, print_rows
from orchestration.publishing.releases import require_current

_COLUMNS = (
    "severity, rule_code, unit_name, f.fiscal_year, f.project_name, message, stated_value, "
    "expected_value, difference, value_unit, f.report_id"
)


@plain_errors
def findings(
    report: Annotated[
        str | None, typer.Option("--report", help="report_id 或文件名 | report_id or file name")
    ] = None,
    rule: Annotated[str | None, typer.Option("--rule", help="规则, 如 R36 | rule code")] = None,
    year: Annotated[int | None, typer.Option("--year", help="年度 | fiscal year")] = None,
    severity: Annotated[str | None, typer.Option("--severity", help="error, warning, info")] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", help="单位名称的一部分 | part of a unit's name")
    ] = None,
    output: Annotated[
        Format, typer.Option("--format", "-f", help="输出格式 | how rows are printed")
    ] = Format.table,
    home: Home = None,
) -> None:
    """列出核查发现 | inconsistencies of the reports themselves, most severe first."""
    conditions, values = ["true"], []
    if report is not None:
        conditions.append("(f.report_id like ? || '%' or r.file_name = ?)")
        values += [report, report]
    if rule is not None:
        conditions.append("f.rule_code = ?")
        values.append(rule.upper())
    if year is not None:
        conditions.append("f.fiscal_year = ?")
        values.append(str(year))
    if severity is not None:
        conditions.append("f.severity = ?")
        values.append(severity.lower())
    if unit is not None:
        conditions.append("contains(r.unit_name, ?)")
        values.append(unit)
    release = require_current(settings_of(home).layout)
    with duckdb.connect(str(release.database), read_only=True) as connection:
        cursor = connection.execute(
            f"select {_COLUMNS} from marts.fct_finding f "  # noqa: S608 - constants only
            "left join marts.dim_report r using (report_id) "
            f"where {' and '.join(conditions)} "
            "order by array_position(['error', 'warning', 'info'], severity), rule_code, "
            "f.report_id, message",
            values,
        )
        columns = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
    print_rows(columns, rows, output)
