"""Resources: the workspace that a run reads and writes, and the writer's lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
from pydantic import Field

from orchestration.lock import writer_lock
from orchestration.settings import Settings

#: Runs started by the daemon wait for each other; a person at the command line decides himself.
_DAEMON_WAITS_SECONDS = 3600.0


class Workspace(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Where reports are read from and where everything is written.

    While it is in use, this process holds the writer's lock of the home folder: for a whole run
    where all steps share a process, else step by step.
    """

    home: str = Field(default="", description="home folder; empty: JIXIAO_HOME or ./warehouse")
    raw: str = Field(default="", description="raw folder; empty: JIXIAO_RAW or ./raw")

    def settings(self) -> Settings:
        """The settings of the environment, with this resource's folders."""
        settings = Settings()
        changes: dict[str, Path] = {}
        if self.home:
            changes["home"] = Path(self.home)
        if self.raw:
            changes["raw"] = Path(self.raw)
        return settings.model_copy(update=changes)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Workspace]:
        """Hold the lock and have the folders ready while steps run."""
        settings = self.settings()
        home = settings.layout
        wait = settings.lock_seconds or _DAEMON_WAITS_SECONDS
        run_id = context.run_id or "run"
        with writer_lock(home.lock, wait, f"Dagster run {run_id[:8]}"):
            home.create()
            yield self
