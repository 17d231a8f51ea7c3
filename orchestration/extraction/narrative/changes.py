"""Amounts beside those of another year: the level then, the change, its rate, shares, rates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from orchestration.extraction.narrative.context import Context, Mention
from orchestration.extraction.narrative.emitting import Emitter, replace_value
from orchestration.extraction.narrative.numbers import Figure, fronts, tail
from orchestration.extraction.narrative.phrases import (
    after_compare,
    against_budget,
    basis_of,
    compared_before,
    is_unknown,
    item_of,
    rises_from,
    rises_to,
)
from orchestration.extraction.narrative.state import State
from orchestration.extraction.narrative.subject import Subject, subject_of
from orchestration.extraction.narrative.subjects import SubjectFinder
from orchestration.extraction.narrative.surroundings import told_of_both
from orchestration.extraction.narrative.trail import (
    BESIDE,
    CHANGE,
    LEVEL,
    PRIOR,
    UNREAD,
    Told,
    whose_change,
    whose_prior,
)
from orchestration.extraction.narrative.words import Word, first_of, has


class Changes:
    """Notes what a sentence compares (families 6 to 10 of DOMAIN.md §3)."""

    def __init__(self, context: Context, subjects: SubjectFinder, emitter: Emitter) -> None:
        self.context, self.subjects, self.emitter = context, subjects, emitter

    def from_to(self, state: State, figure: Figure, phrase: str) -> bool:
        """``由上年的 1200 万元增加到 1350 万元``: the levels of two years, no change."""
        whose = rises_from(phrase, state.text[figure.end :])
        to = rises_to(phrase)
        if whose is None and to is None:
            return False
        if figure.kind != "money":
            return True
        if to is not None and self._adjusted_to(state, figure, phrase):
            return True
        if whose is not None:
            words = self.subjects.cut(re.sub(r"[由从]", "", tail(phrase)))
            named = item_of(words, "expense", "revenue") or has(words, "spend", "income")
            if named and not is_unknown(words):
                plain = [w for w in words if w.role not in ("prior", "compare", "year")]
                state.subject = self.subjects.subject(state, plain)
            known = state.subject is not None and state.subject.family in ("expense", "revenue")
            told = re.search(r"上年|去年|同比", state.text[: figure.start])
            year = first_of(self.subjects.cut(whose), "year")
            if known and (told or year) and not is_unknown(words):
                self.before(state, figure, [year or Word("prior", "", "上年")])
            elif not known or is_unknown(words):
                state.subject = None
            return True
        if state.subject is not None and state.subject.family in ("expense", "revenue"):
            told_year = to["year"] if to is not None else None
            now = replace(state.subject, year=int(told_year)) if told_year else state.subject
            state.last = self.emitter.emit(state, figure, now, "amount")
        return True

    def _adjusted_to(self, state: State, figure: Figure, phrase: str) -> bool:
        """``年初预算 685 万元，执行中调整为 702 万元``: the budget of the year."""
        before = state.trail[-1] if state.trail else None
        if before is None or before.budget_kind != "initial" or not _ADJUSTED_TO.search(phrase):
            return False
        year = before.mention.fields.get("amount_year") if before.mention else None
        subject = Subject("budget", "total", None, year, self.subjects.project_of(state))
        self.emitter.emit(state, figure, subject, "annual_budget")
        state.budget_kind = "annual"
        return True

    def before(self, state: State, figure: Figure, words: list[Word]) -> None:
        """``比上年 1.91 万元``: the level of the year before."""
        own = item_of(words, "expense", "revenue")
        spends = any(w.role == "basis" and "支" in w.text for w in words)
        whole = state.about_unit and state.subject is None
        whole = whole and (spends or has(words, "spend", "income"))
        if whole and own is None and (state.foreign or state.topic):
            return  # 某设备购置支出 251 万元，比上年支出 285 万元
        if own is not None or whole:
            compared = after_compare(words)
            plain = [w for w in words if w.role != "prior"]
            plain = [w for w in plain if not (w.role in ("basis", "year") and w in compared)]
            state.subject = self.subjects.subject(state, plain)
        elif has(words, "prior", "year") and not self._settle_prior(state, figure):
            return
        subject = state.subject
        if subject is None and state.last is not None and state.last.family == "revenue":
            subject = Subject(
                "revenue", state.last.fields["item"], None, state.last.fields["amount_year"]
            )
        if subject is None or subject.family not in ("expense", "revenue"):
            return
        basis = basis_of(words)
        if has(words, "prior", "year"):
            year = self.subjects.year_of(words, state, from_year=subject.year)
            of_budget = basis and basis != "actual" and not has(words, "prior")
            both = str(subject.basis).startswith("budget") and year == (subject.year or 0) - 1
            state.compare = "budget" if of_budget and not both else "prior"
            if subject.year is not None and year is not None and year != subject.year - 1:
                state.compare = "other"  # 比 2019 年 58 万元减少: no column is for that change
            if _of_either(state, subject, basis):
                return  # 支出 2.1 万元，预算 3 万元，上年 2.5 万元: spent or budgeted then
            earlier = replace(subject, year=year, basis=basis or subject.basis)
            found = self.emitter.emit(state, figure, earlier, "amount")
            after = re.match(r"(?:基本|大致|大体)?持平", state.text[figure.end :])
            if after:
                found.fields["compared_word"] = after.group()
        elif basis:
            state.compare = "budget"
            if subject.family == "expense":
                self.emitter.emit(state, figure, replace(subject, basis=basis), "amount")

    def _settle_prior(self, state: State, figure: Figure) -> bool:
        """Settle whose the level of a year before is, behind a list; False where nobody can tell.

        ``…12.74 万元，其中接待费 5 万元、用车 7 万元，较上年 14.08 万元下降 9.52%``: what is said
        behind it proves it.
        """
        whose = whose_prior(state.trail, state.text, figure)
        if whose is not None and whose.mention is not None:
            if whose.mention is not state.last:
                state.lists.close()
                state.subject, state.last = subject_of(whose.mention), whose.mention
            return True
        current = state.lists.current
        in_list = current is not None and current.parts > 1 and not current.compared
        between = state.text[state.trail[-1].figure.end : figure.start] if state.trail else ""
        if in_list or ")" in between:
            state.subject = None
            return False
        return True

    def change(
        self, state: State, figure: Figure, words: list[Word], start: int, measure: str
    ) -> None:
        """``减少 0.4 万元``, ``下降 20.9%``: signed by the direction word."""
        if has(words, "compare", "prior"):
            state.compare = "budget" if against_budget(words) else "prior"
            year = first_of(after_compare(words), "year")
            told = first_of(words, "year")
            known = state.subject.year if state.subject else self.context.year
            if told is not None and told is not year:
                known = int(told.value)  # 2021 年比 2020 年增加
            if year is not None and known is not None and int(year.value) != known - 1:
                state.compare = "other"  # 比 2019 年: against a year that no column is for
        elif state.compare is None:
            year_now = state.subject.year if state.subject else self.context.year
            own = first_of(words, "year")
            year_now = int(own.value) if own else year_now
            state.compare = compared_before(state.text[start : figure.start], year_now)
        if has(words, "carry", "unlisted", "adjust") and item_of(words) is None:
            state.compare = None
            return  # 财政拨款收入增加 655 万元，上年结转增加 47 万元
        spending = any(w.role == "basis" and "支" in w.text for w in words)
        if item_of(words, "expense", "revenue") or has(words, "income", "spend") or spending:
            compared = after_compare(words)
            plain = [w for w in words if w.role not in ("prior", "compare", "direction")]
            plain = [w for w in plain if not (w.role in ("basis", "year") and w in compared)]
            if item_of(plain) or has(plain, "income", "spend", "basis"):
                state.subject = self.subjects.subject(state, plain)
        other = has(words, "project") and item_of(words, "expense", "revenue") is None
        whose = None if other else self._whose_change(state, figure, words)
        if whose is None or self._other_before(state, figure, words, start, whose):
            return
        subject = _of_later_year(_of_first_year(whose, words), state.first)
        if (
            state.compare != "prior"
            or subject is None
            or subject.family not in ("expense", "revenue")
        ):
            return
        state.subject = subject
        word = [w for w in words if w.role == "direction"][-1]
        signed = replace_value(figure, figure.value * _direction(words))
        found = self.emitter.emit(state, signed, subject, measure)
        found.fields["compared_word"] = word.text
        state.both_sides = state.both_sides or told_of_both(words)
        if state.both_sides and (subject.family, subject.item) == ("revenue", "total"):
            basis = self.subjects.default_basis(subject.year)
            spent = Subject("expense", "total", basis, subject.year, weak=True)
            mirrored = self.emitter.emit(state, signed, spent, measure)
            mirrored.fields["compared_word"] = word.text

    def _other_before(
        self, state: State, figure: Figure, words: list[Word], start: int, whose: Subject
    ) -> bool:
        """``公务接待费与预算持平，比上年增加 0.4 万元``: no change of an item told before it."""
        if item_of(words, "expense", "revenue") is not None:
            return False
        clauses = fronts(re.split("[;。]", state.text[start : figure.start])[-1])
        named = (item_of(self.subjects.cut(c), "expense") for c in clauses if _FLAT.search(c))
        if not any(item is not None and item.value != whose.item for item in named):
            return False
        state.subject = None
        return True

    def _whose_change(self, state: State, figure: Figure, words: list[Word]) -> Subject | None:
        """None where nobody can tell which of the amounts before a change it is of."""
        if "分别" in state.text[max(figure.start - 12, 0) : figure.start]:
            return None  # 会议费 …，培训费 …，分别下降 20% 和增长 9.1%
        before = state.trail[-1] if state.trail else None
        # 21.6 万元，…，比上年 22.85 万元减少 1.25 万元
        sure = before is not None and before.kind == PRIOR and _between(state.last, before, figure)
        if sure and state.lists.current is not None:
            state.lists.current.compared = True
        if sure or item_of(words, "expense", "revenue") or has(words, "income", "spend", "self"):
            return state.subject
        if before is not None and before.kind == CHANGE and not has(words, "compare", "prior"):
            return state.subject if before.mention is not None else None  # 减少 2 万元，下降 10%
        behind = _RATE_BEHIND.match(state.text[figure.end :])
        signed = figure.value * _direction(words)
        rate = Decimal(behind["rate"]) if behind and figure.kind == "money" else None
        of, proved = whose_change(state.trail, state.text, figure, signed, rate)
        if of is not None and of.kind != LEVEL and (proved or of.kind in (UNREAD, BESIDE)):
            return None  # 支出 1000 万元，到位资金 900 万元，比上年增加 50 万元，增长 5.9%
        bracket = of is not None and of.kind == LEVEL and _behind_bracket(state, of, figure)
        if not (proved or bracket) or of is None or of.mention is None:
            return _of_list(state, figure)
        if of.mention is not state.last:
            state.lists.close()
        elif state.lists.current is not None:
            state.lists.current.compared = True
        return subject_of(of.mention)


def _of_either(state: State, subject: Subject, basis: str | None) -> bool:
    """Whether budget and spending of an item were told, and its year before in a bare word."""
    if basis is not None or not str(subject.basis).startswith("budget"):
        return False
    told = [t.mention.fields for t in state.trail if t.kind == LEVEL and t.mention is not None]
    return any((f.get("item"), f.get("basis")) == (subject.item, "actual") for f in told)


def _between(last: Mention | None, before: Told, figure: Figure) -> bool:
    """Whether a change is exactly that between the level in force and the year before it."""
    if last is None or last.value is None or last.fields.get("unit") != before.figure.unit:
        return False
    return abs(last.value - before.figure.value) == figure.value


def _behind_bracket(state: State, of: Told, figure: Figure) -> bool:
    """``支出 2.86 万元（接待 …、用车 …），同比下降 10.63%``: of what the bracket is behind."""
    between = state.text[of.figure.end : figure.start]
    return between.startswith("(") and ")" in between


def _of_first_year(subject: Subject | None, words: Sequence[Word]) -> Subject | None:
    """``2021 年比 2020 年增加``: the change is that of the year before the comparison."""
    years = [i for i, w in enumerate(words) if w.role == "year"]
    compares = [i for i, w in enumerate(words) if w.role == "compare"]
    if subject is None or not years or not compares or years[0] > compares[0]:
        return subject
    return replace(subject, year=int(words[years[0]].value))


def _of_later_year(subject: Subject | None, first: Mention | None) -> Subject | None:
    """``2023 年支出 …，2022 年支出 …，同比增加``: the change is the later year's."""
    if subject is None or first is None or subject.year is None:
        return subject
    same = first.family == subject.family and first.fields.get("item") == subject.item
    later = first.fields.get("amount_year") == subject.year + 1
    return replace(subject, year=subject.year + 1) if same and later else subject


#: Plain words before 调整为: no item of its own has been named.
_ADJUSTED_TO = re.compile(
    r"^[,;。(]?(?:(?:19|20)\d{2}年)?(?:\d{1,2}月(?:份|底)?)?(?:年度?|预算)?(?:执行|年)?(?:中|过程中|期间|终|末|内)?(?:经)?(?:部门|全年)?(?:预算)?(?:数)?"
    r"调整(?:到|至|为)(?:了)?$"
)
#: An item said to be as it was budgeted, without its figure.
_FLAT = re.compile("无(?:增减)?变化|没有(?:增减)?变化|持平|一致|无增减|不变")
_RATE_BEHIND = re.compile(
    r"^,?(?:同比|比上年|较上年|增幅|降幅|减幅)*(?:增长|上升|增加|提高|下降|降低|减少|压减|为|了|约|达)*(?P<rate>\d+(?:\.\d+)?)%"
)


def _direction(words: Sequence[Word]) -> Decimal:
    """The sign of the last word of direction."""
    told = [w for w in words if w.role == "direction"]
    return Decimal(told[-1].value) if told else Decimal(1)


def _of_list(state: State, figure: Figure) -> Subject | None:
    """Behind a list of parts a change may be the whole's or the last part's: nobody's."""
    current = state.lists.current
    if current is None or current.parent is None:
        return state.subject
    listed = state.text[max(state.text.rfind("其中", 0, figure.start), 0) : figure.start]
    if current.parts > 1 and not current.compared and ";" not in listed:
        return None
    current.compared = True
    return state.subject
