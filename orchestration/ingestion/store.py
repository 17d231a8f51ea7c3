"""The record store: what was read, in Parquet, written once and never changed.

A batch holds documents of one fiscal year that were read in one run, one file a record type. The
ledger (type ``file``) is written last and makes the batch exist; a small JSON beside it holds the
hash of every file of the batch, so that damage is noticed before anybody computes with it.
See docs/architecture.md, "The record store, exactly".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from orchestration.files import PARTIAL_SUFFIX, read_json, sha256_of, write_json, written_whole
from orchestration.records import RECORD_TYPES, Extraction, FileRecord, arrow_schema, to_table

BATCH_COLUMN = "record_batch"
_MARKS = "_batches"
_DAMAGED = "_damaged"
_EMPTY = "empty"
_BATCH_NAME = re.compile(r"^(\d{8})-\d{8}T\d{6}Z$")
#: Record type to the attribute of an extraction that holds its records.
_EXTRACTED: dict[str, str] = {
    "project": "projects",
    "figure": "figures",
    "indicator": "indicators",
    "goal": "goals",
    "statement": "statements",
    "issue": "issues",
}


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """The newest outcome of one file: enough to decide whether it must be read again."""

    record: FileRecord
    batch: str


@dataclass(frozen=True, slots=True)
class Batch:
    """One complete batch."""

    name: str
    fiscal_year: int
    rows: dict[str, int]  # record type to number of rows


class RecordStore:
    """The records folder of a home. One writer at a time (orchestration/lock.py)."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def prepare(self) -> list[str]:
        """Make the store usable after anything that may have happened to it.

        Creates the empty files that give every type its columns, removes what a killed run left and
        sets damaged batches aside (their documents are then read again).

        Returns:
            Names of the batches that were set aside.
        """
        for name, record_type in RECORD_TYPES.items():
            folder = self._folder(name, 0)
            folder.mkdir(parents=True, exist_ok=True)
            empty, columns = folder / f"{_EMPTY}.parquet", _empty_table(record_type)
            if not empty.is_file() or pq.read_schema(empty) != columns.schema:
                _write(empty, columns)
        for leftover in self.root.rglob(f"*{PARTIAL_SUFFIX}"):
            leftover.unlink(missing_ok=True)
        marks = self._marks()
        for batch in [name for name in marks if not self._ledger_path(marks, name).is_file()]:
            (self.root / _MARKS / f"{batch}.json").unlink()
            del marks[batch]
        for name in RECORD_TYPES:
            for path in self._files(name):
                if path.stem not in marks:
                    path.unlink()
        damaged = [batch for batch in marks if not self._is_whole(batch, marks[batch])]
        for batch in damaged:
            self._set_aside(batch, marks[batch])
        return sorted(damaged)

    def write(
        self, fiscal_year: int, files: Sequence[FileRecord], extractions: Iterable[Extraction]
    ) -> Batch:
        """Write one batch: all of it or, if this process dies, nothing that counts."""
        name = self._next_name()
        extracted = list(extractions)
        tables = {"document": to_table(RECORD_TYPES["document"], [e.document for e in extracted])}
        for record_type, attribute in _EXTRACTED.items():
            records = [record for e in extracted for record in getattr(e, attribute)]
            tables[record_type] = to_table(RECORD_TYPES[record_type], records)
        tables["file"] = to_table(FileRecord, list(files))
        written: dict[str, dict[str, Any]] = {}
        for record_type, table in tables.items():
            if table.num_rows == 0 or record_type == "file":
                continue
            written[record_type] = self._write_table(record_type, fiscal_year, name, table)
        ledger = _with_batch(tables["file"], name)
        ledger_path = self._folder("file", fiscal_year) / f"{name}.parquet"
        with written_whole(ledger_path) as partial:
            pq.write_table(ledger, partial, compression="zstd")
            written["file"] = {"sha256": sha256_of(partial), "rows": ledger.num_rows}
            write_json(
                self.root / _MARKS / f"{name}.json",
                {"batch": name, "fiscal_year": fiscal_year, "files": written},
            )
        return Batch(name, fiscal_year, {k: v["rows"] for k, v in written.items()})

    def ledger(self) -> dict[tuple[str, str], LedgerRow]:
        """The newest row of every file, by (sha256, path relative to the raw folder)."""
        newest: dict[tuple[str, str], LedgerRow] = {}
        for row in self._all_rows():
            newest[row.record.sha256, row.record.file_path or row.record.file_name] = row
        return newest

    def _all_rows(self) -> Iterator[LedgerRow]:
        """Every row of the ledger, oldest batch first."""
        for path in sorted(self._files("file"), key=lambda p: p.stem):
            for row in pq.ParquetFile(path).read().to_pylist():
                batch = row.pop(BATCH_COLUMN)
                yield LedgerRow(FileRecord(**row), batch)

    def inputs(self) -> dict[str, str]:
        """Every file of the store and its hash: what a build is made from."""
        return {
            f"{record_type}/{batch}": entry["sha256"]
            for batch, mark in self._marks().items()
            for record_type, entry in mark["files"].items()
        }

    def batches(self) -> list[Batch]:
        """The complete batches, oldest first."""
        return [
            Batch(name, mark["fiscal_year"], {k: v["rows"] for k, v in mark["files"].items()})
            for name, mark in sorted(self._marks().items())
        ]

    def records_of(self, report_id: str, record_type: str) -> list[dict[str, Any]]:
        """The records of one document as last read, quarantined or not; empty where unknown."""
        batches = [path.stem for path in self._files("file") if _was_handled(path, report_id)]
        marks = self._marks()
        # The gate puts a document aside by a ledger row alone: its records lie in an older batch.
        for batch in sorted(batches, reverse=True):
            path = self._folder("document", marks[batch]["fiscal_year"]) / f"{batch}.parquet"
            if _rows_of(path, report_id):
                year = marks[batch]["fiscal_year"]
                return _rows_of(self._folder(record_type, year) / f"{batch}.parquet", report_id)
        return []

    # -- inside ------------------------------------------------------------------------------

    def _folder(self, record_type: str, fiscal_year: int) -> Path:
        return self.root / record_type / f"fiscal_year={fiscal_year}"

    def _files(self, record_type: str) -> list[Path]:
        found = (self.root / record_type).glob("fiscal_year=*/*.parquet")
        return [path for path in found if path.stem != _EMPTY]

    def _marks(self) -> dict[str, dict[str, Any]]:
        marks = {}
        for path in (self.root / _MARKS).glob("*.json"):
            content = read_json(path)
            if content is not None and _BATCH_NAME.match(path.stem) and "files" in content:
                marks[path.stem] = content
        return marks

    def _ledger_path(self, marks: dict[str, dict[str, Any]], batch: str) -> Path:
        return self._folder("file", marks[batch]["fiscal_year"]) / f"{batch}.parquet"

    def _is_whole(self, batch: str, mark: dict[str, Any]) -> bool:
        for record_type, entry in mark["files"].items():
            path = self._folder(record_type, mark["fiscal_year"]) / f"{batch}.parquet"
            if not path.is_file() or sha256_of(path) != entry["sha256"]:
                return False
        return True

    def _set_aside(self, batch: str, mark: dict[str, Any]) -> None:
        target = self.root / _DAMAGED / batch
        target.mkdir(parents=True, exist_ok=True)
        for record_type in mark["files"]:
            path = self._folder(record_type, mark["fiscal_year"]) / f"{batch}.parquet"
            if path.is_file():
                path.replace(target / f"{record_type}.parquet")
        mark_path = self.root / _MARKS / f"{batch}.json"
        mark_path.replace(target / mark_path.name)

    def _next_name(self) -> str:
        known = [path.stem for path in (self.root / _MARKS).glob("*.json")]
        set_aside = [path.name for path in (self.root / _DAMAGED).glob("*")]
        numbers = [int(m[1]) for name in known + set_aside if (m := _BATCH_NAME.match(name))]
        stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
        return f"{max(numbers, default=0) + 1:08d}-{stamp}"

    def _write_table(
        self, record_type: str, fiscal_year: int, batch: str, table: pa.Table
    ) -> dict[str, Any]:
        path = self._folder(record_type, fiscal_year) / f"{batch}.parquet"
        _write(path, _with_batch(table, batch))
        return {"sha256": sha256_of(path), "rows": table.num_rows}


def _was_handled(ledger: Path, report_id: str) -> bool:
    """Whether a file of the ledger says what became of a document's own file."""
    columns = pq.ParquetFile(ledger).read(columns=["report_id", "status"])
    mine = pc.equal(columns["report_id"], report_id)
    return bool(pc.any(pc.and_(mine, pc.not_equal(columns["status"], "duplicate"))).as_py())


def _rows_of(path: Path, report_id: str) -> list[dict[str, Any]]:
    """The rows of one document in a file of a batch."""
    if not path.is_file():
        return []
    table = pq.ParquetFile(path).read()
    rows: list[dict[str, Any]] = table.filter(pc.equal(table["report_id"], report_id)).to_pylist()
    return rows


def _with_batch(table: pa.Table, batch: str) -> pa.Table:
    return table.append_column(BATCH_COLUMN, pa.array([batch] * table.num_rows, pa.string()))


def _empty_table(record_type: type) -> pa.Table:
    schema = arrow_schema(record_type).append(pa.field(BATCH_COLUMN, pa.string()))
    return schema.empty_table()


def _write(path: Path, table: pa.Table) -> None:
    with written_whole(path) as partial:
        pq.write_table(table, partial, compression="zstd")
