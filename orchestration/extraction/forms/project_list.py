"""Wide lists: one row a project (budget, execution, rate, score), with or without indicators."""

from __future__ import annotations

import re
from dataclasses import replace

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.grades import record_grade
from orchestration.extraction.forms.header_tree import MONEY_FIELDS, Column, Header
from orchestration.extraction.forms.headers import is_repeat
from orchestration.extraction.forms.identity_rows import plain_unit, split_code
from orchestration.extraction.forms.indicator_text import read_indicator_text
from orchestration.extraction.forms.indicators import IndicatorReader
from orchestration.extraction.forms.one_source import without_sums
from orchestration.extraction.forms.part_year import without_state
from orchestration.extraction.forms.plan import record_goal
from orchestration.extraction.forms.stage_sources import read_below_stages
from orchestration.extraction.forms.subject import Subject
from orchestration.extraction.forms.view import label_of, value_of
from orchestration.extraction.text import compact
from orchestration.reading.document import Cell

_ACCOUNT_HEAD = re.compile(r"^(?:行次|栏次|(?:功能|经济|支出)?(?:分类)?科目(?:编码|代码))$")
#: A code of the functional or economic classification alone in its cell (208, 2080505, 30201).
_CLASS_CODE = re.compile(r"^(?:[2-5]\d{2}|[2-5]\d{4}|[2-5]\d{6})$")
_FEW_CODES = 3
_NAMING = ("serial", "project_name", "project_code", "department", "implementing_unit", "ignore")
_TOTALS = ("total", "subtotal", "total_score")
#: Sources of money that have a column of their own in a list of projects.
SOURCES = (
    "total",
    "general_public_budget",
    "government_fund",
    "special_account",
    "carry_over",
    "other",
)


def _own(context: FormContext, column: Column | None, row: int) -> Cell | None:
    """The cell of a column that begins in a row."""
    if column is None:
        return None
    own = [c for c in context.view.own(row) if column.start <= c.col < column.end]
    return next((c for c in own if c.text.strip()), own[0] if own else None)


def _project(
    context: FormContext,
    columns: dict[str, Column],
    row: int,
    base: Subject,
    unit: str | None = None,
) -> Subject:
    """The project that a row names; ``unit``: whose list it stands in, where a row above says."""
    name_cell = _own(context, columns.get("project_name"), row)
    code, name = split_code(name_cell.text) if name_cell is not None else (None, "")
    subject = Subject(
        scope="project",
        project_name=name,
        project_code=code,
        year=base.year,
        implementing_unit=unit,
    )
    for field in ("project_code", "department", "implementing_unit"):
        cell = _own(context, columns.get(field), row)
        text = value_of(cell)
        context.view.claim(cell)
        if text and not context.is_blank(cell):
            value = text if field == "project_code" else plain_unit(text)
            setattr(subject, field, value)
    context.view.claim(name_cell)
    return subject


def tell_apart(context: FormContext) -> None:
    """Give the subject's project a name of its own where another project has the same one.

    Several units of one department print forms for projects of equal name (审计业务经费). Different
    codes or implementing units are different projects: the later one carries what tells it apart.
    """
    subject = context.subject
    name = subject.project_name
    if name is None:
        return
    for other in context.builder.records("project"):
        if compact(other.project_name) != compact(name) or other.source_table is None:
            continue
        codes = (subject.project_code, other.project_code)
        units = (subject.implementing_unit, other.implementing_unit)
        mark = next((a for a, b in (codes, units) if a and b and compact(a) != compact(b)), None)
        if mark is not None:
            subject.project_name = f"{name}({mark})"
            return


def record_project(context: FormContext, cell: Cell) -> None:
    """Record the project of the current subject."""
    subject = context.subject
    if subject.project_name is None:
        return
    context.doubt_name(cell, subject.project_name)
    tell_apart(context)
    context.builder.project(
        context.spot(cell),
        project_name=subject.project_name,
        project_code=subject.project_code,
        department=subject.department,
        implementing_unit=subject.implementing_unit,
        purpose=subject.purpose,
    )


def read_project_list(context: FormContext, header: Header, end: int) -> None:
    """A list without indicators: budget and evaluation figures a row."""
    if _is_account(context, header, end):
        return
    shown = without_state(header.columns, monitoring=context.is_monitoring)
    columns = {c.field: c for c in reversed(without_sums(shown))}
    base = context.subject
    unit: str | None = None
    serials = [_own(context, columns.get("serial"), row) for row in range(header.bottom + 1, end)]
    numbered = any(c is not None and _NUMBER.match(compact(c.text)) for c in serials)
    for cell in header.unknown:
        context.unknown(cell, "项目清单表头")
    for row in range(header.top, header.bottom + 1):
        context.view.claim_row(row)
    for row in range(header.bottom + 1, end):
        name_cell = _own(context, columns["project_name"], row)
        if is_repeat(context.view, row, header):
            context.view.claim_row(row)
            continue
        if name_cell is None or not name_cell.text.strip():
            continue
        if _is_unit(context, columns, row):
            unit = _unit_of(context, name_cell, row)
            context.view.claim_row(row)
            continue
        serial = _own(context, columns.get("serial"), row)
        context.view.claim(serial)
        if _is_total(context, row) or (numbered and _is_section(serial)):
            context.view.claim_row(row)
            continue
        context.subject = _project(context, columns, row, base, unit)
        record_project(context, name_cell)
        _list_figures(context, columns, row)
    context.subject = base


def _is_account(context: FormContext, header: Header, end: int) -> bool:
    """Whether the lines are those of an account: counted (行次) or named by classification codes.

    Tables of accounts call their lines 项目 too; a dump prints them without a title between.
    """
    cells = [cell for row in range(header.top, end) for cell in context.view.filled(row)]
    figures = [c.start for c in header.columns if c.field not in _NAMING]
    first = min(figures, default=context.view.n_cols)  # amounts of three digits are no codes
    codes = sum(bool(_CLASS_CODE.match(compact(c.text))) for c in cells if c.col < first)
    return codes >= _FEW_CODES or any(_ACCOUNT_HEAD.match(compact(c.text)) for c in cells)


def _is_total(context: FormContext, row: int) -> bool:
    return any(
        context.vocabulary.header("total", c.text) in _TOTALS for c in context.view.filled(row)[:2]
    )


_NUMBER = re.compile(r"^[(（]?\d{1,3}[)）、.]?$")
_SECTION = re.compile(r"^[(（]?[一二三四五六七八九十]{1,3}[)）、.]*$")


def _is_section(serial: Cell | None) -> bool:
    """Whether a row of a list numbered 1, 2, … is a section's sum: ``一、| 部门预算项目``."""
    return serial is not None and bool(_SECTION.match(compact(serial.text)))


def _is_unit(context: FormContext, columns: dict[str, Column], row: int) -> bool:
    """Whether a row of ``项目名称(资金使用单位)`` is a unit's sum: it has no goal."""
    if "单位" not in columns["project_name"].header or "goal" not in columns:
        return False
    goal = _own(context, columns["goal"], row)
    return goal is None or context.is_blank(goal)


def _unit_of(context: FormContext, cell: Cell, row: int) -> str | None:
    """The unit that a row of sums names; None for the sum of all."""
    return None if _is_total(context, row) else plain_unit(value_of(cell) or "") or None


def _list_figures(context: FormContext, columns: dict[str, Column], row: int) -> None:
    for name in MONEY_FIELDS:
        _list_money(context, columns.get(name), row, name, "total")
    for source in SOURCES:
        measure = "initial_budget" if "initial_budget" not in columns else "annual_budget"
        if source == "total" and "annual_budget" in columns:
            continue
        _list_money(context, columns.get(f"funding.{source}"), row, measure, source)
    read_below_stages(context, list(columns.values()), row, "")
    if "total_score" not in columns and "score" in columns:
        columns = {**columns, "total_score": columns["score"]}
    _list_result(context, columns, row)
    goal_cell = _own(context, columns.get("goal"), row)
    if goal_cell is not None and not context.text_withheld(goal_cell, "绩效目标"):
        record_goal(context, goal_cell, value_of(goal_cell) or "", "")
    lines = _own(context, columns.get("indicators"), row)
    if lines is not None:
        read_indicator_text(context, lines)


def _list_result(context: FormContext, columns: dict[str, Column], row: int) -> None:
    """Rate of execution, score and grade in a project's merged cells."""
    rate = columns.get("execution_rate")
    if rate is not None:
        cell = _own(context, rate, row)
        context.rate(
            cell, rate.header, None, family="budget", measure="execution_rate", item="total"
        )
    score = _own(context, columns.get("total_score"), row)
    context.points(score, "自评得分", family="evaluation", measure="total_score")
    grade_cell = _own(context, columns.get("grade"), row)
    grade = context.vocabulary.grade(grade_cell.text) if grade_cell is not None else None
    if grade is not None and grade_cell is not None:
        record_grade(context, grade_cell, grade)


def _list_money(
    context: FormContext, column: Column | None, row: int, measure: str, source: str
) -> None:
    if column is None:
        return
    context.money(
        _own(context, column, row),
        "金额",
        column.header,
        family="budget",
        measure=measure,
        item=source,
    )


def read_indicator_list(
    context: FormContext, header: Header, end: int, carried: IndicatorReader | None
) -> IndicatorReader | None:
    """A list whose rows are indicators and whose project cells are merged over them.

    Rows before the first project belong to the last project of the grid before (``carried``).
    Returns the reader of the last project.
    """
    base = context.subject
    reader: IndicatorReader | None = None
    for cell in header.unknown:
        context.unknown(cell, "项目清单表头")
    starts = _project_rows(context, header, end)
    # Two units of a department list a project of one name and code, each with its own money: two
    # entries of a list are never one project.
    entries: dict[str | None, int] = {}
    if carried is not None and header.bottom + 1 < (starts[0] if starts else end):
        context.subject = carried.context.subject
        part = Header("indicator", header.top, header.bottom, list(header.columns))
        reader = IndicatorReader(context, part)
        reader.table, reader.levels = carried.table, carried.levels
        reader.levels.cells = {}
        reader.read(starts[0] if starts else end)
    for number, start in enumerate(starts):
        stop = starts[number + 1] if number + 1 < len(starts) else end
        if _is_total(context, start) or _names_unit(context, header, start, stop):
            context.view.claim_row(start)
            continue
        # A copy: the reader of the last project keeps its subject for the next grid.
        project = replace(context, subject=_project(context, header.extra, start, base))
        part = Header("indicator", header.top, start - 1, list(header.columns))
        before, reader = reader or carried, IndicatorReader(project, part)
        name = project.subject.project_name
        if before is not None and _is_same(before.context.subject, project.subject):
            # The merged cells of a project are printed again where a page begins.
            project.subject = before.context.subject
            reader.table = before.table
            context.view.claim(*(_own(context, c, start) for c in header.extra.values()))
        else:
            entries[name] = entries.get(name, 0) + 1
            if entries[name] > 1:
                project.subject.project_name = f"{name}({entries[name]})"
            _list_head(project, header, start)
        torn = _begins_another(context, header, start, stop)
        reader.read(stop if torn is None else torn)
        if torn is not None:
            _leave_unread(context, torn, stop)
            reader = None  # nor can rows on the next page be this project's
    context.subject = base
    return reader


def _begins_another(context: FormContext, header: Header, start: int, stop: int) -> int | None:
    """The row at which a project without a name seems to begin; None where there is none.

    A dump page by page prints the name of a project over two pages on one of them: rows on the
    other stand below the project before. Where every row prints its level 1, a level that comes
    again after others tells of it.
    """
    column = next((c for c in header.columns if c.field == "level1"), None)
    if context.view.by_spans or column is None:
        return None
    cells = [_own(context, column, row) for row in range(start, stop)]
    words = [label_of(cell) if cell is not None else "" for cell in cells]
    if not all(words):
        return None
    for number in range(1, len(words)):
        if words[number] != words[number - 1] and words[number] in words[:number]:
            return start + number
    return None


def _leave_unread(context: FormContext, first: int, stop: int) -> None:
    """Say that rows are nobody's, and keep them from being told again as figures left over."""
    context.builder.issue(
        context.spot(context.view.filled(first)[0]),
        kind="unclaimed_table",
        message=f"第{first + 1}至{stop}行一级指标重新开始而没有项目名称，不知属于哪个项目，未采用"
        " | "
        "levels begin again without a project's name: whose rows these are cannot be told",
    )
    for row in range(first, stop):
        context.view.claim_row(row)


def _names_unit(context: FormContext, header: Header, start: int, stop: int) -> bool:
    """Whether a row of ``单位(项目)名称`` is a unit's over its projects: it has no indicators."""
    if stop - start > 1 or "单位" not in header.extra["project_name"].header:
        return False
    first = min(c.start for c in header.columns if c.field.startswith("level"))
    return not any(c.col >= first for c in context.view.filled(start))


def _is_same(first: Subject, second: Subject) -> bool:
    """Whether two rows name one project: by code where both have one, else by name."""
    if first.project_code and second.project_code:
        return first.project_code == second.project_code
    return compact(first.project_name or "") == compact(second.project_name or "")


def _project_rows(context: FormContext, header: Header, end: int) -> list[int]:
    """The rows in which a project's cell begins."""
    column = header.extra["project_name"]
    return [
        row
        for row in range(header.bottom + 1, end)
        if (cell := _own(context, column, row)) is not None
        and cell.text.strip()
        and not is_repeat(context.view, row, header)
    ]


def _list_head(context: FormContext, header: Header, row: int) -> None:
    """What a project's merged cells say: name, money, goal."""
    shown = without_state(list(header.extra.values()), monitoring=context.is_monitoring)
    columns = {c.field: c for c in shown}
    name_cell = _own(context, columns["project_name"], row)
    if name_cell is not None:
        record_project(context, name_cell)
    stages = [name for name in MONEY_FIELDS if name in columns]
    for name in stages:
        ahead = context.is_target and name == "annual_budget"
        _list_money(context, columns[name], row, "initial_budget" if ahead else name, "total")
    for source in SOURCES:
        if source != "total" or not stages:
            _list_money(context, columns.get(f"funding.{source}"), row, "initial_budget", source)
    _list_result(context, columns, row)
    goal_cell = _own(context, columns.get("goal"), row)
    if goal_cell is not None and not context.text_withheld(goal_cell, "绩效目标"):
        record_goal(context, goal_cell, value_of(goal_cell) or "", "")
