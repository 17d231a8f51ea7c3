"""Where a 其中 list begins and ends in a sentence, and what its parts are parts of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.extraction.narrative.context import Context, Mention
from orchestration.extraction.narrative.lists import can_be_part
from orchestration.extraction.narrative.numbers import Figure
from orchestration.extraction.narrative.phrases import basis_of, item_of
from orchestration.extraction.narrative.state import State
from orchestration.extraction.narrative.subject import subject_of
from orchestration.extraction.narrative.trail import (
    BESIDE,
    BUDGET,
    CHANGE,
    LEVEL,
    PRIOR,
    UNREAD,
    holder,
)
from orchestration.extraction.narrative.words import Word, has

#: The basis of the parts listed after a whole budget (``年初预算 …，其中基本支出 …``).
LIST_BASIS = {"initial": "budget_initial", "annual": "budget_adjusted", "executed": "actual"}
_OPENS = "其中|包括|具体为|分别为|分别是"


@dataclass(frozen=True, slots=True)
class Before:
    """The sentence before: the amount it is about, and whether that was of no table."""

    mention: Mention | None = None
    foreign: bool = False
    #: All levels that it told, in order.
    levels: tuple[Mention, ...] = ()

    def whole_of(self, words: Sequence[Word]) -> Mention | None:
        """What a list that opens the next sentence is of, by the item of its first part.

        ``公务用车购置及运行费 2.6 万元。其中：公务用车购置 0 万元``: of the last that may have it.
        """
        item = item_of(words, "expense")
        known = self.mention.fields.get("item") if self.mention is not None else None
        if item is None or known is None or can_be_part(str(known), item.value):
            return self.mention
        fitting = [m for m in self.levels if can_be_part(str(m.fields.get("item")), item.value)]
        return fitting[-1] if fitting else self.mention


class Listing:
    """Opens and closes the lists of a sentence."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def enter(
        self, state: State, phrase: str, words: Sequence[Word], figure: Figure, before: Before
    ) -> None:
        """``其中`` after an amount opens a list of its parts; brackets close one.

        So does a clause after a semicolon that has no item of its own: it goes back to the whole.
        """
        self._close(state, phrase, words)
        phrase = _after_names(phrase)
        spent_on = state.last is not None and state.last.fields.get("item") == "project"
        found = list(re.finditer(_OPENS + ("|用于" if spent_on else ""), phrase))
        listed = _lists_in_bracket(state, phrase, words)
        listed = listed or _proved_parts(state, phrase, words, figure)
        if not found and not listed:
            return
        in_bracket = bool(re.search(r"[(][^)]*$", phrase))
        state.opened = True
        start = figure.start - len(phrase) + (found[-1].end() if found else 0)
        if self._hold(state, start, in_bracket=in_bracket):
            self._open(state, phrase, before, words, in_bracket=in_bracket)
        else:
            state.unheld, state.unheld_in_bracket = True, in_bracket
            self._report(state, figure)

    @staticmethod
    def _close(state: State, phrase: str, words: Sequence[Word]) -> None:
        if ";" in phrase:
            state.year, state.lost_basis = state.first_year, None
            first = state.first
            whole = first is not None and first.fields.get("item") == "total"
            if whole and any(_ALL_SPENT.match(w.text) for w in words):
                state.foreign = False  # 总收入 …，其中某金 35 万元；总支出 …
        if state.unheld and (state.unheld_in_bracket or _speaks_of_whole(words)):
            state.unheld = state.unheld_in_bracket and ")" not in phrase
        closed = None
        if ")" in phrase:
            state.muted = False
            closed = state.lists.close_bracket()
        bare = item_of(words) is None and not has(words, "?", "funding", "income")
        if closed is not None and bare:
            if closed.parent is not None:  # …（其中 …），比上年增加
                state.subject, state.last = subject_of(closed.parent), closed.parent
            elif not state.lists.stack:
                state.subject = closed.outer
        if ";" in _after_names(phrase) and bare:
            whole = state.lists.close()
            if whole is not None:
                state.subject = subject_of(whole.parent) if whole.parent else whole.outer

    @staticmethod
    def _hold(state: State, start: int, *, in_bracket: bool) -> bool:
        """Settle what a list is of; False where its parts are of what no table holds."""
        held, proved = holder(state.trail, state.text, state.figures, start, in_bracket=in_bracket)
        if held is None:
            return True
        if held.kind == BESIDE or (proved and held.kind in (CHANGE, PRIOR)):
            return False
        if held.kind == BUDGET:
            state.last, state.budget_kind = None, held.budget_kind
            state.basis = LIST_BASIS[held.budget_kind or "annual"]
        elif held.kind == LEVEL and held.mention is not None:
            state.last = held.mention
        elif state.last is None and held.basis is not None:
            state.basis = held.basis  # 预算 500 万元（基本支出 300 万元、项目支出 200 万元）
        state.foreign = state.foreign and not (proved and held.kind in (BUDGET, LEVEL))
        return True

    @staticmethod
    def _open(
        state: State, phrase: str, before: Before, words: Sequence[Word], *, in_bracket: bool
    ) -> None:
        if state.last is None:
            opening = bool(re.match("其中|具体为|包括", phrase)) and state.first is None
            state.breakdown = (opening and before.foreign) or state.foreign
            parent = before.whole_of(words) if opening else None
            outer = state.subject
            state.lists.open(parent, in_bracket=in_bracket, basis=state.basis, outer=outer)
            return
        if state.last.family == "balance" and state.spending is not None:
            state.last = state.spending  # 项目支出 …，结余结转 0 万元，其中：…
        if state.last.fields.get("item") == "procurement":
            state.muted = in_bracket
            state.lists.close()
        elif state.last.family in ("expense", "revenue") and state.last.measure == "amount":
            state.lists.open(state.last, in_bracket=in_bracket, outer=state.subject)

    def _report(self, state: State, figure: Figure) -> None:
        """Say that the parts of an added, carried or received sum are not read."""
        self.context.builder.issue(
            self.context.spot(state.paragraph, state.sentence, figure.start, figure.end),
            kind="unclaimed_figure",
            message="“其中”所列为追加、结转、到位或增减数的构成，没有对应的栏目，未采用 | "
            "parts of a sum added, carried over, received or changed: there is no column for them",
        )


_ALL_SPENT = re.compile("总支出|支出合计|支出总[额计]|本年支出|全年支出")


def _proved_parts(state: State, phrase: str, words: Sequence[Word], figure: Figure) -> bool:
    """``年初预算安排 812 万元：人员经费 …、公用经费 …``: parts that add up to the budget."""
    before = state.trail[-1] if state.trail else None
    if before is None or phrase[:1] not in (":", ",") or basis_of(words) is not None:
        return False
    of_budget = before.kind == BUDGET or (before.kind == UNREAD and before.basis is not None)
    if not of_budget or item_of(words, "expense") is None:
        return False
    start = figure.start - len(phrase) + 1
    held, proved = holder(state.trail, state.text, state.figures, start, in_bracket=False)
    return proved and held is before


def _lists_in_bracket(state: State, phrase: str, words: Sequence[Word]) -> bool:
    """``年初预算 500 万元（基本支出 300 万元、…）``: a bracket of items behind an amount."""
    behind = state.trail and state.trail[-1].kind in (UNREAD, BUDGET, BESIDE)
    return bool(behind) and phrase.startswith("(") and has(words, "expense")


def _speaks_of_whole(words: Sequence[Word]) -> bool:
    """Whether a clause is no part of the list before it: it has a basis, a whole, of its own."""
    of_item = has(words, "expense", "project")
    if has(words, "self", "carry") or (has(words, "adjust") and not of_item):
        return True
    if item_of(words, "balance", "asset") is not None:
        return True
    basis = basis_of(words)
    item = item_of(words, "expense", "revenue")
    if item is None:
        return not has(words, "?") and (basis is not None or has(words, "spend", "income"))
    return basis in ("budget_initial", "budget_adjusted", "actual") or item.value == "total"


def _after_names(phrase: str) -> str:
    """A phrase without a list of names alone (``主要包括：基本工资、津贴补贴；``)."""
    return re.sub(r"(?:主要)?包括[^;]*、[^;]*;(?=.)", ";", phrase)
