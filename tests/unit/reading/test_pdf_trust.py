"""A figure counts only where two readings print it: fonts without names, a reading that fails."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from orchestration.reading.document import DoubtKind
from orchestration.reading.geometry import Ink
from orchestration.reading.pdf import read_pdf, reader
from orchestration.reading.pdf.miner_file import MinerFile
from tests.unit.reading.drawing import Pdf
from tests.unit.reading.test_pdf_grids import SIMPLE, cells_of, doubts_of

_STANDARD = "/zero/one/two/three/four/five/six/seven/eight/nine"
_OWN = "".join(f"/g{i}" for i in range(48, 58))


def numbered(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start, count = len(data), len(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n" % count
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, start)


def stream(data: bytes) -> bytes:
    """A stream object."""
    return b"<</Length %d>>stream\n%s\nendstream" % (len(data), data)


def _drawn_digits(names: str) -> bytes:
    """A table of four figures in a Type 3 font whose glyphs have these names."""
    rules = b"".join(b"60 %d m 300 %d l S " % (y, y) for y in (700, 680, 660))
    rules += b"".join(b"%d 700 m %d 660 l S " % (x, x) for x in (60, 180, 300))
    text = (
        b"BT /F 10 Tf 70 685 Td (1234) Tj 120 0 Td (567) Tj -120 -20 Td (89) Tj 120 0 Td (10) Tj ET"
    )
    glyphs = b" ".join(b"%s 5 0 R" % name.encode() for name in names.replace("/", " /").split())
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 750 750]/FontMatrix[0.001 0 0 0.001 0 0]"
        b"/CharProcs<<%s>>/Encoding<</Type/Encoding/Differences[48 %s]>>/FirstChar 48/LastChar 57"
        b"/Widths[%s]/Resources<<>>>>" % (glyphs, names.encode(), b"600 " * 10)
    )
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 6 0 R>>>>>>"
    )
    shape = stream(b"600 0 0 0 500 700 d1 0 0 500 700 re f")
    root = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    return numbered([*root, page, stream(rules + text), shape, font])


def test_digits_whose_glyphs_have_standard_names_are_read() -> None:
    (grid,) = read_pdf(_drawn_digits(_STANDARD), "type3.pdf").grids()
    assert [cell.text for cell in grid.cells] == ["1234", "567", "89", "10"]
    assert not doubts_of(grid)


def test_digits_whose_glyphs_nobody_names_are_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers take the codes for ASCII; what is drawn may be anything."""
    # On a page with nothing else the picture is asked, which shows black boxes here.
    (grid,) = read_pdf(_drawn_digits(_OWN), "type3.pdf").grids()
    assert [cell.text for cell in grid.cells] == [""] * 4
    assert all(DoubtKind.LOW_OCR in {d.kind for d in cell.doubts} for cell in grid.cells)
    # Among text that other fonts name.
    monkeypatch.setattr(reader, "is_legible", lambda _: True)
    (grid,) = read_pdf(_drawn_digits(_OWN), "type3.pdf").grids()
    assert all(DoubtKind.DISAGREEMENT in {d.kind for d in cell.doubts} for cell in grid.cells)


def test_figures_of_a_page_read_only_once_are_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError

    pdf = Pdf()
    pdf.page.table(SIMPLE, 300.0)
    pdf.page.text(70, 90, "支出合计1500.50万元。")
    monkeypatch.setattr(MinerFile, "read_page", fail)
    document = read_pdf(pdf.data(), "once.pdf")
    (grid,) = document.grids()
    assert cells_of(grid) == sorted(SIMPLE.cells)
    for cell in grid.cells:
        assert bool(cell.doubts) == any(ch.isdigit() for ch in cell.text)
    assert [p.doubts[0].kind for p in document.paragraphs()] == [DoubtKind.DISAGREEMENT]


def _other_figure(ink: Ink, at: int) -> None:
    ink.text[at] = "7"


def _two_figures_change_places(ink: Ink, at: int) -> None:
    ink.box[[at, at + 1]] = ink.box[[at + 1, at]]


def _in_the_next_cell(ink: Ink, at: int) -> None:
    ink.box[at, ::2] += 120


def _on_the_line_above(ink: Ink, at: int) -> None:
    ink.base[at] -= 20
    ink.box[at, 1::2] -= 20


def _missing(ink: Ink, at: int) -> None:
    del ink.text[at]
    ink.box, ink.base, ink.turn = (np.delete(a, at, 0) for a in (ink.box, ink.base, ink.turn))


@pytest.mark.parametrize(
    "change",
    [_other_figure, _two_figures_change_places, _in_the_next_cell, _on_the_line_above, _missing],
)
def test_a_figure_that_the_second_reading_sees_otherwise_is_doubted(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[Ink, int], None]
) -> None:
    read = MinerFile.read_page

    def changed(self: MinerFile, number: int) -> Ink:
        ink = read(self, number)
        change(ink, "".join(ink.text).index("89"))
        return ink

    monkeypatch.setattr(MinerFile, "read_page", changed)
    (grid,) = read_pdf(_drawn_digits(_STANDARD), "type3.pdf").grids()
    assert DoubtKind.DISAGREEMENT in {
        d.kind for c in grid.cells if c.text == "89" for d in c.doubts
    }
