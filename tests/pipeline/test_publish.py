"""Publishing from a hand-made build: immutable releases, a pointer, going back, cleaning up."""

from __future__ import annotations

import multiprocessing
import os
import stat
from pathlib import Path

import duckdb
import pytest

from orchestration.gate.verdict import Verdict, judge, require_passed, write_verdict
from orchestration.lock import BusyError, writer_lock
from orchestration.messages import GateClosedError, JixiaoError
from orchestration.publishing.publish import Published, publish
from orchestration.publishing.releases import (
    current_release,
    history,
    prune,
    releases,
    rollback,
)
from orchestration.settings import Settings


def _settings(tmp_path: Path) -> Settings:
    settings = Settings(home=tmp_path / "home")
    settings.layout.create()
    return settings


def _publish(settings: Settings, amount: str, note: str = "") -> Published:
    database = settings.layout.build_database
    database.unlink(missing_ok=True)
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema marts; create schema staging")
        connection.execute("create table staging.secret as select 1 as x")
        connection.execute(
            "create table marts.fct_budget as select * from (values "
            f"('r2', 'u1', 'department', null, 'total', {amount}::decimal(20,2), '{note}'), "
            "('r1', 'u1', 'department', null, 'total', 1.00::decimal(20,2), '')) "
            "t(report_id, unit_id, scope, project_name, funding_source, executed_cny, source_text)"
        )
        connection.execute(
            "create table marts.dim_unit as select 'u1' as unit_id, '衡州市甲局' as unit_name"
        )
    return publish(settings, judge(f"build-{amount}-{note}", ()), {"digest": "x"})


def test_a_release_holds_the_marts_and_nothing_else(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    release = _publish(settings, "5.50").release
    assert current_release(settings.layout) == release
    with duckdb.connect(str(release.database), read_only=True) as connection:
        rows = connection.execute("select report_id, executed_cny from fct_budget").fetchall()
        schemas = connection.execute(
            "select distinct schema_name from duckdb_tables() order by 1"
        ).fetchall()
        comment = connection.execute(
            "select comment from duckdb_tables() where table_name = 'dim_unit'"
        ).fetchone()
    assert [(r, str(v)) for r, v in rows] == [("r1", "1.00"), ("r2", "5.50")]
    assert schemas == [("marts",)]
    assert comment is not None
    assert comment[0]
    for path in release.folder.rglob("*"):
        assert not path.stat().st_mode & stat.S_IWUSR, path


def test_the_same_content_makes_no_second_release(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    first = _publish(settings, "5.50")
    again = _publish(settings, "5.50")
    assert first.is_new
    assert not again.is_new
    assert len(releases(settings.layout)) == 1


def test_a_diff_names_the_figure_that_changed(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    _publish(settings, "5.50")
    second = _publish(settings, "6.50")
    assert second.diff is not None
    (table,) = [t for t in second.diff.tables if t.table == "fct_budget"]
    assert (table.added, table.removed, table.changed) == (0, 0, 1)
    assert table.by_unit == {"衡州市甲局": 1}
    assert table.changes[0]["columns"] == {"executed_cny": ("5.50", "6.50")}
    assert "衡州市甲局: +0 −0 ~1" in second.diff.as_markdown()
    assert "5.50 → 6.50" in (second.release.folder / "diff.md").read_text(encoding="utf-8")


def test_a_diff_counts_what_came_and_went_by_unit(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    first = _publish(settings, "5.50").release
    with duckdb.connect(str(settings.layout.build_database)) as connection:
        connection.execute("delete from marts.fct_budget where report_id = 'r1'")
        connection.execute("insert into marts.dim_unit values ('u2', '衡州市乙局')")
        connection.execute(
            "insert into marts.fct_budget select 'r3', 'u2', scope, project_name, funding_source,"
            " executed_cny, source_text from marts.fct_budget"
        )
    second = publish(settings, judge("by unit", ()), {"digest": "y"})
    assert second.diff is not None
    assert second.diff.before == first.release_id
    (table,) = [t for t in second.diff.tables if t.table == "fct_budget"]
    assert (table.added, table.removed, table.changed) == (1, 1, 0)
    assert table.added_by_unit == {"衡州市乙局": 1}
    assert table.removed_by_unit == {"衡州市甲局": 1}
    assert "- 衡州市乙局: +1 −0 ~0" in (second.release.folder / "diff.md").read_text("utf-8")


def test_rollback_holds_until_something_changes(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    first = _publish(settings, "5.50").release
    _publish(settings, "6.50")
    _, now = rollback(settings.layout, None)
    assert now.release_id == first.release_id
    assert not _publish(settings, "6.50").is_new
    current = current_release(settings.layout)
    assert current is not None
    assert current.release_id == first.release_id
    with pytest.raises(JixiaoError, match="before"):
        rollback(settings.layout, None)


def test_prune_keeps_the_current_release_and_the_history(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    made = [_publish(settings, f"{n}.50").release.release_id for n in (5, 6, 7)]
    rollback(settings.layout, made[0])
    assert prune(settings.layout, 1) == [made[1]]
    assert [r.release_id for r in releases(settings.layout)] == [made[0], made[2]]
    assert [row["release_id"] for row in history(settings.layout)] == made


def test_an_open_reader_keeps_its_release(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    first = _publish(settings, "5.50").release
    with duckdb.connect(str(settings.layout.current / "warehouse.duckdb"), read_only=True) as old:
        _publish(settings, "6.50")
        prune(settings.layout, 1)
        assert not first.folder.exists()
        total = old.execute("select sum(executed_cny) from fct_budget").fetchone()
    assert total is not None
    assert str(total[0]) == "6.50"


def test_a_publisher_killed_half_way_leaves_the_release_as_it_was(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    first = _publish(settings, "5.50").release

    def die(_: Path, __: str) -> None:
        os._exit(9)

    pid = os.fork()
    if pid == 0:
        publish(settings, judge("killed", ()), {}, [die]) if _rebuild(settings) else None
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 9
    current = current_release(settings.layout)
    assert current is not None
    assert current.release_id == first.release_id
    assert any(p.name.startswith(".building-") for p in settings.layout.releases.iterdir())
    second = _publish(settings, "7.50")
    assert second.is_new
    assert not any(p.name.startswith(".building-") for p in settings.layout.releases.iterdir())


def _rebuild(settings: Settings) -> bool:
    with duckdb.connect(str(settings.layout.build_database)) as connection:
        connection.execute("update marts.fct_budget set executed_cny = 9")
    return True


def test_only_the_verdict_of_this_very_build_counts(tmp_path: Path) -> None:
    passed: Verdict = judge("build-1", ())
    write_verdict(tmp_path, passed)
    assert require_passed([tmp_path], "build-1").passed
    with pytest.raises(GateClosedError, match="no verdict"):
        require_passed([tmp_path], "build-2")
    write_verdict(tmp_path, judge("build-2", (), ("a dbt test",)))
    with pytest.raises(GateClosedError, match="a dbt test"):
        require_passed([tmp_path], "build-2")


def _hold(path: Path, ready: object, done: object) -> None:
    with writer_lock(path):
        ready.set()  # type: ignore[attr-defined]
        done.wait(30)  # type: ignore[attr-defined]


def test_two_writers_at_once_and_a_killed_one(tmp_path: Path) -> None:
    path = tmp_path / "state" / "writer.lock"
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(path, ready, done))
    other.start()
    assert ready.wait(60)
    with pytest.raises(BusyError, match=str(other.pid)), writer_lock(path):
        pass
    other.kill()
    other.join()
    with writer_lock(path), writer_lock(path):  # nothing to clean up, and it is re-entrant
        assert path.is_file()
