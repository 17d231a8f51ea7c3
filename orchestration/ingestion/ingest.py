"""Ingest: raw files to records, each document read once, each with an outcome.

Plain functions; Dagster's assets (``defs/``) are a few lines around :func:`ingest`. Reading
and extraction happen in worker processes here or on a cluster (``engines/``); what comes back is
written batch by batch, so that a run that dies loses at most the batch it was filling
(``batch_documents``, and no more than ``batch_seconds`` of reading).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from orchestration.engines import engine_of
from orchestration.gate.decide import rules_digest
from orchestration.ingestion.corrections import (
    Correction,
    corrections_digest,
    read_corrections,
    without_effect,
)
from orchestration.ingestion.discovery import HASHES_NAME, ManifestRow, RawFile, RawFolder, discover
from orchestration.ingestion.outcome import VANISHED, Outcome, Reading, process, unread
from orchestration.ingestion.parser_version import parser_version
from orchestration.ingestion.personal import scrub
from orchestration.ingestion.pool import Failure
from orchestration.ingestion.store import Batch, LedgerRow, RecordStore
from orchestration.ingestion.walk import CORRECTIONS_NAME
from orchestration.messages import JixiaoError, both
from orchestration.records import Extraction, FileRecord
from orchestration.settings import PROJECT_ROOT, Settings

#: Called with (documents done, documents to do, name of the last one).
Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class Ingested:
    """What one run did with the raw folder."""

    folder: RawFolder
    parser_version: str
    outcomes: list[FileRecord] = field(default_factory=list)  # of the files handled in this run
    seconds: dict[str, float] = field(default_factory=dict)  # by file path, reading + extraction
    unchanged: int = 0
    batches: list[Batch] = field(default_factory=list)
    damaged_batches: list[str] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """Files handled in this run by status."""
        return Counter(record.status for record in self.outcomes)


def current_parser_version(settings: Settings) -> str:
    """The version that this checkout reads with."""
    return parser_version(PROJECT_ROOT / "orchestration", settings.dbt_project_dir / "seeds")


def corrections_of(settings: Settings) -> tuple[Correction, ...]:
    """The corrections on record: the raw folder's and the home folder's."""
    return read_corrections([settings.raw / CORRECTIONS_NAME, settings.layout.corrections])


def ingest(
    settings: Settings,
    years: Collection[int] | None = None,
    progress: Progress | None = None,
) -> Ingested:
    """Read whatever is new in the raw folder and write its records.

    Args:
        settings: where things lie and how much a document may cost.
        years: only files of these fiscal years or of a year not known before reading; None: all.
        progress: told after each document.

    Raises:
        JixiaoError: the folder, the manifest or a correction needs a person. Documents that could
            not be read do not raise: they are outcomes.
    """
    home = settings.layout
    folder = discover(settings.raw, home.state / HASHES_NAME, home.root)
    corrections = corrections_of(settings)
    store = RecordStore(home.records)
    damaged = store.prepare()
    ledger = store.ledger()
    if not folder.files and not ledger:
        raise JixiaoError(
            f"{folder.root} 中没有任何报告文件；请放入报告, 或用 --raw 指定其他文件夹",
            f"there is no report in {folder.root}; put some there, or name another with --raw",
        )
    _refuse_unknown(corrections, folder, ledger)
    result = Ingested(folder, current_parser_version(settings), damaged_batches=damaged)
    circumstances = (_limits(settings), rules_digest(settings))
    plan = _plan(folder, corrections, ledger, result.parser_version, circumstances, years)
    result.unchanged = plan.unchanged
    _run(plan, settings, store, result, progress)
    return result


# -- deciding what to read -------------------------------------------------------------------------


@dataclass(slots=True)
class _Plan:
    readings: list[Reading]
    settled: list[Outcome]  # files whose outcome needs no reading
    unchanged: int
    first_seen: dict[str, dt.datetime]  # by sha256


def _plan(
    folder: RawFolder,
    corrections: Sequence[Correction],
    ledger: dict[tuple[str, str], LedgerRow],
    version: str,
    circumstances: tuple[str, ...],
    years: Collection[int] | None,
) -> _Plan:
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    plan = _Plan([], [], 0, {})
    primary = _primaries(ledger)
    present = {(file.sha256, file.relative) for file in folder.files}
    for (sha256, _), row in ledger.items():
        seen = row.record.first_seen_at or now
        plan.first_seen[sha256] = min(seen, plan.first_seen.get(sha256, seen))
    for file in folder.files:
        year = file.manifest.fiscal_year
        if years is not None and year is not None and year not in years:
            plan.unchanged += 1
            continue
        if file.sha256 is None:
            _settle(plan, ledger, _without_bytes(file, version, now))
            continue
        plan.first_seen.setdefault(file.sha256, now)
        owner = primary.setdefault(file.sha256, file.relative)
        if (file.sha256, owner) not in present:  # renamed, or only a copy is left
            _settle(plan, ledger, _gone(ledger[file.sha256, owner].record, file.relative))
            owner = primary[file.sha256] = file.relative
        mine = [c for c in corrections if c.is_for(file.sha256)]
        digest = _inputs_digest(file, mine)
        if owner != file.relative:
            _settle(
                plan,
                ledger,
                _duplicate(file, file.sha256, owner, version, plan.first_seen[file.sha256]),
            )
        elif _is_known(ledger.get((file.sha256, file.relative)), version, digest, circumstances):
            plan.unchanged += 1
        else:
            plan.readings.append(
                Reading(
                    path=file.path,
                    relative=file.relative,
                    sha256=file.sha256,
                    byte_size=file.byte_size,
                    manifest=file.manifest,
                    corrections=tuple(mine),
                    parser_version=version,
                    inputs_digest=digest,
                    first_seen_at=plan.first_seen[file.sha256],
                )
            )
    return plan


def _primaries(ledger: dict[tuple[str, str], LedgerRow]) -> dict[str, str]:
    """The path under which each known content counts; other paths are its duplicates."""
    return {
        sha256: path for (sha256, path), row in ledger.items() if row.record.status != "duplicate"
    }


def _is_known(
    row: LedgerRow | None, version: str, digest: str, circumstances: tuple[str, ...]
) -> bool:
    """Whether a file has an outcome that reading it again would not change.

    What vanished or grew may be whole now. ``circumstances``: limits and rules; an outcome that is
    due to one of them notes it (after ``@``) and holds as long as that is what it was.
    """
    if row is None or row.record.parser_version != version:
        return False
    if VANISHED in (row.record.reason_codes or "").split(";"):
        return False
    noted, _, circumstance = (row.record.inputs_digest or "").partition("@")
    return noted == digest and (not circumstance or circumstance in circumstances)


def _limits(settings: Settings) -> str:
    """The limits of one document, as noted with the outcome of one that went over them."""
    return f"{settings.document_seconds:g}s{settings.document_memory >> 20}M"


def _inputs_digest(file: RawFile, corrections: Sequence[Correction]) -> str:
    return _digest_of(file.manifest, corrections)


def _digest_of(said: ManifestRow, corrections: Sequence[Correction]) -> str:
    parts = (said.digest, corrections_digest(corrections))
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def _settle(plan: _Plan, ledger: dict[tuple[str, str], LedgerRow], outcome: Outcome) -> None:
    record = outcome.file
    known = ledger.get((record.sha256, record.file_path or record.file_name))
    if known is not None and (known.record.status, known.record.reasons) == (
        record.status,
        record.reasons,
    ):
        plan.unchanged += 1
    else:
        plan.settled.append(outcome)


def _duplicate(file: RawFile, sha256: str, owner: str, version: str, seen: dt.datetime) -> Outcome:
    record = FileRecord(
        report_id=sha256[:16],
        file_name=PurePosixPath(file.relative).name,
        sha256=sha256,
        status="duplicate",
        reasons=both(f"与“{owner}”内容完全相同", f"the same bytes as '{owner}'"),
        reason_codes="duplicate",
        byte_size=file.byte_size,
        first_seen_at=seen,
        parser_version=version,
        source_url=file.manifest.source_url,
        published_on=file.manifest.published_on,
        retrieved_on=file.manifest.retrieved_on,
        region_code_hint=file.manifest.region_code,
        unit_name_hint=file.manifest.unit,
        fiscal_year_hint=file.manifest.fiscal_year,
        file_path=file.relative,
    )
    return Outcome(record, None, 0.0)


def _gone(record: FileRecord, now_called: str) -> Outcome:
    """A path that is no longer there, while its content is, under another name."""
    changed = replace(
        record,
        status="duplicate",
        reasons=both(
            f"该文件已不在，相同内容现为“{now_called}”", f"no longer there; now '{now_called}'"
        ),
        reason_codes="duplicate",
    )
    return Outcome(changed, None, 0.0)


def _without_bytes(file: RawFile, version: str, now: dt.datetime) -> Outcome:
    """A file whose bytes cannot be had has no content hash; its path stands in."""
    stand_in = hashlib.sha256(f"unreadable:{file.relative}".encode()).hexdigest()
    reading = Reading(
        path=file.path,
        relative=file.relative,
        sha256=stand_in,
        byte_size=file.byte_size,
        manifest=file.manifest,
        corrections=(),
        parser_version=version,
        inputs_digest="",
        first_seen_at=now,
    )
    return unread(
        reading,
        VANISHED,
        f"文件“{file.relative}”无法打开（{file.error}）。请检查文件是否完整、权限是否足够",
        f"'{file.relative}' cannot be opened ({file.error}); check that it is there and readable",
    )


def _refuse_unknown(
    corrections: Sequence[Correction],
    folder: RawFolder,
    ledger: dict[tuple[str, str], LedgerRow],
) -> None:
    """Corrections of files that are not there, unless they were in force when these were read."""
    present = {file.sha256 for file in folder.files if file.sha256}
    absent = [c for c in corrections if not any(c.is_for(sha) for sha in present)]
    read = {sha: row.record for (sha, _), row in ledger.items() if row.record.inputs_digest}
    lost = []
    for correction in absent:
        known = [record for sha, record in read.items() if correction.is_for(sha)]
        if not known:
            lost.append((correction, "（没有这个文件）", "(there is no such file)"))
        elif not all(_was_in_force(corrections, record) for record in known):
            lost.append(
                (
                    correction,
                    "（文件已不在原始文件夹, 无法重新读取）",
                    "(the file is no longer in the raw folder and cannot be read again)",
                )
            )
    if lost:
        raise without_effect(lost)


def _was_in_force(corrections: Sequence[Correction], record: FileRecord) -> bool:
    """Whether a document was last read with exactly these corrections of it."""
    said = ManifestRow(
        region_code=record.region_code_hint,
        source_url=record.source_url,
        published_on=record.published_on,
        retrieved_on=record.retrieved_on,
        unit=record.unit_name_hint,
        fiscal_year=record.fiscal_year_hint,
    )
    mine = [c for c in corrections if c.is_for(record.sha256)]
    return (record.inputs_digest or "").partition("@")[0] == _digest_of(said, mine)


# -- reading and writing ---------------------------------------------------------------------------


def _run(
    plan: _Plan,
    settings: Settings,
    store: RecordStore,
    result: Ingested,
    progress: Progress | None,
) -> None:
    pending: list[Outcome] = list(plan.settled)
    written_at = time.monotonic()
    lost: list[tuple[Correction, str, str]] = []
    done = 0
    for reading, outcome in engine_of(settings).run(process, plan.readings):
        finished = _failed(reading, outcome) if isinstance(outcome, Failure) else outcome
        done += 1
        if progress is not None:
            progress(done, len(plan.readings), reading.relative)
        if finished.unmatched or finished.contradicting:
            against = ("（与另一行更正矛盾）", "(contradicts another row)")
            lost.extend((c, "", "") for c in finished.unmatched)
            lost.extend((c, *against) for c in finished.contradicting)
            continue
        pending.append(_noting_limits(finished, _limits(settings)))
        if (
            len(pending) >= settings.batch_documents
            or time.monotonic() - written_at >= settings.batch_seconds
        ):
            _write(pending, store, result)
            pending, written_at = [], time.monotonic()
    _write(pending, store, result)
    if lost:
        raise without_effect(lost)


def _write(outcomes: Sequence[Outcome], store: RecordStore, result: Ingested) -> None:
    by_year: dict[int, list[Outcome]] = defaultdict(list)
    for outcome in sorted(outcomes, key=lambda o: o.file.file_path or ""):
        by_year[outcome.fiscal_year].append(outcome)
    for year, group in sorted(by_year.items()):
        extractions: list[Extraction] = [o.extraction for o in group if o.extraction is not None]
        result.batches.append(store.write(year, [o.file for o in group], extractions))
        for outcome in group:
            result.outcomes.append(outcome.file)
            result.seconds[outcome.file.file_path or outcome.file.file_name] = outcome.seconds


def _noting_limits(outcome: Outcome, limits: str) -> Outcome:
    """A document that went over a limit is read again under other limits."""
    codes = set((outcome.file.reason_codes or "").split(";"))
    if not codes & {"timeout", "out_of_memory"}:
        return outcome
    digest = f"{outcome.file.inputs_digest or ''}@{limits}"
    return replace(outcome, file=replace(outcome.file, inputs_digest=digest))


def _failed(reading: Reading, failure: Failure) -> Outcome:
    """A worker that was stopped or died becomes the document's outcome."""
    name = reading.relative
    texts = {
        "timeout": (
            "timeout",
            f"文件“{name}”读取超过时间上限（{failure.detail}）。请拆分文件或提高上限",
            f"'{name}' took longer than {failure.detail}; split it or raise the limit",
        ),
        "out_of_memory": (
            "out_of_memory",
            f"文件“{name}”读取超过内存上限（{failure.detail}）。请拆分文件或提高上限",
            f"'{name}' needed more than {failure.detail}; split it or raise the limit",
        ),
    }
    code, zh, en = texts.get(
        failure.kind,
        (
            "parser_failure",
            f"文件“{name}”读取时程序出错，已隔离；请把文件交给维护人员（{scrub(failure.detail)}）",
            f"the reader failed on '{name}'; hand it to the maintainers ({scrub(failure.detail)})",
        ),
    )
    return unread(reading, code, zh, en)
