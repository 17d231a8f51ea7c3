"""The code location: assembles assets, checks, job, schedule and sensors. No side effects.

``build_defs`` makes a fresh set for every caller; a test passes its own folders and gets its own
code location. ``defs`` (made on first use) is what Dagster loads.
"""

from __future__ import annotations

from collections.abc import Mapping

import dagster as dg

from orchestration.defs.assets import gate_and_release, raw_manifest, read_documents
from orchestration.defs.checks import expectation_checks
from orchestration.defs.dbt_assets import warehouse_assets
from orchestration.defs.jobs import refresh_job
from orchestration.defs.resources import Workspace
from orchestration.defs.schedules import annual_refresh
from orchestration.defs.sensors import alert_failed_check, alert_failed_run, lost_runs, new_files
from orchestration.gate.suites import load_suites
from orchestration.messages import JixiaoError
from orchestration.settings import Settings
from orchestration.warehouse.build import manifest_path


def build_defs(
    settings: Settings | None = None, resources: Mapping[str, object] | None = None
) -> dg.Definitions:
    """All definitions.

    Args:
        settings: where dbt project and suites lie; by default from the environment.
        resources: resources that take the place of the usual ones.

    Raises:
        JixiaoError: dbt's manifest is not there; ``jixiao prepare`` makes it.
    """
    settings = settings or Settings()
    manifest = manifest_path(settings)
    if not manifest.is_file():
        raise JixiaoError(
            f"缺少 {manifest}；请先运行 jixiao prepare",
            f"{manifest} is not there; run jixiao prepare first",
        )
    warehouse = warehouse_assets(manifest)
    marts = _marts(warehouse)
    return dg.Definitions(
        assets=[raw_manifest, read_documents, warehouse, *gate_and_release(marts)],
        asset_checks=expectation_checks(load_suites(settings.expectations_dir), marts),
        jobs=[refresh_job],
        schedules=[annual_refresh],
        sensors=[new_files, lost_runs, alert_failed_run, alert_failed_check],
        resources={"workspace": Workspace(), **(resources or {})},
        executor=_executor(settings),
    )


def _marts(warehouse: dg.AssetsDefinition) -> list[dg.AssetKey]:
    """The published tables: the models of dbt's schema ``marts``."""
    return sorted(key for key in warehouse.keys if key.path[0] == "marts")


def _executor(settings: Settings) -> dg.ExecutorDefinition:
    """All steps in one process, or a process a step, started from a warm one."""
    if settings.executor == "in_process":
        return dg.in_process_executor
    return dg.multiprocess_executor.configured(
        {
            "max_concurrent": 1,
            "start_method": {
                "forkserver": {"preload_modules": ["orchestration.definitions", "dagster_dbt"]}
            },
        }
    )


@dg.definitions
def defs() -> dg.Definitions:
    """What ``dagster -m orchestration.definitions`` loads."""
    return build_defs()
