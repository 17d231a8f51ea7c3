"""What a run costs beyond reading, dbt, Great Expectations and publishing themselves.

    python -m benchmarks.bench_overhead [--raw raw] [--compare]

One refresh of an empty home in this process; the seconds of the steps that do the work are taken
from the seconds of the whole. What is left is Dagster's, and this project's around it. Seconds on
the clock, and processor seconds of this process (documents are read in others). ``--compare``: the
same before that with Dagster's own event log in place of ours (``defs/event_log.py``).
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from orchestration.settings import PROJECT_ROOT, Settings


class Clock:
    """Seconds by name, of functions that are wrapped: on the clock, and of the processor."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.seconds: dict[str, Spent] = {}

    def wrap(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, timed."""

        def timed(*arguments: Any, **named: Any) -> Any:
            before = Spent.now()
            try:
                return function(*arguments, **named)
            finally:
                spent = Spent.now() - before
                self.seconds[name] = self.seconds.get(name, Spent(0.0, 0.0)) + spent

        return timed


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock and of this process on a processor."""

    wall: float
    cpu: float

    @classmethod
    def now(cls) -> Spent:
        """Since some moment that stays the same."""
        return cls(time.perf_counter(), time.process_time())

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.wall + other.wall, self.cpu + other.cpu)

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.wall - other.wall, self.cpu - other.cpu)

    def __str__(self) -> str:
        return f"{self.wall:.1f} | {self.cpu:.1f}"


def timed_imports() -> dict[str, Spent]:
    """What loading the libraries costs, each without those before it."""
    spent = {}
    for name, module in (
        ("loading Great Expectations", "great_expectations"),
        ("loading dbt", "dbt.cli.main"),
        ("loading Dagster and the definitions", "orchestration.definitions"),
    ):
        before = Spent.now()
        importlib.import_module(module)
        spent[name] = Spent.now() - before
    return spent


def timed_refresh(raw: Path, clock: Clock) -> Spent:
    """One refresh of an empty home; the clock gets the parts that do the work."""
    from orchestration.runs import refresh
    from orchestration.warehouse.build import prepare

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(raw=raw, home=Path(folder) / "home")
        prepare(settings)
        clock.seconds.clear()
        before = Spent.now()
        refresh(settings)
        return Spent.now() - before


def show(title: str, whole: Spent, clock: Clock) -> None:
    """Print the parts and what is left."""
    print(f"| {title} | clock s | CPU s |\n|---|---|---|")
    rest = whole
    for name, seconds in clock.seconds.items():
        print(f"| {name} | {seconds} |")
        rest -= seconds
    print(f"| **everything else** | {rest} |\n", flush=True)


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--raw", type=Path, default=PROJECT_ROOT / "raw")
    parser.add_argument("--compare", action="store_true", help="with Dagster's event log as well")
    options = parser.parse_args()
    imports = timed_imports()
    from orchestration import runs
    from orchestration.defs import assets, checks, dbt_assets
    from orchestration.warehouse import settle

    clock = Clock()
    for name, attribute in (
        ("reading", "ingest"),
        ("dbt", "run_build"),
        ("gate", "check_records"),
        ("gate", "check_tables"),
        ("publishing", "publish"),
        ("column lineage, once a dbt project", "column_lineage"),
    ):
        for module in (assets, checks, dbt_assets, settle):
            if hasattr(module, attribute):
                setattr(module, attribute, clock.wrap(name, getattr(module, attribute)))
    if options.compare:
        with mock.patch.object(runs, "_SQLITE", ""), _events_one_by_one():
            show("with Dagster's own event log", timed_refresh(options.raw, clock), clock)
    show("part of the run", timed_refresh(options.raw, clock), clock)
    print("| once a process, before it | clock s | CPU s |\n|---|---|---|")
    for title, spent in imports.items():
        print(f"| {title} | {spent} |")
    return 0


def _events_one_by_one() -> contextlib.AbstractContextManager[object]:
    return mock.patch.dict(os.environ, {"DAGSTER_EVENT_BATCH_SIZE": "0"})


if __name__ == "__main__":
    sys.exit(main())
