# ruff: noqa: ANN401 - record fields are passed through by name; records.py types them.
"""Collecting the records of one document: provenance, order, counters, privacy.

Readers of forms and of running text call :class:`RecordBuilder`; it fills the ``source_*`` columns
from a :class:`Spot`, masks personal data, and at :meth:`RecordBuilder.finish` numbers figures,
indicator tables and projects in reading order, whoever recorded them first.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, NamedTuple

from orchestration.extraction.text import INDICATOR_TEXTS, as_printed, compact, redact
from orchestration.extraction.vocabulary import Vocabulary, default_vocabulary
from orchestration.reading.document import Cell, Document, Grid, Paragraph, Place
from orchestration.records import (
    MEASURES,
    DocumentRecord,
    Extraction,
    FigureRecord,
    GoalRecord,
    IndicatorRecord,
    IssueRecord,
    ProjectRecord,
    StatementRecord,
)


class Order(NamedTuple):
    """Reading order of a spot: block of the document, row or offset in it, column."""

    block: int = 0
    offset: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a record was read.

    ``row``/``col`` are 0-based grid indices (published 1-based); ``table`` is ``Grid.ordinal``,
    None for running text. ``text`` is the row or sentence as printed, ``cell_text`` the words of
    the figure itself.
    """

    order: Order
    place: Place = field(default_factory=Place)
    table: int | None = None
    row: int | None = None
    col: int | None = None
    text: str | None = None
    cell_text: str | None = None

    def columns(self) -> dict[str, Any]:
        """The ``source_*`` columns of a record, personal data masked."""
        bbox = self.place.bbox
        return {
            "source_page": self.place.page,
            "source_table": self.table,
            "source_row": None if self.row is None else self.row + 1,
            "source_col": None if self.col is None else self.col + 1,
            "source_bbox": None if bbox is None else str(bbox),
            "source_path": self.place.path,
            "source_text": None if self.text is None else redact(self.text),
            "cell_text": None if self.cell_text is None else redact(self.cell_text),
        }


@dataclass(slots=True)
class _Draft:
    """A record and its reading order, until everything is known."""

    order: Order
    record: Any


@dataclass(slots=True)
class RecordBuilder:
    """The records of one document while it is being read."""

    document: Document
    vocabulary: Vocabulary = field(default_factory=default_vocabulary)
    has_contact: bool = False
    form_families: list[str] = field(default_factory=list)
    confidence_reasons: list[str] = field(default_factory=list)
    #: What identification rows and titles of forms print: (field, text, spot). Fields are those
    #: of the block ``identity`` of header_word.csv, ``title``, ``report_date``, ``unit_name_code``.
    form_facts: list[tuple[str, str, Spot]] = field(default_factory=list)
    _drafts: dict[str, list[_Draft]] = field(default_factory=dict)
    _tables: dict[int, Order] = field(default_factory=dict)
    _lists: int = 0
    _blocks: dict[int, int] = field(default_factory=dict)
    _rows: dict[tuple[int, int], str] = field(default_factory=dict)
    #: The project that the document's title names, where it is about one project.
    title_project: str | None = None
    #: Blocks of the document that a form or line form has claimed (indices).
    claimed_blocks: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._blocks = {id(block): index for index, block in enumerate(self.document.blocks)}

    # --- spots -----------------------------------------------------------------------------------

    def block_index(self, block: Grid | Paragraph) -> int:
        """The index of a block of this document."""
        return self._blocks.get(id(block), len(self._blocks))

    def row_text(self, grid: Grid, row: int) -> str:
        """The row as printed, cells joined by `` | ``."""
        key = (grid.ordinal, row)
        if key not in self._rows:
            cells = [c for c in grid.row_cells(row) if c.row == row]
            self._rows[key] = " | ".join(as_printed(c.text) for c in cells)
        return self._rows[key]

    def cell_spot(self, grid: Grid, cell: Cell, row: int | None = None) -> Spot:
        """The spot of a cell; ``row`` where the row meant is not the cell's first one."""
        at = cell.row if row is None else row
        return Spot(
            order=Order(self.block_index(grid), at, cell.col),
            place=cell.place,
            table=grid.ordinal,
            row=at,
            col=cell.col,
            text=self.row_text(grid, at),
            cell_text=cell.text,
        )

    def text_spot(
        self,
        paragraph: Paragraph,
        offset: int,
        text: str,
        cell_text: str | None = None,
        place: Place | None = None,
    ) -> Spot:
        """The spot of a sentence that begins at a character offset of a paragraph.

        ``place`` where the words are known to stand on more lines than the one of the offset.
        """
        if place is None:
            line = paragraph.text.count("\n", 0, max(offset, 0))
            places = paragraph.places
            place = places[min(line, len(places) - 1)] if places else Place()
        return Spot(
            order=Order(self.block_index(paragraph), offset),
            place=place,
            text=text,
            cell_text=cell_text,
        )

    # --- records ---------------------------------------------------------------------------------

    def _add(self, kind: str, order: Order, record: Any) -> Any:
        self._drafts.setdefault(kind, []).append(_Draft(order, record))
        return record

    def figure(
        self,
        spot: Spot,
        *,
        family: str,
        measure: str,
        value: Decimal | None = None,
        scope: str = "department",
        **fields: Any,
    ) -> FigureRecord:
        """One mention of one figure (``records.MEASURES`` says what there is).

        Raises:
            ValueError: the family has no such measure (a mistake of the caller).
        """
        if measure not in MEASURES.get(family, {}):
            raise ValueError(f"family {family!r} has no measure {measure!r}")
        fields.setdefault("is_table", spot.table is not None)
        record = FigureRecord(
            report_id=self.document.report_id,
            figure_seq=0,
            family=family,
            measure=measure,
            value=value,
            scope=scope,
            **fields,
            **spot.columns(),
        )
        self._add("figure", spot.order, record)
        return record

    def new_list(self) -> int:
        """A fresh ``list_id`` for the figures of one 其中 list."""
        self._lists += 1
        return self._lists

    def indicator_table(self, spot: Spot) -> int:
        """A handle for a new indicator table or scored list; numbered in reading order later."""
        handle = len(self._tables) + 1
        self._tables[handle] = spot.order
        return handle

    def indicator(
        self, spot: Spot, *, table: int, scope: str = "department", **fields: Any
    ) -> IndicatorRecord:
        """One indicator line of the table with this handle, numbered in the order of calls."""
        sequence = 1 + sum(
            1 for d in self._drafts.get("indicator", []) if d.record.indicator_table == table
        )
        for name in INDICATOR_TEXTS:
            if fields.get(name):
                fields[name] = redact(fields[name])
        record = IndicatorRecord(
            report_id=self.document.report_id,
            indicator_table=table,
            indicator_seq=sequence,
            scope=scope,
            **fields,
            **spot.columns(),
        )
        self._add("indicator", spot.order, record)
        return record

    def goal(self, spot: Spot, *, scope: str = "department", **fields: Any) -> GoalRecord:
        """An overall goal and what came of it."""
        for name in ("goal_text", "completion_text"):
            if fields.get(name):
                fields[name] = redact(fields[name])
        record = GoalRecord(
            report_id=self.document.report_id, scope=scope, **fields, **spot.columns()
        )
        self._add("goal", spot.order, record)
        return record

    def project(self, spot: Spot, *, project_name: str, **fields: Any) -> ProjectRecord:
        """A project as one form or sentence names it; merged by name at :meth:`finish`."""
        record = ProjectRecord(
            report_id=self.document.report_id,
            project_seq=0,
            project_name=project_name,
            **fields,
            **spot.columns(),
        )
        self._add("project", spot.order, record)
        return record

    def statement(self, spot: Spot, *, kind: str, **fields: Any) -> StatementRecord:
        """Evidence for an audit rule (kinds: ``records.StatementRecord``)."""
        record = StatementRecord(
            report_id=self.document.report_id,
            statement_seq=0,
            kind=kind,
            **fields,
            **spot.columns(),
        )
        self._add("statement", spot.order, record)
        return record

    def issue(
        self,
        spot: Spot | None,
        *,
        kind: str,
        message: str,
        severity: str = "warning",
        **fields: Any,
    ) -> IssueRecord:
        """Something that could not be used; ``message`` is Chinese, English after `` | ``."""
        columns = spot.columns() if spot else {}
        record = IssueRecord(
            report_id=self.document.report_id,
            issue_seq=0,
            kind=kind,
            severity=severity,
            message=redact(message),
            **fields,
            **columns,
        )
        self._add("issue", spot.order if spot else Order(10**6), record)
        return record

    # --- looking back ----------------------------------------------------------------------------

    def records(self, kind: str) -> list[Any]:
        """The records of a kind (``figure``, ``indicator``, ``project`` …) in reading order."""
        drafts = sorted(self._drafts.get(kind, []), key=lambda d: d.order)
        return [draft.record for draft in drafts]

    def rename_project(self, old: str, new: str) -> None:
        """Let every record of a project carry another of its names; ``old`` becomes an alias."""
        for drafts in self._drafts.values():
            for draft in drafts:
                if getattr(draft.record, "project_name", None) == old:
                    draft.record = _renamed(draft.record, new)

    def beside(self, record: FigureRecord, **changes: Any) -> FigureRecord:
        """Another figure read from the very cell of one already collected."""
        for draft in self._drafts.get("figure", []):
            if draft.record is record:
                twin: FigureRecord = replace(record, **changes)
                return self._add("figure", draft.order, twin)  # type: ignore[no-any-return]
        raise ValueError("the record is not among those collected")

    def update(self, kind: str, record: Any, **changes: Any) -> Any:
        """Replace fields of a record already collected; returns the new record."""
        for draft in self._drafts.get(kind, []):
            if draft.record is record:
                draft.record = replace(record, **changes)
                return draft.record
        raise ValueError("the record is not among those collected")

    def drop(self, kind: str, records: list[Any]) -> None:
        """Take records back that turned out to state nothing."""
        gone = {id(record) for record in records}
        drafts = self._drafts.get(kind, [])
        self._drafts[kind] = [d for d in drafts if id(d.record) not in gone]

    # --- the end ---------------------------------------------------------------------------------

    def finish(self, document: DocumentRecord) -> Extraction:
        """Number everything in reading order and give the extraction."""
        numbers = {
            handle: number
            for number, handle in enumerate(
                sorted(self._used_tables(), key=lambda h: self._tables[h]), start=1
            )
        }
        indicators = [
            replace(r, indicator_table=numbers[r.indicator_table])
            for r in self.records("indicator")
        ]
        indicators.sort(key=lambda r: (r.indicator_table, r.indicator_seq))
        return Extraction(
            document=document,
            projects=_merge_projects(self.records("project")),
            figures=_numbered(self.records("figure"), "figure_seq"),
            indicators=indicators,
            goals=self.records("goal"),
            statements=_numbered(self.records("statement"), "statement_seq"),
            issues=_numbered(self.records("issue"), "issue_seq"),
        )

    def _used_tables(self) -> set[int]:
        return {d.record.indicator_table for d in self._drafts.get("indicator", [])}


def _numbered(records: list[Any], column: str) -> list[Any]:
    return [replace(r, **{column: number}) for number, r in enumerate(records, start=1)]


def _join_names(*names: str | None) -> str | None:
    seen: dict[str, str] = {}
    for name in names:
        for one in (name or "").split("；"):
            if one:
                seen.setdefault(compact(one), one)
    return "；".join(seen.values()) or None


def _renamed(record: Any, new: str) -> Any:
    if isinstance(record, ProjectRecord):
        return replace(
            record, project_name=new, aliases=_join_names(record.aliases, record.project_name)
        )
    return replace(record, project_name=new)


def _merge_projects(records: list[ProjectRecord]) -> list[ProjectRecord]:
    """One record a project: the first mention, its gaps filled from the later ones."""
    merged: dict[tuple[str, str | None], ProjectRecord] = {}
    for record in records:
        key = (compact(record.project_name), None)
        known = merged.get(key)
        if known is None:
            merged[key] = record
            continue
        gaps = {
            name: getattr(known, name) or getattr(record, name)
            for name in ("project_code", "department", "implementing_unit", "purpose")
        }
        merged[key] = replace(known, **gaps, aliases=_join_names(known.aliases, record.aliases))
    result = []
    for number, record in enumerate(merged.values(), start=1):
        aliases = [
            a
            for a in (record.aliases or "").split("；")
            if a and compact(a) != compact(record.project_name)
        ]
        result.append(replace(record, project_seq=number, aliases="；".join(aliases) or None))
    return result
