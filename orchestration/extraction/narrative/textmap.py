"""Running text for the grammar: compact characters that still know where they were printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestration.extraction.text import as_printed
from orchestration.reading.document import Paragraph, Place

_ONE_SIGN = str.maketrans(
    {"≦": "≤", "≧": "≥", "−": "-", "﹪": "%", "‘": "“", "’": "”", '"': "“", "＂": "“", "：": ":"}
)
_SHIELDED = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳²³…")
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_NUMBER = re.compile(r"\d[\d,.]*")
#: A number in full-width figures, which lines may break anywhere (１２ ⏎ ３４万元).
_PARTED = re.compile(
    r"(?<=[０-９])[ \t]*\n\s*(?=[０-９．，]*[０-９](?:[万亿千百]?元|%|％|[人名份个]))"
)
#: Figures side by side, blanks between: 项目支出 12 万元 8 8.
_SIDE_BY_SIDE = re.compile(
    r"\d(?:[%％]|万?元|分|人|个|项|次|家|户)?\s+[≥≤<>＝=±-]?\d[\d,.]*(?:[%％]|万?元|分|人|个|项|次|家|户)?(?:\s|$)"
)
#: A line of an account: a name and a bare amount behind it, 31099其他资本性支出 0.50.
_LABEL_ROW = re.compile(r"[\u4e00-\u9fff)）]\s*-?\d[\d,]*\.\d+$")
_CLAUSE_MARK = re.compile(r"[，。；！？,;](?!\d)")
_GOES_ON = re.compile(r"[,;比较同与占]")
_SENTENCE_END = re.compile(r"[。!?！？]+[”’」』)）]*")


@dataclass(frozen=True, slots=True)
class TextMap:
    """A stretch of printed text and its compact form (NFKC, no white space).

    ``index[i]`` is the offset in ``printed`` of compact character ``i``. A blank between two
    figures is kept as one blank, so that ``542.37 564.41`` never becomes one number.
    """

    printed: str
    compact: str
    index: tuple[int, ...]
    places: tuple[Place, ...]
    line_starts: tuple[int, ...]

    def line_at(self, position: int) -> int:
        """The printed line, from 0, that holds compact character ``position``."""
        offset = self.index[min(position, len(self.index) - 1)] if self.index else 0
        return max(sum(start <= offset for start in self.line_starts) - 1, 0)

    def place_of(self, start: int, end: int) -> Place:
        """The place of compact characters ``start``..``end``: one box around all their lines.

        Words that run over a page break have the box of the page where their last figure begins,
        as a place is on one page.
        """
        if not self.places:
            return Place()
        last_char = max(end - 1, start)
        places = [
            self.places[min(line, len(self.places) - 1)]
            for line in range(self.line_at(start), self.line_at(last_char) + 1)
        ]
        numbers = [m.start() for m in _NUMBER.finditer(self.compact, start, max(end, start))]
        own_line = self.line_at(numbers[-1] if numbers else start)
        own = self.places[min(own_line, len(self.places) - 1)]
        boxes = [p.bbox for p in places if p.page == own.page and p.bbox is not None]
        if own.bbox is None or not boxes:
            return own
        whole = boxes[0]
        for box in boxes[1:]:
            whole = whole.union(box)
        return Place(own.page, whole, own.path)

    def printed_span(self, start: int, end: int) -> str:
        """What is printed at compact characters ``start``..``end``."""
        if start >= end or not self.index:
            return ""
        last = self.index[min(end, len(self.index)) - 1] + 1
        return self.printed[self.index[start] : last].strip()

    def cut(self, start: int, end: int) -> TextMap:
        """The same map for a part of the compact text."""
        return TextMap(
            self.printed, self.compact[start:end], self.index[start:end], self.places,
            self.line_starts,
        )  # fmt: skip

    @property
    def text(self) -> str:
        """The part as records hold it."""
        return as_printed(self.printed_span(0, len(self.compact)))


def text_map(printed: str, places: Sequence[Place] = ()) -> TextMap:
    """The map of a printed text; ``places`` are those of its lines, or one for the whole."""
    characters: list[str] = []
    index: list[int] = []
    skip_until = 0
    marks = {m.start(): m.end() for m in _BOOKMARK.finditer(printed)}
    marks.update((m.start(), m.end()) for m in _PARTED.finditer(printed))
    for offset, char in enumerate(printed):
        if offset in marks:
            skip_until = marks[offset]
        if offset < skip_until:
            continue
        folded = char if char in _SHIELDED else unicodedata.normalize("NFKC", char)
        for piece in folded.translate(_ONE_SIGN):
            if piece.isspace():
                if characters and characters[-1] != " " and characters[-1].isascii():
                    characters.append(" ")
                    index.append(offset)
                continue
            if characters and characters[-1] == " " and not _both_figures(characters, piece):
                characters.pop()
                index.pop()
            characters.append(piece)
            index.append(offset)
    if characters and characters[-1] == " ":
        characters.pop()
        index.pop()
    starts = (0, *(m.end() for m in re.finditer("\n", printed)))
    return TextMap(printed, "".join(characters), tuple(index), tuple(places), starts)


def _both_figures(characters: list[str], following: str) -> bool:
    """A blank is kept between two ASCII letters or figures only."""
    before = characters[-2] if len(characters) > 1 else ""
    return before.isalnum() and before.isascii() and following.isalnum() and following.isascii()


def is_table_row(printed: str) -> bool:
    """Whether a line of a dump is a row of a table: figures side by side, or a name's bare amount.

    What its words mean was said by the table's head, which the line does not have.
    """
    row = _SIDE_BY_SIDE.search(printed) or _LABEL_ROW.search(printed.rstrip())
    return bool(row) and not _CLAUSE_MARK.search(printed)


def of_paragraph(paragraph: Paragraph) -> TextMap:
    """The map of a paragraph."""
    return text_map(paragraph.text, paragraph.places)


def sentences(whole: TextMap) -> Iterator[TextMap]:
    """The sentences of a text, ends included; a dot inside a figure ends none."""
    start = 0
    for match in _SENTENCE_END.finditer(whole.compact):
        if ")" in match.group() and _GOES_ON.match(whole.compact, match.end()):
            continue  # 12 万元（其中购置 5 万元。）比上年增加
        yield whole.cut(start, match.end())
        start = match.end()
    if start < len(whole.compact):
        yield whole.cut(start, len(whole.compact))
