"""Worker processes in which one hostile document cannot stop, starve or exhaust the others.

Each worker is a process of its own with a ceiling on its address space; the parent watches the
clocks. A worker that runs over its time, dies or runs out of memory is replaced; its document gets
a ``Failure`` and the others go on. Order of results is the order of completion.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

#: A busy machine must not turn into a verdict on a document: what counts is processor time, and
#: wall time only where a worker waits for something that never comes.
_WALL_FACTOR = 10.0
_STARTUP_SECONDS = 120.0
_LOOK_SECONDS = 1.0
_LEAN = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}


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
    used_before: float = 0.0
    ready: bool = False

    def begin(self) -> None:
        """Start the clocks of a task."""
        self.started, self.used_before = time.monotonic(), _processor_seconds(self.process.pid)

    def is_over(self, seconds: float) -> bool:
        """Whether the task has used up its time."""
        wall = time.monotonic() - self.started
        if wall > seconds * _WALL_FACTOR + (0 if self.ready else _STARTUP_SECONDS):
            return True
        return self.ready and _processor_seconds(self.process.pid) - self.used_before > seconds


def _processor_seconds(pid: int | None) -> float:
    """Processor time of a process so far, its threads included; 0 where it cannot be known."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError, ValueError):
        return 0.0


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
        seconds: processor time one task may use (ten times that on the wall clock).
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
                    worker.task = queue.popleft()
                    worker.begin()
                    worker.pipe.send(worker.task)
            yield from _finished(pool, seconds)
    finally:
        for worker in pool:
            _stop(worker)


def _busy(pool: Sequence[_Worker[Task]]) -> int:
    return sum(worker.task is not None for worker in pool)


def _finished(pool: list[_Worker[Task]], seconds: float) -> Iterator[tuple[Task, Result | Failure]]:
    ready = wait([w.pipe for w in pool], timeout=_LOOK_SECONDS)
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
                worker.ready = True
                worker.begin()
                continue
        elif worker.is_over(seconds):
            outcome = Failure("timeout", f"{seconds:g} s")
        if outcome is None:
            continue
        worker.task = None
        if isinstance(outcome, Failure) and outcome.kind != "error":
            pool.remove(worker)
            _stop(worker)
        yield task, outcome


def _start(function: Callable[[Task], Result], memory: int) -> _Worker[Task]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, function, memory), daemon=True)
    with _lean_environment():
        process.start()
    theirs.close()
    return _Worker(process, ours)


@contextmanager
def _lean_environment() -> Iterator[None]:
    """One thread a worker, and few arenas: glibc reserves address space for each, which counts."""
    before = {name: os.environ.get(name) for name in _LEAN}
    os.environ.update({name: value for name, value in _LEAN.items() if before[name] is None})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)


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
