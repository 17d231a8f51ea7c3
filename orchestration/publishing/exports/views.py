"""The schema ``视图``: every table again with Chinese names and amounts in 万元."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from orchestration.contract.model import Contract
from orchestration.publishing.exports.columns import shown

SCHEMA = "视图"


def create_views(
    connection: duckdb.DuckDBPyConnection, names: Sequence[str], contract: Contract
) -> None:
    """Create the Chinese views in the attached database ``target``, with comments.

    The views of ``main`` (the tables without prefix) get comments too: a view does not show those
    of its table.

    Args:
        connection: has the release's database attached as ``target``.
        names: tables that exist in ``target.marts``.
        contract: where the Chinese names come from; a table it does not know gets no view.
    """
    connection.execute("use target")
    connection.execute(f'create schema "{SCHEMA}"')
    for name in names:
        if name not in contract.tables:
            continue
        table = contract[name]
        there = {
            row[0]
            for row in connection.execute(
                "select column_name from duckdb_columns() where database_name = 'target'"
                " and schema_name = 'marts' and table_name = ?",
                [name],
            ).fetchall()
        }
        columns = ", ".join(
            f'{item.sql} as "{item.header}"' for item in shown(table) if item.column.name in there
        )
        connection.execute(
            f'create view "{SCHEMA}"."{table.name_zh}" as select {columns} from marts."{name}"'  # noqa: S608
        )
        view = f'"{SCHEMA}"."{table.name_zh}"'
        connection.execute(f"comment on view {view} is {_literal(table.comment)}")
        connection.execute(f'comment on view main."{name}" is {_literal(table.comment)}')
        for item in shown(table):
            if item.column.name in there:
                text = item.column.comment
                wan = text.replace("Unit: yuan", "Unit: 万元, 10,000 yuan")
                connection.execute(f'comment on column {view}."{item.header}" is {_literal(wan)}')
                short = f'main."{name}"."{item.column.name}"'
                connection.execute(f"comment on column {short} is {_literal(text)}")
    connection.execute("use memory")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
