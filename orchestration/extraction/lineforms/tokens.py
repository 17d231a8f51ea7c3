"""Words, figures and labels on the lines of a form that was printed without its table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from orchestration.extraction.text import compact, normalise
from orchestration.extraction.values import parse_number, parse_target
from orchestration.extraction.vocabulary import default_vocabulary
from orchestration.reading.document import Place

_NUMBER = re.compile(r"^[-+]?\d[\d,]*(?:\.\d+)?$")
_PERCENT = re.compile(r"^[≥≤<>=]?\d[\d,]*(?:\.\d+)?%$")
_FUSED = re.compile(r"(?<=[\d%])(?=(?:其中|合计|年度|上年|当年|财政|其他|本年)[\u4e00-\u9fff:]*)")
_TIME = re.compile(r"(?:19|20)\d{2}年?|\d{1,2}月|\d{1,2}日|年底|月底|季度|前$|每月|旬")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a line between blanks; ``place`` is the line's, ``line`` its number in the form."""

    text: str
    place: Place
    line: int = 0

    @property
    def is_number(self) -> bool:
        """A plain number."""
        return bool(_NUMBER.match(self.text))

    @property
    def is_percent(self) -> bool:
        """A per cent."""
        return bool(_PERCENT.match(self.text))

    @property
    def number(self) -> Decimal | None:
        """The plain number."""
        return parse_number(self.text) if self.is_number else None


@dataclass(frozen=True, slots=True)
class FormLine:
    """One printed line of a form: its block in the document and its tokens."""

    block: int
    text: str
    place: Place
    tokens: tuple[Token, ...]


def form_line(block: int, text: str, place: Place, number: int = 0) -> FormLine:
    """A line cut at blanks; a label that was printed onto the figure before it is cut off."""
    words: list[str] = []
    for word in text.replace("\t", " ").split():
        words += [w for w in _FUSED.split(normalise(word)) if w]
    return FormLine(block, text.strip(), place, tuple(Token(w, place, number) for w in words))


def split_values(tokens: Sequence[Token], count: int) -> list[list[Token]] | None:
    """Tokens cut into ``count`` values (target, actual), None where no one cut is best.

    A number and the unit after it are one value; two values of one kind (per cents, the same unit,
    dates, the same words) belong apart.
    """
    if count == 1:
        return [list(tokens)]
    if len(tokens) < count or count > 2:
        return None
    scored = []
    for cut in range(1, len(tokens)):
        first, second = tokens[:cut], tokens[cut:]
        scored.append((alike(_join(first), _join(second)), cut))
    best = max(score for score, _ in scored)
    cuts = [cut for score, cut in scored if score == best]
    if best <= 0 or len(cuts) != 1:
        return None
    return [list(tokens[: cuts[0]]), list(tokens[cuts[0] :])]


_WORDS_OF_NAME = 2


def name_and_values(
    tokens: Sequence[Token],
) -> tuple[list[Token], list[list[Token]]] | None:
    """The name's words, then target and actual value; None where it could be otherwise.

    There may be one word before the name: the end of a label.
    """
    first = next((i for i, t in enumerate(tokens) if _begins_value(t)), None)
    if first is None:
        if len(tokens) not in (2, 3, 4):
            return None
        return list(tokens[:-2]), [[tokens[-2]], [tokens[-1]]]
    groups = split_values(tokens[first:], 2)
    if groups is not None and first <= _WORDS_OF_NAME:
        return list(tokens[:first]), groups
    if len(tokens) == 3 and first == 2:
        return [tokens[0]], [[tokens[1]], [tokens[2]]]  # a target in words, then a figure
    return None


def _begins_value(token: Token) -> bool:
    """Whether a word begins a value: a figure, or an operator before one."""
    return bool(re.match(rf"(?:{_operators()})?\d|(?:{_operators()})$", token.text))


@lru_cache(maxsize=1)
def _operators() -> str:
    words = {w.wording for w in default_vocabulary().operators if w.position == "before"}
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _join(tokens: Sequence[Token]) -> str:
    return "".join(t.text for t in tokens)


def alike(first: str, second: str) -> int:
    """How well two texts go together as target and actual value."""
    if not first or not second:
        return -1
    score = 0
    a, b = parse_target(first), parse_target(second)
    if first == second:
        score += 6
    if a.value is not None and b.value is not None:
        score += 4
        if a.unit == b.unit or b.unit is None:
            score += 2
    dates = bool(_TIME.search(first)) and bool(_TIME.search(second))
    if dates and a.value is None and b.value is None:
        score += 4 + 2 * (re.sub(r"\D", "", first) == re.sub(r"\D", "", second))
    if re.match(r"[\u4e00-\u9fff]", second) and re.search(r"\d", second):
        score -= 1  # a value with a figure begins with it
    if _only_unit(second) or _only_unit(first):
        score -= 6
    if a.value is None and b.value is None and not dates and not re.search(r"\d", first + second):
        score += 1
    if (a.value is None) != (b.value is None):
        score += 1 if not re.search(r"\d", first if a.value is None else second) else -1
    return score


def _only_unit(text: str) -> bool:
    return default_vocabulary().unit(text) is not None


@lru_cache(maxsize=1)
def level_words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The wordings of level 1 and of level 2, longest first."""
    vocabulary = default_vocabulary()

    def exact(rows: Sequence[object]) -> tuple[str, ...]:
        words = {r.wording for r in rows if r.match in ("exact", "prefix") and len(r.wording) >= 2}  # type: ignore[attr-defined]
        return tuple(sorted(words, key=len, reverse=True))

    return exact(vocabulary.level1.rows), exact(vocabulary.level2.rows)


@dataclass(frozen=True, slots=True)
class Labels:
    """Level labels found at the head of joined words, and what is left over."""

    level1: str | None
    level2: str | None
    rest: str


_WEIGHT = re.compile(r"^[(]\d+(?:\.\d+)?分?[)]")


def read_labels(text: str) -> Labels:
    """``产出指标(50分)数量指标`` → level 1 with its weight, level 2, rest.

    A label counts only where it ends with 指标, 目标 or a weight, or is a level in full: the
    words of
    an indicator's name may begin like one.
    """
    first, second = level_words()
    rest = compact(text)
    level1 = level2 = None
    word = next((w for w in first if rest.startswith(w)), None)
    if word is not None:
        after = rest[len(word) :]
        weight = _WEIGHT.match(after)
        known2 = next((w for w in second if rest.startswith(w)), "")
        another = any(after.startswith(w) for w in second)
        # 满意度指标 and 数量指标 name both levels: a weight or another level behind decides.
        if weight or len(word) > len(known2) or (word == known2 and another):
            level1 = word + (weight.group() if weight else "")
            rest = after[weight.end() :] if weight else after
    word = next((w for w in second if rest.startswith(w)), None)
    if word is not None and (word.endswith(("指标", "影响", "效益")) or rest == word):
        level2, rest = word, rest[len(word) :]
    return Labels(level1, level2, rest)
