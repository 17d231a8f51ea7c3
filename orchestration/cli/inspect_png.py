"""A page of a PDF with what was read drawn over it, as a PNG: the HTML of ``inspect_page`` at rest.

Same frames and colours; what the HTML tells on hovering is written beside the frames in the codes
of the records (roles of headers, items and measures of figures), which need no Chinese font.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

from orchestration.cli.inspect_page import SCALE, Mark, blocks_of, marks
from orchestration.reading.document import Document
from orchestration.records import Extraction

COLOURS = {
    "cell": "#0b5a8a",
    "span": "#0b5a8a",
    "header": "#7048a8",
    "figure": "#1f8f4d",
    "indicator": "#b86e00",
    "doubt": "#d6336c",
}
#: Opacity of the filling, of 255; cells and spans are frames only.
FILLED = {"header": 40, "figure": 45, "indicator": 40, "doubt": 40}
STRIP = 22  # pixels a line of the strip above the page
_LEGEND = ("cell", "header", "figure", "indicator", "doubt")


def page_pngs(
    document: Document,
    extraction: Extraction,
    data: bytes,
    pages: list[int] | None,
    target: Path,
    stem: str,
) -> list[Path]:
    """Write ``<stem>.inspect-<page>.png`` for each page; returns the files.

    Args:
        document: as the reader made it; a PDF.
        extraction: its records.
        data: the bytes of the file.
        pages: 1-based; None for every page that carries anything. Pages the file lacks are skipped.
        target: an existing folder.
        stem: the beginning of the files' names.

    Raises:
        pypdfium2.PdfiumError: the bytes are no PDF that opens.
    """
    found = list(marks(document, extraction))
    written = []
    pdf = pdfium.PdfDocument(data)
    try:
        for number in pages or sorted({mark.page for mark in found}) or [1]:
            if not 1 <= number <= len(pdf):
                continue
            page = pdf[number - 1]
            image = page.render(scale=SCALE).to_pil().convert("RGB")
            page.close()
            drawn = _drawn(image, [mark for mark in found if mark.page == number])
            path = target / f"{stem}.inspect-{number}.png"
            _with_strip(drawn, _lines(document, extraction, number)).save(path, "PNG")
            written.append(path)
    finally:
        pdf.close()
    return written


def _drawn(image: Image.Image, found: list[Mark]) -> Image.Image:
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    font = ImageFont.load_default(9)
    for mark in found:
        colour = COLOURS[mark.kind]
        box = (
            *(mark.box.x0 * SCALE, mark.box.top * SCALE),
            *(max(mark.box.x1, mark.box.x0) * SCALE, max(mark.box.bottom, mark.box.top) * SCALE),
        )
        fill = f"{colour}{FILLED[mark.kind]:02x}" if mark.kind in FILLED else None
        draw.rectangle(box, outline=colour, width=2 if mark.kind in FILLED else 1, fill=fill)
        if mark.tag:
            at = (box[0] + 2, box[1] + 1)
            draw.rectangle(draw.textbbox(at, mark.tag, font=font), fill="#ffffffcc")
            draw.text(at, mark.tag, fill=colour, font=font)
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


def _lines(document: Document, extraction: Extraction, page: int) -> list[str]:
    """What stands above the page: kind and confidence, then the forms of its tables."""
    record = extraction.document
    head = [
        f"page {page} of {document.page_count}",
        record.report_kind or "no report",
        f"confidence {record.confidence}",
        " + ".join(document.readers),
    ]
    lines = ["   ".join(head)]
    for grid in document.grids():
        if page in grid.pages:
            forms = blocks_of(document, extraction).get(grid.ordinal, "not recognised")
            lines.append(f"table {grid.ordinal} ({grid.n_rows} x {grid.n_cols}): {forms}")
    return lines


def _with_strip(image: Image.Image, lines: list[str]) -> Image.Image:
    """The image below a strip with the lines and the legend."""
    height = STRIP * (len(lines) + 1) + 6
    whole = Image.new("RGB", (image.width, image.height + height), "#f5f6f8")
    whole.paste(image, (0, height))
    draw = ImageDraw.Draw(whole)
    font = ImageFont.load_default(14)
    for place, line in enumerate(lines):
        draw.text((8, 4 + place * STRIP), line, fill="#1c2430", font=font)
    left = 8
    for kind in _LEGEND:
        top = 4 + len(lines) * STRIP
        draw.rectangle((left, top + 3, left + 14, top + 15), outline=COLOURS[kind], width=2)
        draw.text((left + 20, top), kind, fill="#1c2430", font=font)
        left += 110
    return whole
