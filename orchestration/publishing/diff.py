"""What changed between two releases: rows added, removed and changed, by table and by unit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from orchestration.contract.model import load_contract
from orchestration.publishing.assemble import HISTORY_TABLE, MARTS

#: Columns that say how and when something was read, not what it says.
_NOT_CONTENT = frozenset({"parser_version", "first_seen_at"})
_LISTED = 200


@dataclass(slots=True)
class TableDiff:
    """The changes of one table; ``changes`` lists the first changed rows, column by column."""

    table: str
    added: int = 0
    removed: int = 0
    changed: int = 0
    # Unit name to rows; where the table's rows are a unit's.
    by_unit: dict[str, int] = field(default_factory=dict)  # changed
    added_by_unit: dict[str, int] = field(default_factory=dict)
    removed_by_unit: dict[str, int] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    columns_added: list[str] = field(default_factory=list)
    columns_removed: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        counts = self.added + self.removed + self.changed
        return not (counts or self.columns_added or self.columns_removed)


@dataclass(slots=True)
class ReleaseDiff:
    """The changes from one release to another."""

    before: str | None
    after: str
    tables: list[TableDiff] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Plain data for ``diff.json``."""
        return asdict(self)

    def as_markdown(self) -> str:
        """For people: Chinese, with English beside it."""
        title = f"# {self.before or '（首个版本 | first release）'} → {self.after}\n"
        changed = [table for table in self.tables if not table.is_empty]
        if not changed:
            return f"{title}\n没有变化 | nothing changed\n"
        lines = [
            title,
            "| 表 table | 新增 added | 删除 removed | 变更 changed |",
            "|---|---:|---:|---:|",
            *(f"| {t.table} | {t.added} | {t.removed} | {t.changed} |" for t in changed),
        ]
        for table in changed:
            counts = (table.added_by_unit, table.removed_by_unit, table.by_unit)
            units = sorted({unit for count in counts for unit in count})
            if units:
                lines += ["", f"## {table.table}", ""]
            for unit in units:
                added, removed, moved = (count.get(unit, 0) for count in counts)
                lines.append(f"- {_one_line(unit)}: +{added} −{removed} ~{moved}")
            for change in table.changes:
                key = "，".join(f"{k}={v}" for k, v in change["key"].items())
                what = "；".join(
                    f"{column}: {old} → {new}" for column, (old, new) in change["columns"].items()
                )
                lines.append(f"  - {_one_line(key)}: {_one_line(what)}")
        return "\n".join(lines) + "\n"


def diff_releases(
    before: Path | None,
    after: Path,
    names: tuple[str | None, str],
    same: Collection[str] = (),
) -> ReleaseDiff:
    """Compare the databases of two releases.

    Args:
        before: the older database; None: everything is new.
        after: the newer database.
        names: what the two are called.
        same: tables that are known to be equal row by row (``equal_tables``).
    """
    result = ReleaseDiff(*names)
    with duckdb.connect() as connection:
        connection.execute(f"attach {_literal(after)} as b (read_only)")
        if before is not None:
            connection.execute(f"attach {_literal(before)} as a (read_only)")
        units = unit_names(connection, ("a", "b") if before is not None else ("b",))
        for table in sorted({*_tables(connection, "b"), *_tables(connection, "a")}):
            if table in same:
                result.tables.append(TableDiff(table))
            elif table != HISTORY_TABLE:
                result.tables.append(_diff_table(connection, table, units))
    return result


def equal_tables(before: Mapping[str, Any], parquet: Mapping[str, str]) -> set[str]:
    """The tables whose Parquet file has the hash that a release's manifest says.

    ``parquet``: hashes by table. The same rows give the same bytes (``assemble.py``).
    """
    known = parquet_hashes(before)
    return {table for table, sha256 in parquet.items() if known.get(table) == sha256}


def parquet_hashes(manifest: Mapping[str, Any]) -> dict[str, str]:
    """Hash of each table's Parquet file, from a release's manifest."""
    return {
        name.removeprefix("parquet/").removesuffix(".parquet"): entry["sha256"]
        for name, entry in manifest.get("files", {}).items()
        if name.startswith("parquet/") and name.endswith(".parquet")
    }


def _grain(table: str) -> tuple[str, ...]:
    """What identifies a row of a table (the contract's grain).

    A table that the contract does not know is compared by whole rows: added or removed.
    """
    contract = load_contract()
    return contract[table].grain if table in contract.tables else ()


def _diff_table(
    connection: duckdb.DuckDBPyConnection, table: str, units: Mapping[str, str]
) -> TableDiff:
    old, new = _columns(connection, "a", table), _columns(connection, "b", table)
    found = TableDiff(table)
    if not old or not new:
        found.added = _count(connection, f"b.{MARTS}.{table}") if new else 0
        found.removed = _count(connection, f"a.{MARTS}.{table}") if old else 0
        return found
    found.columns_added = [c for c in new if c not in old]
    found.columns_removed = [c for c in old if c not in new]
    both = [c for c in new if c in old and c not in _NOT_CONTENT]
    key = [c for c in _grain(table) if c in both]
    if not key:
        found.added = _except(connection, table, both, "b", "a")
        found.removed = _except(connection, table, both, "a", "b")
        return found
    _keep_moved(connection, table, both)
    _count_moved(connection, found, key, both, units)
    return found


def diff_moved(
    connection: duckdb.DuckDBPyConnection, table: str, units: Mapping[str, str]
) -> TableDiff:
    """Compare two tables of the same columns by the rows that only one of them has.

    These lie in ``moved_a`` (before) and ``moved_b`` (after).
    """
    found = TableDiff(table)
    described = connection.execute("describe moved_b").fetchall()
    both = [row[0] for row in described if row[0] not in _NOT_CONTENT]
    key = [c for c in _grain(table) if c in both]
    if key:
        _count_moved(connection, found, key, both, units)
    else:
        found.added, found.removed = _count(connection, "moved_b"), _count(connection, "moved_a")
    return found


def _count_moved(
    connection: duckdb.DuckDBPyConnection,
    found: TableDiff,
    key: Sequence[str],
    both: Sequence[str],
    units: Mapping[str, str],
) -> None:
    unit = "unit_id" if "unit_id" in both else None
    found.added_by_unit, found.added = _one_sided(connection, key, unit, units, "ba")
    found.removed_by_unit, found.removed = _one_sided(connection, key, unit, units, "ab")
    _changes(connection, found, key, [c for c in both if c not in key], units)


def _keep_moved(connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]) -> None:
    """Put the rows that only one side has into ``moved_a`` and ``moved_b``.

    Most rows of a release are those of the one before. They are told by two hashes of 64 bits each
    over all columns, so that what is compared column by column is only what moved.
    """
    listed = ", ".join(_q(c) for c in columns)
    back = ", ".join(_q(c) for c in reversed(columns))
    for side in "ab":
        connection.execute(
            f"create or replace temp table print_{side} as select rowid as place, "  # noqa: S608
            f"hash({listed}) as forth, hash('back', {back}) as back from {side}.{MARTS}.{table}"
        )
    for mine, other in (("a", "b"), ("b", "a")):
        connection.execute(
            f"create or replace temp table moved_{mine} as select {listed} "  # noqa: S608
            f"from {mine}.{MARTS}.{table} where rowid in (select place from print_{mine} "
            f"anti join print_{other} using (forth, back))"
        )


def _changes(
    connection: duckdb.DuckDBPyConnection,
    found: TableDiff,
    key: Sequence[str],
    values: Sequence[str],
    units: Mapping[str, str],
) -> None:
    if not values:
        return
    same_key = " and ".join(f"x.{_q(c)} is not distinct from y.{_q(c)}" for c in key)
    differs = " or ".join(f"x.{_q(c)} is distinct from y.{_q(c)}" for c in values)
    columns = ", ".join([f"y.{_q(c)}" for c in key] + [f"x.{_q(c)}, y.{_q(c)}" for c in values])
    unit = "y.unit_id" if "unit_id" in [*key, *values] else "null"
    source = f"from moved_a x join moved_b y on {same_key} where {differs}"
    for unit_id, count in connection.execute(
        f"select {unit}, count(*) {source} group by 1"
    ).fetchall():
        found.changed += count
        if unit_id is not None:
            name = units.get(unit_id, unit_id)
            found.by_unit[name] = found.by_unit.get(name, 0) + count
    rows = connection.execute(f"select {columns} {source} order by all limit {_LISTED}").fetchall()
    for row in rows:
        pairs = zip(row[len(key) :: 2], row[len(key) + 1 :: 2], strict=True)
        changed = {
            column: (_text(old), _text(new))
            for column, (old, new) in zip(values, pairs, strict=True)
            if old != new
        }
        shown = {c: _text(v) for c, v in zip(key, row, strict=False)}
        found.changes.append({"key": shown, "columns": changed})


def _one_sided(
    connection: duckdb.DuckDBPyConnection,
    key: Sequence[str],
    unit: str | None,
    names: Mapping[str, str],
    sides: str,
) -> tuple[dict[str, int], int]:
    """Rows of the first side whose key the second has not: by unit name, and in all."""
    same_key = " and ".join(f"x.{_q(c)} is not distinct from y.{_q(c)}" for c in key)
    rows = connection.execute(
        f"select {f'x.{_q(unit)}' if unit else 'null'}, count(*) "  # noqa: S608
        f"from moved_{sides[0]} x anti join moved_{sides[1]} y on {same_key} "
        "group by 1 order by 1"
    ).fetchall()
    by_unit: dict[str, int] = {}
    for unit_id, count in rows:
        if unit_id is not None:
            name = names.get(unit_id, unit_id)
            by_unit[name] = by_unit.get(name, 0) + count
    return by_unit, sum(count for _, count in rows)


def _except(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], left: str, right: str
) -> int:
    listed = ", ".join(_q(c) for c in columns)
    return _count(
        connection,
        f"(select {listed} from {left}.{MARTS}.{table} except all "  # noqa: S608
        f"select {listed} from {right}.{MARTS}.{table})",
    )


def _count(connection: duckdb.DuckDBPyConnection, source: str) -> int:
    row = connection.execute(f"select count(*) from {source}").fetchone()  # noqa: S608
    return int(row[0]) if row else 0


def _tables(connection: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    rows = connection.execute(
        "select table_name from duckdb_tables() where database_name = ? and schema_name = ?",
        [database, MARTS],
    ).fetchall()
    return [row[0] for row in rows]


def _columns(connection: duckdb.DuckDBPyConnection, database: str, table: str) -> list[str]:
    rows = connection.execute(
        "select column_name from duckdb_columns() where database_name = ? and schema_name = ? "
        "and table_name = ? order by column_index",
        [database, MARTS, table],
    ).fetchall()
    return [row[0] for row in rows]


def unit_names(connection: duckdb.DuckDBPyConnection, databases: Sequence[str]) -> dict[str, str]:
    """Names of units by id; the last database that knows a unit says how it is called."""
    names: dict[str, str] = {}
    for database in databases:
        if "dim_unit" in _tables(connection, database):
            found = connection.execute(
                f"select unit_id, unit_name from {database}.{MARTS}.dim_unit"  # noqa: S608
            ).fetchall()
            names.update(dict(found))
    return names


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:400]


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
