"""``jixiao releases``, ``diff``, ``rollback``, ``prune``: what was published, and going back."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from rich.markup import escape

from orchestration.cli.console import out, plain_errors, table, working
from orchestration.cli.options import Home, settings_of
from orchestration.lock import writer_lock
from orchestration.publishing import releases as store
from orchestration.publishing.diff import diff_releases, equal_tables, parquet_hashes
from orchestration.settings import Home as Layout


def say_rolled_back(layout: Layout) -> None:
    """Say so where the current release is not the newest one."""
    current, known = store.current_release(layout), store.releases(layout)
    if current is not None and known and known[-1].release_id != current.release_id:
        out.print(
            f"[yellow]提示 | note[/] 已回退：最新的版本是 | rolled back: the newest release is "
            f"{known[-1].release_id}"
        )


@plain_errors
def list_releases(home: Home = None) -> None:
    """列出已发布的版本 | the releases, oldest first; `*` marks the current one."""
    layout = settings_of(home).layout
    current = store.current_release(layout)
    rows = []
    for release in store.releases(layout):
        facts = release.manifest["release"]
        rows.append(
            (
                "*" if current and release.release_id == current.release_id else "",
                release.release_id,
                facts["published_at"],
                facts["report_count"],
                facts["fact_count"],
                facts["finding_count"],
                facts["quarantined_count"],
            )
        )
    table(
        ["", "版本 | release", "发布时间 | published (UTC)", "报告", "数据行", "发现", "隔离"], rows
    )


@plain_errors
def diff(
    before: Annotated[str, typer.Argument(help="较早的版本 | the older release (or `current`)")],
    after: Annotated[str, typer.Argument(help="较新的版本 | the newer release")] = "current",
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON | print JSON")] = False,
    home: Home = None,
) -> None:
    """比较两个版本 | rows added, removed and changed between two releases, figure by figure."""
    layout = settings_of(home).layout
    a, b = store.find_release(layout, before), store.find_release(layout, after)
    same = equal_tables(a.manifest, parquet_hashes(b.manifest))
    with working("比较 | comparing"):
        found = diff_releases(a.database, b.database, (a.release_id, b.release_id), same)
    if as_json:
        json.dump(found.as_json(), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        out.print(escape(found.as_markdown()))


@plain_errors
def rollback(
    release: Annotated[
        str | None,
        typer.Argument(help="版本号 | release id; default: the one before", show_default=False),
    ] = None,
    home: Home = None,
) -> None:
    """回退到先前的版本 | make an earlier release the current one; nothing is deleted.

    之后只有内容有变化时才会发布新版本。
    It stays current until a refresh finds something new.
    """
    settings = settings_of(home)
    with writer_lock(settings.layout.lock, settings.lock_seconds, "jixiao rollback"):
        before, now = store.rollback(settings.layout, release)
    if before.release_id == now.release_id:
        out.print(
            f"已是当前版本, 未作改动 | already the current release: [bold]{now.release_id}[/]"
        )
    else:
        out.print(f"当前版本 | current release: {before.release_id} → [bold]{now.release_id}[/]")


@plain_errors
def prune(
    keep: Annotated[int, typer.Option("--keep", min=1, help="保留最近几个 | how many to keep")],
    home: Home = None,
) -> None:
    """删除旧版本 | remove old releases; the current one always stays."""
    settings = settings_of(home)
    with writer_lock(settings.layout.lock, settings.lock_seconds, "jixiao prune"):
        removed = store.prune(settings.layout, keep)
    out.print(f"已删除 | removed: {', '.join(removed) or '–'}")
