"""What stands between two rows of a form printed as lines: one reading of it, or none.

Between the figures of one row and those of the next stand, in this order, the rest of the upper
row's reason, labels of levels, the beginning of the lower row's name. A wrapped line could belong
to either row; what tells is the labels, brackets and quotation marks, and that a line wraps only
where its column is full. Where more than one reading is left the form is held back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.extraction.lineforms.tokens import FormLine, Token, read_labels
from orchestration.extraction.text import compact
from orchestration.extraction.vocabulary import default_vocabulary

#: A line may break this many full-width letters before its column ends (words and figures that
#: are not parted, punctuation that must not begin a line).
_SLACK = 2.0
_NARROWEST = 4.0
_VALUE = re.compile(r"^[≥≤<>=~±]?\d[\d.,]*(?:%|‰|[\u4e00-\u9fff]{0,3})$")
_SIGN = re.compile(r"[≥≤<>=]")
_PAIRS = (("(", ")"), ("“", "”"), ("《", "》"), ("「", "」"), ("[", "]"))
_STRONG_LABEL = re.compile(r"指标$|指标[(]|[(]\d+(?:\.\d+)?分?[)]")
_NO_START = re.compile(r"^[(),.;:、。%)”》]")

Label = tuple[str, str]  # level1 | level2, words


@dataclass(frozen=True, slots=True)
class Gap:
    """One reading of the lines between two rows.

    ``takes_own``: the last label ends with the first word on the lower row's own line.
    """

    tail: tuple[Token, ...] = ()
    labels: tuple[tuple[Label, tuple[Token, ...]], ...] = ()
    head: tuple[Token, ...] = ()
    takes_own: bool = False


@dataclass(frozen=True, slots=True)
class Widths:
    """The widest line seen in the columns of names and of reasons, in full-width letters.

    ``commas``: names on rows' own lines hold commas.
    """

    name: float
    reason: float
    commas: bool = False


@dataclass(frozen=True, slots=True)
class Above:
    """What matters of the upper row: its reason so far, and whether it may have one."""

    reason: str
    may_have_reason: bool


@dataclass(frozen=True, slots=True)
class Below:
    """What matters of the lower row: words before its values, without the labels among them."""

    own: tuple[Token, ...]
    may_be_wrapped: bool = False  # values in words that differ: a value may have wrapped


def width(text: str) -> float:
    """The width of a text in full-width letters."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def settle(
    lines: Sequence[FormLine], above: Above | None, below: Below | None, widths: Widths
) -> Gap | None:
    """The one reading that fits; None where none or several do."""
    tokens = [(token, number) for number, line in enumerate(lines) for token in line.tokens]
    fitting = [
        gap
        for gap in _all(tokens, below)
        if _tail_fits(gap, above, widths) and _head_fits(gap, below, widths)
    ]
    different = {_told(gap) for gap in fitting}
    return fitting[0] if len(different) == 1 else None


def _told(gap: Gap) -> tuple[object, ...]:
    labels = tuple(label for label, _ in gap.labels)
    return (_text(gap.tail), labels, _text(gap.head), gap.takes_own)


def _text(tokens: Sequence[Token]) -> str:
    return "".join(t.text for t in tokens)


def _all(tokens: list[tuple[Token, int]], below: Below | None) -> list[Gap]:
    """Every way to part the words; labels as long as they can be."""
    words = [token for token, _ in tokens]
    count = len(words)
    first = below.own[0] if below and below.own else None
    spans: list[tuple[int, int, Gap]] = []
    for start in range(count + 1):
        if 0 < start < count and tokens[start][1] == tokens[start - 1][1]:
            continue  # a reason's rest does not share its line with a label
        for end in range(start, count + 1):
            labels = labels_of(words[start:end])
            if labels is not None:
                gap = Gap(tuple(words[:start]), labels, tuple(words[end:]))
                spans.append((start, end, gap))
            if first is not None and end == count > start:
                longer = labels_of([*words[start:], first])
                if longer is not None and (labels is None or len(longer) == len(labels)):
                    spans.append((start, end + 1, Gap(tuple(words[:start]), longer, (), True)))
    return [
        gap
        for start, end, gap in spans
        if start == end or not any(s <= start and end <= e and (s, e) != (start, end)
                                   for s, e, _ in spans)
    ]  # fmt: skip


def labels_of(tokens: Sequence[Token]) -> tuple[tuple[Label, tuple[Token, ...]], ...] | None:
    """Words that are labels of levels in full, or nothing at all; None where letters are left."""
    if not tokens:
        return ()
    rest = compact(_text(tokens))
    found: list[Label] = []
    while rest:
        labels = read_labels(rest)
        if labels.level1:
            found.append(("level1", labels.level1))
        if labels.level2:
            found.append(("level2", labels.level2))
        if not (labels.level1 or labels.level2):
            return None
        rest = labels.rest
    return _with_tokens(found, tokens)


def _with_tokens(
    labels: Sequence[Label], tokens: Sequence[Token]
) -> tuple[tuple[Label, tuple[Token, ...]], ...]:
    """Each label with the words it is printed in, from the first to the last."""
    owners = [token for token in tokens for _ in compact(token.text)]
    told: list[tuple[Label, tuple[Token, ...]]] = []
    start = 0
    for label in labels:
        end = start + len(label[1])
        told.append((label, tuple(dict.fromkeys(owners[start:end])) or tuple(tokens)))
        start = end
    return tuple(told)


def is_strong_label(text: str) -> bool:
    """Whether words are a label beyond doubt: a level's name with 指标 or a weight."""
    rest = compact(text)
    labels = read_labels(rest)
    return bool((labels.level1 or labels.level2) and _STRONG_LABEL.search(rest) and not labels.rest)


def balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in _PAIRS)


def _tail_fits(gap: Gap, above: Above | None, widths: Widths) -> bool:
    """Whether the first words can be the rest of the upper row's reason."""
    reason = above.reason if above else ""
    if not gap.tail:
        return balanced(reason)
    if above is None or not above.may_have_reason or any(_is_value(t) for t in gap.tail):
        return False
    lines = ([reason] if reason else []) + _by_line(gap.tail)
    widest = max([widths.reason, *map(width, lines)])
    if widest < _NARROWEST or any(width(line) < widest - _SLACK for line in lines[:-1]):
        return False
    whole = "".join(lines)
    return balanced(whole) and not any(map(is_strong_label, lines[1:]))


def _by_line(tokens: Sequence[Token]) -> list[str]:
    lines: dict[int, str] = {}
    for token in tokens:
        key = token.line
        lines[key] = lines.get(key, "") + token.text
    return list(lines.values())


def _head_fits(gap: Gap, below: Below | None, widths: Widths) -> bool:
    """Whether the last words can begin the lower row's name, which needs one."""
    own = below.own[1:] if below and gap.takes_own else (below.own if below else ())
    if not gap.head:
        return below is None or (bool(own) and _is_name(_text(own)))
    if below is None or (below.may_be_wrapped and not own):
        return False
    if any(_is_value(t) or _SIGN.search(t.text) for t in gap.head):
        return False
    lines = _by_line(gap.head)
    comma = not widths.commas and any("," in line for line in lines)
    if comma or len(lines) != len(gap.head):
        return False  # words of a reason; two words on a line are two cells
    widest = max([widths.name, *map(width, lines)])
    full = lines if own else lines[:-1]
    if (full and widest < _NARROWEST) or any(width(line) < widest - _SLACK for line in full):
        return False
    return _is_name("".join(lines) + _text(own)) and not any(map(is_strong_label, lines))


def _is_name(text: str) -> bool:
    bare = compact(text)
    operator = default_vocabulary().operator_symbol(bare) is not None
    return balanced(bare) and not _NO_START.match(bare) and len(bare) > 1 and not operator


def _is_value(token: Token) -> bool:
    text = token.text
    operator = default_vocabulary().operator_symbol(text)
    return bool(_VALUE.match(text)) or (operator is not None and len(text) > 1)
