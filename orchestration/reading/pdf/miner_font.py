"""pdfminer's fonts as the second reading uses them: shown strings to glyphs, remembered."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import chain, compress
from typing import Any, NamedTuple

import numpy as np
from pdfminer.encodingdb import name2unicode
from pdfminer.pdffont import PDFSimpleFont, PDFType3Font, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name

from orchestration.reading.geometry import Floats
from orchestration.reading.pdf.content import Moves, array_items, moved_strings, string_bytes
from orchestration.reading.pdf.miner_tokens import unicode_map

# Where the em box of a glyph lies about its baseline, as shares of the type size.
DESCENT, ASCENT = -0.2, 0.8

# pdfminer has no common types for what is used of them here
PdfFont = Any
PdfObject = Any  # whatever a PDF object resolves to

_REMEMBERED = 20_000  # strings a font

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


class GlyphTable:
    """Every glyph that the fonts of a file have shown, by number."""

    def __init__(self) -> None:
        self.text: list[str] = []
        # advance at size 1; 1 where blank; 1 where the code is the space; and in vertical fonts the
        # offset of the glyph's left and upper edge from its origin at size 1
        self._rows: list[tuple[float, float, float, float, float]] = []
        self._array: Floats = np.empty((0, 5))

    def add(self, text: str, row: tuple[float, float, float, float, float]) -> int:
        """The number of a new glyph."""
        self.text.append(text)
        self._rows.append(row)
        return len(self._rows) - 1

    def row(self, number: int) -> tuple[float, float, float, float, float]:
        """What is known of one glyph."""
        return self._rows[number]

    def rows(self) -> Floats:
        """What is known of all glyphs, (n, 5)."""
        if len(self._array) < len(self._rows):
            more = np.asarray(self._rows[len(self._array) :], dtype=np.float64)
            self._array = np.concatenate((self._array, more))
        return self._array


#: A shown string or array: numbers of its glyphs, and the shifts between them (place, amount).
Shown = tuple[list[int], list[tuple[int, float]]]


class Run(NamedTuple):
    """Strings with moves between them, empty ones left out.

    ``glyphs`` of all strings, ``counts`` of glyphs in each; ``right`` and ``up`` are where each
    begins, counted from the line. ``leads`` says whether the first string written is there.
    """

    glyphs: list[int]
    counts: list[int]
    right: list[float]
    up: list[float]
    leads: bool
    moves: Moves


class Font:
    """A pdfminer font with a memory of the strings it has decoded."""

    def __init__(self, font: PdfFont, spec: Mapping[str, Any], table: GlyphTable) -> None:
        self._font = font
        self._table = table
        self._unnamed = unnamed_codes(font, spec)
        self._numbers: dict[int, int] = {}
        #: what was shown before, by the operand as written
        self.known: dict[bytes, Shown] = {}
        self._runs: dict[bytes, Run] = {}
        self._strings: dict[bytes, list[int]] = {}  # glyphs by hexadecimal digits
        self.vertical = bool(font.is_vertical())
        self.multibyte = bool(font.is_multibyte())
        self.descent, self.ascent = DESCENT, ASCENT
        if isinstance(font, PDFType3Font):
            low, high = float(font.get_descent()), float(font.get_ascent())
            if high > low:
                self.descent, self.ascent = low, high

    def shown(self, operand: bytes) -> Shown:
        """The glyphs of a string or an array of strings, given as written."""
        known = self.known.get(operand)
        if known is None:
            known = self._shown(array_items(operand) if operand[:1] == b"[" else (operand,))
            if len(self.known) < _REMEMBERED:
                self.known[operand] = known
        return known

    def run(self, operand: bytes) -> Run:
        """The glyphs of strings with moves between them, given as written."""
        run = self._runs.get(operand)
        if run is None:
            strings, moves = moved_strings(operand)
            known = self._strings.get
            found = [known(digits) or self._string(digits) for digits in strings]
            counts, right, up = list(map(len, found)), moves.right[:-1], moves.up[:-1]
            leads = counts[0] > 0
            if 0 in counts:
                right, up = list(compress(right, counts)), list(compress(up, counts))
                counts = list(filter(None, counts))
            glyphs = list(chain.from_iterable(found))
            run = Run(glyphs, counts, right, up, leads, moves)
            if len(self._runs) < _REMEMBERED:
                self._runs[operand] = run
        return run

    def _string(self, digits: bytes) -> list[int]:
        glyphs, _ = self._shown((b"<%s>" % digits,))
        if len(self._strings) < _REMEMBERED:
            self._strings[digits] = glyphs
        return glyphs

    def _shown(self, items: Sequence[Any]) -> Shown:
        glyphs: list[int] = []
        shifts: list[tuple[int, float]] = []
        numbers = self._numbers
        for item in items:
            if isinstance(item, bytes):
                codes = self._font.decode(string_bytes(item))
                glyphs += [
                    numbers[code] if code in numbers else self._number(code) for code in codes
                ]
            else:
                shifts.append((len(glyphs), item))
        return glyphs, shifts

    def _number(self, code: int) -> int:
        number = self._numbers[code] = self._glyph(code)
        return number

    def _glyph(self, code: int) -> int:
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
        is_space = code == 32 and not self.multibyte
        return self._table.add(text, (float(width), float(is_blank), float(is_space), left, upper))


class FontShelf:
    """The fonts of one file, each made once, when its first glyph is shown."""

    def __init__(self, table: GlyphTable) -> None:
        self._manager = PDFResourceManager(caching=False)
        self._table = table
        self._fonts: dict[int, Font] = {}

    def font(self, reference: PdfObject) -> Font:
        """The font of an entry of a resource dictionary."""
        number = reference.objid if isinstance(reference, PDFObjRef) else None
        known = self._fonts.get(number) if number is not None else None
        if known is None:
            spec = dict_value(reference)
            known = Font(self._make(spec), spec, self._table)
            if number is not None:
                self._fonts[number] = known
        return known

    def _make(self, spec: Mapping[str, Any]) -> PdfFont:
        """The font, without what it would unpack in vain.

        pdfminer opens every embedded TrueType file although the map of characters in the
        PDF goes before it, and reads that map step by step.
        """
        mapping = resolve1(spec.get("ToUnicode"))
        if not isinstance(mapping, PDFStream):
            return self._manager.get_font(None, spec)
        light = {**spec, "ToUnicode": _NO_MAP}
        inner = resolve1(spec.get("DescendantFonts"))
        if literal_name(spec.get("Subtype")) == "Type0" and isinstance(inner, list) and inner:
            light["DescendantFonts"] = [_without_file(dict_value(inner[0])), *inner[1:]]
        font: PdfFont = self._manager.get_font(None, light)
        font.unicode_map = unicode_map(mapping.get_data())
        return font


_NO_MAP = PDFStream({}, b"")


def _without_file(spec: Mapping[str, Any]) -> dict[str, Any]:
    """A font of Chinese characters without its embedded file."""
    descriptor = dict(dict_value(spec.get("FontDescriptor") or {}))
    descriptor.pop("FontFile2", None)
    return {**spec, "FontDescriptor": descriptor}
