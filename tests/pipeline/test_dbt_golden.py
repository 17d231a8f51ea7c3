"""The golden truth through dbt: flawless records must give the published truth."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.build import build_marts
from tests.support.golden import GOLDEN, golden_extraction

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not GOLDEN.exists(), reason="needs ../shared/golden beside the checkout"),
]


def test_flawless_records_give_the_golden_truth(tmp_path: Path) -> None:
    pairs = [golden_extraction(report) for report in ("000", "001", "002", "003", "004")]
    build = build_marts([e for e, _ in pairs], [f for _, f in pairs], tmp_path)
    tables = (
        "report,unit,project,budget,revenue,expense,indicator,evaluation,evaluation_part,"
        "personnel,asset,balance,survey,spending_plan"
    )
    result = subprocess.run(
        [sys.executable, str(GOLDEN / "compare.py"), str(build), "--tables", tables],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
