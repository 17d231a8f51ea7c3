"""Build the warehouse from extractions, in process: for tests that look at the published tables."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.records import RECORD_TYPES, Extraction, FileRecord, to_table

DBT_PROJECT = Path(__file__).parents[2] / "dbt_project"
BATCH = "00000001-20260101T000000Z"
#: Where the parsed project of a test session lies (``tests/conftest.py``); None: parse each time.
PARSED: Path | None = None
PARSE = "partial_parse.msgpack"


def file_of(extraction: Extraction, file_name: str, **fields: Any) -> FileRecord:
    """A ledger row that says the document of an extraction was read from a file of this name."""
    report_id = extraction.document.report_id
    known: dict[str, Any] = {
        "report_id": report_id,
        "file_name": file_name,
        "file_path": file_name,
        "sha256": hashlib.sha256(report_id.encode()).hexdigest(),
        "status": "read",
        "file_format": "txt",
        "parser_version": "test",
    }
    return FileRecord(**(known | fields))


def write_records(
    folder: Path,
    extractions: Sequence[Extraction],
    files: Sequence[FileRecord],
    batch: str = BATCH,
) -> None:
    """Write one batch of records as the record store does (docs/architecture.md)."""
    rows: dict[str, dict[int, list[Any]]] = {name: {0: []} for name in RECORD_TYPES}
    years = {e.document.report_id: e.document.fiscal_year or 0 for e in extractions}
    for file in files:
        rows["file"].setdefault(years.get(file.report_id, 0), []).append(file)
    for extraction in extractions:
        year = years[extraction.document.report_id]
        rows["document"].setdefault(year, []).append(extraction.document)
        for name in ("project", "figure", "indicator", "goal", "statement", "issue"):
            rows[name].setdefault(year, []).extend(getattr(extraction, f"{name}s"))
    for name, by_year in rows.items():
        for year, records in by_year.items():
            table = to_table(RECORD_TYPES[name], records)
            table = table.append_column(
                "record_batch", pa.array([batch] * len(records), pa.string())
            )
            path = folder / name / f"fiscal_year={year}" / f"{batch}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            pq.write_table(table, path)


@contextlib.contextmanager
def environment(**values: str) -> Iterator[None]:
    """Environment variables for the time of a block; an empty value takes the variable away."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update({name: value for name, value in values.items() if value})
    for name in (name for name, value in values.items() if not value):
        os.environ.pop(name, None)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


def dbt(*arguments: str, records: Path, build: Path, target: Path, **variables: str) -> Any:
    """Run a dbt command in process and close its handle on the build; returns dbt's result.

    dbt is told the same relative paths every time, with links behind them: what it keeps of a parse
    stays good only while the environment variables that the project reads are the same strings.
    Views of staging can therefore be read inside a dbt command only, not from the finished build.
    """
    _take_parsed_project(target)
    bench = target.parent / f"{target.name}-links"
    bench.mkdir(parents=True, exist_ok=True)
    for name, path in (("records", records), ("build", build.parent)):
        (bench / name).unlink(missing_ok=True)
        (bench / name).symlink_to(path.resolve(), target_is_directory=True)
    with contextlib.chdir(bench):
        return _invoke(
            *arguments, build=f"build/{build.name}", target=target.resolve(), **variables
        )


def _invoke(*arguments: str, build: str, target: Path, **variables: str) -> Any:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    with environment(JIXIAO_RECORDS="records", JIXIAO_BUILD=build, **variables):
        try:
            return dbtRunner().invoke(
                [
                    *arguments,
                    *("--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)),
                    *("--target-path", str(target), "--log-path", str(target / "logs")),
                    *("--quiet", "--no-use-colors"),
                ]
            )
        finally:
            DuckDBConnectionManager.close_all_connections()


def _take_parsed_project(target: Path) -> None:
    """Begin a fresh target folder with the parse of this session, made by whoever comes first."""
    if PARSED is None or (target / PARSE).exists():
        return
    PARSED.mkdir(parents=True, exist_ok=True)
    with (PARSED / "lock").open("w") as lock, contextlib.chdir(PARSED):
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (PARSED / PARSE).exists():
            result = _invoke("parse", build="build/warehouse.duckdb", target=PARSED)
            assert result.success, result.exception
    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PARSED / PARSE, target / PARSE)


def failures(result: Any) -> list[str]:
    """What went wrong in a dbt run, one line a node; empty where nothing did."""
    if result.exception is not None:
        return [str(result.exception)]
    return [
        f"{node.node.name}: {node.status} {node.message}"
        for node in result.result
        if str(node.status) in {"error", "fail", "runtime error"}
    ]


def build_marts(
    extractions: Sequence[Extraction],
    files: Sequence[FileRecord],
    tmp_path: Path,
    *,
    select: str | None = None,
    checked: bool = True,
    **variables: str,
) -> Path:
    """Write the records, build every model with its tests, and return the build database.

    Args:
        extractions: what extraction said of each document.
        files: the ledger; a document without a ``read`` row here is not published.
        tmp_path: an empty folder.
        select: dbt's node selection; all nodes where it is None. Unit tests are never among them.
        checked: run the data tests of the project too; half of the time of a build.
        variables: further environment variables for dbt.

    Raises:
        AssertionError: a model or a test of the project failed; the message names them.
    """
    records, build = tmp_path / "records", tmp_path / "build" / "warehouse.duckdb"
    build.parent.mkdir(parents=True, exist_ok=True)
    write_records(records, extractions, files)
    result = dbt(
        "build",
        *("--exclude-resource-type", "unit_test"),
        *(() if checked else ("--exclude-resource-type", "test")),
        *(("--select", select) if select else ()),
        records=records,
        build=build,
        target=tmp_path / "target",
        **variables,
    )
    problems = failures(result)
    assert not problems, "\n".join(problems)
    return build
