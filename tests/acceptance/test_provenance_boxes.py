"""Every box says the truth: an independent library finds the printed text inside it."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from decimal import Decimal
from pathlib import Path

import pdfplumber
import pytest

from orchestration.extraction import extract
from orchestration.reading import read
from tests.typeset.makers.fonts import RADICALS
from tests.typeset.samples.registry import FOUNDING

RAW = Path(__file__).parents[2] / "raw"
_BACK = {ord(radical): chr(plain) for plain, radical in RADICALS.items()} | {ord("≦"): "≤"}
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def bare(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text.translate(_BACK)))


def inside(page: pdfplumber.page.Page, box: str) -> str:
    """The characters whose middle lies in the box, in reading order, without blanks."""
    x0, top, x1, bottom = (float(part) for part in box.split(","))
    chars = [
        c
        for c in page.chars
        if x0 - 0.5 <= (c["x0"] + c["x1"]) / 2 <= x1 + 0.5
        and top - 0.5 <= (c["top"] + c["bottom"]) / 2 <= bottom + 0.5
    ]
    chars.sort(key=lambda c: (round(c["top"]), c["x0"]))
    return bare("".join(c["text"] for c in chars))


@pytest.mark.parametrize("sample", FOUNDING, ids=lambda s: s.seed)
def test_printed_figures_stand_in_their_boxes(sample) -> None:
    path = RAW / sample.path
    extraction = extract(read(path))
    figures = [f for f in extraction.figures if f.source_bbox and f.value is not None]
    assert figures, "no figure with a box"
    chosen = random.Random(2024).sample(figures, min(60, len(figures)))
    with pdfplumber.open(path) as pdf:
        for figure in chosen:
            printed = inside(pdf.pages[figure.source_page - 1], figure.source_bbox)
            numbers = {Decimal(n.replace(",", "")) for n in _NUMBER.findall(printed)}
            if "零" in printed:
                numbers.add(Decimal(0))
            where = f"page {figure.source_page} {figure.source_bbox}"
            assert abs(figure.value) in numbers, f"{where}: {figure.value} is not in {printed!r}"


@pytest.mark.parametrize("sample", FOUNDING, ids=lambda s: s.seed)
def test_every_fact_of_a_pdf_has_page_and_box(sample) -> None:
    extraction = extract(read(RAW / sample.path))
    records = [*extraction.figures, *extraction.indicators, *extraction.goals]
    without = [r for r in records if r.source_page is None or r.source_bbox is None]
    assert not without, [(type(r).__name__, r.source_text) for r in without[:5]]


@pytest.mark.parametrize(
    "sample", [s for s in FOUNDING if s.seed in {"000", "001", "004"}], ids=lambda s: s.seed
)
def test_indicator_cells_stand_in_their_boxes(sample) -> None:
    path = RAW / sample.path
    extraction = extract(read(path))
    checked = 0
    with pdfplumber.open(path) as pdf:
        for record in extraction.indicators:
            if not record.cell_boxes:
                continue
            for name, (page, box) in json.loads(record.cell_boxes).items():
                column = f"{name}_text" if name in {"target", "actual"} else name
                value = getattr(record, column)
                if value is None:
                    continue
                text = bare(f"{value.normalize():f}" if isinstance(value, Decimal) else str(value))
                printed = inside(pdf.pages[page - 1], box)
                assert text[:4] in printed, (record.level3, column, text, printed)
                checked += 1
    assert checked > 20
