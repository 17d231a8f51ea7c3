"""Page headers, footers and page numbers: what every page repeats is not part of the report.

Titles and captions of forms also repeat; they stay, because they stand inside the text area.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from orchestration.reading.lines import Line
from orchestration.reading.pdf.page import compact
from orchestration.reading.pdf.parts import CellRead, PageRead

_DASH = r"[-—–─－_~·.•]"
_DECORATED = re.compile(
    rf"^(?:{_DASH}+\d{{1,4}}{_DASH}+|第\d{{1,4}}页(?:[,，/]?共\d{{1,4}}页)?|\d{{1,4}}/\d{{1,4}}"
    rf"|Page\d{{1,4}}(?:of\d{{1,4}})?)$",
    re.IGNORECASE,
)
_BARE = re.compile(r"^\d{1,4}$")
_ROMAN = re.compile(r"^[IVXivxⅠ-Ⅻ]{1,5}$")
_DIGITS = re.compile(r"\d+")
#: Shares of the page height in which running heads and page numbers stand.
_TOP, _BOTTOM = 0.10, 0.87
#: A head this near to the edge stands in the margin, where no title stands.
_MARGIN_TOP, _MARGIN_BOTTOM = 0.065, 0.94
#: The same in points: low (landscape) pages have no smaller heads.
_HEAD_ROOM, _MARGIN = 92.0, 52.0
_LEVEL = 4.0  # points by which the same head may move between pages

Spot = tuple[PageRead, Line, CellRead | None]


def strip_furniture(pages: Sequence[PageRead]) -> None:
    """Remove running heads and page numbers from lines and from cells (in place)."""
    spots = [spot for page in pages for spot in _edge_lines(page)]
    gone = _page_numbers(spots, len(pages)) | _running_heads(spots, pages)
    if not gone:
        return
    for page in pages:
        page.lines = [line for line in page.lines if id(line) not in gone]
        for table in page.tables:
            for cell in table.cells:
                if any(id(line) in gone for line in cell.lines):
                    cell.lines = [line for line in cell.lines if id(line) not in gone]


def _edge_lines(page: PageRead) -> Iterator[Spot]:
    upper = max(_TOP * page.height, _HEAD_ROOM)
    lower = min(_BOTTOM * page.height, page.height - _HEAD_ROOM)
    for line in page.lines:
        if line.bottom < upper or line.top > lower:
            yield page, line, None
    for table in page.tables:
        if table.top > upper and table.bottom < lower:
            continue
        for cell in table.cells:
            for line in cell.lines:
                if line.bottom < upper or line.top > lower:
                    yield page, line, cell


def _page_numbers(spots: list[Spot], page_count: int) -> set[int]:
    gone: set[int] = set()
    bare: list[tuple[PageRead, Line, CellRead | None, int]] = []
    for page, line, cell in spots:
        text = compact(line.text)
        if _DECORATED.match(text):
            gone.add(id(line))
        elif _BARE.match(text):
            bare.append((page, line, cell, int(text)))
        elif _ROMAN.match(text) and cell is None:
            gone.add(id(line))
    # Numbers that count up with the pages, at one level of the page.
    offsets = Counter(value - page.number for page, _, cell, value in bare if cell is None)
    levels = {
        (round(page.height), offset): [
            line.base
            for p, line, cell, value in bare
            if cell is None and value - p.number == offset and round(p.height) == round(page.height)
        ]
        for page, _, _, value in bare
        for offset in (value - page.number,)
    }
    for page, line, cell, value in bare:
        offset = value - page.number
        beside = levels[(round(page.height), offset)]
        level = sum(abs(line.base - other) <= _LEVEL for other in beside)
        if cell is None:
            lonely = _is_last(page, line) and line.top > _MARGIN_BOTTOM * page.height
            if offsets[offset] >= 2 or lonely or (page_count == 1 and line is page.lines[-1]):
                gone.add(id(line))
        elif level >= 3:
            gone.add(id(line))
    return gone


def _is_last(page: PageRead, line: Line) -> bool:
    return all(other.bottom <= line.bottom + 1 for other in page.lines)


def _running_heads(spots: list[Spot], pages: Sequence[PageRead]) -> set[int]:
    """Lines that repeat at one place, figures in them aside."""
    groups: dict[tuple[str, int, int], list[Spot]] = defaultdict(list)
    sizes = Counter((round(p.width), round(p.height)) for p in pages)
    for spot in spots:
        page, line, cell = spot
        text = _DIGITS.sub("#", compact(line.text))
        if cell is None and text and text != "#":
            groups[(text, round(page.width), round(page.height))].append(spot)
    gone: set[int] = set()
    for (_, wide, high), group in groups.items():
        levels = sorted(line.base for _, line, _ in group)
        if len(group) < 2 or levels[-1] - levels[0] > _LEVEL:
            continue
        often = len(group) >= 3
        share = len(group) / sizes[(wide, high)]
        in_margin = all(_in_margin(page, line) for page, line, _ in group)
        # In the margin of every page, be they two, stands no title.
        if (in_margin and (often or share == 1)) or (
            (share == 1 or (often and share >= 0.6))
            and _clear_of_tables(group, everywhere=share == 1)
        ):
            gone |= {id(line) for _, line, _ in group}
    return gone


def _in_margin(page: PageRead, line: Line) -> bool:
    upper = max(_MARGIN_TOP * page.height, _MARGIN)
    lower = min(_MARGIN_BOTTOM * page.height, page.height - _MARGIN)
    return line.bottom < upper or line.top > lower


def _clear_of_tables(group: list[Spot], *, everywhere: bool) -> bool:
    """Whether some of the pages begin with text below the head: then it is no table's title.

    One such page is enough where the head stands ``everywhere``.
    """
    with_text = sum(_begins_with_text(page, line) for page, line, _ in group)
    if everywhere and with_text:
        return True
    return with_text * 2 >= len(group) or any(
        _far_from_table(page, line) for page, line, _ in group
    )


def _begins_with_text(page: PageRead, head: Line) -> bool:
    return not page.tables and any(line.top > head.bottom for line in page.lines)


_LINES_BETWEEN = 4  # a title and its captions stand in fewer lines above their table


def _far_from_table(page: PageRead, head: Line) -> bool:
    """Whether running text stands between the head and the first table of its page."""
    first = min((table.top for table in page.tables), default=page.height)
    between = [line for line in page.lines if head.bottom < line.top and line.bottom <= first]
    return len(between) >= _LINES_BETWEEN
