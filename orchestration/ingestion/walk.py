"""Walking through a raw folder: which of its files may be reports.

Folders and files come and go while they are looked through, and some may not be opened: the first
is passed over in silence, the second is said (``closed``).
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

MANIFEST_NAME = "manifest.csv"
CORRECTIONS_NAME = "corrections.csv"
_OWN_TABLES = frozenset({MANIFEST_NAME, CORRECTIONS_NAME})
_OWN_NAMES = _OWN_TABLES | {"thumbs.db", "desktop.ini"}
_TEMPORARY_ENDINGS = (".tmp", ".part", ".partial", ".crdownload", ".download", ".swp", "~")
_HIDDEN = (".", "~$")
#: Control characters, and bytes that are no text in the file system's encoding.
_UNSPEAKABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(slots=True)
class Walk:
    """One look through a raw folder.

    ``leave_out`` is a folder whose files are no reports (the home folder, should it lie inside);
    ``with_tables``: what is said of the files (``manifest.csv``, ``corrections.csv``) as well.
    After the walk, ``closed`` names the folders that may not be looked into.
    """

    root: Path
    leave_out: Path | None = None
    with_tables: bool = False
    closed: list[str] = field(default_factory=list)

    def files(self) -> Iterator[tuple[str, Path]]:
        """Paths relative to the folder ("/" between), and the paths, in no order.

        Raises:
            OSError: the folder itself cannot be looked into.
        """
        inside = self.root.resolve()
        own = self.leave_out.resolve() if self.leave_out is not None else None
        skip = None
        if own is not None and own != inside and own.is_relative_to(inside):
            skip = own.relative_to(inside).as_posix()
        folders = [""]
        while folders:
            folder = folders.pop()
            for entry in self._entries(folder):
                relative = f"{folder}/{entry.name}" if folder else entry.name
                if entry.name.startswith(_HIDDEN) or relative == skip:
                    continue
                if _is_folder(entry):
                    folders.append(relative)
                elif self._is_wanted(entry.name) and _is_file_inside(entry, inside):
                    yield relative, Path(entry.path)

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self.root / folder if folder else self.root) as entries:
                return list(entries)
        except PermissionError:
            if not folder:
                raise
            self.closed.append(speakable(folder))
        except (FileNotFoundError, NotADirectoryError):
            if not folder:
                raise
        return []

    def _is_wanted(self, name: str) -> bool:
        lower = name.lower()
        if lower in _OWN_TABLES:
            return self.with_tables
        return not (
            lower in _OWN_NAMES or lower.endswith(_TEMPORARY_ENDINGS) or lower.startswith("readme")
        )


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_file_inside(entry: os.DirEntry[str], inside: Path) -> bool:
    """Whether it is a file, and no link that leads out of the folder that was named."""
    try:
        if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(inside):
            return False
        return entry.is_file()
    except (OSError, RuntimeError):  # a link to itself
        return False


def speakable(relative: str) -> str:
    """A path as text that can be written anywhere.

    Names need not be UTF-8: archives packed elsewhere often leave GBK behind.
    """
    if not _UNSPEAKABLE.search(relative):
        return relative
    data = os.fsencode(relative)
    for encoding in ("utf-8", "gb18030"):
        try:
            relative = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        relative = data.decode("utf-8", "replace")
    return _UNSPEAKABLE.sub("?", relative)


def raw_digest(root: Path, leave_out: Path | None = None) -> str:
    """A cheap sign that something in a raw folder changed: names, sizes and times; "" if empty.

    ``leave_out`` is a folder that does not count: the home folder, which every run changes.
    """
    digest, is_empty = hashlib.sha256(), True
    if root.is_dir():
        for relative, path in sorted(Walk(root, leave_out, with_tables=True).files()):
            try:
                stat = path.stat()
            except OSError:  # gone between the two looks: the next look sees the change
                continue
            is_empty = False
            digest.update(os.fsencode(relative))
            digest.update(f"|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return "" if is_empty else digest.hexdigest()
