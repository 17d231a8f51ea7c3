"""``jixiao quarantine``: what was held back, why, and the way back."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Annotated

import typer
from rich.markup import escape

from orchestration.cli.console import out, plain_errors, table
from orchestration.cli.options import Home, settings_of
from orchestration.cli.show import show as show_report
from orchestration.files import written_whole
from orchestration.gate.personal import mask
from orchestration.ingestion.corrections import COLUMNS
from orchestration.ingestion.discovery import delimiter_of, read_table, read_table_text
from orchestration.ingestion.store import RecordStore
from orchestration.lock import writer_lock
from orchestration.messages import JixiaoError
from orchestration.records import FileRecord
from orchestration.settings import Home as Layout

app = typer.Typer(
    no_args_is_help=True,
    help="被隔离的报告 | reports that were held back: list, show, release.",
)


@app.command("list")
@plain_errors
def list_quarantined(home: Home = None) -> None:
    """列出被隔离的报告与原因 | the quarantined reports with their reasons."""
    rows = [
        (r.report_id, r.file_path, mask(r.reasons or ""))
        for r in _quarantined(settings_of(home).layout)
    ]
    table(["report_id", "文件 | file", "原因 | reasons"], rows)
    if not rows:
        out.print("没有被隔离的报告 | nothing is quarantined")


@app.command("show")
@plain_errors
def show(
    report: Annotated[str, typer.Argument(help="文件名或 report_id | file name or report_id")],
    home: Home = None,
) -> None:
    """查看一份被隔离的报告 | what was read from a quarantined report and what is doubtful."""
    show_report(report, home, everything=True)


@app.command("release")
@plain_errors
def release(
    report: Annotated[str, typer.Argument(help="report_id（可缩写） | report_id or its beginning")],
    who: Annotated[str, typer.Option("--who", help="由谁确认（职务或工号） | who accepts it")],
    reason: Annotated[str, typer.Option("--reason", help="依据 | on what grounds")],
    home: Home = None,
) -> None:
    """按读取结果确认发布, 记录在案 | accept a report as read, on the record.

    写入 corrections.csv；下次 refresh 时生效。
    A row is added to corrections.csv; the next refresh publishes the report.
    """
    settings = settings_of(home)
    layout = settings.layout
    found = [r for r in _quarantined(layout) if r.report_id.startswith(report.lower())]
    if len(found) != 1:
        raise JixiaoError(
            f"没有唯一对应“{report}”的隔离报告；用 jixiao quarantine list 查看",
            f"no single quarantined report is called '{report}'; see jixiao quarantine list",
        )
    (record,) = found
    if not who.strip() or not reason.strip():
        raise JixiaoError("须写明 --who 与 --reason", "--who and --reason must be given")
    if "withheld" in (record.reason_codes or "").split(";"):
        raise JixiaoError(
            f"“{record.file_name}”是由 corrections.csv 中的一行撤下的（{record.reasons}）；"
            "请删除该行后运行 jixiao refresh",
            f"'{record.file_name}' was taken back by a row of corrections.csv; remove that row and "
            "run jixiao refresh",
        )
    if not RecordStore(layout.records).records_of(record.report_id, "document"):
        raise JixiaoError(
            f"“{record.file_name}”未能读取, 没有内容可以确认: {record.reasons}",
            f"'{record.file_name}' could not be read, there is nothing to accept",
        )
    with writer_lock(layout.lock, settings.lock_seconds, "jixiao quarantine release"):
        _append(layout, record, who, reason)
    out.print(
        f"已记录 | recorded in {escape(str(layout.corrections))}；运行 jixiao refresh 后发布 | "
        "run jixiao refresh to publish it"
    )


def _quarantined(layout: Layout) -> list[FileRecord]:
    rows = [row.record for row in RecordStore(layout.records).ledger().values()]
    return sorted(
        (r for r in rows if r.status == "quarantined"), key=lambda r: r.file_path or r.file_name
    )


def _append(layout: Layout, record: FileRecord, who: str, reason: str) -> None:
    """Add a row to the file as a person keeps it: its columns in their order, its delimiter."""
    path = layout.corrections
    text = read_table_text(path) if path.is_file() else ""
    columns = read_table(path).columns if text.strip() else COLUMNS
    row = {
        "file_sha256": record.sha256,
        "place": "document",
        "action": "accept",
        "reason": reason.strip(),
        "who": who.strip(),
        "when": dt.datetime.now(dt.UTC).date().isoformat(),
    }
    line = io.StringIO()
    writer = csv.writer(line, delimiter=delimiter_of(text), lineterminator="\n")
    if not text.strip():
        writer.writerow(columns)
    writer.writerow([row.get(column, "") for column in columns])
    kept = text.rstrip("\r\n") + "\n" if text.strip() else ""
    with written_whole(path) as partial:
        # Marked as UTF-8: without the mark spreadsheet programs show Chinese as noise.
        partial.write_text(kept + line.getvalue(), encoding="utf-8-sig")
