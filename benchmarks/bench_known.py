"""Nothing twice: what a refresh costs, by how many documents are already known.

    python -m benchmarks.bench_known [--known 0 100 1000] [--exports]

For each number a home that knows so many documents is made (records written, built, published, not
measured). Then: a refresh with nothing new, and a refresh with one new report. Both are held
against loading the code location, and the second against the same report alone in an empty home
(``0``). Flat columns are the aim, and the curves are drawn below them; each step runs in a process
of its own, as the command does. The last table says which steps of the refresh with one new report
take how long on the clock.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.bench_refresh import LOAD, Cost, measure
from orchestration.ingestion.discovery import HASHES_NAME, discover
from orchestration.ingestion.ingest import _inputs_digest, current_parser_version
from orchestration.ingestion.store import RecordStore
from orchestration.records import Extraction, FileRecord
from orchestration.settings import PROJECT_ROOT, Settings
from tests.support.audit_reports import consistent_report
from tests.support.build import file_of

_TEMPLATES = 200
_FIRST_YEAR, _YEARS = 2015, 9
_WIDTH = 50


def know(settings: Settings, count: int) -> None:
    """Put so many documents on record: files in the raw folder and their records in the store."""
    settings.raw.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (settings.raw / f"{number:06d}.txt").write_text(f"报告{number}", encoding="utf-8")
    settings.layout.create()
    folder = discover(settings.raw, settings.layout.state / HASHES_NAME)
    version = current_parser_version(settings)
    by_year: dict[int, list[tuple[FileRecord, Extraction]]] = defaultdict(list)
    for number, file in enumerate(folder.files):
        year = _FIRST_YEAR + number % _YEARS
        # Random reports of as many units as there are: making one takes milliseconds.
        made = consistent_report(f"第{number // _YEARS}服务中心", year, number % _TEMPLATES)
        sha256 = file.sha256 or ""
        extraction = _under(made.extraction, sha256[:16])
        row = file_of(
            extraction,
            file.relative,
            sha256=sha256,
            parser_version=version,
            inputs_digest=_inputs_digest(file, []),
            byte_size=file.byte_size,
        )
        by_year[year].append((row, extraction))
    store = RecordStore(settings.layout.records)
    store.prepare()
    for year, pairs in sorted(by_year.items()):
        store.write(year, [row for row, _ in pairs], [extraction for _, extraction in pairs])


def _under(extraction: Extraction, report_id: str) -> Extraction:
    """The same extraction with the id of another file."""
    changed = {
        name: [dataclasses.replace(r, report_id=report_id) for r in getattr(extraction, name)]
        for name in ("projects", "figures", "indicators", "goals", "statements", "issues")
    }
    document = dataclasses.replace(extraction.document, report_id=report_id)
    return Extraction(document=document, **changed)


def costs(count: int, new: Path, folder: Path, exports: bool) -> tuple[Cost, Cost]:
    """Cost of a refresh with nothing new and of one with one new report, ``count`` known."""
    settings = Settings(home=folder / "home", raw=folder / "raw", exports=exports)
    know(settings, count)
    command = [sys.executable, "-m", "orchestration.cli", "refresh", "--raw", str(settings.raw)]
    home = settings.home
    if count:
        measure("first build", command, home)
    nothing = measure("nothing new", command, home) if count else Cost("–", 0.0, 0.0)
    shutil.copyfile(new, settings.raw / new.name)
    return nothing, measure("one new", command, home)


def steps(home: Path) -> dict[str, float]:
    """Seconds on the clock of the steps of the newest run."""
    import dagster as dg

    with dg.DagsterInstance.from_config(str(home / "dagster")) as instance:
        (newest,) = instance.get_runs(limit=1)
        found = instance.get_run_step_stats(newest.run_id)
    return {s.step_key: s.end_time - s.start_time for s in found if s.start_time and s.end_time}


def show_steps(taken: dict[int, dict[str, float]]) -> None:
    """Print a column a step, the dear ones first."""
    widest = max(taken, key=lambda count: sum(taken[count].values()))
    names = sorted(taken[widest], key=lambda name: -taken[widest][name])
    print("\n| documents known | " + " | ".join(names) + " |")
    print("|---" * (len(names) + 1) + "|")
    for count, seconds in taken.items():
        cells = " | ".join(f"{seconds.get(name, 0):.1f}" for name in names)
        print(f"| {count:,} | {cells} |", flush=True)


def draw(title: str, curve: dict[int, float]) -> None:
    """Print a curve: documents known, and a bar as long as the seconds."""
    longest = max(curve.values(), default=0.0)
    print(f"\n{title}, CPU s\n")
    for count, seconds in curve.items():
        bar = "█" * max(1, round(_WIDTH * seconds / longest))
        print(f"    {count:>9,} {bar} {seconds:.1f}", flush=True)


def run(known: Sequence[int], new: Path, exports: bool) -> None:
    """Measure and print the curves."""
    os.environ["JIXIAO_EXPORTS"] = str(exports).lower()
    with tempfile.TemporaryDirectory() as empty:
        load = [sys.executable, "-c", LOAD]
        measure("first", load, Path(empty))
        loading = measure("load", load, Path(empty))
    print(f"loading the code location: {loading.cpu:.1f} CPU s, {loading.wall:.1f} s\n")
    print("| documents known | nothing new, CPU s | x loading | one new, CPU s | x alone |")
    print("|---|---|---|---|---|", flush=True)
    alone: Cost | None = None
    taken: dict[int, dict[str, float]] = {}
    curves: dict[str, dict[int, float]] = {"nothing new": {}, "one new report": {}}
    for count in known:
        with tempfile.TemporaryDirectory() as folder:
            nothing, one = costs(count, new, Path(folder), exports)
            taken[count] = steps(Path(folder) / "home")
        alone = alone or one
        quiet = f"{nothing.cpu:.1f} | {nothing.cpu / loading.cpu:.1f}" if count else "– | –"
        print(f"| {count:,} | {quiet} | {one.cpu:.1f} | {one.cpu / alone.cpu:.1f} |", flush=True)
        curves["one new report"][count] = one.cpu
        if count:
            curves["nothing new"][count] = nothing.cpu
    for title, curve in curves.items():
        draw(title, curve)
    show_steps(taken)


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--known", type=int, nargs="+", default=[0, 100, 1000])
    parser.add_argument("--exports", action="store_true", help="with workbooks and explorer")
    options = parser.parse_args()
    samples = sorted((PROJECT_ROOT / "raw").rglob("*.docx"))
    if not samples:
        sys.stderr.write("raw/ has no .docx to be the new report\n")
        return 1
    run(options.known, samples[0], options.exports)
    return 0


if __name__ == "__main__":
    sys.exit(main())
