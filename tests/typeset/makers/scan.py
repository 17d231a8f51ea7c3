"""A scan: the pages of a PDF as pictures, turned a little, with noise, nothing else in the file."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.typeset.makers.canvas_pdf import make_pdf
from tests.typeset.makers.style import Style
from tests.typeset.table import Manuscript


def make_scan(
    manuscript: Manuscript, style: Style, *, dpi: int = 200, skew: float = 0.4, noise: float = 6.0
) -> bytes:
    """An image-only PDF; ``skew`` in degrees, ``noise`` as standard deviation of grey levels."""
    document = pypdfium2.PdfDocument(make_pdf(manuscript, style))
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    random = np.random.default_rng(7)
    for page in document:
        size = page.get_size()
        picture = page.render(scale=dpi / 72).to_pil().convert("L")
        picture = picture.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
        picture = picture.filter(ImageFilter.GaussianBlur(0.6))
        grey = np.asarray(picture, dtype=np.float32) + random.normal(0, noise, picture.size[::-1])
        picture = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
        jpeg = io.BytesIO()
        picture.save(jpeg, "JPEG", quality=60)
        jpeg.seek(0)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(jpeg), 0, 0, *size)
        canvas.showPage()
    document.close()
    canvas.save()
    return out.getvalue()
