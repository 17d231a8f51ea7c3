"""Reading a finished warehouse for the site."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

Row = dict[str, Any]


class Warehouse:
    """A read-only connection to the schema ``marts`` of a warehouse file."""

    def __init__(self, path: Path) -> None:
        self._db = duckdb.connect(str(path), read_only=True)
        self.columns: dict[str, set[str]] = defaultdict(set)
        for row in self.rows(
            "select table_name, column_name from information_schema.columns"
            " where table_schema = 'marts'"
        ):
            self.columns[row["table_name"]].add(row["column_name"])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.close()

    def rows(self, sql: str, *parameters: object) -> list[Row]:
        """The rows of a query as dictionaries."""
        cursor = self._db.execute(sql, list(parameters))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def by_report(self, table: str, order: str, ids: list[str]) -> dict[str, list[Row]]:
        """The rows of some reports in a fact table, grouped by report, in order."""
        grouped: dict[str, list[Row]] = defaultdict(list)
        if table in self.columns:
            sql = (
                f"select * from marts.{table} where list_contains(?, report_id)"  # noqa: S608
                f" order by report_id, {order}"
            )
            for row in self.rows(sql, ids):
                grouped[row["report_id"]].append(row)
        return grouped
