"""Scans: figures and cells as printed, or doubted; pages lying on their side; blank pages."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from orchestration.reading import read_bytes
from orchestration.reading.document import (
    DoubtKind,
    UnreadableError,
    UnreadableReason,
)
from orchestration.reading.limits import Limits
from orchestration.reading.scan import figures
from orchestration.reading.scan_image import DPI, find_rules, render
from tests.typeset.makers import fonts
from tests.unit.reading.grids import only_grid, reading, rows, texts

needs_font = pytest.mark.skipif(not fonts.available(), reason="no Chinese font is installed")

_ROWS = [
    ["项目名称", "预算数", "执行数", "执行率"],
    ["特困帮扶资金", "542.37", "564.41", "96.30%"],
    ["老年大学经费", "5.00", "", "100%"],
]
_XS = [60.0, 230.0, 330.0, 430.0, 530.0]
_YS = [640.0, 600.0, 560.0, 520.0]


def _printed_form() -> bytes:
    """A page with a title and a ruled table whose last row has a merged first cell."""
    out = io.BytesIO()
    canvas = Canvas(out)
    font = fonts.register("microhei")
    canvas.setFont(font, 18)
    canvas.drawString(190, 700, "项目支出绩效自评表")
    canvas.setFont(font, 12)
    for y in _YS:
        canvas.line(_XS[0], y, _XS[-1], y)
    for x in _XS:
        canvas.line(x, _YS[0], x, _YS[-1])
    for r, row in enumerate(_ROWS):
        for c, text in enumerate(row):
            canvas.drawString(_XS[c] + 12, _YS[r + 1] + 15, text)
    canvas.save()
    return out.getvalue()


def _form() -> Image.Image:
    """The same as a picture of 200 dots an inch."""
    page = pdfium.PdfDocument(_printed_form())[0]
    return page.render(scale=200 / 72).to_pil().convert("L")


def _scan(picture: Image.Image, *, turns: int = 0, skew: float = 0.0) -> bytes:
    """The picture as the only content of a PDF, with noise, turned as paper lies in a scanner."""
    picture = picture.rotate(skew, fillcolor=255, resample=Image.Resampling.BICUBIC)
    picture = picture.rotate(90 * turns, expand=True)
    noise = np.random.default_rng(5).normal(0, 5, picture.size[::-1])
    grey = np.clip(np.asarray(picture, dtype=np.float32) + noise, 0, 255).astype(np.uint8)
    out = io.BytesIO()
    size = (picture.size[0] * 72 / 200, picture.size[1] * 72 / 200)
    canvas = Canvas(out, pagesize=size)
    canvas.drawImage(ImageReader(Image.fromarray(grey)), 0, 0, *size)
    canvas.save()
    return out.getvalue()


def _blank_pdf(pages: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for _ in range(pages):
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@needs_font
@pytest.mark.slow
@pytest.mark.parametrize(("turns", "skew"), [(0, 0.7), (1, 0.0), (3, -0.5)])
def test_a_form_is_read_with_its_cells_and_figures(turns: int, skew: float) -> None:
    document = reading(_scan(_form(), turns=turns, skew=skew), "扫描.pdf")
    assert document.is_scanned
    assert document.readers == ("rapidocr",)
    grid = only_grid(document)
    assert rows(grid) == _ROWS
    assert not any(cell.doubts for cell in grid.cells)
    assert texts(document) == ["项目支出绩效自评表"]
    place = grid.cells[5].place
    assert place.page == 1
    assert place.bbox is not None
    # The cell "542.37" as drawn, in points from the top left corner of the page as displayed.
    left, top, right, bottom = _XS[1], 841.89 - _YS[1], _XS[2], 841.89 - _YS[2]
    if turns == 1:
        left, top, right, bottom = top, 595.28 - right, bottom, 595.28 - left
    elif turns:
        left, top, right, bottom = 841.89 - bottom, left, 841.89 - top, right
    found = (place.bbox.x0, place.bbox.top, place.bbox.x1, place.bbox.bottom)
    assert found == pytest.approx((left, top, right, bottom), abs=6)


@needs_font
@pytest.mark.slow
def test_a_page_whose_fonts_do_not_name_their_characters_is_recognised() -> None:
    # What a program leaves that distils a file again without its Unicode maps.
    data = _printed_form()
    assert b"/ToUnicode" in data
    document = reading(data.replace(b"/ToUnicode", b"/ToUnicodX"), "无字符映射.pdf")
    assert rows(only_grid(document)) == _ROWS
    assert texts(document) == ["项目支出绩效自评表"]
    assert document.is_scanned
    assert [page.has_text for page in document.pages] == [False]


@needs_font
@pytest.mark.slow
def test_scrawl_in_a_cell_is_doubted_never_silently_blank() -> None:
    picture = _form()
    scale = 200 / 72
    box = [int(v * scale) for v in (_XS[2] + 20, 841.89 - _YS[2] + 8, _XS[3] - 20)]
    pixels = np.asarray(picture).copy()
    random = np.random.default_rng(3)
    area = pixels[box[1] : box[1] + 60, box[0] : box[2]]
    area[random.random(area.shape) < 0.25] = 0
    document = reading(_scan(Image.fromarray(pixels)), "扫描.pdf")
    cell = only_grid(document).by_position()[(2, 2)]
    assert cell.doubts
    assert {d.kind for d in cell.doubts} <= {DoubtKind.LOW_OCR, DoubtKind.DISAGREEMENT}


@needs_font
def test_rules_are_found_and_large_characters_are_none() -> None:
    data = _scan(_form(), skew=0.6)
    page = pdfium.PdfDocument(data)[0]
    image = render(page, DPI)
    horizontal, vertical, _ = find_rules(image)
    assert abs(image.skew) == pytest.approx(0.6, abs=0.15)
    assert len(horizontal) == len(_YS)
    assert sorted(round(x) for x in vertical[:, 0]) == pytest.approx(sorted(_XS), abs=5)


def test_a_pdf_without_anything_printed_says_so() -> None:
    with pytest.raises(UnreadableError) as caught:
        reading(_blank_pdf(2), "空白.pdf")
    assert caught.value.reason is UnreadableReason.NO_TEXT


def test_too_many_pages_to_recognise_are_refused_not_skipped() -> None:
    with pytest.raises(UnreadableError) as caught:
        read_bytes(_blank_pdf(3), "长.pdf", limits=Limits(max_ocr_pages=2))
    assert caught.value.reason is UnreadableReason.TOO_LARGE


@pytest.mark.parametrize(
    ("text", "expected"),
    [("５６４.４１万元", "564.41"), ("≥90％", "≥90%"), ("无", ""), ("－3", "-3")],
)
def test_what_two_recognitions_must_agree_in(text: str, expected: str) -> None:
    assert figures(text) == expected
