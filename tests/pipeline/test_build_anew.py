"""A build by another project than the last one keeps nothing of what that one made."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from orchestration.warehouse.build import BuildResult, run_build
from tests.pipeline.workbench import Workbench, make_workbench

pytestmark = pytest.mark.slow

PROJECT = """name: tiny
version: "1.0.0"
profile: jixiao
vars:
  said: {said}
"""
MODEL = "{{ config(materialized='incremental') }} select {{ var('said') }} as said"


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    """A project of one model that adds a row in every build."""
    bench = make_workbench(tmp_path)
    project = bench.settings().dbt_project_dir
    for path in (project / "models").rglob("*.*"):
        path.unlink()
    (project / "models" / "heap.sql").write_text(MODEL)
    (project / "models" / "other.sql").write_text("select 1 as nothing")
    bench.settings().layout.create()
    return bench


def built(bench: Workbench, said: int, *select: str) -> tuple[BuildResult, list[int]]:
    """Build with this setting of the project; what the heap holds then."""
    settings = bench.settings()
    (settings.dbt_project_dir / "dbt_project.yml").write_text(PROJECT.format(said=said))
    evidence = settings.layout.run_folder("run")
    result = run_build(settings, "build", {}, evidence, select)
    with duckdb.connect(str(settings.layout.build_database), read_only=True) as db:
        rows = db.execute("select said from heap order by said").fetchall()
    return result, [row[0] for row in rows]


def test_a_changed_setting_makes_everything_anew(bench: Workbench) -> None:
    assert built(bench, 1)[1] == [1]
    result, heap = built(bench, 2)
    assert heap == [2]
    assert {node.rows for node in result.nodes if node.name == "heap"} == {1}
    # A project that came and built a part only: what it left is no part of the old one's build.
    assert built(bench, 3, "heap")[1] == [2, 3]
    assert built(bench, 2)[1] == [2]
