"""The words of the sentence grammar, from ``narrative_word.csv`` and the item vocabularies.

A phrase is cut into the longest known words; what is left over is unknown, and a phrase with
unknown words says nothing (precision over recall).
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from orchestration.extraction.text import compact
from orchestration.extraction.vocabulary import WordList, default_vocabulary

_CSV = (
    Path(__file__).resolve().parents[3]
    / "dbt_project" / "seeds" / "vocabulary" / "narrative_word.csv"
)  # fmt: skip
#: Roles whose wordings are looked for in a text and are no words of a clause.
_NO_WORDS = frozenset(
    {"grade_label", "score_total", "exclude", "aside", "spender", "spender_end", "money_heading",
     "part_title", "whole_title"}
)  # fmt: skip
_TOO_GENERAL = frozenset({"合计", "总计", "其他", "在用", "出租", "收入", "总额", "小计", "办公费"})
_QUOTES = re.compile("[“”\"'《》「」]")
#: 2023年初 is the beginning of a year, 2023年年初 too: 年 belongs to what follows.
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?:(?=年(?:[初末底终]|中(?=[追调增下收核执])))|年?(?:度)?)"
)
_ORGANISATION = re.compile(
    r"^(?:[\u4e00-\u9fff()]{2,24})(?:局|委|办|厅|中心|院|校|处|站|所|馆|会|部|队|署|室|联|大学|学校|机关)$"
)

#: Who approves a budget is not whose it is: 市财政局批复我局年初预算.
_BY_FINANCE = re.compile(
    r"(?:经)?[\u4e00-\u9fff]{0,6}?财政(?:局|厅|部门)?(?=(?:年初)?(?:批复|下达)|追加|收回|核减|核定|调整)"
)
#: 公务用车运行维护费用; 财政拨款安排的“三公”经费支出 says who pays, not that it is a budget.
_FEE = re.compile(r"(?<=[行护待训议置境)])费用")
_GRANTED = re.compile(r"(?<=拨款)安排的")
#: 我中心, where 中心 alone stands for the unit.
_OWN_TWICE = re.compile("[我本该]本单位")
#: 各乡镇卫生院, 全县学校: organisations, but not the one that reports.
_OTHERS = re.compile(
    r"^(?:各|全[省市县区州旗乡镇系]|下属|所属|其他|其它|部分|辖区|辖内|有关|相关|基层)"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a phrase: its role, the code it stands for, its text. Role ``?`` is unknown."""

    role: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All wordings by role, and an expression that finds the longest at any place."""

    by_text: dict[str, tuple[str, str]]
    finder: re.Pattern[str]

    def cut(self, phrase: str, own_names: Iterable[str] = ()) -> list[Word]:
        """A compact phrase as words; quotation marks are dropped, years found by their digits.

        ``own_names`` are names of the reporting unit and its like, taken for ``本单位``.
        """
        text = _BY_FINANCE.sub("", _QUOTES.sub("", phrase))
        text = _GRANTED.sub("", _FEE.sub("费", text))
        for name in sorted(own_names, key=len, reverse=True):
            if name:
                text = text.replace(name, "本单位")
        text = _own_system(_OWN_TWICE.sub("本单位", text), own_names)
        words: list[Word] = []
        unknown = ""
        position = 0
        while position < len(text):
            word = self._at(text, position)
            if word is None:
                unknown += text[position]
                position += 1
                continue
            if unknown:
                words.append(_leftover(unknown))
                unknown = ""
            words.append(word)
            position += len(word.text)
        if unknown:
            words.append(_leftover(unknown))
        names = [name for name in own_names if name]
        return [_of_another(word, names) for word in _mend(words)]

    def _at(self, text: str, position: int) -> Word | None:
        year = _YEAR.match(text, position)
        if year:
            return Word("year", year.group(1), year.group())
        match = self.finder.match(text, position)
        if match is None:
            return None
        role, value = self.by_text[match.group()]
        return Word(role, value, match.group())


_SYSTEM = re.compile(r"全[省市县区州旗镇](?P<field>[\u4e00-\u9fff]{2,6}?)(?:系统|行业)")


def _own_system(text: str, own_names: Iterable[str]) -> str:
    """全区教育系统 in the report of a 教育局 is the department with all its units."""
    match = _SYSTEM.search(text)
    if match is None or not any(name and match["field"] in name for name in own_names):
        return text
    return text.replace(match.group(), "部门汇总")


def _mend(words: list[Word]) -> list[Word]:
    """Short words between unknown letters are letters of a name (审｜计｜局)."""
    mended: list[Word] = []
    for word in words:
        between = (
            len(mended) >= 2 and mended[-1].role in ("filler", "self") and len(mended[-1].text) == 1
        )
        if word.role in ("?", "self") and between and mended[-2].role == "?":
            letter, before = mended.pop(), mended.pop()
            mended.append(_leftover(before.text + letter.text + word.text))
        else:
            mended.append(word)
    return mended


def _of_another(word: Word, names: Sequence[str]) -> Word:
    """An organisation that is not the reporting one is unknown (州人民医院 in its 卫健委's report).

    A short name has the letters of the full one in their order: 市教体局 of 市教育和体育局.
    """
    if word.role != "self" or not names or not _ORGANISATION.match(word.text):
        return word
    if word.text in _own_words() or any(_shortens(word.text, name) for name in names):
        return word
    return Word("?", "", word.text)


def _shortens(short: str, name: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in short)


@lru_cache(maxsize=1)
def _own_words() -> frozenset[str]:
    """What a unit calls itself, by the vocabulary (我局, 局机关)."""
    return frozenset(role_words()["self"])


def _leftover(text: str) -> Word:
    """Unknown letters: an organisation's name stands for the unit, marks for nothing."""
    if not re.search(r"[\u4e00-\u9fffA-Za-z0-9%]", text):
        return Word("mark", "", text)
    if _ORGANISATION.match(text) and not _OTHERS.match(text):
        return Word("self", "", text)
    return Word("?", "", text)


def _vocabulary_rows(name: str, words: WordList) -> list[tuple[str, str, str]]:
    return [
        (name, _QUOTES.sub("", row.wording), row.code)
        for row in words.rows
        if row.match == "exact" and len(row.wording) >= 3 and row.wording not in _TOO_GENERAL
    ]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The project's own words, read once."""
    vocabulary = default_vocabulary()
    rows: list[tuple[str, str, str]] = []
    with _CSV.open(encoding="utf-8", newline="") as handle:
        rows.extend(
            (row["role"], _QUOTES.sub("", compact(row["wording"])), row["value"])
            for row in csv.DictReader(handle)
        )
    rows += [("direction", row.wording, row.code) for row in vocabulary.directions.rows]
    rows += _vocabulary_rows("expense", vocabulary.expense_item)
    rows += _vocabulary_rows("staff", vocabulary.staff)
    rows += _vocabulary_rows("asset", vocabulary.asset_item)
    rows += _vocabulary_rows("balance", vocabulary.balance_item)
    by_text: dict[str, tuple[str, str]] = {}
    for role, wording, value in rows:
        if wording and role not in _NO_WORDS:
            by_text.setdefault(wording, (role, value))
    longest_first = sorted(by_text, key=len, reverse=True)
    return Lexicon(by_text, re.compile("|".join(map(re.escape, longest_first))))


@lru_cache(maxsize=1)
def role_words() -> dict[str, tuple[str, ...]]:
    """The wordings of each role of ``narrative_word.csv``, longest first."""
    grouped: dict[str, list[str]] = defaultdict(list)
    with _CSV.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            grouped[row["role"]].append(compact(row["wording"]))
    return {role: tuple(sorted(texts, key=len, reverse=True)) for role, texts in grouped.items()}


def first_of(words: Sequence[Word], *roles: str) -> Word | None:
    """The first word with one of these roles."""
    return next((word for word in words if word.role in roles), None)


def has(words: Sequence[Word], *roles: str) -> bool:
    """Whether a word has one of these roles."""
    return first_of(words, *roles) is not None
