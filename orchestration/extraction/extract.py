"""From a document to its records: the order in which the readers are asked.

1. corrections are laid over the document (``Correction``),
2. identity (unit, region, year, kind) is read,
3. forms on grids, then forms broken into lines, then running text,
4. the names of a project are resolved to one, everything is numbered in reading order,
5. confidence is summed up; a document without any fact is ``not_a_report``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from importlib import import_module

from orchestration.extraction.builder import RecordBuilder
from orchestration.extraction.text import compact
from orchestration.reading.document import Cell, Document, Grid
from orchestration.records import DocumentRecord, Extraction


@dataclass(frozen=True, slots=True)
class Hints:
    """What ``raw/manifest.csv`` says of a file; used only where the document says nothing."""

    region_code: str | None = None
    unit_name: str | None = None
    fiscal_year: int | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's correction of one printed cell of one file (``raw/corrections.csv``).

    ``table``, ``row`` and ``col`` are 1-based as published in ``source_*``; ``printed`` must be
    what the cell holds (compared without white space), or the correction matches nothing.
    """

    correction_id: str
    table: int
    row: int
    col: int
    printed: str
    corrected: str


def _corrected(
    document: Document, corrections: Iterable[Correction]
) -> tuple[Document, dict[tuple[int, int, int], str], list[Correction]]:
    """The document with corrected cells, where they stand, and the corrections without a match."""
    wanted = {(c.table, c.row - 1, c.col - 1): c for c in corrections}
    applied: dict[tuple[int, int, int], str] = {}

    def correct(grid: Grid, cell: Cell) -> Cell:
        place = (grid.ordinal, cell.row, cell.col)
        correction = wanted.get(place)
        if correction is None or compact(correction.printed) != compact(cell.text):
            return cell
        applied[place] = correction.correction_id
        return replace(cell, text=correction.corrected, doubts=())

    blocks = tuple(
        replace(b, cells=tuple(correct(b, c) for c in b.cells)) if isinstance(b, Grid) else b
        for b in document.blocks
    )
    missed = [c for place, c in wanted.items() if place not in applied]
    return document.with_blocks(blocks), applied, missed


Reader = Callable[[RecordBuilder], None]

#: Readers in the order in which they are asked: module and function. Each takes the builder.
READERS = (
    ("orchestration.extraction.forms", "read_forms"),
    ("orchestration.extraction.lineforms", "read_lineforms"),
    ("orchestration.extraction.narrative", "read_narrative"),
    ("orchestration.extraction.projects", "resolve_projects"),
)
_IDENTITY = ("orchestration.extraction.identity", "identify")


def _reader(module: str, name: str) -> Callable[..., object]:
    return getattr(import_module(module), name)  # type: ignore[no-any-return]


def extract(
    document: Document,
    hints: Hints | None = None,
    corrections: Iterable[Correction] = (),
) -> Extraction:
    """The records of one document.

    Args:
        document: what a reader of :mod:`orchestration.reading` returned.
        hints: what the manifest says; the document itself wins.
        corrections: rows of ``raw/corrections.csv`` for this file.

    Returns:
        Every record with its source. Problems are issues in it, never exceptions.
    """
    given = hints or Hints()
    chosen, applied, missed = _corrected(document, corrections)
    builder = RecordBuilder(chosen, corrections=applied)
    for correction in missed:
        builder.issue(
            None,
            kind="correction_unmatched",
            severity="error",
            message=f"更正 {correction.correction_id} 没有找到对应的单元格（表 {correction.table} "
            f"行 {correction.row} 列 {correction.col}，原文“{correction.printed}”） | "
            f"correction {correction.correction_id} matches no cell",
        )
    for module, name in READERS:
        _reader(module, name)(builder)
    record = _reader(*_IDENTITY)(builder, given)
    assert isinstance(record, DocumentRecord)
    return builder.finish(_judge(builder, record))


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
