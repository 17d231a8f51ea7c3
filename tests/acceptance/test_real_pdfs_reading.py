"""Published PDFs: the tables that a person counts on the pages come back, and only those.

Counts were taken by looking at the rendered pages. Files lie outside the checkout; the tests skip
where they are absent.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest

from orchestration.reading.document import (
    Document,
    DoubtKind,
    Grid,
    UnreadableError,
    UnreadableReason,
)
from orchestration.reading.pdf import read_pdf

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "real"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not REAL.is_dir(), reason="../shared/real is not beside this checkout"),
]


@lru_cache(maxsize=4)
def document(name: str) -> Document:
    (path,) = REAL.glob(f"{name}*.pdf")
    return read_pdf(path.read_bytes(), path.name)


def first_text(grid: Grid) -> str:
    return grid.cells[0].text.replace("\n", "")


def compact(text: str) -> str:
    return "".join(text.split())


# name, label of the first cell, (first page, number of pages) of each form
FORMS = [
    ("国家信访局-2024", "项目名称", [(30, 2), (32, 2), (34, 1), (35, 2)]),
    ("国家信访局-2026", "项目名称", [(30, 1), (31, 1), (32, 1)]),
    ("烟台市审计局-2026", "项目名称", [(p, 1) for p in range(30, 36)]),
    ("烟台市民政局-2026", "项目名称", [(p, 1) for p in range(34, 54)]),
    ("西安市信访局-2026", "项目名称", [(p, 1) for p in [*range(33, 42), 43]]),
    ("西安市人民政府办公厅-2026", "项目名称", [(p, 1) for p in [*range(34, 43), 44]]),
]


@pytest.mark.parametrize(("name", "label", "forms"), FORMS)
def test_every_form_is_one_table(name: str, label: str, forms: list[tuple[int, int]]) -> None:
    found = [
        (grid.pages[0], len(grid.pages))
        for grid in document(name).grids()
        if first_text(grid) == label and any("二级指标" in compact(c.text) for c in grid.cells)
    ]
    assert found == forms


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("北京-26509b73", (27, 40)),
        ("西安市安全生产监督管理局-2019", (33, 38)),
        ("西安市民政局-2021", (79, 80)),
    ],
)
def test_a_form_over_many_pages_is_one_table(name: str, pages: tuple[int, int]) -> None:
    (grid,) = (g for g in document(name).grids() if g.pages[0] == pages[0])
    assert grid.pages == tuple(range(pages[0], pages[1] + 1))


def test_clipped_text_of_the_cell_before_does_not_reach_the_header() -> None:
    (grid,) = (g for g in document("北京-26509b73").grids() if g.pages[0] == 27)
    texts = [compact(cell.text) for cell in grid.cells]
    assert texts.count("项目名称") == 1  # the header is repeated on fourteen pages
    assert not any(d.kind is DoubtKind.OVERPRINT for c in grid.cells for d in c.doubts)


def test_a_level_cell_cut_by_the_page_is_one_cell() -> None:
    (grid,) = (g for g in document("国家信访局-2024").grids() if g.pages == (30, 31))
    benefit = next(c for c in grid.cells if compact(c.text) == "效益指标")
    assert benefit.rowspan == 2
    total = next(c for c in grid.row_cells(grid.n_rows - 1) if compact(c.text) == "总分")
    assert total.row == grid.n_rows - 1


@pytest.mark.parametrize(
    "name", ["国家信访局-2024", "烟台市信访局-2026", "西安市信访局-2026", "佛山"]
)
def test_both_readings_agree_on_every_figure(name: str) -> None:
    read = document(name)
    doubts = [d for g in read.grids() for c in g.cells for d in (*c.doubts, *g.doubts)]
    # One sheet prints a cell that is too low for its text: the rest of the sentence is hidden.
    kinds = {d.kind for d in doubts} - {DoubtKind.JOIN, DoubtKind.CUT}
    assert kinds == set()
    form_pages = {page for grid in read.grids() for page in grid.pages}
    assert all(page.read_twice for page in read.pages if page.number in form_pages)


@pytest.mark.parametrize("name", ["国家信访局-2024", "烟台市信访局-2026"])
def test_figures_stand_in_the_boxes_that_are_named(name: str) -> None:
    read = document(name)
    (path,) = REAL.glob(f"{name}*.pdf")
    cells = [
        (place, cell.text)
        for grid in read.grids()
        for cell in grid.cells
        if len(cell.parts) == 1 and any(ch.isdigit() for ch in cell.text)
        for place in cell.parts
    ][::25]
    assert len(cells) > 10
    with pdfplumber.open(BytesIO(path.read_bytes())) as file:
        for place, text in cells:
            assert place.bbox is not None
            assert place.page is not None
            box = place.bbox
            page = file.pages[place.page - 1]
            inside = page.crop((box.x0, box.top, box.x1, box.bottom), strict=False).extract_text()
            assert sorted(compact(text)) == sorted(compact(inside))


def test_a_broken_file_is_corrupt() -> None:
    with pytest.raises(UnreadableError) as caught:
        document("损坏")
    assert caught.value.reason is UnreadableReason.CORRUPT
