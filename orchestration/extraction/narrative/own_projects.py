"""Projects that a sentence names: the one the text is about, and those its lists name."""

from __future__ import annotations

import re

from orchestration.extraction.narrative.context import Context
from orchestration.extraction.narrative.emitting import Emitter
from orchestration.extraction.narrative.numbers import Figure
from orchestration.extraction.narrative.phrases import as_quoted
from orchestration.extraction.narrative.sections import spending_name
from orchestration.extraction.narrative.state import State
from orchestration.extraction.narrative.subject import Subject
from orchestration.extraction.narrative.subjects import SubjectFinder
from orchestration.extraction.narrative.words import Word, has
from orchestration.extraction.projects import find_project
from orchestration.extraction.text import compact


class OwnProjects:
    """Tells which project the words of a clause name."""

    def __init__(self, context: Context, subjects: SubjectFinder, emitter: Emitter) -> None:
        self.context, self.subjects, self.emitter = context, subjects, emitter

    def own_project(self, state: State, clause: str) -> str:
        """A clause in which the project that the text is about is called ``本项目``."""
        project = self.subjects.project_of(state)
        if project is None:
            return clause
        clause = re.sub("^(?:例?如|比如):?", "", clause)
        name = compact(project)
        short = re.sub(r"项目$", "", name)
        named = next((clause.replace(n, "本项目") for n in (name, short) if n in clause), clause)
        return named.replace("“本项目”项目", "本项目")  # “装备购置”项目支出: no 项目支出

    def local_project(self, state: State, words: list[Word]) -> bool:
        """``森林防火专项经费年初预算 60 万元``: a project that only this sentence is about."""
        if self.context.outline.project is not None or state.lists.parent is not None:
            return False
        told = [w for w in words if w.role not in ("generic", "filler") and w.text != "资金"]
        last = told[-1]
        if last.role != "basis" or not last.value.startswith("budget"):
            return False
        if has(words, "self", "compare", "direction"):
            return False
        if has(words, "expense") and (len(told) < 4 or told[-2].text != "项目"):
            return False  # 检察业务经费项目全年预算 …, but no 人员经费预算
        names = [w.text for w in words[: words.index(last)] if w.role != "year"]
        name = spending_name(re.sub("^(?:例?如|比如)", "", "".join(names)))
        if name is None:
            return False
        printed = _with_number(as_quoted(name, state.text), state.text)
        state.begin_project(find_project(printed, self.context.projects) or printed)
        return True

    def named_project(self, state: State, figure: Figure, clause: str) -> bool:
        """A part of a list of project spending or of a balance that is a known project's name."""
        parent = state.lists.parent or state.balance
        if parent is None or figure.kind != "money":
            return False
        spending = parent.family == "expense" and parent.fields["item"] in ("project", "total")
        if not spending and parent.family != "balance":
            return False
        printed = re.sub(r"^(?:其中|主要)?(?:包括|用于)?:?(?:[(]?\d{1,2}[、.)])?", "", clause)
        name = find_project(printed, self.context.projects)
        if name is None:
            named = spending_name(printed) if parent.fields.get("item") == "project" else None
            if named is not None:
                state.unknown_projects.append((named, figure))
                state.projects_of = parent
            return named is not None
        year = parent.fields["amount_year"]
        subject = (
            Subject("expense", "total", parent.fields["basis"], year, name)
            if spending
            else Subject("balance", parent.fields["item"], None, year, name)
        )
        found = self.emitter.emit(state, figure, subject, "amount")
        self.context.other_names.setdefault(name, []).append((found.spot, printed))
        return True

    def settle_projects(self, state: State) -> None:
        """``项目支出 470 万元，其中：甲经费 300 万元、乙经费 170 万元``: projects if it adds up."""
        told = state.unknown_projects
        whole = state.spending or state.projects_of
        if len(told) < 2 or whole is None or whole.fields.get("item") != "project":
            return
        added = sum(figure.value for _, figure in told)
        if added != whole.value or any(f.unit != whole.fields.get("unit") for _, f in told):
            return
        basis, year = whole.fields.get("basis"), whole.fields.get("amount_year")
        for name, figure in told:
            subject = Subject("expense", "total", basis, year, name)
            self.emitter.emit(state, figure, subject, "amount")


def _with_number(name: str, text: str) -> str:
    """A name with the number it begins with: 12345热线运行项目."""
    match = re.search(rf"(?<![\d.])(\d{{3,6}}){re.escape(name)}", text)
    return match.group() if match else name
