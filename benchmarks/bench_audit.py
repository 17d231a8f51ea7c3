"""Audit over a million indicator rows: how long the audit layer takes on two threads.

    python -m benchmarks.bench_audit [--rows 1000000] [--folder FOLDER] [--write]

Makes a synthetic build (staged indicator lines, chosen figures and reports, written straight into
DuckDB), then runs the dbt models under models/audit/ and prints the seconds that they took, the
findings, and the rate. Then one report changes, and the audit runs again: only that report's unit.
Nothing is read from reports; staging and choosing are not part of the time, dbt's parsing is.
``--folder`` keeps what was made and takes it up again; ``--write`` puts the table into
``results_audit.md``.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.sections import RESULTS, busy, put_section
from orchestration.records import Extraction
from tests.support.audit_reports import consistent_report
from tests.support.build import dbt, failures, file_of, write_records

#: Tables that the audit reads, by schema; each holds one report that is multiplied.
SOURCES = (
    ("staging", "stg_indicator"),
    ("staging", "stg_issue"),
    ("staging", "stg_statement"),
    ("staging", "stg_goal"),
    ("staging", "stg_project"),
    ("intermediate", "int_report"),
    ("intermediate", "int_report_change"),
    ("intermediate", "int_mention"),
    ("intermediate", "int_mention_choice"),
    ("intermediate", "int_figure"),
    ("intermediate", "int_unit_of_report"),
    ("intermediate", "int_project_of_report"),
)
KEYS = ("report_id", "mention_id", "fact_key", "unit_id")
#: Keys that are numbers: one of its own for every copy.
NUMBERS = ("mention_no",)


def of_a_copy(name: str) -> str:
    """A column of copy ``k.i``, in SQL."""
    if name in KEYS:
        return f"{name} || '-' || k.i as {name}"
    return f"cast(hash({name}, k.i) >> 1 as bigint) as {name}" if name in NUMBERS else name


def multiply(build: Path, rows: int) -> tuple[int, int]:
    """Copy the reports of a small build until there are so many indicator lines.

    Returns:
        (reports, indicator lines) of the multiplied build.
    """
    # Views of staging name the records relative to the folder that dbt ran in.
    with contextlib.chdir(build.parent / "target-links"), duckdb.connect(str(build)) as db:
        db.execute("set threads to 2")
        (lines,) = db.execute("select count(*) from staging.stg_indicator").fetchone() or (0,)
        copies = -(-rows // lines)
        for schema, table in SOURCES:
            names = [c[0] for c in db.execute(f"describe {schema}.{table}").fetchall()]
            columns = ", ".join(of_a_copy(n) for n in names)
            db.execute(
                f"create table bench as select {columns} "
                f"from {schema}.{table}, range({copies}) k(i)"
            )
            kind = db.execute(
                "select table_type from information_schema.tables "
                "where table_schema = ? and table_name = ?",
                [schema, table],
            ).fetchone()
            db.execute(
                f"drop {'view' if kind and kind[0] == 'VIEW' else 'table'} {schema}.{table} cascade"
            )
            db.execute(f"create table {schema}.{table} as select * from bench")
            db.execute("drop table bench")
        reports = db.execute("select count(*) from intermediate.int_report").fetchone()
        copied = db.execute("select count(*) from staging.stg_indicator").fetchone()
    return (reports or (0,))[0], (copied or (0,))[0]


@dataclass(frozen=True, slots=True)
class Audit:
    """What one run of the audit took: seconds; and what it made."""

    reports: int
    findings: int
    wall: float
    cpu: float
    nodes: dict[str, float]


def make(rows: int, folder: Path) -> dict[str, Any]:
    """Build small and multiply, unless the folder holds it; where dbt finds what was made.

    Raises:
        RuntimeError: a model cannot be built.
    """
    records, build, target = folder / "records", folder / "w.duckdb", folder / "target"
    where: dict[str, Any] = {"records": records, "build": build, "target": target}
    if build.exists():
        return where
    extractions: list[Extraction] = [
        consistent_report(f"基准{n}局", 2021 + n % 3, n).extraction for n in range(60)
    ]
    write_records(records, extractions, [file_of(e, f"{n}.txt") for n, e in enumerate(extractions)])
    seeded = dbt("seed", "--select", "path:seeds/reference", "unit_word", "direction_word", **where)
    needed = ("+audit_report", "+int_figure", "+int_project_of_report", "path:models/staging")
    problems = failures(seeded) or failures(dbt("run", "--select", *needed, **where))
    if problems:
        raise RuntimeError("\n".join(problems))
    multiply(build, rows)
    return where


def audit(*options: str, **where: Any) -> Audit:
    """Run the audit models once.

    Raises:
        RuntimeError: one of them failed.
    """
    before = os.times()
    started = time.perf_counter()
    result = dbt("run", "--select", "path:models/audit", *options, **where)
    wall = time.perf_counter() - started
    after = os.times()
    if problems := failures(result):
        raise RuntimeError("\n".join(problems))
    with duckdb.connect(str(where["build"]), read_only=True) as db:
        (findings,) = db.execute("select count(*) from marts.fct_finding").fetchone() or (0,)
        (reports,) = db.execute("select count(*) from audit.audit_report").fetchone() or (0,)
    return Audit(
        reports,
        findings,
        wall,
        after.user + after.system - before.user - before.system,
        {node.node.name: node.execution_time for node in result.result},
    )


def run(rows: int, folder: Path) -> str:
    """Make, audit all, audit one; a table in Markdown."""
    where = make(rows, folder)
    with duckdb.connect(str(where["build"])) as db:
        sizes = [
            (db.execute(f"select count(*) from {table}").fetchone() or (0,))[0]
            for table in (
                "intermediate.int_report",
                "staging.stg_indicator",
                "intermediate.int_mention",
            )
        ]
    load = busy()
    everything = audit("--full-refresh", **where)
    with duckdb.connect(str(where["build"])) as db:
        db.execute(
            "update intermediate.int_report_change set mark = mark || '-newer' "
            "where report_id = (select min(report_id) from intermediate.int_report)"
        )
    one = audit(**where)
    runs = (everything, one)
    reports, lines, mentions = sizes
    rows_of = [
        ("reports audited", [f"{r.reports:,}" for r in runs]),
        ("seconds, dbt's parsing included", [f"{r.wall:.1f}" for r in runs]),
        ("processor seconds", [f"{r.cpu:.1f}" for r in runs]),
        ("indicator lines a second", [f"{lines / everything.wall:,.0f}", ""]),
        ("findings in the table", [f"{r.findings:,}" for r in runs]),
    ]
    slowest = sorted({n for r in runs for n in sorted(r.nodes, key=lambda n: -r.nodes[n])[:5]})
    rows_of += [
        (f"{name}, s", [f"{r.nodes[name]:.1f}" for r in runs])
        for name in sorted(slowest, key=lambda n: -everything.nodes[n])
    ]
    size = f"{lines:,} indicator lines of {reports:,} reports, {mentions:,} figures"
    return "\n".join(
        [
            f"{size}; before the run {load}.\n",
            "| | all reports | one report changed |\n|---|---|---|",
            *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows_of),
        ]
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000, help="indicator lines")
    parser.add_argument("--folder", type=Path, help="keep what is made here, or take it up again")
    parser.add_argument("--write", action="store_true", help="into results_audit.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        said = run(options.rows, options.folder or Path(scratch))
    print(said)
    if options.write:
        command = "python -m benchmarks.bench_audit"
        put_section(RESULTS / "results_audit.md", "Seconds", command, said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
