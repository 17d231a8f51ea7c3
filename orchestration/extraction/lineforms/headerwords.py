"""Header words printed over several lines, read into columns by the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.extraction.lineforms.tokens import FormLine
from orchestration.extraction.text import compact
from orchestration.extraction.vocabulary import Vocabulary, default_vocabulary
from orchestration.reading.document import Place

_LONGEST = 18
_FIGURES = frozenset(
    {"initial_budget", "annual_budget", "executed", "weight", "execution_rate", "score"}
    | {"target", "actual"}
)


@dataclass(frozen=True, slots=True)
class HeaderField:
    """A column: its role in the vocabulary, its words, its lines."""

    field: str
    text: str
    places: tuple[Place, ...] = ()


def read_header(lines: Sequence[FormLine], block: str) -> tuple[list[HeaderField], str]:
    """The columns that joined header lines name, in order, and the words that name none.

    Of all ways to cut the words, the one that leaves the fewest letters over wins, then the one
    that
    keeps words together. A word made of two columns' words (执行率得分) is two where one of them
    would
    be missing.
    """
    vocabulary = default_vocabulary()
    text = "".join(compact(line.text) for line in lines)
    origin: list[Place] = [line.place for line in lines for _ in compact(line.text)]
    words = _words(text, block, vocabulary)
    best: list[tuple[int, int, int]] = [(0, 0, 0)] * (
        len(text) + 1
    )  # unknown letters, columns, next
    for position in range(len(text) - 1, -1, -1):
        unknown, columns, _ = best[position + 1]
        ways = [(unknown + 1, columns, position + 1)]
        for end in words.get(position, ()):
            unknown, columns, _ = best[end]
            ways.append((unknown, columns + 1, end))
        best[position] = min(ways)
    found: list[HeaderField] = []
    left = ""
    position = 0
    while position < len(text):
        end = best[position][2]
        word = text[position:end]
        role = vocabulary.header(block, word) if end in words.get(position, ()) else None
        if role is None:
            left += word
        else:
            places = tuple(dict.fromkeys(origin[position:end]))
            found.append(HeaderField(role, word, places))
        position = end
    return _part_doubles(found, block, vocabulary), left


def _part_doubles(
    found: list[HeaderField], block: str, vocabulary: Vocabulary
) -> list[HeaderField]:
    parted: list[HeaderField] = []
    for header in found:
        others = {f.field for f in found if f is not header}
        for cut in range(2, len(header.text) - 1):
            pair = [header.text[:cut], header.text[cut:]]
            roles = [vocabulary.header(block, word) for word in pair]
            if roles[0] != roles[1] and set(roles) <= _FIGURES and not others & set(roles):
                parted += [
                    HeaderField(str(r), w, header.places) for r, w in zip(roles, pair, strict=True)
                ]
                break
        else:
            parted.append(header)
    return parted


def _words(text: str, block: str, vocabulary: Vocabulary) -> dict[int, list[int]]:
    """Where the vocabulary's wordings stand in a text: start → ends."""
    found: dict[int, list[int]] = {}
    for start in range(len(text)):
        if text[start] in ")、,:":
            continue
        for end in range(start + 2, min(start + _LONGEST, len(text)) + 1):
            word = text[start:end]
            if word.count("(") != word.count(")") or vocabulary.header(block, word) is None:
                continue
            if vocabulary.is_listed(block, word) or not _is_two_words(word, block, vocabulary):
                found.setdefault(start, []).append(end)
    return found


def _is_two_words(word: str, block: str, vocabulary: Vocabulary) -> bool:
    """Whether what a pattern takes for one word is the words of two columns: 三级指标分值.

    分值权重（90分） is one: both its halves name the same column.
    """
    halves = [(word[:cut], word[cut:]) for cut in range(2, len(word) - 1)]
    roles = [tuple(vocabulary.header(block, half) for half in pair) for pair in halves]
    return any(None not in pair and pair[0] != pair[1] for pair in roles)
