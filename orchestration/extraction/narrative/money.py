"""Sentences about money: levels, what they were the year before, changes, shares, 其中 lists.

Families 1–10, 13–15, 17 and 22 of DOMAIN.md §3. A sentence is read figure by figure; the words of
the clause before a figure say what it is. A clause with words the lexicon does not know makes no
figure, and nothing after it inherits an older subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from orchestration.extraction.narrative.asides import (
    OF_MANY,
    Topics,
    goes_on_about_place,
    is_about_place,
    speaks_for_itself,
)
from orchestration.extraction.narrative.changes import Changes
from orchestration.extraction.narrative.clauses import Clauses, plain
from orchestration.extraction.narrative.comparisons import begins_with_comparison, continues
from orchestration.extraction.narrative.context import Context, Mention
from orchestration.extraction.narrative.emitting import Emitter
from orchestration.extraction.narrative.left_alone import (
    note_distribution,
    report_more_years,
    report_sums_of_many,
    report_topic,
    report_unknown,
)
from orchestration.extraction.narrative.levels import Levels
from orchestration.extraction.narrative.listing import Before, Listing
from orchestration.extraction.narrative.lists import Lists, in_full
from orchestration.extraction.narrative.numbers import Figure, find_figures, tail, torn
from orchestration.extraction.narrative.outline import is_money, is_unit_money
from orchestration.extraction.narrative.own_projects import OwnProjects
from orchestration.extraction.narrative.percents import Percents
from orchestration.extraction.narrative.periods import is_of_one_year, is_proved
from orchestration.extraction.narrative.phrases import (
    basis_of,
    counts_all_units,
    is_change,
    is_measure,
    is_only,
    is_unknown,
    item_of,
    of_all_units,
    year_bracket,
)
from orchestration.extraction.narrative.respective import respective
from orchestration.extraction.narrative.sections import item_project
from orchestration.extraction.narrative.state import State
from orchestration.extraction.narrative.subject import Subject, subject_of
from orchestration.extraction.narrative.subjects import SubjectFinder
from orchestration.extraction.narrative.surroundings import (
    changes_item,
    in_a_project,
    names_a_project,
    of_the_unit,
    speaks_of_a_fund,
    tells_its_funds,
)
from orchestration.extraction.narrative.textmap import TextMap
from orchestration.extraction.narrative.trail import LEVEL, told
from orchestration.extraction.narrative.wholes import drop_wholes
from orchestration.extraction.narrative.words import Word, first_of, has
from orchestration.extraction.projects import find_project
from orchestration.reading.document import Paragraph


class MoneyReader:
    """Reads the money figures of sentences into a :class:`Context`."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.subjects = SubjectFinder(context)
        self.emitter = Emitter(context)
        self.levels = Levels(context, self.subjects, self.emitter)
        self.changes = Changes(context, self.subjects, self.emitter)
        self.percents = Percents(context, self.subjects, self.emitter, self.changes)
        self.projects = OwnProjects(context, self.subjects, self.emitter)
        self.listing = Listing(context)
        self.clauses = Clauses(context, self.subjects)
        self.topics = Topics(self.subjects)
        #: The amount that the sentence before this one is about (``…万元。其中：…``).
        self._before_sentence: Mention | None = None
        #: All levels of that sentence.
        self._levels_before: tuple[Mention, ...] = ()
        #: The sentence before was about something that no table holds.
        self._foreign_before = False
        #: The sentence before was about the unit itself; the next one of its paragraph goes on.
        self._unit_before = False
        #: The year that the paragraph begins with.
        self._year: int | None = None
        #: The paragraph tells sums over all offices of a place.
        self._of_others = False
        #: It, or one before it, is about what a whole place spends.
        self._of_place = False
        #: So was the paragraph before (``与上年相比，支出增加 …``).
        self._unit_paragraph = False

    def begin_paragraph(self, text: str) -> None:
        """Nothing of the paragraph before carries on, but whose money it was about."""
        told = _OPENING_YEAR.match(text)
        self._year = int(told[1]) if told else None
        names = self.context.own_names
        goes_on = self._of_place and goes_on_about_place(text, names)
        self._of_place = goes_on or is_about_place(text, names)
        self._of_others = self._of_place or bool(OF_MANY.search(text))
        self._unit_paragraph = self._unit_before
        self.topics.begin_paragraph()
        self._before_sentence = None
        self._levels_before = ()
        self._foreign_before = False
        self._unit_before = False

    def say_unit(self) -> None:
        """The paragraph speaks of the unit's own money (``2、支出：…``)."""
        self._unit_before = True

    def read(
        self, paragraph: Paragraph, sentence: TextMap, masked: str, label: Subject | None = None
    ) -> None:
        """Read a sentence; ``masked`` is its compact text with typed formulas blanked out."""
        figures = find_figures(masked)
        if self._of_others and not speaks_for_itself(masked):
            report_sums_of_many(self.context, paragraph, sentence, figures)
            return
        lists = Lists(self.context.builder)
        state = State(paragraph, sentence, masked, lists, subject=label, labelled=label)
        if self.context.outline.project is None:
            state.project = item_project(masked)
        state.of_fund = speaks_of_a_fund(masked, self.context.outline.chain)
        state.after_foreign = self._foreign_before
        state.figures, state.noted = figures, len(self.context.mentions)
        state.units = [f.unit for f in figures if f.kind == "money" and f.unit]
        state.in_unit_section = self._in_unit_section(masked)
        state.stray = (
            label is None
            and not (state.in_unit_section or self._unit_before)
            and self.topics.stray(self.context.outline.heading)
        )
        state.about_unit = (
            label is not None
            or self._unit_before
            or state.in_unit_section
            or (self._unit_paragraph and begins_with_comparison(masked))
            or bool(self.context.outline.project is None and _OWN_ACCOUNT.search(masked))
        )
        others = self.context.has_units or _OTHER_UNITS.search(masked)
        state.several_units = bool(others and _OWN_PART.search(masked))
        if label is None and continues(self._before_sentence, masked, figures):
            state.last = self._before_sentence
            state.subject = subject_of(self._before_sentence) if self._before_sentence else None
        if self._year is not None and self.context.outline.year_of_account is not None:
            state.year = state.first_year = self._year
        end = 0
        whose = respective(masked, figures)
        for figure in figures:
            phrase = whose.get(figure.start, masked[end : figure.start])
            if phrase is not None:
                self._figure(state, figure, phrase, end)
            end = figure.end
        self._report_torn(state)
        drop_wholes(self.context, state)
        self.projects.settle_projects(state)
        self._before_sentence = state.whole or state.first
        self._levels_before = tuple(
            t.mention for t in state.trail if t.mention is not None and t.kind == LEVEL
        )
        self._foreign_before = bool(figures) and state.first is None and not state.budget_context
        self._unit_before = state.about_unit and state.project is None and not state.foreign

    def _report_torn(self, state: State) -> None:
        """Say that a number in two pieces was left alone, where its words name an amount."""
        for first, second in torn(state.text, state.figures):
            words = self.subjects.cut(tail(state.text[: first.start]))
            if is_unknown(words) or not (item_of(words) or has(words, "spend", "basis", "income")):
                continue
            self.context.builder.issue(
                self.context.spot(state.paragraph, state.sentence, first.start, second.end),
                kind="unread_figure",
                message=f"数字“{state.text[first.start : second.end]}”中间有空格或换行，无法确认，"
                "未采用 | a blank or a line end parts this number: left alone",
            )

    def _in_unit_section(self, masked: str) -> bool:
        """Under ``（一）预算执行情况`` the text speaks of the unit until it says otherwise."""
        outline = self.context.outline
        if outline.project is not None or self.context.evaluates or self._foreign_before:
            return False
        label = masked.split(":", 1)[0] if ":" in masked else ""
        if self.context.of_whole and is_money(label or outline.heading, outline.chain):
            return True
        return outline.of_unit_money or is_unit_money(label)

    def _figure(self, state: State, figure: Figure, phrase: str, start: int) -> None:
        noted = len(self.context.mentions)
        words = self._read_figure(state, figure, phrase, start)
        if figure.kind in ("money", "misprint") or (figure.kind == "percent" and is_change(words)):
            new = self.context.mentions[noted:]
            measure = is_measure(state.text, figure.end)
            state.trail.append(told(figure, words, new, None if measure else state.last))

    def _read_figure(self, state: State, figure: Figure, phrase: str, start: int) -> list[Word]:
        """Read a figure with the words before it; gives these."""
        self._labels(state, phrase)
        state.behind_semicolon = phrase.startswith(";")
        clause = in_full(state.last, self.projects.own_project(state, tail(phrase)))
        clause = plain(of_all_units(clause, state.text[: figure.start]))
        words = self.clauses.words(state, figure, phrase, clause)
        told_whole = any(w.role == "basis" and "部门" in w.text for w in words)
        if (told_whole or has(words, "self", "year", "current")) and not is_unknown(words):
            state.about_unit = True
        before = Before(self._before_sentence, self._foreign_before, self._levels_before)
        self.listing.enter(state, phrase, words, figure, before)
        if state.unheld:
            return words
        if has(words, "year", "current") or basis_of(words) == "actual":
            state.planned = False
        if _INTENT.search(clause) and not self.context.budget_text:
            state.planned = True
        if has(words, "self"):
            state.project = None  # “装备购置”项目支出 …，本单位支出 …
        if state.muted or state.planned:
            return words
        if figure.is_range or figure.kind in ("persons", "copies", "points", "other"):
            self._counted(state, figure, clause)
        elif self.changes.from_to(state, figure, phrase):
            return words
        elif figure.kind == "percent":
            self.percents.read(state, figure, words, start)
        else:
            of_topic = self._of_topic(state, figure, phrase, words)
            said = None if of_topic else self._told(state, figure, clause, words)
            if said and (figure.kind != "bare" or self._bare_is_money(state, figure, said)):
                self._money(state, figure, said, start)
        return words

    def _labels(self, state: State, phrase: str) -> None:
        """The project in quotation marks and the year of a label that a phrase opens with."""
        for quoted in _QUOTED_PROJECT.finditer(phrase):
            state.project = find_project(quoted["name"], self.context.projects) or quoted["name"]
        for labelled in _LABEL_YEAR.finditer(phrase):
            words = self.subjects.cut(labelled[1] or labelled[2])
            state.year = state.first_year = self.subjects.year_of(words, None)

    def _of_topic(self, state: State, figure: Figure, phrase: str, words: list[Word]) -> bool:
        """Whether an amount in general words is left alone for a topic named before it."""
        found = self.topics.of_another(
            state, figure, phrase, words, lambda front: self.projects.own_project(state, front)
        )
        if found:
            report_topic(self.context, state, figure, words)
            state.subject, state.last, state.foreign = state.labelled, None, True
            state.leave_lists(figure)
        return found

    def _counted(self, state: State, figure: Figure, clause: str) -> None:
        """A count of things or people: what money comes next may be theirs."""
        if counts_all_units(state.text[: figure.end]):
            return
        state.subject = state.labelled if figure.kind == "other" else state.subject
        state.counted = state.counted or figure.kind in ("other", "persons")
        of_project = figure.kind == "points" and state.project is not None
        state.topic = state.topic or (not of_project and is_unknown(self.subjects.cut(clause)))
        of_projects = figure.kind == "other" and "项目" in clause
        if of_projects and self.subjects.project_of(state) is None:
            state.foreign = True  # 部门预算项目共 6 个，预算金额 …：the money of the projects

    def _told(
        self, state: State, figure: Figure, clause: str, words: list[Word]
    ) -> list[Word] | None:
        """The words of a clause that says what its amount is; None where nobody can tell."""
        if is_unknown(words) and self.projects.local_project(state, words):
            words = words[-1:]
        unlisted = first_of(words, "unlisted")
        if unlisted is not None and not is_unknown(words):
            note_distribution(self.context, state, figure, unlisted)
            state.subject = state.subject if unlisted.value == "same" else state.labelled
            state.last = None
            return None  # 事业收入, 调整预算: the list it stands in goes on
        if is_unknown(words):
            if not self.projects.named_project(state, figure, clause):
                report_unknown(self.context, state, figure, words)
                self.topics.note_owner(state, words)
                state.subject, state.compare, state.last = state.labelled, None, None
                state.leave_lists(figure)
                project = self.subjects.project_of(state)
                state.foreign = project is None or not tells_its_funds(clause)
                if project is None and names_a_project(words):
                    state.of_a_project = True  # 项目总投资 5000 万元，2023年支出 …
            return None
        one_year = is_of_one_year(state.text, clause, words, figure, state.figures)
        if not (one_year or is_proved(state.text, figure, state.figures, self.context.budgets())):
            state.subject, state.last = state.labelled, None
            report_more_years(self.context, state, figure, words)
            return None
        another = self.context.speaks_for_another(words) or bool(_FAULT.search(clause))
        of_project = self.context.outline.document_project is not None
        another = another or (of_project and bool(_UNIT_ITSELF.search(clause)))
        if another or (state.several_units and _OWN_PART.search(clause)):
            state.subject, state.last, state.foreign = None, None, True
            return None  # 本级支出 700 万元，所属单位支出 300 万元: neither is the department's
        if has(words, "project") and self.subjects.project_of(state) is None:
            # 项目 5 个，预算资金 300 万元
            state.foreign = item_of(words, "expense") is None and not of_the_unit(state, words)
            if in_a_project(words):
                state.owned = True
                return None  # 专项资金中列支人员经费 12 万元
            state.of_a_project = state.of_a_project or (state.foreign and names_a_project(words))
        elif has(words, "self") and not _OWN_PART.search(clause):
            state.foreign = False  # 该项目 …，截至2023年底结余 …: still the project's
        return words

    @staticmethod
    def _bare_is_money(state: State, figure: Figure, words: Sequence[Word]) -> bool:
        """A figure without a unit is money where the clause says so and its neighbours have one."""
        if figure.value == 0:
            return item_of(words) is not None or has(words, "spend")
        telling = has(words, "spend", "basis") and state.subject is not None
        return bool(state.units) and (telling or item_of(words) is not None)

    def _money(self, state: State, figure: Figure, words: list[Word], start: int) -> None:
        if is_change(words):
            self.changes.change(state, figure, words, start, "change")
        elif (
            has(words, "share", "rate", "exclude")
            or changes_item(words)
            or _HANDED_ON.match(state.text, figure.end)
            or (_NOT_SPENT.match(state.text, figure.end) and item_of(words, "balance") is None)
        ):
            return
        elif has(words, "compare") or is_only(words, "prior") or self._in_bracket(state, figure):
            self.changes.before(state, figure, words)
        elif (
            self.subjects.project_of(state) is not None
            and item_of(words, "expense", "asset") is None
        ):
            if has(words, "year", "current", "prior"):  # 2022年该项目预算 58 万元，支出 58 万元
                state.year = self.subjects.year_of(words, state)
            self.levels.project(state, figure, words)
        else:
            self.levels.item(state, figure, words)

    @staticmethod
    def _in_bracket(state: State, figure: Figure) -> bool:
        """``5.2 万元（2022 年：6.03 万元）``."""
        return state.last is not None and year_bracket(state.text[: figure.start])


#: 市级专项资金 3000 万元下达各县区: not the unit's spending.
_HANDED_ON = re.compile(
    r"(?:已|均|全部)*(?:下达|分配|切块|转拨|拨付)(?:到|给|至|各|县|市|区|乡|镇)"
)
#: 项目支出中有 20 万元未执行
_NOT_SPENT = re.compile(
    r"(?:的?(?:资金|经费|指标))?(?:尚|还|仍|均|暂)*未(?:能|及时|按时|按期)*"
    r"(?:执行|支付|使用|拨付|支出|列支|完成支付|形成支出)"
)
#: 2022年度“三公”经费预算较 …, below a heading over 2021: the sentence tells its own year.
_OPENING_YEAR = re.compile(r"^((?:19|20)\d{2})年")
#: 2023年执行情况：全年预算 …；上年度：人员经费 …；2022年，“三公”经费 …
_LABEL_YEAR = re.compile(
    r"(?:^|[;。,])((?:19|20)\d{2}年度?|上一?年度?|去年|[本今当]年度?)[^,;。:\d]{0,16}:"
    r"|(?:^|[;。,:])(?:其中|截至|截止|到|至|在)?((?:19|20)\d{2}年)度?(?:年?[末底]|12月(?:底|31日)?)?(?:止)?,"
)
#: “审判业务经费”项目自评得分 …，项目全年预算数 …: the sentence is about that project.
_QUOTED_PROJECT = re.compile(
    r"(?:^|[,;:。])(?:其中:?|例?如:?|比如:?)?“(?P<name>[\u4e00-\u9fff()A-Za-z0-9、—-]{4,40})”项目"
)
#: 年初结转和结余 …，本年收入 …，本年支出 …: the account of the unit.
_OWN_ACCOUNT = re.compile(r"本年(?:度)?收入.*本年(?:度)?支出")
#: What auditors found: no amount of an item.
_FAULT = re.compile(r"多列|虚列|违规|超标|挪用|挤占|套取|截留|超范围|不合规|审减|核减额")
_INTENT = re.compile(r"拟|预计|力争|计划(?![内外数科处股室财统生])")
#: In a report on one project: the money of the office or the department, not the project's.
_UNIT_ITSELF = re.compile(
    r"[局厅委办镇乡会院]机关|机关本部|[局厅委]本级|(?:部门|单位)整体|部门(?:年度)?总?(?:预算|决算|支出|收入)"
    r"|[本我][\u4e00-\u9fff]{1,3}(?:\d{4}年?度?)?部门(?:预算|决算|支出)"
)
#: The head office of a department, and what belongs to the department beside it.
_OWN_PART = re.compile(r"本级|[局厅委办镇乡会院]机关|机关本部|局本部")
_OTHER_UNITS = re.compile(
    r"(?:所属|下属|局属|厅属|委属|直属|下辖|二级)[^,;。]{0,12}(?:单位|中心|院|所|站|学校)"
)
