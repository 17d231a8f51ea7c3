"""PDF: every page read by PDFium's geometry and, where figures stand, a second time by pdfminer."""

from __future__ import annotations

from orchestration.reading.pdf.reader import image_only_pages, read_pdf

__all__ = ["image_only_pages", "read_pdf"]
