"""The five published text dumps, read by the product itself, give the golden truth.

Reading, extraction, dbt, then the golden comparison on the build: no missing, wrong or invented
value in any table but the findings (those are the audit's own tests).
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.extraction import extract
from orchestration.reading import read
from orchestration.records import Extraction, FileRecord
from tests.support.build import build_marts, file_of
from tests.support.golden import GOLDEN

SEEDS = GOLDEN.parent / "seeds"
TABLES = (
    "report,unit,project,budget,revenue,expense,indicator,evaluation,evaluation_part,"
    "personnel,asset,balance,survey,spending_plan"
)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.exists(), reason="needs ../shared/seeds beside the checkout"),
]


@pytest.fixture(scope="module")
def seeds() -> list[tuple[Extraction, FileRecord]]:
    pairs = []
    for path in sorted(SEEDS.glob("*.txt")):
        document = read(path)
        extraction = extract(document)
        pairs.append((extraction, file_of(extraction, path.name, sha256=document.sha256)))
    return pairs


def test_every_seed_is_read_without_a_reason_to_hold_it_back(
    seeds: list[tuple[Extraction, FileRecord]],
) -> None:
    assert len(seeds) == 5
    for extraction, file in seeds:
        errors = [i.message for i in extraction.issues if i.severity == "error"]
        assert not errors, f"{file.file_name}: {errors}"


def test_the_seeds_give_the_golden_truth(
    seeds: list[tuple[Extraction, FileRecord]], tmp_path: Path
) -> None:
    build = build_marts([e for e, _ in seeds], [f for _, f in seeds], tmp_path)
    result = subprocess.run(
        [sys.executable, str(GOLDEN / "compare.py"), str(build), "--tables", TABLES],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
