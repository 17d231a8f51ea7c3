"""Tables for people: Markdown for Dagster's UI and reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from orchestration.ingestion.personal import scrub

_CELL = 300


def markdown_table(rows: Sequence[Mapping[str, object]]) -> str:
    """Rows as a Markdown table; every row has the columns of the first."""
    if not rows:
        return "–"
    names = list(rows[0])
    lines = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    lines += [f"| {' | '.join(_cell(row.get(name)) for name in names)} |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    """One cell on one line; no bar or tag can break the table, no personal data shows."""
    if value is None:
        return ""
    text = " ".join(scrub(str(value)).split()).replace("|", "\\|").replace("<", "&lt;")
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"
