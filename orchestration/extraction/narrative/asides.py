"""What a sentence says besides its figures: may general words after it still mean the whole unit?

``我局积极推进农村公路建设，2023年支出 1212 万元``: 支出 alone would be all that the unit spent, but
the clause before it names something. A clause without a figure is passed over only where every
word of it is known to name nothing (``aside`` of ``narrative_word.csv``: 按照规定, 截至年底); any
other is a topic, and general words behind it are the topic's. Below a heading that is not over
money, and behind a sentence with a topic, general words need more: the unit's name, a word for all
of it (总支出), or its parts behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from orchestration.extraction.narrative.numbers import Figure, fronts
from orchestration.extraction.narrative.phrases import is_change, is_unknown, item_of
from orchestration.extraction.narrative.state import State
from orchestration.extraction.narrative.subjects import SubjectFinder
from orchestration.extraction.narrative.words import Word, has, role_words

#: Words that name what money is spent on or where it comes from.
_NAMING = frozenset({"expense", "asset", "balance", "staff", "funding", "revenue", "carry"})
_WHOLE_ITEMS = frozenset({"total", "basic"})
#: Items whose names are the unit's alone, whatever is said around them.
_OWN_ITEMS = frozenset(
    {"three_public", "reception", "vehicle", "vehicle_operation", "vehicle_purchase", "abroad"}
)
#: Words for all of it.
_ALL = re.compile(r"总|合计|部门|单位|收支")
_PARTS = re.compile(r"基本支出|人员经费|人员支出|工资福利")
_TITLE = 12
#: 财政拨款收入中，一般公共预算财政拨款收入 290 万元
_AMONG_PUBLIC = re.compile("财政拨款(?:收入|支出)中$")
#: What a clause is about, in so many words: 文化惠民方面, 景区建设中.
_ABOUT = re.compile(r"(?:方面|[中上看])$")
#: Sums over the offices of a place are not those of the office that adds them up.
OF_MANY = re.compile(
    r"(?:[省市县区州旗][级直]?|各)部门[及和、与](?:各)?(?:乡镇|镇街|街道|单位)"
    r"|各(?:预算)?(?:部门|单位)[^,。]{0,12}汇总|[省市县区州旗]本级一般公共预算"
    r"|经[\u4e00-\u9fff]{0,10}财政(?:局|厅)汇总"
)
#: 全县“三公”经费支出合计 812 万元: what a whole place spends.
_OF_PLACE = re.compile(
    r"(?:全(?:[省市县区州旗镇乡]|街道)(?![额面国])|[市县区州旗]直(?:各)?(?:部门|单位|财政)"
    r"|[\u4e00-\u9fff][市县区州旗](?:19|20)\d{2}年(?:度)?)[^,;:。\d]{0,24}三公[“”]?经费"
    r"[^,;:。\d]{0,16}\d"
)
_PLACES_ITEMS = re.compile(r"三公|公务接待|公务用车|公车|因公出国")
_OWN_WORDS = re.compile(
    r"^(?:其中,?:?)?(?:(?:19|20)\d{2}年度?,?)?(?:本(?:部门|单位|局)|我[局办委厅院校站所馆会部镇乡]|我(?:单位|部门|中心))"
)
_SPEAKS_FOR_ITSELF = re.compile(
    r"本(?:部门|单位|级)|我[局办委厅院校站所馆会部镇乡]|我中心|[局办委厅]机关"
)
_UNIT = re.compile(r"本?(?:部门|单位)|我[\u4e00-\u9fff]{1,2}")


def is_about_place(text: str, own_names: Sequence[str]) -> bool:
    """Whether a paragraph tells what a whole place spends; a zone that reports is its own unit."""
    for name in own_names:
        if re.search("[市县区州旗]$", name):
            text = text.replace(name, "本单位")
    return bool(_OF_PLACE.search(text))


def speaks_for_itself(sentence: str) -> bool:
    """Whether a sentence beside those on a place is about the unit: ``我局“三公”经费 6 万元``."""
    own = _OWN_WORDS.match(sentence)
    return bool(own) and not (OF_MANY.search(sentence) or _OF_PLACE.search(sentence))


def goes_on_about_place(text: str, own_names: Sequence[str]) -> bool:
    """Whether a paragraph behind one on a whole place still tells the place's items."""
    own = _SPEAKS_FOR_ITSELF.search(text) or any(name in text for name in own_names)
    return bool(_PLACES_ITEMS.search(text)) and not own


@cache
def _any_of(role: str) -> re.Pattern[str]:
    """An expression for the words of a role of ``narrative_word.csv``, the longest first."""
    return re.compile("|".join(map(re.escape, role_words()[role])))


@cache
def _spender() -> re.Pattern[str]:
    """Others that spend, in unknown words: what their names have, and how they end."""
    ends = "|".join(map(re.escape, role_words()["spender_end"]))
    return re.compile(f"(?:{ends})$|{_any_of('spender').pattern}")


def names_nothing(words: Sequence[Word]) -> bool:
    """Whether the words of a clause without a figure are all known and none is a topic."""
    return not any(_names(word) for word in words)


def _names(word: Word) -> bool:
    if word.role in _NAMING:
        return word.value not in _WHOLE_ITEMS
    if word.role != "?":
        return False
    return bool(re.search(r"[\u4e00-\u9fffA-Za-z]", _any_of("aside").sub("", word.text)))


def is_general(words: Sequence[Word]) -> bool:
    """Whether a clause names no item of its own (``全年支出``, ``年初预算``, ``结余``)."""
    item = item_of(words)
    if item is None:
        return not any(w.role in ("spend", "income") and _ALL.search(w.text) for w in words)
    if item.role == "balance":
        return True
    return item.value == "total" and not _ALL.search(item.text)


def money_heading(heading: str) -> bool:
    """Whether a heading, if there is one, is over money or over the unit as a whole."""
    return not heading or bool(_any_of("money_heading").search(heading))


def is_of_part(title: str) -> bool:
    """Whether a title is over projects or a fund, not over all of the unit's money."""
    text = re.sub(r"(?:部门|单位)?预算(?:项目|绩效)|“?三公”?经费", lambda m: m.group()[-2:], title)
    return bool(_any_of("part_title").search(text)) and not _any_of("whole_title").search(text)


class Topics:
    """Tells amounts in general words that are a topic's from those of the unit."""

    def __init__(self, subjects: SubjectFinder) -> None:
        self.subjects = subjects
        self.of_part = subjects.context.of_part
        #: A sentence of this paragraph without a figure has named a topic, and no unit.
        self._said = False

    def begin_paragraph(self) -> None:
        """A new paragraph has no topic yet."""
        self._said = False

    def pass_over(self, text: str) -> None:
        """Take in a compact sentence without a figure."""
        title = len(text) <= _TITLE and money_heading(text)
        if title or _UNIT.search(text):
            self._said = False
        elif not names_nothing(self.subjects.cut(re.sub(r"[,;:。()]", "", text))):
            self._said = True

    def stray(self, heading: str) -> bool:
        """Whether general words need more than themselves to mean the unit."""
        return self._said or not money_heading(heading)

    def of_another(
        self,
        state: State,
        figure: Figure,
        phrase: str,
        words: Sequence[Word],
        own: Callable[[str], str],
    ) -> bool:
        """Whether an amount in general words is that of a topic named before it.

        ``own`` writes 本项目 for the name of the project that the text is about.
        """
        if figure.kind not in ("money", "bare") or is_unknown(words):
            return False
        named = self._named(figure, phrase, own)
        if has(words, "self") and ";" in phrase:
            named = self._named(figure, phrase[phrase.rindex(";") :], own)
        state.owned = state.owned and not has(words, "self")
        if not is_general(words):
            item = item_of(words)
            if state.owned:
                return True
            about = any(_ABOUT.search(front) for front in named)
            state.topic = about and item is not None and item.value not in _OWN_ITEMS
            return state.topic
        if is_change(words) or has(words, "compare", "prior", "share", "rate", "exclude"):
            return False
        project = self.subjects.project_of(state)
        if project is not None and has(words, "project"):
            state.topic = False  # …，“智慧水利”项目预算 800 万元
        elif named:
            state.topic = state.topic or not (has(words, "adjust") or _adjusted(words))
        elif has(words, "self"):
            state.topic = False
        if project is not None or state.topic:
            return state.topic
        state.topic = self.of_part and not _ALL.search(phrase)
        return state.topic or _says_too_little(state, figure, words)

    @staticmethod
    def note_owner(state: State, words: Sequence[Word]) -> None:
        """Take in an amount with unknown words: they may name another whose items follow.

        ``县疾控中心人员经费 300 万元，公用经费 20 万元``; but a part of what the sentence has told
        (``其中退休人员经费``) or an item alone (``住房补助 9 万元``) names no other.
        """
        telling = [w for w in words if w.role not in ("filler", "mark", "time", "year")]
        body = any(w.role == "?" and _spender().search(w.text) for w in telling)
        before_item = (
            state.first is None
            and len(telling) > 1
            and telling[0].role == "?"
            and telling[1].role == "expense"
            and telling[1].value not in _WHOLE_ITEMS
        )
        state.owned = state.owned or body or before_item

    def _named(self, figure: Figure, phrase: str, own: Callable[[str], str]) -> list[str]:
        """The clauses before that of a figure that name a topic; labels are read elsewhere."""
        begins = figure.start == len(phrase) or phrase[:1] in ",;:。()"
        labels = re.findall(r"([^,;:。()]+):", phrase)
        found = []
        for front in fronts(phrase)[0 if begins else 1 :]:
            words = self.subjects.cut(own(front))
            if _AMONG_PUBLIC.search(front):
                continue
            if not names_nothing(words) and (is_unknown(words) or front not in labels):
                found.append(front)
        return found


def _says_too_little(state: State, figure: Figure, words: Sequence[Word]) -> bool:
    """Whether general words stand where they may mean anything, and nothing says the unit."""
    known = has(words, "self") or state.first is not None or state.budget_context
    known = known or bool(_PARTS.search(state.text) or _UNIT.search(state.text[: figure.start]))
    return state.stray and not known


def _adjusted(words: Sequence[Word]) -> bool:
    return any(w.role == "basis" and w.value == "budget_adjusted" for w in words)
