"""PDFium's functions bound to plain addresses, for what is asked once a glyph or once an object.

The bindings of pypdfium2 wrap every handle and every number in an object of its own, which costs
more than most of these calls. Here handles are integers and results are written to buffers given
by address. The interpreter lock is kept: the calls are shorter than letting go of it.
"""

from __future__ import annotations

import ctypes
from typing import Any

from pypdfium2 import raw

Ctype = Any  # ctypes has no types for its types, functions and arrays
_ADDRESS, _NUMBER = ctypes.c_void_p, ctypes.c_int


def _bind(name: str, result: Ctype, *arguments: Ctype) -> Ctype:
    return ctypes.PYFUNCTYPE(result, *arguments)(address_of(getattr(raw, name)))


def address_of(handle: Ctype) -> int:
    """The address of a PDFium handle or function; 0 for none."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


#: text page, index, address of four floats (left, top, right, bottom)
loose_box = _bind("FPDFText_GetLooseCharBox", _NUMBER, _ADDRESS, _NUMBER, _ADDRESS)
#: text page, index, address of x and of y (doubles)
origin = _bind("FPDFText_GetCharOrigin", _NUMBER, _ADDRESS, _NUMBER, _ADDRESS, _ADDRESS)
#: text page, index -> text object or None
text_object = _bind("FPDFText_GetTextObject", _ADDRESS, _ADDRESS, _NUMBER)
render_mode = _bind("FPDFTextObj_GetTextRenderMode", _NUMBER, _ADDRESS)
#: object -> clip; clip -> number of paths; clip, path -> number of segments; -> one segment
clip_path = _bind("FPDFPageObj_GetClipPath", _ADDRESS, _ADDRESS)
count_clip_paths = _bind("FPDFClipPath_CountPaths", _NUMBER, _ADDRESS)
count_clip_segments = _bind("FPDFClipPath_CountPathSegments", _NUMBER, _ADDRESS, _NUMBER)
clip_segment = _bind("FPDFClipPath_GetPathSegment", _ADDRESS, _ADDRESS, _NUMBER, _NUMBER)
#: page or form object, index -> object or None
page_object = _bind("FPDFPage_GetObject", _ADDRESS, _ADDRESS, _NUMBER)
form_object = _bind("FPDFFormObj_GetObject", _ADDRESS, _ADDRESS, _NUMBER)
#: object -> raw.FPDF_PAGEOBJ_…
object_type = _bind("FPDFPageObj_GetType", _NUMBER, _ADDRESS)
#: object, address of six floats (FS_MATRIX)
matrix = _bind("FPDFPageObj_GetMatrix", _NUMBER, _ADDRESS, _ADDRESS)
#: object, addresses of left, bottom, right, top (floats)
bounds = _bind("FPDFPageObj_GetBounds", _NUMBER, _ADDRESS, *([_ADDRESS] * 4))
stroke_width = _bind("FPDFPageObj_GetStrokeWidth", _NUMBER, _ADDRESS, _ADDRESS)
#: object, addresses of red, green, blue, alpha (unsigned)
fill_colour = _bind("FPDFPageObj_GetFillColor", _NUMBER, _ADDRESS, *([_ADDRESS] * 4))
stroke_colour = _bind("FPDFPageObj_GetStrokeColor", _NUMBER, _ADDRESS, *([_ADDRESS] * 4))
#: path, address of the fill mode, address of whether it is stroked (ints)
draw_mode = _bind("FPDFPath_GetDrawMode", _NUMBER, _ADDRESS, _ADDRESS, _ADDRESS)
count_segments = _bind("FPDFPath_CountSegments", _NUMBER, _ADDRESS)
#: path, index -> segment
segment = _bind("FPDFPath_GetPathSegment", _ADDRESS, _ADDRESS, _NUMBER)
#: segment, addresses of x and y (floats)
segment_point = _bind("FPDFPathSegment_GetPoint", _NUMBER, _ADDRESS, _ADDRESS, _ADDRESS)
segment_type = _bind("FPDFPathSegment_GetType", _NUMBER, _ADDRESS)
segment_closes = _bind("FPDFPathSegment_GetClose", _NUMBER, _ADDRESS)


def buffer(kind: Ctype, count: int) -> tuple[Ctype, list[int]]:
    """Room for some results: the array to read them from, and the address of each."""
    array = (kind * count)()
    start = ctypes.addressof(array)
    return array, [start + i * ctypes.sizeof(kind) for i in range(count)]
