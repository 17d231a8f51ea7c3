"""One bad document must not hold up the others: whose rows broke the gate?

A failed expectation or test names its offending rows. Where every failure can be traced to a few
documents, these are quarantined, with the expectation as the reason, and the rest is built and
judged again. Where a failure cannot be traced, or too many documents are concerned, the fault is
not a document's: the build stays held back.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from orchestration.gate.source import quoted
from orchestration.gate.verdict import Verdict
from orchestration.ingestion.store import RecordStore
from orchestration.messages import both
from orchestration.records import FileRecord
from orchestration.settings import Home

#: At most this part of the documents may be set aside by the gate (one always may, as long as
#: others are left); more is no document's fault.
MOST_OF_ALL = 1 / 2
REASON_CODE = "gate"

Row = Mapping[str, str]
#: What NULL looks like in rows that were made text of.
_NOTHING = frozenset({None, "", "None", "nan", "NaT", "<NA>"})
#: Columns that lead from a row to the reports it was made from.
_LEADS = ("fact_key", "mention_id", "finding_id", "file_name", "unit_id", "project_id")


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that blocks: what is expected, in both languages, and the offending rows."""

    zh: str
    en: str
    rows: tuple[Row, ...]
    is_broken: bool = False  # the check itself could not run: nobody's rows


def breaches(verdict: Verdict | None, nodes: Path | None) -> list[Breach]:
    """What blocked a run: failed expectations, and failed tests of dbt.

    Args:
        verdict: of the run; None where it did not come so far.
        nodes: ``nodes.json`` of the run's build; may be missing. None: there is no build yet.
    """
    found = [
        Breach(failed.zh, failed.en, tuple(failed.rows), failed.broken is not None)
        for suite in (verdict.suites if verdict is not None else ())
        for failed in suite.errors
    ]
    results: list[dict[str, Any]] = (
        json.loads(nodes.read_text(encoding="utf-8"))
        if nodes is not None and nodes.is_file()
        else []
    )
    for node in results:
        if node["status"] == "fail":
            name = f"dbt: {node['name']}"
            found.append(Breach(name, name, tuple(node["failing_rows"])))
        elif node["status"] in {"error", "runtime error"}:
            found.append(Breach(node["name"], node["name"], (), is_broken=True))
    return found


def culprits(found: list[Breach], build: Path, documents: int) -> dict[str, list[Breach]] | None:
    """The documents whose rows broke the gate, each with its breaches.

    Args:
        found: what blocked; nothing blocked gives None.
        build: the build database, where keys of rows are looked up; may be missing.
        documents: how many documents the build was made from.

    Returns:
        Report ids and breaches, or None where the fault is not a few documents' own.
    """
    guilty: dict[str, list[Breach]] = {}
    for breach in found:
        reports = set() if breach.is_broken else _reports_of(breach.rows, build)
        if not reports:
            return None
        for report in reports:
            guilty.setdefault(report, []).append(breach)
    most = max(1.0, documents * MOST_OF_ALL)
    if not guilty or len(guilty) > most or len(guilty) >= documents:
        return None
    return guilty


def set_aside(home: Home, guilty: Mapping[str, list[Breach]], rules: str) -> list[FileRecord]:
    """Put documents into quarantine: a newer row of the ledger, with the reasons.

    Other rules (``gate.decide.rules_digest``), a newer parser or an acceptance on record have them
    read again.
    """
    store = RecordStore(home.records)
    aside: dict[int, list[FileRecord]] = {}
    for row in store.ledger().values():
        record = row.record
        if record.report_id in guilty and record.status == "read":
            zh = "；".join(dict.fromkeys(f"质量关卡：{b.zh}" for b in guilty[record.report_id]))
            en = "; ".join(dict.fromkeys(f"the gate: {b.en}" for b in guilty[record.report_id]))
            changed = replace(
                record,
                status="quarantined",
                reasons=both(zh, en),
                reason_codes=REASON_CODE,
                inputs_digest=f"{record.inputs_digest or ''}@{rules}",
            )
            aside.setdefault(record.fiscal_year_hint or 0, []).append(_aware(changed))
    for year, files in aside.items():
        store.write(year, files, ())
    return [file for files in aside.values() for file in files]


def _aware(record: FileRecord) -> FileRecord:
    """Times read back from Parquet carry their zone; make sure of it."""
    seen = record.first_seen_at
    if seen is not None and seen.tzinfo is None:
        return replace(record, first_seen_at=seen.replace(tzinfo=dt.UTC))
    return record


def _reports_of(rows: Iterable[Row], build: Path) -> set[str]:
    """The reports that rows belong to: by their own column, or by a key that a table knows."""
    reports: set[str] = set()
    keys: set[str] = set()
    for row in rows:
        if row.get("report_id") not in _NOTHING:
            reports.add(row["report_id"])
        else:
            keys.update(str(value) for value in row.values() if value not in _NOTHING)
    return reports | _owners(keys, build) if keys else reports


def _owners(keys: set[str], build: Path) -> set[str]:
    if not build.is_file():
        return set()
    with contextlib.closing(duckdb.connect(str(build), read_only=True)) as connection:
        tables = connection.execute(
            "select table_name, list(column_name) from duckdb_columns()"
            " where schema_name = 'marts' group by table_name"
        ).fetchall()
        owners: set[str] = set()
        for table, columns in tables:
            if "report_id" not in columns:
                continue
            for name in [*(c for c in _LEADS if c in columns), "report_id"]:
                found = connection.execute(
                    f"select distinct report_id from marts.{quoted(table)}"  # noqa: S608
                    f" where list_contains(?, {quoted(name)})",
                    [sorted(keys)],
                ).fetchall()
                owners.update(row[0] for row in found)
    return owners
