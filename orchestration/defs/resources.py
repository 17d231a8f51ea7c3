"""Resources: the workspace that a run reads and writes, and the writer's lock."""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
from pydantic import Field

from orchestration.lock import writer_lock
from orchestration.settings import SECRETS, Settings

#: Runs started by the daemon wait for each other; a person at the command line decides himself.
_DAEMON_WAITS_SECONDS = 3600.0


class Workspace(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Where reports are read from and where everything is written.

    While it is in use, this process holds the writer's lock of the home folder: for a whole run
    where all steps share a process, else step by step.
    """

    changes: dict[str, str] = Field(
        default={}, description="settings that differ from the environment's, by name"
    )

    @classmethod
    def of(cls, settings: Settings) -> "Workspace":
        """The workspace of these settings; secrets stay in the environment."""
        given = settings.model_dump(mode="json", exclude_unset=True, exclude_none=True)
        return cls(changes={k: str(v) for k, v in given.items() if k not in SECRETS})

    def settings(self) -> Settings:
        """The settings of the environment with these changes."""
        return Settings.model_validate({**Settings().model_dump(), **self.changes})

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Workspace"]:
        """Hold the lock and have the folders ready while the steps of a run use it."""
        if context.run is None:
            yield self  # a sensor only looks
            return
        settings = self.settings()
        home = settings.layout
        wait = settings.lock_seconds or _DAEMON_WAITS_SECONDS
        with writer_lock(home.lock, wait, f"Dagster run {context.run.run_id[:8]}"):
            home.create()
            yield self
