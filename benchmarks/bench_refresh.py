"""What a refresh costs: all new, one new report, nothing new, beside loading the definitions.

    python -m benchmarks.bench_refresh [--raw raw]

Each step runs in a process of its own, as the command does. CPU seconds are those of the process
and of the workers it started; the clock is printed beside them and means little on a shared
machine. A row is printed as soon as it is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LOAD = """
from orchestration.warehouse.build import prepare
from orchestration.definitions import build_defs
from orchestration.settings import Settings
prepare(Settings())
build_defs().get_repository_def()
"""
_REPORTS = frozenset({".pdf", ".docx", ".doc", ".xlsx", ".xls", ".html", ".htm", ".txt"})


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU and clock of one step, in seconds."""

    name: str
    cpu: float
    wall: float


def measure(name: str, command: Sequence[str], home: Path) -> Cost:
    """Run a command and count what it and its children use.

    Raises:
        subprocess.CalledProcessError: it failed; its output is printed.
    """
    before, started = _children(), time.perf_counter()
    done = subprocess.run(
        command,
        env=os.environ | {"JIXIAO_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        done.check_returncode()
    return Cost(name, _children() - before, time.perf_counter() - started)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def nodes(home: Path) -> tuple[int, float]:
    """Nodes of the newest build and their seconds on the clock, summed."""
    newest = max((home / "runs").glob("*/dbt/nodes.json"), key=lambda p: p.stat().st_mtime)
    found = json.loads(newest.read_text(encoding="utf-8"))
    return len(found), sum(node["seconds"] for node in found)


def show(cost: Cost, loading: Cost) -> None:
    """Print a row of the table."""
    times = cost.cpu / loading.cpu
    print(f"| {cost.name} | {cost.cpu:.1f} | {cost.wall:.1f} | {times:.1f} |", flush=True)


def run(raw: Path, folder: Path) -> int:
    """Measure the four steps and print them."""
    home, reports = folder / "home", folder / "raw"
    shutil.copytree(raw, reports)
    known = sorted(p for p in reports.rglob("*") if p.suffix.lower() in _REPORTS)
    if len(known) < 2:
        sys.stderr.write(f"{raw}: needs at least two reports\n")
        return 1
    held_back = next((p for p in known if p.suffix.lower() == ".pdf"), known[-1])
    aside = folder / held_back.name
    held_back.rename(aside)
    refresh = [sys.executable, "-m", "orchestration.cli", "refresh", "--raw", str(reports)]
    # Once unmeasured: the project is parsed and the caches of the interpreter are there.
    load = [sys.executable, "-c", LOAD]
    measure("first", load, home)
    print("| step | CPU s | clock s | × loading |")
    print("|---|---|---|---|", flush=True)
    loading = measure("load the definitions", load, home)
    show(loading, loading)
    show(measure(f"refresh, {len(known) - 1} new files", refresh, home), loading)
    built, seconds = nodes(home)
    show(measure("refresh, nothing new", refresh, home), loading)
    shutil.move(aside, held_back)
    show(measure("refresh, one new file", refresh, home), loading)
    print(f"\ndbt: {built} nodes, {seconds:.1f} s on the clock, summed over two threads")
    return 0


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--raw", type=Path, default=Path("raw"), help="folder of reports")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return run(options.raw, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
