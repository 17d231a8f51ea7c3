"""Saying how far long work has come, to whoever listens in this process (the command line)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Called with (stage, steps done, steps to do, name of the last one).
Listener = Callable[[str, int, int, str], None]

READING, BUILDING, JUDGING, PUBLISHING = "reading", "building", "judging", "publishing"
_listeners: list[Listener] = []


def announce(stage: str, done: int = 0, total: int = 0, name: str = "") -> None:
    """Tell every listener; a stage without known length has ``total`` 0."""
    for listener in _listeners:
        listener(stage, done, total, name)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Have a listener told while the block runs."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
