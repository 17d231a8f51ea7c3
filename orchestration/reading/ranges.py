"""A long file in several processes: each reads a share of the pages, one puts them together.

Processes are forked, so that nothing is imported or handed over again; what a share gives comes
back through a temporary file. A process that fails in whatever way is no loss: its pages are read
again here, and raise here what they have to raise.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Generic, Self, TypeVar

Result = TypeVar("Result")

#: Pages from which on a file is worth it, and how many in a row one process takes at least.
_LONG, _RUN = 60, 8
#: Runs of a file at most, bytes of each in the pipe: all of them fit into a pipe's 64 KiB.
_RUNS, _TOKEN = 8000, 4
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG

_processes = 1


def use_processes(count: int) -> None:
    """Let long files of this process be read by so many processes; 1 is the default."""
    global _processes  # noqa: PLW0603 - a setting of the worker process, like its limits
    _processes = max(count, 1)


def processes() -> int:
    """In how many processes a long file is read here."""
    return _processes


def read_in_shares(work: Callable[[Iterable[int]], Result], count: int) -> list[Result]:
    """Apply ``work`` to the pages 0 … ``count`` - 1, all at once or in shares.

    Args:
        work: reads pages as they are given, ascending; the result is picklable.
        count: number of pages of the file.

    Returns:
        The result of each share, in no order that means anything.
    """
    if _processes == 1 or count < _LONG or not hasattr(os, "fork"):
        return [work(range(count))]
    with _Deal(count) as deal:
        children = [_Child(work, deal) for _ in range(_processes - 1)]
        try:
            results = [work(deal.pages())]
            for child in children:
                results += child.result(deal)
        finally:
            for child in children:
                child.stop()
        left = deal.left()
    return [*results, work(left)] if left else results


class _Deal:
    """Runs of pages, taken one after another by whichever process is free.

    Forms, which cost most, stand together in a file: shares dealt out beforehand would keep one
    process waiting for the other. The runs lie in a pipe, which outlives a process that dies in
    whatever state, as a lock would not.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._run = max(_RUN, count // _RUNS + 1)
        self.taken: list[int] = []
        self._pipe, write = os.pipe()
        with os.fdopen(write, "wb") as pipe:
            for start in range(0, count, self._run):
                pipe.write(start.to_bytes(_TOKEN, "big"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._pipe)

    def pages(self) -> Iterator[int]:
        """Pages for this process, as long as there are any."""
        while token := os.read(self._pipe, _TOKEN):
            self.taken.append(int.from_bytes(token, "big"))
            yield from self._pages(self.taken[-1])

    def left(self) -> list[int]:
        """Pages that nobody who came back has taken: those of a process that died."""
        lost = sorted(set(range(0, self._count, self._run)).difference(self.taken))
        return [number for start in lost for number in self._pages(start)]

    def _pages(self, start: int) -> range:
        return range(start, min(start + self._run, self._count))


class _Child(Generic[Result]):
    """A forked process that reads what it can get."""

    def __init__(self, work: Callable[[Iterable[int]], Result], deal: _Deal) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by stop()
        self._parent = os.getpid()
        self._id: int | None = os.fork()
        if self._id == 0:
            self._run(work, deal)

    def _run(self, work: Callable[[Iterable[int]], Result], deal: _Deal) -> None:
        """In the child: read, hand over, and go without a word to what the parent has open."""
        status = 1
        try:
            _die_with(self._parent)
            result = work(deal.pages())
            pickle.dump((deal.taken, result), self._file, pickle.HIGHEST_PROTOCOL)
            self._file.flush()
            status = 0
        finally:
            os._exit(status)

    def result(self, deal: _Deal) -> list[Result]:
        """What the child has read, none where it could not; ``deal`` learns which pages."""
        if self._id is None:
            return []
        _, status = os.waitpid(self._id, 0)
        self._id = None
        if status != 0:
            return []
        self._file.seek(0)
        taken, result = pickle.load(self._file)  # noqa: S301 - written by our own fork
        deal.taken += taken
        return [result]

    def stop(self) -> None:
        """End the child if it still runs."""
        self._file.close()
        if self._id is not None:
            os.kill(self._id, signal.SIGKILL)
            os.waitpid(self._id, 0)
            self._id = None


def _die_with(parent: int) -> None:
    """Have this process end with its parent, which a limit may end at any time."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
