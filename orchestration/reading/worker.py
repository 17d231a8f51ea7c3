"""Reading in worker processes: no document can stop, starve or exhaust the others.

A worker reads one document after another, so that its imports are paid for once; a document that
runs out of time or memory, or brings the reader down, costs its worker and becomes an outcome.
"""

from __future__ import annotations

import io
import os
import queue
import select
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, cast

from orchestration.reading.document import Document, UnreadableError, UnreadableReason
from orchestration.reading.failures import unreadable
from orchestration.reading.limits import DEFAULT_LIMITS, Limits
from orchestration.reading.worker_process import read_frame, write_frame

#: A worker is replaced after this many documents: what libraries leak is given back.
_DOCUMENTS_PER_WORKER = 200
_START_SECONDS = 60.0
_PACKAGE_ROOT = Path(__file__).resolve().parents[2]

Outcome = Document | UnreadableError


class WorkerStartError(RuntimeError):
    """A worker process did not start: an installation problem, no document's fault."""


class ReaderPool:
    """``workers`` processes that read documents; use it as a context manager.

    Args:
        workers: how many documents are read at once.
        limits: ceilings for each document.
    """

    def __init__(self, workers: int = 1, *, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._size = max(1, workers)
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._all = [_Worker() for _ in range(self._size)]
        for worker in self._all:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(self._size, thread_name_prefix="reading")

    def __enter__(self) -> ReaderPool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close(cancel=kind is not None)

    def close(self, *, cancel: bool = False) -> None:
        """End the workers; with ``cancel`` those at work too."""
        if cancel:
            for worker in self._all:
                worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._all:
            worker.kill()

    def read(self, path: str | os.PathLike[str]) -> Outcome:
        """One document, or why it cannot be read; never raises for the document."""
        worker = self._idle.get()
        try:
            return worker.read(Path(path), self._limits)
        finally:
            self._idle.put(worker)

    def read_many(self, paths: Iterable[str | os.PathLike[str]]) -> Iterator[tuple[Path, Outcome]]:
        """Documents in the order of their paths; a few are read ahead, not all."""
        ahead: deque[tuple[Path, Future[Outcome]]] = deque()
        for path in paths:
            ahead.append((Path(path), self._threads.submit(self.read, path)))
            if len(ahead) > 2 * self._size:
                first, future = ahead.popleft()
                yield first, future.result()
        while ahead:
            first, future = ahead.popleft()
            yield first, future.result()


def read_many(
    paths: Iterable[str | os.PathLike[str]],
    *,
    workers: int = 1,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[tuple[Path, Outcome]]:
    """Read documents in worker processes, in the order given.

    Yields:
        The path and its document, or the ``UnreadableError`` that says why there is none.

    Raises:
        WorkerStartError: no worker could be started.
    """
    with ReaderPool(workers, limits=limits) as pool:
        yield from pool.read_many(paths)


class _Worker:
    """One child process, started on first use and again after it was lost."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._served = 0

    def read(self, path: Path, limits: Limits) -> Outcome:
        process = self._started()
        self._served += 1
        deadline = time.monotonic() + limits.wall_seconds
        try:
            assert process.stdin is not None  # noqa: S101 - opened with a pipe
            write_frame(process.stdin, (str(path), limits))  # type: ignore[arg-type]
            answer = _receive(process, deadline)
        except TimeoutError:
            self.kill()
            return _timeout(path, f"{limits.wall_seconds:g} 秒", f"{limits.wall_seconds:g} s")
        except (BrokenPipeError, EOFError):
            return _lost(path, self._ended(), limits)
        kind, content = answer
        if kind == "document":
            return cast(Document, content)
        reason, zh, en = content
        return UnreadableError(UnreadableReason(reason), zh, en)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._served >= _DOCUMENTS_PER_WORKER:
            self.kill()
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._served = 0
        with tempfile.TemporaryFile() as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "orchestration.reading.worker_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=_environment(),
            )
            try:
                _receive(self._process, time.monotonic() + _START_SECONDS)
            except (TimeoutError, EOFError) as error:
                self.kill()
                errors.seek(0)
                tail = errors.read()[-2000:].decode(errors="replace")
                raise WorkerStartError(
                    f"阅读进程无法启动 / the reading process does not start: {tail}"
                ) from error
        return self._process

    def _ended(self) -> int:
        """The return code of a child that closed its pipe."""
        process, self._process = self._process, None
        if process is None:
            return 0
        try:
            return process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()
        finally:
            _close(process)

    def kill(self) -> None:
        """End the child at once."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            _close(process)


def _close(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            try:
                stream.close()
            except BrokenPipeError:
                continue


def _environment() -> dict[str, str]:
    """The child finds this package, and its libraries keep to one thread."""
    known = os.environ.get("PYTHONPATH", "")
    path = os.pathsep.join(part for part in (str(_PACKAGE_ROOT), known) if part)
    threads = {
        name: os.environ.get(name, "1")
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    }
    # Fewer arenas: glibc reserves address space for each, which the limit counts.
    return {**os.environ, **threads, "PYTHONPATH": path, "MALLOC_ARENA_MAX": "2"}


def _receive(process: subprocess.Popen[bytes], deadline: float) -> Any:  # noqa: ANN401
    """The next message of a child.

    Raises:
        TimeoutError: none by the deadline.
        EOFError: the child ended.
    """
    if process.stdout is None:
        raise EOFError
    descriptor = process.stdout.fileno()
    data = bytearray()
    wanted = 8
    while len(data) < wanted:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([descriptor], [], [], left)[0]:
            raise TimeoutError
        piece = os.read(descriptor, min(1 << 20, wanted - len(data)))
        if not piece:
            raise EOFError
        data += piece
        if len(data) == 8 and wanted == 8:
            wanted += struct.unpack(">Q", data)[0]
    return read_frame(io.BytesIO(bytes(data)))


def _timeout(path: Path, zh: str, en: str) -> UnreadableError:
    return unreadable(
        UnreadableReason.TIMEOUT,
        path.name,
        f"读取超过时限（{zh}）",
        f"reading took longer than the limit ({en})",
    )


def _lost(path: Path, code: int, limits: Limits) -> UnreadableError:
    """What became of a document whose worker ended."""
    try:
        name = signal.Signals(-code).name if code < 0 else f"exit {code}"
    except ValueError:
        name = f"signal {-code}"
    if name == "SIGXCPU":
        return _timeout(path, f"处理器 {limits.cpu_seconds} 秒", f"{limits.cpu_seconds} s of CPU")
    if name in ("SIGKILL", "SIGABRT"):
        return unreadable(
            UnreadableReason.OUT_OF_MEMORY,
            path.name,
            f"读取时内存不足（{name}）",
            f"memory ran out while reading ({name})",
        )
    return unreadable(
        UnreadableReason.CORRUPT,
        path.name,
        f"读取程序因该文件异常退出（{name}）",
        f"the reader broke down over it ({name})",
    )
