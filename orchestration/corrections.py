"""Corrections: what a person puts on record about one place of one document.

A row of ``corrections.csv`` (in the raw folder or the home folder) with the columns

``file_sha256`` (or the first 16 digits, the report_id), ``place``, ``as_printed``, ``action``,
``value``, ``reason``, ``who``, ``when``

- ``place``: ``document``, or any of ``page 3``/``第3页``, ``table 2``/``表2``, ``row 5``/``行5``,
  ``column 4``/``列4``, ``field weight`` (a column of the record), separated by blanks or commas.
- ``action``: ``set`` (the figure's value becomes ``value``), ``withhold`` (the figure
  becomes NULL; with place ``document`` the whole document), ``accept`` (the document, or the doubt
  at that place, is accepted as read).

A correction that matches nothing fails the run: what it was made for has changed.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from orchestration.discovery import read_table
from orchestration.messages import JixiaoError
from orchestration.records import Extraction, FigureRecord, IndicatorRecord, IssueRecord, Source

COLUMNS = ("file_sha256", "place", "as_printed", "action", "value", "reason", "who", "when")
ACTIONS = ("set", "withhold", "accept")
_PLACE_WORDS = {
    "source_page": re.compile(r"page\s*(\d+)|第?(\d+)\s*页|页\s*(\d+)", re.IGNORECASE),
    "source_table": re.compile(r"table\s*(\d+)|表格?\s*(\d+)", re.IGNORECASE),
    "source_row": re.compile(r"row\s*(\d+)|行\s*(\d+)", re.IGNORECASE),
    "source_col": re.compile(r"col(?:umn)?\s*(\d+)|列\s*(\d+)", re.IGNORECASE),
}
_FIELD = re.compile(r"(?:field|字段)\s*[:=]?\s*([a-z0-9_]+)", re.IGNORECASE)
_SETTABLE = ("weight", "score", "target_value", "actual_value", "level1_weight")

Record = TypeVar("Record", FigureRecord, IndicatorRecord)


@dataclass(frozen=True, slots=True)
class Correction:
    """One row of a corrections file; ``place`` parsed into the columns of ``Source``."""

    file_sha256: str
    place: str
    as_printed: str
    action: str
    value: str
    reason: str
    who: str
    when: str

    @property
    def correction_id(self) -> str:
        """Stands in the provenance of what was corrected."""
        text = "\0".join(dataclasses.astuple(self))
        return "c" + hashlib.sha256(text.encode()).hexdigest()[:10]

    @property
    def whole_document(self) -> bool:
        """Whether the correction is about the document, not a place in it."""
        return (
            self.place.strip().lower() in {"", "document", "全文", "文件"} and not self.as_printed
        )

    @property
    def field_name(self) -> str | None:
        """The record column named in ``place``."""
        match = _FIELD.search(self.place)
        return match[1].lower() if match else None

    def coordinates(self) -> dict[str, int]:
        """The numbers named in ``place``, by column of ``Source``."""
        found = {}
        for column, pattern in _PLACE_WORDS.items():
            match = pattern.search(self.place)
            if match:
                found[column] = int(next(group for group in match.groups() if group))
        return found

    def fits(self, record: Source) -> bool:
        """Whether a record stands at this place and prints what the correction says."""
        if any(getattr(record, column) != n for column, n in self.coordinates().items()):
            return False
        if not self.as_printed:
            return True
        where = record.source_text or ""
        if isinstance(record, FigureRecord) and record.cell_text is not None:
            where = record.cell_text
        # As a whole: 0.50 is not printed where 110.50 is.
        printed = rf"(?<![\d.,]){re.escape(_compact(self.as_printed))}(?![\d])"
        return re.search(printed, _compact(where)) is not None

    def is_for(self, sha256: str) -> bool:
        """Whether the correction is about the file with this hash."""
        return sha256.startswith(self.file_sha256)


def read_corrections(paths: Iterable[Path]) -> tuple[Correction, ...]:
    """All corrections of several files; files that are not there are left out.

    Raises:
        JixiaoError: a row cannot be understood.
    """
    found: list[Correction] = []
    for path in paths:
        if path.is_file():
            table = read_table(path)
            missing = [c for c in COLUMNS if table.columns and c not in table.columns]
            if missing:
                raise JixiaoError(
                    f"{path}: 缺少列 {', '.join(missing)}",
                    f"{path}: columns are missing: {', '.join(missing)}",
                )
            found.extend(_correction(row, f"{path}:{number}") for number, row in table.rows)
    return tuple(found)


def _correction(row: dict[str, str], place: str) -> Correction:
    made = Correction(**{column: row[column] for column in COLUMNS})
    problems = []
    if not re.fullmatch(r"[0-9a-f]{16,64}", made.file_sha256):
        problems.append(
            ("file_sha256 应为 16 至 64 位十六进制", "file_sha256: 16 to 64 hex digits")
        )
    if made.action not in ACTIONS:
        problems.append(
            (f"action 应为 {'/'.join(ACTIONS)}", f"action: one of {', '.join(ACTIONS)}")
        )
    if made.action == "set" and _number(made.value) is None:
        problems.append(("value 应为数字", "value: a number"))
    if not made.reason or not made.who:
        problems.append(("须写明 reason 与 who", "reason and who must be given"))
    if problems:
        raise JixiaoError(
            f"{place}: " + "；".join(zh for zh, _ in problems),
            f"{place}: " + "; ".join(en for _, en in problems),
        )
    return made


def corrections_digest(corrections: Sequence[Correction]) -> str:
    """Equal for equal corrections of one document; empty where there are none."""
    return "+".join(sorted(c.correction_id for c in corrections))


@dataclass(slots=True)
class Corrected:
    """An extraction with its corrections applied, and what they said of the whole document."""

    extraction: Extraction
    accepted: Correction | None = None
    withheld: Correction | None = None
    unmatched: tuple[Correction, ...] = ()


def apply_corrections(extraction: Extraction, corrections: Sequence[Correction]) -> Corrected:
    """Apply the corrections of one document to what was read from it; changes no argument."""
    result = Corrected(dataclasses.replace(extraction))
    unmatched: list[Correction] = []
    for correction in corrections:
        if correction.whole_document:
            if correction.action == "accept":
                result.accepted = correction
            elif correction.action == "withhold":
                result.withheld = correction
            else:
                unmatched.append(correction)
        elif not _apply(result.extraction, correction):
            unmatched.append(correction)
    result.unmatched = tuple(unmatched)
    return result


def _apply(extraction: Extraction, correction: Correction) -> int:
    """Apply one correction in place; the number of records it met."""
    if correction.action == "accept":
        return _accept(extraction, correction)
    value = _number(correction.value) if correction.action == "set" else None
    figures = [f for f in extraction.figures if _is_meant(f, correction)]
    indicators = [] if figures else [i for i in extraction.indicators if _is_meant(i, correction)]
    extraction.figures = [
        dataclasses.replace(f, value=value, correction_id=correction.correction_id)
        if f in figures
        else f
        for f in extraction.figures
    ]
    extraction.indicators = [
        _changed(i, correction, value) if i in indicators else i for i in extraction.indicators
    ]
    met = len(figures) + len(indicators)
    if met:
        _silence(extraction, correction)
    return met


def _accept(extraction: Extraction, correction: Correction) -> int:
    met = [issue for issue in extraction.issues if correction.fits(issue)]
    extraction.issues = [
        _accepted(issue, correction) if issue in met else issue for issue in extraction.issues
    ]
    return len(met)


def _silence(extraction: Extraction, correction: Correction) -> None:
    """A doubt at the very place that a person corrected is settled."""
    if correction.coordinates():
        _accept(extraction, correction)


def _accepted(issue: IssueRecord, correction: Correction) -> IssueRecord:
    return dataclasses.replace(
        issue,
        severity="accepted",
        message=f"{issue.message}（已由 {correction.who} 确认：{correction.reason}）",
    )


def _is_meant(record: Record, correction: Correction) -> bool:
    if not correction.fits(record):
        return False
    if isinstance(record, FigureRecord):
        return correction.field_name in (None, record.measure)
    return correction.field_name in _SETTABLE


def _changed(
    record: IndicatorRecord, correction: Correction, value: Decimal | None
) -> IndicatorRecord:
    changes = {str(correction.field_name): value, "correction_id": correction.correction_id}
    return dataclasses.replace(record, **changes)  # type: ignore[arg-type]


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(unicodedata.normalize("NFKC", text).replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _compact(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
