"""Pages printed sideways: read as upright ones, with places on the page as it is displayed."""

from __future__ import annotations

from io import BytesIO

import pypdfium2 as pdfium
import pytest

from orchestration.reading.document import BBox, Document, Grid
from orchestration.reading.pdf import read_pdf
from tests.unit.reading.drawing import Pdf
from tests.unit.reading.test_pdf_grids import SIMPLE


def _report() -> bytes:
    pdf = Pdf()
    pdf.page.text(70, 90, "2023年度单位整体支出绩效自评表（单位：万元）")
    pdf.page.table(SIMPLE, 200.0)
    pdf.page.text(70, 600, "全年预算数为1234.50万元，执行数为1200.00万元。")
    return pdf.data()


def _turned(data: bytes, degrees: int, *, upright: bytes = b"") -> bytes:
    document = pdfium.PdfDocument(data)
    for page in document:
        page.set_rotation(degrees)
    if upright:
        document.import_pages(pdfium.PdfDocument(upright))
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _words(document: Document) -> list[object]:
    return [
        [(c.row, c.col, c.rowspan, c.colspan, c.text, c.doubts) for c in block.cells]
        if isinstance(block, Grid)
        else (block.text, block.doubts)
        for block in document.blocks
    ]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_printed_sideways_reads_as_if_it_stood_upright(degrees: int) -> None:
    upright = read_pdf(_report(), "upright.pdf")
    sideways = read_pdf(_turned(_report(), degrees), "sideways.pdf")
    assert _words(sideways) == _words(upright)
    assert not sideways.doubts
    assert all(page.read_twice for page in sideways.pages)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_places_on_a_page_printed_sideways_are_those_one_sees(degrees: int) -> None:
    upright = read_pdf(_report(), "upright.pdf")
    sideways = read_pdf(_turned(_report(), degrees), "sideways.pdf")
    (page,), (seen,) = upright.pages, sideways.pages
    wide, high = page.width, page.height
    assert (seen.width, seen.height) == ((wide, high) if degrees == 180 else (high, wide))

    def displayed(box: BBox) -> BBox:
        # How a viewer turns the page clockwise.
        if degrees == 90:
            return BBox(high - box.bottom, box.x0, high - box.top, box.x1)
        if degrees == 180:
            return BBox(wide - box.x1, high - box.bottom, wide - box.x0, high - box.top)
        return BBox(box.top, wide - box.x1, box.bottom, wide - box.x0)

    def boxes(document: Document) -> list[BBox]:
        parts = [
            part
            for block in document.blocks
            for part in (
                [p for c in block.cells for p in c.parts]
                if isinstance(block, Grid)
                else block.places
            )
        ]
        return [part.bbox for part in parts if part.bbox is not None]

    expected, found = [displayed(box) for box in boxes(upright)], boxes(sideways)
    assert len(expected) == len(found) > 10
    for one, other in zip(expected, found, strict=True):
        assert (other.x0, other.top, other.x1, other.bottom) == pytest.approx(
            (one.x0, one.top, one.x1, one.bottom), abs=0.6
        )


def test_upright_pages_beside_one_printed_sideways_stay_as_they_are() -> None:
    both = read_pdf(_turned(_report(), 270, upright=_report()), "both.pdf")
    upright = read_pdf(_report(), "upright.pdf")
    assert _words(both) == _words(upright) * 2
    assert both.pages[1].width == upright.pages[0].width


def test_a_caption_that_runs_up_the_margin_turns_no_page() -> None:
    def page(caption: str) -> Document:
        pdf = Pdf()
        pdf.page.text(70, 90, "2023年度单位整体支出绩效自评表，全年预算数为1234.50万元。")
        pdf.canvas.rotate(90)
        pdf.canvas.drawString(300, -40, caption)
        return read_pdf(pdf.data(), "page.pdf")

    assert _words(page(""))[0] in _words(page("附件一（续表）"))
