"""What a figure is about: the item of its own clause, or of the sentence so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from orchestration.extraction.narrative.context import Context
from orchestration.extraction.narrative.phrases import basis_of, is_only, is_unknown, item_of
from orchestration.extraction.narrative.state import State
from orchestration.extraction.narrative.subject import Subject
from orchestration.extraction.narrative.surroundings import (
    ALWAYS_FISCAL,
    OTHER_FUNDS,
    behind_income,
    behind_its_budget,
    beside_budget,
    both_sides,
    budget_listed,
    came_in,
    goes_on,
    is_executed,
    is_spent,
    joined_items,
    leaves_list,
    left_of_item,
    left_of_unread,
    narrows_projects,
    of_a_place,
    of_the_unit,
    procures_for_another,
    speaks_of_label,
    starts_with_total,
)
from orchestration.extraction.narrative.words import Word, first_of, has, lexicon

#: 一般公共预算财政拨款本年收入 310 万元
_OF_THE_YEAR = re.compile("本年收入(?:合计)?$")
_OF_YEAR = re.compile("全年|本年|当年|年度")
_ALL_SPENT = re.compile("总支出|支出总[额计]|支出合计")
#: A budget of income that holds what came in the year is what came in.
_ADDED_LATER = re.compile("年初|追加|调整|调增|其中[^;。]*收入")
#: 年初结转结余 23.5 万元，年末结转结余 15.7 万元
_BOTH_ENDS = re.compile(
    r"^[^,;:。\d]{0,8}(?:\d{4}年)?(?:年初|上年)结[转余][^,;。]*,[^,;。\d]{0,4}(?:\d{4}年)?年[末终底]结[转余]"
)
_OTHER_SOURCE = re.compile("非财政|专用结余|其他资金|单位资金|政府性基金|国有资本")
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
            told = state.about_unit or self.context.outline.of_income
            told = told or (_BOTH_ENDS.match(state.text) is not None and not state.stray)
            whole = told and fund is None and not has(words, "spend")
            parent = state.lists.parent
            whole = whole and (
                parent is None or parent.family != "expense"
            )  # 项目支出 …，其中上年结转
            return Subject("carry", "carry_over", None, year) if whole else None
        if has(words, "adjust"):
            return Subject("adjust", "total", None, year) if state.about_unit else None
        if has(words, "income") and basis == "budget_initial" and (fund or state.about_unit):
            return Subject("initial", fund.value if fund else "total", basis, year)
        if has(words, "income") and self._of_budget_alone(state, words, basis):
            return None  # 预算收入 1500 万元，决算收入 1620 万元: the first is no revenue
        if has(words, "income"):
            return self._of_source(state, words, fund, year)
        if has(words, "generic", "project") and not of_the_unit(state, words):
            return None  # 项目经费预算 375.8 万元: not the item before it
        if came_in(state, words):
            return Subject("revenue", "total", None, year)
        whole = any(w.role == "spend" and _ALL_SPENT.match(w.text) for w in words)
        if whole and state.about_unit and not (basis or fund or state.labelled):
            return self._expense(state, "total", None, year, None)
        behind = None if basis or fund else behind_income(state, words)
        if behind is not None:
            return self._of_income(state, behind, year)
        return self._carried(state, words, basis, year, fund)

    def _of_source(
        self, state: State, words: list[Word], fund: Word | None, year: int | None
    ) -> Subject | None:
        """What came in: in all, or from a source."""
        source = fund.value if fund else "total"
        known = state.about_unit or fund or state.budget_context or starts_with_total(state)
        if fund is not None and both_sides(state, words):
            state.foreign = True
            return None
        listed = state.lists.current
        of_budget = listed is not None and listed.parent is None and state.budget_kind
        if fund is not None and of_budget in ("initial", "annual"):
            return Subject(
                str(of_budget), fund.value, None, year
            )  # 年初预算收入 …，其中财政拨款收入
        if fund is not None and of_a_place(state, words):
            return None
        # 财政拨款收入 may be all fiscal funds: 一般公共预算 beside it says it better.
        weak = fund is not None and "预算" not in fund.text
        return Subject("revenue", source, None, year, weak=weak) if known else None

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

    def _of_budget_only(self, words: list[Word], basis: str | None, state: State) -> bool:
        """Whether an item of income has a budget's word beside it, in a report that looks back."""
        if self.context.budget_text or basis is None or not basis.startswith("budget"):
            return False
        return has(words, "revenue") and not _ADDED_LATER.search(state.text)

    def _of_item(  # noqa: PLR0911 - a return for each kind of item
        self, state: State, item: Word, words: list[Word]
    ) -> Subject | None:
        """What a clause that names an item is about; None where its amount is not the item's."""
        year, basis = self.year_of(words, state), basis_of(words)
        fund = first_of(words, "funding")
        if item.role == "staff":
            return None
        if item.role == "expense":
            of_functions = item.value == "other_expense" and state.foreign
            another = of_functions or procures_for_another(state, item)
            another = another or narrows_projects(item, words)
            # 公务车保有量 3 辆，运行维护费 5.28 万元: that of the cars, which the item is not
            another = another or (item.value == "operation_maintenance" and "车" in state.text)
            beside = basis is None and beside_budget(state, item)
            state.of_no_stage = state.of_no_stage or beside
            another = another or beside
            if joined_items(words) or has(words, "adjust") or another:
                return None  # “三公”经费、会议费合计; 人员经费追加: no one item's level
            label = state.labelled if speaks_of_label(state, item) else None
            return self._expense(state, label.item if label else item.value, basis, year, fund)
        if item.role in ("asset", "balance"):
            part = any(w.role == "expense" and w.value != "total" for w in words)
            of_source = fund is not None and (
                fund.value != "general_public_budget" or bool(_OTHER_SOURCE.search(state.text))
            )
            opening = str(basis).startswith("budget")  # 固定资产年初数, 年初累计结余
            if (
                has(words, "adjust")
                or opening
                or part
                or of_source
                or left_of_item(state, item)
                or left_of_unread(state, item)
                or is_spent(item, words)
            ):
                return None  # 其他资金结转结余, 基本支出结余: of one source or use
            return Subject(item.role, item.value, None, year, weak=fund is not None)
        budgeted = budget_listed(state)
        if item.value == "other" and budgeted is not None:
            return Subject(budgeted, "other", None, year)
        if self._of_budget_only(words, basis, state):
            return None  # 部门收入预算总额为 862 万元, and nothing that came in
        # 其他收入支出; 财政拨款收、支总计
        of_year = fund is not None and not has(words, "spend") and _OF_THE_YEAR.match(item.text)
        if fund is not None and of_year and not of_a_place(state, words):
            weak = "预算" not in fund.text
            return Subject("revenue", fund.value, None, year, weak=weak)
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
        if OTHER_FUNDS.search(chain) or (fund and fund.value != "general_public_budget"):
            return None
        weak = item not in ALWAYS_FISCAL and bool(fund or _FISCAL_SECTION.search(chain))
        listed = state.lists.current
        told = listed.basis if listed is not None else None
        ahead = self.default_basis(year) == "budget"
        if not (basis or told or ahead) and behind_its_budget(state, item):
            told = state.first.fields["basis"] if "其中" in state.text else None  # type: ignore[union-attr]
            if told is None:
                state.of_no_stage = True
                return None  # “三公”经费预算 42 万元，公务接待费 3 万元: budgeted or spent
        if basis is None or (basis == "budget" and told in ("budget_initial", "budget_adjusted")):
            basis = told or basis  # 年初预算数 …，其中：基本支出预算 …
        if listed is not None and listed.parent is not None:
            weak = weak or listed.parent.weak
        return Subject("expense", item, basis or self.default_basis(year), year, weak=weak)

    def _carried(  # noqa: PLR0911, PLR0912 - a return for each way to carry on
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
        if subject is not None and bare_year and goes_on(state, subject):
            return replace(subject, year=year)  # 人员经费 2023 年 540 万元、2022 年 520 万元
        plain = basis in ("budget", "actual") and not fund and state.labelled is None
        dated_whole = state.in_unit_section and subject is None and has(words, "year", "current")
        if plain and (has(words, "self") or dated_whole) and not state.lists.stack:
            return self._expense(state, "total", basis, year, fund)
        if plain and is_executed(state, words):
            return Subject("executed", "total", basis, year)
        of_part = subject is not None and subject.family == "expense" and subject.item != "total"
        if fund and of_part and (state.lists.stack or fund.value != "general_public_budget"):
            return None  # “三公”经费 17.2 万元（其中：一般公共预算支出 17.2 万元；…）: by funds
        early = basis in ("budget_initial", "budget_adjusted")
        if fund and spending and not early and (subject is None or subject.item == "total"):
            return self._expense(state, "total", basis, year, fund)
        if leaves_list(state) and basis in (None, "actual") and spending:
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
        outline = self.context.outline
        known = self.context.year
        ahead = self.context.budget_text and (year is None or year == known)
        ahead = ahead or (year is not None and known is not None and year > known)
        headed = outline.of_a_budget and year in (
            None, outline.year_of_account or self.context.year,
        )  # fmt: skip
        return "budget" if ahead or headed else "actual"
