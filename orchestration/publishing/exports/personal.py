"""The last look before a release gets its name: no personal data in any exported file.

The gate has looked at the tables already; this looks at what people will open, as it was written:
workbooks, CSV, the explorer's data, Markdown. A hit holds the release back (DOMAIN.md §7).
"""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from orchestration.gate.personal import PATTERNS, scanned_columns
from orchestration.messages import JixiaoError


def _python(expression: str) -> str:
    return re.sub(r"\\x\{([0-9a-f]+)\}", lambda m: chr(int(m[1], 16)), expression)


#: Our own code, not data; and what is a copy of the tables that the gate has judged.
LEFT_OUT = ("site/assets/", "site/pages/", "parquet/")
#: Text without any of these cannot hold what the patterns look for.
_POSSIBLE = re.compile(r"@|人\s*[(（:：]|\d{7}|\d{3}[- )）]+\d{4}|\d{4}[- )）]+\d{3}")
#: The gate's patterns are RE2, which writes a code point as \\x{4e00}; Python wants the character.
_COMPILED = tuple(
    (p.kind, re.compile(_python(p.expression)), re.compile(_python(p.unless)) if p.unless else None)
    for p in PATTERNS
)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True, slots=True)
class Hit:
    """Personal data in a file; ``masked`` shows its form, never its digits."""

    file: str
    kind: str
    masked: str


def check_personal(folder: Path, release_id: str) -> None:
    """Look through every exported file of a release.

    Raises:
        JixiaoError: some file holds what looks like personal data; nothing is published.
    """
    hits = list(personal_hits(folder))
    if hits:
        shown = "; ".join(f"{hit.file}: {hit.kind} {hit.masked}" for hit in hits[:5])
        raise JixiaoError(
            f"导出文件中有疑似个人信息（{len(hits)}处），版本 {release_id} 未发布：{shown}",
            f"exported files hold what looks like personal data ({len(hits)} places); release "
            f"{release_id} is not published: {shown}",
        )


def personal_hits(folder: Path) -> Iterator[Hit]:
    """Every place in the exported files below a folder that a pattern of the gate matches."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or name.startswith(LEFT_OUT):
            continue
        for text in texts_of(path):
            for kind, masked in personal_in(text):
                yield Hit(name, kind, masked)


def personal_in(text: str) -> Iterator[tuple[str, str]]:
    """Kind and masked form of what the patterns find in one text."""
    if not _POSSIBLE.search(text):
        return
    for kind, expression, unless in _COMPILED:
        for match in expression.finditer(text):
            if unless is None or not unless.search(match.group(0)):
                yield kind, re.sub(r"[^:：|]", "*", match.group(0))


def texts_of(path: Path) -> Iterable[str]:
    """The texts of a file, cell by cell where it has cells; columns of codes are left out."""
    kind = path.suffix.lower()
    if kind == ".csv":
        return _csv_texts(path)
    if kind == ".xlsx":
        return _xlsx_texts(path)
    if kind in {".js", ".json"}:
        return _json_texts(path)
    if kind in {".md", ".html", ".txt", ".cff"}:
        return path.read_text(encoding="utf-8").splitlines()
    return ()


def _csv_texts(path: Path) -> Iterator[str]:
    csv.field_size_limit(2**27)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        scanned = set(scanned_columns(header))
        wanted = [i for i, name in enumerate(header) if name in scanned]
        for row in reader:
            yield from (row[i] for i in wanted if row[i])


def _xlsx_texts(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if name.startswith("xl/worksheets/") or name == "xl/sharedStrings.xml":
                with book.open(name) as part:
                    # The files are our own: no entity is resolved, no network is asked.
                    for _, node in etree.iterparse(part, tag=f"{_MAIN}t", resolve_entities=False):
                        if node.text:
                            yield node.text
                        node.clear()


def _json_texts(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".js":  # JX.put("name",<JSON>);
        text = text[text.index(",") + 1 : text.rindex(")")]
    if not _POSSIBLE.search(text):
        return
    yield from _strings(json.loads(text), "")


def _strings(value: Any, key: str) -> Iterator[str]:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, str):
        if scanned_columns([key]):
            yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _strings(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, key)
