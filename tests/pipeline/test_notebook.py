"""The notebook of the docs runs on a release and shows what it speaks of."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.publishing.releases import Release
from orchestration.settings import Settings

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook" / "story.py"
SHOWS = """
import runpy, sys
app = runpy.run_path(sys.argv[1])["app"]
_, found = app.run()
assert found["head"].reports > 0
for name in ("scores", "full", "found"):
    assert len(found[name]) > 0, name
print("plots", sum(found["full"]["lines"]))
"""


@pytest.mark.slow
def test_the_notebook_runs_from_top_to_bottom(desk: tuple[Settings, Release]) -> None:
    home = str(desk[0].layout.root)
    done = subprocess.run(
        [sys.executable, "-c", SHOWS, str(NOTEBOOK)],
        env=os.environ | {"JIXIAO_HOME": home},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("plots ")
