"""Running the refresh job in this process and saying what came of it.

A green run proves nothing by itself (a step may have been left out): the outcome is read from what
the run wrote, and a release that it claims is looked for.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.files import read_json
from orchestration.gate.verdict import Verdict, read_verdict
from orchestration.ingestion.ingest import corrections_of
from orchestration.lock import writer_lock
from orchestration.messages import JixiaoError
from orchestration.progress import NOTHING_NEW, PUBLISHED, read_outcome
from orchestration.publishing.releases import Release, clear_staging, current_release
from orchestration.settings import Home, Settings
from orchestration.warehouse.build import prepare

if TYPE_CHECKING:
    import dagster as dg

_TEMPLATE = Path(__file__).with_name("templates") / "dagster.yaml"

#: Names the variable, never its value: the password stays in the environment.
_POSTGRES = """storage:
  postgres:
    postgres_url:
      env: JIXIAO_DAGSTER_POSTGRES_URL
"""

#: Dagster's own SQLite files in their usual places, with connections that stay open.
_SQLITE = """event_log_storage:
  module: orchestration.defs.event_log
  class: EventLog
  config:
    base_dir: {folder}
"""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: ``published``, ``nothing_new``, ``held`` (by the gate)."""

    status: str
    run_id: str
    evidence: Path
    release: Release | None
    reasons: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    counts: dict[str, Any] = field(default_factory=dict)


def prepare_home(settings: Settings) -> Home:
    """Make the home folder and Dagster's settings in it.

    Raises:
        JixiaoError: the folder cannot be written.
    """
    home = settings.layout
    _refuse_pattern(home)
    try:
        home.create()
        target = home.dagster / "dagster.yaml"
        wanted = _TEMPLATE.read_text(encoding="utf-8")
        if settings.dagster_postgres_url is not None:
            _require_driver(settings.dagster_postgres_url.get_secret_value())
            wanted += _POSTGRES
        else:
            events = json.dumps(str(home.dagster / "history" / "runs"), ensure_ascii=False)
            wanted += _SQLITE.format(folder=events)
        if not target.is_file() or target.read_text(encoding="utf-8") != wanted:
            target.write_text(wanted, encoding="utf-8")
        for folder in home.folders:
            with tempfile.TemporaryFile(dir=folder):
                pass  # Dagster's and dbt's own words about a folder nobody may write help nobody
    except OSError as error:
        raise JixiaoError(
            f"无法写入 {home.root}（{error.strerror}）；"
            "请检查权限与磁盘空间, 或用 --home 指定其他位置",
            f"{home.root} cannot be written ({error.strerror}); check permissions and disk space, "
            "or name another folder with --home",
        ) from error
    return home


def make_storage(home: Home) -> None:
    """Make Dagster's own storage before several processes begin to use it at once.

    Each of them would make it, and one would find it half made.
    """
    import dagster as dg

    with _quiet_dagster(home), dg.DagsterInstance.get() as instance:
        instance.get_runs(limit=1)
        instance.all_instigator_state()
        instance.get_asset_keys(limit=1)


def _refuse_pattern(home: Home) -> None:
    """Refuse a path that DuckDB would take for a pattern of paths, or that would end a string."""
    found = sorted(set("*?[]'") & set(str(home.root)))
    if found:
        raise JixiaoError(
            f"仓库路径 {home.root} 含有 {' '.join(found)}；请用 --home 换一个没有这些字符的路径",
            f"{home.root} has {' '.join(found)} in its path; name another home folder with --home",
        )


def _require_driver(address: str) -> None:
    """Refuse an address that would ask for a driver which is not installed."""
    if not address.startswith("postgresql+psycopg2://"):
        raise JixiaoError(
            "JIXIAO_DAGSTER_POSTGRES_URL 应以 postgresql+psycopg2:// 开头",
            "JIXIAO_DAGSTER_POSTGRES_URL has to begin with postgresql+psycopg2://",
        )


def refresh(settings: Settings, year: int | None = None) -> Refreshed:
    """Run the refresh job in this process.

    Args:
        settings: where to read and write.
        year: only this fiscal year's new documents; None: all.

    Raises:
        JixiaoError: a person has to put something right first, or a step failed for a reason that
            is not the gate's.
    """
    if settings.raw_url is None and not settings.raw.is_dir():
        raise JixiaoError(
            f"找不到原始报告文件夹 {settings.raw}；请用 --raw 指定存放报告的文件夹",
            f"no folder of raw reports at {settings.raw}; name it with --raw",
        )
    home = prepare_home(settings)
    corrections_of(settings)  # a row nobody can understand is said before anything is started
    with writer_lock(home.lock, settings.lock_seconds, "jixiao refresh"):
        clear_staging(home)
        prepare(settings)
        with _quiet_dagster(home):
            return _run(settings, home, year)


def _run(settings: Settings, home: Home, year: int | None) -> Refreshed:
    import dagster as dg

    from orchestration.definitions import build_defs
    from orchestration.defs.alerts import alert_checks, alert_failure, alert_set_aside
    from orchestration.defs.partitions import all_years_tags
    from orchestration.defs.resources import Workspace
    from orchestration.defs.retries import COMMAND, STARTED_BY

    job = build_defs(settings, {"workspace": Workspace.of(settings)}).resolve_job_def("refresh")
    with dg.DagsterInstance.get() as instance:
        _fail_abandoned_runs(instance)
        result = job.execute_in_process(
            instance=instance,
            raise_on_error=False,
            tags={STARTED_BY: COMMAND, **(all_years_tags() if year is None else {})},
            partition_key=None if year is None else _partition(year),
            run_config={"loggers": {"console": {"config": {"log_level": _log_level()}}}},
        )
        run_id = result.run_id
        alert_checks(settings, instance, run_id)
        alert_set_aside(settings, run_id)
        outcome = read_outcome(home, run_id) or {}
        if result.success and outcome.get("status") in {PUBLISHED, NOTHING_NEW}:
            return _finished(home, run_id, outcome)
        held = _verdict_of(home, run_id)
        failures = _failures(result)
        if held is not None and not held.passed:
            return Refreshed(
                "held",
                run_id,
                home.run_folder(run_id),
                current_release(home),
                held.reasons(),
                held.warnings,
                outcome,
            )
        tests = _failed_tests(home, run_id)
        if tests:
            return Refreshed(
                "held",
                run_id,
                home.run_folder(run_id),
                current_release(home),
                tests,
                counts=outcome,
            )
        alert_failure(settings, run_id, failures)
        raise _not_published(failures, home.run_folder(run_id))


def _log_level() -> str:
    """Dagster's own log on the terminal: silent unless asked for."""
    return os.environ.get("JIXIAO_LOG_LEVEL", "CRITICAL").upper()


def _finished(home: Home, run_id: str, outcome: dict[str, Any]) -> Refreshed:
    """What a successful run published, having looked that it is there."""
    release = current_release(home)
    if release is None or (
        outcome["status"] == PUBLISHED and release.release_id != outcome.get("release_id")
    ):
        raise JixiaoError(
            f"运行 {run_id} 声称已发布, 但当前版本并非它所发布的；请查看 {home.runs / run_id}",
            f"run {run_id} says that it published, but the current release is not its own; see "
            f"{home.runs / run_id}",
        )
    verdict = _verdict_of(home, run_id)
    return Refreshed(
        outcome["status"],
        run_id,
        home.run_folder(run_id),
        release,
        warnings=verdict.warnings if verdict else [],
        counts=outcome,
    )


def _partition(year: int | None) -> str:
    from orchestration.defs.partitions import fiscal_years

    keys = fiscal_years.get_partition_keys()
    if str(year) not in keys:
        raise JixiaoError(
            f"没有 {year} 年度；可选 {keys[0]}–{keys[-1]}",
            f"there is no fiscal year {year}; choose from {keys[0]} to {keys[-1]}",
        )
    return str(year)


def _verdict_of(home: Home, run_id: str) -> Verdict | None:
    return read_verdict(home.run_folder(run_id) / "gate")


def _failed_tests(home: Home, run_id: str) -> list[str]:
    """The failed dbt tests of a run: they hold a build back like the suites do."""
    path = home.run_folder(run_id) / "dbt" / "failed.json"
    content = read_json(path) or {}
    return [f"dbt: {name} – {message}" for name, message in content.get("tests", {}).items()]


def _failures(result: dg.ExecuteInProcessResult) -> list[str]:
    """The messages of the steps that failed, causes last."""
    lines: list[str] = []
    for event in result.all_events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            while error is not None:
                lines.append(error.message.strip())
                error = error.cause
    return lines


def _not_published(failures: list[str], evidence: Path) -> JixiaoError:
    """The error a person sees: the innermost cause, in plain language where it has one."""
    for line in reversed(failures):
        if " | " in line and "Error: " in line:
            zh, _, en = line.split("Error: ", 1)[1].partition(" | ")
            return JixiaoError(zh, en)
    cause = failures[-1].splitlines()[0] if failures else "unknown"
    return JixiaoError(
        f"更新失败, 未发布: {cause}。详情见 {evidence}",
        f"the refresh failed, nothing was published: {cause}. See {evidence}",
    )


def _fail_abandoned_runs(instance: dg.DagsterInstance) -> None:
    """Runs of killed commands stay "started" for ever; we hold the lock, so nobody runs them."""
    import dagster as dg

    from orchestration.defs.retries import COMMAND, STARTED_BY

    abandoned = instance.get_runs(
        dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING])
    )
    for run in abandoned:
        if run.tags.get(STARTED_BY) == COMMAND:
            instance.report_run_failed(run, "the process was killed")


@contextlib.contextmanager
def _quiet_dagster(home: Home) -> Iterator[None]:
    """Dagster writes its log to a file in the home folder, not over a person's terminal."""
    before = os.environ.get("DAGSTER_HOME")
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("DAGSTER_EVENT_BATCH_SIZE", "500")
    logger = logging.getLogger("dagster")
    level = logger.level
    # Says on the terminal which temporary folders it makes.
    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logger.setLevel(logging.CRITICAL)
        try:
            yield
        finally:
            logger.setLevel(level)
            if before is None:
                os.environ.pop("DAGSTER_HOME", None)
            else:
                os.environ["DAGSTER_HOME"] = before
