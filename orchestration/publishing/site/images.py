"""Pages of the sources as images, only those that carry a published figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

#: Pixels per PDF point: 110 dpi reads well on a screen and stays near 100 KB a page.
SCALE = 110 / 72
QUALITY = 70


@dataclass(frozen=True, slots=True)
class PageImage:
    """An image of a page; width and height in PDF points, as the boxes of receipts are."""

    image: str  # path relative to the site's folder
    width: float
    height: float


def render_pages(
    data: bytes,
    report_id: str,
    pages: Iterable[int],
    folder: Path,
    earlier: Path | None = None,
) -> dict[int, PageImage]:
    """Render pages (1-based) of a PDF into ``pages/<report_id>/<page>.webp``.

    Pages that the file does not have are left out; an image that the site ``earlier`` has is
    linked. Returns page number to image.

    Raises:
        pypdfium2.PdfiumError: the bytes are no PDF that opens.
    """
    made: dict[int, PageImage] = {}
    document = pdfium.PdfDocument(data)
    try:
        for number in sorted(set(pages)):
            if not 1 <= number <= len(document):
                continue
            page = document[number - 1]
            width, height = page.get_size()
            relative = f"pages/{report_id}/{number}.webp"
            target = folder / relative
            target.parent.mkdir(parents=True, exist_ok=True)
            if earlier is None or not _linked(earlier / relative, target):
                bitmap = page.render(scale=SCALE)
                bitmap.to_pil().convert("RGB").save(target, "WEBP", quality=QUALITY, method=4)
                bitmap.close()
            page.close()
            made[number] = PageImage(relative, width, height)
    finally:
        document.close()
    return made


def _linked(source: Path, target: Path) -> bool:
    """Whether an image could be linked; another file system or an older release has none."""
    if not source.is_file():
        return False
    try:
        target.hardlink_to(source)
    except OSError:
        return False
    return True
