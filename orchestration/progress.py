"""Small marks of progress: what was verified last, and what came of a run.

``state/verified.json`` says which inputs the newest verified content was made from, so that a
refresh with nothing new does nothing; ``runs/<run_id>/outcome.json`` says what a run did, so that
nobody has to trust a green run.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from orchestration.files import digest_of_tree, read_json, write_json
from orchestration.gate.decide import expectations_digest
from orchestration.ingestion.store import RecordStore
from orchestration.publishing.releases import current_release, releases
from orchestration.settings import PROJECT_ROOT, Home, Settings
from orchestration.warehouse.build import project_digest

PUBLISHED = "published"
NOTHING_NEW = "nothing_new"
_CODE = ("publishing", "gate", "contract")


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a release is made from, as hashes."""

    records: str
    dbt_project: str
    expectations: str
    code: str
    parser_version: str
    documents: int
    #: Hash of each batch of records: which ones a release is made from. ``ops_document`` says which
    #: files, with their own hashes and the parser that read each.
    batches: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain data for manifests."""
        return {
            "records": self.records,
            "dbt_project": self.dbt_project,
            "expectations": self.expectations,
            "code": self.code,
            "parser_version": self.parser_version,
            "documents": self.documents,
            "batches": self.batches,
        }

    @property
    def digest(self) -> str:
        """One hash over what decides the content of a release."""
        text = "|".join((self.records, self.dbt_project, self.expectations, self.code))
        return hashlib.sha256(text.encode()).hexdigest()


def current_inputs(settings: Settings, parser_version: str) -> Inputs:
    """What a build made now would be made from."""
    store = RecordStore(settings.layout.records)
    inputs = sorted(store.inputs().items())
    files = "\n".join(f"{name}:{sha}" for name, sha in inputs)
    batches: dict[str, list[str]] = defaultdict(list)
    for name, sha in inputs:
        batches[name.rpartition("/")[2]].append(f"{name}:{sha}")
    package = PROJECT_ROOT / "orchestration"
    code = "|".join(
        digest_of_tree(package / folder, ("*.py", "*.yml", "*.js", "*.css", "*.html"), frozenset())
        for folder in _CODE
        if (package / folder).is_dir()
    )
    return Inputs(
        records=hashlib.sha256(files.encode()).hexdigest(),
        dbt_project=project_digest(settings),
        expectations=expectations_digest(settings),
        code=hashlib.sha256(code.encode()).hexdigest(),
        parser_version=parser_version,
        documents=sum(batch.rows.get("document", 0) for batch in store.batches()),
        batches={
            batch: hashlib.sha256("\n".join(lines).encode()).hexdigest()
            for batch, lines in sorted(batches.items())
        },
    )


def is_verified(home: Home, inputs: Inputs) -> bool:
    """Whether the newest release holds exactly what these inputs would give."""
    mark = read_json(home.state / "verified.json")
    if mark is None or mark.get("digest") != inputs.digest or current_release(home) is None:
        return False
    known = releases(home)
    return bool(known) and known[-1].release_id == mark.get("release_id")


def mark_verified(home: Home, digest: str, release_id: str) -> None:
    """Note that these inputs give the content of this release."""
    write_json(home.state / "verified.json", {"digest": digest, "release_id": release_id})


def write_outcome(home: Home, run_id: str, status: str, **details: object) -> None:
    """Say what a run did so far; later words add to earlier ones."""
    said = read_outcome(home, run_id) or {}
    write_json(home.run_folder(run_id) / "outcome.json", {**said, "status": status, **details})


def add_set_aside(home: Home, run_id: str, names: Sequence[str]) -> None:
    """Note files that the gate set aside in a run."""
    said = read_outcome(home, run_id) or {}
    if names:
        known = said.get("set_aside", [])
        write_outcome(home, run_id, str(said.get("status", "")), set_aside=sorted({*known, *names}))


def read_outcome(home: Home, run_id: str) -> dict[str, Any] | None:
    """What a run said it did, or None."""
    return read_json(home.run_folder(run_id) / "outcome.json")
