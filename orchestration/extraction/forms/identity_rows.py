"""Rows of labels and values: whose form it is, its code, department, goal, simple funding."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.funding_rows import nature_of, source_of
from orchestration.extraction.forms.grades import (
    blank_field,
    read_grade,
    read_stated_total,
    record_grade,
)
from orchestration.extraction.forms.header_tree import goal_word
from orchestration.extraction.forms.plan import record_goal
from orchestration.extraction.forms.subject import Subject
from orchestration.extraction.forms.view import GridView, label_of, value_of
from orchestration.extraction.forms.years_apart import own_years_amount
from orchestration.extraction.text import compact, is_personal_label, normalise
from orchestration.extraction.values import (
    find_year,
    parse_amount,
    parse_date,
    parse_points,
)
from orchestration.extraction.vocabulary import Vocabulary, strip_decoration
from orchestration.reading.document import Cell

_PROJECT_CODE = re.compile(r"^(\d{8}[A-Z][0-9A-Z]{12})(?![0-9A-Z])[-—_:]*(.*)$")
_UNIT_CODE = re.compile(r"^[\[(（]?(\d{3,9})[\])）]?[-—_.]*(?=[\u4e00-\u9fff])")
INLINE = re.compile(r"^([^:：]{2,16})[:：]\s*(.+)$")
_EXECUTION_WEIGHT = re.compile(r"执行率(?:分值|权重)?[(（]?(\d{1,2}(?:\.\d+)?)分?[)）]?$")
_FUNDING_BAND = re.compile(r"资金|预算|金额|经费")
_SUBJECT_FIELDS = ("project_name", "project_code", "department", "implementing_unit", "unit_name")
_WHOLE_PERIOD = re.compile(
    r"^(?:实施期|中期|中长期|长期|项目期|全周期|规划期|三年|项目(?:实施)?周期)[内间]?.{0,4}(?:资金|总额|金额|预算|投资|投入)"
)
_SPENT = re.compile(r"^(?!.*预算).*支出(?:总额|合计|总计)?$")
_MIN_GOAL = 6  # a shorter text beside a goal label is a heading


def split_code(text: str) -> tuple[str | None, str]:
    """``13012322P00258110508R-名称`` → code and name; blanks inside the code go."""
    match = _PROJECT_CODE.match(compact(text))
    if match is None:
        return None, normalise(text)
    rest = normalise(text)
    name = match[2]
    start = rest.find(name[:4]) if name else -1
    return match[1], rest[start:] if start >= 0 else name


def plain_unit(text: str) -> str:
    """``233_烟台市…`` → the name without its budget code."""
    return _UNIT_CODE.sub("", normalise(text)) or normalise(text)


def unit_code(text: str) -> str | None:
    """The budget code printed before a unit's name."""
    match = _UNIT_CODE.match(compact(text))
    return match[1] if match else None


@dataclass(frozen=True, slots=True)
class Pair:
    """A label cell and the cell that holds its value (the same cell for ``标签：值``)."""

    field: str
    label: Cell
    value: Cell | None
    text: str | None


def identity_pairs(view: GridView, row: int, vocabulary: Vocabulary) -> list[Pair]:
    """The identification labels of a row with their values."""
    pairs: list[Pair] = []
    for cell in view.filled(row):
        field = vocabulary.header("identity", cell.text)
        if field is not None:
            beside = view.next_filled(cell, row)
            if label_of(cell) == "项目" and beside and _names_money(beside.text, vocabulary):
                continue
            value = view.right_of(cell, row)
            if view.grid.kind.value == "tabbed":
                value = view.next_filled(cell, row) or value
            text = value_of(value)
            if value is not None and vocabulary.header("identity", value.text) is not None:
                value, text = None, None
            pairs.append(Pair(field, cell, value, text))
            continue
        inline = INLINE.match(normalise(cell.text))
        if inline and len(compact(cell.text)) < 80:
            field = vocabulary.header("identity", inline[1])
            if field is not None:
                pairs.append(Pair(field, cell, cell, inline[2]))
    return pairs


def is_personal_row(view: GridView, row: int, vocabulary: Vocabulary) -> bool:
    """Whether a row says who filled in, signed or can be called: its first label asks for it."""
    pairs = identity_pairs(view, row, vocabulary)
    filled = view.filled(row)
    first = bool(pairs) and pairs[0].label is filled[0]
    return first and (pairs[0].field == "personal" or is_personal_label(pairs[0].label.text))


def _names_money(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text beside ``项目`` is itself a head: 合计, 基本支出, 年初预算数, 行次."""
    return any(
        (
            vocabulary.funding_source.find(text),
            vocabulary.expense_item.find(text),
            vocabulary.header("funding", text),
            vocabulary.header("total", text),
            vocabulary.header("indicator", text),
            vocabulary.header("list", text) == "serial",
        )
    )


def is_identity_row(view: GridView, row: int, vocabulary: Vocabulary) -> bool:
    """Whether a row names a project or unit: its first label is an identification label."""
    filled = view.filled(row)
    if not filled:
        return False
    pairs = identity_pairs(view, row, vocabulary)
    return bool(pairs) and pairs[0].label is filled[0] and pairs[0].field in _SUBJECT_FIELDS


def take_identity(subject: Subject, pair: Pair) -> None:
    """Enter a label's value into the subject."""
    if pair.text is None:
        return
    if pair.field == "project_name":
        code, name = split_code(pair.text)
        subject.scope = "project"
        subject.project_name = name or None
        subject.project_code = code or subject.project_code
    elif pair.field == "project_code":
        code, name = split_code(pair.text)
        subject.project_code = code or compact(pair.text)
        if name and code and compact(name) != code and subject.project_name is None:
            subject.project_name = name
    elif pair.field in ("department", "implementing_unit", "unit_name"):
        setattr(subject, pair.field, plain_unit(pair.text))
    elif pair.field == "year":
        subject.year = find_year(pair.text) or subject.year
    elif pair.field == "purpose":
        subject.purpose = pair.text


def read_pairs(context: FormContext, row: int) -> bool:
    """Claim the identification labels of a row; report blanks; drop persons. True if any."""
    pairs = identity_pairs(context.view, row, context.vocabulary)
    for pair in pairs:
        context.view.claim(pair.label, pair.value)
        if pair.field == "personal" or is_personal_label(pair.label.text):
            context.builder.has_contact = context.builder.has_contact or pair.text is not None
            if pair.text and (date := parse_date(pair.text)):
                context.builder.form_facts.append(
                    ("report_date", date.isoformat(), context.spot(pair.label))
                )
            continue
        if pair.text is None:
            if pair.field in ("unit_name", "project_name"):
                blank_field(context, pair.label, label_of(pair.label), label_of(pair.label))
            continue
        name = pair.field == "project_name"  # reported where the project is recorded
        if context.is_doubted(pair.value) if name else _withheld(context, pair):
            continue
        spot = context.spot(pair.value or pair.label)
        context.builder.form_facts.append((pair.field, pair.text, spot))
        code = unit_code(pair.text)
        if code and pair.field in ("unit_name", "implementing_unit", "department"):
            context.builder.form_facts.append((f"{pair.field}_code", code, spot))
    return bool(pairs)


def _withheld(context: FormContext, pair: Pair) -> bool:
    return context.text_withheld(pair.value, label_of(pair.label))


# --- simple funding: 资金总额 | 5000.00 -----------------------------------------------------------


def funding_pairs(context: FormContext, row: int) -> list[tuple[str, Cell, Cell]]:
    """Source labels of a row with the amounts beside them (or in the same cell)."""
    found: list[tuple[str, Cell, Cell]] = []
    for cell in context.view.filled(row):
        if context.view.is_claimed(cell):
            continue
        text = compact(cell.text)
        inline = INLINE.match(text)
        if inline and parse_amount(inline[2]) is not None:
            source = source_of(context, inline[1])
            if source is not None:
                found.append((source, cell, cell))
            continue
        source = source_of(context, text)
        value = context.view.beside(cell, row)
        if source is None or value is None:
            continue
        if parse_amount(value.text) is not None or context.is_blank(value):
            found.append((source, cell, value))
    return found


def _band_of(context: FormContext, cell: Cell) -> str:
    """What stands left of a label in its row: ``专项资金情况（万元）``.

    Where spans are not known, a blank on the left means the band of a row above.
    """
    view = context.view
    text = "".join(label_of(c) for c in view.covering(cell.row) if c.col < cell.col)
    row = cell.row - 1
    while not text and not view.by_spans and cell.col > 0 and row >= 0:
        left = [c for c in view.own(row) if c.col < cell.col and c.text.strip()]
        text = label_of(left[0]) if left else ""
        row -= 1
    return text


def read_simple_funding(context: FormContext, row: int, *, annual_only: bool) -> bool:
    """Amounts beside source labels, in rows that belong to a funding band. True if any."""
    used = False
    for source, label, value in funding_pairs(context, row):
        text = label_of(label)
        band = _band_of(context, label)
        about_money = _FUNDING_BAND.search(band + text) or (source not in ("other", "total"))
        if not about_money or not used_label(text, band):
            continue
        if source == "total" and not context.is_target and _SPENT.match(strip_decoration(text)):
            continue  # 部门支出总额 in a self-evaluation: spent or to be spent, it does not say
        if source == "total" and not context.is_target and context.has_stages:
            continue  # 资金总额 beside 年初预算数 | 全年预算数: it does not say which it is
        used = True
        context.view.claim(label, value)
        if annual_only and _is_whole_period(context, label):
            continue
        measure = "initial_budget"
        unit = context.vocabulary.money_unit(band + text)
        if unit is not None and context.unit is None:
            context.unit, context.unit_source = unit, "header"  # of the rows below it too
        if label is value:
            inline = INLINE.match(compact(value.text))
            _inline_money(context, value, source, inline[2] if inline else "")
            continue
        mine = own_years_amount(context, value, row)
        if mine is None:
            context.unknown(label, "各年度资金")
            continue
        context.money(mine, "预算数", band + text, family="budget", measure=measure, item=source)
    used = _read_natures_beside(context, row) or used
    for cell in context.view.filled(row):
        match = _EXECUTION_WEIGHT.search(compact(cell.text))
        if match and not context.view.is_claimed(cell):
            context.view.claim(cell)
            context.points_text(cell, match[1])
            used = True
    return used


def _read_natures_beside(context: FormContext, row: int) -> bool:
    """``（1）基本支出 | 1800`` below the budget of a department's target form (fct_expense)."""
    if not context.is_target or context.subject.scope != "department":
        return False
    used = False
    for label in context.view.filled(row):
        inline = INLINE.match(normalise(label.text))
        inline = inline if inline and parse_amount(inline[2]) is not None else None
        item = nature_of(context, inline[1] if inline else label.text)
        value = label if inline else context.view.beside(label, row)
        if item is None or context.view.is_claimed(label) or value is None:
            continue
        band = _band_of(context, label)
        value = replace(value, text=inline[2]) if inline else value
        if parse_amount(value.text) is None or not _FUNDING_BAND.search(band + label_of(label)):
            continue
        context.view.claim(label)
        context.money(
            value,
            label_of(label),
            band + label_of(label),
            family="expense",
            measure="amount",
            item=item,
            basis="budget_initial",
            amount_year=context.subject.year,
        )
        used = True
    return used


def used_label(text: str, band: str) -> bool:
    """A bare ``合计`` or ``其他`` counts only beside a band that speaks of money."""
    return text not in {"合计", "总计", "其他", "金额"} or bool(_FUNDING_BAND.search(band))


def _inline_money(context: FormContext, cell: Cell, source: str, text: str) -> None:
    amount = parse_amount(text)
    if amount is None:
        return
    value = None if context.withheld(cell, "预算数") else amount.value
    context.builder.figure(
        context.spot(cell),
        family="budget",
        measure="initial_budget",
        item=source,
        value=value,
        unit=amount.unit or context.unit,
        unit_source="cell" if amount.unit else context.unit_source,
        **context.subject.columns(),
    )


def _is_whole_period(context: FormContext, label: Cell) -> bool:
    """Whether a label belongs to the 实施期 column of a form that has an annual one."""
    annual = [
        c.col
        for c in context.grid.cells
        if label_of(c).startswith(("年度资金总额", "年度资金", "年度预算"))
    ]
    period = [c.col for c in context.grid.cells if _WHOLE_PERIOD.match(label_of(c))]
    if not annual or not period or min(annual) == min(period):
        return bool(annual and _WHOLE_PERIOD.match(label_of(label)))
    return abs(label.col - min(period)) < abs(label.col - min(annual))


def read_goal_pairs(context: FormContext, row: int) -> bool:
    """``年度目标 | text`` and ``年初设定目标 | text | 全年完成情况 | text``."""
    texts: dict[str, str] = {}
    first: Cell | None = None
    for cell in context.view.filled(row):
        field = goal_word(cell.text, context.vocabulary)
        if field is None or context.view.is_claimed(cell):
            continue
        value = context.view.beside(cell, row)
        text = value_of(value)
        if value is None or text is None or goal_word(value.text, context.vocabulary):
            continue
        if len(text) < _MIN_GOAL and context.vocabulary.header("identity", text):
            continue
        context.view.claim(cell, value)
        first = first or value
        if not context.text_withheld(value, "绩效目标"):
            texts.setdefault(field, text)
    if first is None:
        return False
    record_goal(context, first, texts.get("goal", ""), texts.get("completion", ""))
    return True


def read_totals(context: FormContext, row: int) -> bool:
    """``自评总分（分） | 97.5``, ``评价等级 | 优``, ``等级：优`` outside the indicator block."""
    used = False
    for cell in context.view.filled(row):
        if context.view.is_claimed(cell):
            continue
        name = context.vocabulary.header("total", cell.text)
        value = context.view.next_filled(cell, row)
        if name == "total_score" and value is not None:
            if parse_points(value.text) is not None:
                context.points(value, "总得分", row, family="evaluation", measure="total_score")
                context.view.claim(cell)
                used = True
        elif name == "grade":
            grade = context.vocabulary.grade(value.text) if value is not None else None
            if value is not None and grade is not None:
                context.view.claim(cell)
                record_grade(context, value, grade)
                used = True
        else:
            stated = read_stated_total(context, cell)
            used = read_grade(context, cell) is not None or stated or used
    return used
