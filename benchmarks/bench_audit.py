"""Audit over a million indicator rows: how long the audit layer takes on two threads.

    python -m benchmarks.bench_audit [--rows 1000000]

Makes a synthetic build (staged indicator lines, chosen figures and reports, written straight into
DuckDB), then runs the dbt models under models/audit/ and prints the seconds that they took, the
findings, and the rate. Then one report gets newer records, and the audit runs again: only that
report's unit. Nothing is read from reports; parsing and staging are not part of the time.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

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
    ("staging", "stg_reading"),
    ("intermediate", "int_report"),
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


def run(rows: int, folder: Path) -> int:
    """Build small, multiply, audit, print."""
    extractions: list[Extraction] = [
        consistent_report(f"基准{n}局", 2021 + n % 3, n).extraction for n in range(60)
    ]
    records, build, target = folder / "records", folder / "w.duckdb", folder / "target"
    write_records(records, extractions, [file_of(e, f"{n}.txt") for n, e in enumerate(extractions)])
    where: dict[str, Any] = {"records": records, "build": build, "target": target}
    seeded = dbt("seed", "--select", "path:seeds/reference", "unit_word", "direction_word", **where)
    needed = ("+audit_report", "+int_figure", "+int_project_of_report", "path:models/staging")
    problems = failures(seeded) or failures(dbt("run", "--select", *needed, **where))
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    reports, lines = multiply(build, rows)
    print(f"reports            {reports}")
    print(f"indicator lines    {lines}")
    for name in ("everything", "one report changed"):
        if not audit(name, lines, **where):
            return 1
        with duckdb.connect(str(build)) as db:
            db.execute(
                "update staging.stg_reading set record_batch = record_batch || '-newer' "
                "where report_id = (select min(report_id) from intermediate.int_report)"
            )
    return 0


def audit(name: str, lines: int, **where: Any) -> bool:
    """Run the audit models once and print what they took; False where one failed."""
    before = os.times()
    started = time.perf_counter()
    result = dbt("run", "--select", "path:models/audit", **where)
    seconds = time.perf_counter() - started
    after = os.times()
    if problems := failures(result):
        print("\n".join(problems), file=sys.stderr)
        return False
    with duckdb.connect(str(where["build"]), read_only=True) as db:
        (findings,) = db.execute("select count(*) from marts.fct_finding").fetchone() or (0,)
        (audited,) = db.execute("select count(*) from audit.audit_report").fetchone() or (0,)
    busy = after.user + after.system - before.user - before.system
    print(f"{name}: {audited} reports audited, {findings} findings")
    print(f"  dbt run, wall    {seconds:.1f} s (parsing included)")
    print(f"  processor time   {busy:.1f} s")
    print(f"  lines a second   {lines / seconds:,.0f}")
    for node in sorted(result.result, key=lambda node: -node.execution_time)[:5]:
        print(f"  {node.node.name:<32} {node.execution_time:.1f} s")
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000, help="indicator lines")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return run(options.rows, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
