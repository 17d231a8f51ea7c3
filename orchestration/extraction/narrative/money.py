"""Sentences about money: levels, what they were the year before, changes, shares, 其中 lists.

Families 1–10, 13–15, 17 and 22 of DOMAIN.md §3. A sentence is read figure by figure; the words of
the clause before a figure say what it is. A clause with words the lexicon does not know makes no
figure, and nothing after it inherits an older subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from orchestration.extraction.narrative.context import Context, Mention
from orchestration.extraction.narrative.lists import Lists
from orchestration.extraction.narrative.numbers import Figure, find_figures, tail
from orchestration.extraction.narrative.phrases import (
    after_compare,
    against_budget,
    basis_of,
    compared_before,
    completes_budget,
    is_change,
    is_only,
    is_unknown,
    item_of,
    rises_from,
    rises_to,
    year_bracket,
)
from orchestration.extraction.narrative.sections import spending_name
from orchestration.extraction.narrative.subjects import (
    State,
    Subject,
    SubjectFinder,
    is_general,
    subject_of,
)
from orchestration.extraction.narrative.textmap import TextMap
from orchestration.extraction.narrative.words import Word, first_of, has, lexicon
from orchestration.extraction.projects import find_project
from orchestration.extraction.text import compact
from orchestration.reading.document import Paragraph


class MoneyReader:
    """Reads the money figures of sentences into a :class:`Context`."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.lexicon = lexicon()
        self.subjects = SubjectFinder(context)
        #: The amount that the sentence before this one is about (``…万元。其中：…``).
        self._before_sentence: Mention | None = None
        #: The sentence before was about something that no table holds.
        self._foreign_before = False
        #: The sentence before was about the unit itself; the next one of its paragraph goes on.
        self._unit_before = False

    def begin_paragraph(self) -> None:
        """Nothing of the paragraph before carries on."""
        self._before_sentence = None
        self._foreign_before = False
        self._unit_before = False

    def say_unit(self) -> None:
        """The paragraph speaks of the unit's own money (``2、支出：…``)."""
        self._unit_before = True

    # --- a sentence ------------------------------------------------------------------------------

    def read(
        self, paragraph: Paragraph, sentence: TextMap, masked: str, label: Subject | None = None
    ) -> None:
        """Read a sentence; ``masked`` is its compact text with typed formulas blanked out."""
        figures = find_figures(masked)
        lists = Lists(self.context.builder)
        state = State(paragraph, sentence, masked, lists, subject=label, labelled=label)
        state.units = [f.unit for f in figures if f.kind == "money" and f.unit]
        state.about_unit = label is not None or self._unit_before
        state.several_units = bool(_OTHER_UNITS.search(masked) and _OWN_PART.search(masked))
        end = 0
        for figure in figures:
            self._figure(state, figure, masked[end : figure.start], end)
            end = figure.end
        self._before_sentence = state.whole or state.first
        self._foreign_before = bool(figures) and state.first is None and not state.budget_context
        self._unit_before = state.about_unit and state.project is None and not state.foreign

    def _cut(self, phrase: str) -> list[Word]:
        return self.lexicon.cut(phrase, self.context.own_names)

    def _figure(self, state: State, figure: Figure, phrase: str, start: int) -> None:
        clause = self._own_project(state, tail(phrase))
        words = self._cut(clause)
        if has(words, "self", "year", "current") and not is_unknown(words):
            state.about_unit = True
        self._lists(state, phrase, words)
        if has(words, "year", "current") or basis_of(words) == "actual":
            state.planned = False
        if _INTENT.search(clause) and not self.context.budget_text:
            state.planned = True
        if state.muted or state.planned:
            return
        if figure.is_range or figure.kind in ("persons", "copies", "points", "other"):
            self._counted(state, figure, clause)
        elif self._levels_of_change(state, figure, phrase):
            return
        elif figure.kind == "percent":
            self._percent(state, figure, words, start)
        else:
            told = self._told(state, figure, clause, words)
            if told and (figure.kind != "bare" or self._bare_is_money(state, figure, told)):
                self._money(state, figure, told, start)

    def _counted(self, state: State, figure: Figure, clause: str) -> None:
        """A count of things or people: what money comes next may be theirs."""
        state.subject = state.labelled if figure.kind == "other" else state.subject
        state.counted = state.counted or figure.kind == "other"
        of_projects = figure.kind == "other" and "项目" in clause
        if of_projects and self._project_of(state) is None:
            state.foreign = True  # 部门预算项目共 6 个，预算金额 …：the money of the projects

    def _told(
        self, state: State, figure: Figure, clause: str, words: list[Word]
    ) -> list[Word] | None:
        """The words of a clause that says what its amount is; None where nobody can tell."""
        if is_unknown(words) and self._local_project(state, words):
            words = words[-1:]
        if is_unknown(words):
            if not self._named_project(state, figure, clause):
                state.subject, state.compare, state.last = state.labelled, None, None
                state.lists.close()
                state.foreign = True
            return None
        another = self.context.speaks_for_another(words) or bool(_FAULT.search(clause))
        if another or (state.several_units and _OWN_PART.search(clause)):
            state.subject, state.last, state.foreign = None, None, True
            return None  # 本级支出 700 万元，所属单位支出 300 万元: neither is the department's
        if has(words, "project") and self._project_of(state) is None:
            state.foreign = item_of(words, "expense") is None  # 项目 5 个，预算资金 300 万元
        elif has(words, "self", "year", "current"):
            state.foreign = False
        return words

    def _levels_of_change(self, state: State, figure: Figure, phrase: str) -> bool:
        """``由上年的 1200 万元增加到 1350 万元``: the levels of two years, no change."""
        whose = rises_from(phrase, state.text[figure.end :])
        if whose is None and not rises_to(phrase):
            return False
        if figure.kind != "money":
            return True
        if whose is not None:
            words = self._cut(re.sub(r"[由从]", "", tail(phrase)))
            named = item_of(words, "expense", "revenue") or has(words, "spend", "income")
            if named and not is_unknown(words):
                plain = [w for w in words if w.role not in ("prior", "compare")]
                state.subject = self.subjects.subject(state, plain)
            known = state.subject is not None and state.subject.family in ("expense", "revenue")
            told = re.search(r"上年|去年|同比", state.text[: figure.start])
            if known and told and not is_unknown(words):
                self._before(state, figure, [Word("prior", "", "上年")])
            elif not known or is_unknown(words):
                state.subject = None
            return True
        if state.subject is not None and state.subject.family in ("expense", "revenue"):
            state.last = self._emit(state, figure, state.subject, "amount")
        return True

    def _own_project(self, state: State, clause: str) -> str:
        """A clause in which the project that the text is about is called ``本项目``."""
        project = self._project_of(state)
        if project is None:
            return clause
        name = compact(project)
        short = re.sub(r"项目$", "", name)
        return next((clause.replace(n, "本项目") for n in (name, short) if n in clause), clause)

    def _local_project(self, state: State, words: list[Word]) -> bool:
        """``森林防火专项经费年初预算 60 万元``: a project that only this sentence is about."""
        if self.context.outline.project is not None or state.lists.parent is not None:
            return False
        last = words[-1]
        if last.role != "basis" or not last.value.startswith("budget"):
            return False
        if has(words, "self", "compare", "direction", "expense"):
            return False
        names = [w.text for w in words[:-1] if w.role != "year"]
        name = spending_name("".join(names))
        if name is None:
            return False
        state.project = find_project(name, self.context.projects) or name
        return True

    def _named_project(self, state: State, figure: Figure, clause: str) -> bool:
        """A part of a list of project spending or of a balance that is a known project's name."""
        parent = state.lists.parent or state.balance
        if parent is None or figure.kind != "money":
            return False
        spending = parent.family == "expense" and parent.fields["item"] in ("project", "total")
        if not spending and parent.family != "balance":
            return False
        printed = re.sub(r"^(?:其中)?:?(?:\d{1,2}[、.])?", "", clause)
        name = find_project(printed, self.context.projects)
        if name is None:
            return False
        year = parent.fields["amount_year"]
        subject = (
            Subject("expense", "total", parent.fields["basis"], year, name)
            if spending
            else Subject("balance", parent.fields["item"], None, year, name)
        )
        found = self._emit(state, figure, subject, "amount")
        self.context.other_names.setdefault(name, []).append((found.spot, printed))
        return True

    def _lists(self, state: State, phrase: str, words: Sequence[Word]) -> None:
        """``其中`` after an amount opens a list of its parts; brackets close one.

        So does a clause after a semicolon that has no item of its own: it goes back to the whole.
        """
        if ")" in phrase:
            state.muted = False
            state.lists.close_bracket()
        phrase = _after_names(phrase)
        bare = item_of(words) is None and not has(words, "?", "funding", "income")
        if ";" in phrase and bare:
            whole = state.lists.close()
            if whole is not None:
                state.subject = subject_of(whole)
        if not re.search(r"其中|包括|具体为|分别为|分别是|主要包括", phrase):
            return
        in_bracket = bool(re.search(r"[(][^)]*$", phrase))
        state.opened = True
        if state.last is None:
            opening = bool(re.match("其中|具体为|包括", phrase)) and state.first is None
            state.breakdown = (opening and self._foreign_before) or state.foreign
            parent = self._before_sentence if opening else None
            state.lists.open(parent, in_bracket=in_bracket, basis=state.basis)
            return
        if state.last.family == "balance" and state.spending is not None:
            state.last = state.spending  # 项目支出 …，结余结转 0 万元，其中：…
        if state.last.fields.get("item") == "procurement":
            state.muted = in_bracket
            state.lists.close()
        elif state.last.family in ("expense", "revenue") and state.last.measure == "amount":
            state.lists.open(state.last, in_bracket=in_bracket)

    @staticmethod
    def _bare_is_money(state: State, figure: Figure, words: Sequence[Word]) -> bool:
        """A figure without a unit is money where the clause says so and its neighbours have one."""
        if figure.value == 0:
            return item_of(words) is not None or has(words, "spend")
        telling = has(words, "spend", "basis") and state.subject is not None
        return bool(state.units) and (telling or item_of(words) is not None)

    # --- money -----------------------------------------------------------------------------------

    def _money(self, state: State, figure: Figure, words: list[Word], start: int) -> None:
        if is_change(words):
            self._change(state, figure, words, start, "change")
        elif has(words, "share", "rate", "exclude"):
            return
        elif has(words, "compare") or is_only(words, "prior") or self._in_bracket(state, figure):
            self._before(state, figure, words)
        elif self._project_of(state) is not None and item_of(words, "expense", "asset") is None:
            self._project(state, figure, words)
        else:
            self._level(state, figure, words)

    @staticmethod
    def _in_bracket(state: State, figure: Figure) -> bool:
        """``5.2 万元（2022 年：6.03 万元）``."""
        return state.last is not None and year_bracket(state.text[: figure.start])

    def _project_of(self, state: State) -> str | None:
        return state.project or self.context.outline.project

    def _level(self, state: State, figure: Figure, words: list[Word]) -> None:
        subject = self.subjects.subject(state, words)
        if subject is not None and state.foreign and is_general(subject, words):
            return
        if subject is None:
            self._no_level(state, words)
            return
        if subject.family in ("initial", "adjust", "annual", "executed", "carry"):
            self._budget(state, figure, words, subject)
            return
        if subject.family == "expense":
            if state.opened:
                state.lists.begin(subject.item)
            current = state.lists.current
            if state.breakdown or (current is not None and current.foreign):
                return
        state.opened = False
        state.compare = None
        state.basis = None
        state.year = subject.year if has(words, "year", "current", "prior") else state.year
        state.lists.fit(subject.family, subject.item)
        found = self._emit(state, figure, subject, "amount")
        prior = first_of(words, "prior") is not None
        measured = completes_budget(words) and state.subject is not None
        if not prior and not measured:
            state.subject = subject
        state.last = found
        if subject.family == "balance":
            state.balance = found
        elif subject.family == "expense":
            state.spending = found
        state.lists.join(found)
        if state.first is None:
            state.first = found
        elif not prior and _goes_over(state.first, found):
            state.whole = found

    @staticmethod
    def _no_level(state: State, words: list[Word]) -> None:
        """What an amount that is nobody's means for those after it."""
        fund = first_of(words, "funding")
        if fund is not None and fund.value != "general_public_budget":
            state.foreign = True  # 政府性基金支出 300 万元，其中：基本支出 …
        if item_of(words) is None and not has(words, "part"):
            state.last = None

    def _budget(self, state: State, figure: Figure, words: list[Word], subject: Subject) -> None:
        """Whole-department budgets stated in text: fct_budget columns and fct_revenue rows."""
        state.budget_context = True
        state.compare = None
        state.basis = _LIST_BASIS.get(subject.family, state.basis)
        if subject.family in ("initial", "annual"):
            state.fund = subject.item if subject.item != "total" else None
        if subject.family == "carry":
            state.last = self._emit(state, figure, replace(subject, family="revenue"), "amount")
            return
        if subject.family == "adjust":
            sign = Decimal(first_of(words, "adjust").value)  # type: ignore[union-attr]
            signed = replace_value(figure, figure.value * sign)
            self._emit(state, signed, replace(subject, family="budget"), "adjustment")
            if sign > 0:
                row = replace(subject, family="revenue", item="supplementary_budget")
                self._emit(state, figure, row, "amount")
            return
        if subject.family == "initial":
            state.of_income = has(words, "income")
        elif subject.family == "executed" and state.of_income:
            self._emit(
                state, figure, Subject("revenue", subject.item, None, subject.year), "amount"
            )
            state.last = None
            return
        measure = {"initial": "initial_budget", "annual": "annual_budget", "executed": "executed"}
        budget = replace(subject, family="budget", basis=None)
        self._emit(state, figure, budget, measure[subject.family])
        if subject.family == "initial" and subject.item == "total" and not has(words, "spend"):
            row = Subject("revenue", "initial_budget", None, subject.year)
            self._emit(state, figure, row, "amount")
        if subject.family == "executed" and subject.item == "total":
            row = Subject("expense", "total", "actual", subject.year)
            self._emit(state, figure, row, "amount")
        state.last = None

    # --- a project's section ---------------------------------------------------------------------

    def _project(self, state: State, figure: Figure, words: list[Word]) -> None:
        """Figures of the project the section is about (family 13 and 14)."""
        outline = self.context.outline
        year = self.subjects.year_of(words, state)
        project = self._project_of(state)
        if state.foreign and state.project is None:
            return  # a part of the project, or another one, has been named: not this one's money
        base = Subject("budget", "total", None, year, project)
        balance = item_of(words, "balance")
        basis = basis_of(words)
        fund = first_of(words, "funding")
        if fund is not None and not has(words, "generic", "project", "basis"):
            return
        if balance is not None:
            if state.project is None and not (state.budget_context or _of_project(words)):
                return  # 应急资金 …，结余 210 万元: of a part that another sentence named
            row = Subject("balance", balance.value, None, year, project)
            self._emit(state, figure, row, "amount")
        elif has(words, "adjust"):
            sign = Decimal(first_of(words, "adjust").value)  # type: ignore[union-attr]
            signed = replace_value(figure, figure.value * sign)
            self._emit(state, signed, base, "adjustment")
        elif basis in ("budget_initial", "budget_adjusted"):
            measure = "initial_budget" if basis == "budget_initial" else "annual_budget"
            self._emit(state, figure, base, measure)
        elif basis == "actual" or has(words, "spend"):
            self._emit(state, figure, base, "executed")
            row = Subject("expense", "total", "actual", year, project)
            self._emit(state, figure, row, "amount")
        elif state.counted and not has(words, "basis"):
            return  # 企业 22 家，资金 420 万元: what some of them got
        elif has(words, "generic", "project", "basis") and not state.budget_context:
            measure = "annual_budget" if outline.added_midyear or basis else "initial_budget"
            if basis is None and not outline.added_midyear and "年初" not in state.text:
                measure = "annual_budget"
            self._emit(state, figure, base, measure)
        state.budget_context = True

    # --- against another year --------------------------------------------------------------------

    def _before(self, state: State, figure: Figure, words: list[Word]) -> None:
        """``比上年 1.91 万元``: the level of the year before."""
        own = item_of(words, "expense", "revenue")
        if own is not None:
            state.subject = self.subjects.subject(state, [w for w in words if w.role != "prior"])
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
            state.compare = (
                "budget" if basis and basis != "actual" and not has(words, "prior") else "prior"
            )
            earlier = replace(subject, year=year, basis=basis or subject.basis)
            found = self._emit(state, figure, earlier, "amount")
            after = re.match(r"(?:基本|大致|大体)?持平", state.text[figure.end :])
            if after:
                found.fields["compared_word"] = after.group()
        elif basis:
            state.compare = "budget"
            if subject.family == "expense":
                self._emit(state, figure, replace(subject, basis=basis), "amount")

    def _change(
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
            state.compare = compared_before(state.text[start : figure.start])
        spending = any(w.role == "basis" and "支" in w.text for w in words)
        if item_of(words, "expense", "revenue") or has(words, "income", "spend") or spending:
            compared = after_compare(words)
            plain = [w for w in words if w.role not in ("prior", "compare", "direction")]
            plain = [w for w in plain if not (w.role == "basis" and w in compared)]
            if item_of(plain) or has(plain, "income", "spend", "basis"):
                state.subject = self.subjects.subject(state, plain)
        other = has(words, "project") and item_of(words, "expense", "revenue") is None
        if other or self._whose_change(state, figure, words) is None:
            return
        subject = _of_later_year(_of_first_year(state.subject, words), state.first)
        if (
            state.compare != "prior"
            or subject is None
            or subject.family not in ("expense", "revenue")
        ):
            return
        state.subject = subject
        word = [w for w in words if w.role == "direction"][-1]
        signed = replace_value(figure, figure.value * Decimal(word.value))
        found = self._emit(state, signed, subject, measure)
        found.fields["compared_word"] = word.text

    @staticmethod
    def _whose_change(state: State, figure: Figure, words: list[Word]) -> Subject | None:
        """None where a change after a list of parts may be the whole's or the last part's."""
        current = state.lists.current
        named = item_of(words, "expense", "revenue") or has(words, "income", "spend", "self")
        if current is None or current.parent is None or named:
            return state.subject
        listed = state.text[max(state.text.rfind("其中", 0, figure.start), 0) : figure.start]
        if current.parts > 1 and not current.compared and ";" not in listed:
            return None
        current.compared = True
        return state.subject

    # --- per cents -------------------------------------------------------------------------------

    def _percent(self, state: State, figure: Figure, words: list[Word], start: int) -> None:
        if has(words, "share") and not is_change(words):
            subject = state.subject
            part = subject is not None and subject.family == "expense" and subject.item != "total"
            if subject is not None and part and state.last is not None:
                self._emit(state, figure, subject, "share")
            return
        if is_unknown(words):
            return
        if is_change(words):
            self._change(state, figure, words, start, "change_rate")
        elif has(words, "rate") or completes_budget(words):
            project = self._project_of(state)
            named = item_of(words, "expense", "revenue")
            if named is not None and named.value != "total":
                return  # 基本支出执行率 99.1%: of a part
            after_others = self._foreign_before and not state.budget_context
            elsewhere = state.project is None and (state.foreign or after_others)
            if elsewhere or (project is None and completes_budget(words)):
                return
            whole = state.about_unit or state.budget_context or _spends_all(state.first)
            if project is None and not whole:
                return
            subject = Subject("budget", "total", None, self.subjects.year_of(words, state), project)
            self._emit(state, figure, subject, "execution_rate")

    # --- units, output ---------------------------------------------------------------------------

    def _emit(self, state: State, figure: Figure, subject: Subject, measure: str) -> Mention:
        spot = self.context.spot(state.paragraph, state.sentence, figure.start, figure.end)
        unit, source = self._unit(state, figure)
        fields: dict[str, object] = {
            "item": subject.item,
            "unit": unit,
            "unit_source": source,
            "project_name": subject.project,
            "is_approximate": figure.approximate,
        }
        if subject.family == "expense":
            fields["basis"] = subject.basis
        if subject.family in ("expense", "revenue", "balance"):
            fields["amount_year"] = subject.year
        found = self.context.mention(
            spot, subject.family, measure, figure.value, weak=subject.weak, **fields
        )
        if subject.family == "budget" and subject.year not in (None, self.context.year):
            self.context.mentions.pop()  # a budget of another year has no place in this report's
            return found
        if figure.kind in ("bare", "misprint") and figure.value != 0 and measure not in (
            "change_rate", "share", "execution_rate",
        ):  # fmt: skip
            self._doubtful_unit(spot, figure, subject, unit)
        return found

    def _unit(self, state: State, figure: Figure) -> tuple[str | None, str | None]:
        if figure.kind == "percent":
            return "%", "cell"
        if figure.kind == "money":
            self.context.last_unit = figure.unit
            return figure.unit, "cell"
        siblings = state.units or ([self.context.last_unit] if self.context.last_unit else [])
        unit = max(set(siblings), key=siblings.count) if siblings else None
        if unit is None and figure.value == 0:
            unit = "元"  # zero is zero in any unit
        return unit, "inferred" if unit else None

    def _doubtful_unit(
        self, spot: object, figure: Figure, subject: Subject, unit: str | None
    ) -> None:
        kind = "missing_unit" if figure.kind == "bare" else "misprinted_unit"
        already = [
            s for s in self.context.builder.records("statement")
            if s.kind == kind and s.source_text == spot.text and s.stated_value == figure.value  # type: ignore[attr-defined]
        ]  # fmt: skip
        if already:
            return
        detail = (
            f"金额{figure.value}未印单位，按同句其他金额读作{unit}"
            if kind == "missing_unit"
            else f"单位印作“{figure.unit}”，按同句其他金额读作{unit}"
        )
        self.context.builder.statement(
            spot,  # type: ignore[arg-type]
            kind=kind,
            scope="project" if subject.project else "department",
            project_name=subject.project,
            subject=subject.item,
            stated_value=figure.value,
            value_unit=figure.unit,
            detail=detail,
        )


def _of_project(words: Sequence[Word]) -> bool:
    """Whether a clause on what is left speaks of the project or of the year's end."""
    balance = item_of(words, "balance")
    told = balance is not None and re.match(
        r"年末|年终|年底|指标|累计|当年|本年|项目", balance.text
    )
    return bool(told) or has(words, "project", "self", "year", "current", "time", "funding")


#: What auditors found: no amount of an item.
_FAULT = re.compile(r"多列|虚列|违规|超标|挪用|挤占|套取|截留|超范围|不合规|审减|核减额")
_INTENT = re.compile(r"拟|预计|力争|计划(?![内外数科处股室财统生])")
#: The head office of a department, and what belongs to the department beside it.
_OWN_PART = re.compile(r"本级|[局厅委办]机关|机关本部|局本部")
_OTHER_UNITS = re.compile(
    r"(?:所属|下属|局属|厅属|委属|直属|下辖|二级)[^,;。]{0,12}(?:单位|中心|院|所|站|学校)"
)
#: The basis of the parts listed after a whole budget (``年初预算 …，其中基本支出 …``).
_LIST_BASIS = {"initial": "budget_initial", "annual": "budget_adjusted", "executed": "actual"}


def _goes_over(first: Mention, later: Mention) -> bool:
    """``预算 42 万元，实际支出 28.65 万元。其中：``: the parts are those of what was spent."""
    same = ("item", "amount_year", "project_name")
    return (
        later.family == first.family == "expense"
        and all(later.fields.get(n) == first.fields.get(n) for n in same)
        and later.fields.get("basis") == "actual"
    )


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


def _spends_all(first: Mention | None) -> bool:
    """Whether a sentence began with all that the unit spent (``全年支出 …，预算执行率 …``)."""
    if first is None or first.family != "expense" or first.fields.get("project_name"):
        return False
    return first.fields["item"] == "total" and first.fields.get("basis") == "actual"


def _after_names(phrase: str) -> str:
    """A phrase without a list of names alone (``主要包括：基本工资、津贴补贴；``)."""
    return re.sub(r"(?:主要)?包括[^;]*、[^;]*;(?=.)", ";", phrase)


def replace_value(figure: Figure, value: Decimal) -> Figure:
    """The same figure with another value (its sign)."""
    return replace(figure, value=value)
