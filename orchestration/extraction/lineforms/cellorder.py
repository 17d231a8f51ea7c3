"""Rows of a form dumped cell by cell: cells wrap over lines, and the widths of columns tell where.

A text layer in reading order prints the cells of a row one after another, each with its lines, and
cells of one line side by side. The figures at a row's end (weight, score) part the rows; the words
between them are shared among the columns in every way that the columns allow: a line that wraps
fills its column, and a column is as wide in one row as in another. Where a row is left with more
than one way, the form is held back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from orchestration.extraction.lineforms.betweenlines import (
    balanced,
    is_strong_label,
    labels_of,
    width,
)
from orchestration.extraction.lineforms.tokens import FormLine, Token, alike
from orchestration.extraction.text import compact
from orchestration.extraction.vocabulary import default_vocabulary

#: A line is full where the next letter does not fit; widths are told no better than this.
_LESS = 0.3
CLEARLY = 3  # how much better target and actual go together in the one cut than in any other
_LABEL_LINES = 4
_MOST_WORDS = 40  # words between two rows' figures
_ENDLESS = 10_000.0
_CJK = re.compile(r"[\u4e00-\u9fff]")
_ASCII_RUN = re.compile(r"^[0-9A-Za-z.,%]+")
_STARTS_VALUE = re.compile(r"^[≥≤<>=~±]|^[-+]?\d")
_TIME = re.compile(r"\d{4}年|\d{1,2}月|\d{1,2}日|年底|月底|季度")
_NO_START = re.compile(r"^[),.;:、。%)”》\]]")
_NO_END = re.compile(r"[(,、“《]$")
_LONG_WORDS = 6  # Chinese letters beside each figure of a value in words
_ONE_LETTER = "是否有无优良中差好高低零全"
#: What begins with words and ends in a figure is a name and its value.
_ENDS_IN_FIGURE = re.compile(r"\d[\d.,]*(?:%|[\u4e00-\u9fff]{0,3})(?:以上|以内|以下|以外)?$")
_FIGURE = re.compile(r"\d[\d,.]*")
#: 指标3: opens a name of its own.
_NUMBERED = re.compile(r"指标\d{1,2}:")
#: The end of a label, no name.
_LABEL_ENDS = ("指标", "目标", "标")
_CLAUSE = re.compile(r"[,;。]")
_HANGING = ",.;:、。，；：）)"
_CLOSING, _OPENING = ",.;:、。，；：）)”》%", "(（“《"

Label = tuple[tuple[str, str], tuple[Token, ...]]  # (level1 | level2, words), where printed
_TEXTS = ("reason", "name", "target", "actual")


@dataclass(frozen=True, slots=True)
class Row:
    """A row's figures and the line they stand on; ``reason`` is what follows them there."""

    line: FormLine
    weight: Token
    score: Token
    reason: tuple[Token, ...]

    @property
    def short(self) -> bool:
        """Whether points are missing, which asks for a reason."""
        return (self.score.number or Decimal(0)) < (self.weight.number or Decimal(0))


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to share the words before a row's figures; ``reason``: the rest of the row above."""

    reason: tuple[Token, ...]
    labels: tuple[Label, ...]
    name: tuple[Token, ...]
    target: tuple[Token, ...]
    actual: tuple[Token, ...]

    @property
    def told(self) -> tuple[object, ...]:
        """What the cut says, wherever it is printed."""
        labels = tuple(label for label, _ in self.labels)
        return (labels, *(text_of(getattr(self, part)) for part in _TEXTS))


def text_of(tokens: Sequence[Token]) -> str:
    """The words of a cell."""
    return "".join(t.text for t in tokens)


def lines_of(tokens: Sequence[Token]) -> list[str]:
    """The lines of a cell."""
    lines: dict[int, str] = {}
    for token in tokens:
        lines[token.line] = lines.get(token.line, "") + token.text
    return list(lines.values())


# --- rows by their figures ------------------------------------------------------------------------


def rows_of(lines: Sequence[FormLine]) -> tuple[list[Row], list[list[Token]]] | None:
    """Rows by their figures, and the words before each; the last list follows the last row."""
    rows: list[Row] = []
    between: list[list[Token]] = [[]]
    for line in lines:
        at = _figures_at(line.tokens)
        if at is None:
            between[-1] += line.tokens
            continue
        weight, score = line.tokens[at], line.tokens[at + 1]
        if not weight.number or score.number is None or score.number > weight.number:
            return None
        between[-1] += line.tokens[:at]
        rows.append(Row(line, weight, score, line.tokens[at + 2 :]))
        between.append([])
    return rows, between


def _figures_at(tokens: Sequence[Token]) -> int | None:
    """Where weight and score stand: the last two plain figures side by side on a line."""
    pairs = [
        at for at in range(len(tokens) - 1) if tokens[at].is_number and tokens[at + 1].is_number
    ]
    return pairs[-1] if pairs else None


# --- every way to share the words -----------------------------------------------------------------


def ways(
    words: Sequence[Token], above: Row | None, levels: frozenset[str], *, has_reason: bool
) -> list[Cut]:
    """Every way to share the words before a row's figures that its cells allow."""
    if len(words) > _MOST_WORDS:
        return []
    wanting = above is not None and has_reason and (above.short or bool(above.reason))
    fine: dict[tuple[int, int], bool] = {}
    cuts: list[Cut] = []
    for first, names_at, labels in heads(words, levels, wanting=wanting):
        for target_at in range(names_at + 1, len(words) - 1):
            name = words[names_at:target_at]
            if not is_one_cell(name):
                break
            if not is_name(name):
                continue
            for actual_at in range(target_at + 1, len(words)):
                spans = ((target_at, actual_at), (actual_at, len(words)))
                for a, b in spans:
                    if (a, b) not in fine:
                        fine[a, b] = is_one_cell(words[a:b]) and is_value(words[a:b])
                if all(fine[span] for span in spans):
                    target, actual = (tuple(words[a:b]) for a, b in spans)
                    cuts.append(Cut(tuple(words[:first]), labels, tuple(name), target, actual))
    return cuts


def heads(
    words: Sequence[Token], levels: frozenset[str], *, wanting: bool
) -> Iterator[tuple[int, int, tuple[Label, ...]]]:
    """Ends of the reason above and of the labels: longer labels hide the shorter in them."""
    for first in range(len(words)):
        if first and (not wanting or words[first].line == words[first - 1].line):
            continue
        reason = words[:first]
        if reason and (not is_one_cell(reason) or holds_label(lines_of(reason))):
            continue
        found: list[tuple[int, tuple[Label, ...]]] = []
        for names_at in range(first, len(words)):
            labels = labels_of(words[first:names_at])
            if labels is None or len(labels) > len(levels):
                continue
            kinds = [level for (level, _), _ in labels]
            if len(set(kinds)) == len(kinds) and set(kinds) <= levels:
                found.append((names_at, labels))
        longest = max((_extent(labels) for _, labels in found), default=(0, 0))
        for names_at, labels in found:
            # A word such as 服务对象满意度 is a level or an indicator's own name.
            shorter = any(
                labels == more[:-1] and not is_strong_label(more[-1][0][1])
                for _, more in found
                if more and _extent(more) == longest
            )
            if shorter or _extent(labels) == longest:
                yield first, names_at, labels


def holds_label(lines: Sequence[str]) -> bool:
    """Whether some lines, one behind the other, are a label beyond doubt: 满意度指 | 标（10分）."""
    return any(
        is_strong_label("".join(lines[first:end]))
        for first in range(len(lines))
        for end in range(first + 1, min(first + _LABEL_LINES, len(lines)) + 1)
    )


def _extent(labels: tuple[Label, ...]) -> tuple[int, int]:
    return len(labels), sum(len(text) for (_, text), _ in labels)


def is_one_cell(tokens: Sequence[Token]) -> bool:
    """Whether words may stand in one cell: no blank between two Chinese letters, no torn figure."""
    for one, other in pairwise(tokens):
        cjk = bool(_CJK.match(one.text[-1]) and _CJK.match(other.text[0]))
        if cjk and one.line == other.line:
            return False
        if one.line != other.line and one.text[-1].isdigit() and other.text[0].isdigit():
            return False
    return True


def is_name(tokens: Sequence[Token], *, clauses: bool = False) -> bool:
    """Whether words may be an indicator's name: no figures of their own, no operator, no clause.

    With ``clauses`` it may be a sentence.
    """
    text = compact(text_of(tokens))
    if len(text) < 2 or _NO_START.match(text) or _NO_END.search(text) or not _CJK.search(text):
        return False
    if (not clauses and _CLAUSE.search(text)) or _STARTS_VALUE.match(text) or not balanced(text):
        return False
    if any(t.is_number or t.is_percent or operator_ahead().match(t.text) for t in tokens):
        return False
    if _NUMBERED.search(text[1:]):
        return False
    if clauses and any(t.text[0].isdigit() for t in tokens[1:]):
        return False
    return text not in _LABEL_ENDS and not any(map(is_strong_label, lines_of(tokens)))


def is_value(tokens: Sequence[Token]) -> bool:
    """Whether words may be a target or what was reached: one figure, a date, or words."""
    text = compact(text_of(tokens))
    vocabulary = default_vocabulary()
    if vocabulary.is_blank(text):
        return True
    if _NO_START.match(text) or _NO_END.search(text) or not balanced(text):
        return False
    half = vocabulary.unit(text) is not None or vocabulary.operator_symbol(text) is not None
    half = half or (len(text) == 1 and bool(_CJK.match(text)) and text not in _ONE_LETTER)
    within = any(operator_ahead().match(t.text) for t in tokens[1:])
    lines = lines_of(tokens)
    half = half or within or lines[-1] in _LABEL_ENDS or bool(_NUMBERED.search(text))
    if half or any(is_strong_label(line) for line in lines):
        return False
    figures = len(_FIGURE.findall(text))
    if not figures or _TIME.search(text):
        return True
    if figures == 1 and (_STARTS_VALUE.match(text) or operator_ahead().match(text)):
        return True
    wordy = len(_CJK.findall(text)) >= _LONG_WORDS * figures
    return wordy and _CJK.match(text) is not None and not _ENDS_IN_FIGURE.search(text)


@lru_cache(maxsize=1)
def operator_ahead() -> re.Pattern[str]:
    """A word that begins with an operator printed before its figure: ≥ 不低于 大于等于."""
    # 《 and 》 typed for ≤ and ≥ open and close a name far more often.
    words = {w.wording for w in default_vocabulary().operators if w.position == "before"}
    words -= {"《", "》"}
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))) + "|[≥≤<>=]")


# --- the widths of columns ------------------------------------------------------------------------


def span_of(lines: Sequence[str]) -> tuple[float, float]:
    """The least and the greatest width of a column in which these lines wrap as they do."""
    least = max((width(line.rstrip(_HANGING)) for line in lines), default=0.0)
    most = _ENDLESS
    for line, following in pairwise(lines):
        most = min(most, _widest(line) + _widest(_first_unit(following)) - _LESS)
    return least, most


def _widest(text: str) -> float:
    """The width where signs are printed twice as wide as their normal form, figures wider too."""
    return width(text) + sum(0.25 if c.isalnum() else 0.5 for c in text if c.isascii())


def _first_unit(text: str) -> str:
    """What cannot be parted at the head of a line: the line above had no room for it."""
    run = _ASCII_RUN.match(text)
    end = run.end() if run else 1
    while end < len(text) and (text[end] in _CLOSING or text[end - 1] in _OPENING):
        end += 1
    return text[:end]


def _spans(cut: Cut, above: Row | None) -> dict[str, tuple[float, float]]:
    own = list(above.reason) if above else []
    return {
        "reason": span_of(lines_of([*own, *cut.reason])),
        **{part: span_of(lines_of(getattr(cut, part))) for part in _TEXTS[1:]},
    }


def settle_rows(choices: list[list[Cut]], rows: Sequence[Row]) -> list[Cut] | None:
    """The one cut of every row, None where a row has none or several.

    ``choices[n]`` are the cuts of row ``n``; what stands out of its column, or wraps before it is
    full, is taken out until nothing changes.
    """
    spans = [
        [_spans(cut, rows[n - 1] if n else None) for cut in cuts] for n, cuts in enumerate(choices)
    ]
    left = [list(range(len(cuts))) for cuts in choices]
    changed = True
    while changed and all(left):
        changed = False
        for part in _TEXTS:
            least = max(min(spans[n][i][part][0] for i in own) for n, own in enumerate(left))
            most = min(max(spans[n][i][part][1] for i in own) for n, own in enumerate(left))
            for n, own in enumerate(left):
                kept = [
                    i for i in own if spans[n][i][part][0] <= most and spans[n][i][part][1] >= least
                ]
                changed |= len(kept) < len(own)
                left[n] = kept
            if not all(left):
                return None
    settled = [_only([choices[n][i] for i in own]) for n, own in enumerate(left)]
    return [cut for cut in settled if cut] if all(settled) else None


def _only(cuts: Sequence[Cut]) -> Cut | None:
    """The cut, where all say the same; else the one whose target and actual clearly go together."""
    told = {cut.told: cut for cut in cuts}
    if len(told) == 1:
        return next(iter(told.values()))
    if len({(cut.told[0], cut.told[1]) for cut in told.values()}) != 1:
        return None  # whose words are these, the reason's above or the name's?
    scored = sorted(
        ((alike(text_of(c.target), text_of(c.actual)), n) for n, c in enumerate(told.values())),
        reverse=True,
    )
    clear = scored[0][0] - scored[1][0] >= CLEARLY
    return list(told.values())[scored[0][1]] if clear else None
