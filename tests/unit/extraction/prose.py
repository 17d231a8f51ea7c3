"""Running text for tests: paragraphs in, facts out as short strings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from orchestration.extraction.builder import RecordBuilder
from orchestration.extraction.narrative import read_narrative
from orchestration.reading.document import BBox, Document, FileFormat, Paragraph, Place
from orchestration.records import DocumentRecord


def document_of(text: str, file_name: str = "报告.txt") -> Document:
    """A document of one paragraph a line."""
    paragraphs = tuple(
        Paragraph(line, (Place(1, BBox(72, 20.0 * n, 500, 20.0 * n + 14)),))
        for n, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    )
    return Document("ab" * 32, file_name, FileFormat.TXT, paragraphs)


def read(
    text: str,
    year: int | None = 2023,
    kind: str = "self_evaluation",
    unit: str | None = "安和市林业局",
    short: str | None = None,
) -> RecordBuilder:
    """The builder after its running text has been read."""
    identity = DocumentRecord(
        report_id="ab" * 8,
        unit_name=unit,
        unit_name_short=short,
        fiscal_year=year,
        report_kind=kind,
    )
    return _read(document_of(text), identity)


def _read(document: Document, identity: DocumentRecord) -> RecordBuilder:
    builder = RecordBuilder(document)
    read_narrative(builder, identity)
    return builder


def paragraph_facts(text: str, year: int = 2023) -> set[str]:
    """The figures of one paragraph that is printed on several lines."""
    place = Place(1, BBox(72, 20, 500, 34))
    paragraph = Paragraph(text, (place,) * (text.count("\n") + 1))
    document = Document("ab" * 32, "报告.txt", FileFormat.TXT, (paragraph,))
    identity = DocumentRecord(
        report_id=document.report_id, fiscal_year=year, report_kind="self_evaluation"
    )
    return {_fact(figure) for figure in _read(document, identity).records("figure")}


def facts(text: str, **given: Any) -> set[str]:
    """Every figure of a text as ``family item basis year measure value unit``.

    Parts that are NULL are left out; a project's figures begin with its name in square brackets, a
    change of sign or approximation shows in the value.
    """
    return {_fact(figure) for figure in read(text, **given).records("figure")}


def _fact(figure: Any) -> str:
    project = f"[{figure.project_name}]" if figure.project_name else None
    value = figure.value_text if figure.value is None else _plain(figure.value)
    parts = (
        project, figure.family, figure.item, figure.basis, figure.amount_year, figure.measure,
        value, figure.unit,
    )  # fmt: skip
    return " ".join(str(p) for p in parts if p is not None)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def statements(text: str, *kinds: str, **given: Any) -> list[Any]:
    """The statements of these kinds that a text gives."""
    return [s for s in read(text, **given).records("statement") if s.kind in kinds]


def of_family(family: str, found: set[str]) -> set[str]:
    """The facts of :func:`facts` that are of one family."""
    return {f for f in found if f.startswith(family)}
