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

#: Where the Fiscal Data Package keeps the taxonomy of column types used here.
TAXONOMY = "https://frictionlessdata.io/taxonomies/fiscal/budgets.json"
#: Column types of that taxonomy, by column of the fact tables that hold money, and of dimensions.
_EVERYWHERE = {
    "unit_id": "administrative-classification:generic:code",
    "unit_name": "administrative-classification:generic:label",
    "project_code": "activity:generic:project:code",
    "project_name": "activity:generic:project:label",
    "region_code": "geo:generic:code",
    "region_name": "geo:generic:title",
}
FISCAL_TYPES = {
    "fct_budget": _EVERYWHERE
    | {
        "fact_key": "budget-line-id",
        "fiscal_year": "date:fiscal-year",
        "funding_source": "fin-source:generic:code",
        "initial_budget_cny": "value",
        "annual_budget_cny": "value",
        "executed_cny": "value",
    },
    "fct_expense": _EVERYWHERE
    | {
        "amount_year": "date:fiscal-year",
        "expense_item": "economic-classification:generic:code",
        "basis": "phase:id",
        "amount_cny": "value",
    },
    "fct_revenue": _EVERYWHERE
    | {
        "amount_year": "date:fiscal-year",
        "revenue_item": "fin-source:generic:code",
        "amount_cny": "value",
    },
    "dim_unit": _EVERYWHERE,
    "dim_project": _EVERYWHERE,
    "dim_region": _EVERYWHERE,
    "dim_expense_item": {
        "expense_item": "economic-classification:generic:code",
        "name_zh": "economic-classification:generic:label",
    },
}
#: The phase of the budget that an amount belongs to, where a table has a column a phase.
PHASES = {
    "initial_budget_cny": "approved",
    "annual_budget_cny": "adjusted",
    "executed_cny": "executed",
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
    if fiscal := FISCAL_TYPES.get(table.name, {}).get(column.name):
        found["columnType"] = fiscal
        if fiscal == "value":
            found["currency"] = "CNY"
        if phase := PHASES.get(column.name):
            found["phase"] = phase
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
        "columnTypes": [TAXONOMY],
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
