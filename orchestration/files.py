"""Files that are either whole or not there: write aside, fsync, rename."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: Names of half-written files end with this; every run removes them where it finds them.
PARTIAL_SUFFIX = ".partial"


def fsync_path(path: Path) -> None:
    """Flush a file or a folder's entries to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Yield a name to write to; afterwards it becomes ``path`` in one step, flushed.

    An exception leaves nothing behind and ``path`` as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}{PARTIAL_SUFFIX}")
    try:
        yield partial
        fsync_path(partial)
        partial.replace(path)
        fsync_path(path.parent)
    finally:
        partial.unlink(missing_ok=True)


def write_json(path: Path, content: object) -> None:
    """Write JSON whole, keys sorted, so that equal content gives equal bytes."""
    with written_whole(path) as partial:
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True, default=str)
        partial.write_text(text + "\n", encoding="utf-8")


def read_json(path: Path) -> dict[str, Any] | None:
    """The JSON object in a file, or None where there is none or it is not whole."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest_of_tree(root: Path, patterns: tuple[str, ...], skip: frozenset[str]) -> str:
    """One hash over names and bytes of the files below ``root`` that match a pattern.

    ``skip`` names folders anywhere in the tree that do not count.
    """
    digest = hashlib.sha256()
    found = {path for pattern in patterns for path in root.rglob(pattern) if path.is_file()}
    for path in sorted(found, key=lambda p: p.relative_to(root).as_posix()):
        relative = path.relative_to(root)
        if skip.intersection(relative.parts):
            continue
        digest.update(relative.as_posix().encode())
        digest.update(b"\0")
        digest.update(sha256_of(path).encode())
    return digest.hexdigest()
