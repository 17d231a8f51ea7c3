"""The releases of a home: immutable folders, and a pointer that moves last.

``releases/<release_id>/`` holds one release; ``releases/current`` is a symbolic link to one of them
and is replaced in one step. Readers resolve the link once and keep what they opened.
"""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.files import fsync_path, read_json, written_whole
from orchestration.messages import JixiaoError
from orchestration.settings import Home

MANIFEST_NAME = "manifest.json"
STAGING_PREFIX = ".building-"
_RELEASE_NAME = re.compile(r"^r(\d{4,})-[0-9a-f]{8}$")
#: The columns of ``ops_release`` (dbt builds it from this history).
HISTORY_SCHEMA = pa.schema(
    [
        ("release_id", pa.string()),
        ("published_at", pa.timestamp("us")),
        ("report_count", pa.int32()),
        ("quarantined_count", pa.int32()),
        ("fact_count", pa.int64()),
        ("finding_count", pa.int32()),
        ("content_hash", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Release:
    """One published release."""

    release_id: str
    folder: Path
    manifest: dict[str, Any]

    @property
    def database(self) -> Path:
        """The DuckDB file."""
        return self.folder / "warehouse.duckdb"

    @property
    def content_hash(self) -> str:
        """Hash of the content of all published tables (``ops_release`` left out)."""
        return str(self.manifest["content_hash"])


def releases(home: Home) -> list[Release]:
    """All complete releases, oldest first."""
    found = []
    if home.releases.is_dir():
        for folder in home.releases.iterdir():
            manifest = read_json(folder / MANIFEST_NAME)
            if _RELEASE_NAME.match(folder.name) and manifest is not None:
                found.append(Release(folder.name, folder, manifest))
    return sorted(found, key=lambda release: _number(release.release_id))


def current_release(home: Home) -> Release | None:
    """The release the pointer names, or None before the first one."""
    try:
        folder = home.current.resolve(strict=True)
    except OSError:
        return None
    manifest = read_json(folder / MANIFEST_NAME)
    return Release(folder.name, folder, manifest) if manifest is not None else None


def require_current(home: Home) -> Release:
    """The current release.

    Raises:
        JixiaoError: nothing was published yet.
    """
    release = current_release(home)
    if release is None:
        raise JixiaoError(
            f"{home.root} 中还没有已发布的数据；请先运行 jixiao refresh",
            f"nothing was published in {home.root} yet; run jixiao refresh first",
        )
    return release


def find_release(home: Home, name: str) -> Release:
    """A release by its id, an unambiguous beginning of it, or ``current``.

    Raises:
        JixiaoError: there is none, or several.
    """
    if name == "current":
        return require_current(home)
    matching = [release for release in releases(home) if release.release_id.startswith(name)]
    if len(matching) == 1:
        return matching[0]
    known = ", ".join(release.release_id for release in releases(home)) or "–"
    raise JixiaoError(
        f"没有唯一对应“{name}”的版本；现有版本: {known}",
        f"no single release is called '{name}'; there are: {known}",
    )


def next_release_id(home: Home, content_hash: str) -> str:
    """``r<number>-<hash>``; numbers go up by one, a used one is never used again."""
    numbers = [_number(entry["release_id"]) for entry in history(home)]
    numbers += [_number(release.release_id) for release in releases(home)]
    return f"r{max(numbers, default=0) + 1:04d}-{content_hash[:8]}"


def point_to(home: Home, release_id: str) -> None:
    """Move the pointer: readers see the old release or the new one, never anything between."""
    target = home.current.with_name(f"{STAGING_PREFIX}current-{os.getpid()}")
    target.unlink(missing_ok=True)
    target.symlink_to(release_id, target_is_directory=True)
    target.replace(home.current)
    fsync_path(home.releases)


def rollback(home: Home, release_id: str | None) -> tuple[Release, Release]:
    """Point to an earlier release (by default the one before the current one).

    Returns:
        The release that was current and the one that is now.

    Raises:
        JixiaoError: there is none to go back to.
    """
    before = require_current(home)
    if release_id is not None:
        target = find_release(home, release_id)
    else:
        earlier = [r for r in releases(home) if _number(r.release_id) < _number(before.release_id)]
        if not earlier:
            raise JixiaoError(
                f"{before.release_id} 之前没有更早的版本可以回退",
                f"there is no release before {before.release_id} to go back to",
            )
        target = earlier[-1]
    point_to(home, target.release_id)
    return before, target


def prune(home: Home, keep: int) -> list[str]:
    """Remove the oldest releases but the last ``keep``; never the current one.

    Returns:
        The ids removed.
    """
    current = current_release(home)
    kept = {release.release_id for release in releases(home)[-keep:]} if keep > 0 else set()
    removed = []
    for release in releases(home):
        if release.release_id in kept or (current and release.release_id == current.release_id):
            continue
        remove_folder(release.folder)
        removed.append(release.release_id)
    return removed


def clear_staging(home: Home) -> None:
    """Remove what a killed run left beside the releases."""
    if not home.releases.is_dir():
        return
    for entry in home.releases.iterdir():
        if entry.name.startswith(STAGING_PREFIX):
            if entry.is_symlink() or entry.is_file():
                entry.unlink()
            else:
                remove_folder(entry)


def remove_folder(folder: Path) -> None:
    """Remove a read-only folder; first under a name that is no release's."""
    aside = folder.with_name(f"{STAGING_PREFIX}removed-{folder.name.lstrip('.')}")
    if folder != aside:
        folder.chmod(0o755)
        folder.rename(aside)
    for path in [aside, *(p for p in aside.rglob("*") if p.is_dir())]:
        path.chmod(0o755)
    shutil.rmtree(aside)


def history_path(home: Home) -> Path:
    """The Parquet file with all releases ever made, which dbt reads for ``ops_release``."""
    return home.state / "releases.parquet"


def history(home: Home) -> list[dict[str, Any]]:
    """One row per release ever made, pruned ones included, oldest first."""
    rows: dict[str, dict[str, Any]] = {}
    path = history_path(home)
    if path.is_file():
        try:
            rows = {row["release_id"]: row for row in pq.ParquetFile(path).read().to_pylist()}
        except (pa.ArrowInvalid, OSError):
            rows = {}  # damaged: the manifests below still know what there is
    for release in releases(home):
        rows.setdefault(release.release_id, _history_row(release.manifest))
    return sorted(rows.values(), key=lambda row: _number(row["release_id"]))


def write_history(home: Home) -> Path:
    """Bring the history up to date with the manifests; dbt can read it even when it is empty."""
    table = pa.Table.from_pylist(history(home), schema=HISTORY_SCHEMA)
    path = history_path(home)
    if not path.is_file() or _read_table(path) != table:
        with written_whole(path) as partial:
            pq.write_table(table, partial)
    return path


def _read_table(path: Path) -> pa.Table | None:
    try:
        return pq.ParquetFile(path).read()
    except (pa.ArrowInvalid, OSError):
        return None


def _history_row(manifest: dict[str, Any]) -> dict[str, Any]:
    row = {name: manifest["release"].get(name) for name in HISTORY_SCHEMA.names}
    published = pa.scalar(row["published_at"]).cast(pa.timestamp("us")).as_py()
    return {**row, "published_at": published}


def _number(release_id: str) -> int:
    match = _RELEASE_NAME.match(release_id)
    return int(match[1]) if match else 0
