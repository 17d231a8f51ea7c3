"""Bold type drawn as outlines over its glyphs makes no tables; borders beside text stay borders."""

from __future__ import annotations

import pytest

from orchestration.reading.document import Grid
from orchestration.reading.pdf import read_pdf
from tests.unit.reading.drawing import Page, Pdf
from tests.unit.reading.grids import only_grid, rows
from tests.unit.reading.test_pdf_grids import SIMPLE


def _bold(page: Page, x: float, base: float, text: str, size: float) -> None:
    """Text with the straight strokes of its outlines drawn over it, as four small boxes a glyph."""
    page.text(x, base, text, size)
    for number in range(len(text)):
        left, top, step = x + (number + 0.15) * size, base - 0.75 * size, 0.35 * size
        for row in range(3):
            page.line(left, top + row * step, left + 2 * step, top + row * step, 0.45)
            page.line(left + row * step, top, left + row * step, top + 2 * step, 0.45)


@pytest.mark.parametrize("size", [9.0, 16.0, 22.0])
def test_a_bold_title_is_text_and_no_table(size: float) -> None:
    pdf = Pdf()
    _bold(pdf.page, 70, 90, "绩效田目自评表", size)
    pdf.page.table(SIMPLE, 200.0)
    plain = Pdf()
    plain.page.text(70, 90, "绩效田目自评表", size)
    plain.page.table(SIMPLE, 200.0)
    bold, expected = read_pdf(pdf.data(), "bold.pdf"), read_pdf(plain.data(), "plain.pdf")
    assert [getattr(b, "text", None) for b in bold.blocks] == ["绩效田目自评表", None]
    assert rows(only_grid(bold)) == rows(only_grid(expected))
    assert not any(c.doubts for b in bold.blocks if isinstance(b, Grid) for c in b.cells)


def test_bold_text_in_a_cell_stays_in_its_cell() -> None:
    pdf = Pdf()
    for y in (100.0, 130.0, 160.0):
        pdf.page.line(70, y, 270, y)
    for x in (70.0, 170.0, 270.0):
        pdf.page.line(x, 100, x, 160)
    _bold(pdf.page, 80, 120, "项目名称", 12)
    _bold(pdf.page, 180, 120, "预算数", 12)
    pdf.page.text(80, 150, "老年大学")
    pdf.page.text(180, 150, "542.37")
    grid = only_grid(read_pdf(pdf.data(), "bold.pdf"))
    assert rows(grid) == [["项目名称", "预算数"], ["老年大学", "542.37"]]


def test_short_dashes_under_text_stay_a_border() -> None:
    pdf = Pdf()
    for y in (100.0, 122.0, 144.0):
        for piece in range(40):
            pdf.page.line(70 + 5 * piece, y, 73 + 5 * piece, y)
    for x in (70.0, 170.0, 268.0):
        for piece in range(9):
            pdf.page.line(x, 100 + 5 * piece, x, 103 + 5 * piece)
    # The descent of the type reaches over the border below it.
    pdf.page.text(80, 121, "项目名称", 12)
    pdf.page.text(180, 121, "1234.50", 12)
    pdf.page.text(80, 143, "老年大学", 12)
    pdf.page.text(180, 143, "542.37", 12)
    grid = only_grid(read_pdf(pdf.data(), "dashes.pdf"))
    assert rows(grid) == [["项目名称", "1234.50"], ["老年大学", "542.37"]]
