"""What a build may take over from the last one: tables of the same project, tests that passed."""

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


def told(bench: Workbench, *select: str) -> str:
    """Build; whether dbt was told that all but the changes was tested."""
    built(bench, 1, *select)
    with duckdb.connect(str(bench.settings().layout.build_database), read_only=True) as db:
        row = db.execute("select tested from told").fetchone()
    return row[0] if row is not None else ""


@pytest.fixture
def tested_bench(bench: Workbench) -> Workbench:
    """A project with a test that fails from the fourth row of the heap on."""
    project = bench.settings().dbt_project_dir
    told_model = 'select \'{{ env_var("JIXIAO_TESTED", "") }}\' as tested'
    (project / "models" / "told.sql").write_text(told_model)
    (project / "tests").mkdir(exist_ok=True)
    for path in (project / "tests").rglob("*.*"):
        path.unlink()
    few = "select count(*) from {{ ref('heap') }} having count(*) > 3"
    (project / "tests" / "few.sql").write_text(few)
    return bench


def test_after_a_failure_everything_is_tested_again(tested_bench: Workbench) -> None:
    # The fourth build fails, and the one after it must not look at changes only.
    assert [told(tested_bench) for _ in range(5)] == ["", "1", "1", "1", ""]


def test_what_was_made_or_written_to_apart_is_tested_again(
    tested_bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told(tested_bench) == ""
    with duckdb.connect(str(tested_bench.settings().layout.build_database)) as db:
        db.execute("delete from heap")
    assert told(tested_bench) == ""
    assert told(tested_bench, "other", "told") == ""
    with monkeypatch.context() as patched:
        patched.setenv("JIXIAO_YEARS", "2024")  # tests of some years vouch for no others
        assert told(tested_bench) == ""
    assert told(tested_bench) == ""
    assert told(tested_bench) == "1"
