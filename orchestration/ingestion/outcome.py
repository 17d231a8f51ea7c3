"""One document, from file to records: runs in a worker process.

Here it is decided whether a document that was read goes on or is quarantined, and what a person is
told about it: reason codes for machines, sentences in Chinese and English for people.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import time
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from orchestration.ingestion.corrections import Corrected, Correction, apply_corrections
from orchestration.ingestion.discovery import ManifestRow
from orchestration.ingestion.personal import scrub, scrub_record
from orchestration.messages import both
from orchestration.records import Extraction, FileRecord, IssueRecord, Source

if TYPE_CHECKING:
    from orchestration.reading import Document

#: Reason code of a file that went away or changed while it was read: the next run looks again.
VANISHED = "vanished"
#: At most so many doubts are spelt out in the reasons; all of them are issue records.
_SHOWN_ISSUES = 5
_ISSUE_EN = {
    "unread_figure": "a figure could not be read",
    "unknown_word": "a wording is not in the vocabulary",
    "unclaimed_figure": "a figure belongs to no known form",
    "unclaimed_table": "a table belongs to no known form",
    "disagreement": "the two readings disagree",
    "arithmetic": "what was read does not add up",
    "low_confidence": "too little of the document was understood",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """The task: one file, what is said of it, and what is on record about it."""

    path: Path
    relative: str
    sha256: str
    byte_size: int
    manifest: ManifestRow
    corrections: tuple[Correction, ...]
    parser_version: str
    inputs_digest: str
    first_seen_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """The ledger row of a file and the records of its document, if it has any."""

    file: FileRecord
    extraction: Extraction | None
    seconds: float
    unmatched: tuple[Correction, ...] = ()
    contradicting: tuple[Correction, ...] = ()

    @property
    def fiscal_year(self) -> int:
        """The year whose folder of the store the records go to; 0 where it is not known."""
        year = self.extraction.document.fiscal_year if self.extraction is not None else None
        return year or self.file.fiscal_year_hint or 0


@dataclass(frozen=True, slots=True)
class _Reason:
    code: str
    zh: str
    en: str


#: Said beside the other reasons, so that a person looks at the picture and not for a text.
_SCANNED = _Reason(
    "scan",
    "这是扫描件，没有文字层，内容由文字识别得出；有文字层的原件更可靠",
    "a scan without a text layer, read by character recognition; an original with text is better",
)


def process(reading: Reading) -> Outcome:
    """Read and extract one document; whatever is wrong with it is its outcome, never an error."""
    # Readers are imported where they are needed: in the worker, not in the command.
    from orchestration.reading import UnreadableError, load, read_bytes

    started = time.monotonic()
    try:
        data = load(reading.path)
        # Before it is read: half a file must not be called corrupt under the whole one's hash.
        if hashlib.sha256(data).hexdigest() != reading.sha256:
            return _changed(reading)
        document = read_bytes(data, reading.path.name)
        del data
    except UnreadableError as error:
        outcome = unread(
            reading,
            error.reason.value,
            error.message_zh,
            error.message_en,
            seconds=time.monotonic() - started,
        )
        if error.reason.value == VANISHED:
            return outcome
        meant = tuple(c for c in reading.corrections if c.action != "withhold")
        return dataclasses.replace(outcome, unmatched=meant)
    extraction = _extract(document, reading)
    corrected = apply_corrections(extraction, reading.corrections)
    corrected.extraction = without_nameless(corrected.extraction)
    reasons = _reasons(corrected)
    if document.is_scanned and reasons and corrected.accepted is None:
        reasons.append(_SCANNED)
    if corrected.accepted is not None and corrected.withheld is None:
        accepted = corrected.accepted
        reasons = [
            _Reason(
                "accepted",
                f"由 {accepted.who} 按读取结果确认发布：{accepted.reason}",
                f"accepted as read by {accepted.who}: {accepted.reason}",
            )
        ]
        quarantined = False
    else:
        quarantined = bool(reasons)
    record = _file_record(
        reading,
        "quarantined" if quarantined else "read",
        reasons,
        file_format=str(document.file_format.value),
        is_scanned=document.is_scanned,
        page_count=document.page_count,
    )
    return Outcome(
        record,
        without_personal_data(corrected.extraction),
        time.monotonic() - started,
        unmatched=corrected.unmatched,
        contradicting=corrected.contradicting,
    )


def _changed(reading: Reading) -> Outcome:
    name = reading.relative
    return unread(
        reading,
        VANISHED,
        f"文件“{name}”在读取过程中发生变化。请待文件完整就位后重新运行",
        f"'{name}' changed while it was read; run again once it is complete",
    )


def without_nameless(extraction: Extraction) -> Extraction:
    """Project figures whose project is not known are put aside, and each place is said.

    A figure of "some project" would be added to another one's by the first query that groups by
    name. Indicator lines without a project stay (they add up within their table) and are said too.
    """
    nameless = [f for f in extraction.figures if f.scope == "project" and not f.project_name]
    lines = [i for i in extraction.indicators if i.scope == "project" and not i.project_name]
    first_lines = {line.indicator_table: line for line in reversed(lines)}
    if not nameless and not first_lines:
        return extraction
    number = max((issue.issue_seq for issue in extraction.issues), default=0)
    doubts = [
        *((figure, "项目名称未识别，该数字未发布") for figure in nameless),
        *((line, "指标表所属项目名称未识别") for line in first_lines.values()),
    ]
    issues = [
        IssueRecord(
            report_id=extraction.document.report_id,
            issue_seq=number + place,
            kind="unclaimed_figure",
            severity="warning",
            message=f"第{record.source_page or '?'}页：{words}",
            **{name: getattr(record, name) for name in _PLACE},
        )
        for place, (record, words) in enumerate(doubts, start=1)
    ]
    return dataclasses.replace(
        extraction,
        figures=[f for f in extraction.figures if f not in nameless],
        issues=[*extraction.issues, *issues],
    )


_PLACE = tuple(field.name for field in dataclasses.fields(Source))


def without_personal_data(extraction: Extraction) -> Extraction:
    """The same records with every text scrubbed: nothing else ever leaves the worker."""
    changed = False
    clean = dataclasses.replace(extraction)
    for field in dataclasses.fields(Extraction):
        records = getattr(extraction, field.name)
        if isinstance(records, list):
            scrubbed = [scrub_record(record) for record in records]
            changed = changed or any(a is not b for a, b in zip(records, scrubbed, strict=True))
            setattr(clean, field.name, scrubbed)
    document = scrub_record(extraction.document)
    has_contact = document.has_contact or changed or document is not extraction.document
    clean.document = dataclasses.replace(document, has_contact=has_contact)
    return clean


def unread(reading: Reading, code: str, zh: str, en: str, seconds: float = 0.0) -> Outcome:
    """The outcome of a file that did not become a document."""
    return Outcome(_file_record(reading, "quarantined", [_Reason(code, zh, en)]), None, seconds)


def _extract(document: Document, reading: Reading) -> Extraction:
    from orchestration.extraction import Hints, extract

    manifest = reading.manifest
    hints = Hints(
        region_code=manifest.region_code,
        unit_name=manifest.unit,
        fiscal_year=manifest.fiscal_year,
    )
    return extract(document, hints)


def _reasons(corrected: Corrected) -> list[_Reason]:
    """Why the document cannot be published as read; empty where it can."""
    extraction = corrected.extraction
    reasons: list[_Reason] = []
    if corrected.withheld is not None:
        by = corrected.withheld
        reasons.append(
            _Reason(
                "withheld", f"由 {by.who} 撤下：{by.reason}", f"withheld by {by.who}: {by.reason}"
            )
        )
    if any(issue.kind == "not_a_report" for issue in extraction.issues):
        pass  # extraction says so itself, below
    elif not (extraction.figures or extraction.indicators or extraction.goals):
        reasons.append(
            _Reason(
                "unrelated",
                "未识别出任何预算绩效内容，可能不是绩效报告；如确是，请联系维护人员增加表式",
                "no budget-performance content was recognised: perhaps not such a report; if it "
                "is one, its form has to be taught",
            )
        )
    else:
        reasons.extend(_identity_reasons(extraction))
    reasons.extend(_issue_reasons(extraction.issues))
    return reasons


def _identity_reasons(extraction: Extraction) -> list[_Reason]:
    found = []
    if not extraction.document.unit_name:
        found.append(
            _Reason(
                "no_unit",
                "未能确定单位名称；请在 manifest.csv 的 unit 列写明",
                "the unit is not known; say it in manifest.csv, column 'unit'",
            )
        )
    if extraction.document.fiscal_year is None:
        found.append(
            _Reason(
                "no_fiscal_year",
                "未能确定所属年度；请在 manifest.csv 的 fiscal_year 列写明",
                "the fiscal year is not known; say it in manifest.csv, column 'fiscal_year'",
            )
        )
    return found


def _issue_reasons(issues: list[IssueRecord]) -> list[_Reason]:
    errors = [issue for issue in issues if issue.severity == "error"]
    reasons = [_issue_reason(issue) for issue in errors[:_SHOWN_ISSUES]]
    more = len(errors) - len(reasons)
    if more > 0:
        reasons.append(_Reason("more", f"另有 {more} 处疑点", f"and {more} more doubts"))
    return reasons


def _issue_reason(issue: IssueRecord) -> _Reason:
    """An issue's own words; where it brings no English, its kind and place in English."""
    zh, _, en = issue.message.partition(" | ")
    return _Reason(issue.kind, zh, en or _issue_en(issue))


def _issue_en(issue: IssueRecord) -> str:
    place = ", ".join(
        f"{word} {number}"
        for word, number in (
            ("page", issue.source_page),
            ("table", issue.source_table),
            ("row", issue.source_row),
        )
        if number is not None
    )
    text = _ISSUE_EN.get(issue.kind, issue.kind)
    return f"{text} ({place})" if place else text


def _file_record(
    reading: Reading,
    status: str,
    reasons: list[_Reason],
    *,
    file_format: str | None = None,
    is_scanned: bool = False,
    page_count: int | None = None,
) -> FileRecord:
    codes = list(dict.fromkeys(reason.code for reason in reasons))
    zh = "；".join(reason.zh for reason in reasons)
    en = "; ".join(reason.en for reason in reasons)
    return FileRecord(
        report_id=reading.sha256[:16],
        file_name=PurePosixPath(reading.relative).name,
        sha256=reading.sha256,
        status=status,
        reasons=scrub(both(zh, en)) if reasons else None,
        reason_codes=";".join(codes) or None,
        file_format=file_format,
        is_scanned=is_scanned,
        page_count=page_count,
        byte_size=reading.byte_size,
        first_seen_at=reading.first_seen_at,
        parser_version=reading.parser_version,
        source_url=reading.manifest.source_url,
        published_on=reading.manifest.published_on,
        retrieved_on=reading.manifest.retrieved_on,
        region_code_hint=reading.manifest.region_code,
        unit_name_hint=reading.manifest.unit,
        fiscal_year_hint=reading.manifest.fiscal_year,
        file_path=reading.relative,
        inputs_digest=reading.inputs_digest,
    )
