"""The Word binary format (.doc, Word 97-2007): header, piece table, property pages.

Source: [MS-DOC], the published specification. Character positions (CP) count characters of the
document; file positions (FC) are offsets in the ``WordDocument`` stream. Text lies in pieces;
properties lie in pages of 512 bytes keyed by FC.
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import olefile

from orchestration.reading.document import UnreadableReason
from orchestration.reading.failures import corrupt, unreadable
from orchestration.reading.limits import Limits

_PAGE = 512
_MAGIC = 0xA5EC
_OLDEST = 0x00C1  # Word 97
_RGFCLCB = 154
#: Indexes of the pairs (offset, size) in the header.
STYLES, CHPX, PAPX, CLX, LISTS, LIST_OVERRIDES = 1, 12, 13, 33, 73, 74
#: Lengths of the parts of the text, in order: body, footnotes, headers, macros, comments,
#: endnotes, text boxes, text boxes of headers.
_COUNTS = (76, 80, 84, 88, 92, 96, 100, 104)

_OPERAND_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_SPRM_TDEFTABLE = 0xD608
_SPRM_TDEFTABLE10 = 0xD606
_SPRM_PCHGTABS = 0xC615
_SPRM_HUGE = (0x6645, 0x6646)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters stored together; ``width`` is bytes a character."""

    start: int  # CP
    end: int
    offset: int  # FC
    width: int
    modifier: bytes  # properties that a fast save laid over the piece


@dataclass(frozen=True, slots=True)
class Properties:
    """The properties of one run of file positions: style index and modifiers."""

    style: int
    grpprl: bytes


class WordBinary:
    """An opened .doc file.

    Raises:
        UnreadableError: damaged, encrypted, or older than Word 97.
    """

    def __init__(self, data: bytes, file_name: str, limits: Limits) -> None:
        self._file_name = file_name
        try:
            with olefile.OleFileIO(io.BytesIO(data)) as ole:
                self.main: bytes = ole.openstream("WordDocument").read()
                self._check_header()
                flags = self._u16(self.main, 0x0A)
                table = "1Table" if flags & 0x0200 else "0Table"
                self.table: bytes = ole.openstream(table).read()
                self.data: bytes = ole.openstream("Data").read() if ole.exists("Data") else b""
        except (OSError, struct.error, IndexError) as error:
            raise corrupt(file_name, error, "the Word binary", "Word 二进制文件") from error
        self._limits = limits
        self.counts = [self._u32(self.main, offset) for offset in _COUNTS]
        self.pieces, self._modifiers = self._piece_table()
        self._paragraph_pages = self._bin_table(PAPX)
        self._character_pages = self._bin_table(CHPX)

    def _check_header(self) -> None:
        if len(self.main) < _RGFCLCB + 8 or self._u16(self.main, 0) != _MAGIC:
            raise corrupt(
                self._file_name, ValueError("FIB"), "the header of the Word binary", "Word 文件头"
            )
        if self._u16(self.main, 0x0A) & 0x0100:
            raise unreadable(
                UnreadableReason.ENCRYPTED,
                self._file_name,
                "文档设有密码",
                "it is protected by a password",
            )
        if self._u16(self.main, 2) < _OLDEST:
            raise unreadable(
                UnreadableReason.UNSUPPORTED,
                self._file_name,
                "是 Word 97 之前的格式",
                "its format is older than Word 97",
                ("请用 Word 或 WPS 另存为 DOCX 后再放入", "save it as DOCX in Word or WPS"),
            )

    @staticmethod
    def _u16(data: bytes, offset: int) -> int:
        return int(struct.unpack_from("<H", data, offset)[0])

    @staticmethod
    def _u32(data: bytes, offset: int) -> int:
        return int(struct.unpack_from("<I", data, offset)[0])

    def section(self, index: int) -> tuple[int, int]:
        """Offset in the table stream and size of a structure named in the header."""
        offset = _RGFCLCB + 8 * index
        if offset + 8 > len(self.main):
            return (0, 0)
        return self._u32(self.main, offset), self._u32(self.main, offset + 4)

    # --- text -------------------------------------------------------------------------------

    def _piece_table(self) -> tuple[list[Piece], list[bytes]]:
        offset, size = self.section(CLX)
        clx = self.table[offset : offset + size]
        modifiers: list[bytes] = []
        position = 0
        while position < len(clx) and clx[position] == 1:
            length = self._u16(clx, position + 1)
            modifiers.append(clx[position + 3 : position + 3 + length])
            position += 3 + length
        if position + 5 > len(clx) or clx[position] != 2:
            raise corrupt(self._file_name, ValueError("CLX"), "the piece table", "片段表")
        length = self._u32(clx, position + 1)
        plc = clx[position + 5 : position + 5 + length]
        count = (len(plc) - 4) // 12
        starts = struct.unpack_from(f"<{count + 1}I", plc, 0)
        pieces: list[Piece] = []
        for i in range(count):
            _, fc, prm = struct.unpack_from("<HIH", plc, 4 * (count + 1) + 8 * i)
            small = bool(fc & 0x40000000)
            start = (fc & 0x3FFFFFFF) // (2 if small else 1)
            modifier = b""
            if prm & 1 and (prm >> 1) < len(modifiers):
                modifier = modifiers[prm >> 1]
            pieces.append(Piece(starts[i], starts[i + 1], start, 1 if small else 2, modifier))
        if sum(max(0, p.end - p.start) for p in pieces) > self._limits.max_text_chars:
            raise unreadable(
                UnreadableReason.TOO_LARGE,
                self._file_name,
                "文本过长，超过上限",
                "its text is longer than the limit",
            )
        return pieces, modifiers

    def characters(self, first: int, last: int) -> Iterator[tuple[str, int, Piece]]:
        """The characters from CP ``first`` to before ``last``: character, FC, piece."""
        for piece in self.pieces:
            start, end = max(piece.start, first), min(piece.end, last)
            if start >= end:
                continue
            begin = piece.offset + (start - piece.start) * piece.width
            raw = self.main[begin : begin + (end - start) * piece.width]
            if len(raw) < (end - start) * piece.width:
                raise corrupt(self._file_name, EOFError("text ends early"), "the text", "正文文字")
            text = raw.decode("cp1252", "replace") if piece.width == 1 else _units(raw)
            for i, character in enumerate(text):
                yield character, begin + i * piece.width, piece

    # --- properties -------------------------------------------------------------------------

    def _bin_table(self, index: int) -> tuple[list[int], list[int]]:
        """First file positions of property pages, and the pages."""
        offset, size = self.section(index)
        count = (size - 4) // 8
        if count <= 0:
            return [], []
        positions = struct.unpack_from(f"<{count + 1}I", self.table, offset)
        pages = struct.unpack_from(f"<{count}I", self.table, offset + 4 * (count + 1))
        return list(positions[:-1]), [page & 0x3FFFFF for page in pages]

    def paragraph_properties(self, fc: int) -> Properties:
        """Style and modifiers of the paragraph that holds a file position."""
        found = self._in_page(self._paragraph_pages, fc, 13)
        if found is None:
            return Properties(0, b"")
        page, offset = found
        size = page[offset] * 2 - 1
        offset += 1
        if size < 0:
            size = page[offset] * 2
            offset += 1
        body = page[offset : offset + size]
        if len(body) < 2:
            return Properties(0, b"")
        return Properties(self._u16(body, 0), self._with_huge(body[2:]))

    def character_properties(self, fc: int) -> tuple[bytes, int]:
        """Modifiers of the run that holds a file position, and where the run ends."""
        found = self._in_page(self._character_pages, fc, 1)
        end = self._run_end(fc)
        if found is None:
            return b"", end
        page, offset = found
        return page[offset + 1 : offset + 1 + page[offset]], end

    def _page_of(self, table: tuple[list[int], list[int]], fc: int) -> bytes | None:
        positions, pages = table
        index = bisect_right(positions, fc) - 1
        if index < 0:
            return None
        page = self.main[pages[index] * _PAGE : (pages[index] + 1) * _PAGE]
        return page if len(page) == _PAGE else None

    def _slots(self, page: bytes) -> tuple[int, ...]:
        count = page[_PAGE - 1]
        return struct.unpack_from(f"<{count + 1}I", page, 0)

    def _in_page(
        self, table: tuple[list[int], list[int]], fc: int, entry: int
    ) -> tuple[bytes, int] | None:
        """The page and the offset in it of what holds a file position; None for the default."""
        page = self._page_of(table, fc)
        if page is None:
            return None
        slots = self._slots(page)
        index = bisect_right(slots, fc) - 1
        if index < 0 or index >= len(slots) - 1:
            return None
        word = page[4 * len(slots) + entry * index]
        return (page, word * 2) if word else None

    def _run_end(self, fc: int) -> int:
        page = self._page_of(self._character_pages, fc)
        if page is None:
            return fc + 1
        slots = self._slots(page)
        index = bisect_right(slots, fc)
        return slots[index] if index < len(slots) else fc + 1

    def _with_huge(self, grpprl: bytes) -> bytes:
        """Modifiers too long for their page lie in the Data stream."""
        extra = b""
        for code, operand in modifiers(grpprl):
            if code in _SPRM_HUGE and len(operand) == 4:
                offset = self._u32(operand, 0)
                if offset + 2 <= len(self.data):
                    length = self._u16(self.data, offset)
                    extra += self.data[offset + 2 : offset + 2 + length]
        return grpprl + extra


def _units(raw: bytes) -> list[str]:
    """UTF-16 code units one by one, so that positions stay positions; pairs are joined later."""
    return [chr(unit) for unit in struct.unpack(f"<{len(raw) // 2}H", raw)]


def modifiers(grpprl: bytes) -> Iterator[tuple[int, bytes]]:
    """The modifiers of a list: code and operand; a damaged tail is left."""
    position = 0
    while position + 2 <= len(grpprl):
        code = int(struct.unpack_from("<H", grpprl, position)[0])
        position += 2
        size = _OPERAND_SIZES[code >> 13]
        if code in (_SPRM_TDEFTABLE, _SPRM_TDEFTABLE10):
            if position + 2 > len(grpprl):
                return
            size = int(struct.unpack_from("<H", grpprl, position)[0]) + 1
        elif size == 0:
            if position >= len(grpprl):
                return
            size = grpprl[position] + 1
            if code == _SPRM_PCHGTABS and size == 256:
                size = _tab_size(grpprl, position)
        yield code, grpprl[position : position + size]
        position += size


def _tab_size(grpprl: bytes, position: int) -> int:
    """The one modifier whose length byte of 255 means "count it yourself"."""
    deleted = grpprl[position + 1] if position + 1 < len(grpprl) else 0
    after = position + 2 + 4 * deleted
    added = grpprl[after] if after < len(grpprl) else 0
    return 3 + 4 * deleted + 3 * added
