"""Worker processes on this machine (``pool.py``): nothing to start, nothing to install."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from orchestration.engines import Finished
from orchestration.outcome import Outcome, Reading
from orchestration.pool import run_limited


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """``workers`` processes; limits a document: processor seconds, bytes of address space."""

    workers: int
    document_seconds: float
    document_memory: int

    def run(self, function: Callable[[Reading], Outcome], readings: Sequence[Reading]) -> Finished:
        """See ``Engine.run``."""
        return run_limited(
            function,
            readings,
            workers=self.workers,
            seconds=self.document_seconds,
            memory=self.document_memory,
        )
