"""First reading: glyphs that nobody sees, because a path clips them or they are not painted."""

from __future__ import annotations

import ctypes
import math
from collections import deque
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from orchestration.reading.geometry import ClipWatch, Floats, PageFrame
from orchestration.reading.pdf import pdfium_calls as calls

Handle = Any  # a PDFium handle, or an array of numbers: ctypes has no types for them
_INVISIBLE_MODES = (3, 7)


def about(unseen: Floats, boxes: Handle, frame: PageFrame) -> list[int]:
    """Which glyphs stand where the other reading sees hidden ones, or next to such a place."""
    wide = boxes.astype(np.float64)
    here = _square(frame.boxes(wide[:, 0], wide[:, 3], wide[:, 2], wide[:, 1]))
    there = _square(unseen)
    around = [there + aside * _ROW + up for aside in (-1, 0, 1) for up in (-1, 0, 1)]
    found: list[int] = np.flatnonzero(np.isin(here, np.concatenate(around))).tolist()
    return found


def _square(box: Floats) -> NDArray[np.int64]:
    """The square of a page (12 points wide) in which the middle of each box lies, as a number."""
    at = np.floor((box[:, :2] + box[:, 2:]) / 24).astype(np.int64)
    number: NDArray[np.int64] = at[:, 0] * _ROW + at[:, 1]
    return number


_ROW = 1 << 20


def unhidden(
    text_page: Handle, kept: list[int], asked: set[int], boxes: Handle, clips: ClipWatch
) -> tuple[list[int], int]:
    """The glyphs that are neither invisible nor hidden by a clipping path; how many are invisible.

    Of those that are not ``asked`` about (places in ``kept``) all are taken for visible, and so is
    a glyph that is made up by PDFium, which has no object of its own.
    """
    result: list[int] = []
    invisible = 0
    known: dict[int, _Clip | None] = {}
    page = calls.address_of(text_page)
    corners = boxes[kept].tolist()
    ask = _ClipBoxes()

    place, (x_at, y_at) = calls.buffer(ctypes.c_double, 2)

    def base(i: int) -> float:
        calls.origin(page, i, x_at, y_at)
        return float(place[1])

    before: int | None = None  # the last visible glyph, as a place in ``kept``
    for k, i in enumerate(kept):
        address = (calls.text_object(page, i) or 0) if k in asked else 0
        if address and calls.render_mode(address) in _INVISIBLE_MODES:
            invisible += 1
            continue
        if address not in known:
            known[address] = ask.box(address) if address else None
        clip = known[address]
        if clip is not None or clips.after_hidden:
            left, top, right, bottom = corners[k]
            box = (left, bottom, right, top)
            if clip is not None and not (
                clip[0] <= (left + right) / 2 <= clip[2]
                and clip[1] <= (top + bottom) / 2 <= clip[3]
            ):
                last: tuple[float, float, float] | None = None
                if before is not None and not clips.after_hidden:
                    _, high, end, low = corners[before]
                    last = (end, high - low, base(kept[before]))
                clips.hide(box, base(i), last, len(result))
                clips.windows.add(clip)
                continue
            if clips.after_hidden:
                clips.show(box, base(i), len(result))
        result.append(i)
        before = k
    return result, invisible


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
