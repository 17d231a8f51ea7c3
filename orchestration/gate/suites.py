"""Suites as data: ``expectations/*.yml``, written by hand, each expectation with its reason.

A suite is about one table (``records.<type>`` or ``marts.<table>``), or about none where all of it
is SQL over several tables::

    suite: fct_budget
    table: marts.fct_budget
    show: [report_id, source_page]        # columns that identify an offending row
    expectations:
      - type: expect_column_values_to_not_be_null
        column: report_id
        severity: error                   # error blocks, warning shows
        zh: 每行都要有出处
        en: every row says where it was read
    violations:
      - name: executed_over_budget
        severity: warning
        zh: …
        en: …
        sql: select report_id from marts.fct_budget where …   # expects no rows
        needs: previous                   # only where a release was published before
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from orchestration.messages import JixiaoError

SEVERITIES = ("error", "warning")
_EXPECTATION_WORDS = frozenset({"type", "severity", "zh", "en"})


@dataclass(frozen=True, slots=True)
class Expected:
    """One expectation: Great Expectations' type and arguments, severity and reason."""

    type: str
    kwargs: dict[str, Any]
    severity: str
    zh: str
    en: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it looks at."""
        named = [self.kwargs[k] for k in ("column", "column_A", "column_B") if k in self.kwargs]
        return (*named, *self.kwargs.get("column_list", ()))


@dataclass(frozen=True, slots=True)
class Violation:
    """SQL that returns offending rows; none are expected."""

    name: str
    sql: str
    severity: str
    zh: str
    en: str
    needs_previous: bool = False


@dataclass(frozen=True, slots=True)
class Suite:
    """What is expected of one table (or, with ``table`` None, of several together)."""

    name: str
    table: str | None
    show: tuple[str, ...]
    expectations: tuple[Expected, ...]
    violations: tuple[Violation, ...]

    @property
    def is_over_records(self) -> bool:
        """Whether it is checked before dbt builds anything."""
        return self.table is not None and self.table.startswith("records.")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that have to be fetched, each once."""
        needed = [c for e in self.expectations for c in e.columns]
        return tuple(dict.fromkeys([*self.show, *needed]))


def load_suites(folder: Path) -> tuple[Suite, ...]:
    """All suites of a folder, by name.

    Raises:
        JixiaoError: a file is not a suite; names file and entry.
    """
    suites = [_suite(path) for path in sorted(folder.glob("*.yml"))]
    names = [suite.name for suite in suites]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise JixiaoError(
            f"expectations 中有重名的规则集: {', '.join(twice)}",
            f"suites with the same name in expectations: {', '.join(twice)}",
        )
    return tuple(suites)


def _suite(path: Path) -> Suite:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise _not_a_suite(path, " ".join(str(error).split())) from error
    if not isinstance(content, dict) or "suite" not in content:
        raise _not_a_suite(path, "suite")
    return Suite(
        name=str(content["suite"]),
        table=content.get("table"),
        show=tuple(content.get("show") or ()),
        expectations=tuple(_expected(path, e) for e in content.get("expectations") or ()),
        violations=tuple(_violation(path, v) for v in content.get("violations") or ()),
    )


def _expected(path: Path, entry: dict[str, Any]) -> Expected:
    _demand(path, entry, ("type", "severity", "zh", "en"))
    return Expected(
        type=entry["type"],
        kwargs={k: v for k, v in entry.items() if k not in _EXPECTATION_WORDS},
        severity=entry["severity"],
        zh=entry["zh"],
        en=entry["en"],
    )


def _violation(path: Path, entry: dict[str, Any]) -> Violation:
    _demand(path, entry, ("name", "sql", "severity", "zh", "en"))
    return Violation(
        name=entry["name"],
        sql=entry["sql"],
        severity=entry["severity"],
        zh=entry["zh"],
        en=entry["en"],
        needs_previous=entry.get("needs") == "previous",
    )


def _demand(path: Path, entry: dict[str, Any], words: tuple[str, ...]) -> None:
    for word in words:
        if not entry.get(word):
            raise _not_a_suite(path, word)
    if entry["severity"] not in SEVERITIES:
        raise _not_a_suite(path, f"severity: {'|'.join(SEVERITIES)}")


def _not_a_suite(path: Path, word: str) -> JixiaoError:
    return JixiaoError(
        f"{path}: 不是有效的规则集（缺少或有误: {word}）",
        f"{path}: not a suite (missing or wrong: {word})",
    )
