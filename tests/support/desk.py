"""A whole release of some samples of ``raw/``, with its exports: what the analyst's desk shows.

Reading, extraction, dbt and publishing are real; the gate's verdict is given, because the samples
are judged elsewhere. One report's title is replaced by markup, since titles are foreign text.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

from orchestration.extraction.run import extract
from orchestration.gate.verdict import judge
from orchestration.publishing.exports import exporters
from orchestration.publishing.publish import publish
from orchestration.reading import read_bytes
from orchestration.records import Extraction, FileRecord
from orchestration.settings import Settings
from tests.support.build import build_marts, file_of

RAW = Path(__file__).parents[2] / "raw"
#: Two PDF of several pages, and formats without pages; no scan, whose reading takes long.
SUFFIXES = (".pdf", ".xlsx", ".html", ".txt")
LEFT_OUT = ("扫描件", "无关", "残缺")
#: A title that a page must show, not run; it takes the place of the plain text's title.
EVIL_TITLE = '<img src=x onerror="window.pwned=1">=1+1</script><b>标题</b>'


def settings_of(root: Path) -> Settings:
    """The settings of the release below ``root``."""
    return Settings(home=root / "home", raw=RAW)


def make_release(root: Path) -> None:
    """Publish the samples below ``root``."""
    settings = settings_of(root)
    settings.layout.create()
    extractions, files = _read_samples()
    (root / "dbt").mkdir()
    built = build_marts(extractions, files, root / "dbt", checked=False)
    settings.layout.build_database.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(built, settings.layout.build_database)
    publish(settings, judge("desk", ()), {"digest": "desk"}, exporters(RAW))


def _read_samples() -> tuple[list[Extraction], list[FileRecord]]:
    extractions, files = [], []
    for path in sorted(RAW.rglob("*")):
        if path.suffix not in SUFFIXES or any(word in path.name for word in LEFT_OUT):
            continue
        data = path.read_bytes()
        document = read_bytes(data, path.name)
        extraction = extract(document)
        if path.suffix == ".txt":
            extraction.document = replace(extraction.document, title=EVIL_TITLE)
        extractions.append(extraction)
        files.append(
            file_of(
                extraction,
                path.name,
                file_path=path.relative_to(RAW).as_posix(),
                sha256=hashlib.sha256(data).hexdigest(),
                file_format=str(document.file_format),
                page_count=document.page_count,
                byte_size=len(data),
            )
        )
    return extractions, files
