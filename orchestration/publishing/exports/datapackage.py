"""Open data: CSV beside Parquet, and a Frictionless data package that describes both.

The package is validated by the frictionless library before the release gets its name: a package
that does not describe its files holds the release back.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import duckdb

from orchestration.contract.model import Column, Contract, Table, load_contract
from orchestration.messages import JixiaoError

#: Fields of the Fiscal Data Package vocabulary for the columns of budgets and expenses.
FISCAL_TYPES = {
    ("fct_budget", "initial_budget_cny"): "value:approved",
    ("fct_budget", "annual_budget_cny"): "value:adjusted",
    ("fct_budget", "executed_cny"): "value:executed",
    ("fct_budget", "fiscal_year"): "date:fiscal-year",
    ("fct_budget", "funding_source"): "fin-source:generic:code:part",
    ("fct_budget", "project_name"): "activity:generic:project:label",
    ("fct_expense", "amount_cny"): "value",
    ("fct_expense", "amount_year"): "date:fiscal-year",
    ("fct_expense", "expense_item"): "economic-classification:generic:code:part",
    ("fct_revenue", "amount_cny"): "value",
    ("fct_revenue", "amount_year"): "date:fiscal-year",
    ("fct_revenue", "revenue_item"): "fin-source:generic:code:part",
    ("dim_unit", "unit_name"): "administrative-classification:generic:label:part",
    ("dim_unit", "unit_id"): "administrative-classification:generic:code:part",
}
#: Rows of each CSV that are validated; the Parquet beside it is the same table.
VALIDATED_ROWS = 20_000
LICENCE = {
    "name": "notspecified",
    "title": "原报告由发布单位依法公开；汇编数据的许可由发布方决定",
}


def field_type(sql_type: str) -> str:
    """The Table Schema type of a SQL type.

    Raises:
        ValueError: the contract uses a type that has no counterpart here.
    """
    base = re.sub(r"\(.*\)", "", sql_type.upper())
    kinds = {
        "VARCHAR": "string",
        "INTEGER": "integer",
        "BIGINT": "integer",
        "DECIMAL": "number",
        "BOOLEAN": "boolean",
        "DATE": "date",
        "TIMESTAMP": "datetime",
    }
    if base not in kinds:
        raise ValueError(f"no Table Schema type for {sql_type}")
    return kinds[base]


def describe_field(table: Table, column: Column) -> dict[str, Any]:
    """One field of the schema, with Chinese title and constraints."""
    found: dict[str, Any] = {
        "name": column.name,
        "type": field_type(column.type),
        "title": column.name_zh,
        "description": column.description,
    }
    if found["type"] == "datetime":
        found["format"] = "any"
    if column.unit:
        found["unit"] = column.unit
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.values and found["type"] == "string":
        constraints["enum"] = list(column.values)
    if constraints:
        found["constraints"] = constraints
    if fiscal := FISCAL_TYPES.get((table.name, column.name)):
        found["columnType"] = fiscal
    return found


def describe(contract: Contract, names: list[str], release_id: str) -> dict[str, Any]:
    """The data package: two resources a table, the CSV with its schema, the Parquet beside it."""
    resources: list[dict[str, Any]] = []
    for name in names:
        table = contract[name]
        resources.append(
            {
                "name": name.replace("_", "-"),
                "type": "table",
                "path": f"csv/{name}.csv",
                "title": table.name_zh,
                "description": table.description,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [describe_field(table, column) for column in table.columns],
                    "missingValues": [""],
                },
                "alternates": [f"parquet/{name}.parquet"],
            }
        )
    return {
        "name": "jixiao",
        "id": release_id,
        "title": "预算绩效自评报告数据",
        "description": "Figures of published budget-performance reports, each with its receipt.",
        "profile": "data-package",
        "licenses": [LICENCE],
        "version": release_id,
        "resources": resources,
    }


def write_datapackage(folder: Path, release_id: str) -> None:
    """Write ``csv/``, ``datapackage.json`` and ``CITATION.cff``, and validate them.

    Raises:
        JixiaoError: frictionless finds that the package does not describe its files.
    """
    contract = load_contract()
    connection = duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True)
    try:
        there = {
            row[0]
            for row in connection.execute(
                "select table_name from information_schema.tables where table_schema = 'marts'"
            ).fetchall()
        }
        names = [table.name for table in contract if table.name in there]
        (folder / "csv").mkdir()
        for name in names:
            _write_csv(connection, contract[name], folder / "csv" / f"{name}.csv")
    finally:
        connection.close()
    package = describe(contract, names, release_id)
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")
    (folder / "CITATION.cff").write_text(_citation(release_id), encoding="utf-8")
    _validate(folder)


def _write_csv(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> None:
    # A text that begins like a formula gets an apostrophe: a spreadsheet would run it. Columns
    # with a closed list of values hold our own words (a lone "=" is an operator, no formula).
    columns = ", ".join(
        f"""case when regexp_matches("{c.name}", '^[=+@\\t\\r-]') then '''' || "{c.name}" """
        f"""else "{c.name}" end as "{c.name}" """
        if c.type == "VARCHAR" and not c.values
        else f'"{c.name}"'
        for c in table.columns
    )
    target = str(path).replace("'", "''")
    connection.execute(
        f"copy (select {columns} from marts.{table.name} order by all) "  # noqa: S608
        f"to '{target}' (format csv, header)"
    )


def _validate(folder: Path) -> None:
    import frictionless

    with frictionless.system.use_context(trusted=True):
        package = frictionless.Package.from_descriptor(str(folder / "datapackage.json"))
        report = package.validate(limit_rows=VALIDATED_ROWS)
    if not report.valid:
        errors = report.flatten(["title", "fieldName", "rowNumber", "message"])[:5]
        lines = "; ".join(" ".join(str(part) for part in error if part) for error in errors)
        raise JixiaoError(
            f"数据包与其文件不符，版本未发布：{lines}",
            f"the data package does not describe its files; nothing is published: {lines}",
        )


def _citation(release_id: str) -> str:
    return (
        "cff-version: 1.2.0\n"
        'message: "引用本数据时请注明版本 Please cite the release."\n'
        'title: "预算绩效自评报告数据仓库 Budget performance reports as data"\n'
        f'version: "{release_id}"\n'
        "type: dataset\n"
        "authors:\n"
        '  - name: "jixiao"\n'
    )
