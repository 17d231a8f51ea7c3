"""A long file in several processes: each reads a share of the pages, one puts them together.

Processes are forked, so that nothing is imported or handed over again; what a share gives comes
back through a temporary file. A process that fails in whatever way is no loss: its share is read
again here, and raises here what it has to raise.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from typing import IO, Generic, TypeVar

Result = TypeVar("Result")

#: Pages from which on a file is worth it, and how many in a row one process takes.
_LONG, _RUN = 60, 20
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG

_processes = 1


def use_processes(count: int) -> None:
    """Let long files of this process be read by so many processes; 1 is the default."""
    global _processes  # noqa: PLW0603 - a setting of the worker process, like its limits
    _processes = max(count, 1)


def processes() -> int:
    """In how many processes a long file is read here."""
    return _processes


def read_in_shares(work: Callable[[Sequence[int]], Result], count: int) -> list[Result]:
    """Apply ``work`` to the pages 0 … ``count`` - 1, all at once or in shares.

    Args:
        work: reads pages given by ascending number; the result is picklable.
        count: number of pages of the file.

    Returns:
        The result of each share, in no order that means anything.
    """
    if _processes == 1 or count < _LONG or not hasattr(os, "fork"):
        return [work(range(count))]
    shares = _shares(count, _processes)
    children = [_Child(work, share) for share in shares[1:]]
    try:
        return [work(shares[0]), *(child.result() for child in children)]
    finally:
        for child in children:
            child.stop()


def _shares(count: int, processes: int) -> list[list[int]]:
    """Runs of pages dealt out in turn: forms, which cost most, stand together in a file."""
    shares: list[list[int]] = [[] for _ in range(min(processes, -(-count // _RUN)))]
    for turn, start in enumerate(range(0, count, _RUN)):
        shares[turn % len(shares)] += range(start, min(start + _RUN, count))
    return shares


class _Child(Generic[Result]):
    """A forked process that reads one share."""

    def __init__(self, work: Callable[[Sequence[int]], Result], share: Sequence[int]) -> None:
        self._work, self._share = work, share
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by stop()
        self._parent = os.getpid()
        self._id: int | None = os.fork()
        if self._id == 0:
            self._run()

    def _run(self) -> None:
        """In the child: read, hand over, and go without a word to what the parent has open."""
        status = 1
        try:
            _die_with(self._parent)
            pickle.dump(self._work(self._share), self._file, pickle.HIGHEST_PROTOCOL)
            self._file.flush()
            status = 0
        finally:
            os._exit(status)

    def result(self) -> Result:
        """What the share gives, read again here where the child could not."""
        if self._id is None:
            return self._work(self._share)
        _, status = os.waitpid(self._id, 0)
        self._id = None
        if status != 0:
            return self._work(self._share)
        self._file.seek(0)
        result: Result = pickle.load(self._file)  # noqa: S301 - written by our own fork
        return result

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
