"""What a file is, by its bytes; every bad file has a clear outcome."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from orchestration.reading import Limits, read, read_bytes
from orchestration.reading.document import FileFormat, UnreadableError, UnreadableReason
from orchestration.reading.sniff import Kind, sniff
from tests.unit.reading.office import docx, p, zipped

LIMITS = Limits()


def kind(data: bytes) -> Kind:
    return sniff(data, "报告.pdf", LIMITS)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbf\n%PDF-1.7\n", Kind.PDF),
        (docx(p("x")), Kind.DOCX),
        (zipped({"xl/workbook.xml": "<w/>"}), Kind.XLSX),
        (b"<html><body>404</body></html>", Kind.HTML),
        ("\ufeff<!DOCTYPE HTML>\n<html>".encode("utf-16"), Kind.HTML),
        ("<meta charset=gbk><table><tr><td>绩效</td></tr></table>".encode("gbk"), Kind.HTML),
        (
            b"<?xml version='1.0'?><?mso-application progid='Word'?><w:wordDocument/>",
            Kind.FLAT_WORD,
        ),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=x\r\n", Kind.MHTML),
        (
            b"From: <Saved>\nSubject: x\n y\nMIME-Version: 1.0\nContent-Type: multipart/x",
            Kind.MHTML,
        ),
        ("绩效自评报告".encode("gb18030"), Kind.TEXT),
        ("MZ 开头的普通文字，支出 5 万元。".encode(), Kind.TEXT),
    ],
)
def test_kinds_by_bytes(data: bytes, expected: Kind) -> None:
    assert kind(data) is expected


def test_the_name_is_never_asked(tmp_path: Path) -> None:
    path = tmp_path / "报告.pdf"
    path.write_bytes(docx(p("一、概况")))
    assert read(path).file_format is FileFormat.DOCX


def _with_password() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    data = bytearray(stream.getvalue())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", UnreadableReason.EMPTY),
        (b"\xef\xbb\xbf \r\n\x00", UnreadableReason.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), UnreadableReason.UNSUPPORTED),
        (b"\xff\xd8\xff\xe0" + bytes(64), UnreadableReason.UNSUPPORTED),
        (b"Rar!\x1a\x07\x00" + bytes(64), UnreadableReason.UNSUPPORTED),
        (b"{\\rtf1\\ansi x}", UnreadableReason.UNSUPPORTED),
        (zipped({"OFD.xml": "<o/>"}), UnreadableReason.UNSUPPORTED),
        (zipped({"content.xml": "<o/>", "mimetype": "x"}), UnreadableReason.UNSUPPORTED),
        (zipped({"报告.docx": b"x"}), UnreadableReason.UNSUPPORTED),
        (os.urandom(4096), UnreadableReason.UNSUPPORTED),
        (b"PK\x03\x04" + bytes(200), UnreadableReason.CORRUPT),
        (docx(p("x"))[:-40], UnreadableReason.CORRUPT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), UnreadableReason.CORRUPT),
        (zipped({"word/document.xml": "<w:document"}), UnreadableReason.CORRUPT),
        (zipped({"[Content_Types].xml": "", "word/x.xml": ""}), UnreadableReason.CORRUPT),
        (_with_password(), UnreadableReason.ENCRYPTED),
        (
            zipped({"word/document.xml": b" " * (40 << 20)}),
            UnreadableReason.TOO_LARGE,
        ),
    ],
)
def test_every_bad_file_has_its_reason(data: bytes, reason: UnreadableReason) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_bytes(data, "目录/甲局.docx")
    assert caught.value.reason is reason
    assert "“甲局.docx”" in caught.value.message_zh
    assert '"甲局.docx"' in caught.value.message_en
    assert caught.value.message_zh.count("。") >= 2  # what is wrong, and what to do


def test_total_unpacked_size_is_limited() -> None:
    parts = {f"word/media/{i}.bin": os.urandom(1 << 16) for i in range(4)}
    data = zipped({"word/document.xml": "<w/>", **parts})
    with pytest.raises(UnreadableError) as caught:
        read_bytes(data, "甲.docx", limits=Limits(max_unpacked_bytes=1 << 17))
    assert caught.value.reason is UnreadableReason.TOO_LARGE


def test_files_that_are_gone_large_or_folders(tmp_path: Path) -> None:
    big = tmp_path / "大.txt"
    big.write_bytes(b"x" * 100)
    cases = [
        (tmp_path / "无.txt", UnreadableReason.VANISHED),
        (tmp_path, UnreadableReason.UNSUPPORTED),
        (big, UnreadableReason.TOO_LARGE),
    ]
    for path, reason in cases:
        with pytest.raises(UnreadableError) as caught:
            read(path, limits=Limits(max_bytes=50))
        assert caught.value.reason is reason


def test_a_file_that_grows_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "长.txt"
    path.write_bytes("一、概况".encode())
    stat = os.fstat
    seen: list[int] = []

    def growing(descriptor: int) -> os.stat_result:
        if seen:
            with path.open("ab") as stream:
                stream.write(b"more")
        seen.append(descriptor)
        return stat(descriptor)

    monkeypatch.setattr(os, "fstat", growing)
    with pytest.raises(UnreadableError) as caught:
        read(path)
    assert caught.value.reason is UnreadableReason.VANISHED
