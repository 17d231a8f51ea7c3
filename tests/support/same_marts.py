"""Whether two builds or releases hold the same published tables, row by row.

    python -m tests.support.same_marts <one.duckdb> <other.duckdb> [--ignore ops_release …]

The oracle of every change that must not change results: build the same records before and after.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from pathlib import Path

import duckdb

#: Columns that say when or by what a row was made, and not what a report says.
_NOT_CONTENT = frozenset({"first_seen_at", "published_at", "content_hash", "release_id"})


def differences(one: Path, other: Path, ignore: Collection[str] = ()) -> list[str]:
    """What differs between the `marts` of two databases; empty where they are equal.

    Args:
        one: a build or release database.
        other: the database to compare with.
        ignore: names of tables that are not compared.

    Returns:
        A line a table: missing, of another shape, or with rows only one of the two has. Rows that
        occur several times count as often as they occur.
    """
    with duckdb.connect() as db:
        for name, path in (("one", one), ("other", other)):
            db.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as {name} (read_only)")
        shapes = {name: _shape(db, name) for name in ("one", "other")}
        found = [
            f"{table}: columns differ"
            for table in sorted(shapes["one"].keys() | shapes["other"].keys())
            if table not in ignore and shapes["one"].get(table) != shapes["other"].get(table)
        ]
        for table, columns in sorted(shapes["one"].items()):
            if table in ignore or shapes["other"].get(table) != columns:
                continue
            listed = ", ".join(f'"{c}"' for c, _ in columns if c not in _NOT_CONTENT)
            left, right = (f"select {listed} from {x}.marts.{table}" for x in ("one", "other"))
            counts = [
                (db.execute(f"select count(*) from ({a} except all {b})").fetchone() or (0,))[0]
                for a, b in ((left, right), (right, left))
            ]
            if any(counts):
                found.append(
                    f"{table}: {counts[0]} rows only in one, {counts[1]} only in the other"
                )
    return found


def _shape(db: duckdb.DuckDBPyConnection, name: str) -> dict[str, list[tuple[str, str]]]:
    """Tables of the published schema with their columns and types, in order."""
    rows = db.execute(
        "select table_name, column_name, data_type from duckdb_columns() "
        "where database_name = ? and schema_name = 'marts' order by table_name, column_index",
        [name],
    ).fetchall()
    shape: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in rows:
        shape.setdefault(table, []).append((column, kind))
    return shape


def main() -> int:
    """Print what differs; 0 where nothing does."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("one", type=Path)
    parser.add_argument("other", type=Path)
    parser.add_argument("--ignore", nargs="*", default=[], metavar="TABLE")
    options = parser.parse_args()
    found = differences(options.one, options.other, options.ignore)
    sys.stdout.write(("\n".join(found) or "equal") + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
