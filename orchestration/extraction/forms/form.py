"""One grid → its forms: rows cut into blocks by what they say, each block read by its reader."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orchestration.extraction.builder import RecordBuilder
from orchestration.extraction.forms.blocks import cut, is_title_cell
from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.families import family_of
from orchestration.extraction.forms.form_reader import FormReader
from orchestration.extraction.forms.going_on import goes_on, repeated_rows
from orchestration.extraction.forms.identity_rows import (
    is_identity_row,
)
from orchestration.extraction.forms.indicators import IndicatorReader
from orchestration.extraction.forms.lines_above import take_lines
from orchestration.extraction.forms.part_year import is_monitoring_title
from orchestration.extraction.forms.statistics import (
    item_columns,
    staff_cells,
    year_columns,
)
from orchestration.extraction.forms.subject import Subject
from orchestration.extraction.forms.three_public import read_three_public
from orchestration.extraction.forms.titles import (
    is_target_title,
    name_in_title,
    scope_of_title,
)
from orchestration.extraction.forms.view import GridView, label_of
from orchestration.extraction.projects import same_project
from orchestration.extraction.segment import GridSegment
from orchestration.extraction.text import compact
from orchestration.extraction.values import find_year
from orchestration.extraction.vocabulary import Vocabulary

_EXECUTED = re.compile(r"执行数|实际完成|自评|得分|完成值|全年实际值")


@dataclass(slots=True)
class Outcome:
    """What a grid gave: whether a form was recognised, and the subject it ends with."""

    recognised: bool
    subject: Subject
    is_target: bool = False
    is_monitoring: bool = False
    unit: str | None = None
    lines: int = 0  # indicator lines read so far
    #: The reader of the indicator block that the grid ends with, for a part on the next page.
    open_block: IndicatorReader | None = None


def read_grid(
    builder: RecordBuilder,
    segment: GridSegment,
    before: Outcome | None,
    year: int | None = None,
    document_title: str | None = None,
) -> tuple[Outcome, FormContext]:
    """Read the forms on one grid; ``before`` is the outcome of the grid it may go on with.

    ``year`` and ``document_title`` are those of the document.
    """
    view = GridView(segment.grid)
    vocabulary = builder.vocabulary
    blocks = cut(view, vocabulary)
    context = FormContext(builder, view, Subject(year=segment.above.year or year))
    context.heading = segment.above.lines[-1] if segment.above.lines else None
    kinds = {b.kind for b in blocks}
    text = view.text()
    title = segment.above.title
    inside = next(
        (c for r in range(min(3, view.n_rows)) for c in view.own(r) if is_title_cell(view, c)),
        None,
    )
    heading = title or (inside.text if inside else None)
    again = before is not None and repeated_rows(before.open_block, view) > 0
    if before is not None and again and goes_on(before.open_block, view, segment, blocks):
        return _continue(context, before, segment), context
    recognised = _is_form(kinds, text, heading, view, vocabulary)
    if not recognised and _ABOUT_PERFORMANCE.search(compact(document_title or "")):
        recognised = _has_statistics(view, vocabulary)
    if not kinds & {"indicator", "list", "funding"} or not recognised:
        _set_unit(context, segment, before)
        if read_three_public(context, title or (inside.text if inside else None)):
            builder.claimed_blocks.add(segment.block)
            return Outcome(False, context.subject), context
    if not recognised:
        if before is not None and goes_on(before.open_block, view, segment, blocks):
            return _continue(context, before, segment), context
        return Outcome(False, context.subject), context
    whole = text + "|" + compact("".join(segment.above.lines[-4:]))
    context.family = family_of(whole, vocabulary) or "generic"
    _set_unit(context, segment, before)
    context.is_target = not _EXECUTED.search(whole)
    context.is_monitoring = is_monitoring_title(heading or document_title)
    _subject_from_title(context, title)
    take_lines(context.subject, segment.above, vocabulary)
    if before is not None and inside is None and _goes_on(view, segment, before, vocabulary):
        context.subject = before.subject
        context.is_target = before.is_target and context.is_target
        context.is_monitoring = before.is_monitoring or context.is_monitoring
    reader = FormReader(context, blocks, before.open_block if before else None)
    reader.read()
    builder.form_families.append(context.family)
    builder.claimed_blocks.add(segment.block)
    outcome = Outcome(
        True,
        context.subject,
        context.is_target,
        context.is_monitoring,
        context.unit,
        reader.lines,
        reader.open_block(),
    )
    return outcome, context


def _goes_on(view: GridView, segment: GridSegment, before: Outcome, vocabulary: Vocabulary) -> bool:
    """Whether a grid without identification is a further part of the form before it.

    Some offices print identification, funding and indicators as grids of their own, with a heading
    such as 绩效指标完成情况 between them; only a line that titles a table opens another form.
    """
    if any(is_identity_row(view, r, vocabulary) for r in range(view.n_rows)):
        return False
    above = segment.above
    if above.follows_grid or above.title is None:
        return True
    heading = re.sub(r"[(（].*[)）]$", "", compact(above.title))
    return before.lines == 0 and not heading.endswith("表")


def _continue(context: FormContext, before: Outcome, segment: GridSegment) -> Outcome:
    """Read a grid that goes on with the indicator block of the grid before it."""
    assert before.open_block is not None  # noqa: S101 - asked for by goes_on
    context.subject = before.subject
    context.is_target, context.unit = before.is_target, before.unit
    context.is_monitoring = before.is_monitoring
    context.family = before.open_block.context.family
    reader = before.open_block.on_next_grid(context)
    reader.read(context.view.n_rows)
    context.builder.claimed_blocks.add(segment.block)
    return Outcome(
        True,
        context.subject,
        context.is_target,
        context.is_monitoring,
        context.unit,
        reader.lines,
        reader,
    )


def _is_form(
    kinds: set[str], text: str, title: str | None, view: GridView, vocabulary: Vocabulary
) -> bool:
    """Whether a grid is a performance form: an indicator table, or a titled or funded one."""
    if "indicator" in kinds:
        return True
    about = bool(title and re.search(r"绩效|自评", compact(title)))
    if kinds & {"list", "units"}:
        return about or "自评" in text or "绩效" in text
    if kinds & {"goal", "plan"} and ("资金" in text or about):
        return True
    if "funding" in kinds:
        return about or "执行率" in text
    if about and any(is_identity_row(view, row, vocabulary) for row in range(view.n_rows)):
        return True
    return _is_statistics(text, title, view, vocabulary)


_STATISTICS = ("base_data", "county_department")


def _is_statistics(text: str, title: str | None, view: GridView, vocabulary: Vocabulary) -> bool:
    """Whether a grid is a base-data table: by its signature, or titled and shaped as one."""
    if family_of(text, vocabulary) in _STATISTICS:
        return True
    if not title or not re.search(r"基础数据|绩效|基本情况", compact(title)):
        return False
    return any(
        year_columns(view, row, None) or item_columns(view, row, vocabulary)[0]
        for row in range(view.n_rows)
    )


_ABOUT_PERFORMANCE = re.compile(r"绩效|自评")


def _has_statistics(view: GridView, vocabulary: Vocabulary) -> bool:
    """Whether a grid of a performance report counts staff, or income and spending by columns."""
    return any(
        item_columns(view, row, vocabulary)[0] or len(staff_cells(view, row, vocabulary)) > 1
        for row in range(view.n_rows)
    )


_UNIT_LABEL = re.compile(r"^(?:金额|货币|资金|计量)单位:?$")


def _set_unit(context: FormContext, segment: GridSegment, before: Outcome | None) -> None:
    """The unit captions give: in the grid, above it, or above the part before it."""
    for row in range(min(6, context.view.n_rows)):
        for cell in context.view.own(row):
            beside = context.view.right_of(cell, row) if _UNIT_LABEL.match(label_of(cell)) else None
            text = cell.text + (beside.text if beside is not None else "")
            if "单位" in compact(text) and (unit := context.vocabulary.money_unit(text)):
                context.unit, context.unit_source = unit, "caption"
                context.view.claim(cell, beside)
                return
    if segment.above.unit:
        context.unit, context.unit_source = segment.above.unit, "caption"
    elif before is not None and segment.above.follows_grid and before.unit:
        context.unit, context.unit_source = before.unit, "caption"


def _subject_from_title(context: FormContext, title: str | None) -> None:
    """Scope, project name, year and stage as far as the title says."""
    if not title:
        return
    scope = scope_of_title(title)
    name = name_in_title(title)
    whole = context.builder.title_project
    if name is not None and whole is not None and same_project(name, whole):
        name = whole  # the document's title prints it in full
    if scope == "project" or (scope is None and name):
        context.subject.scope = "project"
        context.subject.project_name = name
    context.subject.year = (find_year(title) if "年" in title else None) or context.subject.year
    context.is_target = is_target_title(title) or context.is_target
