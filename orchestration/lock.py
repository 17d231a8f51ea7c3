"""One writer at a time: an advisory lock that the kernel releases when its holder dies.

``flock`` and not a file that exists: after ``kill -9`` nothing has to be cleaned up.
"""

from __future__ import annotations

import fcntl
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from orchestration.messages import JixiaoError

#: Locks this process holds: path to (stream, depth). A run's steps take the lock that their
#: command already holds.
_held: dict[Path, tuple[IO[str], int]] = {}
_guard = threading.RLock()


#: Waited for in any case: the daemon's look for lost runs takes the lock for an instant.
_INSTANT_SECONDS = 1.0


class BusyError(JixiaoError):
    """Another process is writing in this home folder."""

    exit_status = 3


@contextmanager
def writer_lock(path: Path, wait_seconds: float = 0, purpose: str = "refresh") -> Iterator[None]:
    """Hold the writer's lock of a home folder; re-entrant within a process.

    Raises:
        BusyError: another process holds it and went on holding it for ``wait_seconds`` (at least an
            instant).
    """
    path = path.resolve()
    with _guard:
        if path in _held:
            stream, depth = _held[path]
            _held[path] = (stream, depth + 1)
        else:
            _held[path] = (_acquire(path, wait_seconds, purpose), 1)
    try:
        yield
    finally:
        with _guard:
            stream, depth = _held[path]
            if depth > 1:
                _held[path] = (stream, depth - 1)
            else:
                del _held[path]
                fcntl.flock(stream, fcntl.LOCK_UN)
                stream.close()


def _acquire(path: Path, wait_seconds: float, purpose: str) -> IO[str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + max(wait_seconds, _INSTANT_SECONDS)
    stream = path.open("a+", encoding="utf-8")
    while True:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if time.monotonic() >= deadline:
                holder = _holder(stream)
                stream.close()
                raise BusyError(
                    f"另一个更新任务正在写入 {path.parent.parent}（{holder}）。"
                    "请等它结束后再运行, 或设置 JIXIAO_LOCK_SECONDS 让本次等待",
                    f"another run is writing in {path.parent.parent} ({holder}); run again when it "
                    "has finished, or set JIXIAO_LOCK_SECONDS to wait",
                ) from None
            time.sleep(0.2)
    stream.seek(0)
    stream.truncate()
    json.dump({"pid": os.getpid(), "purpose": purpose}, stream)
    stream.flush()
    return stream


def _holder(stream: IO[str]) -> str:
    stream.seek(0)
    try:
        content = json.load(stream)
        return f"{content['purpose']}, pid {content['pid']}"
    except (ValueError, KeyError, TypeError):
        return "pid unknown"
