"""What goes wrong around a run: full disk, damaged files, files that come and go, no permission.

After each of these the last release stands as it was, and the next refresh completes.
"""

from __future__ import annotations

import datetime as dt
import functools
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.files import read_json, sha256_of
from orchestration.ingestion import ingest
from orchestration.ingestion.corrections import COLUMNS
from orchestration.ingestion.discovery import HASHES_NAME, ManifestRow, discover
from orchestration.ingestion.outcome import Reading, process
from orchestration.settings import Settings
from tests.pipeline.workbench import Workbench, make_workbench

_UNITS = "select unit_name from marts.dim_report order by 1"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    bench = make_workbench(tmp_path_factory.mktemp("hostile"))
    bench.write_report("甲.txt", "衡州市甲局")
    result = bench.run("refresh")
    assert result.exit_code == 0, result.output
    return bench


@pytest.mark.slow
def test_a_full_disk_stops_the_run_and_nothing_else(bench: Workbench) -> None:
    before = bench.current()
    content = {p.name: sha256_of(p) for p in (before / "parquet").glob("*.parquet")}
    bench.write_report("乙.txt", "衡州市乙局")
    limit = 300_000  # bytes a file may have: the build does not fit
    failed = subprocess.run(
        [sys.executable, "-m", "orchestration.cli", "refresh"],
        env={**os.environ, **bench.environment()},
        preexec_fn=functools.partial(
            resource.setrlimit, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY)
        ),
        capture_output=True,
        check=False,
    )
    assert failed.returncode not in (0, 2), failed.stdout.decode()
    assert bench.current() == before
    assert {p.name: sha256_of(p) for p in (before / "parquet").glob("*.parquet")} == content
    assert bench.run("refresh").exit_code == 0
    assert bench.query(_UNITS) == [("衡州市乙局",), ("衡州市甲局",)]


@pytest.mark.slow
def test_damaged_records_are_read_again(bench: Workbench) -> None:
    before = bench.query(_UNITS)
    figures = list((bench.home / "records" / "figure").rglob("0*.parquet"))
    figures[0].write_bytes(b"PAR1" + b"\0" * 100)
    result = bench.run("refresh")
    assert result.exit_code == 0, result.output
    assert bench.query(_UNITS) == before
    assert list((bench.home / "records" / "_damaged").iterdir())


@pytest.mark.slow
def test_files_that_vanish_or_grow_under_the_reader_hold_nothing_up(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look into the folder and the reading (what the next run does: see ingest)."""
    gone = bench.write_report("走了.txt", "衡州市走局")
    grown = bench.write_report("长了.txt", "衡州市长局")
    bench.write_report("还在.txt", "衡州市在局")
    start = ingest.engine_of

    def later(settings: Settings) -> object:
        gone.unlink()
        grown.write_bytes(grown.read_bytes() + "后来又写入的一行。\n".encode())
        return start(settings)

    monkeypatch.setattr(ingest, "engine_of", later)
    result = bench.run("refresh")
    assert result.exit_code == 0, result.output
    assert ("衡州市在局",) in bench.query(_UNITS)
    reasons = dict(
        bench.query("select file_name, reasons from marts.ops_document where status <> 'read'")
    )
    assert {"走了.txt", "长了.txt"} <= set(reasons), reasons
    assert "发生变化" in str(reasons["长了.txt"])
    assert "重新运行" in str(reasons["走了.txt"])
    grown.unlink()


@pytest.mark.long
def test_a_damaged_build_is_built_again(bench: Workbench) -> None:
    before = bench.query(_UNITS)
    (bench.home / "build" / "warehouse.duckdb").write_bytes(b"no database" * 1000)
    bench.write_report("丙.txt", "衡州市丙局")
    result = bench.run("refresh")
    assert result.exit_code == 0, result.output
    assert bench.query(_UNITS) == sorted([*before, ("衡州市丙局",)])


def _bound_by_permissions(command: list[str]) -> list[str]:
    """The command, obeying permissions even where the tests are root's."""
    if os.geteuid() != 0:
        return command
    dropped = "-dac_override,-dac_read_search"
    prefix = ["setpriv", f"--bounding-set={dropped}", f"--inh-caps={dropped}", "--"]
    if shutil.which("setpriv") is None or subprocess.run([*prefix, "true"], check=False).returncode:
        pytest.skip("root, and setpriv cannot take root's rights away here")
    return prefix + command


def _refresh_in_a_process(bench: Workbench) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _bound_by_permissions([sys.executable, "-m", "orchestration.cli", "refresh"]),
        env={**os.environ, **bench.environment()},
        capture_output=True,
        text=True,
        check=False,
    )


def _writable(folder: Path, *, writable: bool) -> None:
    for path in [folder, *(p for p in folder.rglob("*") if p.is_dir() and not p.is_symlink())]:
        if "releases" not in path.relative_to(folder).parts[:1] or path.name == "releases":
            path.chmod(0o755 if writable else 0o555)


@pytest.mark.long
def test_folders_that_may_only_be_read(bench: Workbench) -> None:
    """Reports nobody may change or open, then a home nobody may write: the release stands."""
    locked = bench.write_report("锁.txt", "衡州市锁局")
    bench.write_report("丁.txt", "衡州市丁局")
    bench.write_report("不得入内/戊.txt", "衡州市戊局").parent.chmod(0o000)
    locked.chmod(0o000)
    bench.raw.chmod(0o555)
    try:
        done = _refresh_in_a_process(bench)
        assert done.returncode == 0, done.stdout + done.stderr
        (refused,) = bench.query(
            "select reasons from marts.ops_document where file_name = '锁.txt'"
        )
        assert "Permission denied" in str(refused[0])
        assert ("衡州市丁局",) in bench.query(_UNITS)
        assert "不得入内" in done.stdout
    finally:
        locked.chmod(0o644)
        (bench.raw / "不得入内").chmod(0o755)
        bench.raw.chmod(0o755)
    before = bench.current()
    _writable(bench.home, writable=False)
    try:
        failed = _refresh_in_a_process(bench)
        assert failed.returncode == 1, failed.stdout + failed.stderr
        assert "Traceback" not in failed.stdout + failed.stderr
        assert "权限" in failed.stderr
        assert bench.current() == before
    finally:
        _writable(bench.home, writable=True)
    assert bench.run("refresh").exit_code == 0
    assert ("衡州市锁局",) in bench.query(_UNITS)


class _Clock:
    """Takes the place of ``datetime`` in a module, with a clock that says what it is told."""

    def __init__(self, moment: dt.datetime) -> None:
        self._moment = moment
        self.datetime = self

    def now(self, zone: dt.tzinfo | None = None) -> dt.datetime:
        return self._moment.astimezone(zone)

    def __getattr__(self, name: str) -> object:
        return getattr(dt, name)


@pytest.mark.long
def test_a_clock_that_jumps_back_does_not_bring_back_what_was_taken_back(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def set_clock(year: int) -> None:
        for module in (
            "ingestion.store",
            "ingestion.ingest",
            "warehouse.build",
            "publishing.publish",
        ):
            clock = _Clock(dt.datetime(year, 1, 1, tzinfo=dt.UTC))
            monkeypatch.setattr(f"orchestration.{module}.dt", clock)

    path = bench.write_report("钟.txt", "衡州市钟局")
    manifest = bench.raw / "manifest.csv"
    manifest.write_text("file,retrieved_on\n钟.txt,2099-12-31\n", encoding="utf-8")
    set_clock(2041)
    assert bench.run("refresh").exit_code == 0
    assert ("衡州市钟局",) in bench.query(_UNITS)
    before = bench.current()
    set_clock(2009)
    row = [sha256_of(path), "document", "", "withhold", "", "待核实", "审核科", "2009-01-01"]
    (bench.home / "corrections.csv").write_text(
        ",".join(COLUMNS) + "\n" + ",".join(row) + "\n", encoding="utf-8"
    )
    result = bench.run("refresh")
    assert result.exit_code == 0, result.output
    assert ("衡州市钟局",) not in bench.query(_UNITS)
    assert bench.current() != before
    assert bench.current().name == bench.release_ids()[-1]


def test_a_home_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    bench = make_workbench(tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = bench.run("refresh", "--home", str(tmp_path / "file" / "home"))
    assert result.exit_code == 1
    assert "无法写入" in result.output
    assert "Traceback" not in result.output


def _reading(path: Path, sha256: str) -> Reading:
    return Reading(
        path=path,
        relative=path.name,
        sha256=sha256,
        byte_size=1,
        manifest=ManifestRow(),
        corrections=(),
        parser_version="1-test",
        inputs_digest="",
        first_seen_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
    )


def test_a_file_that_vanishes_or_grows_is_an_outcome(tmp_path: Path) -> None:
    bench = make_workbench(tmp_path)
    path = bench.write_report("甲.txt", "衡州市甲局")
    sha256 = sha256_of(path)
    with path.open("a", encoding="utf-8") as stream:
        stream.write("后来又写入的一行。\n")
    grown = process(_reading(path, sha256))
    path.write_bytes(b"%PDF-1.4 half of it")  # not corrupt: it may be whole again in a moment
    torn = process(_reading(path, sha256))
    path.unlink()
    gone = process(_reading(path, sha256))
    assert (grown.file.status, grown.extraction) == ("quarantined", None)
    assert "发生变化" in (grown.file.reasons or "")
    assert (torn.file.status, torn.file.reason_codes) == ("quarantined", "vanished")
    assert (gone.file.status, gone.extraction) == ("quarantined", None)
    assert "甲.txt" in (gone.file.reasons or "")


def test_a_link_out_of_the_raw_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text("不在文件夹里", encoding="utf-8")
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "链接.txt").symlink_to(outside)
    assert discover(raw).files == ()


def test_remembered_hashes_notice_changed_bytes(tmp_path: Path) -> None:
    raw, memory = tmp_path / "raw", tmp_path / HASHES_NAME
    raw.mkdir()
    path = raw / "甲.txt"
    path.write_text("一", encoding="utf-8")
    stat = path.stat()
    first = discover(raw, memory).files[0].sha256
    path.write_text("二", encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # the same size and time as before
    second = discover(raw, memory).files[0].sha256
    assert first != second == sha256_of(path)
    assert read_json(memory) is None or sha256_of(path) in (read_json(memory) or {}).values()


def test_what_is_remembered_is_used_for_settled_files_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, memory = tmp_path / "raw", tmp_path / HASHES_NAME
    raw.mkdir()
    (raw / "甲.txt").write_text("一", encoding="utf-8")
    monkeypatch.setattr("orchestration.ingestion.discovery._SETTLED_NS", 0)
    known = discover(raw, memory).files[0].sha256

    def unread(path: Path) -> str:
        raise AssertionError(path)

    monkeypatch.setattr("orchestration.ingestion.discovery.sha256_of", unread)
    assert discover(raw, memory).files[0].sha256 == known
