"""The words of a clause, told apart by what stands around it: labels, lists, a project's report."""

from __future__ import annotations

import re

from orchestration.extraction.narrative.context import Context
from orchestration.extraction.narrative.numbers import Figure, fronts
from orchestration.extraction.narrative.phrases import inner_label, item_of
from orchestration.extraction.narrative.state import State
from orchestration.extraction.narrative.subjects import SubjectFinder
from orchestration.extraction.narrative.words import Word, has

#: 因人员增资追加 812 万元: why, and then what.
_BECAUSE = re.compile(
    r"^(?:年中|执行中|年内|全年)?(?:因|由于|为)[^,;。\d]{2,24}?(?=(?:预算)?(?:追加|调增|调减|核减|收回|追减))"
)


#: What 基本支出 and 项目支出 are for, in the words of their definition.
_DEFINED = (
    (re.compile(r"用于保障[^,;。:\d]{2,60}?正常运转的日常支出"), "基本支出"),
    (re.compile(r"^用于专项业务工作的(?:经费)?支出"), "项目支出"),
)
#: 基本工资、津贴补贴等人员经费支出 89 万元: what it consists of, and then what it is.
_NAMED_PARTS = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,14}、)+[\u4e00-\u9fff]{1,12}"
    r"(?:费|工资|补贴|津贴|奖金|缴费|公积金|补助|购置|保险)等"
    r"(?=(?:人员|日常公用|公用)(?:经费|支出))"
)
#: 公务接待 12 批次 96 人次，支出 0.86 万元
_GUESTS = re.compile(
    r"(?P<item>公务接待)费?(?:共计?|了|合计)*\d+(?:个)?批(?:次)?[、,(]?(?:共计?|接待)?\d+(?:余)?人(?:次)?[)]?,?"
    r"(?:共计?|总计|累计)?(?:支出|开支|花费|列支|费用)(?:共计|金额|公务接待费)?为?$"
)
_ABOUT = frozenset({"方面", "情况", "中", "在"})


def plain(clause: str) -> str:
    """A clause without the reason or the parts told before its item; definitions as their item."""
    clause = _NAMED_PARTS.sub("", _BECAUSE.sub("", clause))
    for pattern, item in _DEFINED:
        clause = pattern.sub(item, clause)
    return clause


class Clauses:
    """Cuts the clause before a figure into words."""

    def __init__(self, context: Context, subjects: SubjectFinder) -> None:
        self.context, self.subjects = context, subjects

    def words(self, state: State, figure: Figure, phrase: str, clause: str) -> list[Word]:
        """The words that say what a figure is; ``phrase`` is all between it and the one before."""
        words = self._labelled(state, figure, phrase, clause)
        return self._of_project(state, _beside_parts(state, words))

    def _labelled(self, state: State, figure: Figure, phrase: str, clause: str) -> list[Word]:
        """The words of a clause, with the label in front of it where it names no item itself.

        ``人员经费：年初预算数 …；公用经费：年初预算数 …``: the second is no 人员经费.
        """
        words = self.subjects.cut(clause)
        guests = _GUESTS.search(state.text[: figure.start])
        if guests and all(w.role in ("spend", "filler", "time") for w in words):
            return [Word("expense", "reception", guests["item"]), *words]
        if item_of(words) or has(words, "income", "carry"):
            return words
        label = inner_label(phrase)
        if not label:
            return [*self._topic(phrase), *words]
        told = self.subjects.cut(label)
        opening = figure.start == len(phrase)
        if opening and not all(w.role in ("income", "spend", "filler") for w in told):
            return words
        if not opening:
            state.labelled = None  # what the first label said is over
        return [*told, *words]

    def _topic(self, phrase: str) -> list[Word]:
        """The item that the clause before names and nothing else: ``公务接待方面，支出 …``."""
        before = fronts(phrase)
        if not before:
            return []
        told = self.subjects.cut(before[-1])
        items = [w for w in told if w.role == "expense"]
        plain = all(
            w.role in ("expense", "mark", "spend", "year") or w.text in _ABOUT for w in told
        )
        return told if plain and len(items) == 1 and items[0].value != "total" else []

    def _of_project(self, state: State, words: list[Word]) -> list[Word]:
        """In a report on one project ``2019年项目支出 402 万元`` is that project's spending."""
        if self.context.outline.document_project is None or has(words, "self"):
            return words
        if "基本支出" in state.text or "人员经费" in state.text:
            return words
        return [
            Word("spend", "", w.text) if (w.role, w.value) == ("expense", "project") else w
            for w in words
        ]


def _beside_parts(state: State, words: list[Word]) -> list[Word]:
    """``人员经费 …，公用经费 …，项目经费 …``: beside these parts it is 项目支出."""
    telling = [w for w in words if w.role != "filler"]
    last = state.trail[-1].mention if state.trail else None
    beside = last is not None and last.fields.get("item") in ("basic", "personnel", "public")
    if not beside or [w.text for w in telling] not in (["项目经费"], ["项目资金"]):
        return words
    return [Word("expense", "project", w.text) if w.role == "project" else w for w in words]
