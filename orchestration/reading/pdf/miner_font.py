"""pdfminer's fonts as the second reading uses them: shown strings to glyphs, remembered."""

from __future__ import annotations

from typing import Any

from pdfminer.pdffont import PDFType3Font, PDFUnicodeNotDefined

from orchestration.reading.pdf.content import string_bytes

# Where the em box of a glyph lies about its baseline, as shares of the type size.
DESCENT, ASCENT = -0.2, 0.8

PdfFont = Any  # a pdfminer font; that library has no common type for what is used here

#: text, advance at size 1, is it blank, is it the space code, and in vertical fonts the offset of
#: the glyph's left and upper edge from its origin at size 1
Glyph = tuple[str, float, bool, bool, float, float]


class Font:
    """A pdfminer font with a memory of the strings it has decoded."""

    def __init__(self, font: PdfFont) -> None:
        self._font = font
        self._known: dict[bytes, list[Glyph]] = {}
        self.vertical = bool(font.is_vertical())
        self.multibyte = bool(font.is_multibyte())
        self.descent, self.ascent = DESCENT, ASCENT
        if isinstance(font, PDFType3Font):
            low, high = float(font.get_descent()), float(font.get_ascent())
            if high > low:
                self.descent, self.ascent = low, high

    def glyphs(self, token: bytes) -> list[Glyph]:
        """The glyphs of a shown string, given as written."""
        known = self._known.get(token)
        if known is None:
            known = [self._glyph(code) for code in self._font.decode(string_bytes(token))]
            if len(self._known) < 20_000:
                self._known[token] = known
        return known

    def _glyph(self, code: int) -> Glyph:
        try:
            text = self._font.to_unichr(code)
        except PDFUnicodeNotDefined:
            text = "\ufffd"
        width = self._font.char_width(code)
        left = upper = 0.0
        if self.vertical:
            aside, up = self._font.char_disp(code)
            left, upper = -(0.5 if aside is None else aside * 0.001), (1000 - up) * 0.001
        is_blank = text.isspace() or text in ("\x00", "")
        return text, float(width), is_blank, code == 32 and not self.multibyte, left, upper
