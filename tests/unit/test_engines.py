"""What an engine refuses before it reads anything; nothing here needs a cluster."""

from __future__ import annotations

import datetime as dt
import importlib.util
from pathlib import Path

import pytest

from orchestration.engines import engine_of
from orchestration.engines.local import LocalEngine
from orchestration.engines.spark import SparkEngine, _outcomes_here
from orchestration.ingestion.discovery import ManifestRow
from orchestration.ingestion.outcome import Outcome, Reading, unread
from orchestration.ingestion.parser_version import parser_version
from orchestration.ingestion.pool import Failure
from orchestration.messages import JixiaoError
from orchestration.reading import ranges
from orchestration.settings import PROJECT_ROOT, Settings

OWN = parser_version(PROJECT_ROOT / "orchestration", PROJECT_ROOT / "dbt_project" / "seeds")


def refused(reading: Reading) -> Outcome:
    """Stands for reading a document."""
    return unread(reading, "unrelated", "无关", "unrelated")


def processes(reading: Reading) -> Outcome:
    """Tells in how many processes a long file would be read."""
    return unread(reading, "unrelated", "无关", str(ranges.processes()))


def reading_of(path: Path, version: str = OWN) -> Reading:
    return Reading(
        path=path,
        relative=path.name,
        sha256="0" * 64,
        byte_size=1,
        manifest=ManifestRow(),
        corrections=(),
        parser_version=version,
        inputs_digest="",
        first_seen_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )


def test_spark_without_an_address_is_refused() -> None:
    with pytest.raises(JixiaoError, match="--master"):
        engine_of(Settings(engine="spark"))


@pytest.mark.skipif(importlib.util.find_spec("pyspark") is not None, reason="PySpark is here")
def test_spark_without_its_environment_says_how_to_make_it(tmp_path: Path) -> None:
    engine = engine_of(Settings(engine="spark", spark_master="spark://nowhere:7077"))
    with pytest.raises(JixiaoError, match="make spark-env"):
        next(iter(engine.run(refused, [reading_of(tmp_path / "a.pdf")])))


def test_a_worker_at_another_state_of_the_project_reads_nothing(tmp_path: Path) -> None:
    readings = [reading_of(tmp_path / name, "1.000000000000") for name in ("a.pdf", "b.pdf")]
    outcomes = list(_outcomes_here(refused, readings, 10, 1 << 30))
    assert [o.kind for o in outcomes if isinstance(o, Failure)] == ["other_state"] * 2
    engine = SparkEngine("spark://nowhere:7077", 10, 1 << 30)
    assert isinstance(outcomes[0], Failure)
    with pytest.raises(JixiaoError, match=r"1\.000000000000"):
        engine._not_on_worker(refused, readings[0], outcomes[0])


def test_a_worker_without_the_files_puts_no_document_aside(tmp_path: Path) -> None:
    here, gone = tmp_path / "a.pdf", tmp_path / "b.pdf"
    here.write_bytes(b"%PDF")
    engine = SparkEngine("spark://nowhere:7077", 10, 1 << 30)
    with pytest.raises(JixiaoError, match="worker-7"):
        engine._not_on_worker(refused, reading_of(here), Failure("unseen", "worker-7"))
    # What is gone here as well is that document's own outcome, not the cluster's.
    outcomes = list(_outcomes_here(refused, [reading_of(gone)], 10, 1 << 30))
    assert [o.kind for o in outcomes if isinstance(o, Failure)] == ["unseen"]
    settled = engine._not_on_worker(refused, reading_of(gone), Failure("unseen", "worker-7"))
    assert isinstance(settled, Outcome)
    assert settled.file.status == "quarantined"


@pytest.mark.parametrize(("documents", "expected"), [(1, "3"), (2, "1")])
def test_workers_without_a_document_read_pages_of_a_long_one(
    tmp_path: Path, documents: int, expected: str
) -> None:
    readings = [reading_of(tmp_path / f"{i}.pdf") for i in range(documents)]
    found = [outcome for _, outcome in LocalEngine(3, 60, 4 << 30).run(processes, readings)]
    assert [isinstance(o, Outcome) and expected in (o.file.reasons or "") for o in found] == [
        True
    ] * documents
