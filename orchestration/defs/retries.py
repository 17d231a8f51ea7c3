"""Retries: for what can pass by itself, and for nothing else.

A full disk, a network folder that is away and a run that was killed may pass. A held gate, a wrong
correction or a mistake in the SQL do not: trying again would say the same, later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import dagster as dg

from orchestration.messages import JixiaoError
from orchestration.settings import Settings

STARTED_BY = "jixiao/started_by"
COMMAND = "cli"
_TIMES = 2

#: Of runs that nobody watches: one whose process died is made again, from the beginning. What was
#: read is not read again. A step that failed is no reason (``templates/dagster.yaml``).
UNATTENDED = {"dagster/max_retries": str(_TIMES), "dagster/retry_strategy": "ALL_STEPS"}


@contextmanager
def may_pass(tags: Mapping[str, str], settings: Settings) -> Iterator[None]:
    """Try a step again where the file system failed it, unless a person waits for the answer.

    Raises:
        dagster.RetryRequested: it may pass; anything else is raised as it is.
    """
    try:
        yield
    except (OSError, JixiaoError) as error:
        is_passing = isinstance(error, OSError) or isinstance(error.__cause__, OSError)
        if not is_passing or tags.get(STARTED_BY) == COMMAND:
            raise
        raise dg.RetryRequested(
            max_retries=_TIMES, seconds_to_wait=settings.retry_seconds
        ) from error
