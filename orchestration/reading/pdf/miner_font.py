"""pdfminer's fonts as the second reading uses them: shown strings to glyphs, remembered."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any

from pdfminer.encodingdb import name2unicode
from pdfminer.pdffont import PDFSimpleFont, PDFType3Font, PDFUnicodeNotDefined
from pdfminer.pdftypes import dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral

from orchestration.reading.pdf.content import string_bytes

# Where the em box of a glyph lies about its baseline, as shares of the type size.
DESCENT, ASCENT = -0.2, 0.8

PdfFont = Any  # a pdfminer font; that library has no common type for what is used here

#: text, advance at size 1, is it blank, is it the space code, and in vertical fonts the offset of
#: the glyph's left and upper edge from its origin at size 1
Glyph = tuple[str, float, bool, bool, float, float]


_SYMBOLIC = 4  # font descriptor flag: codes mean what the font says (PDF 32000-1, 9.8.2)


def unnamed_codes(font: PdfFont, spec: Mapping[str, Any]) -> Container[int]:
    """Codes of a font that no table says the character of; readers take them for ASCII.

    Fonts of one byte a character without ``ToUnicode``, whose encoding gives glyphs names of its
    own (``/g49``) or is left to an embedded font that is read by nobody here.
    """
    if not isinstance(font, PDFSimpleFont) or font.unicode_map is not None:
        return ()
    encoding = resolve1(spec.get("Encoding"))
    if isinstance(encoding, dict):
        return _odd_names(list_value(encoding.get("Differences") or []))
    descriptor = dict_value(spec.get("FontDescriptor") or {})
    flags = resolve1(descriptor.get("Flags")) or 0
    embedded = any(key in descriptor for key in ("FontFile2", "FontFile3"))
    if encoding is None and embedded and isinstance(flags, int) and flags & _SYMBOLIC:
        return range(256)
    return ()


def _odd_names(differences: Sequence[Any]) -> set[int]:
    codes: set[int] = set()
    code = 0
    for item in differences:
        if isinstance(item, int):
            code = item
        elif isinstance(item, PSLiteral):
            try:
                name2unicode(str(item.name))
            except (KeyError, ValueError):
                codes.add(code)
            code += 1
    return codes


class Font:
    """A pdfminer font with a memory of the strings it has decoded."""

    def __init__(self, font: PdfFont, spec: Mapping[str, Any]) -> None:
        self._font = font
        self._unnamed = unnamed_codes(font, spec)
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
            text = "\ufffd" if code in self._unnamed else self._font.to_unichr(code)
        except PDFUnicodeNotDefined:
            text = "\ufffd"
        width = self._font.char_width(code)
        left = upper = 0.0
        if self.vertical:
            aside, up = self._font.char_disp(code)
            left, upper = -(0.5 if aside is None else aside * 0.001), (1000 - up) * 0.001
        is_blank = text.isspace() or text in ("\x00", "")
        return text, float(width), is_blank, code == 32 and not self.multibyte, left, upper
