"""The samples under ``raw/``: made by the project from specifications, and read back exactly."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from orchestration.reading import read
from tests.typeset.check_reading import check_tables, missing_paragraphs
from tests.typeset.make_raw import make
from tests.typeset.makers import MAKERS
from tests.typeset.makers.fonts import available
from tests.typeset.samples.registry import BROKEN, SAMPLES, Sample

RAW = Path(__file__).parents[2] / "raw"
GRIDS = [s for s in SAMPLES if MAKERS[s.maker].keeps_grid]


def test_manifest_names_exactly_the_files_of_raw() -> None:
    with (RAW / "manifest.csv").open(encoding="utf-8", newline="") as file:
        named = {row["file"] for row in csv.DictReader(file)}
    present = {
        str(path.relative_to(RAW))
        for path in RAW.rglob("*")
        if path.is_file() and path.name != "manifest.csv"
    }
    assert named == present == {BROKEN, *(s.path for s in SAMPLES)}


@pytest.mark.skipif(not available(), reason="the Debian fonts uming and wqy-microhei are needed")
@pytest.mark.parametrize(
    "sample", [s for s in SAMPLES if s.maker in {"canvas", "html", "xlsx"}], ids=lambda s: s.path
)
def test_samples_are_what_their_specifications_make(sample: Sample) -> None:
    assert make(sample) == (RAW / sample.path).read_bytes()


@pytest.mark.parametrize("sample", GRIDS, ids=lambda s: s.path)
def test_every_cell_is_read_back(sample: Sample) -> None:
    document = read(RAW / sample.path)
    manuscript = sample.manuscript()
    wrong = [check.report() for check in check_tables(document, manuscript) if not check.exact]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("sample", GRIDS, ids=lambda s: s.path)
def test_running_text_is_read_back(sample: Sample) -> None:
    document = read(RAW / sample.path)
    lost = missing_paragraphs(document, sample.manuscript())
    assert not lost, lost
