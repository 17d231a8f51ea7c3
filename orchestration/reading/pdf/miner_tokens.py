"""pdfminer's parser with the plain tokens of a PDF cut by one regular expression.

pdfminer steps through a file with a call for every part of every token; that is most of the time it
takes to open a file and its fonts. What the expression does not know (escapes, comments, a token at
the very end) is left to pdfminer's own steps, so that the tokens are the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any, cast

from pdfminer.cmapdb import CMapParser, FileUnicodeMap
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser, PDFStreamParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import KWD, LIT, PSBaseParser

# Whole number; decimal; name; keyword; bracket; hexadecimal and plain string. A token counts only
# where a byte follows that ends it.
_TOKEN = re.compile(
    rb"\s*(?:([-+]?\d+)(?![.\d])|([-+]?\d*\.\d+)(?!\d)|/([^#/%\[\]()<>{}\s]*)(?=[/\[\]()<>{}\s])"
    rb"|([A-Za-z][^#/%\[\]()<>{}\s]*)(?=[/\[\]()<>{}\s])|(<<|>>|[\[\]])"
    rb"|<((?:[0-9A-Fa-f]{2})*)>|\(([^()\\]*)\))(?!\Z)",
    re.DOTALL,
)
Token = Any  # pdfminer: numbers, bytes, and its own names and keywords
_WHOLE, _DECIMAL, _NAME, _WORD, _BRACKET, _HEX, _PLAIN = range(1, 8)
_LARGEST_RANGE = 1 << 16
_LINE_END = re.compile(rb"\r\n?|\n")
_TRUTH = {b"true": True, b"false": False}


class _Tokens(PSBaseParser):
    """A parser whose plain tokens are cut by ``_TOKEN``."""

    def seek(self, pos: int) -> None:
        """Go on at another place."""
        super().seek(pos)
        self._data = cast(BytesIO, self.fp).getvalue()

    def fillbuf(self) -> bool:
        """More bytes for pdfminer's own steps, from where the last token ended."""
        if self.charpos < len(self.buf):
            return False
        start = self.bufpos + self.charpos
        self.buf = self._data[start : start + self.BUFSIZ]
        if not self.buf:
            raise PSEOF("Unexpected EOF")
        self.bufpos, self.charpos = start, 0
        return False

    def nextline(self) -> tuple[int, bytes]:
        """The place and bytes of the next line, its end included.

        Raises:
            PSEOF: no line ends any more.
        """
        start = self.bufpos + self.charpos
        match = _LINE_END.search(self._data, start)
        end = match.end() if match else len(self._data)
        self.bufpos, self.charpos, self.buf = end, 0, b""
        if match is None or (match.group() == b"\r" and end == len(self._data)):
            raise PSEOF("Unexpected EOF")
        return start, self._data[start:end]

    def nexttoken(self) -> tuple[int, Any]:
        """The place and value of the next token.

        Raises:
            PSEOF: there is none.
        """
        if self._tokens or self.eof:
            return super().nexttoken()
        match = _TOKEN.match(self._data, self.bufpos + self.charpos)
        if match is None:
            return super().nexttoken()
        kind = cast(int, match.lastindex)
        text = match.group(kind)
        self.bufpos, self.charpos, self.buf = match.end(), 0, b""
        value: Any
        if kind == _WHOLE:
            value = int(text)
        elif kind == _DECIMAL:
            value = float(text)
        elif kind == _NAME:
            value = self._name(text)
        elif kind == _HEX:
            value = bytes.fromhex(text.decode("ascii"))
        elif kind == _PLAIN:
            value = text
        else:
            value = _TRUTH.get(text)
            if value is None:
                value = KWD(text)
        return match.start(kind), value

    @staticmethod
    def _name(text: bytes) -> Token:
        try:
            return LIT(text.decode("utf-8"))
        except UnicodeDecodeError:
            return LIT(cast(str, text))  # as pdfminer has it: a name that is no UTF-8 stays bytes


class FileParser(_Tokens, PDFParser):
    """The parser of a file."""


class _ObjectParser(_Tokens, PDFStreamParser):
    """The parser of a stream of objects."""


class _MapParser(_Tokens, CMapParser):
    """The parser of a ``ToUnicode`` map."""


class MinerDocument(PDFDocument):
    """pdfminer's document, but of a stream of objects only those asked for are parsed.

    Office programs put the structure tree, ten times the rest, into the same streams.
    """

    def __init__(self, parser: PDFParser) -> None:
        # by stream, which is kept: parser, header, where the objects begin
        self._opened: dict[int, tuple[PDFStream, _ObjectParser, list[int], int]] = {}
        super().__init__(parser)

    def _getobj_objstm(self, stream: PDFStream, index: int, objid: int) -> object:
        opened = self._opened.get(id(stream))
        if opened is None:
            opened = self._opened[id(stream)] = self._open_stream(stream)
        _, parser, header, first = opened
        if header[2 * index : 2 * index + 1] != [objid] or len(header) <= 2 * index + 1:
            return super()._getobj_objstm(stream, index, objid)
        parser.seek(first + header[2 * index + 1])
        return parser.nextobject()[1]

    def _open_stream(self, stream: PDFStream) -> tuple[PDFStream, _ObjectParser, list[int], int]:
        """With its header: number and offset of each object."""
        data = stream.get_data()
        first = stream.get("First")
        start = first if isinstance(first, int) else 0
        numbers = data[:start].split()
        header = [int(n) for n in numbers] if all(n.isdigit() for n in numbers) else []
        parser = _ObjectParser(data)
        parser.set_document(self)
        return stream, parser, header, start


# A ``ToUnicode`` map as nearly all makers write it: pairs, and ranges with one start or a list.
_SECTION = re.compile(rb"beginbf(char|range)\b(.*?)\bendbf\1\b", re.DOTALL)
_CODE = rb"\s*<((?:[0-9A-Fa-f]{2})+)>"
_PAIR = re.compile(_CODE * 2)
_RANGE = re.compile(_CODE * 2 + rb"(?:%s|\s*\[([^\[\]]*)\])" % _CODE)
_LISTED = re.compile(_CODE)
_MORE = re.compile(rb"cid(?:range|char)|usecmap|bf(?:range|char)|%|endcmap.*begincmap", re.DOTALL)


def unicode_map(data: bytes) -> FileUnicodeMap:
    """The characters of a font's codes, from its ``ToUnicode`` stream."""
    result = FileUnicodeMap()
    end = data.find(b"endcmap")
    rest = _SECTION.sub(b"", data)
    sections = [] if _MORE.search(rest) else list(_SECTION.finditer(data))
    if not sections or 0 <= end < sections[-1].start() or not _fill(result, sections):
        result = FileUnicodeMap()
        _MapParser(result, BytesIO(data)).run()
    return result


def _fill(result: FileUnicodeMap, sections: Sequence[re.Match[bytes]]) -> bool:
    """Take plain sections of a map; False where one has anything else in it."""
    for section in sections:
        kind, body = section.groups()
        shape = _PAIR if kind == b"char" else _RANGE
        if shape.sub(b"", body).strip():
            return False
        for match in shape.finditer(body):
            codes = [bytes.fromhex(group.decode("ascii")) for group in match.groups()[:2]]
            if shape is _PAIR:
                result.add_cid2unichr(int.from_bytes(codes[0], "big"), codes[1])
            elif not _fill_range(result, codes[0], codes[1], match.group(3), match.group(4)):
                return False
    return True


def _fill_range(
    result: FileUnicodeMap, first: bytes, last: bytes, start: bytes | None, listed: bytes | None
) -> bool:
    low, high = int.from_bytes(first, "big"), int.from_bytes(last, "big")
    if len(first) != len(last) or high - low >= _LARGEST_RANGE:
        return False
    if listed is not None:
        if _LISTED.sub(b"", listed).strip():
            return False
        for code, text in zip(range(low, high + 1), _LISTED.findall(listed), strict=False):
            result.add_cid2unichr(code, bytes.fromhex(text.decode("ascii")))
        return True
    text = bytes.fromhex((start or b"").decode("ascii"))
    base, tail = int.from_bytes(text[-4:], "big"), len(text[-4:])
    if base + high - low >= 256**tail:
        return False
    for i in range(high - low + 1):
        result.add_cid2unichr(low + i, text[:-4] + (base + i).to_bytes(tail, "big"))
    return True
