"""From a document to its records: the order in which the readers are asked.

1. forms broken into lines become grids again,
2. identity (unit, region, year, kind) is read, for forms that do not print their year,
3. forms on grids, identity once more (the forms say what kind of report it is), running text,
4. the names of a project are resolved to one; scored lists of running text are known now, so that
   the kind of report is settled,
5. everything is numbered in reading order and confidence is summed up; a document without any
   fact is ``not_a_report``.

Corrections by persons are laid over the records later (``orchestration.ingestion.corrections``): a
figure withheld here keeps its row and place with an empty value, so that a correction finds it.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from orchestration.extraction.builder import RecordBuilder
from orchestration.extraction.doubtful import mask_doubtful, report_masked
from orchestration.extraction.forms import read_forms
from orchestration.extraction.forms.titles import project_in_title, project_on_cover
from orchestration.extraction.hints import Hints
from orchestration.extraction.identity import identify
from orchestration.extraction.lineforms import Rebuilt, rebuild_forms, title_of
from orchestration.extraction.narrative import read_narrative
from orchestration.extraction.projects import resolve_projects
from orchestration.extraction.settle import (
    settle_income,
    settle_outgo,
    settle_scope,
    settle_spending,
)
from orchestration.extraction.unfilled import note_unfilled
from orchestration.reading.document import Document, Paragraph
from orchestration.records import DocumentRecord, Extraction

_log = logging.getLogger(__name__)


def extract(
    document: Document,
    hints: Hints | None = None,
) -> Extraction:
    """The records of one document.

    Args:
        document: what a reader of :mod:`orchestration.reading` returned.
        hints: what the manifest says; the document itself wins.

    Returns:
        Every record with its source. Problems are issues in it, never exceptions.
    """
    document, masked = mask_doubtful(document)
    rebuilt = _rebuilt(document)
    builder = RecordBuilder(rebuilt.document)
    report_masked(builder, masked)
    _hold_back(builder, rebuilt)
    early = _identity(builder, hints)
    builder.title_project = _project(builder, early.title)
    _guarded(builder, "表格", lambda: read_forms(builder, early.fiscal_year, early.title))
    identity = _identity(builder, hints)
    _guarded(builder, "正文", lambda: read_narrative(builder, identity))
    _guarded(builder, "项目名称", lambda: resolve_projects(builder))
    _guarded(builder, "占位文字", lambda: note_unfilled(builder))
    _guarded(builder, "收入合计", lambda: settle_income(builder))
    _guarded(builder, "支出合计", lambda: settle_outgo(builder))
    _guarded(builder, "评价对象", lambda: settle_scope(builder, identity.title))
    _guarded(builder, "项目支出", lambda: settle_spending(builder, identity.fiscal_year))
    return builder.finish(_judge(builder, _identity(builder, hints)))


def _project(builder: RecordBuilder, title: str | None) -> str | None:
    """The one project that a document is about: its title names it, or its cover."""
    lines = [block.text for block in builder.document.blocks[:20] if isinstance(block, Paragraph)]
    return project_in_title(title) or project_on_cover(lines)


def _rebuilt(document: Document) -> Rebuilt:
    """The document with its line forms as grids; as it is where that fails."""
    try:
        return rebuild_forms(document)
    except Exception as error:  # noqa: BLE001 - extract promises not to raise
        _log.error("%s: line forms: %s", document.report_id, _origin(error))
        return Rebuilt(document)


def _hold_back(builder: RecordBuilder, rebuilt: Rebuilt) -> None:
    """Say which line forms are left unread, and keep their lines from the running text."""
    for first, last in rebuilt.held_back:
        block = builder.document.blocks[first]
        builder.claimed_blocks.update(range(first, last + 1))
        named = title_of(block)
        spot = builder.text_spot(block, 0, named) if isinstance(block, Paragraph) else None
        builder.issue(
            spot,
            kind="unclaimed_table",
            message=f"“{named}”起的表格被转成逐行文字，各行归属不止一种读法，未采用其数字 | "
            "a form dumped as lines could be read in more than one way: its figures are held back",
        )


def _origin(error: Exception) -> str:
    """Type and line of an error; its message may quote the document and stays out of logs."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {frame.name}, line {frame.lineno}"


def _identity(builder: RecordBuilder, hints: Hints | None) -> DocumentRecord:
    found: list[DocumentRecord] = []
    _guarded(builder, "单位与年度", lambda: found.append(identify(builder, hints)))
    return found[0] if found else DocumentRecord(report_id=builder.document.report_id)


def _guarded(builder: RecordBuilder, what: str, step: Callable[[], object]) -> None:
    """Run a step; a mistake of ours becomes an issue that quarantines this document only."""
    try:
        step()
    except Exception as error:  # noqa: BLE001 - extract promises not to raise
        _log.error("%s: reading failed: %s", builder.document.report_id, _origin(error))
        builder.issue(
            None,
            kind="reader_failed",
            severity="error",
            message=f"读取{what}时程序出错（{type(error).__name__}），请反馈给维护人员 | "
            f"reading failed with {type(error).__name__}: a mistake of the program",
        )


#: How much one issue of a kind takes from a document's confidence (1 = certain).
_COST = {
    "unread_figure": Decimal("0.05"),
    "disagreement": Decimal("0.10"),
    "arithmetic": Decimal("0.10"),
    "unclaimed_figure": Decimal("0.01"),
    "unclaimed_table": Decimal("0.05"),
    "unknown_word": Decimal("0.02"),
    "low_confidence": Decimal("0.05"),
}
_LABELS = {
    "unread_figure": "未能读出的数字",
    "disagreement": "两次读取不一致",
    "arithmetic": "读取结果不闭合",
    "unclaimed_figure": "未归类的数字",
    "unclaimed_table": "未归类的表格",
    "unknown_word": "未知用语",
    "low_confidence": "低置信读取",
}


_FEW_FIGURES = 3


def _only_names_money(builder: RecordBuilder, record: DocumentRecord) -> bool:
    """Whether a document without form, kind and score merely mentions money (a tender notice)."""
    if record.report_kind is not None or builder.form_families or builder.records("indicator"):
        return False
    figures = builder.records("figure")
    stated = [f for f in figures if f.scope == "department" or f.family == "evaluation"]
    return len(stated) < _FEW_FIGURES


def _judge(builder: RecordBuilder, record: DocumentRecord) -> DocumentRecord:
    """Confidence with its reasons; a document that states no fact is no report."""
    facts = any(builder.records(kind) for kind in ("figure", "indicator", "goal"))
    facts = facts and not _only_names_money(builder, record)
    if not facts:
        builder.issue(
            None,
            kind="not_a_report",
            severity="error",
            message="没有识别到任何绩效表格或收支事实，不是绩效报告 | "
            "no form and no fact recognised: not a performance report",
        )
        record = replace(record, report_kind=None)
    counts: dict[str, int] = {}
    for issue in builder.records("issue"):
        counts[issue.kind] = counts.get(issue.kind, 0) + 1
    confidence = Decimal(1) if facts else Decimal(0)
    for kind, count in counts.items():
        confidence -= min(_COST.get(kind, Decimal(0)) * count, Decimal("0.4"))
    reasons = [f"{_LABELS[k]} {n} 处" for k, n in counts.items() if k in _LABELS]
    reasons += builder.confidence_reasons
    if builder.document.is_scanned:
        confidence -= Decimal("0.1")
        reasons.append("扫描件")
    return replace(
        record,
        has_contact=record.has_contact or builder.has_contact,
        form_families=";".join(dict.fromkeys(builder.form_families)) or None,
        confidence=max(confidence, Decimal(0)),
        confidence_reasons="；".join(reasons) or None,
    )
