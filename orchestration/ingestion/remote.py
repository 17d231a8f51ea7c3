"""Raw reports on S3-compatible storage: a copy of them under the home folder, kept equal.

``--raw s3://bucket/folder`` (or any address that fsspec knows). An object is copied when the
storage's own mark of its content (ETag) or its size has changed, and a copy whose object is gone
is removed, so the rest of the way sees an ordinary folder. Address and credentials of the storage
come from its usual environment variables (``AWS_ENDPOINT_URL``, ``AWS_ACCESS_KEY_ID``, …) and are
written nowhere.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

from orchestration.files import read_json, write_json, written_whole
from orchestration.messages import JixiaoError

#: Under the home folder's ``state``: what was copied.
MARKS_NAME = "remote.json"


def mirror(url: str, folder: Path, marks: Path) -> int:
    """Make a folder hold what lies at an address; returns how many objects were copied.

    Args:
        url: ``s3://bucket/folder``.
        folder: belongs to this function alone; whatever is not at the address is removed from it.
        marks: where the marks of the copies are kept from run to run.

    Raises:
        JixiaoError: the address cannot be read, or the package for it is not installed.
    """
    try:
        system, found = _listing(url)
        known = (read_json(marks) or {}).get(url, {})
        now: dict[str, str] = {}
        copied = 0
        folder.mkdir(parents=True, exist_ok=True)
        for relative, (path, mark, size) in sorted(found.items()):
            target = folder / relative
            there = target.is_file() and target.stat().st_size == size
            if not there or known.get(relative) != mark:
                with written_whole(target) as partial:
                    system.get_file(path, str(partial))
                copied += 1
            now[relative] = mark
        for copy in folder.rglob("*"):
            if copy.is_file() and copy.relative_to(folder).as_posix() not in now:
                copy.unlink()
        write_json(marks, {url: now})
    except JixiaoError:
        raise
    except Exception as error:
        # Each kind of storage has errors of its own; all of them mean that it cannot be read.
        said = str(error).splitlines()[0][:300] if str(error) else type(error).__name__
        raise JixiaoError(
            f"无法读取 {url}（{said}）；请检查地址与访问凭据（AWS_ENDPOINT_URL 等环境变量）",
            f"{url} cannot be read ({said}); check the address and its credentials "
            "(AWS_ENDPOINT_URL and the other variables of the storage)",
        ) from error
    return copied


def _listing(url: str) -> tuple[Any, dict[str, tuple[str, str, int]]]:
    """The file system, and by relative name of each object its path there, mark and bytes."""
    try:
        from fsspec.core import url_to_fs

        system, root = url_to_fs(url, use_listings_cache=False)
    except ImportError as error:
        raise JixiaoError(
            f"读取 {url} 需要安装 s3fs：pip install -c constraints.txt -e '.[s3]'",
            f"reading {url} needs s3fs: pip install -c constraints.txt -e '.[s3]'",
        ) from error
    root = str(root).rstrip("/")
    found: dict[str, tuple[str, str, int]] = {}
    for path, info in system.find(root, detail=True).items():
        relative = path[len(root) :].lstrip("/")
        # Object names are free text: none may lead out of the folder.
        if relative and not relative.endswith("/") and ".." not in PurePosixPath(relative).parts:
            size = int(info.get("size") or 0)
            mark = str(info.get("ETag") or info.get("mtime") or info.get("LastModified"))
            found[relative] = (path, f"{mark}|{size}", size)
    if not found:
        raise JixiaoError(
            f"{url} 下没有任何文件；请检查地址", f"there is nothing at {url}; check the address"
        )
    return system, found
