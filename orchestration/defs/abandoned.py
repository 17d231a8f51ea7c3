"""Runs whose process is gone: after a power cut, or ``kill -9`` of daemon, code server or command.

Dagster's monitoring notices a worker that dies under a living code server, and nothing else. A run
that stays "started" for ever would take the one place that there is for runs, and everything after
it would wait in the queue.
"""

from __future__ import annotations

import os
from pathlib import Path

import dagster as dg

from orchestration.defs.retries import COMMAND, STARTED_BY
from orchestration.lock import BusyError, writer_lock
from orchestration.settings import Home

#: A process that began later than a run's own by more than this has taken over its number.
_SLACK_SECONDS = 60.0
_IN_PROGRESS = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]


def abandoned_runs(instance: dg.DagsterInstance, home: Home) -> list[dg.DagsterRun]:
    """The runs that count as being worked on while no process works on them.

    Asked on the machine (in the container) where runs are worked on.
    """
    return [
        run
        for run in instance.get_runs(dg.RunsFilter(statuses=_IN_PROGRESS))
        if (_is_idle(home) if run.tags.get(STARTED_BY) == COMMAND else _is_lost(instance, run))
    ]


def _is_idle(home: Home) -> bool:
    """Whether nobody writes in the home folder: a command holds its lock from before its run."""
    try:
        with writer_lock(home.lock, 0, "a look for lost runs"):
            return True
    except BusyError:
        return False


def _is_lost(instance: dg.DagsterInstance, run: dg.DagsterRun) -> bool:
    """Whether the process that said it began this run is gone; False where none said so."""
    said = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ENGINE_EVENT)
    for entry in reversed(said):
        event = entry.dagster_event
        value = event.engine_event_data.metadata.get("pid") if event is not None else None
        if value is not None and event is not None and event.step_key is None:
            began = began_at(int(str(value.value)))
            return began is None or began > entry.timestamp + _SLACK_SECONDS
    return False


def began_at(pid: int) -> float | None:
    """When a process began, in seconds since 1970; None where there is no such process.

    0 where the system does not say when.
    """
    if not Path("/proc/self/stat").exists():
        try:
            os.kill(pid, 0)
        except OSError:
            return None
        return 0.0
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        boot = next(
            int(line.split()[1])
            for line in Path("/proc/stat").read_text(encoding="utf-8").splitlines()
            if line.startswith("btime ")
        )
    except (OSError, StopIteration):
        return None
    if fields[0] in "ZX":  # dead, and nobody has asked for its exit status yet
        return None
    return boot + int(fields[19]) / os.sysconf("SC_CLK_TCK")
