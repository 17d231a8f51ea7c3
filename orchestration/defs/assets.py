"""Assets: a few lines around the functions that do the work.

What belongs here: keys, groups, descriptions, metadata, and the order of steps. What does not:
anything about documents, SQL or files of a release.
"""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg

from orchestration.announce import PUBLISHING, READING, announce
from orchestration.defs.partitions import fiscal_years, years_of_run
from orchestration.defs.resources import Workspace
from orchestration.defs.retries import may_pass
from orchestration.gate.decide import passed_verdict
from orchestration.gate.verdict import Verdict
from orchestration.ingestion.discovery import HASHES_NAME, discover
from orchestration.ingestion.ingest import Ingested, ingest
from orchestration.ingestion.remote import MARKS_NAME, mirror
from orchestration.progress import (
    NOTHING_NEW,
    PUBLISHED,
    current_inputs,
    is_verified,
    mark_verified,
    write_outcome,
)
from orchestration.publishing.exports import exporters
from orchestration.publishing.publish import Published, publish
from orchestration.records import RECORD_TYPES
from orchestration.tables import markdown_table

#: The fiscal year just ended is published between the approval of final accounts in summer and two
#: weeks after the annual refresh; the daemon's freshness check says when that did not happen.
ANNUAL_FRESHNESS = dg.FreshnessPolicy.cron(
    deadline_cron="0 0 15 11 *",
    lower_bound_delta=dt.timedelta(days=150),
    timezone="Asia/Shanghai",
)
OWNERS = ["team:maintainers"]
MANIFEST_KEY = dg.AssetKey("raw_manifest")
DOCUMENTS_KEY = dg.AssetKey("documents")
GATE_KEY = dg.AssetKey("gate")
RELEASE_KEY = dg.AssetKey("release")
_SHOWN_FILES = 500


def record_key(record_type: str) -> dg.AssetKey:
    """The key of a record type; the same as that of dbt's source."""
    return dg.AssetKey(["records", record_type])


@dg.asset(
    key=MANIFEST_KEY,
    group_name="raw",
    kinds={"csv", "pdf", "word", "excel"},
    owners=OWNERS,
    description="原始报告文件夹：有哪些文件, manifest.csv 说了什么 | the raw folder: which files "
    "lie there and what manifest.csv says of them.",
)
def raw_manifest(workspace: Workspace) -> dg.MaterializeResult[None]:
    """Look through the raw folder; where it is a copy of an address, bring it up to date first."""
    settings = workspace.settings()
    home = settings.layout
    if settings.raw_url is not None:
        mirror(settings.raw_url, settings.raw, home.state / MARKS_NAME)
    folder = discover(settings.raw, home.state / HASHES_NAME, home.root)
    rows = [
        {
            "file": f.relative,
            "bytes": f.byte_size,
            "fiscal_year": f.manifest.fiscal_year,
            "region_code": f.manifest.region_code,
            "sha256": (f.sha256 or "")[:16],
        }
        for f in folder.files[:_SHOWN_FILES]
    ]
    return dg.MaterializeResult(
        metadata={
            "files": len(folder.files),
            "bytes": sum(f.byte_size for f in folder.files),
            "listed_but_missing": len(folder.missing),
            "folders_not_opened": len(folder.closed),
            "table": dg.MetadataValue.md(markdown_table(rows)),
        }
    )


def _reading_specs() -> list[dg.AssetSpec]:
    documents = dg.AssetSpec(
        DOCUMENTS_KEY,
        deps=[MANIFEST_KEY],
        group_name="reading",
        kinds={"python", "pdf"},
        owners=OWNERS,
        partitions_def=fiscal_years,
        description="读取结果：每个文件一行结论 | reading: every new file read twice in a worker "
        "process, with an outcome and reasons for each.",
        skippable=True,
    )
    records = [
        dg.AssetSpec(
            record_key(name),
            deps=[DOCUMENTS_KEY],
            group_name="records",
            kinds={"python", "parquet"},
            owners=OWNERS,
            partitions_def=fiscal_years,
            description=(record_type.__doc__ or "").strip(),
            skippable=True,
        )
        for name, record_type in RECORD_TYPES.items()
    ]
    return [documents, *records]


@dg.multi_asset(
    name="read_documents",
    specs=_reading_specs(),
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def read_documents(
    context: dg.AssetExecutionContext, workspace: Workspace
) -> Iterator[dg.MaterializeResult[None]]:
    """Read what is new; where nothing is, leave the rest of the run out."""
    settings = workspace.settings()
    keys = context.partition_keys if context.has_partition_key_range else []
    if context.has_partition_key:
        keys = [context.partition_key]
    with may_pass(context.run.tags, settings):
        done = ingest(
            settings,
            years_of_run(keys),
            lambda done, total, name: announce(READING, done, total, name),
        )
    yield dg.MaterializeResult(asset_key=DOCUMENTS_KEY, metadata=_document_metadata(done))
    inputs = current_inputs(settings, done.parser_version)
    if not done.batches and is_verified(settings.layout, inputs):
        context.log.info("nothing new: nothing is built, nothing is published")
        write_outcome(settings.layout, context.run.run_id, NOTHING_NEW, **_counts(done))
        return
    write_outcome(settings.layout, context.run.run_id, "reading_done", **_counts(done))
    for name in RECORD_TYPES:
        added = sum(batch.rows.get(name, 0) for batch in done.batches)
        yield dg.MaterializeResult(asset_key=record_key(name), metadata={"rows_added": added})


def _counts(done: Ingested) -> dict[str, object]:
    return {
        "read": done.counts["read"],
        "quarantined": done.counts["quarantined"],
        "duplicates": done.counts["duplicate"],
        "unchanged": done.unchanged,
        "missing": list(done.folder.missing),
        "closed": list(done.folder.closed),
        "damaged_batches": done.damaged_batches,
    }


def _document_metadata(done: Ingested) -> dict[str, Any]:
    rows = [
        {
            "file": record.file_path,
            "status": record.status,
            "reasons": record.reasons,
            "pages": record.page_count,
            "seconds": round(done.seconds.get(record.file_path or "", 0.0), 2),
        }
        for record in done.outcomes[:_SHOWN_FILES]
    ]
    return {
        "documents": done.counts["read"],
        "quarantined": done.counts["quarantined"],
        "duplicates": done.counts["duplicate"],
        "unchanged": done.unchanged,
        "seconds": round(sum(done.seconds.values()), 2),
        "parser_version": done.parser_version,
        "outcomes": dg.MetadataValue.md(markdown_table(rows)),
    }


def gate_and_release(marts: Sequence[dg.AssetKey]) -> list[dg.AssetsDefinition]:
    """The last two assets; ``marts`` are the tables that are judged and published."""

    @dg.asset(
        key=GATE_KEY,
        deps=list(marts),
        group_name="gate",
        kinds={"greatexpectations"},
        owners=OWNERS,
        description="质量关卡：本次构建的结论 | the gate: the verdict on this very build, without "
        "which nothing is published.",
    )
    def gate(workspace: Workspace) -> dg.MaterializeResult[None]:
        """Hold the build against its verdict."""
        verdict = passed_verdict(workspace.settings().layout)
        return dg.MaterializeResult(metadata=_verdict_metadata(verdict))

    @dg.asset(
        key=RELEASE_KEY,
        deps=[GATE_KEY, *marts],
        group_name="publishing",
        kinds={"duckdb", "parquet"},
        owners=OWNERS,
        freshness_policy=ANNUAL_FRESHNESS,
        description="发布的版本 | the release: immutable, hashed, current once it is complete.",
    )
    def release(
        context: dg.AssetExecutionContext, workspace: Workspace
    ) -> dg.MaterializeResult[None]:
        """Publish the build, having read its verdict again."""
        settings = workspace.settings()
        verdict = passed_verdict(settings.layout)
        inputs = json.loads(settings.layout.build_record.read_text(encoding="utf-8"))["inputs"]
        announce(PUBLISHING)
        with may_pass(context.run.tags, settings):
            published = publish(
                settings, verdict, inputs, exporters(settings.raw) if settings.exports else ()
            )
        mark_verified(settings.layout, inputs["digest"], published.release.release_id)
        _remember(context.run.run_id, settings.layout, published)
        return dg.MaterializeResult(metadata=_release_metadata(published))

    return [gate, release]


def _remember(run_id: str, home: Any, published: Published) -> None:  # noqa: ANN401
    if published.diff is not None:
        folder = home.run_folder(run_id)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "diff.md").write_text(published.diff.as_markdown(), encoding="utf-8")
    write_outcome(
        home,
        run_id,
        PUBLISHED if published.is_new else NOTHING_NEW,
        release_id=published.release.release_id,
    )


def _verdict_metadata(verdict: Verdict) -> dict[str, Any]:
    rows = [
        {
            "suite": suite.suite,
            "table": suite.table,
            "evaluated": suite.evaluated,
            "errors": len(suite.errors),
            "warnings": len(suite.warnings),
        }
        for suite in verdict.suites
    ]
    return {
        "build_id": verdict.build_id,
        "passed": verdict.passed,
        "expectations": sum(suite.evaluated for suite in verdict.suites),
        "warnings": sum(len(suite.warnings) for suite in verdict.suites),
        "suites": dg.MetadataValue.md(markdown_table(rows)),
    }


def _release_metadata(published: Published) -> dict[str, Any]:
    manifest = published.release.manifest
    metadata: dict[str, Any] = {
        "release_id": published.release.release_id,
        "is_new": published.is_new,
        "content_hash": published.release.content_hash,
        "folder": dg.MetadataValue.path(str(published.release.folder)),
        "reports": manifest["release"]["report_count"],
        "quarantined": manifest["release"]["quarantined_count"],
        "facts": manifest["release"]["fact_count"],
        "findings": manifest["release"]["finding_count"],
        "rows": dg.MetadataValue.md(
            markdown_table([{"table": t, "rows": n} for t, n in manifest["rows"].items()])
        ),
    }
    if published.diff is not None:
        metadata["diff"] = dg.MetadataValue.md(published.diff.as_markdown()[:20_000])
    return metadata
