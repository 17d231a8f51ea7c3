"""kill -9 in the middle of each stage: the last release stays, the next refresh completes."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.pipeline.workbench import Workbench, make_workbench

_PATIENCE_SECONDS = 240


def _batches(bench: Workbench) -> int:
    return len(list((bench.home / "records" / "_batches").glob("*.json")))


#: A stage is reached when something that it writes is there.
STAGES: dict[str, Callable[[Workbench], bool]] = {
    "reading": lambda bench: any((bench.home / "dagster").glob("history/*")),
    "records written": lambda bench: _batches(bench) > 1,
    "dbt": lambda bench: not (bench.home / "build" / "build.json").exists(),
    "the gate": lambda bench: (
        (bench.home / "build" / "verdict.json").exists()
        and _is_new(bench.home / "build" / "verdict.json")
    ),
    "publishing": lambda bench: any(
        p.name.startswith(".building-") for p in (bench.home / "releases").iterdir()
    ),
}
_started = 0.0


def _is_new(path: Path) -> bool:
    return path.stat().st_mtime > _started


def _kill_when(bench: Workbench, reached: Callable[[Workbench], bool]) -> bool:
    """Start a refresh and kill it, workers included, as soon as a stage is reached."""
    global _started  # noqa: PLW0603
    _started = time.time()
    process = subprocess.Popen(
        [sys.executable, "-m", "orchestration.cli", "refresh"],
        env={**os.environ, **bench.environment()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if reached(bench):
                break
        except FileNotFoundError:
            pass
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.02)
    killed = process.poll() is None
    if killed:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)
    return killed


@pytest.mark.slow
def test_killed_at_every_stage(tmp_path: Path) -> None:
    bench = make_workbench(tmp_path)
    bench.write_report("甲.txt", "衡州市甲局")
    assert bench.run("refresh").exit_code == 0
    first = bench.current()
    bench.write_report("乙.txt", "衡州市乙局")
    killed = []
    for stage, reached in STAGES.items():
        if _kill_when(bench, reached):
            killed.append(stage)
        assert bench.current().is_dir(), stage
        with duckdb.connect(str(bench.current() / "warehouse.duckdb"), read_only=True) as reader:
            assert reader.execute("select count(*) from marts.dim_report").fetchone(), stage
    assert len(killed) >= 3, killed
    result = bench.run("refresh")
    assert result.exit_code == 0, result.output
    assert bench.query("select count(*) from marts.dim_report") == [(2,)]
    assert first.is_dir()
    assert not any(p.name.startswith(".building-") for p in (bench.home / "releases").iterdir())
    assert not list((bench.home / "records").rglob("*.partial"))
