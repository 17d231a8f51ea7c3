"""Asset checks: Great Expectations suites, each a check on the table it is about.

Checks over records run before dbt, checks over marts after it. Errors block what is downstream in
the same run; that publishing in another run is held back as well is the verdict's work.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg

from orchestration.announce import JUDGING, announce
from orchestration.defs.assets import record_key
from orchestration.defs.resources import Workspace
from orchestration.gate.suites import Suite
from orchestration.gate.verdict import Failed, SuiteResult, Verdict
from orchestration.records import RECORD_TYPES
from orchestration.tables import markdown_table
from orchestration.warehouse.settle import Judged, records_settled, tables_settled

PERSONAL_DATA = "personal_data"


def expectation_checks(
    suites: Sequence[Suite], marts: Sequence[dg.AssetKey]
) -> list[dg.AssetChecksDefinition]:
    """Two check steps: suites over records, suites over marts and personal data.

    Args:
        suites: the suites of the project.
        marts: keys of the published tables; the first carries checks over several tables.
    """
    over_records = {s.name: _key_of(s, marts) for s in suites if s.is_over_records}
    over_tables = {s.name: _key_of(s, marts) for s in suites if not s.is_over_records}
    over_tables[PERSONAL_DATA] = _anchor(marts)
    everything = [record_key(name) for name in RECORD_TYPES]

    @dg.multi_asset_check(
        name="check_records", specs=_specs(over_records, everything), compute_kind="gx"
    )
    def records_check(
        context: dg.AssetCheckExecutionContext, workspace: Workspace
    ) -> Iterator[dg.AssetCheckResult]:
        """Hold the records against their suites."""
        announce(JUDGING)
        judged = records_settled(workspace.settings(), context.run.run_id)
        _say(context, judged)
        yield from _results(judged.verdict, over_records)

    @dg.multi_asset_check(name="check_tables", specs=_specs(over_tables, marts), compute_kind="gx")
    def tables_check(
        context: dg.AssetCheckExecutionContext, workspace: Workspace
    ) -> Iterator[dg.AssetCheckResult]:
        """Hold the build against its suites and write the verdict."""
        announce(JUDGING)
        judged = tables_settled(workspace.settings(), context.run.run_id)
        _say(context, judged)
        yield from _results(judged.verdict, over_tables)

    found = [tables_check]
    if over_records:
        found.append(records_check)
    return found


def _say(context: dg.AssetCheckExecutionContext, judged: Judged) -> None:
    """Name the documents that were set aside, and what became of the tables without them."""
    step = context.op_execution_context
    for record in judged.aside:
        step.log.warning(f"set aside: {record.file_path}: {record.reasons}")
    for node in judged.rebuilt.nodes if judged.rebuilt is not None else ():
        if node.kind == "model" and node.status == "success" and node.rows is not None:
            step.log_event(
                dg.AssetMaterialization(
                    dg.AssetKey([node.schema, node.name]),
                    metadata={"seconds": node.seconds, "dagster/row_count": node.rows},
                )
            )


def _specs(
    keys: dict[str, dg.AssetKey], wait_for: Sequence[dg.AssetKey]
) -> list[dg.AssetCheckSpec]:
    return [
        dg.AssetCheckSpec(
            name,
            asset=key,
            additional_deps=[other for other in wait_for if other != key],
            blocking=True,
            description=f"Great Expectations: expectations/{name}.yml",
        )
        for name, key in keys.items()
    ]


def _results(verdict: Verdict, keys: dict[str, dg.AssetKey]) -> Iterator[dg.AssetCheckResult]:
    for suite in verdict.suites:
        if suite.suite in keys:
            yield dg.AssetCheckResult(
                asset_key=keys[suite.suite],
                check_name=suite.suite,
                passed=not suite.failed,
                severity=dg.AssetCheckSeverity.ERROR
                if suite.errors
                else dg.AssetCheckSeverity.WARN,
                metadata=_metadata(suite),
            )


def _metadata(suite: SuiteResult) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "evaluated": suite.evaluated,
        "errors": len(suite.errors),
        "warnings": len(suite.warnings),
    }
    if suite.rows is not None:
        metadata["rows"] = suite.rows
    if suite.failed:
        metadata["failed"] = dg.MetadataValue.md("\n\n".join(map(_describe, suite.failed)))
    return metadata


def _describe(failed: Failed) -> str:
    count = "" if failed.count is None else f" ({failed.count})"
    title = f"**{failed.severity}** {failed.expectation}{count}: {failed.zh} | {failed.en}"
    if failed.broken:
        return f"{title}\n\n检查本身出错 | the check itself failed: {failed.broken}"
    return f"{title}\n\n{markdown_table(failed.rows)}"


def _key_of(suite: Suite, marts: Sequence[dg.AssetKey]) -> dg.AssetKey:
    if suite.table is None:
        return _anchor(marts)
    key = dg.AssetKey(suite.table.split("."))
    return key if suite.is_over_records or key in marts else _anchor(marts)


def _anchor(marts: Sequence[dg.AssetKey]) -> dg.AssetKey:
    """The table that carries checks over several tables: the reports, where there are any."""
    reports = dg.AssetKey(["marts", "dim_report"])
    return reports if reports in marts else marts[0]
