"""``jixiao status``, ``ui``, ``prepare``: looking after the installation."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from types import FrameType
from typing import Annotated

import typer
from rich.markup import escape

from orchestration.cli.console import out, plain_errors, table, working
from orchestration.cli.options import Home, Raw, settings_of
from orchestration.cli.releases import say_rolled_back
from orchestration.ingestion.ingest import current_parser_version
from orchestration.ingestion.store import RecordStore
from orchestration.publishing.releases import current_release, releases
from orchestration.runs import make_storage, prepare_home
from orchestration.settings import PROJECT_ROOT, SECRETS, Settings
from orchestration.warehouse.build import prepare as prepare_dbt


@plain_errors
def status(home: Home = None) -> None:
    """当前版本、文件结论与解析器版本 | the current release, outcomes of files, versions."""
    settings = settings_of(home)
    layout = settings.layout
    current = current_release(layout)
    out.print(f"仓库 | home: {escape(str(layout.root))}")
    out.print(f"解析器 | parser: {current_parser_version(settings)}")
    if current is None:
        out.print("尚未发布 | nothing published yet；运行 | run: jixiao refresh")
    else:
        facts = current.manifest["release"]
        out.print(
            f"当前版本 | current release: [bold]{current.release_id}[/] "
            f"({facts['published_at']} UTC)，报告 | reports {facts['report_count']}，"
            f"数据行 | rows {facts['fact_count']}，发现 | findings {facts['finding_count']}；"
            f"共 {len(releases(layout))} 个版本 | releases"
        )
        say_rolled_back(layout)
    outcomes: dict[tuple[str, str], int] = {}
    for row in RecordStore(layout.records).ledger().values():
        key = (row.record.status, row.record.reason_codes or "")
        outcomes[key] = outcomes.get(key, 0) + 1
    table(
        ["状态 | status", "原因 | reason", "文件 | files"],
        [(state, codes, count) for (state, codes), count in sorted(outcomes.items())],
    )


@plain_errors
def prepare(home: Home = None) -> None:
    """解析 dbt 项目（Dagster 界面启动前） | parse the dbt project, which Dagster needs to load."""
    settings = settings_of(home)
    layout = prepare_home(settings)
    make_storage(layout)
    with working("dbt parse"):
        path = prepare_dbt(settings)
    out.print(f"就绪 | ready: {escape(str(path))}")


@plain_errors
def ui(
    home: Home = None,
    raw: Raw = None,
    port: Annotated[int, typer.Option("--port", help="端口 | port")] = 3000,
    host: Annotated[str, typer.Option("--host", help="地址 | address")] = "127.0.0.1",
) -> None:
    """启动 Dagster 界面与后台服务 | start Dagster's UI and its daemon; Ctrl-C ends both."""
    settings = settings_of(home, raw)
    layout = prepare_home(settings)
    make_storage(layout)
    with working("dbt parse"):
        prepare_dbt(settings)
    environment = {**os.environ, **_environment(settings), "DAGSTER_HOME": str(layout.dagster)}
    workspace = str(PROJECT_ROOT / "workspace.yaml")
    commands = [
        ["dagster._daemon", "run", "-w", workspace],
        ["dagster_webserver", "-w", workspace, "-h", host, "-p", str(port)],
    ]
    out.print(f"Dagster: http://{host}:{port}  （Ctrl-C 结束 | ends it）")
    children = [
        subprocess.Popen([sys.executable, "-m", *command], env=environment, cwd=PROJECT_ROOT)
        for command in commands
    ]
    raise typer.Exit(_wait(children))


def _environment(settings: Settings) -> dict[str, str]:
    """The settings of this command for the processes it starts."""
    given = settings.model_dump(mode="json", exclude_unset=True, exclude_none=True)
    found = {f"JIXIAO_{k.upper()}": str(v) for k, v in given.items() if k not in SECRETS}
    found["JIXIAO_HOME"] = str(settings.layout.root)
    found["JIXIAO_RAW"] = str(settings.raw.resolve())
    return found


def _wait(children: list[subprocess.Popen[bytes]]) -> int:
    """Wait until one child ends or a person ends them all."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for child in children:
            child.send_signal(signal.SIGINT)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    while True:
        for child in children:
            try:
                code = child.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                continue
            for other in children:
                if other is not child:
                    other.send_signal(signal.SIGINT)
                    other.wait(timeout=30)
            return max(code, 0)
