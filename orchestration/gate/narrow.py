"""Which rows of a large table Great Expectations has to see: those that may break an expectation.

Frames of a whole table cost what the table costs, at every run. For the types of expectations
that the suites use, DuckDB says in one pass which rows hold; the frame is the others, and some that
hold, so that what is judged is never empty. Great Expectations still judges, by its own rules: the
SQL may keep a row too many, never one too few. Where it cannot be sure, the whole table is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from orchestration.gate.source import literal, quoted
from orchestration.gate.suites import Expected, Suite

_INTEGERS = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UINTEGER"})
#: What Python and RE2 may read differently: classes by a letter (Python's know all of Unicode,
#: RE2's ASCII alone), flags, look-around, an end within the pattern.
_NOT_THE_SAME = re.compile(r"\\[A-Za-z0-9]|\(\?|\$.|\[\[:")


def rows_that_may_fail(suite: Suite, kinds: Mapping[str, str]) -> str | None:
    """SQL that is true of every row that an expectation of the suite may fail at.

    Args:
        suite: expectations over one table.
        kinds: types of the table's columns, by name.

    Returns:
        None where an expectation cannot be said in SQL without doubt.
    """
    doubtful = []
    for expected in suite.expectations:
        known = _HOLDS.get(expected.type)
        holds = known(expected, kinds, suite.table or "") if known is not None else None
        if holds is None:
            return None
        doubtful.append(f"not coalesce({holds}, false)")
    return " or ".join(doubtful) or None


def _column(expected: Expected, kinds: Mapping[str, str], words: set[str]) -> tuple[str, str]:
    """The quoted column and its type; no type where the expectation says more than it should."""
    name = str(expected.kwargs.get("column", ""))
    known = kinds.get(name, "") if set(expected.kwargs) <= {"column", *words} else ""
    return quoted(name), "" if known in {"FLOAT", "DOUBLE"} else known


def _not_null(expected: Expected, kinds: Mapping[str, str], _table: str) -> str | None:
    name, kind = _column(expected, kinds, set())
    return f"{name} is not null" if kind else None


def _unique(expected: Expected, kinds: Mapping[str, str], table: str) -> str | None:
    name, kind = _column(expected, kinds, set())
    if not kind:
        return None
    twice = f"select {name} from {table} where {name} is not null group by 1 having count(*) > 1"  # noqa: S608
    return f"{name} is null or {name} not in ({twice})"


def _in_set(expected: Expected, kinds: Mapping[str, str], _table: str) -> str | None:
    name, kind = _column(expected, kinds, {"value_set"})
    values = expected.kwargs.get("value_set")
    if not values or kind != "VARCHAR" or not all(isinstance(v, str) for v in values):
        return None
    return f"{name} is null or {name} in ({', '.join(map(literal, values))})"


def _between(expected: Expected, kinds: Mapping[str, str], _table: str) -> str | None:
    name, kind = _column(expected, kinds, {"min_value", "max_value"})
    bounds = {k: expected.kwargs[k] for k in ("min_value", "max_value") if k in expected.kwargs}
    if not (kind in _INTEGERS or kind.startswith("DECIMAL")) or not all(
        type(bound) in {int, float} for bound in bounds.values()
    ):
        return None
    sides = [f"{name} {'>=' if k == 'min_value' else '<='} {bound}" for k, bound in bounds.items()]
    return f"{name} is null or ({' and '.join(sides)})"


def _matches(expected: Expected, kinds: Mapping[str, str], _table: str) -> str | None:
    name, kind = _column(expected, kinds, {"regex"})
    pattern = expected.kwargs.get("regex")
    if kind != "VARCHAR" or not isinstance(pattern, str) or _NOT_THE_SAME.search(pattern):
        return None
    return f"{name} is null or regexp_matches({name}, {literal(pattern)})"


_HOLDS: Mapping[str, Callable[[Expected, Mapping[str, str], str], str | None]] = {
    "expect_column_values_to_not_be_null": _not_null,
    "expect_column_values_to_be_unique": _unique,
    "expect_column_values_to_be_in_set": _in_set,
    "expect_column_values_to_be_between": _between,
    "expect_column_values_to_match_regex": _matches,
}


def columns_of(description: list[tuple[Any, ...]]) -> dict[str, str]:
    """Types of columns by name, from DuckDB's ``describe``."""
    return {str(row[0]): str(row[1]) for row in description}
