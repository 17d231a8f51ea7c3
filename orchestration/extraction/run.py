"""From a document to its records: the order in which the readers are asked.

1. forms broken into lines become grids again,
2. identity (unit, region, year, kind) is read, for forms that do not print their year,
3. forms on grids, identity once more (the forms say what kind of report it is), running text,
4. the names of a project are resolved to one; scored lists of running text are known now, so that
   the kind of report is settled,
5. everything is numbered in reading order and confidence is summed up; a document without any
   fact is ``not_a_report``.

Corrections by persons are laid over the records later (``orchestration.corrections``): a figure
withheld here keeps its row and place with an empty value, so that a correction finds it.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from orchestration.extraction.builder import RecordBuilder
from orchestration.extraction.forms import read_forms
from orchestration.extraction.hints import Hints
from orchestration.extraction.identity import identify
from orchestration.extraction.lineforms.rebuild import rebuild
from orchestration.extraction.narrative import read_narrative
from orchestration.extraction.projects import resolve_projects
from orchestration.reading.document import Document
from orchestration.records import DocumentRecord, Extraction


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
    builder = RecordBuilder(rebuild(document))
    early = identify(builder, hints)
    read_forms(builder, early.fiscal_year)
    identity = identify(builder, hints)
    read_narrative(builder, identity)
    resolve_projects(builder)
    return builder.finish(_judge(builder, identify(builder, hints)))


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


def _judge(builder: RecordBuilder, record: DocumentRecord) -> DocumentRecord:
    """Confidence with its reasons; a document that states no fact is no report."""
    facts = any(builder.records(kind) for kind in ("figure", "indicator", "goal"))
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
