"""The amounts a sentence has told so far, and what a 其中 list after them is a list of.

A list hangs on the amount before it, unless its parts add up to another one. What is added to a
budget, carried over or received has parts too, which no table holds: ``年初预算 1000 万元，年中追加
200 万元，其中财政拨款 150 万元`` says nothing about the budget's sources.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from orchestration.extraction.narrative.context import Mention
from orchestration.extraction.narrative.numbers import Figure
from orchestration.extraction.narrative.phrases import basis_of, is_change
from orchestration.extraction.narrative.words import Word, first_of, has

#: What an amount told: the level of an item, a budget of the department, a change, the level of a
#: year before, something beside the budget (追加, 上年结转, 到位资金), or nothing that was read.
LEVEL, BUDGET, CHANGE, PRIOR, BESIDE, UNREAD = (
    "level", "budget", "change", "prior", "beside", "unread",
)  # fmt: skip
_BUDGETS = {"initial_budget": "initial", "annual_budget": "annual", "executed": "executed"}
_BESIDE = frozenset({"carry_over", "supplementary_budget"})
#: Clauses whose amount is no part: a change, the level of a year before, a share.
_NO_PART = re.compile(r"增|减|升|降|较|比|占|同期|上年|去年|人均|平均")


@dataclass(frozen=True, slots=True)
class Told:
    """An amount of money of the sentence and what was read from it."""

    figure: Figure
    kind: str
    mention: Mention | None = None
    #: The basis its clause tells, where nothing was read.
    basis: str | None = None

    @property
    def budget_kind(self) -> str | None:
        """The column of a budget that it is (``initial``, ``annual``, ``executed``)."""
        return _BUDGETS.get(self.mention.measure) if self.mention is not None else None


def told(
    figure: Figure, words: Sequence[Word], noted: Sequence[Mention], last: Mention | None
) -> Told:
    """What an amount was read as: ``noted`` are its mentions, ``last`` the level in force."""
    measures = {m.measure: m for m in noted}
    for measure in _BUDGETS:
        if measure in measures:
            return Told(figure, BUDGET, measures[measure])
    amount = measures.get("amount")
    beside = "adjustment" in measures or (
        amount is not None and amount.family == "revenue" and amount.fields["item"] in _BESIDE
    )
    unlisted = first_of(words, "unlisted", "carry", "adjust")
    if beside or (not noted and unlisted is not None):
        return Told(figure, BESIDE, amount)
    if amount is not None and amount is last and not has(words, "done"):
        return Told(figure, LEVEL, amount)
    change = measures.get("change") or measures.get("change_rate")
    if change is not None or is_change(words):
        return Told(figure, CHANGE, change)
    if amount is not None or has(words, "done", "share", "rate", "compare", "prior"):
        return Told(figure, PRIOR, amount)
    return Told(figure, UNREAD, basis=None if has(words, "?") else basis_of(words))


def holder(
    trail: Sequence[Told], text: str, figures: Sequence[Figure], start: int, *, in_bracket: bool
) -> tuple[Told | None, bool]:
    """The amount whose parts are listed from ``start`` on, and whether they add up to it.

    ``trail`` is what the sentence told before; the amount is None where it told none.
    """
    stop = text.find(")" if in_bracket else "其中", start)
    sums = _sums(text, figures, start, stop if stop >= 0 else len(text))
    for candidate in reversed(trail):
        if (candidate.figure.value, candidate.figure.unit) in sums:
            return candidate, True
    return next((t for t in reversed(trail) if t.kind not in (CHANGE, PRIOR)), None), False


def _sums(
    text: str, figures: Sequence[Figure], start: int, end: int
) -> set[tuple[Decimal, str | None]]:
    """What the first two, three … amounts of a list add up to, where they share a unit."""
    parts: list[Figure] = []
    before = start
    for figure in figures:
        if figure.start < start or figure.start >= end:
            continue
        clause = re.split(r"[,;:。、(]", text[before : figure.start])[-1]
        before = figure.end
        if figure.kind == "money" and not _NO_PART.search(clause):
            parts.append(figure)
    if not parts:
        return set()
    unit = parts[0].unit
    same = [p.value for p in parts if p.unit == unit]
    return {(value, unit) for value in list(accumulate(same))[1:]}


def whose_change(
    trail: Sequence[Told], text: str, figure: Figure, change: Decimal, rate: Decimal | None
) -> tuple[Told | None, bool]:
    """The amount that a change without an item of its own is of, and whether the rate proves it.

    The nearest whose change by ``rate`` per cent this is; where none fits or no rate is printed,
    the nearest. Amounts of a bracket that is closed again are not asked.
    """
    depth = _depth(text, figure.start)
    near = [
        t
        for t in reversed(trail)
        if t.kind not in (CHANGE, PRIOR) and _depth(text, t.figure.start) <= depth
    ]
    if rate is not None:
        for candidate in near:
            same = candidate.figure.unit == figure.unit
            if same and fits(candidate.figure.value, change, rate):
                return _level_of(candidate, near), True
    return (_level_of(near[0], near) if near else None), False


_CHANGE_BEHIND = re.compile(
    r"^(?:相比|对比)?,?(?:同比|净)?(?:增加|增长|上升|提高|减少|下降|降低|压减|压缩|节约|增幅|降幅)了?(?:为|约|达)?"
    r"(?:(?P<amount>\d[\d,]*(?:\.\d+)?)(?P<unit>[亿万千百]*元))?"
    r"(?:[,(]?(?:同比)?(?:增加|增长|上升|提高|减少|下降|降低|压减|增幅|降幅)?(?:为|了|约|达)*(?P<rate>\d+(?:\.\d+)?)%)?"
)


def whose_prior(trail: Sequence[Told], text: str, figure: Figure) -> Told | None:
    """The level whose year before an amount is, by the change and the rate printed behind it."""
    behind = _CHANGE_BEHIND.match(text[figure.end :])
    if behind is None or not (behind["amount"] or behind["rate"]):
        return None
    change = Decimal(behind["amount"].replace(",", "")) if behind["amount"] else None
    for candidate in reversed(trail):
        level = candidate.figure
        if candidate.kind != LEVEL or level.unit != figure.unit:
            continue
        differs = abs(level.value - figure.value)
        if change is not None and behind["unit"] == figure.unit and differs == change:
            return candidate
        rate = Decimal(behind["rate"]) if behind["rate"] else None
        if change is None and rate and fits(level.value, level.value - figure.value, rate):
            return candidate
    return None


def _level_of(found: Told, near: Sequence[Told]) -> Told:
    """The level that is printed again as its only part (支出 90 万元，其中财政拨款 90 万元)."""
    printed = (found.figure.value, found.figure.unit)
    levels = [t for t in near if t.kind == LEVEL and (t.figure.value, t.figure.unit) == printed]
    return found if found.kind == LEVEL or not levels else levels[0]


def _depth(text: str, end: int) -> int:
    return text.count("(", 0, end) - text.count(")", 0, end)


def fits(level: Decimal, change: Decimal, rate: Decimal) -> bool:
    """Whether a change is this per cent of the level before it, to the last printed digit."""
    if level == change:
        return change == rate == 0
    slack = Decimal(1).scaleb(int(rate.as_tuple().exponent))
    return abs(abs(change) / (level - change) * 100 - rate) <= slack
