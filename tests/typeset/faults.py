"""Inconsistencies put into a report on purpose, each with the finding an auditor expects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from tests.typeset.choosing import Chooser
from tests.typeset.model import Evaluation, Fault, Report

D = Decimal
Broken = tuple[Evaluation, Fault] | None


def inject(report: Report, c: Chooser) -> Report:
    """One fault in one form of the report, where any can be put; ``report.faults`` names it."""
    forms = report.evaluations()
    form = c.pick(forms)
    broken = c.pick(FAULTS)(form, c)
    if broken is None:
        return report
    made, fault = broken
    parts = tuple(made if part is form else part for part in report.parts)
    return replace(report, parts=parts, faults=(*report.faults, fault))


def _fault(code: str, form: Evaluation, subject: str, **more: object) -> Fault:
    name = form.project.name if form.project else None
    return Fault(code, form.scope, name, subject, **more)  # type: ignore[arg-type]


def wrong_total(form: Evaluation, c: Chooser) -> Broken:
    """R36: the printed total is not the sum of the scores."""
    if form.total_score is None:
        return None
    stated = form.total_score - c.integer(1, 3)
    fault = _fault("R36", form, "总分", stated=stated, expected=form.total_score)
    return replace(form, total_score=stated, grade=None), fault


def wrong_rate(form: Evaluation, c: Chooser) -> Broken:
    """R31: the printed rate is not executed ÷ budget."""
    total = form.funds[0]
    if total.rate is None or total.annual is None or total.executed is None:
        return None
    stated = total.rate - D("0.05")
    text = f"{(stated * 100).normalize():f}%"
    fault = _fault("R31", form, "执行率", stated=stated, expected=total.executed / total.annual)
    return replace(
        form, funds=(replace(total, rate=stated, rate_text=text), *form.funds[1:])
    ), fault


def wrong_execution_score(form: Evaluation, c: Chooser) -> Broken:
    """R32: the score of the execution is not weight × rate (the total follows the wrong score)."""
    total = form.funds[0]
    if total.score is None or total.score < 3 or form.total_score is None:
        return None
    stated = total.score - 2
    fault = _fault("R32", form, "预算执行得分", stated=stated, expected=total.score)
    funds = (replace(total, score=stated), *form.funds[1:])
    return replace(form, funds=funds, total_score=form.total_score - 2, grade=None), fault


def wrong_level_weight(form: Evaluation, c: Chooser) -> Broken:
    """R33: the weight in a level 1 cell is not the sum of its lines."""
    if not form.level1_weights:
        return None
    name = c.pick(sorted(form.level1_weights))
    right = form.level1_weights[name]
    fault = _fault("R33", form, name, stated=right + 5, expected=right)
    return replace(form, level1_weights={**form.level1_weights, name: right + 5}), fault


def weights_not_100(form: Evaluation, c: Chooser) -> Broken:
    """R34: all weights and the execution's do not make 100 (level weights and total follow)."""
    line = form.indicators[0]
    if line.weight is None or line.score is None or form.total_score is None:
        return None
    if form.level1_weights or not any(f.weight for f in form.funds):
        return None
    heavier = replace(line, weight=line.weight + 3, score=line.score + 3)
    lines = (heavier, *form.indicators[1:])
    total = form.total_score + 3
    fault = _fault("R34", form, "分值合计", stated=D(103), expected=D(100))
    return replace(form, indicators=lines, total_score=total, grade=None), fault


def score_above_weight(form: Evaluation, c: Chooser) -> Broken:
    """R35: a score is larger than its weight (the total follows)."""
    line = form.indicators[-1]
    if line.weight is None or line.score is None or form.total_score is None:
        return None
    stated = line.weight + 1
    total = form.total_score + stated - line.score
    lines = (*form.indicators[:-1], replace(line, score=stated, reason=None))
    fault = _fault("R35", form, line.name, stated=stated, expected=line.weight)
    return replace(form, indicators=lines, total_score=total, grade=None), fault


def no_reason(form: Evaluation, c: Chooser) -> Broken:
    """R40: a deduction without a reason."""
    for index, line in enumerate(form.indicators):
        if line.reason and line.score is not None and line.score != line.weight:
            lines = list(form.indicators)
            lines[index] = replace(line, reason=None)
            fault = _fault("R40", form, line.name, stated=line.score, severity="warning")
            return replace(form, indicators=tuple(lines)), fault
    return None


def wrong_grade(form: Evaluation, c: Chooser) -> Broken:
    """R38: the printed grade does not belong to the total."""
    if form.grade is None:
        return None
    stated = "良" if form.grade != "良" else "中"
    return replace(form, grade=stated), _fault("R38", form, "等级")


def parent_not_sum(form: Evaluation, c: Chooser) -> Broken:
    """R49: the sources do not add up to the total row."""
    if len(form.funds) < 2 or form.funds[1].initial is None or form.funds[1].initial < 20000:
        return None
    part = form.funds[1]
    less = replace(part, initial=part.initial - 10000 if part.initial else None)
    fault = _fault("R49", form, "年初预算数", stated=form.funds[0].initial)
    return replace(form, funds=(form.funds[0], less, *form.funds[2:])), fault


FAULTS: tuple[Callable[[Evaluation, Chooser], Broken], ...] = (
    wrong_total,
    wrong_rate,
    wrong_execution_score,
    wrong_level_weight,
    weights_not_100,
    score_above_weight,
    no_reason,
    wrong_grade,
    parent_not_sum,
)
