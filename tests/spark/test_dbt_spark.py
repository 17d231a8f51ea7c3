"""The same records built by DuckDB and by Spark: the published tables are equal, row by row.

Findings included: the records are consistent reports and, for each rule of severity error, one that
breaks it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.spark.thrift import thrift_server
from tests.support.audit_faults import ERROR_FAULTS
from tests.support.audit_reports import consistent_report
from tests.support.build import DBT_PROJECT, build_marts, file_of

pytest.importorskip("pyspark", reason="needs the environment of `make spark-env`")
pytestmark = pytest.mark.spark

#: Unit, fiscal year, seed: two years of one unit, and another unit.
REPORTS = (("甲局", 2022, 1), ("甲局", 2023, 2), ("乙中心", 2023, 3))


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """DuckDB's build, and the folder of Spark's tables."""
    folder = tmp_path_factory.mktemp("builds")
    drafts = [consistent_report(*report) for report in REPORTS]
    for n, fault in enumerate(ERROR_FAULTS):
        drafts.append(consistent_report(f"第{n}局", 2023, 10 + n))
        fault.inject(drafts[-1])
    extractions = [draft.extraction for draft in drafts]
    files = [file_of(extraction, f"{n}.txt") for n, extraction in enumerate(extractions)]
    build = build_marts(extractions, files, folder / "duckdb")
    with thrift_server(folder / "spark") as port:
        _dbt(folder, port, "run-operation", "prepare_spark")
        _dbt(folder, port, "build", "--exclude-resource-type", "test", "unit_test")
    return build, folder / "spark" / "tables"


def test_every_published_table_is_equal(builds: tuple[Path, Path]) -> None:
    build, tables = builds
    with duckdb.connect() as db:
        db.execute(f"attach '{build}' as duck (read_only)")
        names = db.execute(
            "select table_name from duckdb_tables() where database_name = 'duck' "
            "and schema_name = 'marts' order by 1"
        ).fetchall()
        assert names
        found = {name: _difference(db, name, tables / "marts.db" / name) for (name,) in names}
    assert {name: said for name, said in found.items() if said} == {}


def test_the_comparison_had_rows_to_compare(builds: tuple[Path, Path]) -> None:
    with duckdb.connect(str(builds[0]), read_only=True) as db:
        for name in ("fct_expense", "fct_indicator_score", "fct_mention", "fct_budget"):
            assert db.execute(f"select count(*) > 1 from marts.{name}").fetchone() == (True,), name
        rules = "select count(distinct rule_code) from marts.fct_finding where severity = 'error'"
        assert (db.execute(rules).fetchone() or (0,))[0] > len(ERROR_FAULTS) / 2


def _difference(db: duckdb.DuckDBPyConnection, name: str, folder: Path) -> str | None:
    """What differs between a table of DuckDB's build and Spark's Parquet files of it."""
    columns = db.execute(
        "select column_name, data_type from duckdb_columns() where database_name = 'duck' "
        "and schema_name = 'marts' and table_name = ?",
        [name],
    ).fetchall()
    files = [str(path) for path in folder.glob("*.parquet")]
    if not files:
        return "not built"
    theirs = {row[0] for row in db.execute("describe from read_parquet(?)", [files]).fetchall()}
    if theirs != {column for column, _ in columns}:
        return f"columns {theirs ^ {column for column, _ in columns}}"
    # Spark calls types by other names; a value that a type cannot hold would fail the cast.
    typed = ", ".join(f'cast("{column}" as {kind}) as "{column}"' for column, kind in columns)
    here = f"select {typed} from duck.marts.{name}"
    there = f"select {typed} from read_parquet({files!r})"
    only = [
        db.execute(f"select count(*) from ({one} except all {other})").fetchone()
        for one, other in ((here, there), (there, here))
    ]
    return None if only == [(0,), (0,)] else f"rows only in DuckDB, only in Spark: {only}"


def _dbt(folder: Path, port: int, *arguments: str) -> None:
    """Run dbt on the Thrift server; its output is the message where it fails."""
    done = subprocess.run(
        [
            *("dbt", *arguments, "--target", "spark", "--quiet", "--no-use-colors"),
            *("--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)),
            *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
        ],
        env=os.environ
        | {
            "JIXIAO_RECORDS": str(folder / "duckdb" / "records"),
            "JIXIAO_SPARK_THRIFT_PORT": str(port),
            # The one statement of all rules is more than Spark plans in a minute; each rule is not.
            "JIXIAO_RULES_AS": "table",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
