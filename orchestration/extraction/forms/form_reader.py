"""Reading the blocks of one grid in order: identification first, then block by block."""

from __future__ import annotations

import re
from decimal import Decimal

from orchestration.extraction.forms.blocks import Block, is_title_cell
from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.funding import (
    read_funding,
    read_natures,
    read_source_columns,
)
from orchestration.extraction.forms.funding_columns import read_stage_rows
from orchestration.extraction.forms.header_tree import Header
from orchestration.extraction.forms.identity_rows import (
    Pair,
    identity_pairs,
    read_goal_pairs,
    read_pairs,
    read_simple_funding,
    read_totals,
    take_identity,
)
from orchestration.extraction.forms.indicators import IndicatorReader
from orchestration.extraction.forms.measure_pairs import read_measure_pairs
from orchestration.extraction.forms.plan import read_goals, read_plan
from orchestration.extraction.forms.project_list import (
    read_indicator_list,
    read_project_list,
    record_project,
)
from orchestration.extraction.forms.source_tree import read_source_tree
from orchestration.extraction.forms.stage_pairs import read_stage_pairs
from orchestration.extraction.forms.statistics import (
    read_item_columns,
    read_item_rows,
    read_staff,
)
from orchestration.extraction.forms.subject import Subject
from orchestration.extraction.forms.tasks import read_tasks
from orchestration.extraction.forms.titles import is_target_title, name_in_title, scope_of_title
from orchestration.extraction.forms.unit_money import read_unit_money
from orchestration.extraction.forms.view import GridView, label_of
from orchestration.extraction.text import compact, normalise
from orchestration.extraction.values import find_year, parse_number
from orchestration.reading.document import Cell
from orchestration.records import FigureRecord


def _is_blank_name(view: GridView, row: int, pair: Pair) -> bool:
    """Whether a row is ``项目名称`` with nothing beside it: a project's form not filled in."""
    filled = view.filled(row)
    return (
        pair.field == "project_name"
        and pair.text is None
        and pair.value is not None
        and bool(filled)
        and filled[0] is pair.label
    )


def _drop_preprinted(context: FormContext, figures: list[FigureRecord]) -> None:
    """Take back the weights that an empty form brings with it: nobody has stated them."""
    subject = context.subject
    if subject.scope != "project" or subject.project_name is not None or not figures:
        return
    if all(f.measure in ("weight", "total_weight") for f in figures):
        context.builder.drop("figure", figures)


_UNIT_CAPTION = re.compile(r"^[(（]?(?:金额|货币|资金|计量)?单位[:：]?")


def _leave_units(context: FormContext, header: Header, end: int) -> None:
    """Say that a list of several units is left alone: the contract has one unit a report."""
    for row in range(header.top, end):
        context.view.claim_row(row)
    cell = header.columns[0].cell
    context.builder.issue(
        context.spot(cell),
        kind="unclaimed_table",
        message=f"{context.where(cell)}起是多个单位的汇总清单，其数字不属于本单位，未采用 | "
        "a list of several units with their budgets and scores: none of its figures is used",
    )


class FormReader:
    """Reads the blocks of one grid in order; ``before``: the open block of the grid before it."""

    def __init__(
        self, context: FormContext, blocks: list[Block], before: IndicatorReader | None = None
    ) -> None:
        self.context = context
        self.before = before
        self.lines = 0
        self.last: tuple[Block, IndicatorReader] | None = None
        self.view = context.view
        self.blocks = blocks

    def read(self) -> None:
        """Read every block; identification rows first, for the blocks above them too."""
        builder = self.context.builder
        forms = self._forms()
        for form in forms:
            self.context.has_stages = any(b.kind == "funding" for b in form)
            before = set(map(id, builder.records("figure")))
            lines = self.lines
            self._identify(form, is_first=form is forms[0])
            for block in form:
                self._block(block)
            if self.lines == lines:
                own = [r for r in builder.records("figure") if id(r) not in before]
                _drop_preprinted(self.context, own)

    def _forms(self) -> list[list[Block]]:
        """Forms stacked in one grid: identification after an indicator block opens another."""
        forms: list[list[Block]] = [[]]
        seen_indicators = False
        for block in self.blocks:
            opens = block.kind == "rows" and any(
                self._names(row) for row in range(block.start, block.end)
            )
            if opens and seen_indicators:
                forms.append([])
                seen_indicators = False
            forms[-1].append(block)
            seen_indicators = seen_indicators or block.kind == "indicator"
        return forms

    def _names(self, row: int) -> bool:
        pairs = identity_pairs(self.view, row, self.context.vocabulary)
        return any(p.field == "project_name" and p.text for p in pairs)

    def _unit_row(self, row: int) -> None:
        """``单位：元`` over a form that stands below another one in its grid."""
        for cell in self.view.filled(row):
            unit = self.context.vocabulary.money_unit(cell.text)
            if unit is not None and _UNIT_CAPTION.match(label_of(cell)):
                self.context.unit, self.context.unit_source = unit, "caption"
                self.view.claim(cell)

    def _identify(self, form: list[Block], *, is_first: bool) -> None:
        """Enter what the identification rows of a form say into its subject."""
        subject = self.context.subject
        if form is not self.blocks and any(
            self._names(r) for b in form if b.kind == "rows" for r in range(b.start, b.end)
        ):
            subject = Subject(year=subject.year, scope=subject.scope)
        anchor: Cell | None = None
        for block in form:
            if block.kind != "rows":
                continue
            for row in range(block.start, block.end):
                self._title_row(row, subject)
                if not is_first:
                    self._unit_row(row)
                for pair in identity_pairs(self.view, row, self.context.vocabulary):
                    if pair.field == "project_name" and pair.text:
                        anchor = pair.value
                    elif _is_blank_name(self.view, row, pair) and subject.project_name is None:
                        subject.scope = "project"
                    if pair.field == "project_name" or not self.context.is_doubted(pair.value):
                        take_identity(subject, pair)
        self.context.subject = subject
        if subject.project_name is None and subject.scope == "project":
            subject.project_name = name_in_title(self._title_in(form))
        if subject.project_name is None and not self._names_blank(form):
            self._of_title_project(subject)
        self._purpose(form, subject)
        anchor = anchor or self._first_cell(form)
        has_list = any(b.kind == "list" or (b.header and b.header.extra) for b in form)
        if subject.scope == "project" and anchor is not None and not has_list:
            record_project(self.context, anchor)

    def _names_blank(self, form: list[Block]) -> bool:
        """Whether the form has a place for a project's name and leaves it blank."""
        return any(
            _is_blank_name(self.view, row, pair)
            for block in form
            if block.kind == "rows"
            for row in range(block.start, block.end)
            for pair in identity_pairs(self.view, row, self.context.vocabulary)
        )

    def _of_title_project(self, subject: Subject) -> None:
        """A form that names nobody, in a document about one project, is about that project."""
        project = self.context.builder.title_project
        if project is not None and subject.unit_name is None and subject.department is None:
            subject.scope, subject.project_name = "project", project

    def _first_cell(self, form: list[Block]) -> Cell | None:
        rows = range(form[0].start, form[-1].end) if form else range(0)
        return next((c for r in rows for c in self.view.filled(r)), None)

    def _title_in(self, form: list[Block]) -> str | None:
        for block in form:
            for row in range(block.start, block.end):
                for cell in self.view.filled(row):
                    if is_title_cell(self.view, cell):
                        return normalise(cell.text)
        return None

    def _title_row(self, row: int, subject: Subject) -> None:
        for cell in self.view.filled(row):
            if not is_title_cell(self.view, cell):
                continue
            self.view.claim(cell)
            scope = scope_of_title(cell.text)
            subject.scope = scope or subject.scope
            if subject.project_name is None and scope == "project":
                subject.project_name = name_in_title(cell.text)
            self.context.is_target = is_target_title(cell.text) or self.context.is_target
            self.context.builder.form_facts.append(
                ("title", normalise(cell.text), self.context.spot(cell))
            )
            if "年" in cell.text:
                subject.year = find_year(cell.text) or subject.year

    def _purpose(self, form: list[Block], subject: Subject) -> None:
        """The text below ``预算规模及资金用途 | 预算数 | …`` says what the money is for."""
        for block in form:
            for row in range(block.start, block.end):
                band = self.view.cell(row, 0)
                if band is None or "资金用途" not in label_of(band) or subject.purpose:
                    continue
                for at in range(row, min(row + 3, block.end)):
                    cells = [c for c in self.view.filled(at) if c is not band]
                    if len(cells) == 1 and len(compact(cells[0].text)) > 8:
                        subject.purpose = normalise(cells[0].text)
                        self.view.claim(cells[0])
                        break

    # --- blocks ----------------------------------------------------------------------------------

    def _block(self, block: Block) -> None:
        if block.kind == "rows":
            self._rows(block)
        elif block.kind == "natures":
            read_natures(self.context, block.start, block.end)
        elif block.header is not None:
            self._headed(block, block.header)

    def _headed(self, block: Block, header: Header) -> None:
        context = self.context
        if block.kind == "indicator":
            if header.extra:
                reader = read_indicator_list(context, header, block.end, self.before)
            else:
                read_unit_money(context, header, block.end)
                reader = IndicatorReader(context, header)
                reader.read(block.end)
            self.last = (block, reader) if reader is not None else None
            self.lines += reader.lines if reader is not None else 0
        elif block.kind == "list":
            read_project_list(context, header, block.end)
        elif block.kind == "units":
            _leave_units(context, header, block.end)
        elif block.kind == "funding":
            read_funding(context, header, block.end)
        elif block.kind == "goal":
            read_goals(context, header, block.end)
        elif block.kind == "plan":
            read_plan(context, header, block.end, self._budget())

    def open_block(self) -> IndicatorReader | None:
        """The indicator block that reaches the last row of the grid, if any."""
        if self.last is None or self.last[0] is not self.blocks[-1]:
            return None
        return None if self.last[1].totalled else self.last[1]

    def _budget(self) -> Decimal | None:
        """The total budget recorded for the current subject, in the form's unit."""
        for record in reversed(self.context.builder.records("figure")):
            if (
                record.family == "budget"
                and record.item == "total"
                and record.measure in ("initial_budget", "annual_budget")
                and record.project_name == self.context.subject.project_name
            ):
                return record.value  # type: ignore[no-any-return]
        return None

    def _rows(self, block: Block) -> None:
        row = block.start
        while row < block.end:
            after = self._statistics(row, block.end)
            if after > row:
                row = after
                continue
            read_pairs(self.context, row)
            read_measure_pairs(self.context, row)
            read_simple_funding(self.context, row, annual_only=True)
            read_goal_pairs(self.context, row)
            if not self._late_total(row):
                read_totals(self.context, row)
            row += 1

    def _late_total(self, row: int) -> bool:
        """``总分 | 100 | 96`` below the notes of an indicator block: by the block's columns."""
        filled = self.view.filled(row)
        if self.last is None or not filled:
            return False
        named = self.context.vocabulary.header("total", filled[0].text)
        numbers = [c for c in filled[1:] if parse_number(c.text) is not None]
        return named == "total_score" and len(numbers) > 1 and self.last[1].total_row(row)

    def _statistics(self, row: int, end: int) -> int:
        """Read a statistics block that begins in a row; the row after it (``row`` if none)."""
        context = self.context
        after = read_source_columns(context, row, end)
        after = after if after > row else read_source_tree(context, row, end)
        after = after if after > row else read_stage_rows(context, row, end)
        after = after if after > row else read_stage_pairs(context, row, end)
        after = after if after > row else read_tasks(context, row, end)
        if after > row:
            return after
        if context.subject.scope != "department":
            return row
        after = read_item_columns(context, row, end)
        if after > row:
            return after
        if read_item_rows(context, row, end):
            return end
        read_staff(context, row)
        return row
