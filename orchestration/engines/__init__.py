"""Engines: where documents are read. What they read and what becomes of it is not theirs.

An engine applies a function to every task somewhere (worker processes here, an existing cluster
there) and hands back each task with its result or its failure. Planning, batches and records are
``ingest.py``'s, the same for every engine; so are the records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from orchestration.ingestion.outcome import Outcome, Reading
from orchestration.ingestion.pool import Failure
from orchestration.messages import JixiaoError
from orchestration.settings import Settings

__all__ = ["Engine", "Finished", "engine_of"]

Finished = Iterator[tuple[Reading, Outcome | Failure]]


class Engine(Protocol):
    """Somewhere to read documents."""

    def run(self, function: Callable[[Reading], Outcome], readings: Sequence[Reading]) -> Finished:
        """Apply a module-level function to every reading; each comes back once, in any order.

        Raises:
            JixiaoError: the engine itself cannot be used; no document is to blame.
        """
        ...


def engine_of(settings: Settings) -> Engine:
    """The engine that the settings name.

    Raises:
        JixiaoError: it needs a setting that is not there.
    """
    if settings.engine == "spark":
        from orchestration.engines.spark import SparkEngine

        if not settings.spark_master:
            raise JixiaoError(
                "--engine spark 需要用 --master 指明 Spark 集群地址，如 spark://主机:7077",
                "--engine spark needs the address of the cluster: --master spark://host:7077",
            )
        return SparkEngine(
            settings.spark_master, settings.document_seconds, settings.document_memory
        )
    from orchestration.engines.local import LocalEngine

    return LocalEngine(settings.workers, settings.document_seconds, settings.document_memory)
