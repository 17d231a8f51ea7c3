"""``jixiao show``: one report, figure by figure, with the place each was read at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from orchestration.cli.console import out, plain_errors, table
from orchestration.cli.options import Home, settings_of
from orchestration.files import sha256_of
from orchestration.gate.personal import mask
from orchestration.ingestion.store import RecordStore
from orchestration.messages import JixiaoError
from orchestration.records import FileRecord
from orchestration.settings import Settings

_CELL = 60


@plain_errors
def show(
    report: Annotated[
        str, typer.Argument(help="文件、文件名或 report_id | a file, its name or a report_id")
    ],
    home: Home = None,
    everything: Annotated[
        bool, typer.Option("--all", help="显示全文不截断 | do not shorten texts")
    ] = False,
) -> None:
    """逐个数字显示从一份报告读到的内容 | what was read from one report, with receipts.

    页、表、行与原文照列；被隔离的报告也可查看。
    Page, table, row and the text as printed; quarantined reports can be looked at as well.
    """
    settings = settings_of(home)
    store = RecordStore(settings.layout.records)
    record = _find(store, report, settings)
    _heading(store, record)
    width = 10_000 if everything else _CELL
    figures = store.records_of(record.report_id, "figure")
    indicators = store.records_of(record.report_id, "indicator")
    issues = store.records_of(record.report_id, "issue")
    table(
        [
            "项目/部门",
            "类别 | family",
            "项 | item",
            "年",
            "量 | measure",
            "数值 | value",
            "单位",
            "页",
            "表",
            "行",
            "列",
            "原文 | as printed",
            "更正 | correction",
        ],
        [_figure(row, width) for row in sorted(figures, key=lambda r: r["figure_seq"])],
        title=f"\n数值 | figures: {len(figures)}",
    )
    table(
        [
            "表",
            "序",
            "一级",
            "二级",
            "三级指标 | indicator",
            "目标 | target",
            "实际 | actual",
            "分值",
            "得分",
            "页",
            "行",
            "更正 | correction",
        ],
        [_indicator(row, width) for row in _ordered(indicators)],
        title=f"\n绩效指标 | indicators: {len(indicators)}",
    )
    if issues:
        table(
            ["程度", "种类 | kind", "说明 | message", "页", "表", "行"],
            [
                (
                    i["severity"],
                    i["kind"],
                    _short(i["message"], width),
                    i["source_page"],
                    i["source_table"],
                    i["source_row"],
                )
                for i in sorted(issues, key=lambda r: r["issue_seq"])
            ],
            title=f"\n读取疑点 | doubts: {len(issues)}",
        )


def _heading(store: RecordStore, record: FileRecord) -> None:
    out.print(f"[bold]{escape(record.file_name)}[/]  report_id {record.report_id}")
    out.print(f"状态 | status: {record.status}")
    if record.reasons:
        out.print(f"原因 | reasons: {escape(mask(record.reasons))}")
    for document in store.records_of(record.report_id, "document"):
        out.print(
            f"单位 | unit: {escape(document['unit_name'] or '–')} · 年度 | fiscal year: "
            f"{document['fiscal_year'] or '–'} · 类别 | kind: {document['report_kind'] or '–'} · "
            f"可信度 | confidence: {document['confidence']}"
        )


def _find(store: RecordStore, report: str, settings: Settings) -> FileRecord:
    """The ledger row of a file (by its bytes), a file name or a report_id (or its beginning)."""
    rows = [row.record for row in store.ledger().values()]
    path = Path(report)
    sha256 = sha256_of(path) if path.is_file() else None
    found = [
        r
        for r in rows
        if r.status != "duplicate"
        and (
            r.sha256 == sha256
            or report in {r.file_name, r.file_path}
            or (len(report) >= 6 and r.sha256.startswith(report.lower()))
        )
    ]
    if len({r.report_id for r in found}) == 1:
        return found[0]
    if found:
        names = ", ".join(sorted(f"{r.report_id} ({r.file_path})" for r in found))
        raise JixiaoError(
            f"“{report}”对应多份报告: {names}；请写出 report_id",
            f"'{report}' means several reports: {names}; name the report_id",
        )
    raise JixiaoError(
        f"{settings.layout.root} 中没有“{report}”；请先用 jixiao refresh 读取它",
        f"'{report}' is not known in {settings.layout.root}; read it with jixiao refresh first",
    )


def _figure(row: dict[str, Any], width: int) -> tuple[Any, ...]:
    value = row["value_text"] if row["value"] is None else _plain(row["value"])
    return (
        _short(row["project_name"] or "（部门）", 16),
        row["family"],
        "/".join(str(p) for p in (row["item"], row["basis"]) if p),
        row["amount_year"],
        row["measure"],
        value,
        row["unit"],
        row["source_page"],
        row["source_table"],
        row["source_row"],
        row["source_col"],
        _short(row["cell_text"] or row["source_text"], width),
        row["correction_id"],
    )


def _indicator(row: dict[str, Any], width: int) -> tuple[Any, ...]:
    return (
        row["indicator_table"],
        row["indicator_seq"],
        row["level1"],
        row["level2"],
        _short(row["level3"], width),
        _short(row["target_text"], 24),
        _short(row["actual_text"], 24),
        _plain(row["weight"]),
        _plain(row["score"]),
        row["source_page"],
        row["source_row"],
        row["correction_id"],
    )


def _ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda r: (r["indicator_table"], r["indicator_seq"]))


def _plain(value: Any) -> str | None:  # noqa: ANN401
    """A decimal without trailing zeros: what was printed is in the last column."""
    return None if value is None else f"{value.normalize():f}"


def _short(text: str | None, width: int) -> str | None:
    if text is None:
        return None
    line = mask(" ".join(text.split()))
    return line if len(line) <= width else line[: width - 1] + "…"
