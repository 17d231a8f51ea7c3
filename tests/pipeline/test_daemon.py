"""The daemon as operators run it: a file arrives, and a release comes of it."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest
import yaml

from orchestration.runs import prepare_home
from orchestration.settings import PROJECT_ROOT
from tests.pipeline.workbench import Workbench, make_workbench

_PATIENCE_SECONDS = 600
_SHANGHAI = ZoneInfo("Asia/Shanghai")
#: The daemon, with a clock that is the seconds in a file ahead of the machine's.
_DAEMON_WITH_A_CLOCK = """
import datetime, pathlib, sys, time
import dagster._time as clock
ahead = pathlib.Path(sys.argv.pop(1))
now = lambda: time.time() + float(ahead.read_text())
clock._mockable_get_current_timestamp = now
clock._mockable_get_current_datetime = lambda: datetime.datetime.fromtimestamp(
    now(), datetime.timezone.utc)
from dagster._daemon.cli import main
main()
"""


@contextlib.contextmanager
def _running(bench: Workbench, *command: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A module's command on a bench until the block ends; its log lies beside the home folder."""
    with (bench.root / "daemon.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, *(command if command[0] == "-c" else ("-m", *command))],
            cwd=PROJECT_ROOT,
            env=_environment(bench) | more,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(30)


def _wait_for(reached: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until something is reached; fail when the daemon ends or patience does."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not reached():
        assert time.monotonic() < deadline, log.read_text(encoding="utf-8")[-3000:]
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.5)
            pytest.fail(log.read_text(encoding="utf-8")[-3000:])


def _environment(bench: Workbench) -> dict[str, str]:
    return {
        **os.environ,
        **bench.environment(),
        "DAGSTER_HOME": str(bench.home / "dagster"),
        "JIXIAO_SENSOR_SECONDS": "3",
    }


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _instance(bench: Workbench) -> dg.DagsterInstance:
    return dg.DagsterInstance.from_config(str(bench.home / "dagster"))


def _runs(bench: Workbench, year: int) -> list[dg.DagsterRunStatus]:
    """States of the runs of one year's partition, as Dagster's own storage has them."""
    with _instance(bench) as instance:
        found = instance.get_runs(dg.RunsFilter(tags={"dagster/partition": str(year)}))
    return [run.status for run in found]


def _alerts(bench: Workbench) -> set[str]:
    path = bench.home / "alerts.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return {json.loads(line)["kind"] for line in lines}


@pytest.mark.long
def test_the_daemon_publishes_fills_years_and_says_when_the_gate_is_shut(tmp_path: Path) -> None:
    """One session: a file arrives, a backfill is asked for, then nothing can pass a suite."""
    bench = make_workbench(tmp_path)
    log = tmp_path / "daemon.log"
    port = _free_port()
    with _running(bench, "orchestration.cli", "ui", "--port", str(port)) as process:
        bench.write_report("2022/新到.txt", "衡州市示例局")
        current = bench.home / "releases" / "current"
        _wait_for((current / "manifest.json").is_file, process, log)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/server_info") as answer:
            assert json.load(answer)["dagster_version"] == dg.__version__
        assert bench.query("select unit_name, fiscal_year from marts.dim_report") == [
            ("衡州市示例局", 2022)
        ]
        subprocess.run(
            [sys.executable, "-m", "dagster", "job", "backfill", "-w", "workspace.yaml",
             "-j", "refresh", "--partitions", "2022", "--noprompt"],
            cwd=PROJECT_ROOT, env=_environment(bench), check=True, capture_output=True,
        )  # fmt: skip
        done = [dg.DagsterRunStatus.SUCCESS]
        _wait_for(lambda: _runs(bench, 2022) == done, process, log)
        before = bench.current()
        suite = bench.expectations / "budget.yml"
        text = suite.read_text(encoding="utf-8")
        suite.write_text(text.replace("min_value: 0", "min_value: 999999999"), encoding="utf-8")
        bench.write_report("2022/又一份.txt", "衡州市又局")
        _wait_for(lambda: {"run_failed", "check_failed"} <= _alerts(bench), process, log)
        assert bench.current() == before
        with _instance(bench) as instance:
            (held,) = instance.get_runs(dg.RunsFilter(statuses=[dg.DagsterRunStatus.FAILURE]))
        assert held.tags["dagster/max_retries"] == "2"  # it would be made again, had it been killed
        assert held.tags.get("dagster/will_retry", "false") == "false"
        process.send_signal(signal.SIGINT)
        process.wait(60)
        assert not _listens(port)  # one Ctrl-C ends both


def _attempts(bench: Workbench) -> list[dg.DagsterRun]:
    """The runs of the annual schedule, first one first."""
    with _instance(bench) as instance:
        runs = instance.get_runs(dg.RunsFilter(tags={"dagster/schedule_name": "annual_refresh"}))
    return runs[::-1]


def _worker_of(bench: Workbench, number: int) -> int | None:
    """The process that works on the schedule's run of this number, once it does."""
    runs = _attempts(bench)
    if len(runs) <= number or runs[number].status != dg.DagsterRunStatus.STARTED:
        return None
    with _instance(bench) as instance:
        said = instance.all_logs(runs[number].run_id, of_type=dg.DagsterEventType.ENGINE_EVENT)
    messages = [entry.dagster_event.message or "" for entry in said if entry.dagster_event]
    found = [re.search(r"Started process for run \(pid: (\d+)\)", text) for text in messages]
    return next((int(match[1]) for match in found if match), None)


@pytest.mark.long
def test_the_schedule_fires_and_its_run_outlives_two_deaths(tmp_path: Path) -> None:
    """1 November comes; the run's process is killed; then everything is, as in a power cut."""
    bench = make_workbench(tmp_path)
    prepare_home(bench.settings())
    assert bench.run("prepare").exit_code == 0
    now = dt.datetime.now(_SHANGHAI)
    year = now.year if (now.month, now.day) > (11, 1) else now.year - 1
    fires = dt.datetime(year, 11, 1, 6, tzinfo=_SHANGHAI)
    bench.write_report(f"{year - 1}/甲.txt", "衡州市甲局", year=year - 1)
    ahead, log = tmp_path / "ahead", tmp_path / "daemon.log"

    def set_clock(moment: dt.datetime) -> None:
        ahead.write_text(str((moment - dt.datetime.now(_SHANGHAI)).total_seconds()))

    def known() -> bool:
        with _instance(bench) as instance:
            states = instance.all_instigator_state()
        return "annual_refresh" in {state.instigator_name for state in states}

    daemon = ("-c", _DAEMON_WITH_A_CLOCK, str(ahead), "run", "-w", "workspace.yaml")
    # The sensor would bring the same files in: it looks once a day here.
    with _running(bench, *daemon, JIXIAO_SENSOR_SECONDS="86400") as process:
        set_clock(fires - dt.timedelta(minutes=5))
        _wait_for(known, process, log)
        assert _attempts(bench) == []
        set_clock(fires)
        _wait_for(lambda: _worker_of(bench, 0) is not None, process, log)
        (first,) = _attempts(bench)
        assert first.tags["dagster/partition"] == str(year - 1)
        os.kill(_worker_of(bench, 0) or 0, signal.SIGKILL)
        _wait_for(lambda: _worker_of(bench, 1) is not None, process, log)
        worker = _worker_of(bench, 1) or 0
        os.killpg(process.pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
    with _running(bench, *daemon, JIXIAO_SENSOR_SECONDS="5") as process:
        set_clock(fires + dt.timedelta(minutes=5))
        current = bench.home / "releases" / "current"
        _wait_for((current / "manifest.json").is_file, process, log)
        _wait_for(lambda: _attempts(bench)[-1].status == dg.DagsterRunStatus.SUCCESS, process, log)
    states = [run.status for run in _attempts(bench)]
    failed, succeeded = dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.SUCCESS
    assert states == [failed, failed, succeeded]


@contextlib.contextmanager
def _code_server(bench: Workbench, **more: str) -> Iterator[Path]:
    """The code location in a process of its own, as the containers have it; yields a workspace."""
    workspace = yaml.safe_load(
        (PROJECT_ROOT / "deploy" / "workspace.docker.yaml").read_text(encoding="utf-8")
    )
    server = workspace["load_from"][0]["grpc_server"]
    server["host"], server["port"] = "127.0.0.1", _free_port()
    path = bench.root / "workspace.yaml"
    path.write_text(yaml.safe_dump(workspace), encoding="utf-8")
    with (bench.root / "code.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "dagster", "api", "grpc", "-h", server["host"],
             "-p", str(server["port"]), "-m", "orchestration.definitions"],
            cwd=PROJECT_ROOT, env=_environment(bench) | more, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    try:
        _wait_for(lambda: _listens(server["port"]), process, bench.root / "code.log")
        yield path
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)


@pytest.mark.long
def test_a_code_server_and_a_process_for_every_step_do_the_same(tmp_path: Path) -> None:
    bench = make_workbench(tmp_path)
    prepare_home(bench.settings())
    assert bench.run("prepare").exit_code == 0
    with (
        _code_server(bench, JIXIAO_EXECUTOR="forkserver") as workspace,
        _running(bench, "dagster._daemon", "run", "-w", str(workspace)) as process,
    ):
        bench.write_report("2022/新到.txt", "衡州市示例局")
        current = bench.home / "releases" / "current"
        _wait_for((current / "manifest.json").is_file, process, tmp_path / "daemon.log")
    assert bench.query("select unit_name, fiscal_year from marts.dim_report") == [
        ("衡州市示例局", 2022)
    ]
