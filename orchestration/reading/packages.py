"""ZIP containers of Office files and their XML parts, opened safely.

No entity is expanded, no DTD loaded, no network asked, no relationship followed; sizes are bounded
(``sniff`` has already checked the directory of the archive).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from types import TracebackType

from lxml import etree

from orchestration.reading.document import UnreadableReason
from orchestration.reading.failures import corrupt, unreadable
from orchestration.reading.limits import Limits

_TOO_DEEP = ("depth", "huge", "xml_parse_huge", "too long")


class Package:
    """The parts of an Office file by their names, compared without case."""

    def __init__(self, data: bytes, file_name: str, limits: Limits) -> None:
        self._file_name = file_name
        self._limits = limits
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except Exception as error:
            raise corrupt(file_name, error, "the ZIP container", "压缩容器") from error
        self._names = {
            entry.filename.replace("\\", "/").lstrip("/").casefold(): entry
            for entry in self._archive.infolist()
        }

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._archive.close()

    def __contains__(self, name: str) -> bool:
        return name.lstrip("/").casefold() in self._names

    def names(self) -> list[str]:
        """The names of all parts, lower case."""
        return list(self._names)

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, None where there is no such part.

        Raises:
            UnreadableError: the part is damaged or larger than the limit.
        """
        entry = self._names.get(name.lstrip("/").casefold())
        if entry is None:
            return None
        if entry.file_size > self._limits.max_unpacked_bytes:
            raise unreadable(
                UnreadableReason.TOO_LARGE,
                self._file_name,
                f"部件 {entry.filename} 解压后有 {entry.file_size} 字节，超过上限",
                f"part {entry.filename} has {entry.file_size} bytes unpacked, over the limit",
            )
        try:
            return self._archive.read(entry)
        except Exception as error:
            raise corrupt(
                self._file_name, error, f"part {entry.filename}", f"部件 {entry.filename}"
            ) from error

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, None where there is no such part or it is empty.

        Raises:
            UnreadableError: the part is damaged, hostile or too deep.
        """
        data = self.read(name)
        return None if not data else parse_xml(data, self._file_name, name)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationship id to (type's last word, target part); external targets are left out."""
        folder, leaf = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{leaf}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for item in root if root is not None else ():
            if item.get("TargetMode") == "External" or not isinstance(item.tag, str):
                continue
            target = item.get("Target", "")
            path = target if target.startswith("/") else posixpath.join(folder, target)
            kind = item.get("Type", "").rsplit("/", 1)[-1]
            found[item.get("Id", "")] = (kind, posixpath.normpath(path).lstrip("/"))
        return found


def parse_xml(data: bytes, file_name: str, part: str) -> etree._Element:
    """The root element of XML bytes; entities and DTDs are refused.

    Raises:
        UnreadableError: not well formed, with a DTD, or nested too deep.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if any(word in str(error).lower() for word in _TOO_DEEP):
            raise unreadable(
                UnreadableReason.TOO_LARGE,
                file_name,
                f"部件 {part} 嵌套过深或内容过大",
                f"part {part} is nested too deep or too large",
            ) from error
        raise corrupt(file_name, error, f"part {part}", f"部件 {part}") from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise unreadable(
            UnreadableReason.CORRUPT,
            file_name,
            f"部件 {part} 含有文档类型声明，Office 文件不应有，拒绝读取",
            f"part {part} declares a document type, which no Office file does: refused",
        )
    return root
