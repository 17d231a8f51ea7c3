"""Faults to inject into a consistent report.

A :class:`Fault` changes one printed figure and says which findings of severity error must (and may)
follow from it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from orchestration.records import FigureRecord, IndicatorRecord
from tests.support.audit_drafts import Draft


@dataclass(frozen=True)
class Fault:
    """A figure changed so that one rule breaks.

    ``inject`` changes the report in place and returns the (scope, project) it is about, or None
    where the report has nothing of the kind. ``also`` are further error rules that the same wrong
    figure necessarily breaks.
    """

    rule: str
    inject: Callable[[Draft], tuple[str, str | None] | None]
    also: frozenset[str] = field(default_factory=frozenset)


def _change_figure(
    draft: Draft, change: Callable[[Decimal, Draft], Decimal], every: bool = False, **where: Any
) -> tuple[str, str | None] | None:
    """Change the first (or every) figure that matches; None where there is none."""
    found: FigureRecord | None = None
    for n, record in enumerate(draft.extraction.figures):
        matches = all(getattr(record, key) == value for key, value in where.items())
        if not matches or record.value is None:
            continue
        draft.extraction.figures[n] = dataclasses.replace(record, value=change(record.value, draft))
        found = found or record
        if not every:
            break
    return (found.scope, found.project_name) if found else None


def _more(value: Decimal, draft: Draft) -> Decimal:
    return value + draft.money(2, 9)


def figure_fault(
    rule: str, *also: str, change: Any = _more, every: bool = False, **where: Any
) -> Fault:
    """A fault that changes one printed figure."""
    return Fault(rule, lambda draft: _change_figure(draft, change, every, **where), frozenset(also))


def _indicator_fault(
    draft: Draft, pick: Callable[[IndicatorRecord], bool], **change: Any
) -> tuple[str, str | None] | None:
    lines = [n for n, line in enumerate(draft.extraction.indicators) if pick(line)]
    if not lines:
        return None
    n = draft.rng.choice(lines)
    line = draft.extraction.indicators[n]
    values = {key: value(line) if callable(value) else value for key, value in change.items()}
    draft.extraction.indicators[n] = dataclasses.replace(line, **values)
    return line.scope, line.project_name


def _wrong_grade(draft: Draft) -> tuple[str, str | None] | None:
    for n, record in enumerate(draft.extraction.figures):
        if record.measure == "grade":
            wrong = "良" if record.value_text == "优" else "优"
            draft.extraction.figures[n] = dataclasses.replace(record, value_text=wrong)
            return record.scope, record.project_name
    return None


def _executed_rate(value: Decimal, draft: Draft) -> Decimal:
    return value - draft.rng.randint(3, 20)


SENTENCE: dict[str, Any] = {"source_table": None}
#: The faults of severity error that one changed figure can make.
ERROR_FAULTS: tuple[Fault, ...] = (
    figure_fault("R01", family="budget", item="total", measure="adjustment"),
    figure_fault("R02", family="revenue", item="general_public_budget"),
    figure_fault("R03", family="expense", item="project", measure="amount", scope="department"),
    figure_fault("R04", family="expense", item="personnel", measure="amount"),
    figure_fault("R05", family="expense", item="wages_benefits", measure="amount"),
    figure_fault("R09", family="balance", item="year_end", scope="department"),
    figure_fault("R11", family="expense", item="total", scope="project", **SENTENCE),
    figure_fault(
        "R13",
        "R15",
        "R16",
        "R22",
        family="expense",
        item="three_public",
        measure="amount",
        is_table=True,
    ),
    figure_fault("R14", family="expense", item="vehicle_purchase"),
    figure_fault(
        "R15",
        "R13",
        "R16",
        "R22",
        family="expense",
        item="three_public",
        measure="amount",
        is_table=False,
    ),
    figure_fault(
        "R27",
        family="personnel",
        item="establishment",
        measure="headcount",
        is_table=False,
        change=lambda value, draft: value + draft.rng.randint(5, 30),
    ),
    figure_fault("R31", "R32", family="budget", measure="execution_rate", change=_executed_rate),
    figure_fault(
        "R32",
        "R36",
        family="budget",
        measure="score",
        change=lambda value, draft: value - Decimal("1.3"),
    ),
    Fault(
        "R33",
        lambda d: _indicator_fault(
            d, lambda line: (line.weight or 0) > 1, weight=lambda line: line.weight + 2
        ),
        frozenset({"R34"}),
    ),
    Fault(
        "R35",
        lambda d: _indicator_fault(
            d, lambda line: line.score == line.weight, score=lambda line: line.weight + 1
        ),
        frozenset({"R36"}),
    ),
    Fault(
        "R36",
        lambda d: _change_figure(d, lambda v, _: v - 1, family="evaluation", measure="total_score"),
        frozenset({"R38"}),
    ),
    Fault("R38", _wrong_grade),
    figure_fault(
        "R49", family="budget", item="general_public_budget", measure="executed", change=_more
    ),
    figure_fault("R52", family="survey", item="综合", change=lambda value, _: value + 1),
    figure_fault(
        "R53",
        "R52",
        family="survey",
        item="内部员工",
        measure="weight",
        change=lambda value, _: value + 10,
    ),
)
