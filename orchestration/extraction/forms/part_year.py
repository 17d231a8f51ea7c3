"""Monitoring forms (绩效运行监控表): what was spent and done by mid-year is never the year's own.

The contract knows the year's execution only. Amounts, rates and values up to a month, and forecasts
of the year's end, are left alone; budgets and targets of such a form are those of the year.
"""

from __future__ import annotations

import re
from dataclasses import replace

from orchestration.extraction.forms.header_tree import Column
from orchestration.extraction.text import compact

_MONITORING = re.compile(r"监控|运行跟踪|跟踪监测")
_OF_THE_END = re.compile(r"自评|评价")
#: Columns that a monitoring form fills with the state at mid-year.
_STATE = frozenset({"executed", "execution_rate", "score", "actual", "total_score", "grade"})


def is_monitoring_title(title: str | None) -> bool:
    """Whether a title announces a form filled in during the year."""
    text = compact(title or "")
    return bool(_MONITORING.search(text)) and not _OF_THE_END.search(text)


def without_state(columns: list[Column], *, monitoring: bool) -> list[Column]:
    """The columns with those of a state at mid-year left out.

    Without a title that says so, a rate beside mid-year execution alone (``1-7月执行数 | 执行率``)
    is of that execution.
    """
    fields = {c.field for c in columns}
    partial = "part_year" in fields and "executed" not in fields
    if not (monitoring or partial):
        return columns
    dropped = _STATE if monitoring else _STATE & {"execution_rate", "score"}
    return [replace(c, field="ignore") if c.field in dropped else c for c in columns]
