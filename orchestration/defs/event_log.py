"""Dagster's event log in SQLite, with connections that stay open.

Dagster's own :class:`SqliteEventLogStorage` makes an engine, a connection and the text of every
statement anew for each event, twice or three times an event: ten milliseconds and more each, of
which a run with every dbt model, test and fiscal year has more than eight hundred. Here the few
files in use stay open, statements are compiled once, and what Dagster hands over as one batch is
one transaction. Files and schema are Dagster's own: its class reads what this one wrote, and the
other way round.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

import sqlalchemy as db
from dagster import EventLogEntry
from dagster._core.event_api import EventHandlerFn
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.polling_event_watcher import SqlPollingEventWatcher
from dagster._core.storage.event_log.schema import AssetKeyTable
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool

#: Files kept open: the index, the run at work, and those that somebody looks at.
_OPEN_SHARDS = 8


class EventLog(SqliteEventLogStorage):
    """Where Dagster's events lie; named in ``dagster.yaml`` (``runs.prepare_home``)."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        """``base_dir`` holds a file for each run and ``index.db`` for what concerns several."""
        self._engines: OrderedDict[str, Engine] = OrderedDict()
        self._owner = os.getpid()
        self._found: set[str] = set()
        self._turn = threading.RLock()
        self._together: ExitStack | None = None
        self._batch: dict[str, Connection] = {}
        self._watcher: SqlPollingEventWatcher | None = None
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(  # type: ignore[override]
        cls, inst_data: ConfigurableClassData | None, config_value: dict[str, str]
    ) -> EventLog:
        """Made by Dagster from ``dagster.yaml``."""
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._turn:
            if self._together is None:
                with self._engine(shard).connect() as connection, connection.begin():
                    yield connection
                return
            if shard not in self._batch:
                connection = self._together.enter_context(self._engine(shard).connect())
                self._together.enter_context(connection.begin())
                self._batch[shard] = connection
            yield self._batch[shard]

    def _store_asset_event(self, conn: Connection, event: EventLogEntry, event_id: int) -> None:
        """Note the newest event of an asset; Dagster's own way inserts, fails, and updates."""
        happened = event.dagster_event
        if happened is None or happened.asset_key is None:
            return
        values = self._get_asset_entry_values(
            event, event_id, self._has_asset_key_index_cols_on_connection(conn)
        )
        if values:
            row = insert(AssetKeyTable).values(asset_key=happened.asset_key.to_string(), **values)
            conn.execute(row.on_conflict_do_update(index_elements=["asset_key"], set_=values))

    def store_event_batch(self, events: Sequence[EventLogEntry]) -> None:
        """Store the events that Dagster hands over together: one transaction for each file."""
        with self._turn, ExitStack() as together:
            self._together, self._batch = together, {}
            try:
                super().store_event_batch(events)
            finally:
                self._together = None

    def _engine(self, shard: str) -> Engine:
        """The engine of a file, kept with its one connection."""
        if self._owner != os.getpid():  # a fork's parent goes on using the connections
            for engine in self._engines.values():
                engine.dispose(close=False)
            self._engines.clear()
            self._owner = os.getpid()
        if shard not in self._engines:
            engine = db.create_engine(
                self.conn_string_for_shard(shard),
                poolclass=QueuePool,
                pool_size=1,
                connect_args={
                    "timeout": SQLITE_BUSY_TIMEOUT_SECONDS,
                    "check_same_thread": False,
                },
            )
            db.event.listen(engine, "connect", _relax)
            if shard not in self._initialized_dbs:
                self._initdb(engine, for_index_shard=shard == INDEX_SHARD_NAME)
                self._initialized_dbs.add(shard)
            self._engines[shard] = engine
        self._engines.move_to_end(shard)
        while len(self._engines) > _OPEN_SHARDS:
            self._engines.popitem(last=False)[1].dispose()
        return self._engines[shard]

    def has_table(self, table_name: str) -> bool:
        """Whether there is such a table; asked for every event, looked up until there is one."""
        if table_name not in self._found and super().has_table(table_name):
            self._found.add(table_name)
        return table_name in self._found

    def _has_asset_key_col_on_connection(self, conn: Connection, column_name: str) -> bool:
        name = f"asset_keys.{column_name}"
        if name not in self._found and super()._has_asset_key_col_on_connection(conn, column_name):
            self._found.add(name)
        return name in self._found

    def watch(self, run_id: str, cursor: str | None, callback: EventHandlerFn) -> None:
        """Have somebody told of every new event of a run (the log that grows in Dagster's UI).

        Asked for again and again, as with PostgreSQL: a file whose writer keeps it open does not
        itself change with every event, which is what Dagster's SQLite class waits for.
        """
        if self._watcher is None:
            self._watcher = SqlPollingEventWatcher(self)
        self._watcher.watch_run(run_id, cursor, callback)

    def end_watch(self, run_id: str, handler: EventHandlerFn) -> None:
        """Tell somebody no more."""
        if self._watcher is not None:
            self._watcher.unwatch_run(run_id, handler)

    def wipe(self) -> None:
        """Remove everything."""
        self._close()
        super().wipe()

    def dispose(self) -> None:
        """Close the files."""
        if self._watcher is not None:
            self._watcher.close()
            self._watcher = None
        super().dispose()
        with self._turn:
            self._close()

    def _close(self) -> None:
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()


def _relax(connection: sqlite3.Connection, _record: object) -> None:
    """A killed process loses no event; a power cut may take the last ones, and damages nothing."""
    connection.execute("PRAGMA synchronous=NORMAL")
