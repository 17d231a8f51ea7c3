"""Published PDFs of other makers: which are read, which are held back, and what is said of those.

``manifest.csv`` beside them says what each is; it was written by looking at them.
"""

from __future__ import annotations

import csv

import pytest

from orchestration.ingestion.ingest import ingest
from orchestration.records import FileRecord
from orchestration.settings import PROJECT_ROOT, Settings

REAL = PROJECT_ROOT.parent / "shared" / "real"
#: Kinds of the manifest that hold something to publish; the others must be held back.
_PUBLISHED = {"final_accounts", "budget_target", "self_evaluation", "evaluation_report"}
_CODES = {
    "scan": {"not_a_report", "scan", "unrelated", "low_confidence"},
    "not_a_report": {"not_a_report", "unrelated"},
    "corrupt": {"corrupt"},
}

pytestmark = [
    pytest.mark.long,
    pytest.mark.shared,
    pytest.mark.skipif(not REAL.is_dir(), reason="../shared/real is not beside the checkout"),
]


def _manifest() -> dict[str, str]:
    with (REAL / "manifest.csv").open(encoding="utf-8-sig") as stream:
        return {row["file_name"]: row["kind"] for row in csv.DictReader(stream)}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FileRecord]:
    """The outcome of every file, by name; reading and extraction only, no warehouse."""
    done = ingest(Settings(home=tmp_path_factory.mktemp("real"), raw=REAL))
    return {record.file_name: record for record in done.outcomes}


def test_every_file_has_the_outcome_that_its_kind_asks_for(outcomes: dict[str, FileRecord]) -> None:
    wanted = {
        name: "read" if kind in _PUBLISHED else "quarantined" for name, kind in _manifest().items()
    }
    found = {name: outcomes[name].status for name in wanted if name in outcomes}
    assert found == wanted


def test_what_is_held_back_says_why_in_two_languages(outcomes: dict[str, FileRecord]) -> None:
    held = {name: kind for name, kind in _manifest().items() if kind not in _PUBLISHED}
    assert held
    for name, kind in held.items():
        record = outcomes[name]
        codes = set((record.reason_codes or "").split(";"))
        assert codes & _CODES[kind], (name, record.reason_codes)
        chinese, _, english = (record.reasons or "").partition(" | ")
        assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese), name
        assert english.strip(), name
    scans = [outcomes[name] for name, kind in held.items() if kind == "scan"]
    assert all(record.is_scanned and "扫描件" in (record.reasons or "") for record in scans)
