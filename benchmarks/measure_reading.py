"""How well random reports are read: ``python -m benchmarks.measure_reading --n 500 --seed 7``.

Makes reports from specifications in every format and by every maker, reads them back and compares
with the truth. Prints Markdown: per maker, per kind of report and per table the recall and
precision of rows, exactness of fields, silent wrong figures and the share that was quarantined.

``--through records`` (default) stops behind extraction; ``--through warehouse`` runs
``jixiao refresh`` on the folder of reports and compares what was published.

A long measure is run in slices: ``--into FILE`` appends every outcome to a file and leaves out
what is in it already, ``--seconds`` ends a slice; ``--merge FILE …`` prints the tables of what the
files hold.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb
import pypdfium2

from tests.typeset.check_facts import LENIENT, Tally, Verdict, compare, rows_of_extraction
from tests.typeset.check_reading import check_tables
from tests.typeset.check_warehouse import findings, rows_of_report, statuses
from tests.typeset.choosing import RandomChooser
from tests.typeset.makers import MAKERS
from tests.typeset.random_spec import SHAPES, Case, random_case
from tests.typeset.truth import truth


@dataclass(slots=True)
class Outcome:
    """One report: what became of it."""

    seed: int
    maker: str
    shape: str
    status: str  # published | quarantined | unreadable | crashed
    reason: str = ""
    cells: int = 0
    cells_wrong: int = 0
    tallies: dict[str, Tally] = field(default_factory=dict)
    columns: dict[str, Tally] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)
    silent: int = 0
    faults: tuple[str, ...] = ()
    found_faults: tuple[str, ...] = ()
    command: str = ""  # the arguments of the run that made it

    def line(self) -> str:
        """The outcome as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def of_line(cls, line: str) -> Outcome:
        """The outcome that :meth:`line` wrote."""
        data = json.loads(line)
        for name in ("tallies", "columns"):
            data[name] = {key: Tally(**value) for key, value in data[name].items()}
        return cls(**data)


def makers_used(names: list[str] | None, *, scans: bool) -> list[str]:
    """The makers in turn; scans and office conversions only where they can be made."""
    usual = [name for name, maker in MAKERS.items() if maker.is_usual]
    chosen = names or [name for name in usual if scans or name != "scan"]
    return [n for n in chosen if MAKERS[n].available]


def draw(seed: int, shape: str | None) -> Case:
    """The case of a seed."""
    return random_case(RandomChooser(seed), shape)


def measure_one(task: tuple[int, str, str | None]) -> Outcome:
    """Make, read, extract and compare one report."""
    from orchestration.extraction import extract
    from orchestration.reading import UnreadableError, read_bytes

    seed, maker_name, shape = task
    case = draw(seed, shape)
    maker = MAKERS[maker_name]
    outcome = Outcome(seed, maker_name, case.shape, "published")
    outcome.faults = tuple(f.rule_code for f in case.report.faults)
    data = maker.make(case.manuscript, case.style)
    try:
        document = read_bytes(data, file_name=f"{seed}{maker.suffix}")
    except UnreadableError as error:
        outcome.status, outcome.reason = "unreadable", error.reason.value
        return outcome
    if maker.keeps_grid:
        checks = check_tables(document, case.manuscript)
        outcome.cells = sum(c.cells for c in checks)
        outcome.cells_wrong = sum(len(c.missing) for c in checks)
    try:
        extraction = extract(document)
    except Exception as error:  # noqa: BLE001  (extraction promises not to raise: count it)
        outcome.status, outcome.reason = "crashed", f"{type(error).__name__}: {error}"
        return outcome
    errors = [i for i in extraction.issues if i.severity == "error"]
    if errors:
        outcome.status = "quarantined"
        outcome.reason = "; ".join(f"{i.kind} {i.message}" for i in errors[:2])
    _judge(outcome, compare(truth(case.report), rows_of_extraction(extraction), lenient=LENIENT))
    return outcome


def _judge(outcome: Outcome, verdict: Verdict) -> None:
    outcome.tallies = verdict.tallies
    outcome.columns = verdict.columns
    outcome.differences = verdict.differences
    outcome.silent = verdict.silent if outcome.status == "published" else 0


def through_warehouse(tasks: list[tuple[int, str, str | None]], home: Path) -> list[Outcome]:
    """Write the reports to a folder, refresh, compare the release."""
    raw = home / "raw"
    raw.mkdir(parents=True)
    outcomes: dict[str, tuple[Outcome, Case]] = {}
    for seed, maker_name, shape in tasks:
        case = draw(seed, shape)
        maker = MAKERS[maker_name]
        name = f"{seed}-{maker_name}{maker.suffix}"
        (raw / name).write_bytes(maker.make(case.manuscript, case.style))
        outcome = Outcome(seed, maker_name, case.shape, "published")
        outcome.faults = tuple(f.rule_code for f in case.report.faults)
        outcomes[name] = (outcome, case)
    command = [sys.executable, "-m", "orchestration.cli", "refresh"]
    done = subprocess.run(
        [*command, "--raw", str(raw), "--home", str(home / "home")], check=False, text=True
    )
    database = home / "home" / "releases" / "current" / "warehouse.duckdb"
    if not database.exists():
        raise SystemExit(f"no release was published (exit status {done.returncode})")
    known = statuses(database)
    with duckdb.connect(str(database), read_only=True) as connection:
        for name, (outcome, case) in outcomes.items():
            status, report_id, reasons = known.get(name, ("missing", "", ""))
            if status not in {"published", "superseded"}:
                outcome.status, outcome.reason = status, reasons
                continue
            got = rows_of_report(connection, report_id)
            _judge(outcome, compare(truth(case.report), got, computed=True, lenient=LENIENT))
            rules = {rule for rule, _, _ in findings(connection, report_id)}
            outcome.found_faults = tuple(f for f in outcome.faults if f in rules)
    return [outcome for outcome, _ in outcomes.values()]


def table(title: str, groups: dict[str, list[Outcome]]) -> str:
    """One Markdown table: a line per group."""
    lines = [
        f"\n### {title}\n",
        (
            "| | files | held back | cells exact | rows | read | recall | precision | fields "
            "| right | lost | wrong | invented | silent |"
        ),
        "|---|" + "---|" * 13,
    ]
    for name in sorted(groups):
        outcomes = groups[name]
        tally = Tally()
        for outcome in outcomes:
            for one in outcome.tallies.values():
                tally.add(one)
        out = sum(o.status != "published" for o in outcomes)
        cells = sum(o.cells for o in outcomes)
        wrong_cells = sum(o.cells_wrong for o in outcomes)
        exact = f"{1 - wrong_cells / cells:.4f}" if cells else "–"
        lines.append(
            f"| {name} | {len(outcomes)} | {out} ({out / len(outcomes):.0%}) | {exact} "
            f"| {_figures(tally)} | {sum(o.silent for o in outcomes)} |"
        )
    return "\n".join(lines)


def _figures(t: Tally) -> str:
    recall = f"{t.matched / t.expected:.3f}" if t.expected else "–"
    precision = f"{t.matched / t.found:.3f}" if t.found else "–"
    right = f"{t.right / t.fields:.4f}" if t.fields else "–"
    return (
        f"{t.expected} | {t.found} | {recall} | {precision} | {t.fields} | {right} | {t.lost} "
        f"| {t.wrong} | {t.invented}"
    )


def by_table(outcomes: list[Outcome]) -> str:
    """One Markdown table: a line per fact table, over what was not quarantined."""
    totals: dict[str, Tally] = defaultdict(Tally)
    for outcome in outcomes:
        if outcome.status == "published":
            for name, tally in outcome.tallies.items():
                totals[name].add(tally)
    lines = [
        "\n### By table (published reports)\n",
        "| table | rows | read | recall | precision | fields | right | lost | wrong | invented |",
        "|---|" + "---|" * 9,
    ]
    lines += [f"| {name} | {_figures(totals[name])} |" for name in sorted(totals)]
    return "\n".join(lines)


def by_column(outcomes: list[Outcome]) -> str:
    """One Markdown table: a line per column of the rows that were matched, published reports."""
    totals: dict[str, Tally] = defaultdict(Tally)
    for outcome in outcomes:
        if outcome.status == "published":
            for name, tally in outcome.columns.items():
                totals[name].add(tally)
    lines = [
        "\n### By field (matched rows of published reports)\n",
        "| field | stated or read | right | lost | wrong | invented |",
        "|---|" + "---|" * 5,
    ]
    for name in sorted(totals):
        t = totals[name]
        right = f"{t.right / t.fields:.4f}" if t.fields else "–"
        lines.append(f"| {name} | {t.fields} | {right} | {t.lost} | {t.wrong} | {t.invented} |")
    return "\n".join(lines)


def plan(args: argparse.Namespace) -> list[tuple[int, str, str | None]]:
    """The reports to make: seed, maker, kind; scans, of few pages each, evenly among them."""
    names = makers_used(args.makers.split(",") if args.makers else None, scans=False)
    tasks = [(args.seed + i, names[i % len(names)], args.shape) for i in range(args.n)]
    seed, scans = args.seed + args.n, 0
    while scans < args.scans:
        case = draw(seed, args.shape)
        if pages_of(MAKERS["canvas"].make(case.manuscript, case.style)) <= args.scan_pages:
            place = (scans + 1) * args.n // args.scans + scans
            tasks.insert(place, (seed, "scan", args.shape))
            scans += 1
        seed += 1
    return tasks


def pages_of(data: bytes) -> int:
    """The number of pages of a PDF."""
    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def main() -> None:
    """Run the measure and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--n", type=int, default=100, help="number of reports, scans besides")
    parser.add_argument(
        "--seed", type=int, default=1, help="first seed; the reports use seed … seed+n-1"
    )
    parser.add_argument("--makers", help="only these makers, by comma")
    parser.add_argument("--shape", choices=sorted(SHAPES), help="only this kind of report")
    parser.add_argument("--scans", type=int, default=0, help="number of scans")
    parser.add_argument("--scan-pages", type=int, default=2, help="pages of a scan at most")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seconds", type=float, help="stop making reports after this time")
    parser.add_argument("--into", type=Path, help="append outcomes here, leave out what is there")
    parser.add_argument("--merge", type=Path, nargs="+", help="print what these files hold")
    parser.add_argument("--through", choices=("records", "warehouse"), default="records")
    parser.add_argument("--differences", type=int, default=0, help="differences to show a report")
    args = parser.parse_args()
    if args.merge:
        report([o for path in args.merge for o in stored(path)], args.differences)
        return
    done = stored(args.into) if args.into else []
    known = {(o.seed, o.maker) for o in done}
    tasks = [task for task in plan(args) if task[:2] not in known]
    start = time.monotonic()
    if args.through == "warehouse":
        with tempfile.TemporaryDirectory() as folder:
            outcomes = through_warehouse(tasks, Path(folder))
    elif args.workers > 1:
        with ProcessPoolExecutor(args.workers) as pool:
            outcomes = _watched(pool.map(measure_one, tasks), len(tasks), args.seconds, args.into)
            pool.shutdown(cancel_futures=True)
    else:
        outcomes = _watched(map(measure_one, tasks), len(tasks), args.seconds, args.into)
    print(f"{len(outcomes)} reports in {time.monotonic() - start:.0f} s", file=sys.stderr)
    if args.into and len(outcomes) < len(tasks):
        print(f"{len(tasks) - len(outcomes)} left: call again", file=sys.stderr)
        return
    report(done + outcomes, args.differences)


def stored(path: Path) -> list[Outcome]:
    """The outcomes in a file of outcomes; none where there is no file."""
    if not path.exists():
        return []
    return [Outcome.of_line(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _watched(
    outcomes: Iterable[Outcome], n: int, seconds: float | None, into: Path | None
) -> list[Outcome]:
    """The outcomes there are in the time given; every fiftieth is told on standard error."""
    out = []
    end = time.monotonic() + seconds if seconds else float("inf")
    for outcome in outcomes:
        out.append(outcome)
        if into:
            outcome.command = shlex.join(sys.argv[1:])
            with into.open("a", encoding="utf-8") as file:
                file.write(outcome.line() + "\n")
        if len(out) % 50 == 0:
            silent = sum(o.silent for o in out)
            print(f"{len(out)} of {n}, {silent} silent wrong fields so far", file=sys.stderr)
        if time.monotonic() > end:
            break
    return out


def report(outcomes: list[Outcome], differences: int) -> None:
    """Print the tables."""
    outcomes = sorted(outcomes, key=lambda o: o.seed)
    print("# How well random reports are read\n")
    print(
        "Reports that no test uses, made from specifications, read back through extraction and\n"
        "compared with the truth. `cells exact` is the share of cells whose place, spans and text\n"
        "are right; `lost` counts stated fields that were not read (those of missing rows\n"
        "too), `silent` the wrong or invented fields of reports that were not held back.\n"
    )
    for arguments in dict.fromkeys(o.command or shlex.join(sys.argv[1:]) for o in outcomes):
        print(f"    python -m benchmarks.measure_reading {arguments}")
    print()
    print(f"{len(outcomes)} reports, seeds {outcomes[0].seed} … {outcomes[-1].seed}.")
    makers: dict[str, list[Outcome]] = defaultdict(list)
    shapes: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        makers[f"{MAKERS[outcome.maker].file_format}: {outcome.maker}"].append(outcome)
        shapes[outcome.shape].append(outcome)
    print(table("By format and maker", dict(makers)))
    print(table("By kind of report", dict(shapes)))
    print(table("All", {"all": outcomes}))
    print(by_table(outcomes))
    print(by_column(outcomes))
    planted = [f for o in outcomes for f in o.faults if o.status == "published"]
    seen = [f for o in outcomes for f in o.found_faults]
    rules = f"found: {len(seen)}" if seen else "rules were not run (--through warehouse runs them)"
    print(f"\nPlanted inconsistencies in published reports: {len(planted)}; {rules}.")
    for outcome in outcomes:
        if outcome.status in {"crashed", "unreadable"} or (differences and outcome.differences):
            head = f"{outcome.seed} {outcome.maker} {outcome.shape} {outcome.status}"
            print(f"- {head} {outcome.reason}")
            for line in outcome.differences[:differences]:
                print(f"    - {line}")


if __name__ == "__main__":
    main()
