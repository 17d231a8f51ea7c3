"""Tables without rules whose labels wrap into lines of which the row cannot be told."""

from __future__ import annotations

from orchestration.reading.document import DoubtKind, Grid
from orchestration.reading.pdf import read_pdf
from tests.unit.reading.drawing import Pdf

XS = (60, 130, 230, 300, 360)
HEAD = ("一级指标", "三级指标", "指标值", "分值", "得分")


def aligned(*rows: list[tuple[float, int, str]]) -> Grid:
    """A head and rows of (points below the row's top, column, text), 30 points a row."""
    pdf = Pdf()
    for x, text in zip(XS, HEAD, strict=True):
        pdf.page.text(x, 100, text)
    for number, row in enumerate(rows):
        for down, col, text in row:
            pdf.page.text(XS[col], 130 + 36 * number + down, text)
    (grid,) = read_pdf(pdf.data(), "aligned.pdf").grids()
    return grid


def plain(name: str, number: int) -> list[tuple[float, int, str]]:
    texts = ("产出指标", name, f"{number}次", str(number), str(number))
    return [(0, col, text) for col, text in enumerate(texts)]


def test_a_line_above_its_row_is_doubted_with_the_cell_it_may_belong_to() -> None:
    parted = [(-13.0, 0, "满意度"), (13.0, 0, "指标"), *plain("群众满意率", 7)]
    grid = aligned(plain("巡查次数", 3), parted, plain("维修次数", 5))
    doubted = {
        c.text for c in grid.cells for d in c.doubts if d.kind is DoubtKind.STRUCTURE and c.text
    }
    assert {"满意度", "产出指标\n指标"} <= doubted
    assert not doubted & {"巡查次数", "群众满意率", "7", "7次"}
