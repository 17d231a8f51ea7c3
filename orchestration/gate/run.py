"""Running suites with Great Expectations over frames taken from DuckDB.

Great Expectations is imported here and nowhere else, and only when a suite is run: the import
costs seconds.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from orchestration.gate.narrow import columns_of, rows_that_may_fail
from orchestration.gate.personal import personal_data_sql, suspicion_sql
from orchestration.gate.source import has_previous, quoted, tables, text_columns
from orchestration.gate.suites import Expected, Suite, Violation
from orchestration.gate.verdict import Failed, SuiteResult

_GX_SEVERITY = {"error": "critical", "warning": "warning"}
_SHOWN_ROWS = 20
_VIOLATIONS_KEPT = 1000
#: Rows of a frame: bounds the memory of the gate, whatever the size of a table.
FRAME_ROWS = 500_000
#: A table of more rows is narrowed to those that may fail, and so many that hold.
WHOLE_ROWS = 20_000
_HOLDING_ROWS = 1_000
_UNIQUE_TYPE = "expect_column_values_to_be_unique"
_NO_ROW = "select 1 as hit where false"
_NO_ROWS_TYPE = "expect_column_max_to_be_between"
DATA_DOCS = "data_docs"
PERSONAL_SUITE = "personal_data"


class GateRunner:
    """One Great Expectations context for all suites of a run; builds Data Docs at the end."""

    def __init__(self, folder: Path) -> None:
        """``folder`` receives ``data_docs/``."""
        os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
        import great_expectations as gx
        from great_expectations.data_context.types.base import ProgressBarsConfig

        self._gx = gx
        self._folder = folder / DATA_DOCS
        # In memory: a context on disk writes its whole configuration again for every suite.
        self._context: Any = gx.get_context(mode="ephemeral")
        self._context.variables.progress_bars = ProgressBarsConfig(globally=False)
        self._source: Any = self._context.data_sources.add_pandas("duckdb")

    def run(self, suite: Suite, connection: duckdb.DuckDBPyConnection) -> SuiteResult:
        """Hold one suite against the tables of a connection."""
        failed: list[Failed] = []
        rows: int | None = None
        evaluated = len(suite.expectations)
        if suite.table is not None and suite.expectations:
            try:
                rows, found = self._table(suite, connection)
            except duckdb.Error as error:
                return SuiteResult(
                    suite.name, suite.table, evaluated, None, (_missing(suite, error),)
                )
            failed.extend(found)
        wanted = [
            violation
            for violation in suite.violations
            if not violation.needs_previous or has_previous(connection)
        ]
        failed.extend(self._violations(suite.name, wanted, connection))
        return SuiteResult(suite.name, suite.table, evaluated + len(wanted), rows, tuple(failed))

    def _table(
        self, suite: Suite, connection: duckdb.DuckDBPyConnection
    ) -> tuple[int, list[Failed]]:
        """Rows of the suite's table, and what does not hold of them."""
        rows = _count(connection, str(suite.table))
        failed: dict[int, Failed] = {}
        for number, frame in enumerate(_frames(connection, suite)):
            results = self._validate(
                f"{suite.name}.{number}" if number else suite.name,
                frame,
                [_to_gx(e.type, e.kwargs, e) for e in suite.expectations],
                suite.show,
            )
            for n, (expected, result) in enumerate(zip(suite.expectations, results, strict=True)):
                if not result.success:
                    failed[n] = _together(failed.get(n), _failed(expected, result))
        return rows, [failed[n] for n in sorted(failed)]

    def run_personal(
        self, connection: duckdb.DuckDBPyConnection, schemas: Iterable[str]
    ) -> SuiteResult:
        """Scan every text column of every table for personal data; any hit blocks."""
        scans = []
        for schema in schemas:
            for table in tables(connection, schema):
                name, columns = f"{schema}.{quoted(table)}", text_columns(connection, schema, table)
                suspicion, sql = suspicion_sql(name, columns), personal_data_sql(name, columns)
                if suspicion is None or sql is None:
                    continue
                clean = connection.execute(suspicion).fetchone() is None
                scans.append(_personal_violation(f"{schema}.{table}", _NO_ROW if clean else sql))
        failed = self._violations(PERSONAL_SUITE, scans, connection)
        return SuiteResult(PERSONAL_SUITE, None, len(scans), None, tuple(failed))

    def build_docs(self) -> Path:
        """Build Data Docs of everything that was run; returns the index page."""
        site = {
            "class_name": "SiteBuilder",
            "store_backend": {
                "class_name": "TupleFilesystemStoreBackend",
                "base_directory": str(self._folder),
            },
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        }
        self._folder.mkdir(parents=True, exist_ok=True)
        for name in list(self._context.variables.data_docs_sites or {}):
            self._context.delete_data_docs_site(name)
        self._context.add_data_docs_site(site_name="gate", site_config=site)
        self._context.build_data_docs(site_names=["gate"])
        return self._folder / "index.html"

    def _violations(
        self,
        suite: str,
        violations: Sequence[Violation],
        connection: duckdb.DuckDBPyConnection,
    ) -> list[Failed]:
        """Run the SQL of violations; Great Expectations then judges their numbers of rows."""
        frames: dict[str, pd.DataFrame] = {}
        broken: list[Failed] = []
        for v in violations:
            try:
                frames[v.name] = connection.execute(
                    f"select * from ({v.sql}) limit {_VIOLATIONS_KEPT}"  # noqa: S608
                ).df()
            except duckdb.Error as error:
                broken.append(Failed(v.name, v.severity, v.zh, v.en, None, broken=str(error)))
        able = [v for v in violations if v.name in frames]
        if not able:
            return broken
        counts = pd.DataFrame({v.name: [len(frames[v.name])] for v in able})
        expected = [_to_gx(_NO_ROWS_TYPE, {"column": v.name, "max_value": 0}, v) for v in able]
        results = self._validate(f"{suite}.violations", counts, expected)
        return broken + [
            Failed(
                v.name,
                v.severity,
                v.zh,
                v.en,
                len(frames[v.name]),
                rows=_as_text(frames[v.name].head(_SHOWN_ROWS).to_dict("records")),
            )
            for v, result in zip(able, results, strict=True)
            if not result.success
        ]

    def _validate(
        self,
        name: str,
        frame: pd.DataFrame,
        expectations: Sequence[Any],
        show: Sequence[str] = (),
    ) -> list[Any]:
        gx = self._gx
        suite = self._context.suites.add(
            gx.ExpectationSuite(name=name, expectations=list(expectations))
        )
        asset = self._source.add_dataframe_asset(name=name)
        batch = asset.add_batch_definition_whole_dataframe(name)
        definition = self._context.validation_definitions.add(
            gx.ValidationDefinition(name=name, data=batch, suite=suite)
        )
        outcome = definition.run(
            batch_parameters={"dataframe": frame},
            result_format={
                "result_format": "SUMMARY",
                "partial_unexpected_count": _SHOWN_ROWS,
                "unexpected_index_column_names": list(show),
            },
        )
        by_id = {result.expectation_config.id: result for result in outcome.results}
        return [by_id[expectation.id] for expectation in suite.expectations]


def _personal_violation(table: str, sql: str) -> Violation:
    return Violation(
        name=table,
        sql=sql,
        severity="error",
        zh=f"{table} 中不得出现个人信息（姓名、电话、身份证号、邮箱）",
        en=f"no personal data (names, telephone, identity card, e-mail) in {table}",
    )


def _frames(connection: duckdb.DuckDBPyConnection, suite: Suite) -> Iterator[pd.DataFrame]:
    """The rows of the table to look at, in as many frames as keep each below so many rows.

    Every expectation is about single rows, or about values that occur twice: rows of the same
    value come into the same frame. Of a large table only the rows that may fail are looked at, and
    some that hold (``narrow.py``).

    Raises:
        duckdb.Error: the table or a column is not there.
    """
    columns = ", ".join(quoted(column) for column in suite.columns) or "*"
    wanted, counted = str(suite.table), _count(connection, str(suite.table))
    if counted > WHOLE_ROWS:
        described = connection.execute(f"describe {suite.table}").fetchall()
        doubtful = rows_that_may_fail(suite, columns_of(described))
        if doubtful is not None:
            wanted = (
                f"(select * from {suite.table} where {doubtful} union all "  # noqa: S608
                f"(select * from {suite.table} where not ({doubtful}) limit {_HOLDING_ROWS}))"
            )
            counted = _count(connection, wanted)
    alone = {e.columns for e in suite.expectations if e.type == _UNIQUE_TYPE}
    frames = 1 if len(alone) > 1 else max(1, -(-counted // FRAME_ROWS))
    key = ", ".join(quoted(c) for c in next(iter(alone), suite.columns[:1]))
    for number in range(frames):
        part = f"where hash({key}) % {frames} = {number}" if frames > 1 else ""
        yield connection.execute(f"select {columns} from {wanted} {part}").df()  # noqa: S608


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    found = connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608
    return int(found[0]) if found else 0


def _together(one: Failed | None, other: Failed) -> Failed:
    """What an expectation found in one frame and in another."""
    if one is None:
        return other
    counts = [f.count for f in (one, other) if f.count is not None]
    return replace(
        one,
        count=sum(counts) if counts else None,
        rows=[*one.rows, *other.rows][:_SHOWN_ROWS],
        broken=one.broken or other.broken,
    )


def _to_gx(kind: str, kwargs: dict[str, Any], reason: Expected | Violation) -> Any:  # noqa: ANN401
    """Great Expectations' own object for ``expect_…`` with severity and reason."""
    import great_expectations.expectations as gxe

    maker: Any = getattr(gxe, "".join(part.capitalize() for part in kind.split("_")))
    meta = {"zh": reason.zh, "en": reason.en}
    return maker(**kwargs, severity=_GX_SEVERITY[reason.severity], meta=meta)


def _missing(suite: Suite, error: duckdb.Error) -> Failed:
    return Failed(
        f"{suite.table}",
        "error",
        f"表 {suite.table} 无法读取，或缺少规则集要求的列",
        f"{suite.table} cannot be read or lacks a column that the suite expects",
        None,
        broken=str(error),
    )


def _failed(expected: Expected, result: Any) -> Failed:  # noqa: ANN401
    found = result.result or {}
    broken = None
    for info in _exceptions(result.exception_info):
        if info.get("raised_exception"):
            broken = str(info.get("exception_message"))
    samples = _as_text(found.get("partial_unexpected_index_list") or ())[:_SHOWN_ROWS]
    if not samples:
        samples = [
            {expected.columns[0] if expected.columns else "value": str(value)}
            for value in found.get("partial_unexpected_list", [])[:_SHOWN_ROWS]
        ]
    if not samples and "observed_value" in found:
        samples = [{"observed": str(found["observed_value"])}]
    title = " ".join([expected.type, *expected.columns])
    return Failed(
        title,
        expected.severity,
        expected.zh,
        expected.en,
        found.get("unexpected_count"),
        rows=samples,
        broken=broken,
    )


def _exceptions(info: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Great Expectations gives one of these, or one per metric."""
    if not isinstance(info, dict):
        return []
    if "raised_exception" in info:
        return [info]
    return [value for value in info.values() if isinstance(value, dict)]


def _as_text(rows: Iterable[dict[Any, Any]]) -> list[dict[str, str]]:
    return [{str(k): str(v) for k, v in row.items()} for row in rows]
