"""The truth of a specification in terms of the published contract, derived from nothing else.

``truth(report)`` gives the rows of every fact table: amounts in yuan, rates as ratios, texts
normalised. Columns are the contract's; columns that name the place of a figure are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from tests.typeset.model import Evaluation, Indicator, Report, Row, Said, Scored, Statistics, Value

#: The columns that make a row of each table.
KEYS: dict[str, tuple[str, ...]] = {
    "project": ("project_name",),
    "budget": ("scope", "project_name", "funding_source"),
    "revenue": ("revenue_item", "amount_year"),
    "expense": ("scope", "project_name", "expense_item", "basis", "amount_year"),
    "indicator": ("scope", "project_name", "indicator_seq"),
    "evaluation": ("scope", "project_name"),
    "evaluation_part": ("scope", "project_name", "level1_std"),
    "personnel": ("staff_category",),
    "asset": ("asset_item",),
    "balance": ("scope", "project_name", "balance_item", "amount_year"),
    "survey": ("respondent_group",),
    "goal": ("scope", "project_name"),
    "spending_plan": ("project_name", "month_end"),
}

#: A value that the contract leaves open: any reading is right.
OPEN = "?"

GRADES = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))


def normal(text: str | None) -> str | None:
    """NFKC without line breaks and white space, as texts are compared."""
    if text is None:
        return None
    kept = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return kept or None


def truth(report: Report) -> dict[str, list[Row]]:
    """Rows per fact table (names without ``fct_``); a table beats running text."""
    tables: dict[str, dict[tuple[object, ...], Row]] = defaultdict(dict)
    for part in report.parts:
        for table, row in _stated(part, report.fiscal_year):
            _merge(tables, table, row)
    for part in report.parts:
        if isinstance(part, Said):
            for table, row in part.rows():
                _merge(tables, table, row)
    return {table: list(rows.values()) for table, rows in tables.items()}


def _merge(tables: dict[str, dict[tuple[object, ...], Row]], table: str, row: Row) -> None:
    """An earlier mention beats a later one; a later one fills what is still blank."""
    key = tuple(row.get(column) for column in KEYS[table])
    if table == "indicator":
        key = (*key, len([k for k in tables[table] if k[:2] == key[:2]]))
    known = tables[table].setdefault(key, {})
    for column, value in row.items():
        if known.get(column) is None:
            known[column] = value


def _stated(part: object, year: int) -> Iterable[tuple[str, Row]]:
    if isinstance(part, Evaluation):
        yield from _evaluation(part, year)
    elif isinstance(part, Scored):
        yield from _scored(part)
    elif isinstance(part, Statistics):
        for amount in part.amounts:
            if amount.value is not None:
                column = "headcount" if amount.table == "personnel" else "amount_cny"
                yield amount.table, {**dict(amount.key), column: amount.value}


def _evaluation(form: Evaluation, year: int) -> Iterable[tuple[str, Row]]:
    name = form.project.name if form.project else None
    who: Row = {"scope": form.scope, "project_name": normal(name)}
    if form.project:
        yield (
            "project",
            {
                "project_name": normal(form.project.name),
                "project_code": form.project.code,
                "department": normal(form.project.department),
                "implementing_unit": normal(form.project.implementing_unit),
            },
        )
    for fund in form.funds:
        row = {
            **who,
            "funding_source": fund.source,
            "initial_budget_cny": fund.initial,
            "adjustment_cny": fund.adjustment,
            "annual_budget_cny": fund.annual,
            "executed_cny": fund.executed,
            "execution_rate_stated": fund.rate,
            "weight": fund.weight,
            "score": fund.score,
        }
        if any(value is not None for key, value in row.items() if key not in KEYS["budget"]):
            yield "budget", row
    for item, _, value in form.revenue_by_nature:
        yield "revenue", {"revenue_item": item, "amount_year": year, "amount_cny": value}
    for item, _, value in form.expense_by_nature:
        yield (
            "expense",
            {
                **who,
                "expense_item": item,
                "basis": "actual",
                "amount_year": year,
                "amount_cny": value,
            },
        )
    for month, amount in form.plan:
        if amount is not None:
            yield (
                "spending_plan",
                {
                    "project_name": normal(name),
                    "month_end": month,
                    "planned_cumulative_cny": amount,
                },
            )
    if form.goal or form.completion:
        yield (
            "goal",
            {
                **who,
                "goal_text": normal(form.goal),
                "completion_text": normal(form.completion),
            },
        )
    for table, row in _lines(form.indicators, who):
        texts = {"target_text": OPEN, "actual_text": OPEN} if form.split else {}
        yield table, {**row, **texts}
    yield from _totals(form, who)


def _lines(lines: Iterable[Indicator], who: Row) -> Iterable[tuple[str, Row]]:
    for number, line in enumerate(lines, 1):
        yield (
            "indicator",
            {
                **who,
                "indicator_seq": number,
                "level1": normal(line.level1),
                "level2": normal(line.level2),
                "level3": normal(line.name),
                "level1_std": line.level1_std,
                "level2_std": line.level2_std,
                "description": normal(line.description),
                "value_basis": normal(line.basis),
                **_value("target", line.target),
                **_value("actual", line.actual),
                "weight": line.weight,
                "score": line.score,
                "deviation_reason": normal(line.reason),
            },
        )


def _value(prefix: str, value: Value | None) -> Row:
    if value is None:
        return {f"{prefix}_{part}": None for part in ("text", "operator", "value", "unit")}
    return {
        f"{prefix}_text": normal(value.text),
        f"{prefix}_operator": value.operator,
        f"{prefix}_value": value.value,
        f"{prefix}_unit": value.unit,
    }


def grade(score: Decimal) -> str:
    """The grade of a total under the national bands (WAREHOUSE.md, fct_evaluation)."""
    return next(word for floor, word in GRADES if score >= floor)


def _totals(form: Evaluation, who: Row) -> Iterable[tuple[str, Row]]:
    execution = next((f for f in form.funds if f.score is not None), None)
    scored = [line for line in form.indicators if line.score is not None]
    if scored:
        weights = [line.weight for line in form.indicators if line.weight is not None]
        total_weight = sum(
            weights, execution.weight if execution and execution.weight else Decimal(0)
        )
        total_score = sum(
            (line.score for line in scored if line.score is not None),
            execution.score if execution and execution.score else Decimal(0),
        )
        yield (
            "evaluation",
            {
                **who,
                "total_weight_stated": form.total_weight,
                "total_score_stated": form.total_score,
                "grade_stated": form.grade,
                "total_weight": total_weight,
                "total_score": total_score,
                "grade": grade(total_score),
            },
        )
    if execution and execution.weight is not None:
        yield "evaluation_part", _part(who, "budget_execution", execution.weight, execution.score)
    if any(line.weight is not None for line in form.indicators):
        stated = _by_level1(form)
        for std, lines in _groups(form.indicators).items():
            weight = sum((i.weight or Decimal(0) for i in lines), Decimal(0))
            score = sum((i.score for i in lines if i.score is not None), Decimal(0))
            if std == OPEN:
                continue
            row = _part(who, std, weight, score if scored else None)
            yield "evaluation_part", {**row, "weight_stated": stated.get(std)}


def _part(who: Row, std: str, weight: Decimal, score: Decimal | None) -> Row:
    return {**who, "level1_std": std, "weight": weight, "score": score}


def _by_level1(form: Evaluation) -> dict[str, Decimal]:
    names = {line.level1: line.level1_std for line in form.indicators}
    return {names[name]: weight for name, weight in form.level1_weights.items() if name in names}


def _groups(lines: Iterable[Indicator]) -> dict[str, list[Indicator]]:
    groups: dict[str, list[Indicator]] = defaultdict(list)
    for line in lines:
        groups[line.level1_std].append(line)
    return groups


def _scored(part: Scored) -> Iterable[tuple[str, Row]]:
    who: Row = {"scope": "department", "project_name": None}
    yield from _lines(part.indicators, who)
    total_weight = sum((i.weight or Decimal(0) for i in part.indicators), Decimal(0))
    total_score = sum((i.score or Decimal(0) for i in part.indicators), Decimal(0))
    yield (
        "evaluation",
        {
            **who,
            "total_weight_stated": None,
            "total_score_stated": part.total_score,
            "grade_stated": part.grade,
            "total_weight": total_weight,
            "total_score": total_score,
            "grade": grade(total_score),
        },
    )
    stated = dict(part.group_scores)
    for std, lines in _groups(part.indicators).items():
        weight = sum((i.weight or Decimal(0) for i in lines), Decimal(0))
        score = sum((i.score or Decimal(0) for i in lines), Decimal(0))
        row = _part(who, std, weight, score)
        yield "evaluation_part", {**row, "score_stated": stated.get(lines[0].level1)}
