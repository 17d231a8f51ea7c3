"""The child of ``worker.py``: reads one document after another under limits of its own.

Started as ``python -m orchestration.reading.worker_process``. Talks over its standard input and
output in frames: four bytes of length, then a pickle.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import resource
import signal
import struct
import sys
from typing import Any, BinaryIO

from orchestration.reading.document import UnreadableError
from orchestration.reading.limits import Limits

_LENGTH = struct.Struct(">Q")
_PR_SET_PDEATHSIG = 1


def write_frame(stream: BinaryIO, message: object) -> None:
    """Send one message."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def read_frame(stream: BinaryIO) -> Any:  # noqa: ANN401 - whatever was sent
    """Receive one message; None at the end of the stream."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    data = stream.read(_LENGTH.unpack(head)[0])
    return pickle.loads(data)  # noqa: S301 - between a process and its own child


def main() -> None:
    """Serve until the parent closes the pipe."""
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not get between the frames.
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    _die_with_parent()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    write_frame(answers, "ready")
    while True:
        request = read_frame(sys.stdin.buffer)
        if request is None:
            return
        path, limits = request
        _limit(limits)
        write_frame(answers, _answer(path, limits))


def _answer(path: str, limits: Limits) -> tuple[str, object]:
    from orchestration.reading import read

    try:
        return ("document", read(path, limits=limits))
    except UnreadableError as error:
        return ("unreadable", (error.reason.value, error.message_zh, error.message_en))


def _limit(limits: Limits) -> None:
    """Address space for good, processor time for the next document."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, resource.RLIM_INFINITY))
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (used + limits.cpu_seconds + 1, resource.RLIM_INFINITY))


def _die_with_parent() -> None:
    """On Linux a child is killed when its parent dies, however that dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main()
