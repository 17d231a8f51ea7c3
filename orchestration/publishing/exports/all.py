"""The exports of a release, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from orchestration.publishing.exports.datapackage import write_datapackage
from orchestration.publishing.exports.dictionary import write_dictionary
from orchestration.publishing.exports.personal import check_personal
from orchestration.publishing.exports.workbook import write_findings, write_workbook
from orchestration.publishing.site import build_site

Exporter = Callable[[Path, str], None]


def exporters(raw: Path) -> list[Exporter]:
    """Every export; ``raw`` is the folder of the source files, for the page images."""

    def site(folder: Path, release_id: str) -> None:
        # ``current`` is the release before this one, as long as this one has no name yet.
        earlier = folder.parent / "current" / "site"
        build_site(folder / "warehouse.duckdb", folder / "site", raw, release_id, earlier)

    return [
        write_dictionary,
        write_datapackage,
        write_workbook,
        write_findings,
        site,
        check_personal,
    ]
