"""Figures in per cent: shares of a whole, rates of execution; changes go to :mod:`.changes`."""

from __future__ import annotations

from dataclasses import replace

from orchestration.extraction.narrative.changes import Changes
from orchestration.extraction.narrative.context import Context, Mention
from orchestration.extraction.narrative.emitting import Emitter
from orchestration.extraction.narrative.numbers import Figure
from orchestration.extraction.narrative.periods import of_budget
from orchestration.extraction.narrative.phrases import (
    basis_of,
    completes_budget,
    is_change,
    is_unknown,
    item_of,
)
from orchestration.extraction.narrative.state import State
from orchestration.extraction.narrative.subject import Subject, subject_of
from orchestration.extraction.narrative.subjects import SubjectFinder
from orchestration.extraction.narrative.trail import BUDGET
from orchestration.extraction.narrative.words import Word, has


class Percents:
    """Notes what the percentages of a sentence say."""

    def __init__(
        self, context: Context, subjects: SubjectFinder, emitter: Emitter, changes: Changes
    ) -> None:
        self.context, self.subjects, self.emitter = context, subjects, emitter
        self.changes = changes

    def read(self, state: State, figure: Figure, words: list[Word], start: int) -> None:
        """A share of a whole, a change in per cent, or a rate of execution."""
        if has(words, "share") and not is_change(words):
            self._share(state, figure, words, start)
            return
        if is_unknown(words):
            return
        if is_change(words):
            self.changes.change(state, figure, words, start, "change_rate")
        elif (has(words, "rate") or completes_budget(words)) and not state.topic:
            project = self.subjects.project_of(state)
            named = item_of(words, "expense", "revenue")
            if named is not None and named.value != "total":
                return  # 基本支出执行率 99.1%: of a part
            known = state.subject
            part = known is not None and known.family == "expense" and known.item != "total"
            # 项目支出年初预算 …，实际支出 …，执行率 97.57%
            part = part and not (state.budget_context or _spends_all(state.first))
            after_others = state.after_foreign and not state.budget_context
            elsewhere = state.project is None and (state.foreign or after_others)
            elsewhere = elsewhere or (project is None and self.context.of_part)
            spent = state.trail[-1].mention if state.trail else None
            done = completes_budget(words) and not self._proved(spent, figure)
            if elsewhere or (project is None and (part or done)):
                return
            whole = state.about_unit or state.budget_context or _spends_all(state.first)
            whole = whole or self._proved(spent, figure)
            if project is None and not whole:
                return
            subject = Subject("budget", "total", None, self.subjects.year_of(words, state), project)
            self.emitter.emit(state, figure, subject, "execution_rate")
            self._executed(state, subject, figure)

    def _share(self, state: State, figure: Figure, words: list[Word], start: int) -> None:
        """``占 53.33%``: what the amount before it is of all that was spent."""
        if "分别" in state.text[max(start - 12, 0) : figure.start]:
            return  # 人员经费 …、公用经费 …，分别占 53.33% 和 6.67%
        of = item_of(words, "expense")
        narrower = of is not None and words.index(of) > 0 and of.value not in ("total", "basic")
        if narrower or (basis_of(words) or "").startswith("budget"):
            return  # 占预算的 98.6%, 占公用经费的 3%: no share of the whole that was spent
        behind = _before_bracket(state)
        subject = subject_of(behind) if behind is not None else state.subject
        part = subject is not None and subject.family == "expense" and subject.item != "total"
        if subject is not None and part and state.last is not None:
            self.emitter.emit(state, figure, subject, "share")

    def _proved(self, spent: Mention | None, rate: Figure) -> bool:
        """Whether a rate is that of what was spent and a budget of the department told before."""
        if spent is None or not spent.value or not _of_all_money(spent):
            return False
        unit = str(spent.fields.get("unit"))
        return any(
            budget and of_budget(budget, budget_unit, spent.value, unit, rate.value)
            for budget, budget_unit in self.context.budgets()
        )

    def _executed(self, state: State, rate: Subject, figure: Figure) -> None:
        """``全年支出 950 万元，预算执行率 95%``: what the rate is of is what was executed."""
        first = state.first
        if rate.project is None and state.last is not first and _spends_all(state.last):
            first = state.last if self._proved(state.last, figure) else first
        if rate.project is not None or first is None or not _spends_all(first):
            return
        of_budget = any(t.kind == BUDGET and t.budget_kind == "executed" for t in state.trail)
        told = [t for t in state.trail if t.mention is first]
        if told and not of_budget and first.fields.get("amount_year") == self.context.year:
            subject = replace(rate, year=first.fields.get("amount_year"))
            self.emitter.emit(state, told[0].figure, subject, "executed")


def _of_all_money(spent: Mention) -> bool:
    executed = (spent.family, spent.measure) == ("budget", "executed")
    whole = spent.fields.get("item") == "total" and not spent.fields.get("project_name")
    return whole and (executed or _spends_all(spent))


def _before_bracket(state: State) -> Mention | None:
    """``基本支出 15 万元（人员经费 13 万元，公用经费 2 万元），占 50%``: of the first."""
    before = state.trail[-1] if state.trail else None
    if before is None or not state.text.startswith(")", before.figure.end):
        return None
    opened = state.text.rfind("(", 0, before.figure.end)
    return next((t.mention for t in state.trail if t.figure.end == opened), None)


def _spends_all(first: Mention | None) -> bool:
    """Whether a sentence began with all that the unit spent (``全年支出 …，预算执行率 …``)."""
    if first is None or first.family != "expense" or first.fields.get("project_name"):
        return False
    return first.fields["item"] == "total" and first.fields.get("basis") == "actual"
