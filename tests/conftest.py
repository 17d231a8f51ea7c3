"""Fixtures that several folders of tests share, and what all workers of a run make only once."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from orchestration.publishing.releases import Release, require_current
from orchestration.settings import Settings
from tests.support import build


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "common"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session", autouse=True)
def _project_parsed_once(common: Path) -> None:
    """dbt parses the project once for all builds of a run."""
    build.PARSED = common / "parsed"


@pytest.fixture(scope="session")
def desk(common: Path) -> tuple[Settings, Release]:
    """A release of the samples with every export, made once a run; nobody changes it."""
    from tests.support.desk import make_release, settings_of

    root = common / "desk"
    with (common / "desk.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "made").exists():
            make_release(root)
            (root / "made").touch()
    settings = settings_of(root)
    return settings, require_current(settings.layout)
