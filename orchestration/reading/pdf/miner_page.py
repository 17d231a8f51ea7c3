"""Second reading: the content stream of a page, with pdfminer's fonts and nothing of PDFium.

pdfminer (through pdfplumber's dependency) opens the file, resolves objects, decompresses streams
and decodes fonts; the operators are carried out here. That keeps the reading independent of
PDFium in every step that could change a figure, at a fraction of the cost of building pdfminer's
layout objects. ``tests`` hold it against pdfplumber's own characters.
"""

from __future__ import annotations

from typing import Any

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1

from orchestration.reading.geometry import Ink, PageFrame
from orchestration.reading.pdf.content import Handler, Operand, execute
from orchestration.reading.pdf.matrix import apply
from orchestration.reading.pdf.miner_font import Font, FontShelf, GlyphTable
from orchestration.reading.pdf.miner_paths import Paths
from orchestration.reading.pdf.miner_state import Graphics, six
from orchestration.reading.pdf.miner_strings import Strings
from orchestration.reading.pdf.miner_text import ShownText
from orchestration.reading.pdf.painted import RuleCollector

PdfObject = Any  # whatever a PDF object resolves to
_MAX_FORM_DEPTH = 6


class UnusableFontError(Exception):
    """A font that text is shown in cannot be made: the page cannot be read."""


class _Resources:
    """What the current resource dictionary calls fonts, forms and pictures."""

    def __init__(self, shelf: FontShelf) -> None:
        self._shelf = shelf
        self.fonts: dict[bytes, PdfObject] = {}
        self.forms: dict[bytes, PdfObject] = {}

    def use(self, dictionary: PdfObject) -> None:
        """Take the names of another dictionary."""
        self.fonts, self.forms = {}, {}
        if not dictionary:
            return
        found = dict_value(dictionary)
        for kind, names in (("Font", self.fonts), ("XObject", self.forms)):
            for name, item in dict_value(found.get(kind) or {}).items():
                names[_name(name)] = item

    def font(self, name: Operand) -> Font | None:
        """The font of a name, None where the name means nothing.

        Raises:
            UnusableFontError: pdfminer cannot make it.
        """
        reference = self.fonts.get(name)
        if reference is None:
            return None
        try:
            return self._shelf.font(reference)
        except Exception as error:
            raise UnusableFontError(str(name)) from error


class PageReader:
    """Carries out the operators of one page, once."""

    def __init__(self, page: PDFPage, shelf: FontShelf, table: GlyphTable, turned: int = 0) -> None:
        """``turned``: clockwise quarter turns from how the page is displayed."""
        self._page, self._turned = page, turned
        displayed = PageFrame(*_crop(page), int(page.rotate or 0) // 90)
        self.rotation = displayed.quarter * 90
        self.frame = displayed.turned(turned)
        self._graphics = Graphics()
        self._rules = RuleCollector(self.frame)
        self._text = ShownText(table)
        self._resources = _Resources(shelf)
        self._strings = Strings(self._graphics, self._text, self._resources.font)
        self._images: list[tuple[float, float, float, float]] = []
        self._depth = 0
        paths = Paths(self._graphics, self._rules, self._text)
        self._handlers: dict[bytes, Handler] = {
            **self._graphics.handlers(),
            **paths.handlers(),
            **self._strings.handlers(),
            b"Do": self._do,
        }

    def run(self) -> Ink:
        """The ink of the page.

        Raises:
            UnusableFontError: text is shown in a font that pdfminer cannot make.
        """
        self._resources.use(self._page.resources)
        data = b"\n".join(
            stream.get_data()
            for stream in (resolve1(item) for item in self._page.contents)
            if isinstance(stream, PDFStream)
        )
        try:
            execute(data, self._handlers)
        finally:
            self._handlers.clear()  # they hold this object, and it them
        frame = self.frame
        ink = Ink(frame.width, frame.height, self.rotation, self._turned)
        ink.images = self._images
        self._rules.finish(ink)
        self._text.put(ink, frame)
        return ink

    def _do(self, args: list[Operand]) -> None:
        item = resolve1(self._resources.forms.get(args[-1]))
        if not isinstance(item, PDFStream):
            return
        kind = getattr(item.get("Subtype"), "name", "")
        if kind == "Image":
            corners = [apply(self._graphics.state.matrix, x, y) for x in (0, 1) for y in (0, 1)]
            xs, ys = [c[0] for c in corners], [c[1] for c in corners]
            self._images.append(self.frame.rectangle(min(xs), min(ys), max(xs), max(ys)))
        elif kind == "Form" and self._depth < _MAX_FORM_DEPTH:
            self._form(item)

    def _form(self, item: PDFStream) -> None:
        graphics, strings = self._graphics, self._strings
        names = self._resources
        kept = (graphics.state, graphics.saved, names.fonts, names.forms)
        place = strings.place()
        graphics.state, graphics.saved = graphics.state.copy(), []
        matrix = list_value(item.get("Matrix") or [])
        if len(matrix) == 6:
            graphics.concat(six([resolve1(m) for m in matrix]))
        resources = item.get("Resources")
        if resources:
            names.use(resources)
        self._depth += 1
        execute(item.get_data(), self._handlers)
        self._depth -= 1
        graphics.state, graphics.saved, names.fonts, names.forms = kept
        strings.put_back(place)


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
