"""The daemon as operators run it: a file arrives, and a release comes of it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orchestration.runs import prepare_home
from orchestration.settings import PROJECT_ROOT
from tests.pipeline.workbench import Workbench, make_workbench

_PATIENCE_SECONDS = 600


@contextlib.contextmanager
def _daemon(bench: Workbench, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """Dagster's daemon on a bench; its log lies beside the home folder."""
    prepare_home(bench.settings())
    assert bench.run("prepare").exit_code == 0
    environment = {
        **os.environ,
        **bench.environment(),
        "DAGSTER_HOME": str(bench.home / "dagster"),
        "JIXIAO_SENSOR_SECONDS": "3",
        **more,
    }
    with (bench.root / "daemon.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "dagster._daemon", "run", "-w", "workspace.yaml"],
            cwd=PROJECT_ROOT,
            env=environment,
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


@pytest.mark.slow
@pytest.mark.parametrize("executor", ["in_process", "forkserver"])
def test_a_file_dropped_into_the_raw_folder_is_published(tmp_path: Path, executor: str) -> None:
    bench = make_workbench(tmp_path)
    with _daemon(bench, JIXIAO_EXECUTOR=executor) as process:
        bench.write_report("2022/新到.txt", "衡州市示例局")
        current = bench.home / "releases" / "current"
        _wait_for((current / "manifest.json").is_file, process, tmp_path / "daemon.log")
    assert bench.query("select unit_name, fiscal_year from marts.dim_report") == [
        ("衡州市示例局", 2022)
    ]


@pytest.mark.slow
def test_a_run_that_the_gate_holds_back_raises_an_alert(tmp_path: Path) -> None:
    bench = make_workbench(tmp_path)
    suite = bench.expectations / "budget.yml"
    text = suite.read_text(encoding="utf-8")
    suite.write_text(text.replace("min_value: 0", "min_value: 999999999"), encoding="utf-8")
    bench.write_report("2022/一份.txt", "衡州市示例局")
    alerts = bench.home / "alerts.jsonl"
    with _daemon(bench) as process:
        _wait_for(
            lambda: alerts.is_file() and "check_failed" in alerts.read_text(encoding="utf-8"),
            process,
            tmp_path / "daemon.log",
        )
    kinds = {json.loads(line)["kind"] for line in alerts.read_text(encoding="utf-8").splitlines()}
    assert {"run_failed", "check_failed"} <= kinds
    assert not (bench.home / "releases" / "current").exists()
