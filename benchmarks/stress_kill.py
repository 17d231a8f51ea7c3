"""Kill a refresh at random moments, over and over: ``python benchmarks/stress_kill.py --kills 50``.

Two of three kills fall anywhere in a run; the third falls into publishing (exports, naming, the
pointer), which is a short part of it: ``--aimed 1`` for these alone.

A bench with a small dbt project (the one of the pipeline tests; reading, records, dbt, gate and
publishing are the real ones), or with ``--exports`` the project's own, suites, workbooks, explorer
and all. Before most kills a report is added, so that every stage has work.
Run it in slices where time is short (``--seconds``, another ``--seed`` each), each into a file;
``--sum`` FILE … writes what they found into ``benchmarks/results_stress.md``.
After every kill the current release must be whole (hashes of its manifest) and readable; after the
last one a refresh must complete and publish every report. Prints how far the killed runs had come.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import duckdb

from orchestration.files import read_json, sha256_of
from orchestration.publishing.releases import STAGING_PREFIX
from orchestration.settings import PROJECT_ROOT

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.pipeline.workbench import Workbench, make_workbench


def main() -> int:
    """Run it; exit status 1 where something was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=1800, help="stop earlier after this time")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--aimed", type=float, default=1 / 3, help="part that falls into publishing"
    )
    parser.add_argument("--exports", action="store_true", help="the project's own models; exports")
    parser.add_argument("--sum", nargs="+", type=Path, help="outputs of slices, to be written down")
    options = parser.parse_args()
    if options.sum:
        return _write_down([path.read_text(encoding="utf-8") for path in options.sum])
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="jixiao-kill-") as folder:
        bench = make_workbench(Path(folder) / "bench")
        return _stress(_whole(bench) if options.exports else bench, chance, options)


def _stress(bench: Workbench, chance: random.Random, options: argparse.Namespace) -> int:
    reports = 1
    bench.write_report("2022/0000.txt", _unit(0))
    started = time.monotonic()
    status, publishing = _first(bench)
    if status != 0 or bench.query("select count(*) from marts.dim_report") != [(1,)]:
        print("the first refresh failed")
        return 1
    whole = one = time.monotonic() - started
    stages: Counter[str] = Counter()
    kills = runs = 0
    end = started + options.seconds
    while kills < options.kills and time.monotonic() < end:
        aimed = chance.random() < options.aimed
        adds = aimed or chance.random() < 0.7
        if adds:
            bench.write_report(f"2022/{reports:04d}.txt", _unit(reports))
            reports += 1
        runs += 1
        began = time.time()
        seconds = chance.uniform(0.0, publishing if aimed else one)
        if _refresh(bench, seconds, once_publishing=aimed) is None:
            kills += 1
            stage = _stage(bench, began)
            stages[stage] += 1
            print(f"\rkill {kills}: {stage}" + " " * 20, end="", file=sys.stderr, flush=True)
        elif adds and not aimed:  # later runs are shorter than the first one
            one = min(one, time.time() - began)
        problem = _problem(bench)
        if problem:
            print(f"after kill {kills}: {problem}")
            return 1
    last = _refresh(bench, None)
    found = bench.query("select count(*) from marts.dim_report")[0][0]
    leftovers = list(bench.home.rglob("*.partial"))
    print(f"\n{_EXPORTS if options.exports else _SMALL}, seed {options.seed}")
    print(
        f"{kills} kills in {runs} runs, {time.monotonic() - started:.0f} s; one run {whole:.1f} s"
    )
    print("killed at: " + ", ".join(f"{name} {n}" for name, n in stages.most_common()))
    print(f"last refresh: exit status {last}, {found} of {reports} reports, "
          f"{len(bench.release_ids())} releases, {len(leftovers)} half-written files")  # fmt: skip
    return 0 if last == 0 and found == reports and not leftovers else 1


_SMALL, _EXPORTS = "small models, no exports", "the project's models and suites, exports"


def _write_down(outputs: list[str]) -> int:
    """Put the slices together in the first section of the results; 1 where one of them failed."""
    lines = [
        "| | kills | runs | s | killed at | after the last kill |",
        "|---|---|---|---|---|---|",
    ]
    failed = total = 0
    for output in outputs:
        found = re.search(r"(\d+) kills in (\d+) runs, (\d+) s", output)
        stages = re.search(r"^killed at: (.*)$", output, re.MULTILINE)
        last = re.search(r"^last refresh: (.*)$", output, re.MULTILINE)
        if found is None or stages is None or last is None:
            failed += 1
            words = output.strip().splitlines()
            lines.append(f"| **failed** | | | | {words[-1] if words else ''} | |")
            continue
        kind = _EXPORTS if _EXPORTS in output else _SMALL
        lines.append(f"| {kind} | {' | '.join(found.groups())} | {stages[1]} | {last[1]} |")
        total += int(found[1])
    at, of = str(os.cpu_count()), Path(__file__).with_name("results_stress.md")
    head = (
        "    python -m benchmarks.stress_kill [--exports --aimed 1]\n\n"
        f"{total} kills, in slices, on {at} cores that others used too. After each kill every file "
        "of the current\nrelease had the hash of its manifest and the database opened.\n\n"
    )
    text = of.read_text(encoding="utf-8")
    before, title, rest = text.partition("## kill -9 at random moments\n")
    after = rest[rest.index("\n## ") :]
    of.write_text(before + title + "\n" + head + "\n".join(lines) + "\n" + after, encoding="utf-8")
    return 1 if failed else 0


class _Whole(Workbench):
    """A workbench with the project's own models and suites, and with exports."""

    def environment(self) -> dict[str, str]:
        return super().environment() | {"JIXIAO_EXPORTS": "1"}


def _whole(bench: Workbench) -> Workbench:
    """Put the project's own models and suites in the place of the small ones."""
    for name, source in (("dbt", "dbt_project"), ("expectations", "expectations")):
        shutil.rmtree(bench.root / name)
        shutil.copytree(
            PROJECT_ROOT / source,
            bench.root / name,
            ignore=shutil.ignore_patterns("target", "logs"),
        )
    return _Whole(bench.root)


def _first(bench: Workbench) -> tuple[int, float]:
    """A refresh that nobody kills: its exit status, and how many seconds it took to publish."""
    began: list[float] = []
    process = _start(bench)
    while (status := process.poll()) is None:
        if not began and _is_publishing(bench, process):
            began.append(time.monotonic())
        time.sleep(0.02)
    return status, time.monotonic() - began[0] if began else 0.0


def _is_publishing(bench: Workbench, process: subprocess.Popen[bytes]) -> bool:
    """Whether this run has begun to; one that was killed before it may have left its folder."""
    return (bench.home / "releases" / f"{STAGING_PREFIX}{process.pid}").is_dir()


def _unit(number: int) -> str:
    """A unit's name for a number, without digits: no unit is called so."""
    return (
        "衡州市" + "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in f"{number:03d}") + "局"
    )


def _refresh(
    bench: Workbench, seconds: float | None, *, once_publishing: bool = False
) -> int | None:
    """A refresh in a process group of its own; None where it was killed after so many seconds.

    ``once_publishing``: the seconds count from when it begins to publish.
    """
    process = _start(bench)
    try:
        while once_publishing and not _is_publishing(bench, process):
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.wait(0.02)
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return None


def _start(bench: Workbench) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "orchestration.cli", "refresh"],
        env={**os.environ, **bench.environment()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


#: How far a run had come, by what it had written, the last first.
_STAGES = (
    ("after the release got its name", "releases/current", "releases/r*"),
    ("exports", *(f"releases/.building-*/{n}" for n in ("site", "csv", "*.xlsx", "dictionary.md"))),
    ("publishing", "releases/.building-*"),
    ("verdict given", "build/verdict.json"),
    ("the gate over the tables", "build/build.json"),
    ("dbt", "build/warehouse.duckdb*", "dbt/*"),
    ("the gate over the records", "runs/*/gate"),
    ("reading done", "runs/*/outcome.json"),
    ("reading, some records written", "records/_batches/*"),
)


def _stage(bench: Workbench, began: float) -> str:
    """How far the run that began then had come when it died."""
    for name, *patterns in _STAGES:
        written = [path for pattern in patterns for path in bench.home.glob(pattern)]
        if any(path.lstat().st_mtime >= began for path in written):
            return name
    return "starting, reading"


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
