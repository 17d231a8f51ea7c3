"""Which line of a report page a finding concerns.

A finding says where it was read; so does every line. Lines of several forms can come from one row
of the source (a part and its first indicator), and one sentence can hold many figures: then the
line whose own name the finding speaks of is the one. A finding that fits no line concerns the
report as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from orchestration.publishing.site.warehouse import Row

#: Section and row of a line on the page.
Line = tuple[int, int]


class _Entry(NamedTuple):
    """A line with what decides between several of one place: own before borrowed, this year."""

    derived: bool
    other_year: bool
    line: Line
    name: str | None


class Lines:
    """The lines of a report page by the places they were read from."""

    def __init__(self) -> None:
        self._at: dict[tuple[Any, ...], list[_Entry]] = defaultdict(list)

    def add(self, line: Line, row: Row, name: str | None, derived: bool = False) -> None:
        """Keep a line.

        Args:
            line: number of the section and of the row in it.
            row: the row of the mart, with its source columns.
            name: what the page calls the line, Chinese; None where only its place tells it.
            derived: the line only borrows the place of another (a part that of its first line).
        """
        place = _place(row)
        other_year = row.get("amount_year") not in (None, row.get("fiscal_year"))
        if place is not None:
            self._at[place].append(_Entry(derived, other_year, line, name))

    def find(self, finding: Row) -> Line | None:
        """The line that a finding concerns, or None."""
        place = _place(finding)
        found = sorted(self._at.get(place, []), key=lambda entry: entry[:3]) if place else []
        named = [entry for entry in found if entry.name and _speaks_of(finding, entry.name)]
        if not named and place and place[2] == "sentence":
            return None
        return next((entry.line for entry in named or found), None)


def _place(row: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """How the place of a row is known: its table and row, or its sentence."""
    about = (row.get("scope") or "department", row.get("project_name"))
    if row.get("source_table") is not None and row.get("source_row") is not None:
        return (*about, "row", row["source_table"], row["source_row"])
    if row.get("source_text"):
        return (*about, "sentence", row.get("source_page"), row["source_text"])
    return None


def _speaks_of(finding: Row, name: str) -> bool:
    """Whether a finding's subject holds the name, or its message quotes it."""
    return name in (finding.get("subject") or "") or f"“{name}”" in (finding.get("message") or "")
