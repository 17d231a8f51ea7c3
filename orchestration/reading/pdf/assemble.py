"""From pages to blocks: what goes on over a page is joined, what every page repeats is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.reading import stitch
from orchestration.reading.document import BBox, Block, Doubt, DoubtKind, GridKind
from orchestration.reading.lines import Line
from orchestration.reading.parts import PartCell, TablePart
from orchestration.reading.pdf.furniture import strip_furniture
from orchestration.reading.pdf.page import compact
from orchestration.reading.pdf.paragraphs import margins_of, size_of, to_paragraphs
from orchestration.reading.pdf.parts import PageRead, TableRead
from orchestration.reading.stitch import Seam

#: Lines beside a table without rules that are looked at, and the wide gaps in them that tell.
_AROUND, _REMNANT_GAPS = 12, 3
_REMNANT = "无框线表格可能只读到一部分 | perhaps only a part of a table without rules"
_CAPTION = re.compile(r"[:：]")
_CONTINUED = re.compile(r"^[（(]?(?:续表?|接上[页表]|续上[页表])[\d一二三四五六七八九十]*[）)]?$")
_TITLE = re.compile(r".{4,}表|年度")
#: Where no page says otherwise, text may go down to this share of the page height.
_BODY_BOTTOM = 0.86


@dataclass(slots=True)
class _Item:
    """A line or a table part in the flow of the document."""

    page: PageRead
    line: Line | None = None
    part: TablePart | None = None

    @property
    def top(self) -> float:
        if self.line is not None:
            return self.line.top
        return self.part.top if self.part is not None else 0.0


def assemble(pages: Sequence[PageRead]) -> tuple[Block, ...]:
    """The blocks of a document in reading order, tables joined over pages."""
    strip_furniture(pages)
    floors = _floors(pages)
    flow: list[_Item] = []
    for page in pages:
        items = _items(page)
        _stitch_page(flow, items, floors[size_of(page)])
    flow = _loosen_frames(flow)
    _doubt_remnants(flow)
    return _blocks(flow, pages)


def _items(page: PageRead) -> list[_Item]:
    items = [_Item(page, line=line) for line in page.lines]
    items += [_Item(page, part=_part(table)) for table in page.tables]
    items.sort(key=lambda item: item.top)
    return _side_by_side(items)


def _side_by_side(items: list[_Item]) -> list[_Item]:
    """Tables beside each other go left to right; lines level with a table come before it."""
    result: list[_Item] = []
    for item in items:
        position = len(result)
        while position:
            other = result[position - 1]
            if (
                item.part is None
                or other.part is None
                or other.part.bottom <= item.part.top
                or other.part.xs[0] <= item.part.xs[0]
            ):
                break
            position -= 1
        result.insert(position, item)
    return result


def _part(table: TableRead) -> TablePart:
    cells = [
        PartCell(
            cell.box.row,
            cell.box.col,
            cell.box.rowspan,
            cell.box.colspan,
            [(table.page, BBox(cell.box.x0, cell.box.top, cell.box.x1, cell.box.bottom))],
            [cell.lines],
            list(cell.doubts),
            cell.vertical,
            cell.box.open_top,
            cell.box.open_bottom,
        )
        for cell in table.cells
    ]
    return TablePart(
        [table.page],
        table.xs,
        len(table.ys) - 1,
        cells,
        table.top,
        table.bottom,
        table.ys[1] - table.ys[0],
        table.kind,
        list(table.doubts),
        table.nested,
    )


def _floors(pages: Sequence[PageRead]) -> dict[tuple[int, int], float]:
    """How far down the text area reaches, per page size."""
    result: dict[tuple[int, int], float] = {}
    for page in pages:
        lowest = [_BODY_BOTTOM * page.height]
        lowest += [line.bottom for line in page.lines]
        lowest += [table.bottom for table in page.tables]
        key = size_of(page)
        result[key] = max(result.get(key, 0.0), min(max(lowest), page.height))
    return result


def _stitch_page(flow: list[_Item], items: list[_Item], floor: float) -> None:
    """Append a page to the flow, joining its first table to the last one where it goes on."""
    first = next((i for i, item in enumerate(items) if item.part is not None), None)
    last = next((i for i in range(len(flow) - 1, -1, -1) if flow[i].part is not None), None)
    upper = flow[last].part if last is not None else None
    lower = items[first].part if first is not None else None
    if first is None or last is None or upper is None or lower is None:
        flow += items
        return
    between = flow[last + 1 :] + items[:first]
    heading = _is_repeated_heading(flow, last, upper, between, lower)
    seam = Seam(
        room=floor - upper.bottom,
        page_height=flow[last].page.height,
        titled=bool(between) and not heading,
    )
    if not stitch.goes_on(upper, lower, seam):
        flow += items
        return
    flow[last].part = stitch.join(upper, lower)
    del items[: first + 1]
    flow += items


def _is_repeated_heading(
    flow: list[_Item], last: int, upper: TablePart, between: list[_Item], lower: TablePart
) -> bool:
    """Lines between the parts that only say that the table goes on."""
    if not between or any(item.line is None for item in between):
        return False
    texts = [compact(item.line.text) for item in between if item.line is not None]
    if all(_CONTINUED.match(text) for text in texts):
        return True
    before: list[str] = []
    for item in reversed(flow[:last]):
        if item.line is None or item.page.number != upper.pages[0]:
            break
        before.append(compact(item.line.text))
    if not all(text in before or _CONTINUED.match(text) for text in texts):
        return False
    # A title that comes again announces the next form, unless the table's header comes with it.
    return bool(stitch.header_rows(upper, lower)) or not any(_TITLE.search(t) for t in texts)


def _loosen_frames(flow: list[_Item]) -> list[_Item]:
    """A box of one cell that belongs to no table is a framed paragraph."""
    result: list[_Item] = []
    for item in flow:
        part = item.part
        if part is None or len(part.cells) != 1 or len(part.pages) > 1:
            result.append(item)
            continue
        cell = part.cells[0]
        for line in cell.lines[0]:
            line.doubts += tuple(cell.doubts)
            result.append(_Item(item.page, line=line))
    return result


def _doubt_remnants(flow: list[_Item]) -> None:
    """Doubt tables without rules beside which lines stand that look like more of the table.

    Columns that follow from alignment may hold for a part of a form only; a part read for the
    whole says wrong things (whose figures they are, what the total is).
    """
    parts = [i for i, item in enumerate(flow) if item.part is not None]
    for before, here, after in zip([-1, *parts], parts, [*parts[1:], len(flow)], strict=False):
        part = flow[here].part
        if part is None or part.kind is not GridKind.ALIGNED:
            continue
        around = (flow[before + 1 : here][-_AROUND:], flow[here + 1 : after][:_AROUND])
        if any(_is_remnant([i.line for i in side if i.line is not None]) for side in around):
            for cell in part.cells:
                cell.doubts.append(Doubt(DoubtKind.STRUCTURE, _REMNANT, cell.text))


def _is_remnant(lines: Sequence[Line]) -> bool:
    """Whether some lines are parted like rows of a table (captions with colons are not)."""
    parted = [line for line in lines if len(line.segments) > 1 and not _CAPTION.search(line.text)]
    return sum(len(line.segments) - 1 for line in parted) >= _REMNANT_GAPS


def _blocks(flow: list[_Item], pages: Sequence[PageRead]) -> tuple[Block, ...]:
    margins = margins_of(pages)
    blocks: list[Block] = []
    waiting: list[tuple[PageRead, Line]] = []
    ordinal = 0
    for item in flow:
        if item.line is not None:
            waiting.append((item.page, item.line))
        if item.part is None:
            continue
        blocks += to_paragraphs(waiting, margins)
        waiting = []
        ordinal += 1
        blocks.append(stitch.to_grid(item.part, ordinal))
    blocks += to_paragraphs(waiting, margins)
    return tuple(blocks)
