"""Fixtures that several folders of tests share."""

from __future__ import annotations

import pytest

from orchestration.publishing.releases import Release
from orchestration.settings import Settings


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Release]:
    """A release of the samples with every export, made once a worker."""
    from tests.support.desk import make_release

    return make_release(tmp_path_factory.mktemp("desk"))
