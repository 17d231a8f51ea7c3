"""Dagster's storage in PostgreSQL, as the deployment has it: a refresh, and its runs kept there."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.workbench import make_workbench

_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
_SECRET = "not-a-real-password"


def _as_owner(*command: str) -> None:
    """PostgreSQL refuses to run as root: as the account that Debian made for it."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *command], check=True, capture_output=True, cwd="/")


@pytest.fixture
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a fresh PostgreSQL of this machine's Debian."""
    if not _BINARIES:
        pytest.skip("no PostgreSQL server on this machine (Debian: postgresql)")
    folder = Path("/tmp") / f"jixiao-pg-{os.getpid()}"
    folder.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    binaries = _BINARIES[-1]
    data = str(folder / "data")
    try:
        password = folder / "password"
        password.write_text(_SECRET, encoding="utf-8")
        password.chmod(0o644)
        _as_owner(
            str(binaries / "initdb"), "-D", data, "-U", "jixiao", "-A", "scram-sha-256",
            f"--pwfile={password}",
        )  # fmt: skip
        _as_owner(
            str(binaries / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log"),
            "-o", f"-p {port} -k {folder} -c listen_addresses=127.0.0.1", "start",
        )  # fmt: skip
        yield f"postgresql+psycopg2://jixiao:{_SECRET}@127.0.0.1:{port}/postgres"
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            _as_owner(str(binaries / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.long
def test_a_refresh_keeps_its_runs_in_postgresql(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlalchemy

    monkeypatch.setenv("JIXIAO_DAGSTER_POSTGRES_URL", database)
    bench = make_workbench(tmp_path)
    bench.write_report("甲.txt", "衡州市甲局")
    result = bench.run("refresh")
    assert result.exit_code == 0, result.output
    engine = sqlalchemy.create_engine(database)
    with engine.connect() as connection:
        runs = connection.execute(sqlalchemy.text("select pipeline_name, status from runs")).all()
        events = connection.execute(sqlalchemy.text("select count(*) from event_logs")).scalar()
    engine.dispose()
    assert [tuple(run) for run in runs] == [("refresh", "SUCCESS")]
    assert events
    written = [p for p in bench.home.rglob("*") if p.is_file() and p.suffix != ".duckdb"]
    leaks = [p for p in written if _SECRET.encode() in p.read_bytes()]
    assert not leaks, "a password was written to a file"
