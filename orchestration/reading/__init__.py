"""Reading: the bytes of any supported file become one ``Document``.

``read`` sniffs what the file is and hands it to the reader of that format. A file that cannot be
read raises ``UnreadableError`` with a reason code and never anything else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from orchestration.reading.document import (
    Document,
    UnreadableError,
    UnreadableReason,
)
from orchestration.reading.failures import corrupt, unreadable
from orchestration.reading.limits import DEFAULT_LIMITS, Limits
from orchestration.reading.sniff import Kind, sniff

__all__ = [
    "Document",
    "Limits",
    "UnreadableError",
    "UnreadableReason",
    "load",
    "read",
    "read_bytes",
]


def read(path: str | os.PathLike[str], *, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a file of any supported format.

    Args:
        path: the file; only its bytes decide how it is read.
        limits: ceilings on bytes, pages and decompressed size (seconds and memory are limited from
            outside, by ``orchestration.ingestion.pool``).

    Raises:
        UnreadableError: for whatever is wrong with the file.
    """
    path = Path(path)
    return read_bytes(load(path, limits), path.name, limits=limits)


def read_bytes(data: bytes, file_name: str, *, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a document already in memory; as :func:`read`."""
    try:
        kind = sniff(data, file_name, limits)
        with _room_to_nest():
            return _reader(kind)(data, file_name, limits=limits)
    except UnreadableError:
        raise
    except MemoryError as error:
        raise unreadable(
            UnreadableReason.OUT_OF_MEMORY, file_name, "读取时内存不足", "memory ran out"
        ) from error
    except Exception as error:
        raise corrupt(file_name, error, "the document", "文档") from error


@contextmanager
def _room_to_nest() -> Iterator[None]:
    """Elements may nest 256 deep (the parser's limit); walking them takes a few calls a level."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _NESTING_CALLS))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def load(path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The bytes of a file that did not change while they were read.

    Raises:
        UnreadableError: it did, it cannot be opened, or it is too large.
    """
    try:
        with path.open("rb") as stream:
            before = os.fstat(stream.fileno())
            if before.st_size > limits.max_bytes:
                raise unreadable(
                    UnreadableReason.TOO_LARGE,
                    path.name,
                    f"文件有 {before.st_size} 字节，超过上限 {limits.max_bytes}",
                    f"it has {before.st_size} bytes, over the limit of {limits.max_bytes}",
                )
            data = stream.read(limits.max_bytes + 1)
            after = os.fstat(stream.fileno())
    except OSError as error:
        reason = UnreadableReason.VANISHED
        if isinstance(error, IsADirectoryError):
            reason = UnreadableReason.UNSUPPORTED
        raise unreadable(
            reason,
            path.name,
            f"无法打开（{error.strerror}）",
            f"it cannot be opened ({error.strerror})",
        ) from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(
        data
    ) != after.st_size:
        raise unreadable(
            UnreadableReason.VANISHED,
            path.name,
            "读取过程中文件发生变化",
            "it changed while it was read",
        )
    return data


_NESTING_CALLS = 4000

#: Kind to module and function; a reader is imported when its first file comes.
_READERS: dict[Kind, tuple[str, str]] = {
    Kind.PDF: ("pdf", "read_pdf"),
    Kind.DOCX: ("word", "read_docx"),
    Kind.FLAT_WORD: ("word", "read_flat_word"),
    Kind.DOC: ("legacy_word", "read_doc"),
    Kind.HTML: ("web", "read_html"),
    Kind.MHTML: ("web", "read_mhtml"),
    Kind.XLSX: ("sheet", "read_xlsx"),
    Kind.XLS: ("legacy_sheet", "read_xls"),
    Kind.TEXT: ("text", "read_text"),
}


class _Reader(Protocol):
    def __call__(self, data: bytes, file_name: str, *, limits: Limits) -> Document: ...


def _reader(kind: Kind) -> _Reader:
    module, function = _READERS[kind]
    return cast(_Reader, getattr(import_module(f"{__name__}.{module}"), function))
