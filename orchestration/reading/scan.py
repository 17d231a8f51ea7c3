"""Scanned pages of a PDF: recognised twice, held to the same form as printed pages.

First reading: lines found on the page without its rules. Second reading: every line that holds a
figure is cut from a finer image by the place the first reading gave it, and recognised alone.
Figures that differ, characters of low confidence, and ink where nothing was read are doubted.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pypdfium2 as pdfium

from orchestration.reading.document import Doubt, DoubtKind, UnreadableReason
from orchestration.reading.failures import unreadable
from orchestration.reading.geometry import Ink
from orchestration.reading.limits import Limits
from orchestration.reading.lines import Line
from orchestration.reading.pdf.page import read_ink
from orchestration.reading.pdf.parts import CellRead, PageRead
from orchestration.reading.scan_image import (
    DPI,
    SECOND_DPI,
    PageImage,
    Pixels,
    find_rules,
    render,
)
from orchestration.reading.scan_ocr import RecognisedLine, read_lines, read_page

#: Below this confidence a line or a digit is doubted.
LOW_CONFIDENCE = 0.80
_LOW_DIGIT = 0.70
_BASELINE = 0.14  # of the height of a box, above its lower edge
_PAD = 1.2  # points around a line that is cut out
_INK_SHARE = 0.012  # of a blank cell: more is something that was not read
_SAMPLE = 12  # lines read to tell which way a page lies
_FIGURE = re.compile(r"[0-9.%<>=≤≥+-]")


def read_scanned_pages(
    data: bytes, file_name: str, numbers: list[int], limits: Limits
) -> dict[int, PageRead]:
    """Recognise pages that have no text of their own.

    Args:
        data: the PDF.
        file_name: for messages.
        numbers: pages to recognise, 1-based.
        limits: ``max_ocr_pages`` is held here.

    Returns:
        Page number to the page as read; pages on which nothing is printed are left out.

    Raises:
        UnreadableError: more pages than allowed.
    """
    if len(numbers) > limits.max_ocr_pages:
        raise unreadable(
            UnreadableReason.TOO_LARGE,
            file_name,
            f"有 {len(numbers)} 页需要文字识别，超过上限 {limits.max_ocr_pages} 页",
            f"{len(numbers)} pages need recognition, over the limit of {limits.max_ocr_pages}",
        )
    found: dict[int, PageRead] = {}
    document = pdfium.PdfDocument(data)
    try:
        for number in numbers:
            page = document[number - 1]
            try:
                read = _read(page, number)
            finally:
                page.close()
            if read is not None:
                found[number] = read
    finally:
        document.close()
    return found


def _read(page: pdfium.PdfPage, number: int) -> PageRead | None:
    image = render(page, DPI)
    if image.blank:
        return None
    ink, recognised = _recognise(image)
    turns = _quarter_turns(image, recognised)
    if turns:
        image = render(page, DPI, turns=turns)
        ink, recognised = _recognise(image)
    result = read_ink(ink, number)
    result.image_share = 1.0
    _doubt_low(result, recognised, image.scale)
    _read_again(page, result, image)
    result.read_twice = True
    return result


def _recognise(image: PageImage) -> tuple[Ink, list[RecognisedLine]]:
    horizontal, vertical, erased = find_rules(image)
    recognised = read_page(erased)
    ink = _ink(image, recognised)
    ink.horizontal, ink.vertical = horizontal, vertical
    return ink, recognised


def _quarter_turns(image: PageImage, lines: list[RecognisedLine]) -> int:
    """Quarter turns clockwise that set a page lying on its side upright, 0 where it stands.

    Where many lines run up or down the page the longest are read in both directions.
    """
    upright = [line for line in lines if line.upright]
    if len(upright) <= 0.4 * len(lines):
        return 0
    upright.sort(key=lambda line: line.box[1] - line.box[3])
    crops: list[Pixels] = []
    for line in upright[:_SAMPLE]:
        x0, top, x1, bottom = (round(v) for v in line.box)
        crop = image.grey[max(0, top - 2) : bottom + 3, max(0, x0 - 2) : x1 + 3]
        crops += [np.ascontiguousarray(np.rot90(crop, -1)), np.ascontiguousarray(np.rot90(crop))]
    scores = [score for _, score in read_lines(crops)]
    clockwise, counter = sum(scores[0::2]), sum(scores[1::2])
    return 1 if clockwise >= counter else 3


def _ink(image: PageImage, lines: list[RecognisedLine]) -> Ink:
    """Recognised characters as the glyphs of a page."""
    width, height = image.size
    ink = Ink(width, height, turned=image.turns)
    boxes: list[tuple[float, float, float, float]] = []
    bases: list[float] = []
    for line in lines:
        top = float(np.median([c.top for c in line.characters]))
        bottom = float(np.median([c.bottom for c in line.characters]))
        for c in line.characters:
            if not c.text.strip():
                continue
            ink.text.append(c.text)
            # One height for the line: the boxes of single characters lean with the paper.
            boxes.append(
                (c.x0 / image.scale, top / image.scale, c.x1 / image.scale, bottom / image.scale)
            )
            bases.append((bottom - _BASELINE * (bottom - top)) / image.scale)
    if boxes:
        ink.box = np.array(boxes, dtype=np.float64)
        ink.base = np.array(bases, dtype=np.float64)
        ink.turn = np.zeros(len(boxes), dtype=np.int8)
    ink.images = [(0.0, 0.0, width, height)]
    return ink


# --- doubts ---------------------------------------------------------------------------------


def _doubt_low(page: PageRead, lines: list[RecognisedLine], scale: float) -> None:
    """Doubt what the engine itself is not sure of."""
    for line in lines:
        unsure = [c for c in line.characters if c.text.isdigit() and c.confidence < _LOW_DIGIT]
        if line.confidence >= LOW_CONFIDENCE and not unsure:
            continue
        for c in unsure or line.characters[:1]:
            x, y = (c.x0 + c.x1) / 2 / scale, (c.top + c.bottom) / 2 / scale
            doubt = Doubt(
                DoubtKind.LOW_OCR,
                f"识别置信度 {line.confidence:.2f} | recognition confidence {line.confidence:.2f}",
                line.text,
            )
            _attach(page, x, y, doubt)


def _attach(page: PageRead, x: float, y: float, doubt: Doubt) -> None:
    for table in page.tables:
        for cell in table.cells:
            box = cell.box
            if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom:
                cell.doubts.append(doubt)
                return
    for line in page.lines:
        if line.x0 - 1 <= x <= line.x1 + 1 and line.top <= y <= line.bottom:
            line.doubts += (doubt,)
            return
    page.doubts.append(doubt)


def _read_again(page: pdfium.PdfPage, read: PageRead, first: PageImage) -> None:
    """Recognise every line with a figure once more, alone and finer; doubt what differs."""
    image = render(page, SECOND_DPI, first.skew, first.turns)
    owners: list[tuple[CellRead | None, Line]] = []
    for table in read.tables:
        for cell in table.cells:
            if figures(cell.text):
                owners += [(cell, line) for line in cell.lines if figures(line.text)]
            elif not cell.lines and _has_ink(first, cell):
                cell.doubts.append(
                    Doubt(
                        DoubtKind.LOW_OCR,
                        "单元格内有未识别的笔迹 | something printed here was not recognised",
                    )
                )
    owners += [(None, line) for line in read.lines if figures(line.text)]
    crops = [_crop(image, line) for _, line in owners]
    for (owner, line), (again, _) in zip(owners, read_lines(crops), strict=True):
        if figures(line.text) == figures(again):
            continue
        doubt = Doubt(
            DoubtKind.DISAGREEMENT,
            "两次识别的数字不一致 | figures of the two recognitions differ",
            line.text,
            again,
        )
        if owner is None:
            line.doubts += (doubt,)
        else:
            owner.doubts.append(doubt)


def figures(text: str) -> str:
    """What two recognitions must agree in: digits, points, signs, per cent."""
    return "".join(_FIGURE.findall(unicodedata.normalize("NFKC", text)))


def _crop(image: PageImage, line: Line) -> Pixels:
    rows, columns = image.grey.shape
    top = max(0, round((line.top - _PAD) * image.scale))
    bottom = min(rows, round((line.bottom + _PAD) * image.scale))
    left = max(0, round((line.x0 - 2 * _PAD) * image.scale))
    right = min(columns, round((line.x1 + 2 * _PAD) * image.scale))
    if bottom - top < 4 or right - left < 4:
        return np.full((32, 32), 255, dtype=np.uint8)
    return image.grey[top:bottom, left:right]


def _has_ink(image: PageImage, cell: CellRead) -> bool:
    """Whether a cell without text holds more than dust."""
    inset = 3.0
    box = cell.box
    top, bottom = (round(v * image.scale) for v in (box.top + inset, box.bottom - inset))
    left, right = (round(v * image.scale) for v in (box.x0 + inset, box.x1 - inset))
    if bottom - top < 8 or right - left < 8:
        return False
    inside = image.grey[top:bottom, left:right]
    return float((inside < 110).mean()) > _INK_SHARE
