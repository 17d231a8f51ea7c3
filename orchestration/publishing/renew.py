"""A release made from the one before: a copy of its file, with the rows that differ replaced.

Which rows differ is asked of the rows themselves, all of them, by two hashes of 64 bits each over
all columns; nothing is taken on trust from what a build says it changed. So what is published is
what was built, whatever happened to either file, and only what differs is written. A table that
does not come out as the build has it is written whole.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from orchestration.files import digest_of_tree, sha256_of
from orchestration.publishing.assemble import (
    HISTORY_TABLE,
    MARTS,
    STORAGE_VERSION,
    Assembled,
    columns_of,
    literal,
    quoted,
    tables_of,
    write_table,
)
from orchestration.publishing.diff import ReleaseDiff, TableDiff, diff_moved, unit_names
from orchestration.publishing.parquet import NotMergedError, merged, write_rows
from orchestration.publishing.releases import Release
from orchestration.settings import PROJECT_ROOT

DATABASE = "warehouse.duckdb"
MADE_BY = "made_by"
#: In a manifest: how large the database was when it was last made whole.
WHOLE_BYTES = "whole_bytes"
#: Rows taken out leave gaps in a file: one that has grown by more than half and so many bytes is
#: made whole again.
_GROWN, _GROWN_BYTES = 1.5, 16 << 20


def made_by() -> str:
    """Hash of what makes a release's database of a build: publishing code, contract, DuckDB."""
    package = PROJECT_ROOT / "orchestration"
    trees = [
        digest_of_tree(package / folder, ("*.py", "*.yml"), frozenset({"site"}))
        for folder in ("publishing", "contract")
    ]
    said = "|".join([*trees, duckdb.__version__, pa.__version__, STORAGE_VERSION])
    return hashlib.sha256(said.encode()).hexdigest()


def take_over(before: Release | None, build: Path, target: Path) -> bool:
    """Begin with the file of the release before; False where it is no base for this build."""
    if before is None or before.manifest.get(MADE_BY) != made_by():
        return False
    known = before.manifest.get("files", {})
    if not _is_whole(before.database, known.get(DATABASE)):
        return False
    whole = int(before.manifest.get(WHOLE_BYTES, 0))
    if before.database.stat().st_size > _GROWN * whole + _GROWN_BYTES:
        return False
    with duckdb.connect() as connection:
        shapes = []
        for path in (build, before.database):
            connection.execute(f"attach {literal(path)} as looked_at (read_only)")
            names = tables_of(connection, "looked_at")
            shapes.append({name: columns_of(connection, "looked_at", name) for name in names})
            connection.execute("detach looked_at")
    if shapes[0] != shapes[1]:
        return False
    shutil.copyfile(before.database, target)
    return True


def renew(
    connection: duckdb.DuckDBPyConnection, before: Release, folder: Path
) -> tuple[Assembled, ReleaseDiff]:
    """Bring the copy (``target``) up to date with the build, and the Parquet files with it.

    Args:
        connection: has ``build`` and ``target`` attached, of the same shape.
        before: the release that ``target`` is a copy of.
        folder: where the Parquet files go.

    Returns:
        What was written, and what changed (the new release has no name yet).
    """
    folder.mkdir(parents=True, exist_ok=True)
    units = unit_names(connection, ("target", "build"))
    assembled = Assembled({}, {})
    changes = ReleaseDiff(before.release_id, "")
    for table in tables_of(connection, "build"):
        moved = _replace_moved(connection, table)
        path = folder / f"{table}.parquet"
        old = before.folder / "parquet" / path.name
        known = before.manifest.get("files", {}).get(f"parquet/{path.name}")
        is_base = _is_whole(old, known)
        if is_base and not moved:
            shutil.copyfile(old, path)
        elif not (is_base and _merge(connection, table, old, path)):
            write_table(connection, table, path, "order by all")
        assembled.rows[table] = _count(connection, f"target.{MARTS}.{quoted(table)}")
        assembled.parquet[table] = sha256_of(path)
        if not moved:
            changes.tables.append(TableDiff(table))
        elif table != HISTORY_TABLE:
            changes.tables.append(diff_moved(connection, table, units))
    return assembled, changes


def _replace_moved(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Make a table of the target equal to the build's; False where it was.

    Leaves the rows that only one of them had in ``moved_a`` (target) and ``moved_b`` (build).
    """
    columns = [name for name, _ in columns_of(connection, "build", table)]
    listed = ", ".join(quoted(name) for name in columns)
    back = ", ".join(quoted(name) for name in reversed(columns))
    for side, database in (("a", "target"), ("b", "build")):
        connection.execute(
            f"create or replace temp table print_{side} as select rowid as place, "  # noqa: S608
            f"hash({listed}) as forth, hash('back', {back}) as back "
            f"from {database}.{MARTS}.{quoted(table)}"
        )
    for side, other, database in (("a", "b", "target"), ("b", "a", "build")):
        connection.execute(
            f"create or replace temp table gone_{side} as "  # noqa: S608
            f"select * from print_{side} anti join print_{other} using (forth, back)"
        )
        connection.execute(
            f"create or replace temp table moved_{side} as select * "  # noqa: S608
            f"from {database}.{MARTS}.{quoted(table)} "
            f"where rowid in (select place from gone_{side})"
        )
    name = f"target.{MARTS}.{quoted(table)}"
    if not _comes_out(connection):
        # Rows that occur several times, and not equally often: no published table has such.
        sides = {"a": f"from {name}", "b": f"from build.{MARTS}.{quoted(table)}"}
        for side, other in (("a", "b"), ("b", "a")):
            connection.execute(
                f"create or replace temp table moved_{side} as "
                f"(select * {sides[side]}) except all (select * {sides[other]})"
            )
        connection.execute(f"delete from {name}")  # noqa: S608
        connection.execute(
            f"insert into {name} select * from build.{MARTS}.{quoted(table)} order by all"  # noqa: S608
        )
        return True
    if not _count(connection, "gone_a") + _count(connection, "gone_b"):
        return False
    connection.execute(f"delete from {name} where rowid in (select place from gone_a)")  # noqa: S608
    connection.execute(f"insert into {name} select * from moved_b order by all")  # noqa: S608
    return True


def _comes_out(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the target without its moved rows and with the build's is the build, row for row."""
    counted = "select count(*), coalesce(sum(forth), 0), coalesce(sum(back), 0) from "
    sums = {}
    for name in ("print_a", "print_b", "gone_a", "gone_b"):
        row = connection.execute(counted + name).fetchone()
        sums[name] = row if row is not None else (0, 0, 0)
    return all(
        a - out + come == b
        for a, out, come, b in zip(
            sums["print_a"], sums["gone_a"], sums["gone_b"], sums["print_b"], strict=True
        )
    )


def _merge(connection: duckdb.DuckDBPyConnection, table: str, old: Path, path: Path) -> bool:
    """Write the Parquet file from that of the release before; False where that cannot be done."""
    key, kind = columns_of(connection, "target", table)[0]
    if kind != "VARCHAR":
        return False
    come = connection.execute("select * from moved_b order by all").to_arrow_table()
    gone = connection.execute(f"select {quoted(key)} from moved_a").to_arrow_table()[key]  # noqa: S608
    try:
        written = write_rows(path, come.schema, merged(old, gone.combine_chunks(), come))
    except NotMergedError:
        return False
    return written == _count(connection, f"target.{MARTS}.{quoted(table)}")


def _is_whole(path: Path, known: Mapping[str, Any] | None) -> bool:
    """Whether a file is what its release's manifest says."""
    return known is not None and path.is_file() and sha256_of(path) == known.get("sha256")


def _count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    row = connection.execute(f"select count(*) from {name}").fetchone()  # noqa: S608
    return int(row[0]) if row else 0
