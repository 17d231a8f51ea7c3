"""Two totals of one account in one sentence: both sides of it, and what the year brought.

``收入总计 3156 万元，其中年初结转 12 万元，本年收入合计 3144 万元``: the total of income is the
first, which holds what was carried in. ``支出总计 3156 万元，其中本年支出合计 3150 万元``: what was
spent is the second; the first holds what is left.
"""

from __future__ import annotations

import re

from orchestration.extraction.narrative.context import Context
from orchestration.extraction.narrative.numbers import tail
from orchestration.extraction.narrative.state import State
from orchestration.extraction.narrative.trail import CHANGE, LEVEL, PRIOR, Told
from orchestration.extraction.text import compact

#: 一般公共预算支出 900 万元，政府性基金预算支出 100 万元: neither is all that was spent.
_FUND_SPENT = re.compile(
    r"(?:政府性基金|国有资本经营|非财政|其他资金|单位资金|自筹资金)[^,;。\d]{0,12}支出[^,;。\d]{0,6}(?!0(?:\.0+)?(?!\d|\.))\d"
)


def drop_wholes(context: Context, state: State) -> None:
    """Take back the total that is not the item's, and what the sentence compared it with."""
    gone: set[int] = set()
    for family, less in (("revenue", True), ("expense", False)):
        totals = [t for t in state.trail if _is_total(t, family)]
        for whole in totals:
            for year_only in totals:
                if _holds(state, whole, year_only):
                    gone |= _with_changes(state, year_only if less else whole)
    if _FUND_SPENT.search(state.text):
        gone |= {
            id(m)
            for m in context.mentions[state.noted :]
            if m.weak and (m.family, m.fields["item"]) == ("expense", "total")
        }
    if not context.budget_text and _budgets_both_sides(state):
        gone |= {
            id(m)
            for m in context.mentions[state.noted :]
            if m.family == "revenue" and m.fields["item"] in _CAME_IN
        }
    if gone:
        context.mentions[:] = [m for m in context.mentions if id(m) not in gone]


def _budgets_both_sides(state: State) -> bool:
    """``预算收入总额 320 万元，其中 …。预算支出总额 320 万元``: nothing of it came in yet."""
    if _INCOME_AHEAD.match(state.text) and not _ADDED.search(state.text):
        return not _CAME.search(state.text)
    income = _BUDGETED_INCOME.search(state.text)
    paragraph = compact(state.paragraph.text)
    return bool(income and _BUDGETED_SPENDING.search(paragraph)) and not _ADDED.search(state.text)


_CAME_IN = frozenset(
    {"total", "general_public_budget", "government_fund", "state_capital", "special_account",
     "social_insurance", "other"}
)  # fmt: skip
#: 2023年部门收入预算总额为 862 万元，其中：一般公共预算拨款收入 862 万元
_INCOME_AHEAD = re.compile(
    r"^[^,;:。\d]*(?:(?:19|20)\d{2}年度?)?[^,;:。\d]{0,10}收入预算(?:总额|总计|合计|数|总数)?(?:为|是)?\d"
)
_CAME = re.compile("实际|完成|到位|取得|执行")
_BUDGETED_INCOME = re.compile("(?<!公共)预算总?收入|收入总?预算")
_BUDGETED_SPENDING = re.compile(r"(?<!公共)(?:预算总?支出|支出总?预算)[^,;。\d]{0,6}\d")
_ADDED = re.compile("年初|追加|调整|调增|决算|本年收入")


def _is_total(told: Told, family: str) -> bool:
    found = told.mention
    return (
        told.kind == LEVEL
        and found is not None
        and (found.family, found.fields.get("item")) == (family, "total")
        and found.fields.get("scope") == "department"
    )


def _holds(state: State, whole: Told, part: Told) -> bool:
    """Whether one total is told to be the year's alone, and the other holds more."""
    first, second = whole.mention, part.mention
    if first is None or second is None or part.figure.start < whole.figure.start:
        return False
    same = all(
        first.fields.get(n) == second.fields.get(n) for n in ("basis", "amount_year", "unit")
    )
    clauses = [tail(state.text[: told.figure.start]) for told in (whole, part)]
    year_only = ["本年" in clause for clause in clauses]
    more = whole.figure.value > part.figure.value
    return same and more and year_only == [False, True]


def _with_changes(state: State, told: Told) -> set[int]:
    """A level and the changes and levels of the year before told right behind it."""
    begin = state.trail.index(told)
    gone = {id(told.mention)}
    for later in state.trail[begin + 1 :]:
        if later.kind not in (CHANGE, PRIOR):
            break
        gone.add(id(later.mention))
    return gone
