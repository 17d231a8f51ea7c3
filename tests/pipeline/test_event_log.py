"""Dagster's event log with connections that stay open: the same files, the same answers."""

from __future__ import annotations

import os
import queue
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage

from orchestration.defs.event_log import EventLog

YEARS = dg.StaticPartitionsDefinition([str(year) for year in range(2015, 2025)])


@dg.asset(partitions_def=YEARS)
def by_year() -> dg.MaterializeResult[None]:
    return dg.MaterializeResult(metadata={"rows": 3})


@dg.asset(deps=[by_year], check_specs=[dg.AssetCheckSpec("whole", asset="table")])
def table() -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    yield dg.MaterializeResult()
    yield dg.AssetCheckResult(passed=False)


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    """An instance whose events lie in an :class:`EventLog`, with batches as in a run."""
    monkeypatch.setenv("DAGSTER_EVENT_BATCH_SIZE", "500")
    (tmp_path / "dagster.yaml").write_text(
        "event_log_storage:\n  module: orchestration.defs.event_log\n  class: EventLog\n"
        f"  config:\n    base_dir: {tmp_path / 'events'}\n",
        encoding="utf-8",
    )
    with dg.DagsterInstance.from_config(str(tmp_path)) as made:
        assert isinstance(made.event_log_storage, EventLog)
        yield made


def _run(instance: dg.DagsterInstance) -> str:
    result = dg.materialize(
        [by_year, table],
        instance=instance,
        tags={
            "dagster/asset_partition_range_start": "2015",
            "dagster/asset_partition_range_end": "2024",
        },
    )
    assert result.success
    return result.run_id


def test_dagsters_own_class_reads_every_event(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    first, second = _run(instance), _run(instance)
    plain = SqliteEventLogStorage(str(tmp_path / "events"))
    plain.register_instance(instance)
    for run_id in (first, second):
        mine = instance.event_log_storage.get_logs_for_run(run_id)
        assert plain.get_logs_for_run(run_id) == mine
        kinds = [entry.dagster_event_type for entry in mine]
        assert kinds.count(dg.DagsterEventType.ASSET_MATERIALIZATION) == 11
        assert kinds.count(dg.DagsterEventType.ASSET_MATERIALIZATION_PLANNED) == 11
        assert kinds[-1] == dg.DagsterEventType.RUN_SUCCESS
    assert plain.get_materialized_partitions(by_year.key) == set(YEARS.get_partition_keys())
    latest = plain.get_latest_materialization_events([table.key])[table.key]
    assert latest is not None
    assert latest.run_id == second
    (check,) = plain.get_asset_check_execution_history(
        dg.AssetCheckKey(table.key, "whole"), limit=1
    )
    assert check.run_id == second
    assert check.status.value == "FAILED"


def test_a_batch_that_fails_leaves_nothing_of_itself(
    instance: dg.DagsterInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dagster then stores its events one by one: half of a batch would be there twice."""
    run_id = _run(instance)
    log = instance.event_log_storage
    before = log.get_logs_for_run(run_id)
    calls = 0
    store = SqliteEventLogStorage.store_event

    def fail_late(self: SqliteEventLogStorage, event: dg.EventLogEntry) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise sqlite3.OperationalError("disk I/O error")
        store(self, event)

    monkeypatch.setattr(SqliteEventLogStorage, "store_event", fail_late)
    with pytest.raises(sqlite3.OperationalError):
        log.store_event_batch(list(before)[:5])
    assert log.get_logs_for_run(run_id) == before
    with sqlite3.connect(tmp_path / "events" / "index.db") as index:
        rows = index.execute("select count(*) from event_logs where run_id = ?", [run_id])
        planned_and_made = 2 * 11 + 2 + 2  # of two assets and a check; begin and end of the run
        assert rows.fetchone() == (planned_and_made,)


def test_a_forked_process_uses_connections_of_its_own(instance: dg.DagsterInstance) -> None:
    run_id = _run(instance)
    expected = len(instance.event_log_storage.get_logs_for_run(run_id))
    child = os.fork()
    if child == 0:
        try:
            seen = len(instance.event_log_storage.get_logs_for_run(run_id))
        except BaseException:  # noqa: BLE001 - whatever it is, this process ends here
            seen = -1
        os._exit(0 if seen == expected else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert _run(instance) != run_id


def test_who_watches_a_run_hears_of_events_while_the_file_stays_open(
    instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    run_id = _run(instance)
    log = instance.event_log_storage
    already = log.get_records_for_run(run_id)
    heard: queue.Queue[str] = queue.Queue()

    def hear(entry: dg.EventLogEntry, _cursor: str) -> None:
        heard.put(entry.user_message)

    with dg.DagsterInstance.from_config(str(tmp_path)) as onlooker:  # as the webserver is
        onlooker.event_log_storage.watch(run_id, already.cursor, hear)
        (last,) = list(already.records)[-1:]
        log.store_event(last.event_log_entry._replace(user_message="one more"))
        assert heard.get(timeout=60) == "one more"
        onlooker.event_log_storage.end_watch(run_id, hear)


def test_files_of_many_runs_are_not_all_kept_open(instance: dg.DagsterInstance) -> None:
    log = instance.event_log_storage
    run_id = _run(instance)
    (entry,) = list(log.get_logs_for_run(run_id))[-1:]
    names = [f"run{number:02d}" for number in range(20)]
    for name in names:
        log.store_event(entry._replace(run_id=name))
    for name in names:
        assert [e.run_id for e in log.get_logs_for_run(name)] == [name]
    held = {link.resolve().name for link in Path("/proc/self/fd").iterdir()}
    assert len(held & {f"{name}.db" for name in names}) <= 8
