"""Fonts whose boxes are wider than characters are set apart, and text that does lie upon text."""

from __future__ import annotations

import pytest

from orchestration.reading.document import DoubtKind, Grid
from orchestration.reading.pdf import read_pdf
from tests.unit.reading.test_pdf_trust import numbered, stream

_FIGURES = ["1234.56", "85", "7,801.00", "20"]


def _file(text: bytes) -> bytes:
    """Four cells of 120 points with this text, in a font that says all is an em wide.

    Codes are those of Unicode; type is 10 points.
    """
    rules = b"".join(b"60 %d m 300 %d l S " % (y, y) for y in (700, 680, 660))
    rules += b"".join(b"%d 700 m %d 660 l S " % (x, x) for x in (60, 180, 300))
    mapping = b"begincmap 1 beginbfrange <0000> <FFFE> <0000> endbfrange endcmap"
    inner = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Wide/CIDToGIDMap/Identity/DW 1000"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor<</Type/FontDescriptor/FontName/Wide/Flags 4/Ascent 859/Descent -141"
        b"/CapHeight 700/ItalicAngle 0/StemV 80/FontBBox[0 -141 1000 859]>>>>"
    )
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/Wide/Encoding/Identity-H/ToUnicode 7 0 R"
        b"/DescendantFonts[6 0 R]>>"
    )
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>"
    )
    root = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    return numbered([*root, page, stream(rules + text), font, inner, stream(mapping)])


def _shown(text: str, x: float, y: float, apart: float) -> bytes:
    """Text whose characters begin ``apart`` points after each other."""
    codes = text.encode("utf-16-be").hex().encode()
    return b"BT /F 10 Tf %.2f Tc %.2f %.2f Td <%s> Tj ET " % (apart - 10, x, y, codes)


def _grid(text: bytes) -> Grid:
    (grid,) = read_pdf(_file(text), "wide.pdf").grids()
    return grid


def _kinds(grid: Grid) -> set[DoubtKind]:
    return {doubt.kind for cell in grid.cells for doubt in cell.doubts}


@pytest.mark.parametrize("apart", [4.0, 4.5, 5.0, 5.6])
def test_figures_set_closer_than_their_boxes_are_wide_are_read(apart: float) -> None:
    places = [(62, 685), (182, 685), (62, 665), (182, 665)]
    drawn = zip(_FIGURES, places, strict=True)
    grid = _grid(b"".join(_shown(text, x, y, apart) for text, (x, y) in drawn))
    assert [cell.text for cell in grid.cells] == _FIGURES
    assert not _kinds(grid)


def test_a_figure_set_to_the_right_stays_in_its_cell() -> None:
    """By its box, which stands over the border by more than a half, the last one would leave it."""
    figures = ["123.45", "67.80", "9012.34", "5.60"]
    places = [(180, 685), (300, 685), (180, 665), (300, 665)]
    drawn = zip(figures, places, strict=True)
    grid = _grid(b"".join(_shown(t, x - 0.2 - 4 * len(t), y, 4) for t, (x, y) in drawn))
    assert [cell.text for cell in grid.cells] == figures
    assert not _kinds(grid)


@pytest.mark.parametrize("aside", [1.0, 1.7, 2.5, 3.3, 4.0, 12.5])
def test_a_figure_printed_over_another_is_doubted(aside: float) -> None:
    under, over = _shown("12345.67", 70, 685, 5), _shown("98760.43", 70 + aside, 685, 5)
    grid = _grid(under + over + _shown("4321.00", 182, 685, 5))
    (upper, *_) = grid.cells
    assert DoubtKind.OVERPRINT in {doubt.kind for doubt in upper.doubts}


@pytest.mark.parametrize("aside", [1.0, 1.7, 2.5, 3.3, 4.0])
def test_figures_drawn_by_turns_over_each_other_are_doubted(aside: float) -> None:
    """Glyph by glyph, so that every one is drawn to the right of the one before."""
    text = b"".join(
        _shown(one, 70 + 5 * k, 685, 5) + _shown(two, 70 + 5 * k + aside, 685, 5)
        for k, (one, two) in enumerate(zip("12345.67", "98760.43", strict=True))
    )
    (upper, *_) = _grid(text).cells
    assert DoubtKind.OVERPRINT in {doubt.kind for doubt in upper.doubts}
