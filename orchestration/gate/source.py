"""What the gate looks at: records, build and last release, side by side in one connection.

Everything is opened read-only and closed before anybody writes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import duckdb

from orchestration.records import RECORD_TYPES
from orchestration.settings import Home

#: The batch that holds the records of each document that was read (as dbt's ``stg_reading``).
_LIVE = """
create table store.live as
select report_id, record_batch from store.file
where status in ('read', 'quarantined')
qualify row_number() over (partition by report_id order by record_batch desc, file_name) = 1
    and status = 'read'
"""


def quoted(name: str) -> str:
    """An identifier in SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A string in SQL."""
    return "'" + text.replace("'", "''") + "'"


@contextlib.contextmanager
def looking(home: Home, *, with_build: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with schemas ``records``, ``marts`` … and, where there is one, ``previous``.

    ``store`` holds every record ever written, ``records`` the whole ledger and the records of the
    documents that go into a build: one that is in quarantine cannot break the gate. ``previous``
    holds the tables of the current release.
    """
    connection = duckdb.connect()
    try:
        connection.execute("create schema store; create schema records")
        for name in RECORD_TYPES:
            pattern = literal(str(home.records / name / "**" / "*.parquet"))
            connection.execute(
                f"create view store.{quoted(name)} as select * from "  # noqa: S608
                f"read_parquet({pattern}, hive_partitioning=false, union_by_name=true)"
            )
        connection.execute(_LIVE)
        for name in RECORD_TYPES:
            live = "" if name == "file" else "semi join store.live using (report_id, record_batch)"
            connection.execute(
                f"create view records.{quoted(name)} as "  # noqa: S608
                f"select * from store.{quoted(name)} {live}"
            )
        if with_build:
            _attach(connection, home.build_database, "build", None)
        previous = home.current / "warehouse.duckdb"
        if previous.is_file():
            _attach(connection, previous, "last_release", "previous")
        yield connection
    finally:
        connection.close()


def has_previous(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a release was published before."""
    row = connection.execute(
        "select count(*) from information_schema.schemata where schema_name = 'previous'"
    ).fetchone()
    return row is not None and row[0] > 0


def tables(connection: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    """The tables of a schema, by name."""
    rows = connection.execute(
        "select distinct table_name from information_schema.tables where table_schema = ? "
        "and table_catalog = current_database() order by 1",
        [schema],
    ).fetchall()
    return [row[0] for row in rows]


def text_columns(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> list[str]:
    """The text columns of a table, in order."""
    rows = connection.execute(f"describe {quoted(schema)}.{quoted(table)}").fetchall()
    return [name for name, kind, *_ in rows if kind == "VARCHAR"]


def _attach(
    connection: duckdb.DuckDBPyConnection, database: Path, name: str, schema: str | None
) -> None:
    """Attach a database and mirror its tables (or only those of ``marts``, as ``schema``).

    Views are left out: they name the catalogue that they were made in.
    """
    connection.execute(f"attach {literal(str(database))} as {name} (read_only)")
    found = connection.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = ?", [name]
    ).fetchall()
    for their_schema, table in found:
        if schema is not None and their_schema != "marts":
            continue
        mine = quoted(schema or their_schema)
        connection.execute(f"create schema if not exists {mine}")
        connection.execute(
            f"create or replace view {mine}.{quoted(table)} as "  # noqa: S608
            f"select * from {name}.{quoted(their_schema)}.{quoted(table)}"
        )
