"""The one model between file formats and the domain.

Every reader (PDF, Word, HTML, Excel, text, scan) turns bytes into a :class:`Document`: blocks in
reading order, a block being a paragraph or a grid of cells with spans. Nothing here knows what a
budget is; nothing behind it knows what a PDF is.

Geometry is in PDF points with the origin at the top left of the page (x0, top, x1, bottom).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum


class FileFormat(StrEnum):
    """What a file really is, by its bytes (contract: ``dim_report.file_format``)."""

    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    HTML = "html"
    XLSX = "xlsx"
    TXT = "txt"


@dataclass(frozen=True, slots=True)
class BBox:
    """A rectangle on a page in PDF points, origin top left."""

    x0: float
    top: float
    x1: float
    bottom: float

    def union(self, other: BBox) -> BBox:
        """The smallest rectangle that holds both."""
        return BBox(
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )

    def __str__(self) -> str:
        """``x0,top,x1,bottom`` with two decimals, as published in ``source_bbox``."""
        return f"{self.x0:.2f},{self.top:.2f},{self.x1:.2f},{self.bottom:.2f}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed.

    ``page`` is 1-based and None where the format has no pages; ``path`` says the place in formats
    without geometry (``'Sheet1'!B3``, ``line 120``, ``/html/body/table[2]/tr[3]/td[1]``).
    """

    page: int | None = None
    bbox: BBox | None = None
    path: str | None = None


class DoubtKind(StrEnum):
    """Why a cell or line may not be what is printed."""

    DISAGREEMENT = "disagreement"  # the two readings differ
    OVERPRINT = "overprint"  # text printed over text
    OVERFLOW = "overflow"  # text leaves its cell
    CUT = "cut"  # a part of the text is not printed: the edge of its cell cuts it off
    JOIN = "join"  # a join over a page break rests on weak evidence
    LOW_OCR = "low_ocr"  # OCR confidence below the limit
    UNMAPPED = "unmapped"  # glyphs without Unicode
    STRUCTURE = "structure"  # the grid itself is uncertain
    UNCOMPUTED = "uncomputed"  # a spreadsheet formula without a stored result


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to distrust a text, with both readings where there are two."""

    kind: DoubtKind
    detail: str
    first: str | None = None
    second: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    r"""One cell of a grid; a merged cell is one cell with spans.

    ``text`` is what is printed, lines joined by ``\n``, not normalised. ``parts`` are the places
    it is printed at, in order: several where a page break cuts the cell.
    """

    row: int
    col: int
    rowspan: int
    colspan: int
    text: str
    parts: tuple[Place, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    # True where the format says vertical text or where glyphs stand one per line.
    vertical: bool = False

    @property
    def place(self) -> Place:
        """The first place the cell is printed at (an empty place where unknown)."""
        return self.parts[0] if self.parts else Place()


@dataclass(frozen=True, slots=True)
class Paragraph:
    r"""Running text: one logical paragraph, wrapped lines already joined where the format tells.

    ``text`` is what is printed; where line ends are kept they are ``\n``. ``lines`` gives the
    place of each printed line for provenance (same order as ``text.split('\n')`` where line ends
    are kept, else one place for the whole).
    """

    text: str
    places: tuple[Place, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    heading_level: int | None = None
    # The printed lines where ``text`` joins several: for forms that a dump took apart.
    lines: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """The first place (an empty place where unknown)."""
        return self.places[0] if self.places else Place()


class GridKind(StrEnum):
    """What made the reader believe in a grid."""

    RULED = "ruled"  # drawn borders
    ALIGNED = "aligned"  # columns by alignment alone
    MARKED = "marked"  # the format says so (Word, HTML, Excel)
    TABBED = "tabbed"  # tabs or runs of blanks in plain text


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: cells with spans on ``n_rows`` x ``n_cols``; pages already stitched.

    ``ordinal`` counts the tables of the document from 1 (contract: ``source_table``). Every grid
    position is covered by at most one cell; uncovered ones do not exist on paper (ragged rows).
    """

    ordinal: int
    n_rows: int
    n_cols: int
    cells: tuple[Cell, ...]
    kind: GridKind = GridKind.RULED
    doubts: tuple[Doubt, ...] = ()
    name: str | None = None  # sheet name in Excel, caption element in HTML

    def by_position(self) -> dict[tuple[int, int], Cell]:
        """Every covered position, spans expanded, to its cell."""
        return {
            (row, col): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for col in range(cell.col, cell.col + cell.colspan)
        }

    def row_cells(self, row: int) -> list[Cell]:
        """The cells that cover a row, left to right, each once."""
        return sorted(
            (c for c in self.cells if c.row <= row < c.row + c.rowspan), key=lambda c: c.col
        )

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages the grid is printed on, ascending; empty where the format has none."""
        return tuple(sorted({p.page for c in self.cells for p in c.parts if p.page is not None}))


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Size of a page in PDF points and what the readers made of it."""

    number: int
    width: float
    height: float
    rotation: int = 0
    has_text: bool = True
    read_twice: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: blocks in reading order, and all that was noticed while reading."""

    sha256: str
    file_name: str
    file_format: FileFormat
    blocks: tuple[Block, ...]
    page_count: int | None = None
    is_scanned: bool = False
    pages: tuple[PageInfo, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    # The readers used, in order, such as ("pdfium", "pdfplumber").
    readers: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def report_id(self) -> str:
        """The first 16 hex digits of the SHA-256 of the bytes."""
        return self.sha256[:16]

    def grids(self) -> Iterator[Grid]:
        """The grids in reading order."""
        return (block for block in self.blocks if isinstance(block, Grid))

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs in reading order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def with_blocks(self, blocks: tuple[Block, ...]) -> Document:
        """The same document with other blocks."""
        return replace(self, blocks=blocks)


class UnreadableReason(StrEnum):
    """Why a file cannot become a document (the code of a quarantine reason)."""

    EMPTY = "empty"
    CORRUPT = "corrupt"
    ENCRYPTED = "encrypted"
    UNSUPPORTED = "unsupported"  # a format that no reader reads
    TOO_LARGE = "too_large"  # bytes, pages, or decompressed size over the limit
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    NO_TEXT = "no_text"  # nothing legible, OCR included
    VANISHED = "vanished"  # the file went away or changed while it was read


class UnreadableError(Exception):
    """A file that cannot be read; ``message_zh``/``message_en`` name the file, place and remedy."""

    def __init__(self, reason: UnreadableReason, message_zh: str, message_en: str) -> None:
        super().__init__(message_en)
        self.reason = reason
        self.message_zh = message_zh
        self.message_en = message_en
