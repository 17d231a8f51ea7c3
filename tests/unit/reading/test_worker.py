"""Workers: every document has an outcome in order, whatever it does to its reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.reading import Limits
from orchestration.reading.document import Document, UnreadableError, UnreadableReason
from orchestration.reading.worker import ReaderPool, read_many

_HANG = "import time; time.sleep(60)"
_SPIN = "while True: pass"
_EAT = "blocks = [bytearray(64 << 20) for _ in range(400)]"
_CRASH = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
_SNATCHED = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
_NOISE = "print('noise on standard output', flush=True)"


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Workers whose text reader obeys files that start with ``!``: stands in for hostile bytes."""
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "sitecustomize.py").write_text(
        "import orchestration.reading.text as t\n"
        "plain = t.read_text\n"
        "def read_text(data, file_name, *, limits):\n"
        "    if data.startswith(b'!'):\n"
        "        exec(data[1:].decode())\n"
        "    return plain(data, file_name, limits=limits)\n"
        "t.read_text = read_text\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(hooks))
    files = tmp_path / "raw"
    files.mkdir()
    return files


def _file(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def _kinds(outcomes: list[tuple[Path, Document | UnreadableError]]) -> list[str]:
    return [o.reason.value if isinstance(o, UnreadableError) else "read" for _, o in outcomes]


def test_outcomes_come_in_order_and_none_stops_the_others(hostile: Path) -> None:
    paths = [
        _file(hostile, "a.txt", "一、概况"),
        _file(hostile, "b.txt", "!" + _HANG),
        _file(hostile, "c.txt", "!" + _EAT),
        _file(hostile, "d.txt", "!" + _CRASH),
        _file(hostile, "e.txt", "!" + _SNATCHED),
        _file(hostile, "f.txt", "!" + _NOISE),
        hostile / "gone.txt",
        _file(hostile, "g.txt", ""),
        _file(hostile, "h.txt", "三、结果"),
    ]
    limits = Limits(wall_seconds=4.0, memory_bytes=1 << 30)
    outcomes = list(read_many(paths, workers=2, limits=limits))
    assert [path for path, _ in outcomes] == paths
    assert _kinds(outcomes) == [
        "read",
        "timeout",
        "out_of_memory",
        "corrupt",
        "out_of_memory",
        "read",
        "vanished",
        "empty",
        "read",
    ]
    for path, outcome in outcomes:
        if isinstance(outcome, UnreadableError):
            assert path.name in outcome.message_zh
            assert path.name in outcome.message_en


def test_processor_time_is_limited_per_document(hostile: Path) -> None:
    good = _file(hostile, "a.txt", "一、概况")
    spin = _file(hostile, "b.txt", "!" + _SPIN)
    limits = Limits(wall_seconds=60.0, cpu_seconds=1)
    assert _kinds(list(read_many([good, spin, good], limits=limits))) == ["read", "timeout", "read"]


def test_a_worker_is_used_again(tmp_path: Path) -> None:
    path = _file(tmp_path, "a.txt", "一、概况")
    with ReaderPool(1) as pool:
        first = pool.read(path)
        worker = pool._all[0]._process
        second = pool.read(path)
        assert worker is not None
        assert pool._all[0]._process is worker
    assert first == second
    assert isinstance(first, Document)
    assert worker.poll() is not None


def test_the_reason_survives_the_way_between_processes(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 64)
    ((_, outcome),) = read_many([path])
    assert isinstance(outcome, UnreadableError)
    assert outcome.reason is UnreadableReason.UNSUPPORTED
    assert "x.pdf" in outcome.message_zh
