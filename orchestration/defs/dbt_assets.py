"""The warehouse as Dagster sees it: every dbt model and seed an asset, every dbt test a check."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, dbt_assets

from orchestration.defs.assets import OWNERS
from orchestration.defs.resources import Workspace
from orchestration.settings import Settings
from orchestration.tables import markdown_table
from orchestration.warehouse.build import (
    BuildResult,
    NodeResult,
    manifest_path,
    preview_rows,
    project_digest,
)
from orchestration.warehouse.lineage import LINEAGE_NAME, ModelLineage, column_lineage
from orchestration.warehouse.settle import build_settled

_UNIQUE_ID = "dagster_dbt/unique_id"
_PREVIEW_ROWS = 3


class RoomTranslator(DagsterDbtTranslator):
    """Dbt nodes as assets: a group for each folder of the project."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """The room: staging, intermediate, audit, marts, or the folder of the seeds."""
        fqn = dbt_resource_props["fqn"]
        return str(fqn[1]) if len(fqn) > 2 else "warehouse"

    def get_owners(
        self,
        dbt_resource_props: Mapping[str, Any],  # noqa: ARG002 - given by dagster-dbt
    ) -> Sequence[str] | None:
        """Everything has the one team of this project as its owner."""
        return OWNERS


def warehouse_assets(manifest: Path) -> dg.AssetsDefinition:
    """Every dbt model and seed as an asset, every dbt test as a check, built in this process."""

    @dbt_assets(manifest=manifest, dagster_dbt_translator=RoomTranslator(), name="dbt_build")
    def dbt_build(
        context: dg.AssetExecutionContext, workspace: Workspace
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        settings = workspace.settings()
        names = _unique_id_of_keys(context.assets_def)
        select = (
            [names[key].split(".")[-1] for key in context.selected_asset_keys]
            if context.is_subset
            else []
        )
        result, aside = build_settled(settings, context.run.run_id, select)
        for record in aside:
            context.log.warning(f"set aside: {record.file_path}: {record.reasons}")
        yield from _build_events(context, settings, result)
        broken = [node for node in result.bad if node.kind != "test"]
        if broken:
            raise dg.Failure(
                "\n".join(f"{node.name}: {node.message}" for node in broken),
                allow_retries=False,
            )

    return dbt_build


def _unique_id_of_keys(definition: dg.AssetsDefinition) -> dict[dg.AssetKey, str]:
    return {spec.key: spec.metadata[_UNIQUE_ID] for spec in definition.specs}


def _build_events(
    context: dg.AssetExecutionContext, settings: Settings, result: BuildResult
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    definition = context.assets_def
    keys = {unique_id: key for key, unique_id in _unique_id_of_keys(definition).items()}
    specs = {
        spec.metadata[_UNIQUE_ID]: spec
        for spec in definition.check_specs
        if spec.metadata and _UNIQUE_ID in spec.metadata
    }
    home = settings.layout
    lineage = column_lineage(
        project_digest(settings),
        home.dbt_target / "manifest.json",
        home.build_database,
        manifest_path(settings).with_name(LINEAGE_NAME),
    )
    previews = preview_rows(home.build_database, "marts", _PREVIEW_ROWS)
    for node in result.nodes:
        key = keys.get(node.unique_id)
        if node.status == "success" and key in context.selected_asset_keys:
            metadata: dict[str, Any] = {"seconds": node.seconds}
            if node.rows is not None:
                metadata["dagster/row_count"] = node.rows
            if node.schema == "marts" and node.name in previews:
                metadata["preview"] = dg.MetadataValue.md(markdown_table(previews[node.name]))
            if node.unique_id in lineage:
                metadata["dagster/column_lineage"] = _lineage_of(lineage[node.unique_id], keys)
            yield dg.MaterializeResult(asset_key=key, metadata=metadata)
    for node in result.nodes:
        spec = specs.get(node.unique_id)
        if spec is not None and spec.key in context.selected_asset_check_keys:
            yield _test_result(spec, node)


def _lineage_of(columns: ModelLineage, keys: Mapping[str, dg.AssetKey]) -> dg.TableColumnLineage:
    """Lineage as Dagster has it; a source is the record type of the same name."""
    return dg.TableColumnLineage(
        {
            column: [
                dg.TableColumnDep(keys.get(parent) or _source_key(parent), name)
                for parent, name in parents
            ]
            for column, parents in columns.items()
        }
    )


def _source_key(unique_id: str) -> dg.AssetKey:
    return dg.AssetKey(unique_id.split(".")[-2:])


def _test_result(spec: dg.AssetCheckSpec, node: NodeResult) -> dg.AssetCheckResult:
    severity = dg.AssetCheckSeverity.WARN if node.status == "warn" else dg.AssetCheckSeverity.ERROR
    metadata: dict[str, Any] = {"seconds": node.seconds, "failures": node.failures or 0}
    if node.message:
        metadata["message"] = node.message
    if node.failing_rows:
        metadata["failing_rows"] = dg.MetadataValue.md(markdown_table(node.failing_rows))
    return dg.AssetCheckResult(
        asset_key=spec.asset_key,
        check_name=spec.name,
        passed=node.status == "pass",
        severity=severity,
        metadata=metadata,
    )
