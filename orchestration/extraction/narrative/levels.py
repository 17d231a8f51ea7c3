"""What an amount is the level of: an item of a table, a budget of the department, a project."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from orchestration.extraction.narrative.context import Context, Mention
from orchestration.extraction.narrative.emitting import Emitter, replace_value
from orchestration.extraction.narrative.left_alone import report_stage
from orchestration.extraction.narrative.listing import LIST_BASIS
from orchestration.extraction.narrative.numbers import Figure
from orchestration.extraction.narrative.phrases import (
    basis_of,
    completes_budget,
    is_measure,
    is_only,
    item_of,
)
from orchestration.extraction.narrative.state import State
from orchestration.extraction.narrative.subject import Subject
from orchestration.extraction.narrative.subjects import SubjectFinder
from orchestration.extraction.narrative.surroundings import is_general, told_of_both
from orchestration.extraction.narrative.trail import LEVEL
from orchestration.extraction.narrative.words import Word, first_of, has


class Levels:
    """Notes amounts that are levels (families 1 to 5, 13 and 14 of DOMAIN.md §3)."""

    def __init__(self, context: Context, subjects: SubjectFinder, emitter: Emitter) -> None:
        self.context, self.subjects, self.emitter = context, subjects, emitter

    def item(self, state: State, figure: Figure, words: list[Word]) -> None:
        """An amount of an item, of the whole department, or of nothing that a table holds."""
        state.of_no_stage = False
        subject = self.subjects.subject(state, words)
        closes = _closes_budget(state, words)
        if closes:
            state.foreign = state.topic = False
        lost = state.foreign and not closes
        if subject is not None and lost and is_general(subject, words):
            return
        if subject is None:
            self._no_level(state, figure, words)
            return
        if subject.family in ("initial", "adjust", "annual", "executed", "carry"):
            self._budget(state, figure, words, subject)
            return
        if subject.family == "asset" and self._of_another_day(state, figure):
            return
        if subject.family == "expense":
            if state.opened:
                state.lists.begin(subject.item)
            current = state.lists.current
            if state.breakdown or (current is not None and current.foreign):
                return
            under = self.context.outline.of_project_spending
            if _of_project_spending(state, subject, under=under):
                state.subject = state.last = None
                return
        state.opened = False
        state.compare = None
        state.basis = None
        if has(words, "year", "current", "prior"):
            state.year = subject.year
        state.first_year = state.first_year or subject.year
        state.lists.fit(subject.family, subject.item)
        subject = _of_balance_sheet(state.first, figure, subject, words)
        found = self.emitter.emit(state, figure, subject, "amount")
        self._other_side(state, figure, subject, words)
        before = _of_year_before(state, subject, words)
        prior = before or first_of(words, "prior") is not None
        measure = completes_budget(words) or is_measure(state.text, figure.end)
        measured = measure and state.subject is not None
        later = state.subject is not None and state.subject.year == (subject.year or 0) + 1
        if not prior and not measured:
            state.subject = subject
        if (before and later) or _year_after(state, found):
            state.compare = "prior"  # 2023 年 540 万元，2022 年 520 万元，增加 20 万元
        state.last = found
        state.told_basis = basis_of(words) is not None
        state.lists.join(found)
        _remember(state, found, prior=prior)

    def _other_side(
        self, state: State, figure: Figure, subject: Subject, words: list[Word]
    ) -> None:
        """``收、支总计均为 1523 万元``: the other side too, if nothing says it better."""
        state.both_sides = subject.family == "revenue" and told_of_both(words)
        if state.both_sides:
            basis = self.subjects.default_basis(subject.year)
            self.emitter.emit(
                state, figure, Subject("expense", "total", basis, subject.year, weak=True), "amount"
            )

    def _of_another_day(self, state: State, figure: Figure) -> bool:
        """``截至2022年12月31日，资产总额 …``: assets have no year, and this is not the report's."""
        before = state.text[state.text.rfind(";", 0, figure.start) + 1 : figure.start]
        years = re.findall(r"(?<!\d)((?:19|20)\d{2})年", before)
        known = self.context.year
        return (
            bool(years)
            and known is not None
            and int(years[-1]) < known
            and (not self.context.budget_text)
        )

    def _no_level(self, state: State, figure: Figure, words: list[Word]) -> None:
        """What an amount that is nobody's means for those after it."""
        if state.of_no_stage:
            report_stage(self.context, state, figure)
        fund = first_of(words, "funding")
        if fund is not None and (state.budget_context or fund.value != "general_public_budget"):
            state.foreign = True  # 政府性基金支出 300 万元，其中：基本支出 …
        state.subject = state.labelled
        if item_of(words) is None and not has(words, "part"):
            state.last = None

    def _budget(self, state: State, figure: Figure, words: list[Word], subject: Subject) -> None:
        """Whole-department budgets stated in text: fct_budget columns and fct_revenue rows."""
        state.budget_context = True
        state.compare = None
        state.basis = LIST_BASIS.get(subject.family, state.basis)
        if subject.family in LIST_BASIS:
            state.budget_kind = subject.family
        if subject.family in ("initial", "annual") and basis_of(words) is not None:
            state.fund = subject.item if subject.item != "total" else None
        if subject.family == "carry":
            state.last = self.emitter.emit(
                state, figure, replace(subject, family="revenue"), "amount"
            )
            return
        if subject.family == "adjust":
            sign = Decimal(first_of(words, "adjust").value)  # type: ignore[union-attr]
            signed = replace_value(figure, figure.value * sign)
            net = first_of(words, "adjust").text.startswith("净")  # type: ignore[union-attr]
            if signed.value > 0 and not net:
                row = replace(subject, family="revenue", item="supplementary_budget")
                self.emitter.emit(state, figure, row, "amount")
            self._adjustment(state, signed, replace(subject, family="budget"), net=net)
            return
        if subject.family == "initial":
            of_income = "收入" in self.context.outline.heading
            of_income = of_income and "支" not in self.context.outline.heading
            state.of_income = has(words, "income") or of_income
        elif subject.family == "executed" and state.of_income:
            self.emitter.emit(
                state, figure, Subject("revenue", subject.item, None, subject.year), "amount"
            )
            state.last = None
            return
        measure = {"initial": "initial_budget", "annual": "annual_budget", "executed": "executed"}
        budget = replace(subject, family="budget", basis=None)
        self.emitter.emit(state, figure, budget, measure[subject.family])
        if subject.family == "initial" and subject.item == "total" and not has(words, "spend"):
            row = Subject("revenue", "initial_budget", None, subject.year)
            self.emitter.emit(state, figure, row, "amount")
        if subject.family == "executed" and subject.item == "total":
            row = Subject("expense", "total", "actual", subject.year)
            self.emitter.emit(state, figure, row, "amount")
        state.last = None

    def _adjustment(
        self, state: State, figure: Figure, subject: Subject, *, net: bool = False
    ) -> None:
        """追加 and 收回 of one budget in one sentence: neither is the whole adjustment.

        What they come to (净增加) is.
        """
        found = self.emitter.emit(state, figure, subject, "adjustment")
        if net:
            return
        state.adjustments.append(found)
        same = [m for m in state.adjustments if m.key == found.key]
        other = _TAKEN if figure.value > 0 else _ADDED
        if len(same) > 1 or other.search(state.text):
            gone = {id(m) for m in same}
            if len([m for m in same if m.value and m.value > 0]) > 1:
                told = self.context.mentions[state.noted :]
                gone |= {id(m) for m in told if m.fields["item"] == "supplementary_budget"}
            self.context.mentions[:] = [m for m in self.context.mentions if id(m) not in gone]

    def project(self, state: State, figure: Figure, words: list[Word]) -> None:
        """Figures of the project the section is about (family 13 and 14)."""
        outline = self.context.outline
        year = self.subjects.year_of(words, state)
        project = self.subjects.project_of(state)
        if state.foreign and state.project is None and not _closes_budget(state, words):
            return  # a part of the project, or another one, has been named: not this one's money
        base = Subject("budget", "total", None, year, project)
        balance = item_of(words, "balance")
        basis = basis_of(words)
        fund = first_of(words, "funding")
        taken = balance is not None and has(words, "adjust")  # 收回结余资金: taken back, not left
        if taken or (fund is not None and not has(words, "generic", "project", "basis")):
            return
        if balance is not None:
            if state.project is None and not (state.budget_context or _of_project(words)):
                return  # 应急资金 …，结余 210 万元: of a part that another sentence named
            row = Subject("balance", balance.value, None, year, project)
            self.emitter.emit(state, figure, row, "amount")
        elif has(words, "adjust"):
            sign = Decimal(first_of(words, "adjust").value)  # type: ignore[union-attr]
            signed = replace_value(figure, figure.value * sign)
            self._adjustment(state, signed, base)
            if state.plain_budget is not None:
                state.plain_budget.measure = "initial_budget"  # 预算安排 90 万元，调减 12 万元
        elif basis in ("budget_initial", "budget_adjusted"):
            measure = "initial_budget" if basis == "budget_initial" else "annual_budget"
            self.emitter.emit(state, figure, base, measure)
        elif basis == "actual" or (basis is None and has(words, "spend")):
            if state.counted and basis is None and not _of_project(words):
                return  # 临时救助 182 人次，支出 21 万元
            self.emitter.emit(state, figure, base, "executed")
            row = Subject("expense", "total", "actual", year, project)
            self.emitter.emit(state, figure, row, "amount")
        elif state.counted and not has(words, "basis"):
            return  # 企业 22 家，资金 420 万元: what some of them got
        elif has(words, "generic", "project", "basis") and not state.budget_context:
            measure = "annual_budget" if outline.added_midyear or basis else "initial_budget"
            if basis is None and not outline.added_midyear and "年初" not in state.text:
                measure = "annual_budget"
            state.plain_budget = self.emitter.emit(state, figure, base, measure)
        state.budget_context = True


#: 后追加两笔 …，调减 30 万元: what was added beside what was taken, read or not.
_ADDED = re.compile("追加|调增|新增预算")
_TAKEN = re.compile("调减|核减|追减|压减")


def _closes_budget(state: State, words: Sequence[Word]) -> bool:
    """``年初预算 1800 万元，因故压减 150 万元，调整后预算 1650 万元``: still of that budget."""
    adjusted = any(w.role == "basis" and w.value == "budget_adjusted" for w in words)
    plain = all(w.role in ("basis", "filler", "mark", "time", "adjust") for w in words)
    # …，其中上级提前下达 3000 万元；年中追加 4530 万元
    added = has(words, "adjust") and basis_of(words) is None and state.behind_semicolon
    return (adjusted or added) and plain and any(t.budget_kind == "initial" for t in state.trail)


def _of_project_spending(state: State, subject: Subject, *, under: bool) -> bool:
    """``项目支出 90 万元，其中：商品和服务支出 60 万元``: basic spending has that class too.

    ``under``: the paragraph stands under one on 项目支出.
    """
    parent = state.lists.parent
    of_project = under or (
        parent is not None
        and (parent.family, parent.fields.get("item"))
        == (
            "expense",
            "project",
        )
    )
    return of_project and subject.project is None and subject.item in _CLASSES


_CLASSES = frozenset(
    {"wages_benefits", "goods_services", "individual_family", "capital", "enterprise_subsidy",
     "other_expense"}
)  # fmt: skip


def _remember(state: State, found: Mention, *, prior: bool) -> None:
    """Keep a level for what the sentence says later."""
    if found.family == "balance":
        state.balance = found
    elif found.family == "expense":
        state.spending = found
    if state.first is None:
        state.first = found
    elif not prior and _goes_over(state.first, found):
        state.whole = found


def _of_project(words: Sequence[Word]) -> bool:
    """Whether a clause on what is left speaks of the project or of the year's end."""
    balance = item_of(words, "balance")
    told = balance is not None and re.match(
        r"年末|年终|年底|指标|累计|当年|本年|项目", balance.text
    )
    return bool(told) or has(words, "project", "self", "year", "current", "time", "funding")


def _goes_over(first: Mention, later: Mention) -> bool:
    """``预算 42 万元，实际支出 28.65 万元。其中：``: the parts are those of what was spent."""
    same = ("item", "amount_year", "project_name")
    return (
        later.family == first.family == "expense"
        and all(later.fields.get(n) == first.fields.get(n) for n in same)
        and later.fields.get("basis") == "actual"
    )


def _of_year_before(state: State, subject: Subject, words: Sequence[Word]) -> bool:
    """``2023 年 540 万元、2022 年 520 万元``: what follows goes on about the later year."""
    known = state.subject
    if known is None or known.year is None or subject.year is None or not is_only(words, "year"):
        return False
    return subject.year < known.year


def _year_after(state: State, found: Mention) -> bool:
    """Whether a level is that of the year after the level just told, of the same item."""
    before = state.trail[-1].mention if state.trail and state.trail[-1].kind == LEVEL else None
    if before is None or before.family != found.family:
        return False
    same = all(before.fields.get(n) == found.fields.get(n) for n in ("item", "basis"))
    first, second = before.fields.get("amount_year"), found.fields.get("amount_year")
    return same and first is not None and second == first + 1


def _of_balance_sheet(
    first: Mention | None, figure: Figure, subject: Subject, words: Sequence[Word]
) -> Subject:
    """``收入总计 X，支出总计 X``: both sides with what is carried over; 本年支出 says it better."""
    if (subject.family, subject.item) == ("expense", "total") and any(
        w.text == "支出决算总计" for w in words
    ):
        return replace(subject, weak=True)
    balanced = (
        first is not None
        and (first.family, first.value) == ("revenue", figure.value)
        and (subject.family, subject.item) == ("expense", "total")
        and any(w.text == "支出总计" for w in words)
    )
    return replace(subject, weak=True) if balanced else subject
