"""A PDF as pdfminer opens it: pages by number, fonts shared between them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import dict_value

from orchestration.reading.geometry import Ink
from orchestration.reading.pdf.miner_font import FontShelf, GlyphTable
from orchestration.reading.pdf.miner_page import PageReader
from orchestration.reading.pdf.miner_tokens import FileParser, MinerDocument


class _Entry(PDFPage):
    """An entry of the page tree whose streams are not looked at yet."""

    def __init__(self, doc: PDFDocument, pageid: object, attrs: object, label: str | None) -> None:
        self.doc, self.pageid, self.label = doc, pageid, label
        self.attrs = dict_value(attrs)

    def opened(self) -> PDFPage:
        """The page itself."""
        return PDFPage(self.doc, self.pageid, self.attrs, self.label)


class MinerFile:
    """A PDF opened by pdfminer; pages are read by 0-based number."""

    def __init__(self, data: bytes) -> None:
        self._document = MinerDocument(FileParser(BytesIO(data)))
        self._entries: Iterator[_Entry] = _Entry.create_pages(self._document)  # type: ignore[assignment]
        self._known: list[_Entry] = []
        self._table = GlyphTable()
        self._fonts = FontShelf(self._table)

    def read_page(self, number: int, turned: int = 0) -> Ink:
        """All glyphs, rules and pictures of one page.

        Args:
            number: of the page, 0-based.
            turned: clockwise quarter turns from how the page is displayed (``Ink.turned``).

        Raises:
            IndexError: pdfminer finds no such page.
        """
        while len(self._known) <= number:
            entry = next(self._entries, None)
            if entry is None:
                raise IndexError(number)
            self._known.append(entry)
        page = self._known[number].opened()
        return PageReader(page, self._fonts, self._table, turned).run()

    def close(self) -> None:
        """Let go of what was read: pdfminer's objects refer to their document and it to them."""
        self._known.clear()
        self._entries = iter(())
        self._document.__dict__.clear()
