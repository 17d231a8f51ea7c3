"""The specification of a report: what it states, never how it is laid out.

Amounts are yuan, rates ratios, points ``Decimal``. The truth in terms of the published contract
(:mod:`tests.typeset.truth`) is derived from these classes alone; nothing here imports reading or
extraction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """Who reports: name as printed, code and region as the contract names them."""

    name: str
    region_code: str
    region_name: str
    province_name: str
    admin_level: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """A project: ``code`` has 21 characters where the form prints one."""

    name: str
    code: str | None = None
    department: str | None = None
    implementing_unit: str | None = None
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A target or result as printed, and what it means."""

    text: str
    operator: str | None = None
    value: Decimal | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator line. ``level1_std``/``level2_std`` are the contract's codes."""

    level1: str | None
    level2: str | None
    name: str
    level1_std: str
    level2_std: str
    target: Value | None = None
    actual: Value | None = None
    weight: Decimal | None = None
    score: Decimal | None = None
    reason: str | None = None
    description: str | None = None
    basis: str | None = None
    rule: str | None = None
    reviewer_score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Fund:
    """One row of a funding block (yuan); ``rate`` is the printed rate, 0.963 for 96.3%."""

    source: str  # code of the contract
    label: str  # as printed
    initial: Decimal | None = None
    adjustment: Decimal | None = None
    annual: Decimal | None = None
    executed: Decimal | None = None
    rate: Decimal | None = None
    rate_text: str = ""
    weight: Decimal | None = None
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A self-evaluation or target form of a department or project."""

    family: str  # a plan of forms/plans.py, or T7, xian, wide
    scope: str  # department | project
    project: Project | None
    funds: tuple[Fund, ...]
    indicators: tuple[Indicator, ...]
    goal: str | None = None
    completion: str | None = None
    total_weight: Decimal | None = None  # printed
    total_score: Decimal | None = None  # printed
    grade: str | None = None  # printed
    # Per level 1 name: the weight printed in its cell or a printed subtotal row.
    level1_weights: dict[str, Decimal] = field(default_factory=dict)
    revenue_by_nature: tuple[tuple[str, str, Decimal], ...] = ()  # (item, label, yuan)
    expense_by_nature: tuple[tuple[str, str, Decimal], ...] = ()
    plan: tuple[tuple[int, Decimal | None], ...] = ()  # (month, yuan cumulative)
    # Operator and unit stand in columns of their own: how their text is put together is open.
    split: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """One figure of a statistics form: which fact row it is and its value (yuan or heads)."""

    table: str  # fact table without fct_
    key: tuple[tuple[str, Any], ...]  # columns that make the row
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of running text and the fact rows it states."""

    text: str
    facts: tuple[tuple[str, tuple[tuple[str, Any], ...]], ...] = ()  # (fact table, columns)

    def rows(self) -> list[tuple[str, Row]]:
        return [(table, dict(columns)) for table, columns in self.facts]


@dataclass(frozen=True, slots=True)
class Fault:
    """An inconsistency put into the report on purpose: the finding that an auditor expects."""

    rule_code: str
    scope: str
    project_name: str | None
    subject: str
    stated: Decimal | None = None
    expected: Decimal | None = None
    severity: str = "error"


@dataclass(frozen=True, slots=True)
class Scored:
    """A list scored in running text: ``①name（3分）：… 得3分``."""

    title: str
    indicators: tuple[Indicator, ...]
    texts: tuple[str, ...]  # the sentence of each line, without its score
    group_scores: tuple[tuple[str, Decimal], ...]  # (level1 name, printed subtotal)
    total_score: Decimal
    grade: str


@dataclass(frozen=True, slots=True)
class Statistics:
    """A form of amounts that are no indicators: base data, county form, income and expense."""

    kind: str  # base_data | county
    amounts: tuple[Amount, ...]
    details: dict[str, Any] = field(default_factory=dict)


Part = Said | Evaluation | Scored | Statistics | str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report: its identity and its parts in the order printed."""

    unit: Unit
    fiscal_year: int
    kind: str  # dim_report.report_kind
    title: str
    parts: tuple[Part, ...]
    faults: tuple[Fault, ...] = ()

    def evaluations(self) -> list[Evaluation]:
        return [part for part in self.parts if isinstance(part, Evaluation)]
