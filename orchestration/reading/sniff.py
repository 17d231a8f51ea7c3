"""What a file really is, by its bytes; its name is never asked.

Published files are often misnamed: web pages saved as ``.doc`` or ``.xls``, DOCX named ``.doc``,
error pages named ``.pdf``.
"""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

import olefile

from orchestration.reading.document import UnreadableError, UnreadableReason
from orchestration.reading.encoding import decode
from orchestration.reading.failures import corrupt, unreadable
from orchestration.reading.limits import Limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Kind(StrEnum):
    """A container that some reader reads; several kinds share a contract format name."""

    PDF = "pdf"
    DOCX = "docx"
    FLAT_WORD = "flat_word"  # Word XML in one file
    DOC = "doc"
    HTML = "html"
    MHTML = "mhtml"  # "web page, single file", often named .doc
    XLSX = "xlsx"
    XLS = "xls"
    TEXT = "text"


#: Leading bytes of what no reader reads: Chinese and English name.
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "PNG 图片", "PNG image"),
    (b"\xff\xd8\xff", "JPEG 图片", "JPEG image"),
    (b"II*\x00", "TIFF 图片", "TIFF image"),
    (b"MM\x00*", "TIFF 图片", "TIFF image"),
    (b"GIF8", "GIF 图片", "GIF image"),
    (b"BM", "BMP 图片", "BMP image"),
    (b"Rar!", "RAR 压缩包", "RAR archive"),
    (b"7z\xbc\xaf", "7z 压缩包", "7z archive"),
    (b"\x1f\x8b", "GZIP 压缩包", "gzip archive"),
    (b"MZ", "可执行程序", "executable"),
    (b"\x7fELF", "可执行程序", "executable"),
)
_IMAGE_REMEDY = ("请将图片合并为 PDF 后再放入", "put the images into a PDF")
_ARCHIVE_REMEDY = ("请解压后放入其中的文件", "unpack it and supply the files inside")

_HTML_START = re.compile(
    r"\A(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|span|style|script|center|font)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(r"</?(?:table|tr|td|div|span|p|br|body|html)\b[^<>]*>", re.IGNORECASE)
_MIME = re.compile(
    rb"\A\s*(?:[A-Za-z-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)*?MIME-Version:", re.IGNORECASE
)


def sniff(data: bytes, file_name: str, limits: Limits) -> Kind:
    """What the bytes are.

    Raises:
        UnreadableError: empty, encrypted, too large when unpacked, or of no kind read here.
    """
    if not data.strip(b"\x00 \t\r\n\x0c\xef\xbb\xbf\xff\xfe"):
        raise unreadable(UnreadableReason.EMPTY, file_name, "文件没有内容", "it holds nothing")
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(_OLE):
        return _ole_kind(data, file_name)
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _zip_kind(data, file_name, limits)
    if data[:64].lstrip()[:5] == b"{\\rtf":
        raise _unsupported(file_name, "RTF 文件", "RTF document")
    for magic, zh, en in _FOREIGN:
        if data.startswith(magic) and (len(magic) > 2 or b"\x00" in data[:64]):
            raise _unsupported(file_name, zh, en)
    if _MIME.match(data[:4096]) and b"multipart" in data[:8192].lower():
        return Kind.MHTML
    return _text_kind(data, file_name)


def _unsupported(file_name: str, zh: str, en: str) -> UnreadableError:
    remedy = None
    if "image" in en:
        remedy = _IMAGE_REMEDY
    elif "archive" in en:
        remedy = _ARCHIVE_REMEDY
    return unreadable(
        UnreadableReason.UNSUPPORTED,
        file_name,
        f"是{zh}，无法读取",
        f"it is: {en}, not read here",
        remedy,
    )


def _encrypted(file_name: str) -> UnreadableError:
    return unreadable(
        UnreadableReason.ENCRYPTED, file_name, "文件设有密码", "it is protected by a password"
    )


def _ole_kind(data: bytes, file_name: str) -> Kind:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            streams = {"/".join(path).lower() for path in ole.listdir()}
    except Exception as error:
        raise corrupt(file_name, error, "the OLE container", "复合文档容器") from error
    if "encryptedpackage" in streams or "encryptioninfo" in streams:
        raise _encrypted(file_name)
    if "worddocument" in streams:
        return Kind.DOC
    if streams & {"workbook", "book"}:
        return Kind.XLS
    if any("powerpoint" in name for name in streams):
        raise _unsupported(file_name, "PowerPoint 演示文稿", "PowerPoint presentation")
    raise _unsupported(file_name, "未知的复合文档", "unknown OLE document")


#: A part that tells the kind of a ZIP container without a Word or Excel main part.
_FOREIGN_PARTS: tuple[tuple[str, str, str], ...] = (
    ("OFD.xml", "OFD 版式文件", "OFD document"),
    ("ppt/presentation.xml", "PowerPoint 演示文稿", "PowerPoint presentation"),
    ("xl/workbook.bin", "XLSB 二进制工作簿", "XLSB workbook"),
    ("content.xml", "OpenDocument 文件", "OpenDocument file"),
)


def _zip_kind(data: bytes, file_name: str, limits: Limits) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except Exception as error:
        raise corrupt(file_name, error, "the ZIP directory", "压缩容器目录") from error
    _check_archive(entries, file_name, limits)
    names = {entry.filename.replace("\\", "/").lstrip("/") for entry in entries}
    folded = {name.casefold() for name in names}
    if "word/document.xml" in folded or (
        "[content_types].xml" in folded and any(n.startswith("word/") for n in folded)
    ):
        return Kind.DOCX
    if "xl/workbook.xml" in folded:
        return Kind.XLSX
    for part, zh, en in _FOREIGN_PARTS:
        if part.casefold() in folded:
            raise _unsupported(file_name, zh, en)
    raise _unsupported(file_name, "ZIP 压缩包", "ZIP archive")


def _check_archive(entries: list[zipfile.ZipInfo], file_name: str, limits: Limits) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise _encrypted(file_name)
    total = sum(entry.file_size for entry in entries)
    worst = max(
        (e.file_size / max(1, e.compress_size) for e in entries if e.file_size > 4 << 20),
        default=0.0,
    )
    if (
        total > limits.max_unpacked_bytes
        or worst > limits.max_unpack_ratio
        or len(entries) > limits.max_parts
    ):
        raise unreadable(
            UnreadableReason.TOO_LARGE,
            file_name,
            f"解压后超出上限（{len(entries)} 个部件，{total} 字节，最大压缩比 {worst:.0f}）",
            f"it passes the limits when unpacked ({len(entries)} parts, {total} bytes, "
            f"ratio up to {worst:.0f})",
        )


def _text_kind(data: bytes, file_name: str) -> Kind:
    declared = declared_encoding(data)
    decoded = decode(data, declared)
    if decoded is None:
        raise unreadable(
            UnreadableReason.UNSUPPORTED,
            file_name,
            "不是可识别的文档格式，也不是文本",
            "it is neither a known document format nor text",
        )
    head = decoded.text[:65_536].lstrip("\ufeff")
    if "<w:wordDocument" in head or "<pkg:package" in head:
        return Kind.FLAT_WORD
    if _HTML_START.match(head) or len(_HTML_TAG.findall(head)) >= 20:
        return Kind.HTML
    return Kind.TEXT


_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)


def declared_encoding(data: bytes) -> str | None:
    """The encoding a page or XML prolog declares in its first 4 KB, None where none."""
    found = _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii") if found else None
