"""Printed lines to logical paragraphs: by indentation, fullness of the line, and numbering."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.reading.document import Paragraph, Place
from orchestration.reading.lines import Line
from orchestration.reading.pdf.page import compact
from orchestration.reading.pdf.parts import PageRead

_NUMBERED = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.．章节部是]|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}[.．、)）](?!\d)|[①-⑳■●◆★※▲□])"
)
_TOKEN = re.compile(r"\d[\d.,]*%?(?![\d.、)）])")
_ENDED = re.compile(r"[。；;：:！？]\s*$")
_LEADER = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|-{6,}|_{6,})")


@dataclass(frozen=True, slots=True)
class Margins:
    """Left and right edge of running text, in points."""

    left: float
    right: float


def margins_of(pages: Sequence[PageRead]) -> dict[tuple[int, int], Margins]:
    """The text margins of each page size: most lines of a paragraph begin and end there."""
    starts: dict[tuple[int, int], Counter[int]] = {}
    ends: dict[tuple[int, int], Counter[int]] = {}
    for page in pages:
        key = size_of(page)
        for line in page.lines:
            if line.turn == 0 and len(line.text) >= 12:
                starts.setdefault(key, Counter())[round(line.x0 / 3)] += 1
                ends.setdefault(key, Counter())[round(line.x1 / 3)] += 1
    result = {}
    for key, counter in starts.items():
        often = [k for k, n in counter.items() if n >= max(2, 0.1 * counter.total())]
        left = 3.0 * min(often or counter)
        tail = ends[key]
        common = [k for k, n in tail.items() if n >= max(2, 0.06 * tail.total())]
        # Short lines alone say nothing of the right margin: it is about as wide as the left one.
        result[key] = Margins(left, max(3.0 * max(common or tail), key[0] - 1.35 * left))
    return result


def size_of(page: PageRead) -> tuple[int, int]:
    """Key of a page size."""
    return round(page.width), round(page.height)


def to_paragraphs(
    lines: Sequence[tuple[PageRead, Line]], margins: dict[tuple[int, int], Margins]
) -> list[Paragraph]:
    """Consecutive lines of running text (no table between) as paragraphs."""
    groups: list[list[tuple[PageRead, Line]]] = []
    for page, line in lines:
        if groups and _continues(groups[-1], page, line, margins.get(size_of(page))):
            groups[-1].append((page, line))
        else:
            groups.append([(page, line)])
    return [_paragraph(group) for group in groups]


def _paragraph(group: list[tuple[PageRead, Line]]) -> Paragraph:
    return Paragraph(
        "\n".join(line.text for _, line in group),
        tuple(Place(page.number, line.bbox) for page, line in group),
        tuple(doubt for _, line in group for doubt in line.doubts),
    )


def _unbroken(before: str, text: str) -> float:
    """Widths of type that a line may end short because a number must not be cut in two.

    ``执行数为`` | ``12,386.37万元``: the number goes whole to the next line, sign included.
    """
    token = _TOKEN.match(text)
    if token is None or _ENDED.search(before):
        return 0.0
    return 0.55 * len(token.group()) + 1.7


def _continues(
    group: list[tuple[PageRead, Line]], page: PageRead, line: Line, margins: Margins | None
) -> bool:
    before_page, before = group[-1]
    if margins is None or line.turn or before.turn or size_of(page) != size_of(before_page):
        return False
    size = max(line.size, before.size)
    if abs(line.size - before.size) > 0.25 * size:
        return False
    if _LEADER.search(before.text) or _LEADER.search(line.text) or _NUMBERED.match(line.text):
        return False
    if page is before_page and not 0 < line.base - before.base <= 2.8 * size:
        return False
    if margins.right - before.x1 > max(1.7 * size, _unbroken(before.text, line.text) * size):
        return False
    # An indented block: its lines begin at one place, its first line further in.
    return line.x0 - margins.left <= 1.2 * size or (
        len(group) > 1 and abs(line.x0 - before.x0) <= 0.5 * size and bool(compact(line.text))
    )
