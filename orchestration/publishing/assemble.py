"""From an audited build to the files of a release: the marts, nothing else.

The same content gives the same bytes of Parquet: rows are sorted by all columns, in order.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.files import sha256_of
from orchestration.publishing.parquet import write_rows

MARTS = "marts"
#: The table that knows of releases; it differs in every release and does not count as content.
HISTORY_TABLE = "ops_release"
#: Older DuckDB clients (1.4 and later) can open what is written so.
STORAGE_VERSION = "v1.4.0"
_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Comments:
    """Descriptions for ``COMMENT ON``: by table, and by (table, column)."""

    tables: Mapping[str, str]
    columns: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Assembled:
    """What was written: rows and Parquet hash by table."""

    rows: dict[str, int]
    parquet: dict[str, str]

    @property
    def content_hash(self) -> str:
        """One hash over the content of all tables but the history of releases."""
        digest = hashlib.sha256()
        for table, sha256 in sorted(self.parquet.items()):
            if table != HISTORY_TABLE:
                digest.update(f"{table}:{sha256}\n".encode())
        return digest.hexdigest()


@contextlib.contextmanager
def writing(build: Path, target: Path, memory: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the build (read-only, ``build``) and the new file (``target``) attached."""
    connection = duckdb.connect()
    try:
        connection.execute("set memory_limit = ?", [memory])
        connection.execute("set preserve_insertion_order = true")
        connection.execute(f"attach {literal(build)} as build (read_only)")
        connection.execute(
            f"attach {literal(target)} as target (storage_version '{STORAGE_VERSION}')"
        )
        yield connection
        connection.execute("checkpoint target")
        connection.execute("detach target")
    finally:
        connection.close()


def copy_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Copy every mart into the new file, sorted; returns their names."""
    connection.execute(f"create schema target.{MARTS}")
    names = tables_of(connection, "build")
    for name in names:
        connection.execute(
            f"create table target.{MARTS}.{quoted(name)} as "  # noqa: S608
            f"select * from build.{MARTS}.{quoted(name)} order by all"
        )
    # Short names for people at a prompt. Created from inside the file, else the view would
    # remember the name it is attached under here.
    connection.execute("use target")
    for name in names:
        connection.execute(
            f"create view main.{quoted(name)} as select * from {MARTS}.{quoted(name)}"  # noqa: S608
        )
    connection.execute("use memory")
    return names


def write_parquet(
    connection: duckdb.DuckDBPyConnection, names: list[str], folder: Path, order: str = ""
) -> Assembled:
    """Write every mart as ``<table>.parquet``, byte for byte the same for the same rows.

    ``order``: how rows are sorted; :func:`copy_tables` has put them in order, so that only a table
    that was added to since has to be sorted again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, int] = {}
    hashes: dict[str, str] = {}
    for name in names:
        path = folder / f"{name}.parquet"
        rows[name] = write_table(connection, name, path, order)
        hashes[name] = sha256_of(path)
    return Assembled(rows, hashes)


def write_table(
    connection: duckdb.DuckDBPyConnection, name: str, path: Path, order: str = ""
) -> int:
    """Write one table of the new file as Parquet; returns its number of rows."""
    reader = connection.execute(
        f"select * from target.{MARTS}.{quoted(name)} {order}"  # noqa: S608
    ).to_arrow_reader(_BATCH)
    return write_rows(path, reader.schema, reader)


def tables_of(connection: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    """The published tables of an attached database, by name."""
    rows = connection.execute(
        "select table_name from duckdb_tables() where database_name = ? "
        "and schema_name = ? order by 1",
        [database, MARTS],
    ).fetchall()
    return [row[0] for row in rows]


def columns_of(
    connection: duckdb.DuckDBPyConnection, database: str, table: str
) -> list[tuple[str, str]]:
    """Names and types of the columns of a published table, in order."""
    return connection.execute(
        "select column_name, data_type from duckdb_columns() where database_name = ? "
        "and schema_name = ? and table_name = ? order by column_index",
        [database, MARTS, table],
    ).fetchall()


def add_history_row(connection: duckdb.DuckDBPyConnection, row: Mapping[str, Any]) -> None:
    """Add the release itself to its own history of releases."""
    columns = ", ".join(quoted(name) for name in row)
    marks = ", ".join("?" for _ in row)
    connection.execute(
        f"insert into target.{MARTS}.{HISTORY_TABLE} ({columns}) values ({marks})",  # noqa: S608
        list(row.values()),
    )


def comment(connection: duckdb.DuckDBPyConnection, names: list[str], comments: Comments) -> None:
    """Write the descriptions into the database, where every client shows them."""
    for name in names:
        if name in comments.tables:
            connection.execute(
                f"comment on table target.{MARTS}.{quoted(name)} is "
                f"{literal(comments.tables[name])}"
            )
        for column, _ in columns_of(connection, "target", name):
            text = comments.columns.get((name, column))
            if text:
                connection.execute(
                    f"comment on column target.{MARTS}.{quoted(name)}.{quoted(column)} is "
                    f"{literal(text)}"
                )


def quoted(name: str) -> str:
    """An identifier in SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """A string in SQL."""
    return "'" + str(value).replace("'", "''") + "'"
