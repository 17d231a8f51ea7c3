"""Pages printed sideways: a wide table set across a page that nobody turned.

Such a page is turned before it is laid out, so that its text goes from left to right and its rows
are rows; the places of what was read are those of the page as it is displayed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pypdfium2 import raw

from orchestration.reading.document import BBox, Block, Grid, Place
from orchestration.reading.geometry import SLANT, PageFrame
from orchestration.reading.pdf.parts import PageRead

#: Glyphs that are asked how they stand, and how many of them must agree: figures of the page (its
#: number) and captions stand upright beside a table that does not.
_ASKED, _AGREED = 20, 0.75
#: A page with fewer glyphs has no table to turn.
_FEWEST = 12


def writing_direction(text_page: Any, frame: PageFrame) -> int:  # noqa: ANN401 - a PDFium handle
    """By how many clockwise quarter turns a page reads from left to right; 0 for most pages.

    Args:
        text_page: the page's text, open in PDFium.
        frame: the page as displayed.
    """
    count = raw.FPDFText_CountChars(text_page)
    if count < _FEWEST:
        return 0
    turns = Counter(
        turn_of(text_page, i, frame)
        for i in range(0, count, -(-count // _ASKED))
        if raw.FPDFText_GetUnicode(text_page, i) > ord(" ")
    )
    found, agreed = turns.most_common(1)[0] if turns else (None, 0)
    if found is None or found[1] or agreed < _AGREED * turns.total():
        return 0
    return found[0]


def turn_of(text_page: Any, glyph: int, frame: PageFrame) -> tuple[int, bool] | None:  # noqa: ANN401 - as above
    """How a glyph stands: quarter turns counter-clockwise in the frame, whether it runs aslant.

    None where PDFium cannot tell, which counts the angle clockwise on the unrotated page.
    """
    angle: float = raw.FPDFText_GetCharAngle(text_page, glyph)
    if angle < 0:
        return None
    quarter = round(angle / (math.pi / 2))
    return (-quarter - frame.quarter) % 4, abs(angle - quarter * math.pi / 2) > SLANT


def displayed_size(page: PageRead) -> tuple[float, float]:
    """Width and height of a page as it is displayed."""
    return (page.height, page.width) if page.turned % 2 else (page.width, page.height)


def displayed(blocks: Sequence[Block], pages: Sequence[PageRead]) -> tuple[Block, ...]:
    """The blocks with the places of turned pages brought back to the pages as displayed."""
    turned = {page.number: page for page in pages if page.turned}
    return tuple(_block(block, turned) for block in blocks) if turned else tuple(blocks)


def _block(block: Block, turned: Mapping[int, PageRead]) -> Block:
    if not isinstance(block, Grid):
        return replace(block, places=_places(block.places, turned))
    cells = tuple(replace(cell, parts=_places(cell.parts, turned)) for cell in block.cells)
    return replace(block, cells=cells)


def _places(places: Sequence[Place], turned: Mapping[int, PageRead]) -> tuple[Place, ...]:
    def back(place: Place) -> Place:
        page = turned.get(place.page or 0)
        if page is None or place.bbox is None:
            return place
        return replace(place, bbox=_box(place.bbox, page))

    return tuple(map(back, places))


def _box(box: BBox, page: PageRead) -> BBox:
    width, height = page.width, page.height
    if page.turned == 1:
        return BBox(box.top, width - box.x1, box.bottom, width - box.x0)
    if page.turned == 2:
        return BBox(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
    return BBox(height - box.bottom, box.x0, height - box.top, box.x1)
