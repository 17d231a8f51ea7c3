"""Second reading: the content stream of a page, with pdfminer's fonts and nothing of PDFium.

pdfminer (through pdfplumber's dependency) opens the file, resolves objects, decompresses streams
and decodes fonts; the operators are carried out here. That keeps the reading independent of
PDFium in every step that could change a figure, at a fraction of the cost of building pdfminer's
layout objects. ``tests`` hold it against pdfplumber's own characters.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import numpy as np
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, list_value, resolve1

from orchestration.reading.geometry import ClipWatch, Ink, PageFrame, RuleCollector, is_aslant
from orchestration.reading.pdf.content import Handler, array_items, execute
from orchestration.reading.pdf.matrix import IDENTITY, Matrix, apply, multiply
from orchestration.reading.pdf.miner_font import Font

PdfObject = Any  # whatever a PDF object resolves to
_MAX_FORM_DEPTH = 6
_INVISIBLE_MODES = (3, 7)


class MinerFile:
    """A PDF opened by pdfminer; pages are read by 0-based number."""

    def __init__(self, data: bytes) -> None:
        self._document = PDFDocument(PDFParser(BytesIO(data)))
        self._resources = PDFResourceManager(caching=True)
        self._pages: Iterator[PDFPage] = PDFPage.create_pages(self._document)
        self._known: list[PDFPage] = []
        self._fonts: dict[int, Font] = {}

    def read_page(self, number: int) -> Ink:
        """All glyphs, rules and pictures of one page.

        Raises:
            IndexError: pdfminer finds no such page.
        """
        while len(self._known) <= number:
            page = next(self._pages, None)
            if page is None:
                raise IndexError(number)
            self._known.append(page)
        return _Interpreter(self._known[number], self._resources, self._fonts).run()


class _State:
    """The graphics and text state that ``q`` saves."""

    def __init__(self) -> None:
        self.matrix: Matrix = IDENTITY
        self.fill_white = False
        self.stroke_white = False
        self.line_width = 1.0
        self.font: Font | None = None
        self.size = 0.0
        self.char_space = 0.0
        self.word_space = 0.0
        self.scale = 1.0
        self.leading = 0.0
        self.rise = 0.0
        self.mode = 0
        self.clip: tuple[float, float, float, float] | None = None

    def copy(self) -> _State:
        """The same state, to be changed on its own."""
        other = _State.__new__(_State)
        other.__dict__.update(self.__dict__)
        return other


class _Interpreter:
    """Carries out the operators of one page."""

    def __init__(
        self, page: PDFPage, resources: PDFResourceManager, shared: dict[int, Font]
    ) -> None:
        self._page = page
        self._manager = resources
        self._shared = shared  # fonts of the file; each keeps its pdfminer font alive
        left, bottom, right, top = _crop(page)
        self.frame = PageFrame(left, bottom, right, top, int(page.rotate or 0) // 90)
        self.rules = RuleCollector(self.frame)
        self.state = _State()
        self.saved: list[_State] = []
        self.text_matrix: Matrix = IDENTITY
        self.line_matrix: Matrix = IDENTITY
        self.texts: list[str] = []
        # left, bottom, right, top, origin x, origin y, turn; user space
        self.boxes: list[tuple[float, float, float, float, float, float, int]] = []
        self.images: list[tuple[float, float, float, float]] = []
        self.hidden = 0
        self.spaced: set[int] = set()  # glyphs that a blank precedes
        self.clips = ClipWatch()
        self.subpaths: list[list[tuple[float, float]]] = []
        self._clip_next = False
        self._fonts: dict[bytes, Font] = {}
        self._forms: dict[bytes, Any] = {}
        self._depth = 0
        self._handlers: dict[bytes, Handler] = {
            key: getattr(self, name) for key, name in _HANDLERS.items()
        }

    def run(self) -> Ink:
        """The ink of the page."""
        self._use(self._page.resources)
        data = b"\n".join(
            stream.get_data()
            for stream in (resolve1(item) for item in self._page.contents)
            if isinstance(stream, PDFStream)
        )
        execute(data, self._handlers)
        return self._ink()

    def _ink(self) -> Ink:
        frame = self.frame
        ink = Ink(frame.width, frame.height, rotation=frame.quarter * 90, hidden=self.hidden)
        ink.images = self.images
        ink.clipped = self.clips.clipped
        self.rules.finish(ink)
        if not self.texts:
            return ink
        wide = np.asarray(self.boxes, dtype=np.float64)
        box = frame.boxes(wide[:, 0], wide[:, 1], wide[:, 2], wide[:, 3])
        points = frame.boxes(wide[:, 4], wide[:, 5], wide[:, 4], wide[:, 5])
        turn = ((wide[:, 6].astype(np.int8) - frame.quarter) % 4).astype(np.int8)
        centre_x, centre_y = (box[:, 0] + box[:, 2]) / 2, (box[:, 1] + box[:, 3]) / 2
        seen = (centre_x >= 0) & (centre_y >= 0)
        seen &= (centre_x <= frame.width) & (centre_y <= frame.height)
        ink.hidden += int((~seen).sum())
        ink.text = [text for text, keep in zip(self.texts, seen, strict=True) if keep]
        kept_before = np.cumsum(seen) - 1
        ink.spaced = {int(kept_before[i]) for i in self.spaced if i < len(seen) and seen[i]}
        ink.cut = {int(kept_before[i]) for i in self.clips.cut if 0 <= i < len(seen) and seen[i]}
        ink.box, ink.turn = box[seen], turn[seen]
        ink.base = np.where(turn % 2 == 0, points[:, 1], points[:, 0])[seen]
        return ink

    def _use(self, resources: PdfObject) -> None:
        """Take fonts and forms of a resource dictionary (fonts are shared by object number)."""
        self._fonts, self._forms = {}, {}
        if not resources:
            return
        found = dict_value(resources)
        for name, spec in dict_value(found.get("Font") or {}).items():
            number = spec.objid if isinstance(spec, PDFObjRef) else None
            font = self._manager.get_font(number, dict_value(spec))
            wrapped = self._shared.get(id(font))
            if wrapped is None:
                wrapped = self._shared[id(font)] = Font(font, dict_value(spec))
            self._fonts[_name(name)] = wrapped
        for name, item in dict_value(found.get("XObject") or {}).items():
            self._forms[_name(name)] = item

    # Graphics state -----------------------------------------------------------------------------

    def _save(self, _: list[Any]) -> None:
        self.saved.append(self.state.copy())

    def _restore(self, _: list[Any]) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def _concat(self, args: list[Any]) -> None:
        self.state.matrix = multiply(_six(args), self.state.matrix)

    def _line_width(self, args: list[Any]) -> None:
        self.state.line_width = float(args[-1])

    def _fill_colour(self, args: list[Any]) -> None:
        self.state.fill_white = _is_white(args)

    def _stroke_colour(self, args: list[Any]) -> None:
        self.state.stroke_white = _is_white(args)

    def _fill_space(self, _: list[Any]) -> None:
        self.state.fill_white = False

    def _stroke_space(self, _: list[Any]) -> None:
        self.state.stroke_white = False

    # Paths --------------------------------------------------------------------------------------

    def _move(self, args: list[Any]) -> None:
        self.subpaths.append([apply(self.state.matrix, float(args[-2]), float(args[-1]))])

    def _line(self, args: list[Any]) -> None:
        self.subpaths[-1].append(apply(self.state.matrix, float(args[-2]), float(args[-1])))

    def _curve(self, args: list[Any]) -> None:
        self.subpaths.append([apply(self.state.matrix, float(args[-2]), float(args[-1]))])

    def _rectangle(self, args: list[Any]) -> None:
        x, y, wide, high = map(float, args[-4:])
        m = self.state.matrix
        first = apply(m, x, y)
        self.subpaths.append(
            [
                first,
                apply(m, x + wide, y),
                apply(m, x + wide, y + high),
                apply(m, x, y + high),
                first,
            ]
        )

    def _close(self, _: list[Any]) -> None:
        if self.subpaths:
            self.subpaths[-1].append(self.subpaths[-1][0])

    def _clip(self, _: list[Any]) -> None:
        self._clip_next = True

    def _end_path(self, _: list[Any]) -> None:
        if self._clip_next:
            self._clip_next = False
            points = [point for subpath in self.subpaths for point in subpath]
            if points:
                xs, ys = [p[0] for p in points], [p[1] for p in points]
                clip = self.state.clip or (-math.inf, -math.inf, math.inf, math.inf)
                self.state.clip = (
                    max(clip[0], min(xs)),
                    max(clip[1], min(ys)),
                    min(clip[2], max(xs)),
                    min(clip[3], max(ys)),
                )
        self.subpaths = []

    def _paint(self, *, stroked: bool, filled: bool) -> None:
        state = self.state
        m = state.matrix
        self.rules.path(
            [points for points in self.subpaths if len(points) > 1],
            stroked=stroked,
            filled=filled,
            thickness=state.line_width * math.sqrt(abs(m[0] * m[3] - m[1] * m[2])),
            white=state.stroke_white if stroked else state.fill_white,
            ground=not state.fill_white,
        )
        self._end_path([])

    def _stroke_path(self, _: list[Any]) -> None:
        self._paint(stroked=True, filled=False)

    def _close_stroke(self, args: list[Any]) -> None:
        self._close(args)
        self._paint(stroked=True, filled=False)

    def _fill_path(self, _: list[Any]) -> None:
        self._paint(stroked=False, filled=True)

    def _both(self, _: list[Any]) -> None:
        self._paint(stroked=True, filled=True)

    def _close_both(self, args: list[Any]) -> None:
        self._close(args)
        self._paint(stroked=True, filled=True)

    # Text ---------------------------------------------------------------------------------------

    def _begin_text(self, _: list[Any]) -> None:
        self.text_matrix = self.line_matrix = IDENTITY

    def _font(self, args: list[Any]) -> None:
        self.state.font = self._fonts.get(args[-2])
        self.state.size = float(args[-1])

    def _char_space(self, args: list[Any]) -> None:
        self.state.char_space = float(args[-1])

    def _word_space(self, args: list[Any]) -> None:
        self.state.word_space = float(args[-1])

    def _scale(self, args: list[Any]) -> None:
        self.state.scale = float(args[-1]) / 100

    def _leading(self, args: list[Any]) -> None:
        self.state.leading = float(args[-1])

    def _rise(self, args: list[Any]) -> None:
        self.state.rise = float(args[-1])

    def _mode(self, args: list[Any]) -> None:
        self.state.mode = int(args[-1])

    def _next_line(self, args: list[Any]) -> None:
        a, b, c, d, e, f = self.line_matrix
        x, y = float(args[-2]), float(args[-1])
        self.line_matrix = (a, b, c, d, x * a + y * c + e, x * b + y * d + f)
        self.text_matrix = self.line_matrix

    def _next_line_leading(self, args: list[Any]) -> None:
        self.state.leading = -float(args[-1])
        self._next_line(args)

    def _text_position(self, args: list[Any]) -> None:
        self.line_matrix = self.text_matrix = _six(args)

    def _new_line(self, _: list[Any]) -> None:
        self._next_line([0.0, -self.state.leading])

    def _show(self, args: list[Any]) -> None:
        self._paint_text((args[-1],))

    def _show_next(self, args: list[Any]) -> None:
        self._new_line(args)
        self._show(args)

    def _show_spaced(self, args: list[Any]) -> None:
        self.state.word_space, self.state.char_space = float(args[-3]), float(args[-2])
        self._show_next(args)

    def _show_array(self, args: list[Any]) -> None:
        self._paint_text(array_items(args[-1]))

    def _paint_text(self, items: Sequence[Any]) -> None:
        state = self.state
        font = state.font
        if font is None:
            return
        a, b, c, d, e, f = self.text_matrix
        p, q, r, s, t, u = state.matrix
        # text space -> user space: along the line (xx, xy), upwards (yx, yy), origin
        self._show_glyphs(
            items,
            font,
            (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s),
            e * p + f * r + t,
            e * q + f * s + u,
        )

    def _show_glyphs(  # noqa: PLR0912 - the hottest loop: no calls for its branches
        self,
        items: Sequence[Any],
        font: Font,
        direction: tuple[float, float, float, float],
        ox: float,
        oy: float,
    ) -> None:
        state = self.state
        xx, xy, yx, yy = direction
        size, scale, vertical = state.size, state.scale, font.vertical
        width = size * (1.0 if vertical else scale)
        space = -state.char_space if vertical else state.char_space * scale
        turn = (0 if xx >= 0 else 2) if abs(xx) >= abs(xy) else (1 if xy > 0 else 3)
        low, high = font.descent * size + state.rise, font.ascent * size + state.rise
        base, x0, x1, y0, y1 = state.rise, 0.0, 0.0, low, high
        visible = state.mode not in _INVISIBLE_MODES and not is_aslant(xx, xy)
        texts, boxes, clip, clips = self.texts, self.boxes, state.clip, self.clips
        along = 0.0  # advance in text space, along the writing direction
        for item in items:
            if not isinstance(item, bytes):
                along -= item * 0.001 * width
                continue
            for text, share, is_blank, is_space, aside, up in font.glyphs(item):
                advance = share * width
                if is_blank:
                    self.spaced.add(len(texts))
                elif not visible:
                    self.hidden += 1
                else:
                    if vertical:
                        x0, x1 = aside * size, (aside + 1) * size
                        y1 = along + up * size
                        y0 = y1 + advance
                        base = y0 - low
                    else:
                        x0, x1 = along, along + advance
                    ax, ay = x0 * xx + y0 * yx + ox, x0 * xy + y0 * yy + oy
                    bx, by = x1 * xx + y1 * yx + ox, x1 * xy + y1 * yy + oy
                    if ax > bx:
                        ax, bx = bx, ax
                    if ay > by:
                        ay, by = by, ay
                    level = x0 * xy + base * yy + oy
                    if clip is not None and not (
                        clip[0] <= (ax + bx) / 2 <= clip[2] and clip[1] <= (ay + by) / 2 <= clip[3]
                    ):
                        last = boxes[-1] if boxes else None
                        clips.hide(
                            (ax, ay, bx, by),
                            level,
                            (last[2], last[3] - last[1], last[5]) if last else None,
                            len(texts),
                        )
                    else:
                        if clips.after_hidden:
                            clips.show((ax, ay, bx, by), level, len(texts))
                        texts.append(text)
                        boxes.append((ax, ay, bx, by, x0 * xx + base * yx + ox, level, turn))
                along += advance + space
                if is_space:
                    along += state.word_space * scale
        a, b, c, d, e, f = self.text_matrix
        if vertical:
            self.text_matrix = (a, b, c, d, along * c + e, along * d + f)
        else:
            self.text_matrix = (a, b, c, d, along * a + e, along * b + f)

    # Forms and pictures -------------------------------------------------------------------------

    def _do(self, args: list[Any]) -> None:
        item = resolve1(self._forms.get(args[-1]))
        if not isinstance(item, PDFStream):
            return
        kind = getattr(item.get("Subtype"), "name", "")
        if kind == "Image":
            corners = [apply(self.state.matrix, x, y) for x in (0, 1) for y in (0, 1)]
            xs, ys = [c[0] for c in corners], [c[1] for c in corners]
            self.images.append(self.frame.rectangle(min(xs), min(ys), max(xs), max(ys)))
        elif kind == "Form" and self._depth < _MAX_FORM_DEPTH:
            self._form(item)

    def _form(self, item: PDFStream) -> None:
        kept = (self.state, self.saved, self._fonts, self._forms, self.text_matrix)
        self.state, self.saved = self.state.copy(), []
        matrix = list_value(item.get("Matrix") or [])
        if len(matrix) == 6:
            self.state.matrix = multiply(_six([resolve1(m) for m in matrix]), self.state.matrix)
        resources = item.get("Resources")
        if resources:
            self._use(resources)
        self._depth += 1
        execute(item.get_data(), self._handlers)
        self._depth -= 1
        self.state, self.saved, self._fonts, self._forms, self.text_matrix = kept


_HANDLERS = {
    b"q": "_save",
    b"Q": "_restore",
    b"cm": "_concat",
    b"w": "_line_width",
    b"g": "_fill_colour",
    b"rg": "_fill_colour",
    b"k": "_fill_colour",
    b"sc": "_fill_colour",
    b"scn": "_fill_colour",
    b"cs": "_fill_space",
    b"G": "_stroke_colour",
    b"RG": "_stroke_colour",
    b"K": "_stroke_colour",
    b"SC": "_stroke_colour",
    b"SCN": "_stroke_colour",
    b"CS": "_stroke_space",
    b"m": "_move",
    b"l": "_line",
    b"c": "_curve",
    b"v": "_curve",
    b"y": "_curve",
    b"re": "_rectangle",
    b"h": "_close",
    b"n": "_end_path",
    b"W": "_clip",
    b"W*": "_clip",
    b"S": "_stroke_path",
    b"s": "_close_stroke",
    b"f": "_fill_path",
    b"F": "_fill_path",
    b"f*": "_fill_path",
    b"B": "_both",
    b"B*": "_both",
    b"b": "_close_both",
    b"b*": "_close_both",
    b"BT": "_begin_text",
    b"Tf": "_font",
    b"Tc": "_char_space",
    b"Tw": "_word_space",
    b"Tz": "_scale",
    b"TL": "_leading",
    b"Ts": "_rise",
    b"Tr": "_mode",
    b"Td": "_next_line",
    b"TD": "_next_line_leading",
    b"Tm": "_text_position",
    b"T*": "_new_line",
    b"Tj": "_show",
    b"TJ": "_show_array",
    b"'": "_show_next",
    b'"': "_show_spaced",
    b"Do": "_do",
}


def _crop(page: PDFPage) -> tuple[float, float, float, float]:
    media = _box(page.mediabox)
    crop = _box(page.cropbox) if page.cropbox else media
    left, bottom = max(crop[0], media[0]), max(crop[1], media[1])
    right, top = min(crop[2], media[2]), min(crop[3], media[3])
    if right <= left or top <= bottom:
        return media
    return left, bottom, right, top


def _box(values: PdfObject) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(resolve1(v)) for v in values)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _name(name: PdfObject) -> bytes:
    """A resource name as content streams write it."""
    text = str(name)
    if not any(ch in "#%/()<>[]{} " or not "!" <= ch <= "~" for ch in text):
        return b"/" + text.encode("ascii")
    raw = text.encode("utf-8", "surrogateescape")
    return b"/" + b"".join(
        bytes((c,)) if 0x21 <= c <= 0x7E and c not in b"#%/()<>[]{}" else b"#%02X" % c for c in raw
    )


def _six(args: list[Any]) -> Matrix:
    a, b, c, d, e, f = (float(v) for v in args[-6:])
    return a, b, c, d, e, f


def _is_white(args: list[Any]) -> bool:
    numbers = [float(v) for v in args[-4:] if not v.startswith(b"/")]
    if len(numbers) == 4:
        return max(numbers) <= 0.02
    return bool(numbers) and min(numbers) >= 0.98
