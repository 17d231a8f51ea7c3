"""Reports on S3-compatible storage: a server on the loopback address stands for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from orchestration.cli.options import settings_of
from orchestration.defs.resources import Workspace
from orchestration.ingestion.ingest import ingest
from orchestration.ingestion.remote import MARKS_NAME, mirror
from orchestration.ingestion.store import RecordStore
from orchestration.messages import JixiaoError
from orchestration.settings import PROJECT_ROOT

pytest.importorskip("moto", reason="needs the environment of `make spark-env`")
s3fs = pytest.importorskip("s3fs", reason="needs the environment of `make spark-env`")
pytestmark = pytest.mark.spark

URL = "s3://reports/county"


@pytest.fixture(scope="module")
def storage() -> Iterator[Any]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("NO_PROXY", "127.0.0.1")
        system = s3fs.S3FileSystem(use_listings_cache=False, skip_instance_cache=True)
        system.mkdir("reports")
        for name in ("2023", "2024"):
            for sample in (PROJECT_ROOT / "raw" / name).glob("*.*"):
                if sample.suffix in {".docx", ".txt"}:
                    system.put_file(str(sample), f"reports/county/{name}/{sample.name}")
        yield system
    server.stop()


def test_reports_on_s3_are_copied_and_read(storage: Any, tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "home", Path(URL))
    assert settings.raw_url == URL
    assert mirror(URL, settings.raw, settings.layout.state / MARKS_NAME) == 2
    settings.layout.create()
    ingest(settings)
    read = RecordStore(settings.layout.records).ledger().values()
    here = {
        path.name: path.read_bytes() for path in (PROJECT_ROOT / "raw").rglob("*") if path.is_file()
    }
    assert {row.record.status for row in read} == {"read"}
    assert {row.record.byte_size for row in read} == {len(here[r.record.file_name]) for r in read}
    assert {row.record.fiscal_year_hint for row in read} == {2023, 2024}


def test_a_folder_named_instead_of_an_address_is_never_taken_for_its_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIXIAO_RAW", URL)
    workspace = Workspace.of(settings_of(tmp_path / "home", tmp_path / "own"))
    assert workspace.settings().raw_url is None
    assert Workspace.of(settings_of(tmp_path / "home")).settings().raw_url == URL


def test_only_what_changed_is_copied_and_what_is_gone_goes(storage: Any, tmp_path: Path) -> None:
    folder, marks = tmp_path / "raw", tmp_path / MARKS_NAME
    storage.pipe("reports/other/one.txt", "甲".encode())
    storage.pipe("reports/other/two.txt", "乙".encode())
    url = "s3://reports/other"
    assert mirror(url, folder, marks) == 2
    assert mirror(url, folder, marks) == 0
    storage.pipe("reports/other/two.txt", "丙".encode())  # the same size, other content
    storage.rm("reports/other/one.txt")
    assert mirror(url, folder, marks) == 1
    assert {p.name: p.read_text(encoding="utf-8") for p in folder.iterdir()} == {"two.txt": "丙"}


def test_a_bucket_that_is_not_there_is_said_and_no_copy_is_lost(
    storage: Any, tmp_path: Path
) -> None:
    (tmp_path / "kept.txt").write_text("旧", encoding="utf-8")
    with pytest.raises(JixiaoError, match="s3://nobody"):
        mirror("s3://nobody/at-all", tmp_path, tmp_path / "marks.json")
    assert (tmp_path / "kept.txt").is_file()
