"""Column lineage of dbt models: which columns of its parents a column is made from.

Worked out from the compiled SQL with sqlglot and kept beside dbt's manifest: a model whose SQL and
parents are what they were is not worked out again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from orchestration.files import read_json, write_json
from orchestration.ingestion.store import BATCH_COLUMN
from orchestration.records import RECORD_TYPES, arrow_schema

LINEAGE_NAME = "lineage.json"
_DIALECT = "duckdb"
#: What the record store is called among the databases.
_STORE = "store"

if TYPE_CHECKING:
    from sqlglot.schema import MappingSchema

#: Column to the columns it is made from, each as [unique id of the parent node, column].
ModelLineage = dict[str, list[list[str]]]


def column_lineage(
    project: str, manifest: Path, build: Path, known: Path
) -> dict[str, ModelLineage]:
    """The column lineage of every model of a build, by unique id.

    Args:
        project: hash of the dbt project; the lineage of the same project is not looked at again.
        manifest: dbt's manifest of that build, with compiled SQL.
        build: the build database; it knows the columns of every table.
        known: where lineage is kept from run to run.

    Returns:
        Models whose SQL cannot be taken apart are left out.
    """
    kept = read_json(known) or {}
    if kept.get("project") != project:
        kept = {"project": project, "models": _of_models(manifest, build, kept.get("models", {}))}
        with contextlib.suppress(OSError):  # worked out again next time
            write_json(known, kept)
    return {name: model["columns"] for name, model in kept["models"].items() if model["columns"]}


def _of_models(manifest: Path, build: Path, before: Mapping[str, Any]) -> dict[str, Any]:
    """Lineage by model, with the hash of the SQL it was found in; that of equal SQL is kept."""
    from sqlglot.schema import MappingSchema

    nodes = json.loads(manifest.read_text(encoding="utf-8"))
    files = _record_files(nodes)
    owners = _owners(nodes, files)
    schema: MappingSchema | None = None
    now: dict[str, Any] = {}
    for unique_id, node in nodes["nodes"].items():
        sql = node.get("compiled_code") if node["resource_type"] == "model" else None
        if not sql or not node.get("relation_name"):
            continue
        for call, table in files.items():
            sql = sql.replace(call, table)
        digest = hashlib.sha256(sql.encode()).hexdigest()[:16]
        entry = before.get(unique_id)
        if entry is None or entry["sql"] != digest:
            schema = schema or MappingSchema(_columns(build), dialect=_DIALECT)
            entry = {"sql": digest, "columns": _lineage(sql, schema, owners)}
        now[unique_id] = entry
    return now


def _record_files(manifest: Mapping[str, Any]) -> dict[str, str]:
    """Names of tables for the sources, which dbt compiles to calls that read Parquet files."""
    return {
        source["relation_name"]: f'"{_STORE}"."{source["source_name"]}"."{source["name"]}"'
        for source in manifest["sources"].values()
    }


def _owners(manifest: Mapping[str, Any], files: Mapping[str, str]) -> dict[str, str]:
    """Node by the name of its table, as SQL compiled by dbt writes it."""
    return {
        files.get(node["relation_name"], node["relation_name"]).replace('"', "").lower(): unique_id
        for kind in ("nodes", "sources")
        for unique_id, node in manifest[kind].items()
        if node.get("relation_name")
    }


def _columns(build: Path) -> dict[str, Any]:
    """Types of all columns by database, schema, table and name, as sqlglot takes them."""
    found: dict[str, Any] = {
        _STORE: {
            "records": {
                name: dict.fromkeys([*arrow_schema(kind).names, BATCH_COLUMN], "VARCHAR")
                for name, kind in RECORD_TYPES.items()
            }
        }
    }
    with contextlib.closing(duckdb.connect(str(build), read_only=True)) as connection:
        for database, schema, table, column, kind in connection.execute(
            "select database_name, schema_name, table_name, column_name, data_type"
            " from duckdb_columns() where not internal"
        ).fetchall():
            tables = found.setdefault(database, {}).setdefault(schema, {})
            tables.setdefault(table, {})[column] = kind
    return found


def _lineage(sql: str, schema: MappingSchema, owners: Mapping[str, str]) -> ModelLineage:
    """The lineage of one statement; empty where it is beyond sqlglot."""
    from sqlglot import exp, parse_one
    from sqlglot.errors import SqlglotError
    from sqlglot.lineage import lineage
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.scope import build_scope

    try:
        statement = qualify(
            parse_one(sql, dialect=_DIALECT),
            schema=schema,
            dialect=_DIALECT,
            validate_qualify_columns=False,
        )
        scope = build_scope(statement)
        found: ModelLineage = {}
        roots = lineage(
            None, statement, schema, dialect=_DIALECT, scope=scope, trim_selects=False, copy=False
        )
        for name, root in roots.items():
            parents = set()
            for node in root.walk():
                if not node.downstream and isinstance(node.expression, exp.Table):
                    table = ".".join(part.name for part in node.expression.parts).lower()
                    if table in owners:
                        parents.add((owners[table], exp.to_column(node.name).name))
            found[name] = [list(parent) for parent in sorted(parents)]
    except (SqlglotError, RecursionError, ValueError, KeyError, AttributeError, IndexError):
        return {}
    return found
