"""What stands around a clause and tells whose its amount is, or that nobody can tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from orchestration.extraction.narrative.lists import can_be_part
from orchestration.extraction.narrative.numbers import tail
from orchestration.extraction.narrative.state import State
from orchestration.extraction.narrative.subject import Subject
from orchestration.extraction.narrative.trail import UNREAD
from orchestration.extraction.narrative.words import Word, first_of, has

#: Expense items that public finance funds by nature: a funding word beside them narrows nothing.
ALWAYS_FISCAL = frozenset(
    {"three_public", "reception", "vehicle", "vehicle_operation", "vehicle_purchase", "abroad",
     "meeting", "training", "procurement"}
)  # fmt: skip
OTHER_FUNDS = re.compile("政府性基金|国有资本经营|社会保险基金")
#: 2023 年预算安排资金 …, under a heading over the whole department's money.
_MONEY_ITSELF = frozenset({"资金", "金额"})
#: 2025 年部门预算安排资金 …
_WHOLE = re.compile("^(?:部门|单位)(?:整体)?$")

_FUND_FIRST = re.compile(
    r"^[^,;:。\d]*(?:(?:19|20)\d{2}年?度?)?[^,;:。\d]*(?:政府性基金|国有资本经营|社会保险基金)"
    r"(?:(?!其中|一般公共预算)[^,;:。、\d])*\d"
)


def speaks_of_a_fund(text: str, chain: str) -> bool:
    """Whether a sentence opens with a fund's money, or stands below a heading over it."""
    headed = bool(OTHER_FUNDS.search(chain)) and "一般公共预算" not in chain
    return headed or bool(_FUND_FIRST.match(text))


def of_the_unit(state: State, words: Sequence[Word]) -> bool:
    """``2023 年预算安排资金 …`` under a heading over the whole department's money."""
    generic = {w.text for w in words if w.role in ("generic", "project")}
    whole = any(w.role == "self" and _WHOLE.match(w.text) for w in words)
    whole = whole and any(w.role == "basis" and "预算" in w.text for w in words)
    return (state.in_unit_section or whole) and generic <= _MONEY_ITSELF


def in_a_project(words: Sequence[Word]) -> bool:
    """``专项资金中列支人员经费``: an item within the money of a project."""
    roles = [w.role for w in words]
    item = next((i for i, w in enumerate(words) if w.role == "expense"), None)
    return item is not None and "project" in roles[:item]


def changes_item(words: Sequence[Word]) -> bool:
    """``节约公用经费 12 万元``: by how much an item changed, against what nobody says."""
    turned = next((i for i, w in enumerate(words) if w.role == "direction"), None)
    return turned is not None and any(w.role == "expense" for w in words[turned:])


def names_a_project(words: Sequence[Word]) -> bool:
    """Whether a clause speaks of a project without its name (``该项目``, ``项目资金``)."""
    return any(w.role == "project" and "项目" in w.text for w in words)


def left_of_item(state: State, item: Word) -> bool:
    """``“三公”经费 …，结余 1.5 万元``: what is left of an item's budget is no balance."""
    subject = state.subject
    known = subject is not None and subject.family == "expense" and subject.item in ALWAYS_FISCAL
    return known and item.text in ("结余", "结余资金", "结转")


def left_of_unread(state: State, item: Word) -> bool:
    """``实际支出 242 万元，结余 7 万元``: whose spending nobody knows, nor what is left of it."""
    unread = bool(state.trail) and all(told.mention is None for told in state.trail)
    return unread and not state.about_unit and item.text in ("结余", "结转", "结余资金")


def is_spent(item: Word, words: list[Word]) -> bool:
    """``2022年结转资金支出 40 万元``: what was carried over has been spent."""
    return item.role == "balance" and any(w.role == "spend" for w in words[words.index(item) + 1 :])


def leaves_list(state: State) -> bool:
    """Whether several parts of a list stand before a clause, none with a basis of its own."""
    current = state.lists.current
    return current is not None and current.parts > 1 and not state.told_basis


def is_executed(state: State, words: Sequence[Word]) -> bool:
    """``全年执行数 5098 万元`` where the text is about the unit's own money."""
    told = any(w.role == "basis" and re.match("全年(?:预算)?执行", w.text) for w in words)
    whole = state.about_unit and not (state.of_a_project or state.counted or state.lists.stack)
    return told and whole and state.subject is None


def behind_income(state: State, words: Sequence[Word]) -> str | None:
    """What a bare 支出 behind an income is of: a fund, a budget (``initial``, ``budget``), or all.

    ``政府性基金收入 232 万元，支出 228 万元``; ``年初预算收入 900 万元，支出 900 万元``.
    """
    before = state.trail[-1] if state.trail else None
    bare = [w.text for w in words if w.role not in ("filler", "mark")] in (["支出"], ["开支"])
    if before is None or not bare:
        return None
    if before.budget_kind == "initial":
        return "initial" if state.of_income else None
    clause = tail(state.text[: before.figure.start])
    income = before.mention is not None and before.mention.family == "revenue"
    if "收入" in clause and "预算" in clause and "决算" not in clause and "公共预算" not in clause:
        return "budget"
    if before.mention is None or not income:
        return None
    totals = [t for t in state.trail if t.mention is not None and t.mention.family == "revenue"]
    whole = any(t.mention is not None and t.mention.fields["item"] == "total" for t in totals)
    item = str(before.mention.fields["item"])
    return None if whole or item == "carry_over" else item


def both_sides(state: State, words: Sequence[Word]) -> bool:
    """``财政拨款收入总计``: of a fund with what was carried in, not what came in.

    ``财政拨款总收入 395 万元，其中：本年财政拨款收入 390 万元``: so is this.
    """
    carried = _CARRIED_IN.search(state.text)
    return any(
        w.role == "income" and ("总计" in w.text or (carried and w.text.startswith("总")))
        for w in words
    )


_BOTH_SIDES = re.compile(r"^收(?:入)?、?支")


def told_of_both(words: Sequence[Word]) -> bool:
    """``收、支总计均为 1523 万元``: what stands on either side of the account of all money."""
    return any(w.role == "revenue" and _BOTH_SIDES.match(w.text) for w in words) and not has(
        words, "funding"
    )


_CARRIED_IN = re.compile("其中[^。]*(?:本年(?:度)?财政拨款|财政拨款结转|年初[^,;。]{0,8}结转)")


def of_a_place(state: State, words: Sequence[Word]) -> bool:
    """``一般公共预算收入完成 4.2 亿元``: what a place takes in; a unit gets 拨款."""
    fund = first_of(words, "funding")
    if state.foreign and fund is not None and "拨款" not in fund.text:
        return True
    public = fund is not None and fund.text == "一般公共预算"
    return public and (has(words, "done") or not state.about_unit or "实现" in state.text)


def came_in(state: State, words: Sequence[Word]) -> bool:
    """``收入预算 68500 万元，实际完成 66213 万元``: what came of it is income."""
    if not state.trail or not all(w.role in ("done", "filler", "mark") for w in words):
        return False
    clause = tail(state.text[: state.trail[-1].figure.start])
    whole = re.search("(?:收入预算|预算收入)(?:数|总额|合计)?(?:安排)?[为是]?$", clause)
    return bool(whole) and state.about_unit and has(words, "done")


def beside_budget(state: State, item: Word) -> bool:
    """``年初预算 812 万元，人员经费 586 万元``, no list: budgeted or spent, nobody can tell."""
    part = item.value in ("basic", "project", "personnel", "public", *_CLASSES)
    if part and not state.lists.stack and (state.lost_basis or "").startswith("budget"):
        return True
    unread = (t for t in reversed(state.trail) if t.kind != UNREAD or t.basis is not None)
    before = next(unread, None)
    if before is None or not part or state.lists.stack:
        return False
    since = state.text[before.figure.end : state.trail[-1].figure.end]
    early = before.kind == UNREAD and (before.basis or "").startswith("budget")
    return ";" not in since and (early or before.budget_kind in ("initial", "annual"))


def behind_its_budget(state: State, item: str) -> bool:
    """Whether only the budget of what an item is a part of has been told before it."""
    first = state.first
    if first is None or first.family != "expense" or state.whole is not None:
        return False
    budgeted = str(first.fields.get("basis")).startswith("budget")
    spent = any(
        t.mention is not None and t.mention.fields.get("basis") == "actual" for t in state.trail
    )
    before = str(first.fields["item"])
    beside = all(can_be_part("three_public", one) for one in (before, item))
    return budgeted and not spent and before != item and (beside or can_be_part(before, item))


_CLASSES = ("wages_benefits", "goods_services", "individual_family", "capital")


def goes_on(state: State, subject: Subject) -> bool:
    """Whether a bare year goes on about the amount just read, and not about a list's whole."""
    parent, last = state.lists.parent, state.last
    if parent is None:
        return True
    return last is not None and last is not parent and last.fields.get("item") == subject.item


def joined_items(words: Sequence[Word]) -> bool:
    """Whether several items of expense are joined by 、 or 和 to one amount."""
    places = [i for i, w in enumerate(words) if w.role == "expense"]
    return any(
        later - first == 2
        and words[first + 1].text in ("、", "和", "及", "与")
        and words[first].value != words[later].value
        for first, later in pairwise(places)
    )


def narrows_projects(item: Word, words: Sequence[Word]) -> bool:
    """``公用经费类项目支出``: projects of a kind that another item's name tells."""
    at = list(words).index(item)
    before = words[at - 1] if at else None
    kind = before is not None and before.role == "expense" and before.value != item.value
    return item.value == "project" and kind


_FUNDS_OF_IT = re.compile(
    r"(?:中央|国家|省|市|县|区|州|旗|自治区|上级|本级|地方)[^,;。]{0,8}(?:资金|配套|补助|安排|拨款|财政)"
    r"|自筹|配套"
)


def budget_listed(state: State) -> str | None:
    """The column of a budget (``initial``, ``annual``) whose parts a list tells, if it does."""
    listed = state.lists.current
    if listed is None or listed.parent is not None:
        return None
    return state.budget_kind if state.budget_kind in ("initial", "annual") else None


def tells_its_funds(clause: str) -> bool:
    """``中央财政资金 1200 万元，旗级配套 100 万元``: who pays for a project; still its money."""
    return bool(_FUNDS_OF_IT.search(clause))


def procures_for_another(state: State, item: Word) -> bool:
    """``某批设备 …，实际采购金额 9.5 万元``: procurement of the unit is called 政府采购."""
    told = "政府采购" in state.text or (
        state.labelled is not None and state.labelled.item == "procurement"
    )
    return item.value == "procurement" and not told


_PLAIN_SPENDING = re.compile(r"^(?:本年度?|全年|当年|年度)?(?:实际)?支出(?:合计|总额|数)?$")


def speaks_of_label(state: State, item: Word) -> bool:
    """``三、“三公”经费`` ⏎ ``本年支出 2.06 万元``: the spending is that of the heading's item."""
    label = state.labelled
    if item.value != "total" or label is None or label.family != "expense" or label.item == "total":
        return False
    return bool(_PLAIN_SPENDING.match(item.text))


def is_general(subject: Subject, words: Sequence[Word]) -> bool:
    """Whether a subject rests on general words alone (结余, 支出, 年初预算)."""
    if subject.family in ("balance", "initial", "annual", "executed", "adjust", "carry"):
        return True
    own = [w for w in words if w.role == "self" and not _OFFICE.search(w.text)]
    return subject.item == "total" and not own


_OFFICE = re.compile("本级|机关")


def starts_with_total(state: State) -> bool:
    """Whether the sentence states totals in words that need no subject (``全年总收入``)."""
    return bool(re.match(r"^[^,;]{0,12}(?:全年|年度|本年|总)", state.text))
