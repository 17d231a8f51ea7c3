"""What a run costs beyond reading, dbt, Great Expectations and publishing themselves.

    python -m benchmarks.bench_overhead [--raw raw]

One refresh of an empty home in this process; the seconds on the clock of the steps that do the work
are taken from the seconds of the whole. What is left is Dagster's, and this project's around it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from orchestration.settings import PROJECT_ROOT, Settings


class Clock:
    """Seconds by name, of functions that are wrapped."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.seconds: dict[str, float] = {}

    def wrap(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, timed."""

        def timed(*arguments: Any, **named: Any) -> Any:
            started = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                spent = time.perf_counter() - started
                self.seconds[name] = self.seconds.get(name, 0.0) + spent

        return timed


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--raw", type=Path, default=PROJECT_ROOT / "raw")
    options = parser.parse_args()
    started = time.perf_counter()
    import great_expectations  # noqa: F401 - its import is its own cost, not the run's

    from orchestration import assets, checks, settle
    from orchestration.build import prepare
    from orchestration.runs import refresh

    clock = Clock()
    for name, attribute in (
        ("reading", "ingest"),
        ("dbt", "run_build"),
        ("gate", "check_records"),
        ("gate", "check_tables"),
        ("publishing", "publish"),
    ):
        for module in (assets, checks, settle):
            if hasattr(module, attribute):
                setattr(module, attribute, clock.wrap(name, getattr(module, attribute)))
    imported = time.perf_counter() - started
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(raw=options.raw, home=Path(folder) / "home")
        prepare(settings)
        started = time.perf_counter()
        refresh(settings)
        whole = time.perf_counter() - started
    print("| part of the run | s |\n|---|---|")
    for name, seconds in clock.seconds.items():
        print(f"| {name} | {seconds:.1f} |")
    print(f"| everything else | {whole - sum(clock.seconds.values()):.1f} |")
    print(f"| imports before it | {imported:.1f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
