"""The warehouse at size: build, audit, gate, publish; a year more; a hundred reports restated.

    python -m benchmarks.bench_warehouse [--rows 300000] [--years 10] [--memory 4GB]
                                         [--exports] [--keep FOLDER] [--no-gate] [--write]

Generates records (``national.py``) until there are so many indicator lines, then runs the same
functions as a refresh, each step in a process of its own. Printed for each step: seconds on the
clock and of the processor, peak memory of the process, size of what it left. ``x`` beside a later
build is its time against the first one's. Then the saved questions on the release.

50 million lines (``--rows 50000000``) are 600,000 units in ten years. ``--write`` puts what was
printed into ``results_warehouse.md``, also where it is interrupted.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.national import Generator
from benchmarks.sections import RESULTS, busy, put_section
from orchestration.settings import PROJECT_ROOT, Home, Settings

FIRST_YEAR = 2015
RESTATED = 100
_MIB = 1 << 20
_SLOWEST = 8


@dataclass(frozen=True, slots=True)
class Step:
    """What one step took and left: seconds, bytes."""

    name: str
    wall: float
    cpu: float
    peak: int
    size: int


@dataclass
class Said:
    """What was printed, line by line, as it comes."""

    lines: list[str] = field(default_factory=list)

    def __call__(self, line: str) -> None:
        """Print and keep."""
        self.lines.append(line)
        print(line, flush=True)


def run_step(
    name: str, arguments: list[str], left: Path, prefix: Sequence[str], said: Said
) -> Step:
    """Run one step of this module in a process of its own, which says what it took.

    Raises:
        subprocess.CalledProcessError: it failed; its output went to this terminal.
    """
    with tempfile.NamedTemporaryFile(suffix=".json") as took_file:
        command = [sys.executable, "-m", "benchmarks.bench_warehouse", *arguments]
        command = [*prefix, *command, "--said", took_file.name]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        if done.stdout.strip():
            said(done.stdout.rstrip())
        took = json.load(took_file)
    return Step(name, took["wall"], took["cpu"], took["peak"], size_of(left))


def say(path: Path) -> None:
    """What this process took since it was started: seconds, bytes."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    fields = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    born = int(fields[19]) / os.sysconf("SC_CLK_TCK")
    took = {
        "wall": time.clock_gettime(time.CLOCK_BOOTTIME) - born,
        "cpu": used.ru_utime + used.ru_stime,
        "peak": used.ru_maxrss * 1024,
    }
    path.write_text(json.dumps(took), encoding="utf-8")


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files of a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file())


def row_of(step: Step, first: Step | None = None) -> str:
    """A row of the table."""
    times = f" ({step.wall / first.wall:.2f} x the first)" if first else ""
    return (
        f"| {step.name} | {step.wall:.1f}{times} | {step.cpu:.1f} | {step.peak / _MIB:,.0f} | "
        f"{step.size / _MIB:,.0f} |"
    )


# -- steps, each in its own process ----------------------------------------------------------------


def generate(home: Home, units: int, years: int, memory: str, revision: int) -> None:
    """The first years of everybody, one more year, or a hundred reports again."""
    scratch = home.root / "templates"
    generator = Generator(home.records, scratch, memory)
    mark = home.root / "batches"
    generator.batches = int(mark.read_text()) if mark.exists() else 0
    last = FIRST_YEAR + years - 1
    if revision > 1:
        generator.write(RESTATED, range(last, last + 1), revision)
    elif years > 0 and mark.exists():
        generator.write(units, range(last, last + 1))
    else:
        generator.write(units, range(FIRST_YEAR, last + 1))
    mark.write_text(str(generator.batches))
    generator.close()


def build(settings: Settings, number: str) -> None:
    """dbt, every model and test; the slowest nodes are written down."""
    from orchestration.warehouse.build import prepare, run_build

    prepare(settings)
    result = run_build(settings, f"bench-{number}", {}, settings.layout.run_folder(number) / "dbt")
    for node in result.bad:
        sys.stderr.write(f"{node.name}: {node.status} {node.message}\n")
    if any(node.kind != "test" for node in result.bad):
        raise SystemExit(1)


def gate(settings: Settings, number: str) -> None:
    """The suites over records and tables."""
    from orchestration.gate.decide import check_records, check_tables

    check_records(settings, number)
    verdict = check_tables(settings, number)
    for reason in verdict.reasons()[:5]:
        sys.stderr.write(f"{reason}\n")


def publish(settings: Settings, number: str) -> None:
    """A release of what was built, whatever the gate said of made-up figures."""
    from orchestration.gate.verdict import Verdict
    from orchestration.publishing.exports import exporters
    from orchestration.publishing.publish import publish as release

    verdict = Verdict(f"bench-{number}", True, (), ())
    release(settings, verdict, {}, exporters(settings.raw) if settings.exports else ())


def questions(settings: Settings) -> None:
    """The twenty saved questions on the current release."""
    from orchestration.publishing.questions import answer
    from orchestration.publishing.questions import questions as saved

    database = settings.layout.current / "warehouse.duckdb"
    print("\n| question | s | rows |\n|---|---|---|")
    for question in saved(settings.dbt_project_dir / "analyses"):
        started = time.perf_counter()
        rows = len(answer(question, database)[1])
        seconds = time.perf_counter() - started
        print(f"| {question.number}. {question.en[:70]} | {seconds:.2f} | {rows} |")


# -- the whole -------------------------------------------------------------------------------------


def counts(home: Home) -> dict[str, int]:
    """Rows of the published tables that say how large this was."""
    manifest = json.loads((home.current / "manifest.json").read_text(encoding="utf-8"))
    rows: dict[str, int] = manifest["rows"]
    return rows


def slowest(home: Home, runs: list[str]) -> str:
    """The nodes of the builds that took longest, build by build: a table."""
    seconds = []
    for run in runs:
        nodes = json.loads((home.run_folder(run) / "dbt" / "nodes.json").read_text("utf-8"))
        seconds.append({node["name"]: node["seconds"] for node in nodes})
    rows = [f"\n| node | {' | '.join(f'build {run}, s' for run in runs)} |"]
    rows.append("|---|" + "---|" * len(runs))
    rows += [
        f"| {name} | {' | '.join(f'{s.get(name, 0):.1f}' for s in seconds)} |"
        for name in sorted(seconds[0], key=lambda n: -seconds[0][n])[:_SLOWEST]
    ]
    return "\n".join(rows)


def run(options: argparse.Namespace, folder: Path, said: Said) -> None:
    """All steps in order."""
    home = Home(folder)
    home.create()
    generator = Generator(home.records, folder / "templates", options.memory)
    generator.close()
    units = max(RESTATED, round(options.rows / options.years / generator.lines_a_report))
    common = ["--folder", str(folder), "--units", str(units), "--memory", options.memory]
    common += ["--exports"] if options.exports else []
    release = home.releases
    said(f"{units:,} units, {options.years} years, memory_limit {options.memory}; {busy()}\n")
    said("| step | s | CPU s | peak MiB | MiB left |\n|---|---|---|---|---|")

    def step(name: str, kind: str, left: Path, *more: str, first: Step | None = None) -> Step:
        done = run_step(name, ["--step", kind, *common, *more], left, options.prefix, said)
        said(row_of(done, first))
        return done

    years = str(options.years)
    step("generate records", "generate", home.records, "--years", years)
    judged = not options.no_gate
    built = step("build, marts and audit", "build", home.build_database, "--number", "1")
    if judged:
        step("gate", "gate", home.runs, "--number", "1")
    step("publish", "publish", release, "--number", "1")
    step("generate one year more", "generate", home.records, "--years", str(options.years + 1))
    step("build, one year more", "build", home.build_database, "--number", "2", first=built)
    step("publish", "publish", release, "--number", "2")
    restated = ["--years", str(options.years + 1), "--revision", "2"]
    step(f"generate {RESTATED} reports again", "generate", home.records, *restated)
    step(f"build, {RESTATED} restated", "build", home.build_database, "--number", "3", first=built)
    step("publish", "publish", release, "--number", "3")
    rows = counts(home)
    said(
        f"\nreports {rows['dim_report']:,}, indicator lines {rows['fct_indicator_score']:,}, "
        f"mentions {rows['fct_mention']:,}, findings {rows['fct_finding']:,}; {busy()}"
    )
    said(slowest(home, ["1", "2", "3"]))
    run_step("questions", ["--step", "questions", *common], release, options.prefix, said)


def main() -> int:
    """Command line; ``--step`` and what follows it are for the processes started here."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=300_000, help="indicator lines, about")
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--memory", default="4GB", help="DuckDB's memory limit")
    parser.add_argument("--exports", action="store_true", help="with workbooks and explorer")
    parser.add_argument("--no-gate", action="store_true", help="leave the gate out")
    parser.add_argument("--write", action="store_true", help="into results_warehouse.md")
    parser.add_argument("--keep", type=Path, help="an empty folder; what is made stays there")
    parser.add_argument("--prefix", nargs="*", default=[], help="put before each step, as: nice")
    parser.add_argument("--said", type=Path, help=argparse.SUPPRESS)
    for name in ("--step", "--folder", "--number"):
        parser.add_argument(name, help=argparse.SUPPRESS)
    for name in ("--units", "--revision"):
        parser.add_argument(name, type=int, default=1, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step is None:
        said = Said()
        with tempfile.TemporaryDirectory() as folder:
            try:
                run(options, options.keep or Path(folder), said)
            except KeyboardInterrupt:
                said("\nStopped here.")
        if options.write:
            command = f"python -m benchmarks.bench_warehouse --rows {options.rows}"
            title = f"{options.rows:,} indicator lines"
            put_section(RESULTS / "results_warehouse.md", title, command, "\n".join(said.lines))
        return 0
    settings = Settings(
        home=options.folder, exports=options.exports, duckdb_memory=options.memory, raw=PROJECT_ROOT
    )
    steps: dict[str, Callable[[], None]] = {
        "generate": lambda: generate(
            settings.layout, options.units, options.years, options.memory, options.revision
        ),
        "build": lambda: build(settings, options.number),
        "gate": lambda: gate(settings, options.number),
        "publish": lambda: publish(settings, options.number),
        "questions": lambda: questions(settings),
    }
    steps[options.step]()
    say(options.said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
