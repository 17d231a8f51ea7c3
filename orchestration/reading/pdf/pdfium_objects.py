"""First reading: the painted objects of a page, rules and pictures."""

from __future__ import annotations

import ctypes
import math
from itertools import repeat
from typing import Any

from pypdfium2 import raw

from orchestration.reading.geometry import PageFrame
from orchestration.reading.pdf import pdfium_calls as calls
from orchestration.reading.pdf.matrix import IDENTITY, Matrix, apply, multiply
from orchestration.reading.pdf.painted import RuleCollector

Handle = Any  # a PDFium handle or function: ctypes has no types for them
_MAX_FORM_DEPTH = 6
_MAX_FILLED = 400  # segments; a filled path of more is a drawing, not a border
_WHITE = 250  # of 255, each channel

_TEXT, _PATH = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH
_IMAGE, _FORM = raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
_MOVE, _LINE = raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_LINETO

Rectangle = tuple[float, float, float, float]


class PaintedObjects:
    """Walks the painted objects of a page."""

    def __init__(self, frame: PageFrame) -> None:
        self.frame = frame
        self.rules = RuleCollector(frame)
        self.images: list[Rectangle] = []
        self._floats, self._float_at = calls.buffer(ctypes.c_float, 6)
        self._colour, self._colour_at = calls.buffer(ctypes.c_uint, 4)
        self._modes, self._mode_at = calls.buffer(ctypes.c_int, 2)

    def walk_page(self, page: Handle) -> None:
        """Every object of the page, forms within included."""
        count = raw.FPDFPage_CountObjects(page)
        self._walk(calls.page_object, calls.address_of(page), count, IDENTITY, 0)

    def _walk(self, ask: Handle, owner: int, count: int, matrix: Matrix, depth: int) -> None:
        items = list(map(ask, repeat(owner), range(count)))
        for item, kind in zip(items, map(calls.object_type, items), strict=True):
            if kind == _TEXT:
                continue
            if kind == _PATH:
                self._path(item, matrix)
            elif kind == _IMAGE:
                box = self._bounds(item, matrix)
                if box:
                    self.images.append(self.frame.rectangle(*box))
            elif kind == _FORM and depth < _MAX_FORM_DEPTH:
                inner = multiply(self._matrix(item), matrix)
                handle = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
                held = raw.FPDFFormObj_CountObjects(handle)
                self._walk(calls.form_object, item, held, inner, depth + 1)

    def _bounds(self, item: int, matrix: Matrix) -> Rectangle | None:
        at = self._float_at
        if not calls.bounds(item, at[0], at[1], at[2], at[3]):
            return None
        left, bottom, right, top = self._floats[:4]
        if matrix is IDENTITY:
            return left, bottom, right, top
        ax, ay = apply(matrix, left, bottom)
        bx, by = apply(matrix, right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def _path(self, item: int, matrix: Matrix) -> None:
        if not calls.draw_mode(item, *self._mode_at):
            return
        mode, stroke = self._modes
        filled, stroked = mode != 0, stroke != 0
        if not filled and not stroked:
            return
        count = calls.count_segments(item)
        if not stroked and count <= 5:
            box = self._bounds(item, matrix)
            if box:
                self.rules.rectangle(*box, self._is_white(item, stroked=False))
            return
        if not stroked and count > _MAX_FILLED:
            return
        whole = multiply(self._matrix(item), matrix)
        thickness = 0.0
        if stroked:
            calls.stroke_width(item, self._float_at[0])
            thickness = self._floats[0] * math.sqrt(abs(whole[0] * whole[3] - whole[1] * whole[2]))
        white = self._is_white(item, stroked=stroked)
        if count == 2 and not filled:
            self.rules.stroke(
                *self._point(item, 0, whole), *self._point(item, 1, whole), thickness, white
            )
            return
        self.rules.path(
            self._subpaths(item, count, whole),
            stroked=stroked,
            filled=filled,
            thickness=thickness,
            white=white,
            ground=stroked and filled and not self._is_white(item, stroked=False),
        )

    def _point(self, item: int, index: int, matrix: Matrix) -> tuple[float, float]:
        calls.segment_point(calls.segment(item, index), *self._float_at[:2])
        return apply(matrix, self._floats[0], self._floats[1])

    def _is_white(self, item: int, *, stroked: bool) -> bool:
        ask = calls.stroke_colour if stroked else calls.fill_colour
        if not ask(item, *self._colour_at):
            return False
        red, green, blue, alpha = self._colour
        return alpha == 0 or bool(red >= _WHITE and green >= _WHITE and blue >= _WHITE)

    def _matrix(self, item: int) -> Matrix:
        if not calls.matrix(item, self._float_at[0]):
            return IDENTITY
        a, b, c, d, e, f = self._floats
        return a, b, c, d, e, f

    def _subpaths(self, item: int, count: int, matrix: Matrix) -> list[list[tuple[float, float]]]:
        """The polygons of a path; a curve counts as a jump, so it leaves no straight segment."""
        result: list[list[tuple[float, float]]] = []
        points: list[tuple[float, float]] = []
        floats, (x_at, y_at) = self._floats, self._float_at[:2]
        curve = 0
        for segment in map(calls.segment, repeat(item), range(count)):
            calls.segment_point(segment, x_at, y_at)
            point = apply(matrix, floats[0], floats[1])
            kind = calls.segment_type(segment)
            if kind == _MOVE:
                if len(points) > 1:
                    result.append(points)
                points, start = [point], point
            elif kind == _LINE:
                points.append(point)
            else:
                curve += 1
                if curve % 3 == 0:
                    if len(points) > 1:
                        result.append(points)
                    points = [point]
            if points and calls.segment_closes(segment):
                points.append(start)
        if len(points) > 1:
            result.append(points)
        return result
