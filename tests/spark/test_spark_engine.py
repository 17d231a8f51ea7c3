"""The same reports read here and on a Spark cluster of two workers, one of which is killed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from orchestration.ingestion.store import BATCH_COLUMN, RecordStore
from orchestration.messages import JixiaoError
from orchestration.records import RECORD_TYPES
from orchestration.runs import refresh
from orchestration.settings import PROJECT_ROOT, Settings
from tests.spark import deadly
from tests.support.same_marts import differences

pytest.importorskip("pyspark", reason="needs the environment of `make spark-env`")
pytestmark = pytest.mark.spark

MASTER = "local-cluster[2,1,1024]"
_NOT_CONTENT = {BATCH_COLUMN, "first_seen_at"}


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("raw") / "reports"
    folder.mkdir()
    for sample in sorted((PROJECT_ROOT / "raw").rglob("*")):
        # The scan is left out: half a minute of recognition a page, twice, shows nothing more.
        if sample.is_file() and "扫描件" not in sample.name:
            shutil.copyfile(sample, folder / sample.name)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing follows")
    return folder


@pytest.fixture(scope="module")
def homes(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Settings]:
    """Two homes: read by local processes, and on a cluster that loses a worker on the way."""
    settings = [
        Settings(
            raw=raw,
            home=tmp_path_factory.mktemp(engine),
            engine=engine,
            spark_master=MASTER if engine == "spark" else None,
            exports=False,
        )
        for engine in ("local", "spark")
    ]
    refresh(settings[0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYTHONPATH", str(PROJECT_ROOT))  # the workers import tests.spark.deadly
        patch.setattr("orchestration.ingestion.ingest.process", deadly.process)
        refresh(settings[1])
    return settings[0], settings[1]


def test_a_worker_was_killed_while_it_read(homes: tuple[Settings, Settings], raw: Path) -> None:
    executor = (raw / deadly.MARK).read_text(encoding="utf-8")
    assert not Path(f"/proc/{executor}/exe").exists()


def test_both_engines_write_the_same_records(homes: tuple[Settings, Settings]) -> None:
    local, spark = (_records(home) for home in homes)
    assert local["file"], "nothing was read"
    assert spark == local


def test_both_engines_publish_the_same_tables(homes: tuple[Settings, Settings]) -> None:
    one, other = (home.layout.current / "warehouse.duckdb" for home in homes)
    assert differences(one, other, ["ops_release"]) == []


def test_a_cluster_that_is_not_there_is_said_and_nothing_is_written(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.engines.spark._CONFIG", {"spark.cores.max": "0"})
    settings = Settings(raw=raw, home=tmp_path, engine="spark", spark_master="nonsense://nowhere")
    with pytest.raises(JixiaoError, match="Spark"):
        refresh(settings)
    assert RecordStore(tmp_path / "records").ledger() == {}


def _records(settings: Settings) -> dict[str, list[str]]:
    """Every record of a home as text, in an order of its own."""
    import duckdb

    found = {}
    for name in RECORD_TYPES:
        rows = duckdb.sql(
            f"from read_parquet('{settings.layout.records}/{name}/**/*.parquet',"
            " hive_partitioning=true, union_by_name=true)"
        )
        keep = [i for i, column in enumerate(rows.columns) if column not in _NOT_CONTENT]
        found[name] = sorted(repr([row[i] for i in keep]) for row in rows.fetchall())
    return found
