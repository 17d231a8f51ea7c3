"""Printed spreadsheets: text that runs on over empty cells beside its own."""

from __future__ import annotations

import pytest

from orchestration.reading.document import DoubtKind
from orchestration.reading.pdf import read_pdf
from tests.unit.reading.drawing import Pdf, Table

XS = [60.0, 110.0, 160.0, 210.0]
BLANK = Table(XS, [20.0, 20.0], [(r, c, 1, 1, "") for r in range(2) for c in range(3)])


def row_of(*texts: tuple[float, str]) -> tuple[list[str], set[DoubtKind]]:
    """Texts and doubts of the first row, drawn at these places over a table of empty cells."""
    pdf = Pdf()
    pdf.page.table(BLANK, 90.0)
    for x, text in texts:
        pdf.page.text(x, 104, text, 10)
    (grid,) = read_pdf(pdf.data(), "test.pdf").grids()
    cells = [c for c in grid.cells if c.row == 0]
    return [c.text for c in cells], {d.kind for c in cells for d in c.doubts}


def test_text_set_to_the_left_is_its_first_cells() -> None:
    assert row_of((62, "提高零点二个百分点")) == (["提高零点二个百分点", "", ""], set())


def test_text_over_three_cells_is_the_first_ones() -> None:
    assert row_of((61, "按照年度工作计划组织实"))[0] == [
        "按照年度工作计划组织实",
        "",
        "",
    ]


@pytest.mark.parametrize(
    "texts",
    [
        [(95.0, "提高零点二个百分")],  # in the middle of the second cell, out at both sides
        [(62.0, "提高零点二"), (113.0, "分值")],  # two texts that nearly meet
    ],
)
def test_text_of_which_the_cell_is_not_sure_stays_as_it_stands(
    texts: list[tuple[float, str]],
) -> None:
    assert sum(bool(text) for text in row_of(*texts)[0]) > 1


def test_text_in_the_middle_of_a_cell_is_doubted_on_both_sides() -> None:
    assert row_of((95, "提高零点二个百分"))[1] == {DoubtKind.OVERFLOW}


def test_a_line_that_its_cell_is_too_low_for_is_doubted() -> None:
    pdf = Pdf()
    pdf.page.table(BLANK, 90.0)
    pdf.canvas.saveState()
    window = pdf.canvas.beginPath()
    window.rect(60, 842 - 110, 50, 20)
    pdf.canvas.clipPath(window, stroke=0)
    pdf.page.text(62, 104, "社会效益", 10)
    pdf.page.text(62, 120, "指标", 10)
    pdf.canvas.restoreState()
    pdf.page.text(112, 104, "90%", 10)
    (grid,) = read_pdf(pdf.data(), "test.pdf").grids()
    doubts = {c.text: {d.kind for d in c.doubts} for c in grid.cells if c.text}
    assert doubts == {"社会效益": {DoubtKind.CUT}, "90%": set()}
