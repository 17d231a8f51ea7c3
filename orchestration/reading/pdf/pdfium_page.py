"""First reading: PDFium's geometry of a page, through its raw interface.

One call a glyph and one a painted object; everything else is done on arrays.
"""

from __future__ import annotations

import ctypes
import math
from collections import deque
from collections.abc import Sequence
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from orchestration.reading.geometry import SLANT, ClipWatch, Floats, Ink, PageFrame
from orchestration.reading.pdf import pdfium_calls as calls
from orchestration.reading.pdf.pdfium_objects import PaintedObjects

Handle = Any  # a PDFium handle, or an array of numbers: ctypes has no types for them
_LARGE_PICTURE = 0.25  # share of the page
_INVISIBLE_MODES = (3, 7)
_BLANKS = frozenset(" \u3000\xa0\t")
_SIGNS = frozenset("\x00\x02\ufffe")


class OpenPage:
    """One page, kept open: what a careful look needs is there when it is asked for."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self._frame = _frame(page)
        self._objects = PaintedObjects(self._frame)
        self._objects.walk_page(page.raw)
        self._text = raw.FPDFText_LoadPage(page.raw)

    def read(self, *, careful: bool = False) -> Ink:
        """All glyphs, rules and pictures; the rotation of the page is taken out.

        Args:
            careful: leave out glyphs that a clipping path hides or that are painted invisibly.
                Asking PDFium for that is slow, so the caller does so only on pages that have such
                glyphs (the other reading sees them) and it is done here on pages with a large
                picture.
        """
        frame, objects = self._frame, self._objects
        ink = Ink(frame.width, frame.height, rotation=frame.quarter * 90)
        objects.rules.finish(ink)
        ink.images = objects.images
        careful = careful or ink.image_share() > _LARGE_PICTURE
        if self._text:
            _read_glyphs(self._text, ink, frame, careful=careful)
        return ink

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


def _read_glyphs(text_page: Handle, ink: Ink, frame: PageFrame, *, careful: bool) -> None:
    count = raw.FPDFText_CountChars(text_page)
    if count <= 0:
        return
    text = _characters(text_page, count)
    kept = [i for i, ch in enumerate(text) if not ch.isspace()]
    if not _SIGNS.isdisjoint(text):
        kept = _without_generated(text_page, text, kept)
    boxes = np.zeros((count, 4), dtype=np.float32)
    places = map(boxes.ctypes.data.__add__, map((16).__mul__, kept))
    deque(map(calls.loose_box, repeat(calls.address_of(text_page)), kept, places), maxlen=0)
    clips = ClipWatch()
    if careful:
        kept, invisible = _unhidden(text_page, kept, boxes, clips)
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


def _unhidden(
    text_page: Handle, kept: list[int], boxes: Handle, clips: ClipWatch
) -> tuple[list[int], int]:
    """The glyphs that are neither invisible nor hidden by a clipping path; how many are invisible.

    A glyph that is made up by PDFium has no object of its own and is taken for visible.
    """
    result: list[int] = []
    invisible = 0
    known: dict[int, _Clip | None] = {}
    owners = map(calls.text_object, repeat(calls.address_of(text_page)), kept)
    levels = _origins(text_page, kept)[:, 1].tolist()
    corners = boxes[kept].tolist()
    ask = _ClipBoxes()
    before: tuple[float, float, float] | None = None
    for i, owner, base, place in zip(kept, owners, levels, corners, strict=True):
        if owner and calls.render_mode(owner) in _INVISIBLE_MODES:
            invisible += 1
            continue
        address = owner or 0
        if address not in known:
            known[address] = ask.box(address) if address else None
        clip = known[address]
        left, top, right, bottom = place
        box = (left, bottom, right, top)
        if clip is not None and not (
            clip[0] <= (left + right) / 2 <= clip[2] and clip[1] <= (top + bottom) / 2 <= clip[3]
        ):
            clips.hide(box, base, before, len(result))
            clips.windows.add(clip)
            continue
        if clips.after_hidden:
            clips.show(box, base, len(result))
        result.append(i)
        before = (right, top - bottom, base)
    return result, invisible


def _origins(text_page: Handle, glyphs: Sequence[int]) -> Floats:
    """Where glyphs stand on their baselines, (n, 2), in user space."""
    found = np.zeros((len(glyphs), 2))
    start = found.ctypes.data
    places = range(start, start + 16 * len(glyphs), 16)
    page = repeat(calls.address_of(text_page))
    deque(map(calls.origin, page, glyphs, places, map((8).__add__, places)), maxlen=0)
    return found


_Clip = tuple[float, float, float, float]
_POINTS = 32  # of a clipping path, asked for at once


class _ClipBoxes:
    """The rectangle that all clipping paths of an object leave, in user space."""

    def __init__(self) -> None:
        self._points, places = calls.buffer(ctypes.c_float, 2 * _POINTS)
        self._xs_at, self._ys_at = places[::2], places[1::2]
        self._known: dict[tuple[object, ...], _Clip] = {}

    def box(self, item: int) -> _Clip | None:
        """None where nothing clips the object."""
        clip = calls.clip_path(item)
        count = calls.count_clip_paths(clip) if clip else 0
        if count <= 0:
            return None
        corners = self._corners(clip, count)
        known = self._known.get(corners) if corners else None
        if known is None:
            known = self._whole(clip, count)
            if corners:
                self._known[corners] = known
        return known

    def _corners(self, clip: int, count: int) -> tuple[object, ...]:
        """Opposite corners of paths that are rectangles; nothing where one is none.

        Office programs write the same rectangles again for every glyph.
        """
        found: list[object] = []
        for path in range(count):
            segments = calls.count_clip_segments(clip, path)
            if segments not in (4, 5):
                return ()
            for place, corner in enumerate((0, 2)):
                segment = calls.clip_segment(clip, path, corner)
                calls.segment_point(segment, self._xs_at[place], self._ys_at[place])
            found += (segments, *self._points[:4])
        return tuple(found)

    def _whole(self, clip: int, count: int) -> _Clip:
        left, bottom, right, top = -math.inf, -math.inf, math.inf, math.inf
        for path in range(count):
            segments = calls.count_clip_segments(clip, path)
            for start in range(0, segments, _POINTS):
                within = range(start, min(start + _POINTS, segments))
                found = map(calls.clip_segment, repeat(clip), repeat(path), within)
                deque(map(calls.segment_point, found, self._xs_at, self._ys_at), maxlen=0)
                points = self._points[: 2 * len(within)]
                xs, ys = points[::2], points[1::2]
                if start == 0:
                    box = min(xs), min(ys), max(xs), max(ys)
                else:
                    box = min(box[0], *xs), min(box[1], *ys), max(box[2], *xs), max(box[3], *ys)
            if segments > 0:
                left, bottom = max(left, box[0]), max(bottom, box[1])
                right, top = min(right, box[2]), min(top, box[3])
        return left, bottom, right, top


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
        angle = raw.FPDFText_GetCharAngle(text_page, int(chosen[k]))
        if angle >= 0:
            quarter = round(angle / (math.pi / 2))
            # PDFium counts the angle clockwise as seen on the unrotated page.
            turn[k] = (-quarter - frame.quarter) % 4
            slanted[k] = abs(angle - quarter * math.pi / 2) > SLANT
    return turn, slanted
