"""Reading that kills the Spark worker it runs on, once: imported by the workers of the test."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from orchestration.ingestion import outcome
from orchestration.ingestion.outcome import Outcome, Reading

#: Beside the reports; whoever makes it kills. Hidden, so that nobody takes it for a report.
MARK = ".a-worker-was-killed"


def process(reading: Reading) -> Outcome:
    """Read one document; the first one anywhere takes its executor with it."""
    try:
        mark = (reading.path.parent / MARK).open("x", encoding="utf-8")
    except FileExistsError:
        return outcome.process(reading)
    with mark:
        executor = _executor()
        mark.write(str(executor))
    os.kill(executor, signal.SIGKILL)
    return outcome.process(reading)


def _executor() -> int:
    """Process id of the Java process above this one; never one that is not ours."""
    pid = os.getpid()
    while pid > 1:
        if Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip() == "java":
            return pid
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
        pid = int(stat.rpartition(")")[2].split()[1])
    raise RuntimeError("not on a Spark worker")
