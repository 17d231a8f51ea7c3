"""The samples under ``raw/``: made by the project from specifications, and read back exactly."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.extraction import Hints, extract
from orchestration.reading import read
from tests.support.build import build_marts, file_of
from tests.support.golden import GOLDEN
from tests.typeset.check_reading import check_tables, missing_paragraphs
from tests.typeset.make_raw import make
from tests.typeset.makers import MAKERS
from tests.typeset.makers.fonts import available
from tests.typeset.samples.registry import BROKEN, FOUNDING, SAMPLES, Sample

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


#: All that the golden truth covers, the findings apart (the audit's own tests).
TABLES = (
    "report,unit,project,budget,revenue,expense,indicator,evaluation,evaluation_part,"
    "personnel,asset,balance,survey,spending_plan"
)


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not GOLDEN.exists(), reason="needs ../shared/golden beside the checkout")
def test_the_five_reports_give_the_golden_truth(tmp_path: Path) -> None:
    extractions, files = [], []
    for sample in FOUNDING:
        document = read(RAW / sample.path)
        extraction = extract(document, Hints(region_code=sample.region_code))
        errors = [i.message for i in extraction.issues if i.severity == "error"]
        assert not errors, f"{sample.path}: {errors}"
        extractions.append(extraction)
        files.append(file_of(extraction, sample.path, sha256=document.sha256))
    build = build_marts(extractions, files, tmp_path)
    mapping = tmp_path / "map.csv"
    lines = ["report,file_name", *(f"{s.seed},{s.path}" for s in FOUNDING)]
    mapping.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, str(GOLDEN / "compare.py"), str(build)]
    done = subprocess.run(
        [*command, "--map", str(mapping), "--tables", TABLES],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
