"""``jixiao refresh``: the whole way, and what came of it."""

from __future__ import annotations

from typing import Annotated

import duckdb
import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from orchestration.announce import BUILDING, JUDGING, PUBLISHING, READING, listening
from orchestration.cli.console import err, out, plain_errors, table
from orchestration.cli.options import Home, Raw, settings_of
from orchestration.cli.releases import say_rolled_back
from orchestration.gate.personal import mask
from orchestration.publishing.releases import Release
from orchestration.runs import Refreshed
from orchestration.runs import refresh as run_refresh
from orchestration.settings import Settings

HELD_BACK = 2
_STAGES = {
    READING: "读取报告 | reading",
    BUILDING: "构建与测试 | building, testing",
    JUDGING: "质量关卡 | the gate",
    PUBLISHING: "发布 | publishing",
}
_SHOWN_REASONS = 30
_FIRST_QUERY = '"select unit_name, fiscal_year, report_kind from dim_report"'


@plain_errors
def refresh(
    raw: Raw = None,
    home: Home = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            help="只读取该年度的新报告 | read only this fiscal year's new reports "
            "(those whose year is not known before reading as well)",
            show_default=False,
        ),
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(
            "--engine",
            help="local: 本机进程 | processes here · spark: Spark 集群 | on a cluster "
            "[JIXIAO_ENGINE, default local]",
            show_default=False,
        ),
    ] = None,
    master: Annotated[
        str | None,
        typer.Option(
            "--master",
            help="Spark 集群地址 | address of the Spark cluster, spark://host:7077 "
            "[JIXIAO_SPARK_MASTER]",
            show_default=False,
        ),
    ] = None,
) -> None:
    """读取新报告, 重建数据仓库, 通过质量关卡后发布 | read new reports, build, audit, publish.

    退出状态 | exit status: **0** 已发布或没有新内容 | published, or nothing new ·
    **2** 质量关卡未通过, 当前版本不变 | the gate held it back · **1** 出错 | failed ·
    **3** 另一个更新正在进行 | busy.

    无法读取的报告会被隔离, 不影响其他报告 | a report that cannot be read is quarantined, the
    others go on.
    """
    settings = settings_of(home, raw, engine=engine, spark_master=master)
    with (
        Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[item]}"),
            console=err,
            transient=True,
        ) as progress,
        listening(_Bars(progress)),
    ):
        result = run_refresh(settings, year)
    _report(settings, result)
    if result.status == "held":
        raise typer.Exit(HELD_BACK)


class _Bars:
    """One bar a stage."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks = {}
        start = progress.add_task("准备 | preparing", total=None, item="")
        self._tasks[""] = start

    def __call__(self, stage: str, done: int, total: int, name: str) -> None:
        if stage not in self._tasks:
            for task in self._tasks.values():
                self._progress.update(task, visible=False)
            self._tasks[stage] = self._progress.add_task(
                _STAGES.get(stage, stage), total=total or None, item=""
            )
        self._progress.update(
            self._tasks[stage], completed=done, total=total or None, item=escape(name[-40:])
        )


def _report(settings: Settings, result: Refreshed) -> None:
    if result.status == "held":
        _report_held(result)
        return
    release = result.release
    assert release is not None  # noqa: S101 - runs.py looked that it is there
    if result.status == "nothing_new":
        out.print(
            "没有新内容, 未发布新版本；当前版本 | nothing new, nothing published; current release: "
            f"[bold]{release.release_id}[/]"
        )
        say_rolled_back(settings.layout)
    else:
        out.print(f"[bold green]已发布 | published[/] [bold]{release.release_id}[/]")
    _report_counts(result)
    _report_release(release)
    for line in result.warnings[:_SHOWN_REASONS]:
        out.print(f"[yellow]提示 | warning[/] {escape(mask(line))}")
    database = release.database
    out.print(f"\n版本所在 | release: {escape(str(release.folder))}")
    out.print(f"证据 | evidence: {escape(str(result.evidence))}")
    home = f" --home {settings.home}" if str(settings.home) != "warehouse" else ""
    out.print("查询 | query it:")
    out.print(f"  jixiao query {escape(_FIRST_QUERY)}{escape(home)}")
    out.print(f'  duckdb -readonly {escape(str(database))} "from marts.fct_budget limit 5"')


def _report_held(result: Refreshed) -> None:
    out.print(
        "[bold red]质量关卡未通过, 未发布 | the gate held this build back, nothing published[/]"
    )
    for line in result.reasons[:_SHOWN_REASONS]:
        out.print(f"  - {escape(mask(line))}")
    more = len(result.reasons) - _SHOWN_REASONS
    if more > 0:
        out.print(f"  … 另有 {more} 项 | and {more} more")
    current = result.release.release_id if result.release else "–"
    out.print(f"当前版本不变 | the current release is as it was: {current}")
    out.print(f"证据 | evidence: {escape(str(result.evidence))}")


def _report_counts(result: Refreshed) -> None:
    counts = result.counts
    if "read" in counts:
        out.print(
            f"本次读取 | read in this run: {counts['read']} · 隔离 | quarantined "
            f"{counts['quarantined']} · 重复 | duplicates {counts['duplicates']} · "
            f"此前已读 | known before {counts['unchanged']}"
        )
    for name in counts.get("set_aside", []):
        out.print(
            f"[yellow]提示 | warning[/] 未通过质量关卡, 单独隔离 | broke the gate, quarantined: "
            f"{escape(name)}"
        )
    for name in counts.get("missing", []):
        out.print(
            f"[yellow]提示 | warning[/] manifest.csv 列出但文件不在 | listed but not there: "
            f"{escape(name)}"
        )
    for name in counts.get("closed", []):
        out.print(
            "[yellow]提示 | warning[/] 没有权限打开文件夹, 其中的报告未读取 | may not look into a "
            f"folder, its reports were not read: {escape(name)}"
        )


def _report_release(release: Release) -> None:
    with duckdb.connect(str(release.database), read_only=True) as connection:
        rows = list(release.manifest["rows"].items())
        table(["表 | table", "行 | rows"], rows)
        names = {name for name, _ in rows}
        if "fct_finding" in names:
            found = connection.execute(
                "select severity, count(*) from marts.fct_finding group by 1 order by 1"
            ).fetchall()
            text = " · ".join(f"{severity} {count}" for severity, count in found) or "0"
            out.print(f"核查发现 | findings: {text}")
        if "ops_document" in names:
            held = connection.execute(
                "select file_name, coalesce(reasons, '') from marts.ops_document "
                "where status = 'quarantined' order by 1"
            ).fetchall()
            out.print(f"隔离 | quarantined: {len(held)}")
            for name, reasons in held[:_SHOWN_REASONS]:
                out.print(f"  - {escape(name)}: {escape(mask(reasons[:400]))}")
