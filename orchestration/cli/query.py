"""``jixiao query``: SQL on the current release."""

from __future__ import annotations

import csv
import json
import sys
from enum import StrEnum
from typing import Annotated, Any

import duckdb
import typer

from orchestration.cli.console import plain_errors, table
from orchestration.cli.options import Home, settings_of
from orchestration.messages import JixiaoError
from orchestration.publishing.releases import find_release, require_current


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"


@plain_errors
def query(
    sql: Annotated[str, typer.Argument(help='SQL, 如 | such as "select * from fct_budget"')],
    output: Annotated[
        Format, typer.Option("--format", "-f", help="输出格式 | how rows are printed")
    ] = Format.table,
    home: Home = None,
    release: Annotated[
        str | None,
        typer.Option("--release", help="指定版本 | another release", show_default=False),
    ] = None,
) -> None:
    """在当前版本上执行 SQL（只读） | run SQL on the current release, read-only.

    表名可写 `fct_budget` 或 `marts.fct_budget`；`show tables` 列出全部。
    Tables are called `fct_budget` or `marts.fct_budget`; `show tables` lists them.
    """
    layout = settings_of(home).layout
    chosen = find_release(layout, release) if release else require_current(layout)
    try:
        # Neither files nor settings of this machine are anything a query may touch.
        with duckdb.connect(
            str(chosen.database), read_only=True, config={"enable_external_access": "false"}
        ) as connection:
            cursor = connection.execute(sql)
            columns = [column[0] for column in cursor.description or ()]
            rows = cursor.fetchall() if columns else []
    except duckdb.Error as error:
        text = str(error).strip()
        raise JixiaoError(f"SQL 无法执行: {text}", f"the SQL cannot be run: {text}") from error
    print_rows(columns, rows, output)


def print_rows(columns: list[str], rows: list[tuple[Any, ...]], output: Format) -> None:
    """Print rows as a table, CSV (NULL is empty) or a JSON list of objects (amounts as text)."""
    if output is Format.csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(columns)
        writer.writerows([["" if v is None else v for v in row] for row in rows])
    elif output is Format.json:
        objects = [dict(zip(columns, row, strict=True)) for row in rows]
        json.dump(objects, sys.stdout, ensure_ascii=False, indent=1, default=str)
        sys.stdout.write("\n")
    else:
        table(columns, rows)
