"""The printed lines of a text file, and joining those that a dump broke in mid-sentence."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from orchestration.reading.document import Doubt, DoubtKind, Paragraph, Place

#: Word's marks as some converters print them.
_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]{0,80}\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b-\u200f\u2028\u2029\u00ad]")

#: A line that opens a paragraph of its own: 一、 （二） 3. 4、 ① 第一部分 目标1： - item
STARTS_PARAGRAPH = re.compile(
    r"""\s*(?:[-•●■◆*]\s+|[（(]?[一二三四五六七八九十百零〇]{1,4}[)）、.．]
    |[（(]\d{1,3}[)）]|\d{1,3}[)）、]|\d{1,3}[.．](?!\d)|[①-⑳]
    |第[一二三四五六七八九十\d]{1,4}[部章节条]|附件?\s*\d|附[件表]|[\u4e00-\u9fff]{1,4}\d{1,2}[：:])""",
    re.VERBOSE,
)
_ENDS_SENTENCE = re.compile(r"[。！？!?…][”’」』）)]?\s*$")
_ENDS_CLAUSE = re.compile(r"[。！？!?；;：:）)》]\s*$")
_CLAUSE_INSIDE = re.compile(r"[，；。,]")
#: 一、 （二） 1. at the head of a short line without end: a heading, never the start of a sentence.
_HEADING_NUMBER = re.compile(r"\s*[（(]?[一二三四五六七八九十]{1,4}[)）、.．]")
#: Figures side by side: a row of a form printed as a line.
_ROW_OF_FIGURES = re.compile(r"(?:^|\s)-?\d[\d.,]*[%％]?\s+-?\d[\d.,]*[%％]?(?:\s|$)")
#: What cannot open a line of its own: marks, a unit cut off from its figure, an amount with more.
_CANNOT_OPEN = re.compile(
    r"\s*(?:[。，、；！？）”’]|[万亿千百]{0,2}元[，。；：、）]|\d[\d,]*(?:\.\d+)?\s*[万亿]元[，。；])"
)
#: Marks of a page: - 3 -, 第3页, 第 3 页 共 12 页.
_PAGE_MARK = re.compile(r"[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d{1,4}\s*页[\s,，/／共\d页]*")
_PAGE_START = re.compile(r" [^ \d]")
_BARE_NUMBER = re.compile(r"\d{1,4}")
#: Figures on both sides of a line end, one of them half-width: only a number in full-width figures
#: is broken by a line, and what stands between may be a page's number (得满分３ ⏎ 1 ⏎ ０分).
_ONE_OF_TWO = re.compile(r"[0-9.,]\n[0-9.,０-９．]|[０-９．]\n[0-9.,]")
#: A line printed again and again, as heads of pages are.
_RUNNING_HEAD = re.compile(
    r"(?=\D*20\d\d)[^\s。；，：;,:]{4,50}(?:公开|报告|报告书|文本|决算|预算|说明)"
)
_FEW_PAGES = 3
_LINES_OF_PAGE = 15
#: Printed lines from one page's number to the next, and how many make a count beyond doubt.
_LEAST_PAGE, _MOST_PAGE, _MANY_PAGES = 8, 150, 5
_TEXT_WIDTH = 50
_MAX_WRAPPED_WIDTH = 150
_WIDE = 0.88


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its 1-based number and its text without trailing blanks (tabs kept)."""

    number: int
    text: str

    @property
    def blank(self) -> bool:
        """Nothing at all is on the line (a lone tab is a blank cell, not a blank line)."""
        return not self.text

    @property
    def width(self) -> int:
        """Columns on paper: two for a full-width character, one for any other."""
        return display_width(self.text.strip())


def display_width(text: str) -> int:
    """Columns a text takes in a fixed-width face, full-width characters taking two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def split_lines(text: str) -> tuple[list[Line], int]:
    """The lines of a text and how many bookmarks of Word were taken out of them."""
    bookmarks = 0
    lines: list[Line] = []
    for number, raw in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        cleaned, count = _BOOKMARK.subn("", raw) if "[bookmark:" in raw else (raw, 0)
        bookmarks += count
        lines.append(Line(number, _CONTROL.sub("", cleaned).rstrip(" \u3000\u00a0")))
    return lines, bookmarks


def without_page_marks(lines: list[Line]) -> list[Line]:
    """The lines with page numbers and running heads blanked: they cut sentences and rows in two.

    A bare number is a page's only where the bare numbers of the file count its pages.
    """
    texts = [line.text.strip() for line in lines]
    times = Counter(texts)
    heads = {
        text
        for text, n in times.items()
        if n > 1 and _RUNNING_HEAD.fullmatch(text) and not STARTS_PARAGRAPH.match(text)
    }
    first = {text: texts.index(text) for text in heads}
    pages = _page_numbers(lines)
    return [
        Line(line.number, "")
        if _PAGE_MARK.fullmatch(text)
        or line.number in pages
        or (text in heads and index != first[text])
        else line
        for index, (line, text) in enumerate(zip(lines, texts, strict=True))
    ]


def _page_numbers(lines: list[Line]) -> set[int]:
    """The numbers of the lines that hold a page's number alone.

    Few of them are pages' only where each follows a line of running text or comes before a head.
    """
    printed = [line for line in lines if not line.blank]
    bare = [
        (index, int(line.text))
        for index, line in enumerate(printed)
        if _BARE_NUMBER.fullmatch(line.text.strip(" \u3000"))  # behind a tab it is a cell
    ]
    rising = all(after == value + 1 for (_, value), (_, after) in pairwise(bare))
    far = all(
        printed[later].number - printed[index].number >= _LINES_OF_PAGE
        for (index, _), (later, _) in pairwise(bare)
    )
    counted = rising and (far or _are_all_pages(bare))
    if not bare or not counted:
        return {printed[i].number for i in _counting(printed, bare)}
    between = all(_between_text(printed, index) for index, _ in bare)
    few = bare[0][1] == 1 and printed[bare[0][0]].number >= _LINES_OF_PAGE and between
    return {printed[i].number for i, _ in bare} if few or len(bare) >= _FEW_PAGES else set()


def _are_all_pages(bare: list[tuple[int, int]]) -> bool:
    """Whether numbers that rise from 1 without a gap are pages', some of which hold few lines.

    Rows that are numbered, a cell a line, lie closer together.
    """
    between = [later - index for (index, _), (later, _) in pairwise(bare)]
    return len(bare) >= _MANY_PAGES and bare[0][1] == 1 and median(between) >= _LINES_OF_PAGE


def _counting(printed_lines: list[Line], bare: list[tuple[int, int]]) -> set[int]:
    """The longest run of bare numbers that counts pages, figures of tables standing between them.

    ``bare`` are (index of the line, number). Small figures of a table count up by chance: where
    one of the run is printed twice between its neighbours, or fewer than half of them stand behind
    running text, none of them is a page's.
    """
    printed: dict[int, list[int]] = {}
    best: list[tuple[int, int | None]] = []  # length of the run that ends here, where it came from
    for n, (index, value) in enumerate(bare):
        printed.setdefault(value, []).append(index)
        way: tuple[int, int | None] = (1, None)
        for m in range(n - 1, -1, -1):
            if index - bare[m][0] > _MOST_PAGE:
                break
            if bare[m][1] == value - 1 and index - bare[m][0] >= _LEAST_PAGE:
                way = max(way, (best[m][0] + 1, m), key=lambda w: w[0])
        best.append(way)
    at: int | None = max(range(len(bare)), key=lambda n: best[n][0], default=None)
    run: list[tuple[int, int]] = []
    while at is not None:
        run.insert(0, bare[at])
        at = best[at][1]
    if len(run) < _MANY_PAGES:
        return set()
    edges = [run[0][0] - _MOST_PAGE, *(index for index, _ in run), run[-1][0] + _MOST_PAGE]
    alone = all(
        sum(edges[place - 1] < other < edges[place + 1] for other in printed[value]) == 1
        for place, (_, value) in enumerate(run, start=1)
    )
    behind_text = sum(_between_text(printed_lines, index) for index, _ in run)
    return {index for index, _ in run} if alone and behind_text * 2 >= len(run) else set()


def _between_text(printed: list[Line], index: int) -> bool:
    """Whether a line stands after a long line of text, before a page's start, or last of all.

    Pages start with a running head; some dumps begin their first line, and no other, with a blank.
    """
    before = printed[index - 1] if index else None
    after = printed[index + 1] if index + 1 < len(printed) else None
    head = after is None or (
        _RUNNING_HEAD.fullmatch(after.text.strip()) or _PAGE_START.match(after.text)
    )
    return bool(head) or (before is not None and before.width >= _TEXT_WIDTH)


def place_of(first: int, last: int | None = None) -> Place:
    """The place of one line or of a run of lines."""
    if last is None or last == first:
        return Place(path=f"line {first}")
    return Place(path=f"lines {first}-{last}")


def paragraphs_of(lines: list[Line]) -> list[Paragraph]:
    """Paragraphs from lines that are in no table.

    Lines broken in mid-sentence are joined without a line end; every other line is a paragraph.
    Lines with tabs keep them and stay alone: the one-cell-a-line form is put together from them
    (a lone tab is a blank cell; missing line numbers are the blank lines between).
    """
    printed = [line for line in lines if not line.blank]
    groups: list[list[Line]] = []
    for index, line in enumerate(printed):
        if groups and _continues(printed, index - 1):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group) for group in groups]


def _continues(printed: list[Line], index: int) -> bool:  # noqa: PLR0911 - a list of reasons
    """Whether the line after ``index`` goes on with its sentence."""
    line, following = printed[index], printed[index + 1]
    text, rest = line.text.strip(), following.text
    if not text or "\t" in rest:
        return False
    if _CANNOT_OPEN.match(rest) and len(text) > 1:
        return True
    if "\t" in line.text or STARTS_PARAGRAPH.match(rest) or _ENDS_SENTENCE.search(text):
        return False
    if _is_label(rest) or _ROW_OF_FIGURES.search(text) or _ROW_OF_FIGURES.search(rest):
        return False
    if _wrapped(printed, index):
        return True
    if _HEADING_NUMBER.match(text) and len(text) <= 30:
        return text.endswith(("，", "、"))
    unfinished = _CLAUSE_INSIDE.search(text) and not _ENDS_CLAUSE.search(text)
    figure_cut = re.search(r"[，。；：].*\d$", text) and re.match(r"\s*[\u4e00-\u9fff%％]", rest)
    return bool(text.endswith(("，", "、")) or figure_cut or (unfinished and len(text) >= 12))


def _is_label(text: str) -> bool:
    return len(text.strip()) <= 20 and text.rstrip().endswith(("：", ":"))


def _wrapped(printed: list[Line], index: int) -> bool:
    """Whether a line is as wide as its neighbours, which a machine broke at the margin."""
    around = [line.width for line in printed[max(0, index - 4) : index + 5]]
    around = [width for width in around if width <= _MAX_WRAPPED_WIDTH]
    if not around or printed[index].width > _MAX_WRAPPED_WIDTH:
        return False
    margin = max(around)
    full = sum(width >= _WIDE * margin for width in around)
    return margin >= 30 and full >= 3 and printed[index].width >= _WIDE * margin


def _paragraph(group: list[Line]) -> Paragraph:
    if len(group) == 1:
        line = group[0]
        text = line.text if "\t" in line.text else line.text.strip()
        return Paragraph(text, (place_of(line.number),))
    text, doubts = group[0].text.strip(), []
    for line in group[1:]:
        following = line.text.strip()
        if _ONE_OF_TWO.search(text[-1:] + "\n" + following[:1]):
            doubts.append(
                Doubt(
                    DoubtKind.JOIN,
                    "断行两侧都是数字，未合并 / digits on both sides of a line end, "
                    f"line {line.number}",
                )
            )
            text += " " + following
        elif re.search(r"[A-Za-z0-9]$", text) and re.match(r"[A-Za-z]", following):
            text += " " + following
        else:
            text += following
    places = (place_of(group[0].number, group[-1].number),)
    return Paragraph(text, places, tuple(doubts), lines=tuple(line.text for line in group))
