"""Publishing: an audited build becomes a release, all of it or nothing.

Everything is written aside, flushed, hashed and made read-only; then the folder gets its name, and
last the pointer moves. A process killed anywhere before that leaves the old release current; what
lies aside is removed by the next run.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.contract.model import load_contract
from orchestration.files import fsync_path, sha256_of, write_json
from orchestration.gate.verdict import Verdict
from orchestration.messages import JixiaoError
from orchestration.publishing.assemble import (
    HISTORY_TABLE,
    MARTS,
    Assembled,
    Comments,
    add_history_row,
    comment,
    copy_tables,
    tables_of,
    write_parquet,
    writing,
)
from orchestration.publishing.diff import ReleaseDiff, diff_releases, equal_tables
from orchestration.publishing.exports.views import create_views
from orchestration.publishing.releases import (
    HISTORY_SCHEMA,
    MANIFEST_NAME,
    STAGING_PREFIX,
    Release,
    clear_staging,
    current_release,
    next_release_id,
    point_to,
    releases,
    write_history,
)
from orchestration.publishing.renew import MADE_BY, WHOLE_BYTES, made_by, renew, take_over
from orchestration.settings import Settings

#: Writes further files (exports, explorer) into the folder of a release being made; told its id.
Exporter = Callable[[Path, str], None]


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: a new release with its diff, or the one whose content is the same."""

    release: Release
    is_new: bool
    diff: ReleaseDiff | None = None


def publish(
    settings: Settings,
    verdict: Verdict,
    inputs: Mapping[str, Any],
    exporters: Sequence[Exporter] = (),
) -> Published:
    """Publish the build that the verdict is about.

    Args:
        settings: where things lie.
        verdict: a passed verdict of the build (``gate.verdict.require_passed``).
        inputs: what the build was made from, for the manifest.
        exporters: further files of the release, each written into the folder before it is named.

    Raises:
        JixiaoError: the disk is full, the folder read-only, or the build cannot be read; the
            current release is as it was.
    """
    home = settings.layout
    clear_staging(home)
    write_history(home)
    staging = home.releases / f"{STAGING_PREFIX}{os.getpid()}"
    try:
        staging.mkdir(parents=True)
        made = _make(settings, staging, verdict, inputs, exporters)
    except (OSError, duckdb.Error) as error:
        raise JixiaoError(
            f"发布失败（{error}）；当前版本未受影响。请检查磁盘空间与 {home.root} 的写权限后重试",
            f"publishing failed ({error}); the current release is untouched. Check disk space and "
            f"permissions of {home.root}, then run again",
        ) from error
    finally:
        clear_staging(home)
    return made


def _make(
    settings: Settings,
    staging: Path,
    verdict: Verdict,
    inputs: Mapping[str, Any],
    exporters: Sequence[Exporter],
) -> Published:
    home = settings.layout
    before = current_release(home)
    database = staging / "warehouse.duckdb"
    renewed = before if take_over(before, home.build_database, database) else None
    with writing(home.build_database, database, settings.duckdb_memory) as connection:
        difference: ReleaseDiff | None = None
        if renewed is not None:
            names = tables_of(connection, "build")
            assembled, difference = renew(connection, renewed, staging / "parquet")
        else:
            names = copy_tables(connection)
            assembled = write_parquet(connection, names, staging / "parquet")
        same = _same_content(releases(home), assembled)
        if same is not None:
            return Published(same, is_new=False)
        release_id = next_release_id(home, assembled.content_hash)
        row = _history_row(connection, release_id, assembled)
        if HISTORY_TABLE in names:
            add_history_row(connection, row)
            again = write_parquet(connection, [HISTORY_TABLE], staging / "parquet", "order by all")
            assembled.rows.update(again.rows)
            assembled.parquet.update(again.parquet)
        if renewed is None:
            connection.execute("begin")  # a thousand small statements, written to the disk once
            comment(connection, names, _comments())
            create_views(connection, names, load_contract())
            connection.execute("commit")
    if difference is None:
        difference = diff_releases(
            before.database if before else None,
            database,
            (before.release_id if before else None, release_id),
            equal_tables(before.manifest, assembled.parquet) if before else (),
        )
    difference.after = release_id
    write_json(staging / "diff.json", difference.as_json())
    (staging / "diff.md").write_text(difference.as_markdown(), encoding="utf-8")
    for export in exporters:
        export(staging, release_id)
    manifest = _manifest(staging, row, verdict, inputs, assembled)
    size = database.stat().st_size
    manifest |= {
        MADE_BY: made_by(),
        WHOLE_BYTES: renewed.manifest[WHOLE_BYTES] if renewed is not None else size,
    }
    write_json(staging / MANIFEST_NAME, manifest)
    _seal(staging)
    folder = home.releases / release_id
    staging.rename(folder)
    fsync_path(home.releases)
    point_to(home, release_id)
    write_history(home)
    return Published(Release(release_id, folder, manifest), is_new=True, diff=difference)


def _same_content(known: Sequence[Release], assembled: Assembled) -> Release | None:
    """The newest release if its content is the same; also after a rollback, which then holds."""
    newest = known[-1] if known else None
    if newest is not None and newest.content_hash == assembled.content_hash:
        return newest
    return None


def _history_row(
    connection: duckdb.DuckDBPyConnection, release_id: str, assembled: Assembled
) -> dict[str, Any]:
    facts = [t for t in assembled.rows if t.startswith("fct_") and t != "fct_finding"]
    quarantined = 0
    if "ops_document" in assembled.rows:
        found = connection.execute(
            f"select count(*) from target.{MARTS}.ops_document where status = 'quarantined'"  # noqa: S608
        ).fetchone()
        quarantined = int(found[0]) if found else 0
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    values = {
        "release_id": release_id,
        "published_at": now,
        "report_count": assembled.rows.get("dim_report", 0),
        "quarantined_count": quarantined,
        "fact_count": sum(assembled.rows[t] for t in facts),
        "finding_count": assembled.rows.get("fct_finding", 0),
        "content_hash": assembled.content_hash,
    }
    return {name: values[name] for name in HISTORY_SCHEMA.names}


def _manifest(
    staging: Path,
    row: Mapping[str, Any],
    verdict: Verdict,
    inputs: Mapping[str, Any],
    assembled: Assembled,
) -> dict[str, Any]:
    files = {
        path.relative_to(staging).as_posix(): {
            "sha256": sha256_of(path),
            "bytes": path.stat().st_size,
        }
        for path in sorted(staging.rglob("*"))
        if path.is_file()
    }
    published = row["published_at"]
    return {
        "release": {**row, "published_at": published.isoformat()},
        "content_hash": assembled.content_hash,
        "rows": assembled.rows,
        "build_id": verdict.build_id,
        "verdict": verdict.summary(),
        "inputs": dict(inputs),
        "files": files,
    }


def _comments() -> Comments:
    """The descriptions of the contract, for ``COMMENT ON``."""
    contract = load_contract()
    return Comments(
        {table.name: table.comment for table in contract},
        {(table.name, c.name): c.comment for table in contract for c in table.columns},
    )


def _seal(folder: Path) -> None:
    """Flush everything to the disk and make it read-only (the folder itself stays movable)."""
    inside = sorted(folder.rglob("*"), reverse=True)
    for path in inside:
        fsync_path(path)
        path.chmod(0o555 if path.is_dir() else 0o444)
    fsync_path(folder)
