"""Typeset reports, read and audited: every planted inconsistency is found, nothing else an error.

A small panel in one build; the large one is ``python -m benchmarks.measure_findings``.
"""

from __future__ import annotations

import pytest

from tests.support.audit_typeset import Result, audited, planted_reports
from tests.typeset.makers.fonts import available

pytestmark = pytest.mark.skipif(
    not available(), reason="the Debian fonts uming and wqy-microhei are needed"
)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return audited(list(planted_reports(1, 4)), tmp_path_factory.mktemp("typeset"))


def test_every_planted_inconsistency_is_found(result: Result) -> None:
    assert not result.missed
    assert sum(score.planted for score in result.scores.values()) >= 16
    assert result.held_back <= 2


def test_nothing_else_is_called_an_error(result: Result) -> None:
    assert not result.wrong()
    assert result.clean >= 3
