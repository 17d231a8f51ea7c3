"""First reading: PDFium's geometry of a page, through its raw interface.

One call a glyph and one a painted object; everything else is done on arrays.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from orchestration.reading.geometry import (
    SLANT,
    ClipWatch,
    Floats,
    Ink,
    PageFrame,
    RuleCollector,
)
from orchestration.reading.pdf.matrix import IDENTITY, Matrix, apply, multiply

Handle = Any  # a PDFium handle, or an array of numbers: ctypes has no types for them
_MAX_FORM_DEPTH = 6
_WHITE = 250  # of 255, each channel
_LARGE_PICTURE = 0.25  # share of the page
_INVISIBLE_MODES = (3, 7)
_BLANKS = " \u3000\xa0\t"


def _by_address(name: str, *argtypes: Handle) -> Handle:
    """A second binding of a PDFium function that takes addresses: no wrapping per glyph."""
    pointer = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    if pointer is None:
        raise RuntimeError(name)
    return ctypes.CFUNCTYPE(ctypes.c_int, *argtypes)(pointer)


_loose_box = _by_address("FPDFText_GetLooseCharBox", ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


def read_page(page: pdfium.PdfPage, *, careful: bool = False) -> Ink:
    """All glyphs, rules and pictures of one page.

    Args:
        page: the page; its rotation is taken out.
        careful: leave out glyphs that a clipping path hides or that are painted invisibly. Asking
            PDFium for that is slow, so the caller does so only on pages that have such glyphs
            (the other reading sees them) and it is done here on pages with a large picture.
    """
    frame = _frame(page)
    ink = Ink(frame.width, frame.height, rotation=frame.quarter * 90)
    objects = _Objects(frame)
    objects.walk_page(page.raw)
    objects.rules.finish(ink)
    ink.images = objects.images
    careful = careful or ink.image_share() > _LARGE_PICTURE
    text_page = raw.FPDFText_LoadPage(page.raw)
    if not text_page:
        return ink
    try:
        _read_glyphs(text_page, ink, frame, careful=careful)
    finally:
        raw.FPDFText_ClosePage(text_page)
    return ink


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
    boxes = np.zeros((count, 4), dtype=np.float32)
    address = ctypes.cast(text_page, ctypes.c_void_p).value
    box_at = boxes.ctypes.data
    kept: list[int] = []
    for i, ch in enumerate(text):
        if ch in _BLANKS or ch.isspace():
            continue
        if ch in "\x00\x02\ufffe":
            if raw.FPDFText_IsGenerated(text_page, i):
                continue
            # PDFium hides a hyphen at a line end; zero is a glyph without Unicode.
            text[i] = "\ufffd" if ch == "\x00" else "-"
        kept.append(i)
        _loose_box(address, i, box_at + 16 * i)
    clips = ClipWatch()
    if careful:
        seen = [i for i in kept if _is_visible(text_page, i)]
        ink.hidden += len(kept) - len(seen)
        kept = _unclipped(text_page, seen, boxes, clips)
        ink.clipped = clips.clipped
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
    ink.text = [text[i] for i in chosen]
    ink.spaced = {k for k, i in enumerate(chosen.tolist()) if i and text[i - 1] in _BLANKS}
    ink.box = box
    ink.turn = turn
    ink.base = _baselines(text_page, chosen, wide[seen_by_all], turn, frame)


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
        origins = np.empty((len(chosen), 2))
        x, y = ctypes.c_double(), ctypes.c_double()
        for k, i in enumerate(chosen.tolist()):
            raw.FPDFText_GetCharOrigin(text_page, i, x, y)
            origins[k] = x.value, y.value
        points = frame.boxes(origins[:, 0], origins[:, 1], origins[:, 0], origins[:, 1])
        across: Floats = np.where(turn % 2 == 0, points[:, 1], points[:, 0])
        return across
    lower = wide[:, 3]
    _, first, group = np.unique(np.round(high, 2), return_index=True, return_inverse=True)
    depth = np.asarray([_baseline(text_page, int(chosen[k])) - lower[k] for k in first.tolist()])
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


def _is_visible(text_page: Handle, index: int) -> bool:
    owner = raw.FPDFText_GetTextObject(text_page, index)
    return not owner or raw.FPDFTextObj_GetTextRenderMode(owner) not in _INVISIBLE_MODES


def _unclipped(text_page: Handle, kept: list[int], boxes: Handle, clips: ClipWatch) -> list[int]:
    """The glyphs that no clipping path hides."""
    result: list[int] = []
    known: dict[int, tuple[float, float, float, float] | None] = {}
    before: tuple[float, float, float] | None = None
    for i in kept:
        owner = raw.FPDFText_GetTextObject(text_page, i)
        address = ctypes.cast(owner, ctypes.c_void_p).value or 0
        if address not in known:
            known[address] = _clip_box(owner) if address else None
        clip = known[address]
        left, top, right, bottom = boxes[i].tolist()
        box, base = (left, bottom, right, top), _baseline(text_page, i)
        if clip is not None and not (
            clip[0] <= (left + right) / 2 <= clip[2] and clip[1] <= (top + bottom) / 2 <= clip[3]
        ):
            clips.hide(box, base, before, len(result))
            continue
        if clips.after_hidden:
            clips.show(box, base, len(result))
        result.append(i)
        before = (right, top - bottom, base)
    return result


def _baseline(text_page: Handle, index: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text_page, index, x, y)
    return y.value


def _clip_box(item: Handle) -> tuple[float, float, float, float] | None:
    """The rectangle that all clipping paths of an object leave, in user space."""
    path = raw.FPDFPageObj_GetClipPath(item)
    count = raw.FPDFClipPath_CountPaths(path) if path else 0
    if count <= 0:
        return None
    x, y = ctypes.c_float(), ctypes.c_float()
    box = (-math.inf, -math.inf, math.inf, math.inf)
    for i in range(count):
        xs, ys = [], []
        for j in range(raw.FPDFClipPath_CountPathSegments(path, i)):
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(path, i, j), x, y)
            xs.append(x.value)
            ys.append(y.value)
        if xs:
            box = (
                max(box[0], min(xs)),
                max(box[1], min(ys)),
                min(box[2], max(xs)),
                min(box[3], max(ys)),
            )
    return box


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


class _Objects:
    """Walks the painted objects of a page: rules and pictures."""

    def __init__(self, frame: PageFrame) -> None:
        self.frame = frame
        self.rules = RuleCollector(frame)
        self.images: list[tuple[float, float, float, float]] = []
        self._floats = [ctypes.c_float() for _ in range(4)]
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._mode, self._stroked = ctypes.c_int(), ctypes.c_int()

    def walk_page(self, page: Handle) -> None:
        """Every object of the page, forms within included."""
        for i in range(raw.FPDFPage_CountObjects(page)):
            self._take(raw.FPDFPage_GetObject(page, i), IDENTITY, 0)

    def _take(self, item: Handle, matrix: Matrix, depth: int) -> None:
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            return
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(item, matrix)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            box = self._bounds(item, matrix)
            if box:
                self.images.append(self.frame.rectangle(*box))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
            inner = multiply(_matrix(item), matrix)
            for i in range(raw.FPDFFormObj_CountObjects(item)):
                self._take(raw.FPDFFormObj_GetObject(item, i), inner, depth + 1)

    def _bounds(self, item: Handle, matrix: Matrix) -> tuple[float, float, float, float] | None:
        left, bottom, right, top = self._floats
        if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            return None
        if matrix is IDENTITY:
            return left.value, bottom.value, right.value, top.value
        ax, ay = apply(matrix, left.value, bottom.value)
        bx, by = apply(matrix, right.value, top.value)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def _path(self, item: Handle, matrix: Matrix) -> None:
        if not raw.FPDFPath_GetDrawMode(item, self._mode, self._stroked):
            return
        filled, stroked = self._mode.value != 0, self._stroked.value != 0
        if not filled and not stroked:
            return
        count = raw.FPDFPath_CountSegments(item)
        if not stroked and count <= 5:
            box = self._bounds(item, matrix)
            if box:
                self.rules.rectangle(*box, self._is_white(item, stroked=False))
            return
        if not stroked and count > 400:
            return  # a drawing, not a border
        whole = multiply(_matrix(item), matrix)
        thickness = 0.0
        if stroked:
            width = self._floats[0]
            raw.FPDFPageObj_GetStrokeWidth(item, width)
            thickness = width.value * math.sqrt(abs(whole[0] * whole[3] - whole[1] * whole[2]))
        self.rules.path(
            _subpaths(item, count, whole),
            stroked=stroked,
            filled=filled,
            thickness=thickness,
            white=self._is_white(item, stroked=stroked),
            ground=stroked and filled and not self._is_white(item, stroked=False),
        )

    def _is_white(self, item: Handle, *, stroked: bool) -> bool:
        ask = raw.FPDFPageObj_GetStrokeColor if stroked else raw.FPDFPageObj_GetFillColor
        red, green, blue, alpha = self._colour
        if not ask(item, red, green, blue, alpha):
            return False
        if alpha.value == 0:
            return True
        return min(red.value, green.value, blue.value) >= _WHITE


def _subpaths(item: Handle, count: int, matrix: Matrix) -> list[list[tuple[float, float]]]:
    """The polygons of a path; a curve counts as a jump, so it leaves no straight segment."""
    result: list[list[tuple[float, float]]] = []
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    curve = 0
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = apply(matrix, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                result.append(points)
            points, start = [point], point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            points.append(point)
        else:
            curve += 1
            if curve % 3 == 0:
                if len(points) > 1:
                    result.append(points)
                points = [point]
        if raw.FPDFPathSegment_GetClose(segment) and points:
            points.append(start)
    if len(points) > 1:
        result.append(points)
    return result


def _matrix(item: Handle) -> Matrix:
    m = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, m):
        return IDENTITY
    return (m.a, m.b, m.c, m.d, m.e, m.f)
