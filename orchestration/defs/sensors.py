"""Sensors: new files in the raw folder start a refresh; failures raise alerts; lost runs end."""

import dagster as dg

from orchestration.defs.abandoned import abandoned_runs
from orchestration.defs.alerts import alert_checks, alert_failure, alert_set_aside
from orchestration.defs.jobs import refresh_job
from orchestration.defs.partitions import all_years_tags
from orchestration.defs.resources import Workspace
from orchestration.defs.retries import UNATTENDED
from orchestration.ingestion.walk import raw_digest
from orchestration.settings import Settings

_SECONDS = Settings().sensor_seconds


@dg.sensor(
    job=refresh_job,
    minimum_interval_seconds=_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="原始文件夹有新文件时更新 | refresh when files arrive in the raw folder.",
)
def new_files(
    context: dg.SensorEvaluationContext, workspace: Workspace
) -> dg.SensorResult | dg.SkipReason:
    """Start a refresh once the folder has been the same for two looks (files still arriving)."""
    settings = workspace.settings()
    digest = raw_digest(settings.raw, settings.layout.root)
    last, _, started = (context.cursor or "").partition(" ")
    if not digest or digest == started:
        return dg.SkipReason("没有新文件 | no new files")
    if digest != last:
        return dg.SensorResult(
            run_requests=[],
            skip_reason=dg.SkipReason("文件仍在变化 | files are still arriving"),
            cursor=f"{digest} {started}",
        )
    request = dg.RunRequest(run_key=f"raw-{digest[:16]}", tags=all_years_tags() | UNATTENDED)
    return dg.SensorResult(run_requests=[request], cursor=f"{digest} {digest}")


@dg.run_failure_sensor(
    name="alert_failed_run",
    default_status=dg.DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=_SECONDS,
)
def alert_failed_run(context: dg.RunFailureSensorContext, workspace: Workspace) -> None:
    """Tell a person that a run failed, and which checks did not hold."""
    settings = workspace.settings()
    alert_failure(settings, context.dagster_run.run_id, [context.failure_event.message or ""])
    alert_checks(settings, context.instance, context.dagster_run.run_id)
    alert_set_aside(settings, context.dagster_run.run_id)


@dg.run_status_sensor(
    name="alert_failed_check",
    run_status=dg.DagsterRunStatus.SUCCESS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=_SECONDS,
)
def alert_failed_check(context: dg.RunStatusSensorContext, workspace: Workspace) -> None:
    """A failed check does not fail its run: look at the checks of green runs as well."""
    settings = workspace.settings()
    alert_checks(settings, context.instance, context.dagster_run.run_id)
    alert_set_aside(settings, context.dagster_run.run_id)


@dg.sensor(
    minimum_interval_seconds=_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="进程已不在的运行记为失败 | runs whose process is gone are marked as failed, so "
    "that the queue goes on and they can be made again.",
)
def lost_runs(context: dg.SensorEvaluationContext, workspace: Workspace) -> dg.SkipReason:
    """Mark the runs of killed processes as failed."""
    lost = abandoned_runs(context.instance, workspace.settings().layout)
    for run in lost:
        context.instance.report_run_failed(run, "进程已不在 | its process is gone")
    names = ", ".join(run.run_id[:8] for run in lost)
    return dg.SkipReason(f"已记为失败 | marked as failed: {names}" if names else "没有 | none")
