"""First reading: PDFium's geometry of a page, through its raw interface.

One call a glyph and one a painted object; everything else is done on arrays.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Sequence
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from orchestration.reading.geometry import ClipWatch, Floats, Ink, PageFrame
from orchestration.reading.pdf import pdfium_calls as calls
from orchestration.reading.pdf.pdfium_hidden import about, unhidden
from orchestration.reading.pdf.pdfium_objects import PaintedObjects
from orchestration.reading.pdf.sideways import turn_of, writing_direction

Handle = Any  # a PDFium handle, or an array of numbers: ctypes has no types for them
_LARGE_PICTURE = 0.25  # share of the page
_BLANKS = frozenset(" \u3000\xa0\t")
_SIGNS = frozenset("\x00\x02\ufffe")


class OpenPage:
    """One page, kept open: what a careful look needs is there when it is asked for."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self._text = raw.FPDFText_LoadPage(page.raw)
        displayed = _frame(page)
        self._rotation = displayed.quarter * 90
        self._turned = writing_direction(self._text, displayed) if self._text else 0
        self._frame = displayed.turned(self._turned)
        self._objects = PaintedObjects(self._frame)
        self._objects.walk_page(page.raw)
        self._rules: tuple[Floats, Floats] | None = None
        self._glyphs: _Glyphs | None = None

    def read(self) -> Ink:
        """All glyphs, rules and pictures; the rotation of the page is taken out.

        A page that is printed sideways is turned so that its text goes from left to right.

        On a page with a large picture glyphs that a clipping path hides or that are painted
        invisibly are left out; on others see :meth:`read_careful`.
        """
        ink = self._painted()
        self._put_glyphs(ink, None, careful=ink.image_share() > _LARGE_PICTURE)
        return ink

    def read_careful(self, unseen: Floats) -> Ink:
        """The same without the glyphs that nobody sees.

        Asking PDFium for their clipping paths is slow, so it is done where the other reading sees
        such glyphs: on such pages, about the boxes ``unseen`` (x0, top, x1, bottom, displayed).
        """
        ink = self._painted()
        all_over = ink.image_share() > _LARGE_PICTURE
        self._put_glyphs(ink, None if all_over else unseen, careful=True)
        return ink

    def _painted(self) -> Ink:
        frame, objects = self._frame, self._objects
        ink = Ink(frame.width, frame.height, self._rotation, self._turned)
        if self._rules is None:
            objects.rules.finish(ink)
            self._rules = ink.horizontal, ink.vertical
        ink.horizontal, ink.vertical = self._rules
        ink.images = objects.images
        return ink

    def _put_glyphs(self, ink: Ink, unseen: Floats | None, *, careful: bool) -> None:
        if not self._text:
            return
        if self._glyphs is None:
            self._glyphs = _Glyphs(self._text)
        if self._glyphs.kept:
            _put_glyphs(self._text, self._glyphs, ink, self._frame, unseen, careful=careful)

    def close(self) -> None:
        """Let go of the page."""
        if self._text:
            raw.FPDFText_ClosePage(self._text)
            self._text = None
        self._page.close()


def _frame(page: pdfium.PdfPage) -> PageFrame:
    media = _sorted(page.get_mediabox())
    crop = _sorted(page.get_cropbox() or media)
    left, bottom = max(crop[0], media[0]), max(crop[1], media[1])
    right, top = min(crop[2], media[2]), min(crop[3], media[3])
    if right <= left or top <= bottom:
        left, bottom, right, top = media
    return PageFrame(left, bottom, right, top, page.get_rotation() // 90)


def _sorted(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Corners in order: some makers write the box upside down."""
    x0, y0, x1, y1 = box
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


class _Glyphs:
    """The glyphs of a page as PDFium numbers them: characters, which are printed, boxes."""

    def __init__(self, text_page: Handle) -> None:
        count = max(raw.FPDFText_CountChars(text_page), 0)
        self.text = _characters(text_page, count) if count else []
        kept = [i for i, ch in enumerate(self.text) if not ch.isspace()]
        if not _SIGNS.isdisjoint(self.text):
            kept = _without_generated(text_page, self.text, kept)
        self.kept = kept
        #: left, top, right, bottom in user space
        self.boxes = np.zeros((count, 4), dtype=np.float32)
        places = map(self.boxes.ctypes.data.__add__, map((16).__mul__, kept))
        page = repeat(calls.address_of(text_page))
        deque(map(calls.loose_box, page, kept, places), maxlen=0)


def _put_glyphs(
    text_page: Handle,
    glyphs: _Glyphs,
    ink: Ink,
    frame: PageFrame,
    unseen: Floats | None,
    *,
    careful: bool,
) -> None:
    text, kept, boxes = glyphs.text, glyphs.kept, glyphs.boxes
    clips = ClipWatch()
    if careful:
        asked = range(len(kept)) if unseen is None else about(unseen, boxes[kept], frame)
        kept, invisible = unhidden(text_page, kept, set(asked), boxes, clips)
        ink.hidden += invisible
        ink.clipped = clips.clipped
        if clips.windows:
            at = np.array(sorted(clips.windows))
            ink.windows = frame.boxes(at[:, 0], at[:, 1], at[:, 2], at[:, 3])
    if not kept:
        return
    chosen = np.array(kept)
    wide = boxes[chosen].astype(np.float64)  # left, top, right, bottom in user space
    box = frame.boxes(wide[:, 0], wide[:, 3], wide[:, 2], wide[:, 1])
    centre_x, centre_y = (box[:, 0] + box[:, 2]) / 2, (box[:, 1] + box[:, 3]) / 2
    on_page = (
        (centre_x >= 0) & (centre_y >= 0) & (centre_x <= frame.width) & (centre_y <= frame.height)
    )
    turn, slanted = _turns(text_page, chosen, box, frame)
    seen_by_all = on_page & ~slanted
    if not seen_by_all.all():
        ink.hidden += int((~seen_by_all).sum())
        chosen, box, turn = chosen[seen_by_all], box[seen_by_all], turn[seen_by_all]
    if clips.cut:
        cut = {kept[i] for i in clips.cut if 0 <= i < len(kept)}
        ink.cut = {k for k, i in enumerate(chosen.tolist()) if i in cut}
    ink.text = [text[i] for i in chosen.tolist()]
    ink.spaced = _after_blanks(text, chosen)
    ink.box = box
    ink.turn = turn
    ink.base = _baselines(text_page, chosen, wide[seen_by_all], turn, frame)


def _without_generated(text_page: Handle, text: list[str], kept: list[int]) -> list[int]:
    """The glyphs without those that PDFium made up; signs of its own become what is printed."""
    result = []
    for i in kept:
        if text[i] in _SIGNS:
            if raw.FPDFText_IsGenerated(text_page, i):
                continue
            # PDFium hides a hyphen at a line end; zero is a glyph without Unicode.
            text[i] = "\ufffd" if text[i] == "\x00" else "-"
        result.append(i)
    return result


def _after_blanks(text: list[str], chosen: Handle) -> set[int]:
    """Which of the chosen glyphs a printed blank precedes."""
    after_gap = np.flatnonzero(np.diff(chosen, prepend=-1) > 1)
    before = (chosen[after_gap] - 1).tolist()
    return {k for k, i in zip(after_gap.tolist(), before, strict=True) if text[i] in _BLANKS}


def _baselines(
    text_page: Handle, chosen: Handle, wide: Floats, turn: Handle, frame: PageFrame
) -> Floats:
    """Baselines, displayed: across the writing direction.

    One font at one size has one height and one depth, so PDFium is asked once a height; turned
    glyphs are asked for singly.
    """
    # columns of ``wide``: left, top, right, bottom in user space
    high = wide[:, 1] - wide[:, 3]
    if frame.quarter % 2 or (turn != 0).any():
        origins = _origins(text_page, chosen.tolist())
        points = frame.boxes(origins[:, 0], origins[:, 1], origins[:, 0], origins[:, 1])
        across: Floats = np.where(turn % 2 == 0, points[:, 1], points[:, 0])
        return across
    lower = wide[:, 3]
    _, first, group = np.unique(np.round(high, 2), return_index=True, return_inverse=True)
    depth = _origins(text_page, chosen[first].tolist())[:, 1] - lower[first]
    level = lower + depth[group]
    base: Floats = level - frame.bottom if frame.quarter == 2 else frame.top - level
    return base


def _characters(text_page: Handle, count: int) -> list[str]:
    """One string a glyph. The bulk call is used where its characters match the glyphs."""
    buffer = (ctypes.c_ushort * (count * 2 + 2))()
    written = raw.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(memoryview(buffer).cast("B")[: max(written - 1, 0) * 2]).decode(
        "utf-16-le", errors="surrogatepass"
    )
    if len(text) == count:
        return list(text)
    result = []
    for i in range(count):
        code = raw.FPDFText_GetUnicode(text_page, i)
        result.append(chr(code) if 0 <= code <= 0x10FFFF else "\ufffd")
    return result


def _origins(text_page: Handle, glyphs: Sequence[int]) -> Floats:
    """Where glyphs stand on their baselines, (n, 2), in user space."""
    found = np.zeros((len(glyphs), 2))
    start = found.ctypes.data
    places = range(start, start + 16 * len(glyphs), 16)
    page = repeat(calls.address_of(text_page))
    deque(map(calls.origin, page, glyphs, places, map((8).__add__, places)), maxlen=0)
    return found


def _turns(
    text_page: Handle, chosen: Handle, box: Floats, frame: PageFrame
) -> tuple[Handle, Handle]:
    """Writing direction of each glyph, and which run aslant over the page (a watermark).

    Only asked where the text goes up or down the page.
    """
    turn = np.zeros(len(chosen), dtype=np.int8)
    slanted = np.zeros(len(chosen), dtype=bool)
    if len(chosen) < 2:
        ask = np.ones(len(chosen), dtype=bool)
    else:
        middle_x, middle_y = (box[:, 0] + box[:, 2]) / 2, (box[:, 1] + box[:, 3]) / 2
        size = np.maximum(box[:, 3] - box[:, 1], box[:, 2] - box[:, 0])
        aside, along = np.abs(np.diff(middle_x)), np.abs(np.diff(middle_y))
        step = (aside < 1.5 * size[1:]) & (along > 0.2 * size[1:]) & (along < 2.5 * size[1:])
        ask = np.zeros(len(chosen), dtype=bool)
        ask[1:] |= step
        ask[:-1] |= step
    for k in np.flatnonzero(ask):
        found = turn_of(text_page, int(chosen[k]), frame)
        if found is not None:
            turn[k], slanted[k] = found
    return turn, slanted
