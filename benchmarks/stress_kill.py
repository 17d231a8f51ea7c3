"""Kill a refresh at random moments, over and over: ``python benchmarks/stress_kill.py --kills 50``.

A bench with a small dbt project (the one of the pipeline tests; reading, records, dbt, gate and
publishing are the real ones). Before most kills a report is added, so that every stage has work.
Run it in slices where time is short (``--seconds``, another ``--seed`` each).
After every kill the current release must be whole (hashes of its manifest) and readable; after the
last one a refresh must complete and publish every report. Prints how far the killed runs had come.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import duckdb

from orchestration.files import read_json, sha256_of

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.pipeline.workbench import Workbench, make_workbench


def main() -> int:
    """Run it; exit status 1 where something was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=1800, help="stop earlier after this time")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="jixiao-kill-") as folder:
        return _stress(make_workbench(Path(folder) / "bench"), chance, options)


def _stress(bench: Workbench, chance: random.Random, options: argparse.Namespace) -> int:
    reports = 1
    bench.write_report("2022/0000.txt", _unit(0))
    started = time.monotonic()
    if _refresh(bench, None) != 0 or bench.query("select count(*) from marts.dim_report") != [(1,)]:
        print("the first refresh failed")
        return 1
    whole = time.monotonic() - started
    stages: Counter[str] = Counter()
    kills = runs = 0
    end = started + options.seconds
    while kills < options.kills and time.monotonic() < end:
        if chance.random() < 0.7:
            bench.write_report(f"2022/{reports:04d}.txt", _unit(reports))
            reports += 1
        runs += 1
        if _refresh(bench, chance.uniform(0.2, whole * 1.1)) is None:
            kills += 1
            stages[_stage(bench)] += 1
            print(
                f"\rkill {kills}: {_stage(bench)}" + " " * 20, end="", file=sys.stderr, flush=True
            )
        problem = _problem(bench)
        if problem:
            print(f"after kill {kills}: {problem}")
            return 1
    status = _refresh(bench, None)
    found = bench.query("select count(*) from marts.dim_report")[0][0]
    leftovers = list(bench.home.rglob("*.partial"))
    print(
        f"{kills} kills in {runs} runs, {time.monotonic() - started:.0f} s; one run {whole:.1f} s"
    )
    print("killed while: " + ", ".join(f"{name} {n}" for name, n in stages.most_common()))
    print(f"last refresh: exit status {status}, {found} of {reports} reports, "
          f"{len(bench.release_ids())} releases, {len(leftovers)} half-written files")  # fmt: skip
    return 0 if status == 0 and found == reports and not leftovers else 1


def _unit(number: int) -> str:
    """A unit's name for a number, without digits: no unit is called so."""
    return (
        "衡州市" + "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in f"{number:03d}") + "局"
    )


def _refresh(bench: Workbench, seconds: float | None) -> int | None:
    """A refresh in a process group of its own; None where it was killed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "orchestration.cli", "refresh"],
        env={**os.environ, **bench.environment()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return None


def _stage(bench: Workbench) -> str:
    """What the newest run had left when it died."""
    runs = sorted((bench.home / "runs").iterdir(), key=lambda p: p.stat().st_mtime)
    newest = runs[-1]
    if any(p.name.startswith(".building-") for p in (bench.home / "releases").iterdir()):
        return "publishing"
    if (newest / "gate" / "verdict.json").exists() and (newest / "dbt").exists():
        return "gate or later"
    if not (bench.home / "build" / "build.json").exists():
        return "dbt"
    if (newest / "outcome.json").exists() and not (newest / "dbt").exists():
        return "after reading"
    return "start or reading"


def _problem(bench: Workbench) -> str | None:
    """What is wrong with the current release, if anything."""
    try:
        folder = bench.current()
    except OSError as error:
        return f"there is no current release: {error}"
    manifest = read_json(folder / "manifest.json")
    if manifest is None:
        return "the release has no manifest"
    files = manifest.get("files", {})
    if not files:
        return "the manifest lists no files"
    for name, entry in files.items():
        wanted = entry["sha256"] if isinstance(entry, dict) else entry
        if sha256_of(folder / name) != wanted:
            return f"{name} is not what the manifest says"
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as reader:
        if not reader.execute("select count(*) from marts.dim_report").fetchone():
            return "the release cannot be read"
    return None


if __name__ == "__main__":
    raise SystemExit(main())
