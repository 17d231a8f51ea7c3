"""Worker processes on this machine (``pool.py``): nothing to start, nothing to install."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from orchestration.engines import Finished
from orchestration.ingestion.outcome import Outcome, Reading
from orchestration.ingestion.pool import run_limited
from orchestration.reading.ranges import use_processes


@dataclass(frozen=True, slots=True)
class _Spread:
    """A function of a worker process that may read a long file in several processes."""

    function: Callable[[Reading], Outcome]
    processes: int

    def __call__(self, reading: Reading) -> Outcome:
        """Read one document."""
        use_processes(self.processes)
        return self.function(reading)


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """``workers`` processes; limits a document: processor seconds, bytes of address space."""

    workers: int
    document_seconds: float
    document_memory: int

    def run(self, function: Callable[[Reading], Outcome], readings: Sequence[Reading]) -> Finished:
        """See ``Engine.run``.

        The largest files begin first, so that none of them is left over for one worker at the end;
        workers that no document is there for read pages of the others' long files.
        """
        spare = self.workers // max(len(readings), 1)
        return run_limited(
            _Spread(function, spare) if spare > 1 else function,
            sorted(readings, key=lambda reading: -reading.byte_size),
            workers=self.workers,
            seconds=self.document_seconds,
            memory=self.document_memory,
        )
