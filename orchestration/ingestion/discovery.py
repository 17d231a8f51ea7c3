"""What lies in the raw folder: files, and what ``manifest.csv`` says of them.

The manifest is optional and so is each of its columns: ``file`` (path relative to the raw folder,
or a bare name), ``region_code``, ``source_url``, ``published_on``, ``retrieved_on``, ``unit``,
``fiscal_year``. What a file is, is decided by its bytes later; here only what is certainly not a
report (hidden, temporary, our own CSVs) is left out.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import datetime as dt
import hashlib
import io
import json
import os
import re
import time
import unicodedata
from dataclasses import asdict, dataclass, field
from pathlib import Path

from orchestration.files import read_json, sha256_of, write_json
from orchestration.ingestion.walk import MANIFEST_NAME, Walk, speakable
from orchestration.messages import JixiaoError

_LONGEST_CELL = 32_767  # as in a spreadsheet
#: Under the home folder's ``state``: hashes of files that have not changed since.
HASHES_NAME = "hashes.json"
_SETTLED_NS = 3_000_000_000
_YEAR_FOLDER = re.compile(r"^((?:19|20)\d{2})(?:年度?)?$")
_DATE = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?$")
#: What spreadsheet programs make of a code or a year is understood too: 430200.0, 2023年度.
_REGION = re.compile(r"^(\d{6})(?:\d{3}|\d{6})?(?:\.0+)?$")
_YEAR = re.compile(r"^((?:19|20)\d{2})(?:\.0+|年度?)?$")


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """What a person says of a file; None where nothing is said."""

    region_code: str | None = None
    source_url: str | None = None
    published_on: dt.date | None = None
    retrieved_on: dt.date | None = None
    unit: str | None = None
    fiscal_year: int | None = None

    @property
    def digest(self) -> str:
        """Hash of what is said, equal for equal content."""
        text = json.dumps(asdict(self), default=str, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class RawFile:
    """One file of the raw folder. ``sha256`` is None where its bytes cannot be read (``error``)."""

    path: Path
    relative: str  # relative to the raw folder, "/" between
    byte_size: int
    sha256: str | None
    manifest: ManifestRow = field(default_factory=ManifestRow)
    error: str | None = None


@dataclass(frozen=True, slots=True)
class RawFolder:
    """All files of a raw folder, and the names the manifest lists but nobody delivered.

    ``closed``: folders in it that may not be looked into.
    """

    root: Path
    files: tuple[RawFile, ...]
    missing: tuple[str, ...]
    closed: tuple[str, ...] = ()


def discover(root: Path, hashes: Path | None = None, leave_out: Path | None = None) -> RawFolder:
    """Look through a raw folder (any tree of folders), in order of path.

    Args:
        root: the folder.
        hashes: where hashes of files are remembered from run to run; a file whose path, size,
            times and inode are what they were is not read again to hash it. None: read all.
        leave_out: a folder whose files are no reports (the home folder, should it lie inside).

    Raises:
        JixiaoError: the folder is not there, or the manifest cannot be understood.
    """
    if not root.is_dir():
        raise JixiaoError(
            f"找不到原始报告文件夹 {root}；请用 --raw 指定存放报告的文件夹",
            f"no folder of raw reports at {root}; name it with --raw",
        )
    said = _read_manifest(root / MANIFEST_NAME)
    used: set[str] = set()
    files: list[RawFile] = []
    known = _Hashes(hashes)
    walk = Walk(root, leave_out)
    try:
        found = sorted((speakable(name), path) for name, path in walk.files())
    except OSError as error:
        raise JixiaoError(
            f"原始报告文件夹 {root} 无法打开（{error.strerror}）；请检查权限",
            f"the folder of raw reports {root} cannot be opened ({error.strerror}); "
            "check its permissions",
        ) from error
    for relative, path in found:
        key = next((k for k in (_name_key(relative), _name_key(path.name)) if k in said), None)
        if key is not None:
            used.add(key)
        row = said[key] if key is not None else ManifestRow()
        files.append(_raw_file(path, relative, _with_folder_year(row, relative), known))
    known.save()
    return RawFolder(root, tuple(files), tuple(sorted(set(said) - used)), tuple(walk.closed))


class _Hashes:
    """Content hashes by what the file system says of a file.

    The time of the last change of the inode (``ctime``) is part of it: unlike ``mtime`` nobody can
    set it back. A file changed within the last seconds is hashed again next time, because two
    writes may fall into one tick of the clock.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._before = read_json(path) or {} if path is not None else {}
        self._now: dict[str, str] = {}

    def of(self, path: Path) -> tuple[int, str]:
        """Size and hash of a file.

        Raises:
            OSError: it cannot be read.
        """
        stat = path.stat()
        name = os.fsencode(path).decode("utf-8", "backslashreplace")
        seen = f"{name}|{stat.st_size}|{stat.st_mtime_ns}|{stat.st_ctime_ns}|{stat.st_ino}"
        sha256 = self._before.get(seen)
        if not isinstance(sha256, str):
            sha256 = sha256_of(path)
        if time.time_ns() - stat.st_ctime_ns > _SETTLED_NS:
            self._now[seen] = sha256
        return stat.st_size, sha256

    def save(self) -> None:
        """Remember for the next run; that a memory cannot be written stops nothing."""
        if self._path is not None and self._now != self._before:
            with contextlib.suppress(OSError):
                write_json(self._path, self._now)


def _raw_file(path: Path, relative: str, row: ManifestRow, hashes: _Hashes) -> RawFile:
    try:
        size, sha256 = hashes.of(path)
        return RawFile(path, relative, size, sha256, row)
    except OSError as error:
        return RawFile(path, relative, 0, None, row, error.strerror or type(error).__name__)


def _with_folder_year(row: ManifestRow, relative: str) -> ManifestRow:
    """``raw/2021/报告.pdf`` says the year as well, where the manifest does not."""
    if row.fiscal_year is not None:
        return row
    for part in reversed(relative.split("/")[:-1]):
        match = _YEAR_FOLDER.match(part)
        if match:
            values = {name: getattr(row, name) for name in row.__slots__}
            return ManifestRow(**{**values, "fiscal_year": int(match[1])})
    return row


def _name_key(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip().replace("\\", "/"))


def _read_manifest(path: Path) -> dict[str, ManifestRow]:
    if not path.is_file():
        return {}
    rows: dict[str, ManifestRow] = {}
    table = read_table(path)
    if not table.columns:
        return {}  # an empty file says nothing
    name_column = next((c for c in ("file", "file_name") if c in table.columns), None)
    if name_column is None:
        raise JixiaoError(
            f"{path}: 缺少 file 列（文件名）",
            f"{path}: there is no column 'file' (the file's name)",
        )
    for number, row in table.rows:
        if row[name_column]:
            rows[_name_key(row[name_column])] = _manifest_row(row, f"{path}:{number}")
    return rows


def _manifest_row(row: dict[str, str], place: str) -> ManifestRow:
    region = row.get("region_code") or None
    # Statistics bureaus add up to six digits for townships and villages.
    code = _REGION.match(region) if region is not None else None
    if region is not None and code is None:
        raise _bad_value(place, "region_code", region, "六位行政区划代码", "six digits (GB/T 2260)")
    year = row.get("fiscal_year") or None
    known = _YEAR.match(year) if year is not None else None
    if year is not None and known is None:
        raise _bad_value(place, "fiscal_year", year, "四位年份", "a year of four digits")
    return ManifestRow(
        region_code=code[1] if code is not None else None,
        source_url=row.get("source_url") or None,
        published_on=_date(row.get("published_on"), place, "published_on"),
        retrieved_on=_date(row.get("retrieved_on"), place, "retrieved_on"),
        unit=row.get("unit") or None,
        fiscal_year=int(known[1]) if known is not None else None,
    )


def _date(text: str | None, place: str, column: str) -> dt.date | None:
    if not text:
        return None
    match = _DATE.match(text)
    try:
        if match:
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
        return dt.date.fromisoformat(text)
    except ValueError:
        raise _bad_value(
            place, column, text, "日期, 如 2024-05-31", "a date as 2024-05-31"
        ) from None


def _bad_value(place: str, column: str, value: str, zh: str, en: str) -> JixiaoError:
    return JixiaoError(
        f"{place}: {column} 列的“{value}”不是{zh}",
        f"{place}: '{value}' in column {column} is not {en}",
    )


@dataclass(frozen=True, slots=True)
class TableText:
    """A CSV that a person made: its columns, and its rows with the line each stands on."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def read_table(path: Path) -> TableText:
    """Read a CSV that a person made; names of columns without case and blanks around them.

    Cells that a row lacks are empty, cells too many are left out.

    Raises:
        JixiaoError: it is not text, or not a table.
    """
    text = read_table_text(path)
    reader = csv.reader(
        io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter_of(text)
    )
    columns: tuple[str, ...] = ()
    rows: list[tuple[int, dict[str, str]]] = []
    start = 1
    try:
        for cells in reader:
            _check_cells(cells)
            if any(cell.strip() for cell in cells):
                if columns:
                    values = (cell.strip() for cell in cells)
                    rows.append(
                        (
                            start,
                            dict.fromkeys(columns, "") | dict(zip(columns, values, strict=False)),
                        )
                    )
                else:
                    columns = tuple(cell.strip().lower() for cell in cells)
            start = reader.line_num + 1
    except csv.Error as error:
        raise JixiaoError(
            f"{path}:{start}: 不是有效的 CSV 表格（{error}）", f"{path}:{start}: not CSV ({error})"
        ) from error
    return TableText(columns, tuple(rows))


def delimiter_of(text: str) -> str:
    """What stands between the cells of a table's header."""
    header = text.lstrip().partition("\n")[0]
    return next((d for d in (",", "\t", ";") if d in header), ",")


def _check_cells(cells: list[str]) -> None:
    """Refuse what a quote that is never closed makes one cell of.

    The limit of the csv module belongs to the whole process, where other libraries lift it.
    """
    if any(len(cell) > _LONGEST_CELL for cell in cells):
        raise csv.Error(f"a cell of over {_LONGEST_CELL} characters: is a quote not closed?")


def read_table_text(path: Path) -> str:
    """The text of a CSV that a person made: UTF-8, UTF-16 (as Excel saves it) or GB 18030.

    Raises:
        JixiaoError: it is neither.
    """
    data = path.read_bytes()
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise JixiaoError(
        f"{path}: 编码既不是 UTF-8 也不是 GB 18030", f"{path}: neither UTF-8 nor GB 18030"
    )
