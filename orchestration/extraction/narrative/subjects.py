"""What a figure is about: the item of its own clause, or of the sentence so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from orchestration.extraction.narrative.context import Context
from orchestration.extraction.narrative.lists import can_be_part
from orchestration.extraction.narrative.numbers import tail
from orchestration.extraction.narrative.phrases import basis_of, is_only, is_unknown, item_of
from orchestration.extraction.narrative.state import State
from orchestration.extraction.narrative.subject import Subject
from orchestration.extraction.narrative.trail import UNREAD
from orchestration.extraction.narrative.words import Word, first_of, has, lexicon

#: Expense items that public finance funds by nature: a funding word beside them narrows nothing.
_ALWAYS_FISCAL = frozenset(
    {"three_public", "reception", "vehicle", "vehicle_operation", "vehicle_purchase", "abroad",
     "meeting", "training", "procurement"}
)  # fmt: skip
_OTHER_FUNDS = re.compile("政府性基金|国有资本经营|社会保险基金")
#: 2023 年预算安排资金 …, under a heading over the whole department's money.
_MONEY_ITSELF = frozenset({"资金", "金额"})
#: 2025 年部门预算安排资金 …
_WHOLE = re.compile("^(?:部门|单位)(?:整体)?$")
_OF_YEAR = re.compile("全年|本年|当年|年度")
_ALL_SPENT = re.compile("总支出|支出总[额计]|支出合计")
#: A budget of income that holds what came in the year is what came in.
_ADDED_LATER = re.compile("年初|追加|调整|调增|其中[^;。]*收入")
_FISCAL_SECTION = re.compile("财政拨款|一般公共预算")


class SubjectFinder:
    """Resolves clauses to subjects; years and bases as the document means them."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.lexicon = lexicon()

    def cut(self, phrase: str) -> list[Word]:
        """A compact phrase as words; the unit's own names stand for ``本单位``."""
        return self.lexicon.cut(phrase, self.context.own_names)

    def project_of(self, state: State) -> str | None:
        """The project that the sentence alone, or its section, is about."""
        return state.project or self.context.outline.project

    def label_subject(self, label: str) -> Subject | None:
        """The subject that a label or heading such as ``会议费支出情况`` names."""
        words = self.cut(label)
        item = item_of(words)
        if item is None or item.role != "expense" or is_unknown(words):
            return None
        year = self.year_of(words, None)
        return Subject("expense", item.value, basis_of(words) or self.default_basis(year), year)

    def subject(  # noqa: PLR0911 - a return for each kind of clause
        self, state: State, words: list[Word]
    ) -> Subject | None:
        """What a level is about: the clause's own item, or what the sentence is about so far."""
        year = self.year_of(words, state)
        basis = basis_of(words)
        item = item_of(words)
        fund = first_of(words, "funding")
        if state.of_fund and fund is None:
            state.foreign = True
            return (
                None  # 政府性基金 …收入 300 万元，支出 300 万元: the fund's, not the department's
            )
        if item is not None:
            return self._of_item(state, item, words)
        if has(words, "carry"):
            whole = state.about_unit and fund is None and not has(words, "spend")
            return Subject("carry", "carry_over", None, year) if whole else None
        if has(words, "adjust"):
            return Subject("adjust", "total", None, year) if state.about_unit else None
        if has(words, "income") and basis == "budget_initial" and (fund or state.about_unit):
            return Subject("initial", fund.value if fund else "total", basis, year)
        if has(words, "income") and self._of_budget_alone(state, words, basis):
            return None  # 预算收入 1500 万元，决算收入 1620 万元: the first is no revenue
        if has(words, "income"):
            source = fund.value if fund else "total"
            known = state.about_unit or fund or state.budget_context or starts_with_total(state)
            if fund is not None and _both_sides(words):
                state.foreign = True
                return None
            if fund is not None and _of_a_place(state, words):
                return None
            # 财政拨款收入 may be all fiscal funds: 一般公共预算 beside it says it better.
            weak = fund is not None and "预算" not in fund.text
            return Subject("revenue", source, None, year, weak=weak) if known else None
        if has(words, "generic", "project") and not of_the_unit(state, words):
            return None  # 项目经费预算 375.8 万元: not the item before it
        if _came_in(state, words):
            return Subject("revenue", "total", None, year)
        whole = any(w.role == "spend" and _ALL_SPENT.match(w.text) for w in words)
        if whole and state.about_unit and not (basis or fund or state.labelled):
            return self._expense(state, "total", None, year, None)
        behind = None if basis or fund else _behind_income(state, words)
        if behind is not None:
            return self._of_income(state, behind, year)
        return self._carried(state, words, basis, year, fund)

    def _of_budget_alone(self, state: State, words: list[Word], basis: str | None) -> bool:
        """Whether an income is only budgeted: 收入预算, or one with its account beside it."""
        if basis is None or not basis.startswith("budget"):
            return False
        year = self.year_of(words, state)
        if year is not None and self.context.year is not None and year > self.context.year:
            return True
        ahead = any(w.role == "income" and "预算" in w.text for w in words)
        if ahead and not self.context.budget_text and not _ADDED_LATER.search(state.text):
            return True  # 预算收入 1500 万元, and nothing that came in the year: a budget
        return "决算" in state.text or not (ahead or self.context.budget_text)

    def _of_item(self, state: State, item: Word, words: list[Word]) -> Subject | None:
        """What a clause that names an item is about; None where its amount is not the item's."""
        year, basis = self.year_of(words, state), basis_of(words)
        fund = first_of(words, "funding")
        if item.role == "staff":
            return None
        if item.role == "expense":
            of_functions = item.value == "other_expense" and state.foreign
            another = of_functions or _procures_for_another(state, item)
            another = another or (basis is None and _beside_budget(state, item))
            if _joined_items(words) or has(words, "adjust") or another:
                return None  # “三公”经费、会议费合计; 人员经费追加: no one item's level
            label = state.labelled if _speaks_of_label(state, item) else None
            return self._expense(state, label.item if label else item.value, basis, year, fund)
        if item.role in ("asset", "balance"):
            part = any(w.role == "expense" and w.value != "total" for w in words)
            of_source = fund is not None and fund.value != "general_public_budget"
            opening = item.role == "asset" and str(basis).startswith("budget")  # 固定资产年初数
            if (
                has(words, "adjust")
                or opening
                or part
                or of_source
                or _left_of_item(state, item)
                or _is_spent(item, words)
            ):
                return None  # 其他资金结转结余, 基本支出结余: of one source or use
            return Subject(item.role, item.value, None, year, weak=fund is not None)
        # 其他收入支出; 财政拨款收、支总计
        other = has(words, "spend") or (fund is not None and item.value == "total")
        # 收支预算总计; 预算总收入, with nothing that came in the year
        ahead = re.match("收.*支.*预算", item.text) or (
            "预算" in item.text and not _ADDED_LATER.search(state.text)
        )
        other = other or (bool(ahead) and not self.context.budget_text)
        return None if other else Subject("revenue", item.value, None, year)

    def _expense(
        self, state: State, item: str, basis: str | None, year: int | None, fund: Word | None
    ) -> Subject | None:
        chain = self.context.outline.chain
        if _OTHER_FUNDS.search(chain) or (fund and fund.value != "general_public_budget"):
            return None
        weak = item not in _ALWAYS_FISCAL and bool(fund or _FISCAL_SECTION.search(chain))
        listed = state.lists.current
        told = listed.basis if listed is not None else None
        ahead = self.default_basis(year) == "budget"
        if not (basis or told or ahead) and _behind_its_budget(state, item):
            told = state.first.fields["basis"] if "其中" in state.text else None  # type: ignore[union-attr]
            if told is None:
                return None  # “三公”经费预算 42 万元，公务接待费 3 万元: budgeted or spent
        if basis is None or (basis == "budget" and told in ("budget_initial", "budget_adjusted")):
            basis = told or basis  # 年初预算数 …，其中：基本支出预算 …
        if listed is not None and listed.parent is not None:
            weak = weak or listed.parent.weak
        return Subject("expense", item, basis or self.default_basis(year), year, weak=weak)

    def _carried(  # noqa: PLR0911 - a return for each way to carry on
        self,
        state: State,
        words: list[Word],
        basis: str | None,
        year: int | None,
        fund: Word | None,
    ) -> Subject | None:
        """A clause without an item of its own (``实际支出``, ``预算调整后``)."""
        subject = state.subject
        spending = has(words, "spend") or any(w.role == "basis" and "支" in w.text for w in words)
        listed = state.lists.current
        of_budget = listed is not None and listed.parent is None and state.budget_kind
        if of_budget and fund and basis is None and not spending:
            return Subject(of_budget, fund.value, None, year)  # 全年预算数 …，其中财政拨款 …
        bare_year = is_only(words, "year") and basis is None and not spending
        if subject is not None and bare_year and _goes_on(state, subject):
            return replace(subject, year=year)  # 人员经费 2023 年 540 万元、2022 年 520 万元
        plain = basis in ("budget", "actual") and not fund and state.labelled is None
        dated_whole = state.in_unit_section and subject is None and has(words, "year", "current")
        if plain and (has(words, "self") or dated_whole) and not state.lists.stack:
            return self._expense(state, "total", basis, year, fund)
        if plain and _is_executed(state, words):
            return Subject("executed", "total", basis, year)
        early = basis in ("budget_initial", "budget_adjusted")
        if fund and spending and not early and (subject is None or subject.item == "total"):
            return self._expense(state, "total", basis, year, fund)
        if _leaves_list(state) and basis in (None, "actual") and spending:
            # …其中：基本支出 700 万元、项目支出 300 万元，全年支出 1100 万元: not of the last part
            if not any(_OF_YEAR.match(w.text) for w in words):
                return None
            state.lists.close()
            return self._expense(state, "total", "actual", year, fund)
        if subject is not None and subject.family == "expense" and (spending or basis):
            return replace(subject, basis=basis or self.default_basis(year), year=year)
        if basis in ("budget_initial", "budget_adjusted") and state.about_unit:
            kind = "initial" if basis == "budget_initial" else "annual"
            return Subject(kind, fund.value if fund else "total", basis, year)
        if state.budget_context and basis == "actual":
            return Subject("executed", fund.value if fund else state.fund or "total", basis, year)
        dated = any(w.role == "spend" and _OF_YEAR.match(w.text) for w in words)
        told = dated or has(words, "self", "year", "current", "time")
        if spending and (told or (state.about_unit and not state.counted)):
            return self._expense(state, "total", basis, year, fund)
        whole = state.lists.parent
        if fund and whole is not None and whole.family == "revenue":
            return Subject("revenue", fund.value, None, year)
        return None

    def _of_income(self, state: State, kind: str, year: int | None) -> Subject | None:
        """A bare 支出 behind an income of this kind (see :func:`_behind_income`)."""
        if kind == "initial" and state.about_unit:
            return Subject("initial", "total", "budget_initial", year)
        if kind != "general_public_budget":
            return None
        return self._expense(state, "total", None, year, Word("funding", kind, ""))

    def year_of(
        self, words: Sequence[Word], state: State | None, from_year: int | None = None
    ) -> int | None:
        base = self.context.outline.year_of_account or self.context.year
        for word in reversed(words):
            if word.role == "year":
                return int(word.value)
            if word.role == "prior":
                anchor = from_year or base
                return None if anchor is None else anchor - 1
            if word.role == "current":
                looks_back = self.context.budget_text and word.text.startswith("今年")
                return None if base is None else base - int(looks_back)
        if state is not None and state.lists.parent is not None:
            return state.lists.parent.fields.get("amount_year")
        if state is not None and state.year is not None:
            return state.year
        return base

    def default_basis(self, year: int | None) -> str:
        ahead = self.context.budget_text and (year is None or year == self.context.year)
        return "budget" if ahead else "actual"


_FUND_FIRST = re.compile(
    r"^[^,;:。\d]*(?:(?:19|20)\d{2}年?度?)?[^,;:。\d]*(?:政府性基金|国有资本经营|社会保险基金)"
    r"(?:(?!其中|一般公共预算)[^,;:。、\d])*\d"
)


def speaks_of_a_fund(text: str, chain: str) -> bool:
    """Whether a sentence opens with a fund's money, or stands below a heading over it."""
    headed = bool(_OTHER_FUNDS.search(chain)) and "一般公共预算" not in chain
    return headed or bool(_FUND_FIRST.match(text))


def of_the_unit(state: State, words: Sequence[Word]) -> bool:
    """``2023 年预算安排资金 …`` under a heading over the whole department's money."""
    generic = {w.text for w in words if w.role in ("generic", "project")}
    whole = any(w.role == "self" and _WHOLE.match(w.text) for w in words)
    whole = whole and any(w.role == "basis" and "预算" in w.text for w in words)
    return (state.in_unit_section or whole) and generic <= _MONEY_ITSELF


def names_a_project(words: Sequence[Word]) -> bool:
    """Whether a clause speaks of a project without its name (``该项目``, ``项目资金``)."""
    return any(w.role == "project" and "项目" in w.text for w in words)


def _left_of_item(state: State, item: Word) -> bool:
    """``“三公”经费 …，结余 1.5 万元``: what is left of an item's budget is no balance."""
    subject = state.subject
    known = subject is not None and subject.family == "expense" and subject.item in _ALWAYS_FISCAL
    return known and item.text in ("结余", "结余资金", "结转")


def _is_spent(item: Word, words: list[Word]) -> bool:
    """``2022年结转资金支出 40 万元``: what was carried over has been spent."""
    return item.role == "balance" and any(w.role == "spend" for w in words[words.index(item) + 1 :])


def _leaves_list(state: State) -> bool:
    """Whether several parts of a list stand before a clause, none with a basis of its own."""
    current = state.lists.current
    return current is not None and current.parts > 1 and not state.told_basis


def _is_executed(state: State, words: Sequence[Word]) -> bool:
    """``全年执行数 5098 万元`` where the text is about the unit's own money."""
    told = any(w.role == "basis" and re.match("全年(?:预算)?执行", w.text) for w in words)
    whole = state.about_unit and not (state.of_a_project or state.counted or state.lists.stack)
    return told and whole and state.subject is None


def _behind_income(state: State, words: Sequence[Word]) -> str | None:
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


def _both_sides(words: Sequence[Word]) -> bool:
    """``财政拨款收入总计``: of a fund with what was carried in, not what came in."""
    return any(w.role == "income" and "总计" in w.text for w in words)


def _of_a_place(state: State, words: Sequence[Word]) -> bool:
    """``一般公共预算收入完成 4.2 亿元``: what a place takes in; a unit gets 拨款."""
    fund = first_of(words, "funding")
    if state.foreign and fund is not None and "拨款" not in fund.text:
        return True
    public = fund is not None and fund.text == "一般公共预算"
    return public and (has(words, "done") or not state.about_unit or "实现" in state.text)


def _came_in(state: State, words: Sequence[Word]) -> bool:
    """``收入预算 68500 万元，实际完成 66213 万元``: what came of it is income."""
    if not state.trail or not all(w.role in ("done", "filler", "mark") for w in words):
        return False
    clause = tail(state.text[: state.trail[-1].figure.start])
    whole = re.search("(?:收入预算|预算收入)(?:数|总额|合计)?(?:安排)?[为是]?$", clause)
    return bool(whole) and state.about_unit and has(words, "done")


def _beside_budget(state: State, item: Word) -> bool:
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


def _behind_its_budget(state: State, item: str) -> bool:
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


def _goes_on(state: State, subject: Subject) -> bool:
    """Whether a bare year goes on about the amount just read, and not about a list's whole."""
    parent, last = state.lists.parent, state.last
    if parent is None:
        return True
    return last is not None and last is not parent and last.fields.get("item") == subject.item


def _joined_items(words: Sequence[Word]) -> bool:
    """Whether several items of expense are joined by 、 or 和 to one amount."""
    places = [i for i, w in enumerate(words) if w.role == "expense"]
    return any(
        later - first == 2
        and words[first + 1].text in ("、", "和", "及", "与")
        and words[first].value != words[later].value
        for first, later in pairwise(places)
    )


def _procures_for_another(state: State, item: Word) -> bool:
    """``某批设备 …，实际采购金额 9.5 万元``: procurement of the unit is called 政府采购."""
    told = "政府采购" in state.text or (
        state.labelled is not None and state.labelled.item == "procurement"
    )
    return item.value == "procurement" and not told


_PLAIN_SPENDING = re.compile(r"^(?:本年度?|全年|当年|年度)?(?:实际)?支出(?:合计|总额|数)?$")


def _speaks_of_label(state: State, item: Word) -> bool:
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
