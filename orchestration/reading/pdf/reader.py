"""``read_pdf``: bytes to a Document, page by page, in bounded memory."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from operator import itemgetter

import pypdfium2 as pdfium
from pypdfium2 import raw

from orchestration.reading.document import (
    Document,
    Doubt,
    DoubtKind,
    FileFormat,
    GridKind,
    PageInfo,
    UnreadableReason,
)
from orchestration.reading.failures import corrupt, unreadable
from orchestration.reading.geometry import Ink
from orchestration.reading.limits import Limits
from orchestration.reading.pdf.assemble import assemble
from orchestration.reading.pdf.compare import compare_pages, doubt_page, is_same
from orchestration.reading.pdf.legible import is_legible
from orchestration.reading.pdf.miner_file import MinerFile
from orchestration.reading.pdf.outlines import drop_outlines
from orchestration.reading.pdf.page import Drawn, lay_out, put_in_cells
from orchestration.reading.pdf.parts import PageRead
from orchestration.reading.pdf.pdfium_page import OpenPage
from orchestration.reading.pdf.sideways import displayed, displayed_size
from orchestration.reading.ranges import read_in_shares

_DEFAULT_LIMITS = Limits()
#: Pages after which a file is opened anew, so that neither library's caches grow.
_REOPEN_AFTER = 100
#: A page without glyphs whose largest picture covers this share of it is a scan.
_SCAN_SHARE = 0.25
# A text layer this thin under a page-filling picture is a stamp or a page number of a scan.
_SCAN_GLYPHS = 12
_FULL_PAGE = 0.8

#: Pages that could not be read a second time, and why: number (0-based) and doubt.
_Failures = list[tuple[int, Doubt]]


def read_pdf(
    data: bytes, file_name: str, *, limits: Limits = _DEFAULT_LIMITS, twice: bool = True
) -> Document:
    """Read a PDF.

    Pages without a text layer are recognised from their pictures (``scan``); their
    ``PageInfo.has_text`` is false, see :func:`image_only_pages`. A document is scanned where all
    its printed pages are, or where a table stands on such a page.

    Args:
        data: the file.
        file_name: for the document and messages.
        limits: ``max_pages`` is held here.
        twice: read pages with figures a second time (False only for measurements).

    Raises:
        UnreadableError: encrypted, damaged, or more pages than allowed.
    """
    document = _open(data, file_name)
    try:
        count = len(document)
    finally:
        document.close()
    if count == 0:
        raise unreadable(UnreadableReason.EMPTY, file_name, "没有页面", "it has no pages")
    if count > limits.max_pages:
        raise unreadable(
            UnreadableReason.TOO_LARGE,
            file_name,
            f"共 {count} 页，超过上限 {limits.max_pages} 页",
            f"it has {count} pages, over the limit of {limits.max_pages}",
        )

    def read_share(numbers: Iterable[int]) -> tuple[list[PageRead], _Failures]:
        failures: _Failures = []
        return list(_read_pages(data, file_name, numbers, twice, failures)), failures

    with _without_collector():
        shares = read_in_shares(read_share, count)
    pages = sorted((page for share, _ in shares for page in share), key=lambda p: p.number)
    failed = sorted((f for _, failures in shares for f in failures), key=itemgetter(0))
    doubts = [doubt for _, doubt in failed]
    scanned = _recognised(data, file_name, pages, limits)
    has_text = [page.glyphs > 0 and page.number not in scanned for page in pages]
    pages = [scanned.get(page.number, page) for page in pages]
    blocks = displayed(assemble(pages), pages)
    if not blocks:
        raise unreadable(
            UnreadableReason.NO_TEXT, file_name, "没有可读的文字", "there is no legible text in it"
        )
    for page in pages:
        doubts += page.doubts
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        file_name=file_name,
        file_format=FileFormat.PDF,
        blocks=blocks,
        page_count=count,
        is_scanned=bool(scanned)
        and (not any(has_text) or any(page.tables for page in scanned.values())),
        pages=tuple(
            PageInfo(
                page.number,
                *displayed_size(page),
                page.rotation,
                has_text=printed,
                read_twice=page.read_twice,
            )
            for page, printed in zip(pages, has_text, strict=True)
        ),
        doubts=tuple(doubts),
        readers=_readers(pages, scanned),
    )


def _recognised(
    data: bytes, file_name: str, pages: list[PageRead], limits: Limits
) -> dict[int, PageRead]:
    """The pages without a text layer that says anything, as character recognition reads them.

    Pages whose text is drawn as outlines have neither glyphs nor a picture; blank ones stay blank.
    """
    numbers = [
        page.number
        for page in pages
        if page.glyphs == 0 or not page.legible or _is_image_only(page)
    ]
    if not numbers:
        return {}
    from orchestration.reading.scan import read_scanned_pages

    return read_scanned_pages(data, file_name, numbers, limits)


def _readers(pages: list[PageRead], scanned: dict[int, PageRead]) -> tuple[str, ...]:
    printed = [page for page in pages if page.number not in scanned]
    names = ["pdfium"] if printed else []
    if any(page.read_twice for page in printed):
        names.append("pdfminer")
    return (*names, *(("rapidocr",) if scanned else ()))


def image_only_pages(document: Document) -> list[int]:
    """Numbers (1-based) of the pages that only OCR can read."""
    return [page.number for page in document.pages if not page.has_text]


def _is_image_only(page: PageRead) -> bool:
    if page.glyphs == 0:
        return page.image_share >= _SCAN_SHARE
    return page.glyphs <= _SCAN_GLYPHS and page.image_share >= _FULL_PAGE


@contextmanager
def _without_collector() -> Iterator[None]:
    """The garbage collector off while pages are read.

    It finds next to nothing among millions of short-lived glyphs and costs a tenth of the time.
    The one thing that holds itself, pdfminer's document, is taken apart when it is closed.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            # What is left is the document: the collector need not go through it at once.
            gc.freeze()
            gc.unfreeze()
        if running:
            gc.enable()


def _open(data: bytes, file_name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise unreadable(
                UnreadableReason.ENCRYPTED, file_name, "文件已加密", "it is encrypted"
            ) from error
        raise corrupt(file_name, error, "the PDF", " PDF ") from error


def _read_pages(
    data: bytes, file_name: str, numbers: Iterable[int], twice: bool, failures: _Failures
) -> Iterator[PageRead]:
    waiting = iter(numbers)
    for next_number in waiting:
        document = _open(data, file_name)
        second: MinerFile | None = None
        try:
            for number in chain([next_number], islice(waiting, _REOPEN_AFTER - 1)):
                first = _open_page(document, number, file_name)
                try:
                    ink = first.read()
                    again: Ink | None = None
                    figures = twice and ink.has_digits
                    if figures:
                        second = second or _second_file(data, number, failures)
                        again = _read_again(second, number, ink.turned, failures)
                        if again is not None and (again.clipped or again.hidden > ink.hidden):
                            ink = first.read_careful(again.unseen)
                finally:
                    first.close()
                yield _page(ink, again, number + 1, figures=figures)
        finally:
            document.close()
            if second is not None:
                second.close()


def _page(ink: Ink, again: Ink | None, number: int, *, figures: bool) -> PageRead:
    """A page as read, held against the second reading where it has figures."""
    drop_outlines(ink)
    drawn = Drawn.of(ink)
    placed = put_in_cells(ink, drawn)
    page = lay_out(placed, number)
    page.legible = is_legible(ink.text) and (again is None or is_legible(again.text))
    if again is None:
        if figures:
            doubt_page(page)
        return page
    drop_outlines(again)
    # The same rules make the same cells: those are worked out once.
    same_rules = drawn.is_of(again)
    second = put_in_cells(again, drawn if same_rules else None)
    if same_rules and is_same(placed, second) and not _by_alignment(page):
        page.read_twice = True
    else:
        compare_pages(page, lay_out(second, number))
    return page


def _by_alignment(page: PageRead) -> bool:
    """Whether columns follow from where text stands, which two readings may see differently."""
    return any(table.kind is not GridKind.RULED for table in page.tables)


def _open_page(document: pdfium.PdfDocument, number: int, file_name: str) -> OpenPage:
    try:
        return OpenPage(document[number])
    except pdfium.PdfiumError as error:
        raise corrupt(file_name, error, f"page {number + 1}", f"第 {number + 1} 页") from error


def _second_file(data: bytes, number: int, failures: _Failures) -> MinerFile | None:
    try:
        return MinerFile(data)
    except Exception as error:  # noqa: BLE001 - whatever pdfminer stumbles over, figures stay unchecked
        failures.append((number, _not_read(number, error)))
        return None


def _read_again(
    second: MinerFile | None, number: int, turned: int, failures: _Failures
) -> Ink | None:
    if second is None:
        return None
    try:
        return second.read_page(number, turned)
    except Exception as error:  # noqa: BLE001 - as above: the page stays read once, and says so
        failures.append((number, _not_read(number, error)))
        return None


def _not_read(number: int, error: Exception) -> Doubt:
    return Doubt(
        DoubtKind.DISAGREEMENT,
        f"第{number + 1}页起未能第二次读取 | not read a second time from page {number + 1} "
        f"({type(error).__name__})",
    )
