"""One interface for random and property-based choice, so that failing specifications shrink."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Chooser(Protocol):
    """Source of choices; the first option and the smallest number are the simplest."""

    def pick(self, options: Sequence[T]) -> T: ...

    def integer(self, low: int, high: int) -> int: ...

    def chance(self, percent: int) -> bool: ...


class RandomChooser:
    """Choices of a seeded generator (for measures)."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def pick(self, options: Sequence[T]) -> T:
        return self._random.choice(list(options))

    def integer(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def chance(self, percent: int) -> bool:
        return self._random.randrange(100) < percent


class DrawChooser:
    """Choices drawn by Hypothesis (for tests: failures shrink)."""

    def __init__(self, data: Any) -> None:
        self._data = data

    def pick(self, options: Sequence[T]) -> T:
        chosen: T = self._data.draw(st.sampled_from(list(options)))
        return chosen

    def integer(self, low: int, high: int) -> int:
        return int(self._data.draw(st.integers(low, high)))

    def chance(self, percent: int) -> bool:
        return bool(self._data.draw(st.integers(0, 99)) >= 100 - percent)
