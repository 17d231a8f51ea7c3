"""Corrections: what a person puts on record about one place of one document.

A row of ``corrections.csv`` (in the raw folder or the home folder) with the columns

``file_sha256`` (or the first 16 digits, the report_id), ``place``, ``as_printed``, ``action``,
``value``, ``reason``, ``who``, ``when``

- ``place``: ``document``, or any of ``page 3``/``第3页``, ``table 2``/``表2``/``第2表``,
  ``row 5``/``行5``/``第5行``, ``column 4``/``列4``/``第4列``, ``field weight`` (a column of the
  record). A place with any other word is refused: less of it would mean more figures.
- ``action``: ``set`` (the figure's value becomes ``value``; needs ``as_printed``, or row and column
  or field), ``withhold`` (the figure becomes NULL; with place ``document`` the whole document, and
  no acceptance brings that back), ``accept`` (the document, or the doubt at that place, is accepted
  as read).

A correction that matches nothing fails the run: what it was made for has changed.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from orchestration.ingestion.discovery import read_table
from orchestration.messages import JixiaoError
from orchestration.records import Extraction, FigureRecord, IndicatorRecord, IssueRecord, Source

COLUMNS = ("file_sha256", "place", "as_printed", "action", "value", "reason", "who", "when")
ACTIONS = ("set", "withhold", "accept")
#: One word of a place; a number belongs to the word before it, else to the one after it.
_PLACE_WORD = re.compile(
    r"(?P<before>page|table|row|column|col|页|表格|表|行|列)\s*(?P<number>\d+)"
    r"|第?\s*(?P<ordinal>\d+)\s*(?:张|个)?\s*(?P<after>页|表格|表|行|列)"
    r"|(?:field|字段)\s*[:=：]?\s*(?P<field>[a-z0-9_]+)",
    re.IGNORECASE,
)
_COLUMN_OF_WORD = {
    "page": "source_page", "页": "source_page",
    "table": "source_table", "表": "source_table", "表格": "source_table",
    "row": "source_row", "行": "source_row",
    "column": "source_col", "col": "source_col", "列": "source_col",
}  # fmt: skip
_BETWEEN = re.compile(r"[\s,，、;；.。的]*")
_WHOLE = frozenset({"", "document", "全文", "文件"})
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
        return self.place.strip().lower() in _WHOLE and not self.as_printed

    @property
    def field_name(self) -> str | None:
        """The record column named in ``place``."""
        return _parsed(self.place)[1]

    def coordinates(self) -> dict[str, int]:
        """The numbers named in ``place``, by column of ``Source``."""
        return dict(_parsed(self.place)[0])

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


@functools.lru_cache(maxsize=1024)
def _parsed(place: str) -> tuple[tuple[tuple[str, int], ...], str | None, str]:
    """Coordinates, field, and what could not be understood of a place."""
    text = unicodedata.normalize("NFKC", place).strip()
    found: dict[str, int] = {}
    name: str | None = None
    if text.lower() in _WHOLE:
        return (), None, ""
    at = 0
    while at < len(text):
        word = _PLACE_WORD.match(text, at)
        if word is None:
            return tuple(found.items()), name, text[at:]
        if word["field"]:
            again, name = name is not None, word["field"].lower()
        else:
            column = _COLUMN_OF_WORD[(word["before"] or word["after"]).lower()]
            again = column in found
            found[column] = int(word["number"] or word["ordinal"])
        if again:
            return tuple(found.items()), name, text[at:]
        between = _BETWEEN.match(text, word.end())
        at = between.end() if between else word.end()
    return tuple(found.items()), name, ""


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
    problems.extend(_place_problems(made))
    if problems:
        raise JixiaoError(
            f"{place}: " + "；".join(zh for zh, _ in problems),
            f"{place}: " + "; ".join(en for _, en in problems),
        )
    return made


def _place_problems(made: Correction) -> list[tuple[str, str]]:
    """What is wrong with a place, in both languages: it must not mean more than was meant."""
    coordinates, name, unknown = _parsed(made.place)
    if unknown:
        zh = f"place 中的“{unknown}”无法理解；可写 第3页 表2 行5 列4 字段 score, 或 document"
        en = f"place: '{unknown}' is not understood; say page 3 table 2 row 5 column 4, or document"
        return [(zh, en)]
    columns = dict(coordinates)
    exact = "source_row" in columns and ("source_col" in columns or name is not None)
    if made.action == "set" and not made.as_printed and not exact:
        zh = "set 须写明 as_printed, 或行与列（或字段）, 否则会改动多个数字"
        return [(zh, "set: say as_printed, or row and column (or field); else many figures change")]
    return []


def corrections_digest(corrections: Sequence[Correction]) -> str:
    """Equal for equal corrections of one document; empty where there are none."""
    return "+".join(sorted(c.correction_id for c in corrections))


@dataclass(slots=True)
class Corrected:
    """An extraction with its corrections applied, and what they said of the whole document.

    ``unmatched``: corrections that met nothing; ``contradicting``: those that say otherwise of a
    figure than a row before them.
    """

    extraction: Extraction
    accepted: Correction | None = None
    withheld: Correction | None = None
    unmatched: tuple[Correction, ...] = ()
    contradicting: tuple[Correction, ...] = ()


def apply_corrections(extraction: Extraction, corrections: Sequence[Correction]) -> Corrected:
    """Apply the corrections of one document to what was read from it; changes no argument."""
    result = Corrected(dataclasses.replace(extraction))
    settled: dict[_Figure, Correction] = {}
    for correction in corrections:
        if correction.whole_document and correction.action != "set":
            if correction.action == "accept":
                result.accepted = correction
            else:
                result.withheld = correction
        elif correction.action == "accept":
            if not _accept(result.extraction, correction):
                result.unmatched += (correction,)
        else:
            met = set() if correction.whole_document else _change(result.extraction, correction)
            if not met:
                result.unmatched += (correction,)
            before = [settled.setdefault(figure, correction) for figure in met]
            if any((c.action, c.value) != (correction.action, correction.value) for c in before):
                result.contradicting += (correction,)
    return result


#: A figure by its number, or an indicator line by table, number and field.
_Figure = tuple[int, int, str | None]


def _change(extraction: Extraction, correction: Correction) -> set[_Figure]:
    """Set or withhold what a correction means, in place; which figures these were."""
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
    if figures or indicators:
        _silence(extraction, correction)
    return {(0, f.figure_seq, None) for f in figures} | {
        (i.indicator_table, i.indicator_seq, correction.field_name) for i in indicators
    }


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


def without_effect(entries: Iterable[tuple[Correction, str, str]]) -> JixiaoError:
    """The error that names corrections, each with why it cannot be applied (Chinese, English)."""
    listed = list(entries)
    zh = "；".join(f"{c.file_sha256[:16]} {c.place} “{c.as_printed}”{why}" for c, why, _ in listed)
    en = "; ".join(f"{c.file_sha256[:16]} {c.place} '{c.as_printed}' {why}" for c, _, why in listed)
    return JixiaoError(
        f"更正记录与报告内容对不上，未发布任何内容: {zh}。请核对或删除这些行",
        f"corrections match nothing, nothing was published: {en}. Check or remove these rows",
    )
