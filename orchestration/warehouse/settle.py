"""Build and judge; set aside the few documents that break either, and do it again without them.

The steps of the job call this, so that every run behaves alike: the command's, the daemon's, a
backfill's. What led to setting a document aside is kept beside the evidence of the last round.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.gate.decide import check_records, check_tables, gate_folder, rules_digest
from orchestration.gate.verdict import Verdict
from orchestration.ingestion.ingest import current_parser_version
from orchestration.ingestion.store import RecordStore
from orchestration.progress import add_set_aside, current_inputs
from orchestration.records import FileRecord
from orchestration.settings import Settings
from orchestration.warehouse.build import BuildResult, run_build
from orchestration.warehouse.isolate import breaches, culprits, set_aside

#: How often documents are set aside before a build is held back for good.
ROUNDS = 3


@dataclass(slots=True)
class Judged:
    """A verdict, the documents it cost, and the build it is about where that was made again."""

    verdict: Verdict
    aside: list[FileRecord] = field(default_factory=list)
    rebuilt: BuildResult | None = None


def build_settled(
    settings: Settings, run_id: str, select: Sequence[str] = ()
) -> tuple[BuildResult, list[FileRecord]]:
    """Build, without the few documents that break a test of dbt.

    Args:
        settings: where things lie.
        run_id: names the build and the folder of its evidence.
        select: names of nodes; a part of the warehouse is built once, as it is.

    Raises:
        JixiaoError: dbt could not run at all.
    """
    evidence = settings.layout.run_folder(run_id) / "dbt"
    result = _build(settings, run_id, evidence, select)
    aside: list[FileRecord] = []
    for number in range(1, ROUNDS + 1):
        if not result.bad or select:
            break
        moved = _set_aside(settings, run_id, None, evidence)
        if not moved:
            break
        aside += moved
        _keep(evidence, number)
        result = _build(settings, run_id, evidence, select)
    return result, aside


def records_settled(settings: Settings, run_id: str) -> Judged:
    """Hold the records against their suites, without the few documents that break one."""
    judged = Judged(check_records(settings, run_id))
    for number in range(1, ROUNDS + 1):
        if judged.verdict.passed:
            break
        moved = _set_aside(settings, run_id, judged.verdict, None)
        if not moved:
            break
        judged.aside += moved
        _keep(gate_folder(settings.layout, run_id), number)
        judged.verdict = check_records(settings, run_id)
    return judged


def tables_settled(settings: Settings, run_id: str) -> Judged:
    """Hold the build against the suites; build again without the few documents that break one.

    Raises:
        GateClosedError: there is no whole build to judge.
        JixiaoError: dbt could not run at all.
    """
    home = settings.layout
    nodes = home.run_folder(run_id) / "dbt"
    judged = Judged(check_tables(settings, run_id))
    for number in range(1, ROUNDS + 1):
        if judged.verdict.passed:
            break
        moved = _set_aside(settings, run_id, judged.verdict, nodes)
        if not moved:
            break
        judged.aside += moved
        _keep(gate_folder(home, run_id), number)
        _keep(nodes, number)
        check_records(settings, run_id)
        judged.rebuilt = _build(settings, run_id, nodes, ())
        judged.verdict = check_tables(settings, run_id)
    return judged


def _build(settings: Settings, run_id: str, evidence: Path, select: Sequence[str]) -> BuildResult:
    inputs = current_inputs(settings, current_parser_version(settings))
    said = inputs.as_json() | {"digest": inputs.digest}
    return run_build(settings, f"{run_id}-{inputs.digest[:8]}", said, evidence, select)


def _set_aside(
    settings: Settings, run_id: str, verdict: Verdict | None, dbt: Path | None
) -> list[FileRecord]:
    """Quarantine the documents that broke it; none where the fault is not a few documents'."""
    home = settings.layout
    found = breaches(verdict, dbt / "nodes.json" if dbt is not None else None)
    ledger = RecordStore(home.records).ledger().values()
    read = {row.record.report_id for row in ledger if row.record.status == "read"}
    guilty = culprits(found, home.build_database, len(read))
    moved = set_aside(home, guilty, rules_digest(settings)) if guilty is not None else []
    add_set_aside(home, run_id, [record.file_path or record.file_name for record in moved])
    return moved


def _keep(folder: Path, number: int) -> None:
    """Put the evidence of a round beside that of the next one: ``gate`` becomes ``gate-1``."""
    kept = folder.with_name(f"{folder.name}-{number}")
    while kept.exists():
        number += 1
        kept = folder.with_name(f"{folder.name}-{number}")
    if folder.is_dir():
        shutil.move(folder, kept)
