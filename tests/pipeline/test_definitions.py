"""The code location as Dagster sees it: what is in it, in which order, and when it runs."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest
import yaml
from dagster._core.events import EngineEventData
from dagster._core.utils import make_new_run_id

from orchestration.contract.model import load_contract
from orchestration.definitions import build_defs
from orchestration.defs.abandoned import abandoned_runs
from orchestration.defs.partitions import all_years_tags, fiscal_years, years_of_run
from orchestration.defs.retries import COMMAND, STARTED_BY, may_pass
from orchestration.defs.schedules import ANNUAL_CRON, annual_refresh
from orchestration.messages import GateClosedError, JixiaoError
from orchestration.records import RECORD_TYPES
from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.warehouse.build import prepare
from tests.support.asset_graph import TARGET, described

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    prepare(settings)
    return settings


@pytest.fixture(scope="module")
def defs(settings: Settings) -> dg.Definitions:
    return build_defs(settings)


@pytest.fixture(scope="module")
def graph(defs: dg.Definitions) -> dg.AssetGraph:
    return defs.resolve_asset_graph()


def test_the_whole_way_is_one_graph(graph: dg.AssetGraph) -> None:
    release = dg.AssetKey("release")
    upstream = {release}
    while True:
        more = {p for key in upstream for p in graph.get(key).parent_keys} | upstream
        if more == upstream:
            break
        upstream = more
    wanted = {dg.AssetKey(n) for n in ("raw_manifest", "documents", "gate")}
    wanted |= {dg.AssetKey(["records", name]) for name in RECORD_TYPES if name != "issue"}
    assert wanted <= upstream


def test_graph_jobs_schedule_and_sensors_are_the_ones_on_file(defs: dg.Definitions) -> None:
    """A change meant to be made is put on file by ``python -m tests.support.asset_graph``."""
    assert described(defs).splitlines() == TARGET.read_text(encoding="utf-8").splitlines()


def test_every_published_table_is_an_asset_that_the_gate_waits_for(graph: dg.AssetGraph) -> None:
    tables = {dg.AssetKey(["marts", table.name]) for table in load_contract()}
    assert tables <= graph.get_all_asset_keys()
    assert tables <= set(graph.get(dg.AssetKey("gate")).parent_keys)
    assert tables <= set(graph.get(dg.AssetKey("release")).parent_keys)


def test_assets_are_grouped_by_room_described_and_owned(graph: dg.AssetGraph) -> None:
    groups = {node.group_name for node in graph.asset_nodes if node.is_materializable}
    assert groups == {
        "raw", "reading", "records", "vocabulary", "reference",
        "staging", "intermediate", "audit", "marts", "gate", "publishing",
    }  # fmt: skip
    for node in graph.asset_nodes:
        if node.is_materializable:
            assert node.description, node.key
            assert node.owners == ["team:maintainers"], node.key


def test_suites_and_dbt_tests_are_checks_that_block(graph: dg.AssetGraph) -> None:
    by_name = {key.name: key for key in graph.asset_check_keys}
    assert by_name["fct_budget"].asset_key == dg.AssetKey(["marts", "fct_budget"])
    assert by_name["records_file"].asset_key == dg.AssetKey(["records", "file"])
    for name in ("fct_budget", "records_file", "personal_data", "reconciliation"):
        assert graph.get_check_spec(by_name[name]).blocking, name
    dbt_checks = [k for k in graph.asset_check_keys if k.name.endswith("_keeps_contract")]
    assert len(dbt_checks) > 20


def test_tables_show_their_columns_with_types_and_meaning(graph: dg.AssetGraph) -> None:
    for table in load_contract():
        schema = graph.get(dg.AssetKey(["marts", table.name])).metadata["dagster/column_schema"]
        shown = {c.name: (c.type, c.description) for c in schema.columns}
        for column in table.columns:
            kind, description = shown[column.name]
            assert kind, (table.name, column.name)
            assert description, (table.name, column.name)


def test_retries_are_for_what_can_pass(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, retry_seconds=7)
    busy = JixiaoError("磁盘已满", "the disk is full")
    busy.__cause__ = OSError(28, "No space left on device")
    for error, tags, wanted in (
        (OSError(5, "Input/output error"), {}, dg.RetryRequested),
        (busy, {}, dg.RetryRequested),
        (busy, {STARTED_BY: COMMAND}, JixiaoError),
        (JixiaoError("更正对不上", "a correction matches nothing"), {}, JixiaoError),
        (GateClosedError("未通过", "held back"), {}, GateClosedError),
    ):
        with pytest.raises(wanted) as caught, may_pass(tags, settings):
            raise error
        if isinstance(caught.value, dg.RetryRequested):
            assert (caught.value.max_retries, caught.value.seconds_to_wait) == (2, 7)
    written = yaml.safe_load((PROJECT_ROOT / "orchestration/templates/dagster.yaml").read_text())
    assert written["run_retries"]["retry_on_asset_or_op_failure"] is False
    assert written["concurrency"]["runs"]["max_concurrent_runs"] == 1


def test_freshness_follows_the_annual_calendar(graph: dg.AssetGraph) -> None:
    """Two weeks after the annual refresh the release of the year has to be there."""
    policy = graph.get(dg.AssetKey("release")).freshness_policy_or_from_metadata
    assert policy is not None
    assert policy.deadline_cron == "0 0 15 11 *"
    assert policy.timezone == "Asia/Shanghai"
    assert policy.lower_bound_delta == dt.timedelta(days=150)


def test_reading_is_partitioned_by_fiscal_year(graph: dg.AssetGraph) -> None:
    assert graph.get(dg.AssetKey("documents")).partitions_def == fiscal_years
    assert graph.get(dg.AssetKey(["records", "figure"])).partitions_def == fiscal_years
    now = dt.datetime(2026, 11, 22, tzinfo=SHANGHAI)
    keys = fiscal_years.get_partition_keys(current_time=now)
    assert (keys[0], keys[-1], len(keys)) == ("2010", "2026", 17)
    assert years_of_run(keys, now) is None
    assert years_of_run(["2021", "2022"], now) == {2021, 2022}
    assert all_years_tags(now)["dagster/asset_partition_range_end"] == "2026"


def test_the_annual_schedule_asks_for_the_year_that_ended() -> None:
    assert ANNUAL_CRON == "0 6 1 11 *"
    assert annual_refresh.execution_timezone == "Asia/Shanghai"
    assert annual_refresh.default_status == dg.DefaultScheduleStatus.RUNNING
    # Just after New Year in Shanghai it is still the old year in UTC.
    for moment, year in (
        (dt.datetime(2026, 11, 1, 6, tzinfo=SHANGHAI), "2025"),
        (dt.datetime(2027, 1, 1, 1, tzinfo=SHANGHAI), "2026"),
    ):
        context = dg.build_schedule_context(scheduled_execution_time=moment)
        assert annual_refresh(context).partition_key == year


def test_jobs_schedules_sensors(settings: Settings) -> None:
    definitions = build_defs(settings)
    repository = definitions.get_repository_def()
    assert {j.name for j in repository.get_all_jobs()} - {"__ASSET_JOB"} == {"refresh"}
    (schedule,) = repository.schedule_defs
    assert (schedule.name, schedule.job_name) == ("annual_refresh", "refresh")
    running = dg.DefaultSensorStatus.RUNNING
    assert {s.name: s.default_status for s in repository.sensor_defs} == dict.fromkeys(
        ("new_files", "lost_runs", "alert_failed_run", "alert_failed_check"), running
    )
    (new_files,) = (s for s in repository.sensor_defs if s.name == "new_files")
    assert new_files.job_name == "refresh"


def test_a_run_is_lost_when_its_process_is_gone_and_only_then(tmp_path: Path) -> None:
    home = Settings(home=tmp_path).layout
    home.create()
    gone = subprocess.Popen(["true"])
    gone.wait()
    started = dg.DagsterRunStatus.STARTED
    with dg.DagsterInstance.ephemeral() as instance:

        def add(name: str, pid: int | None, **tags: str) -> None:
            run = instance.add_run(
                dg.DagsterRun("refresh", run_id=make_new_run_id(), status=started, tags=tags)
            )
            if pid is not None:
                instance.report_engine_event("Started", run, EngineEventData.in_process(pid))
            names[run.run_id] = name

        names: dict[str, str] = {}
        add("alive", os.getpid())
        add("dead", gone.pid)
        add("says nothing", None)
        add("command", None, **{STARTED_BY: COMMAND})
        with home.lock.open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)  # as another process that writes
            found = {names[run.run_id] for run in abandoned_runs(instance, home)}
        assert found == {"dead"}
        found = {names[run.run_id] for run in abandoned_runs(instance, home)}
        assert found == {"dead", "command"}


def test_new_files_start_one_run_once_they_are_complete(tmp_path: Path) -> None:
    from orchestration.defs.resources import Workspace
    from orchestration.defs.sensors import new_files

    raw = tmp_path / "raw"
    raw.mkdir()
    workspace = Workspace.of(Settings(raw=raw, home=tmp_path / "home"))

    def look(cursor: str | None) -> tuple[str | None, int]:
        with dg.build_sensor_context(cursor=cursor, resources={"workspace": workspace}) as context:
            result = new_files(context)
        if isinstance(result, dg.SkipReason):
            return cursor, 0
        return result.cursor, len(result.run_requests or ())

    cursor, runs = look(None)
    cursor, runs = look(cursor)
    assert runs == 0  # an empty folder is nothing to read
    (raw / "甲.txt").write_text("一", encoding="utf-8")
    cursor, runs = look(cursor)
    assert runs == 0  # the first look cannot know whether the file is still growing
    cursor, runs = look(cursor)
    assert runs == 1
    cursor, runs = look(cursor)
    assert runs == 0
    (raw / "乙.txt").write_text("二", encoding="utf-8")
    cursor, runs = look(cursor)
    assert runs == 0
    _, runs = look(cursor)
    assert runs == 1


def test_loading_the_code_location_changes_nothing(tmp_path: Path, settings: Settings) -> None:
    home = tmp_path / "untouched"
    code = (
        "from orchestration.definitions import defs; import dagster as dg; "
        "assert defs().resolve_asset_graph()"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT_ROOT,
        env={"JIXIAO_HOME": str(home), "PATH": "/usr/bin:/bin", "DAGSTER_HOME": ""},
        check=True,
        timeout=300,
    )
    assert settings.home != home
    assert not home.exists()
