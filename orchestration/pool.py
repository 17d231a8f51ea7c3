"""Worker processes in which one hostile document cannot stop, starve or exhaust the others.

Each worker is a process of its own with a ceiling on its address space; the parent watches the
clock. A worker that runs over its time, dies or runs out of memory is replaced, its document gets a
``Failure`` and the others go on. Order of results is the order of completion.
"""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_STARTUP_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task has no result: ``timeout`` | ``out_of_memory`` | ``died`` | ``error``."""

    kind: str
    detail: str


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: SpawnProcess
    pipe: Connection
    task: Task | None = None
    started: float = 0.0
    ready: bool = False


def run_limited(
    function: Callable[[Task], Result],
    tasks: Sequence[Task],
    *,
    workers: int,
    seconds: float,
    memory: int,
) -> Iterator[tuple[Task, Result | Failure]]:
    """Apply a picklable function to every task in worker processes.

    Args:
        function: a module-level function; imported by each worker.
        tasks: picklable arguments.
        workers: number of processes; never more than there are tasks.
        seconds: wall time one task may take.
        memory: bytes of address space a worker may use.

    Yields:
        Each task with its result or its failure, as they finish.
    """
    queue = deque(tasks)
    pool: list[_Worker[Task]] = []
    try:
        while queue or any(worker.task is not None for worker in pool):
            while queue and len(pool) < workers and len(pool) < len(queue) + _busy(pool):
                pool.append(_start(function, memory))
            for worker in pool:
                if worker.task is None and queue:
                    worker.task, worker.started = queue.popleft(), time.monotonic()
                    worker.pipe.send(worker.task)
            yield from _finished(pool, seconds)
    finally:
        for worker in pool:
            _stop(worker)


def _busy(pool: Sequence[_Worker[Task]]) -> int:
    return sum(worker.task is not None for worker in pool)


def _finished(pool: list[_Worker[Task]], seconds: float) -> Iterator[tuple[Task, Result | Failure]]:
    now = time.monotonic()
    deadlines = [w.started + _allowed(w, seconds) for w in pool if w.task is not None]
    ready = wait([w.pipe for w in pool], timeout=max(0.01, min(deadlines) - now))
    for worker in list(pool):
        if worker.task is None:
            continue
        task, outcome = worker.task, None
        if worker.pipe in ready:
            try:
                outcome = worker.pipe.recv()
            except (EOFError, OSError):
                worker.process.join(5)
                outcome = Failure("died", f"exit status {worker.process.exitcode}")
            if outcome is None:  # the worker says it has finished its imports
                worker.ready, worker.started = True, time.monotonic()
                continue
        elif time.monotonic() - worker.started > _allowed(worker, seconds):
            outcome = Failure("timeout", f"{seconds:g} s")
        if outcome is None:
            continue
        worker.task = None
        if isinstance(outcome, Failure) and outcome.kind != "error":
            pool.remove(worker)
            _stop(worker)
        yield task, outcome


def _allowed(worker: _Worker[Task], seconds: float) -> float:
    return seconds if worker.ready else seconds + _STARTUP_SECONDS


def _start(function: Callable[[Task], Result], memory: int) -> _Worker[Task]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, function, memory), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _stop(worker: _Worker[Task]) -> None:
    worker.pipe.close()
    if worker.task is not None or worker.process.is_alive():
        worker.process.terminate()
        worker.process.join(2)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()


def _work(pipe: Connection, function: Callable[[Task], Result], memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    pipe.send(None)
    while True:
        try:
            task = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            outcome: object = function(task)
        except MemoryError:
            outcome = Failure("out_of_memory", f"{memory >> 20} MiB")
        except Exception as error:  # noqa: BLE001 - whatever a document provokes is its outcome
            outcome = Failure("error", f"{type(error).__name__}: {error}"[:500])
        pipe.send(outcome)
