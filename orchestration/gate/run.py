"""Running suites with Great Expectations over frames taken from DuckDB.

Great Expectations is imported here and nowhere else, and only when a suite is run: the import
costs seconds.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from orchestration.gate.personal import personal_data_sql
from orchestration.gate.source import has_previous, quoted, tables, text_columns
from orchestration.gate.suites import Expected, Suite, Violation
from orchestration.gate.verdict import Failed, SuiteResult

_GX_SEVERITY = {"error": "critical", "warning": "warning"}
_SHOWN_ROWS = 20
_VIOLATIONS_KEPT = 1000
_NO_ROWS_TYPE = "expect_table_row_count_to_equal"
PERSONAL_SUITE = "personal_data"


class GateRunner:
    """One Great Expectations context for all suites of a run; builds Data Docs at the end."""

    def __init__(self, folder: Path) -> None:
        """``folder`` receives ``gx/`` with results and Data Docs."""
        os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
        import great_expectations as gx
        from great_expectations.data_context.types.base import ProgressBarsConfig

        folder.mkdir(parents=True, exist_ok=True)
        self._gx = gx
        self._context: Any = gx.get_context(mode="file", project_root_dir=folder)
        self._context.variables.progress_bars = ProgressBarsConfig(globally=False)
        self._source: Any = self._context.data_sources.add_or_update_pandas("duckdb")
        self._folder = folder

    def run(self, suite: Suite, connection: duckdb.DuckDBPyConnection) -> SuiteResult:
        """Hold one suite against the tables of a connection."""
        failed: list[Failed] = []
        rows: int | None = None
        evaluated = 0
        if suite.table is not None and suite.expectations:
            evaluated += len(suite.expectations)
            try:
                frame = _fetch(connection, suite)
            except duckdb.Error as error:
                return SuiteResult(
                    suite.name, suite.table, evaluated, None, (_missing(suite, error),)
                )
            rows = len(frame)
            results = self._validate(
                suite.name,
                frame,
                [_to_gx(e.type, e.kwargs, e) for e in suite.expectations],
                suite.show,
            )
            failed.extend(
                _failed(expected, result)
                for expected, result in zip(suite.expectations, results, strict=True)
                if not result.success
            )
        for violation in suite.violations:
            if violation.needs_previous and not has_previous(connection):
                continue
            evaluated += 1
            fault = self._violation(suite.name, violation, connection)
            if fault is not None:
                failed.append(fault)
        return SuiteResult(suite.name, suite.table, evaluated, rows, tuple(failed))

    def run_personal(
        self, connection: duckdb.DuckDBPyConnection, schemas: Iterable[str]
    ) -> SuiteResult:
        """Scan every text column of every table for personal data; any hit blocks."""
        failed: list[Failed] = []
        evaluated = 0
        for schema in schemas:
            for table in tables(connection, schema):
                name = f"{schema}.{quoted(table)}"
                sql = personal_data_sql(name, text_columns(connection, schema, table))
                if sql is None:
                    continue
                evaluated += 1
                violation = Violation(
                    name=f"{schema}.{table}",
                    sql=sql,
                    severity="error",
                    zh=f"{schema}.{table} 中不得出现个人信息（电话、身份证号、邮箱）",
                    en=f"no personal data (telephone, identity card, e-mail) in {schema}.{table}",
                )
                fault = self._violation(PERSONAL_SUITE, violation, connection)
                if fault is not None:
                    failed.append(fault)
        return SuiteResult(PERSONAL_SUITE, None, evaluated, None, tuple(failed))

    def build_docs(self) -> Path:
        """Build Data Docs; returns the index page."""
        self._context.build_data_docs()
        found = sorted(self._folder.rglob("data_docs/**/index.html"))
        return found[0] if found else self._folder

    def _violation(
        self, suite: str, violation: Violation, connection: duckdb.DuckDBPyConnection
    ) -> Failed | None:
        try:
            frame = connection.execute(
                f"select * from ({violation.sql}) limit {_VIOLATIONS_KEPT}"  # noqa: S608
            ).df()
        except duckdb.Error as error:
            return Failed(
                violation.name,
                violation.severity,
                violation.zh,
                violation.en,
                None,
                broken=str(error),
            )
        expectation = _to_gx(_NO_ROWS_TYPE, {"value": 0}, violation)
        (result,) = self._validate(f"{suite}.{violation.name}", frame, [expectation])
        if result.success:
            return None
        return Failed(
            violation.name,
            violation.severity,
            violation.zh,
            violation.en,
            len(frame),
            rows=_as_text(frame.head(_SHOWN_ROWS).to_dict("records")),
        )

    def _validate(
        self,
        name: str,
        frame: pd.DataFrame,
        expectations: Sequence[Any],
        show: Sequence[str] = (),
    ) -> list[Any]:
        gx = self._gx
        suite = self._context.suites.add_or_update(gx.ExpectationSuite(name=name))
        for expectation in expectations:
            suite.add_expectation(expectation)
        asset = self._source.add_dataframe_asset(name=name)
        batch = asset.add_batch_definition_whole_dataframe(name)
        definition = self._context.validation_definitions.add_or_update(
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


def _fetch(connection: duckdb.DuckDBPyConnection, suite: Suite) -> pd.DataFrame:
    columns = ", ".join(quoted(column) for column in suite.columns) or "*"
    return connection.execute(f"select {columns} from {suite.table}").df()  # noqa: S608


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
